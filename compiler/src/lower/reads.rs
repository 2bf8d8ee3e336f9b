//! Which declarations an expression names.

use crate::checked::{Arms, Body, CheckedValue};
use crate::typed::{Typed, TypedKind, ValueId};

/// What a declaration is made of, one step down.
pub(super) fn made_of(value: &CheckedValue, ids: &mut Vec<ValueId>) {
    match &value.body {
        Body::Expression { value, .. } => names_in(value, ids),
        Body::Factor(factor) => ids.extend(factor.members.iter().map(|member| member.value)),
        Body::Level(level) => match &level.arms {
            Arms::Clauses { clauses, .. } => {
                clauses.iter().for_each(|one| names_in(&one.condition, ids));
            }
            Arms::Bands { of, .. } => names_in(of, ids),
        },
        Body::Table(table) => table
            .columns
            .iter()
            .for_each(|column| names_in(column, ids)),
        Body::Alert(alert) => names_in(&alert.raise.condition, ids),
        Body::Indicator(_) | Body::Param(_) | Body::Broken => {}
    }
}

/// The declarations that an expression names, in its order.
pub(super) fn names_in(value: &Typed, ids: &mut Vec<ValueId>) {
    let mut all = |parts: &[Typed]| parts.iter().for_each(|part| names_in(part, ids));
    match &value.kind {
        TypedKind::Value(id) | TypedKind::Field(id, _) => ids.push(*id),
        TypedKind::List(parts)
        | TypedKind::And(parts)
        | TypedKind::Or(parts)
        | TypedKind::Fallback(parts)
        | TypedKind::Builtin(_, parts)
        | TypedKind::Call(_, parts) => all(parts),
        TypedKind::Convert(inner, ..)
        | TypedKind::AsNumber(inner)
        | TypedKind::Negate(inner)
        | TypedKind::Not(inner)
        | TypedKind::IsKnown(inner) => names_in(inner, ids),
        TypedKind::Sum(first, rest) => {
            names_in(first, ids);
            rest.iter().for_each(|(_, part)| names_in(part, ids));
        }
        TypedKind::Product(first, rest) => {
            names_in(first, ids);
            rest.iter().for_each(|(_, part)| names_in(part, ids));
        }
        TypedKind::Compare { left, right, .. } => {
            names_in(left, ids);
            names_in(right, ids);
        }
        TypedKind::If { arms, otherwise } => {
            for (condition, value) in arms {
                names_in(condition, ids);
                names_in(value, ids);
            }
            names_in(otherwise, ids);
        }
        TypedKind::AtLeast { k, of } => {
            names_in(k, ids);
            names_in(of, ids);
        }
        TypedKind::Along(call) => {
            names_in(&call.of, ids);
            call.threshold.iter().for_each(|part| names_in(part, ids));
        }
        TypedKind::Peers(call) => {
            names_in(&call.of, ids);
            call.among.iter().for_each(|part| names_in(part, ids));
        }
        TypedKind::Number(_)
        | TypedKind::Missing
        | TypedKind::Truth { .. }
        | TypedKind::Position(_)
        | TypedKind::Parameter(_)
        | TypedKind::AllFactors
        | TypedKind::AllSignals
        | TypedKind::Error => {}
    }
}
