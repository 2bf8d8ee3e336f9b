//! Rounded values in the unit that is declared for them.
//!
//! In: a checked expression and the unit that its declaration names. Out: the same in that unit. A
//! rounding counts the decimals of what is published: `score s : number = round(percentile(x), 2)`
//! gives 0.33, although a percentile is a percentage. So what is rounded is converted, and then
//! rounded; through choices, sums and the like, as far as each part by itself can be converted.

use super::context::Checker;
use crate::typed::{Builtin, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    /// The value in a unit of its dimension; `None` where it is of another.
    pub fn in_declared_unit(value: Typed, to: &Unit) -> Option<Typed> {
        let is_there = Self::unit_of(&value.ty) == Some(to);
        if !is_there && rounds(&value) {
            Self::part_by_part(value.clone(), to).or_else(|| Self::convert(value, to))
        } else {
            Self::convert(value, to)
        }
    }

    fn part_by_part(value: Typed, to: &Unit) -> Option<Typed> {
        let span = value.span;
        let part = |part: Typed| Self::in_declared_unit(part, to);
        let all = |parts: Vec<Typed>| parts.into_iter().map(part).collect::<Option<Vec<_>>>();
        let kind = match value.kind {
            TypedKind::Convert(inner, ..) => return part(*inner),
            TypedKind::Negate(inner) => TypedKind::Negate(Box::new(part(*inner)?)),
            TypedKind::List(parts) => TypedKind::List(all(parts)?),
            TypedKind::Fallback(parts) => TypedKind::Fallback(all(parts)?),
            TypedKind::Sum(first, rest) => {
                let rest = rest.into_iter().map(|(op, one)| Some((op, part(one)?)));
                TypedKind::Sum(Box::new(part(*first)?), rest.collect::<Option<Vec<_>>>()?)
            }
            TypedKind::If { arms, otherwise } => {
                let arms = arms.into_iter().map(|(when, one)| Some((when, part(one)?)));
                TypedKind::If {
                    arms: arms.collect::<Option<Vec<_>>>()?,
                    otherwise: Box::new(part(*otherwise)?),
                }
            }
            TypedKind::Builtin(builtin, args) => {
                // The decimals of a rounding stay, and how many values must be known.
                let args = args.into_iter().enumerate();
                let args = args.map(|(at, arg)| if at == 0 { part(arg) } else { Some(arg) });
                TypedKind::Builtin(builtin, args.collect::<Option<Vec<_>>>()?)
            }
            kind @ (TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Value(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::AsNumber(_)
            | TypedKind::Not(_)
            | TypedKind::Product(..)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error) => {
                let ty = value.ty;
                return Self::convert(Typed { kind, ty, span }, to);
            }
        };
        let one = Type::Number(to.clone());
        let ty = if matches!(value.ty, Type::List(_)) {
            Type::List(Box::new(one))
        } else {
            one
        };
        Some(Typed { kind, ty, span })
    }
}

/// Is a part of it rounded, with nothing around that part but what goes part by part?
fn rounds(value: &Typed) -> bool {
    match &value.kind {
        TypedKind::Builtin(builtin, args) => match builtin {
            Builtin::Round | Builtin::Truncate | Builtin::Floor | Builtin::Ceil => true,
            Builtin::Min | Builtin::Max | Builtin::Abs => args.iter().any(rounds),
            Builtin::Weighted => args.first().is_some_and(rounds),
            Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::OfKnown
            | Builtin::Count
            | Builtin::Any
            | Builtin::All
            | Builtin::KnownCount
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Verified(_)
            | Builtin::Alternatives => false,
        },
        TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) => rounds(inner),
        TypedKind::List(parts) | TypedKind::Fallback(parts) => parts.iter().any(rounds),
        TypedKind::Sum(first, rest) => rounds(first) || rest.iter().any(|(_, part)| rounds(part)),
        TypedKind::If { arms, otherwise } => {
            rounds(otherwise) || arms.iter().any(|(_, value)| rounds(value))
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
        | TypedKind::AsNumber(_)
        | TypedKind::Not(_)
        | TypedKind::Product(..)
        | TypedKind::Compare { .. }
        | TypedKind::And(_)
        | TypedKind::Or(_)
        | TypedKind::IsKnown(_)
        | TypedKind::AtLeast { .. }
        | TypedKind::Along(_)
        | TypedKind::Peers(_)
        | TypedKind::Call(..)
        | TypedKind::Error => false,
    }
}
