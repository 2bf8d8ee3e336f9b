//! What each operation does to single numbers: the one definition that constant folding and the
//! interpreter share and that native code must match bit for bit. NaN is missing.

use super::{Binary, Compare, Unary};
use crate::{decimal, digits};

/// A one-operand function, without the test for faults.
#[must_use]
pub fn unary(op: Unary, x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    match op {
        Unary::Negate => -x,
        Unary::Abs => x.abs(),
        Unary::Sqrt => x.sqrt(),
        Unary::Exp => libm::exp(x),
        Unary::Ln => libm::log(x),
        Unary::Log2 => libm::log2(x),
        Unary::Log10 => libm::log10(x),
        Unary::Floor => decimal::floor(x),
        Unary::Ceil => decimal::ceil(x),
        Unary::Round(decimals) => decimal::round(x, decimals),
        Unary::Truncate(decimals) => decimal::truncate(x, decimals),
        Unary::Times(steps) => decimal::times(x, steps),
    }
}

/// A two-operand function, without the test for faults.
#[must_use]
pub fn binary(op: Binary, a: f64, b: f64) -> f64 {
    if op == Binary::Coalesce {
        return if a.is_nan() { b } else { a };
    }
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    match op {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide if b == 0.0 => f64::NAN,
        Binary::Divide => a / b,
        Binary::Power => libm::pow(a, b),
        Binary::Min if b < a => b,
        Binary::Max if a < b => b,
        Binary::Min | Binary::Max | Binary::Coalesce => a,
    }
}

/// `Some(answer)` when both are known: to 14 significant digits.
#[must_use]
pub fn compare(op: Compare, a: f64, b: f64) -> Option<bool> {
    (!a.is_nan() && !b.is_nan()).then_some(match op {
        Compare::Less => digits::is_less(a, b),
        Compare::LessOrEqual => digits::is_at_most(a, b),
        Compare::Equal => digits::is_same(a, b),
    })
}
