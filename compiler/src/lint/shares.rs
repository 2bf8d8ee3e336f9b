//! A share of two things of one unit that is compared with a number of hundredths.

use super::Linter;
use crate::checked::Body;
use crate::diagnostics::method::ShareInHundredths;
use crate::typed::{Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::ProductOp;

/// From here on a whole number beside a share looks like hundredths: few things are many times what they are part of.
const HUNDREDTHS: std::ops::RangeInclusive<f64> = 5.0..=100.0;

impl Linter<'_, '_> {
    pub fn shares(&mut self) {
        for value in &self.checked.values {
            for part in value.body.parts() {
                let Some(whole) = part.expression() else {
                    continue;
                };
                for one in whole.walk(part.role) {
                    let TypedKind::Compare {
                        relation: Relation::Order(_),
                        left,
                        right,
                    } = &one.expression.kind
                    else {
                        continue;
                    };
                    self.share_in_hundredths(left, right);
                    self.share_in_hundredths(right, left);
                }
            }
        }
    }

    fn share_in_hundredths(&mut self, share: &Typed, number: &Typed) {
        let Some(x) = number.as_number() else {
            return;
        };
        if x.fract() != 0.0 || !HUNDREDTHS.contains(&x) || !self.is_share(share) {
            return;
        }
        // The formula of a group's items stands in one place for all of them.
        let written = self.sources.slice(number.span);
        self.reports.add(ShareInHundredths {
            span: number.span,
            number: written.to_owned(),
            share: self.sources.slice(share.span).to_owned(),
            of: share.span,
        });
    }

    /// Is it one indicator divided by another of the same unit?
    fn is_share(&self, share: &Typed) -> bool {
        let TypedKind::Product(above, rest) = &share.kind else {
            return false;
        };
        let [(ProductOp::Divide, below)] = rest.as_slice() else {
            return false;
        };
        let indicator = |side: &Typed| -> Option<(ValueId, Type)> {
            let mut side = side;
            while let TypedKind::Convert(inner, ..) = &side.kind {
                side = inner;
            }
            let TypedKind::Value(id) = side.kind else {
                return None;
            };
            let value = self.checked.value(id)?;
            matches!(value.body, Body::Indicator(_)).then(|| (id, value.ty.clone()))
        };
        match (indicator(above), indicator(below)) {
            (Some((one, ty)), Some((other, of))) => {
                one != other && ty == of && matches!(ty, Type::Number(_)) && ty != Type::plain()
            }
            _ => false,
        }
    }
}
