//! Conditions of `applies when`: what nobody knows takes nothing out.

use crate::typed::{Relation, Typed, TypedKind};
use crate::types::Type;

/// `landlocked is no` asks what is known, and is no where nobody knows. What an indicator applies for is open
/// there, so it is read as `not landlocked`, and `landlocked is yes` as `landlocked`.
pub(super) fn open_where_unknown(condition: Typed) -> Typed {
    let Typed { kind, ty, span } = condition;
    let again = |inner: Box<Typed>| Box::new(open_where_unknown(*inner));
    let all = |parts: Vec<Typed>| parts.into_iter().map(open_where_unknown).collect();
    let kind = match kind {
        TypedKind::Not(inner) => TypedKind::Not(again(inner)),
        TypedKind::And(parts) => TypedKind::And(all(parts)),
        TypedKind::Or(parts) => TypedKind::Or(all(parts)),
        TypedKind::Compare {
            relation: relation @ (Relation::Is | Relation::IsNot),
            left,
            right,
        } => {
            let asked = match (literal(&left), literal(&right)) {
                (_, Some(yes)) => Some((yes, true)),
                (Some(yes), None) => Some((yes, false)),
                (None, None) => None,
            };
            match asked {
                Some((yes, of_left)) => {
                    let of = if of_left { left } else { right };
                    if yes == (relation == Relation::Is) {
                        return *of;
                    }
                    TypedKind::Not(of)
                }
                None => TypedKind::Compare {
                    relation,
                    left,
                    right,
                },
            }
        }
        other @ (TypedKind::Compare {
            relation: Relation::Order(_),
            ..
        }
        | TypedKind::Number(_)
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
        | TypedKind::Sum(..)
        | TypedKind::Product(..)
        | TypedKind::IsKnown(_)
        | TypedKind::Fallback(_)
        | TypedKind::If { .. }
        | TypedKind::AtLeast { .. }
        | TypedKind::Builtin(..)
        | TypedKind::Along(_)
        | TypedKind::Peers(_)
        | TypedKind::Call(..)
        | TypedKind::Error) => other,
    };
    Typed { kind, ty, span }
}

/// Yes or no, as written.
fn literal(side: &Typed) -> Option<bool> {
    let TypedKind::Truth { yes, no } = side.kind else {
        return None;
    };
    (yes != no && side.ty == Type::Truth).then_some(yes)
}
