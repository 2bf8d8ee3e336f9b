//! Percentages that are given to a function of plain numbers which takes them for the number before the sign.
//!
//! In: a call with a percentage for a parameter that is declared a plain number, so that 55 % arrives as 0.55. Out:
//! an error where the function divides it by 100, or lets it meet a number that no share comes near: it was
//! written for 55. A function that holds shares against shares is as good for percentages.

use super::context::Checker;
use crate::diagnostics::units::{ByHundred, GivenAs, Hundred};
use crate::source::Span;
use crate::typed::{FunctionId, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;
use forewarn_grammar::ast::ProductOp;

impl Checker<'_, '_> {
    /// True where something was told. `arguments` are what is given, with the parameters in their order.
    pub(super) fn tells_given_percentages(
        &mut self,
        function: FunctionId,
        arguments: &[(&Typed, &String, &Type)],
    ) -> bool {
        if self.concrete {
            return false;
        }
        for (value, parameter, wanted) in arguments {
            let is_percent = Self::unit_of(&value.ty) == Some(&Unit::percent());
            if !is_percent || !Self::unit_of(wanted).is_some_and(Unit::is_plain) {
                continue;
            }
            let Some(declared) = self.functions.get(&function).filter(|one| !one.standard) else {
                return false;
            };
            let place = declared
                .parameters
                .iter()
                .position(|(name, _)| name == *parameter);
            let place = place.and_then(|place| u32::try_from(place).ok());
            let name = declared.name.clone();
            let Some((span, how)) = place.and_then(|place| self.taken_for_percent(function, place))
            else {
                continue;
            };
            self.reports.add(ByHundred {
                span,
                text: self.words(span),
                of: Hundred::Given {
                    given: value.span,
                    words: self.words(value.span),
                    function: name,
                    parameter: (*parameter).clone(),
                    how,
                },
            });
            return true;
        }
        false
    }

    /// Where a function takes a parameter for the number before the sign.
    fn taken_for_percent(&self, function: FunctionId, place: u32) -> Option<(Span, GivenAs)> {
        let declared = self.functions.get(&function).filter(|one| !one.standard)?;
        self.percent_in(&declared.body, place)
    }

    fn percent_in(&self, value: &Typed, place: u32) -> Option<(Span, GivenAs)> {
        let own = |part: &Typed| matches!(part.kind, TypedKind::Parameter(at) if at == place);
        // A number that no share comes near.
        let beyond = |part: &&Typed| self.beyond_the_whole(part);
        let here = match &value.kind {
            TypedKind::Product(first, rest) => {
                let all = || {
                    let first = std::iter::once((ProductOp::Multiply, &**first));
                    first.chain(rest.iter().map(|(op, part)| (*op, part)))
                };
                let is_own = all().any(|(op, part)| op == ProductOp::Multiply && own(part));
                let mut hundredth =
                    all().filter(|(op, part)| self.hundredfold(*op, part) == Some(false));
                let hundredth = hundredth.next().filter(|_| is_own);
                hundredth.map(|(_, part)| (part.span, GivenAs::Divided))
            }
            TypedKind::Sum(..) | TypedKind::Compare { .. } => {
                let parts = value.parts();
                let mut parts = parts.into_iter().map(|(_, part)| part);
                let is_own = parts.clone().any(own);
                let literal = parts.find(beyond).filter(|_| is_own);
                literal.map(|part| (part.span, GivenAs::Beside))
            }
            TypedKind::Call(function, args) => {
                let mut given = (0..).zip(args).filter(|(_, arg)| own(arg));
                given.find_map(|(place, _)| self.taken_for_percent(*function, place))
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Value(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Not(_)
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Error => None,
        };
        here.or_else(|| {
            let parts = value.parts().into_iter();
            parts
                .map(|(_, part)| part)
                .find_map(|part| self.percent_in(part, place))
        })
    }

    fn beyond_the_whole(&self, value: &Typed) -> bool {
        let is_beyond = |one: &Typed| {
            let is_plain = one.ty == Type::plain();
            matches!(one.kind, TypedKind::Number(x) if is_plain && x.abs() > 1.0)
        };
        self.comes_down_to(value).map_or_else(
            || is_beyond(value),
            |(_, written)| !written.ends.is_empty() && written.ends.into_iter().all(is_beyond),
        )
    }
}
