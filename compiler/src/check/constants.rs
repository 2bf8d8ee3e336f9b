//! Is an expression the same in every row? Params and weights have to be.

use super::context::Checker;
use crate::checked::Body;
use crate::checked::reads::{Mention, Role};
use crate::diagnostics::types::{NotConstant, VariesBy};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Typed, TypedKind};

impl Checker<'_, '_> {
    /// Tells what varies in a value that has to be constant.
    pub fn constant(&mut self, value: Typed, context: &str) -> Typed {
        match self.varying(&value) {
            None => value,
            Some((why, name)) => {
                let span = value.span;
                let context = context.to_owned();
                self.reports.add(NotConstant {
                    span,
                    context,
                    why,
                    name,
                    by: VariesBy::Data,
                });
                self.poison(span)
            }
        }
    }

    /// A param in it that has several values, each for periods of its own.
    pub(super) fn dated_in(&self, value: &Typed) -> Option<String> {
        let walk = value.walk(Role::Argument);
        let mut named = walk.filter_map(|seen| seen.expression.mention());
        named.find_map(|mention| {
            let Mention::Value(id) = mention else {
                return None;
            };
            let value = self.values.get(&id)?;
            if let Body::Param(param) = &value.body {
                (param.values.len() > 1).then(|| value.name.clone())
            } else {
                None
            }
        })
    }

    /// Is it the same in every row? A function's own parameters count as that.
    pub fn is_constant(&self, value: &Typed) -> bool {
        self.varying(value).is_none()
    }

    /// The first thing in it that differs from row to row.
    fn varying(&self, value: &Typed) -> Option<(Span, String)> {
        let any = |parts: &[Typed]| parts.iter().find_map(|part| self.varying(part));
        match &value.kind {
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Error => None,
            TypedKind::Value(id) => {
                let declared = self.framework.values.get(id.0 as usize)?;
                match declared.what {
                    ValueSource::Param(_) | ValueSource::Broken => None,
                    ValueSource::Indicator { .. }
                    | ValueSource::Binding(_)
                    | ValueSource::Factor(_)
                    | ValueSource::Level(_)
                    | ValueSource::Table(_)
                    | ValueSource::Alert(_) => Some((value.span, declared.name.text.clone())),
                }
            }
            TypedKind::Field(id, _) => {
                let declared = self.framework.values.get(id.0 as usize)?;
                Some((value.span, declared.name.text.clone()))
            }
            TypedKind::Along(call) => Some((value.span, self.words(call.of.span))),
            TypedKind::Peers(call) => Some((value.span, self.words(call.of.span))),
            TypedKind::AllFactors => Some((value.span, "factors".to_owned())),
            TypedKind::AllSignals => Some((value.span, "signals".to_owned())),
            TypedKind::List(parts)
            | TypedKind::And(parts)
            | TypedKind::Or(parts)
            | TypedKind::Fallback(parts)
            | TypedKind::Builtin(_, parts)
            | TypedKind::Call(_, parts) => any(parts),
            TypedKind::Convert(inner, ..)
            | TypedKind::AsNumber(inner)
            | TypedKind::Negate(inner)
            | TypedKind::Not(inner)
            | TypedKind::IsKnown(inner) => self.varying(inner),
            TypedKind::Sum(first, rest) => self
                .varying(first)
                .or_else(|| rest.iter().find_map(|(_, part)| self.varying(part))),
            TypedKind::Product(first, rest) => self
                .varying(first)
                .or_else(|| rest.iter().find_map(|(_, part)| self.varying(part))),
            TypedKind::Compare { left, right, .. } => {
                self.varying(left).or_else(|| self.varying(right))
            }
            TypedKind::If { arms, otherwise } => arms
                .iter()
                .find_map(|(condition, value)| {
                    self.varying(condition).or_else(|| self.varying(value))
                })
                .or_else(|| self.varying(otherwise)),
            TypedKind::AtLeast { k, of } => self.varying(k).or_else(|| self.varying(of)),
        }
    }
}
