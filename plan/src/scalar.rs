//! What each operation does to single numbers: the one definition that constant folding and the
//! interpreter share and that native code must match bit for bit. NaN is missing.

use super::{Binary, Compare, Unary};

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
        Unary::Floor => x.floor(),
        Unary::Ceil => x.ceil(),
        Unary::Round(decimals) => crate::decimal::round(x, decimals),
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

/// `Some(answer)` when both are known.
#[must_use]
pub fn compare(op: Compare, a: f64, b: f64) -> Option<bool> {
    (!a.is_nan() && !b.is_nan()).then_some(match op {
        Compare::Less => a < b,
        Compare::LessOrEqual => a <= b,
        Compare::Equal => a == b,
    })
}
