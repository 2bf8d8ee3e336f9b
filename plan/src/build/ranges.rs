//! Where the result of an operation lies, and whether it can be without one.

use super::super::{Binary, Unary};
use crate::decimal;
use crate::interval::Interval;

pub(super) fn unary_range(op: Unary, x: Interval) -> (Interval, bool) {
    match op {
        Unary::Negate => (x.negate(), false),
        Unary::Abs => (x.abs(), false),
        Unary::Sqrt => (
            x.max(Interval::point(0.0)).through_exactly(f64::sqrt),
            x.low < 0.0,
        ),
        Unary::Exp => {
            let range = x.through(libm::exp).max(Interval::point(0.0));
            (range, !range.is_finite())
        }
        Unary::Ln => (x.logarithm(libm::log), x.low <= 0.0),
        Unary::Log2 => (x.logarithm(libm::log2), x.low <= 0.0),
        Unary::Log10 => (x.logarithm(libm::log10), x.low <= 0.0),
        Unary::Floor => (x.through_exactly(decimal::floor), false),
        Unary::Ceil => (x.through_exactly(decimal::ceil), false),
        Unary::Round(decimals) => (x.through_exactly(|x| decimal::round(x, decimals)), false),
        Unary::Truncate(decimals) => (x.through_exactly(|x| decimal::truncate(x, decimals)), false),
        Unary::Times(steps) => {
            let range = x.through_exactly(|x| decimal::times(x, steps));
            (range, !range.is_finite())
        }
    }
}

/// Overflows aside: where the result passes all numbers, the range does.
pub(super) fn binary_range(op: Binary, x: Interval, y: Interval) -> (Interval, bool) {
    match op {
        Binary::Add => (x.add(y), false),
        Binary::Subtract => (x.subtract(y), false),
        Binary::Multiply => (x.multiply(y), false),
        Binary::Divide => (x.divide(y), y.contains(0.0)),
        Binary::Power => {
            let lacks = x.low < 0.0 && y.whole_exponent().is_none();
            (x.power(y, libm::pow), lacks)
        }
        Binary::Min => (x.min(y), false),
        Binary::Max => (x.max(y), false),
        Binary::Coalesce => (x.hull(y), false),
    }
}

/// Can the operation pass all numbers on that range?
pub(super) fn overflows(op: Binary, range: Interval) -> bool {
    !range.is_finite() && !matches!(op, Binary::Min | Binary::Max)
}
