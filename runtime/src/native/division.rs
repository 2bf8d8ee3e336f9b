//! Division by a constant, correctly rounded, without dividing.
//!
//! Goalposts make almost every division one by a constant, and the divider is the slowest unit there
//! is. With a fused multiply-add the same quotient, to the last bit, takes two short operations:
//!
//! ```text
//! x / c = x * z + x * z'      z = 1/c rounded, z' = 1/c - z rounded
//! ```
//!
//! Source: N. Brisebarre, J.-M. Muller and S. K. Raina, "Accelerating correctly rounded floating-point
//! division when the divisor is known in advance", IEEE Trans. Comput. 53 (2004). It holds for most
//! divisors, which is proved for each before it is used, and while nothing overflows or underflows on
//! the way; and it gives +0 for a dividend of -0. So it is used where the Plan excludes all that, as it
//! does for an indicator less its lower goalpost, unless that is zero.

use forewarn_plan::{Binary, Node, Op, Plan};

/// How to divide by a constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Divisor {
    /// A power of two: multiplying by its reciprocal is the same.
    Multiply(f64),
    /// By its reciprocal and what is lacking to it, for a [`suits`] dividend.
    Reciprocal { first: f64, rest: f64 },
    /// Nothing but dividing gives the same bits.
    Divide,
}

/// Subtracting a number at least so large leaves nothing that is too close to underflow.
const LEAST: f64 = f64::from_bits((1023 - 700) << 52);
/// And larger ones too close to overflow.
const MOST: f64 = f64::from_bits((1023 + 700) << 52);
/// Divisors lie between this and its reciprocal.
const LEAST_DIVISOR: f64 = f64::from_bits((1023 - 100) << 52);

impl Divisor {
    pub fn of(c: f64) -> Self {
        const FRACTION: u64 = (1 << 52) - 1;
        let size = c.abs();
        if !(LEAST_DIVISOR..=1.0 / LEAST_DIVISOR).contains(&size) {
            return Self::Divide;
        }
        let first = 1.0 / c;
        if c.to_bits() & FRACTION == 0 {
            return Self::Multiply(first);
        }
        let rest = libm::fma(-first, c, 1.0) / c;
        if is_exact(c, first, rest) {
            Self::Reciprocal { first, rest }
        } else {
            Self::Divide
        }
    }
}

/// Is the sum the rounded quotient for every dividend?
///
/// With significands `X` and `C` as whole numbers of 53 bits, the quotient lies between two doubles,
/// off the middle `M / 2^k` of them by `r = X * 2^k - M * C` (over `C * 2^k`), where `k` is 53 if
/// `X >= C`, else 54. The sum before its rounding is off by less than 3 * 2^-107 (with
/// significands in 1..2), so only for `|r| <= 2` can it fall on the other side of the middle. For each
/// such `r` there is at most a handful of `X`: they are tried.
fn is_exact(c: f64, first: f64, rest: f64) -> bool {
    const HIDDEN: u64 = 1 << 52;
    const MARGIN: i128 = 4;
    let whole = (c.to_bits() & (HIDDEN - 1)) | HIDDEN;
    let even = whole.trailing_zeros();
    let odd = i128::from(whole >> even);
    // The exponent does not matter: powers of two change no significand.
    let exact = |x: i128| {
        let x = f64::from_bits((u64::try_from(x).unwrap_or(0) & (HIDDEN - 1)) | (1023 << 52));
        libm::fma(x, first, x * rest).to_bits() == (x / c).to_bits()
    };
    [53u32, 54].into_iter().all(|k| {
        let inverse = inverse_of_power(k - even, odd);
        (-MARGIN..=MARGIN)
            .filter(|r| *r != 0 && r % (1 << even) == 0)
            .all(|r| {
                let least = i128::from(HIDDEN);
                let candidate = least + ((r >> even) * inverse - least).rem_euclid(odd);
                let mut candidates = std::iter::successors(Some(candidate), |x| Some(x + odd))
                    .take_while(|x| *x < 2 * least);
                candidates.all(exact)
            })
    })
}

/// The inverse of `2^power` modulo an odd number.
fn inverse_of_power(power: u32, odd: i128) -> i128 {
    let half = (odd + 1) / 2;
    (0..power).fold(1 % odd, |inverse, _| inverse * half % odd)
}

/// Is a dividend neither too small, zero excepted, nor too large, nor negative zero?
pub(super) fn suits(plan: &Plan, dividend: &Node) -> bool {
    // The difference to a number that is not tiny is zero (and then +0) or not tiny either.
    let is_difference = match dividend.op {
        Op::Binary(Binary::Subtract, _, low) => match plan.node(low).map(|low| low.op) {
            Some(Op::Const(low)) => low.abs() >= LEAST,
            _ => false,
        },
        Op::Const(_)
        | Op::Input(_)
        | Op::Period
        | Op::Unary(..)
        | Op::Binary(..)
        | Op::Select { .. }
        | Op::Compare(..)
        | Op::IsKnown(_)
        | Op::Truth { .. }
        | Op::Not(_)
        | Op::And(..)
        | Op::Or(..)
        | Op::Surely(_)
        | Op::Possibly(_)
        | Op::Verdict { .. }
        | Op::Indicate(_)
        | Op::Along(..)
        | Op::Paired(..)
        | Op::Recall(..)
        | Op::Peers { .. }
        | Op::Alert { .. } => false,
    };
    is_difference && dividend.range.low >= -MOST && dividend.range.high <= MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotient(x: f64, c: f64) -> Option<f64> {
        match Divisor::of(c) {
            Divisor::Multiply(first) => Some(x * first),
            Divisor::Reciprocal { first, rest } => Some(x.mul_add(first, x * rest)),
            Divisor::Divide => None,
        }
    }

    #[test]
    fn quotients_are_those_of_a_division() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..2_000 {
            let c = match next() % 3 {
                0 => (next() % 100_000) as f64 / 100.0 + 0.01,
                1 => f64::from_bits((next() >> 12) | (1023 << 52)),
                // Significands at the edges, where reciprocals are hardest to round.
                _ => f64::from_bits(
                    ((next() % 64).wrapping_sub(32) & ((1 << 52) - 1)) | (1023 << 52),
                ),
            };
            for step in 0..500 {
                let x = match step % 3 {
                    0 => f64::from_bits((next() >> 12) | ((1023 - 300 + next() % 600) << 52)),
                    1 => (next() % 1_000_000) as f64 / 1000.0,
                    // Just beside a multiple of the divisor, and beside the middle of two quotients.
                    _ => {
                        let quotient = f64::from_bits((next() >> 12) | (1023 << 52));
                        let near = quotient * c + f64::EPSILON * c * 0.5;
                        f64::from_bits(near.to_bits().wrapping_add(next() % 5).wrapping_sub(2))
                    }
                };
                if let Some(quotient) = quotient(x, c) {
                    assert_eq!(quotient.to_bits(), (x / c).to_bits(), "{x:?} / {c:?}");
                }
            }
        }
    }

    #[test]
    fn what_lies_near_the_limits_is_divided() {
        assert_eq!(Divisor::of(0.0), Divisor::Divide);
        assert_eq!(Divisor::of(f64::INFINITY), Divisor::Divide);
        assert_eq!(Divisor::of(f64::NAN), Divisor::Divide);
        assert_eq!(Divisor::of(1e-300), Divisor::Divide);
        assert_eq!(Divisor::of(-8.0), Divisor::Multiply(-0.125));
    }

    #[test]
    fn most_divisors_have_a_reciprocal_that_serves() {
        let divisors: Vec<f64> = (1..=2_000).map(|c| f64::from(c) / 10.0).collect();
        let exceptions = divisors
            .iter()
            .filter(|c| Divisor::of(**c) == Divisor::Divide);
        let exceptions = exceptions.count();
        assert!(
            (1..200).contains(&exceptions),
            "{exceptions} of {}",
            divisors.len()
        );
    }
}
