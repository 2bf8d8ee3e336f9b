//! What the values of a list weigh: `[a weight 2, b]`, also through a step that holds the list and what goes item by
//! item through it.

use super::Body;
use crate::typed::{Builtin, Typed, TypedKind, ValueId};

/// A value of a list without its weight, and the weight, where one is written.
fn apart(part: &Typed) -> (&Typed, Option<&Typed>) {
    if let TypedKind::Builtin(Builtin::Weighted, parts) = &part.kind
        && let [value, weight] = parts.as_slice()
    {
        return (value, Some(weight));
    }
    (part, None)
}

/// The weight of each value of a list, where one at least has any.
pub fn weights_of<'t>(
    list: &'t Typed,
    body: &dyn Fn(ValueId) -> Option<&'t Body>,
) -> Option<Vec<Option<&'t Typed>>> {
    let inside = |part: &'t Typed| weights_of(part, body);
    match &list.kind {
        TypedKind::List(parts) => {
            let weights: Vec<_> = parts.iter().map(|part| apart(part).1).collect();
            weights.iter().any(Option::is_some).then_some(weights)
        }
        TypedKind::Value(id) => {
            let Body::Expression { value, .. } = body(*id)? else {
                return None;
            };
            inside(value)
        }
        TypedKind::Convert(inner, ..)
        | TypedKind::AsNumber(inner)
        | TypedKind::Negate(inner)
        | TypedKind::Not(inner)
        | TypedKind::IsKnown(inner) => inside(inner),
        TypedKind::Sum(first, rest) => {
            inside(first).or_else(|| rest.iter().find_map(|(_, part)| inside(part)))
        }
        TypedKind::Product(first, rest) => {
            inside(first).or_else(|| rest.iter().find_map(|(_, part)| inside(part)))
        }
        TypedKind::Compare { left, right, .. } => inside(left).or_else(|| inside(right)),
        TypedKind::Fallback(parts) => parts.iter().find_map(inside),
        TypedKind::If { arms, otherwise } => arms
            .iter()
            .find_map(|(_, value)| inside(value))
            .or_else(|| inside(otherwise)),
        TypedKind::Builtin(builtin, args) if item_by_item(*builtin) => {
            args.first().and_then(inside)
        }
        TypedKind::Number(_)
        | TypedKind::Missing
        | TypedKind::Truth { .. }
        | TypedKind::Position(_)
        | TypedKind::Parameter(_)
        | TypedKind::Earlier(_)
        | TypedKind::Field(..)
        | TypedKind::AllFactors
        | TypedKind::AllSignals
        | TypedKind::And(_)
        | TypedKind::Or(_)
        | TypedKind::AtLeast { .. }
        | TypedKind::Builtin(..)
        | TypedKind::Along(_)
        | TypedKind::Peers(_)
        | TypedKind::Call(..)
        | TypedKind::Error => None,
    }
}

/// Does a function of several values look at what they weigh?
#[must_use]
pub fn looks_at_weights(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Sum | Builtin::Mean | Builtin::GeometricMean | Builtin::HarmonicMean
    )
}

fn item_by_item(builtin: Builtin) -> bool {
    match builtin {
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
        | Builtin::Verified(_)
        | Builtin::OfKnown => true,
        Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::Product
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev
        | Builtin::Count
        | Builtin::Any
        | Builtin::All
        | Builtin::KnownCount
        | Builtin::Position
        | Builtin::Alternatives
        | Builtin::Weighted
        | Builtin::Piecewise
        | Builtin::PeriodOf(_) => false,
    }
}
