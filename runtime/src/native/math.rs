//! Functions that kernels call: those with no vector instruction of their own.
//!
//! Operands come in and results go out through one small block on the kernel's stack: the lanes of
//! the first operand, then those of the second; results take the place of the first. Each lane goes
//! through [`scalar`], as in the interpreter, so the bits are the same.

use forewarn_plan::digits;
use forewarn_plan::{Binary, Unary, scalar};

use super::width::ROWS;

/// The block that a kernel passes.
#[repr(C)]
pub(super) struct Passed {
    pub a: [f64; ROWS],
    pub b: [f64; ROWS],
}

/// Of all functions here; the second argument is the decimals of a rounding, or the steps, or where a memory is.
pub(super) type LaneFunction = extern "C" fn(&mut Passed, i64);

extern "C" fn exp(passed: &mut Passed, _: i64) {
    each(passed, Unary::Exp);
}
extern "C" fn ln(passed: &mut Passed, _: i64) {
    each(passed, Unary::Ln);
}
extern "C" fn log2(passed: &mut Passed, _: i64) {
    each(passed, Unary::Log2);
}
extern "C" fn log10(passed: &mut Passed, _: i64) {
    each(passed, Unary::Log10);
}
extern "C" fn floor(passed: &mut Passed, _: i64) {
    each(passed, Unary::Floor);
}
extern "C" fn ceil(passed: &mut Passed, _: i64) {
    each(passed, Unary::Ceil);
}
extern "C" fn round(passed: &mut Passed, decimals: i64) {
    each(passed, Unary::Round(decimals as i8));
}
extern "C" fn truncate(passed: &mut Passed, decimals: i64) {
    each(passed, Unary::Truncate(decimals as i8));
}
extern "C" fn times(passed: &mut Passed, steps: i64) {
    each(passed, Unary::Times(steps.unsigned_abs()));
}
extern "C" fn read(passed: &mut Passed, _: i64) {
    for x in passed.a.iter_mut().chain(&mut passed.b) {
        *x = digits::read(*x);
    }
}
extern "C" fn power(passed: &mut Passed, _: i64) {
    for (a, b) in passed.a.iter_mut().zip(passed.b) {
        *a = scalar::binary(Binary::Power, *a, b);
    }
}

#[inline]
fn each(passed: &mut Passed, op: Unary) {
    for x in &mut passed.a {
        *x = scalar::unary(op, *x);
    }
}

/// The function of an operation and its second argument; `None` where vectors do it.
pub(super) fn of_unary(op: Unary) -> Option<(LaneFunction, i64)> {
    let function: LaneFunction = match op {
        Unary::Exp => exp,
        Unary::Ln => ln,
        Unary::Log2 => log2,
        Unary::Log10 => log10,
        Unary::Floor => floor,
        Unary::Ceil => ceil,
        Unary::Round(decimals) => return Some((round, i64::from(decimals))),
        Unary::Truncate(decimals) => return Some((truncate, i64::from(decimals))),
        Unary::Times(steps) => return Some((times, i64::try_from(steps).unwrap_or(i64::MAX))),
        Unary::Negate | Unary::Abs | Unary::Sqrt => return None,
    };
    Some((function, 0))
}

pub(super) const POWER: LaneFunction = power;
/// Both operands as comparisons read them.
pub(super) const READ: LaneFunction = read;
