//! What is not there: indicators that do not apply, and what is made of them.

use forewarn_compiler::checked::{Arms, Body, FactorBody};
use forewarn_compiler::typed::{Builtin, Field, Typed, TypedKind, ValueId};
use forewarn_compiler::types::Type;
use forewarn_plan::Peers;
use forewarn_plan::outline::PeerFunction;

use super::{Place, Sure, World};

/// `0 <= x < 1`, which is one statement.
pub fn is_one_statement(parts: &[Typed], whole: &Typed) -> bool {
    let compared = |part: &Typed| matches!(part.kind, TypedKind::Compare { .. });
    parts
        .iter()
        .all(|part| part.span == whole.span && compared(part))
}

impl<'w> World<'w> {
    /// Is there a declared value in a row? Where its condition is unknown there is.
    pub fn is_there(&self, id: ValueId, sure: Sure, row: usize) -> bool {
        let place = Place {
            row,
            sure,
            arguments: None,
        };
        match &self.framework.value(id).expect("declared").body {
            Body::Indicator(body) => {
                let condition = body.applies.as_ref();
                let counts = sure == Sure::AsItStands
                    || body.verification.is_none()
                    || self.verified[&id][row];
                let said = self.taken_out.get(&id).is_some_and(|rows| rows[row]);
                !(said && counts)
                    && condition
                        .is_none_or(|condition| self.truth(condition, &place) != Some(false))
            }
            Body::Expression { value, .. } => self.gives(value, &place),
            Body::Factor(body) => {
                self.applies_here(body, &place)
                    && body
                        .members
                        .iter()
                        .any(|member| self.is_there(member.value, sure, row))
            }
            Body::Level(body) => match &body.arms {
                Arms::Bands { of, .. } | Arms::Value(of) => self.gives(of, &place),
                Arms::Clauses { .. } => true,
            },
            Body::Param(_) | Body::Table(_) | Body::Alert(_) | Body::Broken => true,
        }
    }

    /// Is a factor's own condition not surely unmet?
    pub fn applies_here(&self, body: &'w FactorBody, place: &Place<'w>) -> bool {
        let condition = body.applies.as_ref();
        condition.is_none_or(|condition| self.truth(condition, place) != Some(false))
    }

    /// Is there what an expression gives; of a list, one of its items?
    pub fn gives(&self, expr: &'w Typed, place: &Place<'w>) -> bool {
        let every = |parts: &'w [Typed]| parts.iter().all(|part| self.gives(part, place));
        let some = |parts: &'w [Typed]| parts.iter().any(|part| self.gives(part, place));
        if is_list(expr) {
            return match &expr.kind {
                TypedKind::List(items) => some(items),
                TypedKind::Builtin(Builtin::OfKnown | Builtin::Verified(_), args) => {
                    self.gives(&args[0], place)
                }
                TypedKind::Call(_, args) => every(args),
                // Items that are not there have been left out.
                _ => !self.eval(expr, place).items().is_empty(),
            };
        }
        match &expr.kind {
            TypedKind::Value(id)
            | TypedKind::Field(id, Field::AtLeast | Field::AtMost | Field::Verified) => {
                self.is_there(*id, place.sure, place.row)
            }
            TypedKind::Parameter(at) => {
                let frame = place.arguments.as_ref().expect("inside a function");
                let outside = Place {
                    arguments: frame.around.clone(),
                    ..place.clone()
                };
                let argument = frame.args.get(*at as usize).copied();
                argument.is_none_or(|argument| self.gives(argument, &outside))
            }
            TypedKind::Convert(of, ..)
            | TypedKind::AsNumber(of)
            | TypedKind::Negate(of)
            | TypedKind::Not(of) => self.gives(of, place),
            TypedKind::Sum(first, rest) => {
                self.gives(first, place) && rest.iter().all(|(_, term)| self.gives(term, place))
            }
            TypedKind::Product(first, rest) => {
                self.gives(first, place) && rest.iter().all(|(_, term)| self.gives(term, place))
            }
            TypedKind::Compare { left, right, .. } => {
                let literal = |side: &Typed| matches!(side.kind, TypedKind::Truth { .. });
                literal(left)
                    || literal(right)
                    || (self.gives(left, place) && self.gives(right, place))
            }
            TypedKind::And(parts) if is_one_statement(parts, expr) => every(parts),
            TypedKind::And(parts) | TypedKind::Or(parts) | TypedKind::Fallback(parts) => {
                some(parts)
            }
            TypedKind::Builtin(builtin, args) if is_of_one(*builtin) => every(args),
            TypedKind::Builtin(builtin, args) if puts_together(*builtin) => {
                self.gives(&args[0], place)
            }
            TypedKind::Peers(call) => {
                matches!(call.what, PeerFunction::Plain(Peers::Aggregate(_)))
                    || self.gives(&call.of, place)
            }
            TypedKind::Call(_, args) => every(args),
            _ => true,
        }
    }
}

pub fn is_list(expr: &Typed) -> bool {
    matches!(expr.ty, Type::List(_))
}

fn is_of_one(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Round
            | Builtin::Truncate
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Weighted
            | Builtin::Verified(_)
    )
}

/// Does it make one value of several?
pub fn puts_together(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::All
            | Builtin::Alternatives
    )
}
