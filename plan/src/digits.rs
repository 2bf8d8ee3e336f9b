//! Which of two numbers is less: to 14 significant digits, as people read them.
//!
//! In: doubles. Out: how one stands to another, for every comparison of the language, for ties among
//! peers and for the checks before any data.
//!
//! A number is read as a decimal of 15 significant digits, as rounding reads it, and that decimal is
//! rounded half away from zero to 14. Two numbers are equal where that gives the same decimal, and
//! else stand as the decimals do. Reading never turns an order round, so of less, equal and more
//! exactly one holds for any two, and all three are transitive. Zero has no sign and only zero is
//! equal to it; infinities are equal to themselves alone; so is every number so near to zero (below
//! about 1e-309) that doubles lie farther apart than 14 digits.
//!
//! The numbers equal to a constant are all doubles between two ends ([`around`]): comparing with a
//! constant is comparing with one of these ends.

use std::cell::RefCell;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::decimal::Reading;

/// How many significant digits decide.
pub const DIGITS: usize = 14;

/// Two different numbers that are at least so far apart, as a part of either, are never equal: equal
/// ones are less than a unit of the 14th digit apart, which is at most 1e-13 of a number.
pub const APART: f64 = 2e-13;

/// The double of the decimal that a number is read as. Equal numbers have one and the same; reading
/// it again changes nothing.
#[must_use]
pub fn read(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        // Takes the sign off zero.
        return x + 0.0;
    }
    let Some(Reading { digits, exponent }) = Reading::of(x) else {
        return x;
    };
    let rounded = (digits + 5) / 10;
    let text = format!("{rounded}e{}", exponent - (DIGITS as i32 - 1));
    text.parse::<f64>().unwrap_or(x).copysign(x)
}

/// The nearest number of 12 significant digits: without what carries noise.
#[must_use]
pub fn short(x: f64) -> f64 {
    format!("{x:.11e}").parse().unwrap_or(x)
}

/// Do the doubles themselves decide: are they the same, or too far apart to be equal?
#[inline]
fn is_plain(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() >= a.abs() * APART
}

/// No for NaN.
#[inline]
#[must_use]
pub fn is_less(a: f64, b: f64) -> bool {
    a < b && (is_plain(a, b) || read(a) < read(b))
}

/// No for NaN.
#[inline]
#[must_use]
pub fn is_at_most(a: f64, b: f64) -> bool {
    a <= b || is_same(a, b)
}

/// No for NaN.
#[inline]
#[must_use]
pub fn is_same(a: f64, b: f64) -> bool {
    a == b || (!is_plain(a, b) && read(a) == read(b))
}

thread_local! {
    /// What [`around`] has found: a ruleset has few thresholds, and asks for the ends of each thousands of times.
    static FOUND: RefCell<HashMap<u64, (f64, f64), FxBuildHasher>> = RefCell::default();
}

/// How many numbers are remembered.
const REMEMBERED: usize = 4_096;

/// The least and the greatest double that are equal to a number, which is not NaN.
#[must_use]
pub fn around(x: f64) -> (f64, f64) {
    FOUND.with_borrow_mut(|found| {
        if found.len() >= REMEMBERED {
            found.clear();
        }
        *found.entry(x.to_bits()).or_insert_with(|| ends(x))
    })
}

fn ends(x: f64) -> (f64, f64) {
    let own = read(x);
    let readable = Some(own).filter(|own| own.is_finite() && *own != 0.0);
    let Some(Reading { digits, exponent }) = readable.and_then(Reading::of) else {
        return (own, own);
    };
    // By size: from 55 hundredths of a unit of the 14th digit below to 45 above, where the 15th
    // digit becomes a 5. Below a power of ten units are smaller.
    let unit = exponent - (DIGITS as i32 + 1);
    let below = match digits == SMALLEST {
        true => format!("{}e{}", digits * 100 - 55, unit - 1),
        false => format!("{}e{unit}", digits * 10 - 55),
    };
    let above = format!("{}e{unit}", digits * 10 + 45);
    let near = |text: String| text.parse().unwrap_or(own.abs());
    let least = end(own.abs(), near(below), [f64::next_down, f64::next_up]);
    let greatest = end(own.abs(), near(above), [f64::next_up, f64::next_down]);
    if own > 0.0 {
        (least, greatest)
    } else {
        (-greatest, -least)
    }
}

/// The greatest double that is less than a number.
#[must_use]
pub fn below(x: f64) -> f64 {
    around(x).0.next_down()
}

/// The least number of 15 digits.
const SMALLEST: u64 = 100_000_000_000_000;

/// The last double outwards that is read as `size` is, from one that is nearly that.
fn end(size: f64, near: f64, [outwards, inwards]: [fn(f64) -> f64; 2]) -> f64 {
    let mut at = near;
    while read(at) != size {
        at = inwards(at);
    }
    while read(outwards(at)) == size {
        at = outwards(at);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_of_doubles_is_no_difference() {
        let same = [
            (0.1 + 0.2, 0.3),
            ((8.1 + 8.7 + 1.2) / 3.0, 6.0),
            (0.12 + 0.06 + 0.02, 0.2),
            (0.01 + 0.01 + 0.18, 0.2),
            (0.29 * 100.0, 29.0),
            (1.1 * 1.1, 1.21),
            (-0.7 - 0.1, -0.8),
            (1e22 * 1.000_000_000_000_000_2, 1e22),
            (0.0, -0.0),
            (f64::INFINITY, f64::INFINITY),
        ];
        for (a, b) in same {
            assert!(is_same(a, b) && is_same(b, a), "{a:?} {b:?}");
            assert!(!is_less(a, b) && !is_less(b, a), "{a:?} {b:?}");
            assert!(is_at_most(a, b) && is_at_most(b, a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn fourteen_digits_tell_numbers_apart() {
        let less = [
            (0.3, 0.300_000_000_000_01),
            (5.999_999_999_999_9, 6.0),
            (0.0, 5e-324),
            (-5e-324, 0.0),
            (5e-324, 1e-323),
            (1e-310, 1.000_001e-310),
            (0.0, 0.1 + 0.2 - 0.3),
            (-1e-300, 1e-300),
            (f64::MAX, f64::INFINITY),
            (f64::NEG_INFINITY, f64::MIN),
            // By the 15th digit, rounded half away from zero.
            (6.0, 6.000_000_000_000_05),
            (-6.000_000_000_000_05, -6.0),
        ];
        for (a, b) in less {
            assert!(is_less(a, b) && !is_less(b, a), "{a:?} {b:?}");
            assert!(!is_same(a, b) && !is_same(b, a), "{a:?} {b:?}");
        }
        for (a, b) in [(f64::NAN, 1.0), (1.0, f64::NAN), (f64::NAN, f64::NAN)] {
            assert!(!is_less(a, b) && !is_same(a, b) && !is_at_most(a, b));
        }
        assert!(is_same(6.0, 6.000_000_000_000_04));
        assert_eq!(read(6.000_000_000_000_04), 6.0);
        assert_eq!(read(123_456_789.123_456_7), 123_456_789.123_46);
    }

    /// Numbers of all sizes, many of them within noise of short decimals and of each other.
    fn numbers(many: usize) -> Vec<f64> {
        let mut state = 0x51ed_270b_9f4a_7c15_u64;
        let mut next = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        (0..many)
            .map(|_| {
                let x = match next() % 5 {
                    0 => f64::from_bits(next()),
                    1 => (next() % 2_000) as f64 / 100.0 - 10.0,
                    2 => (next() % 1_000) as f64 / 7.0,
                    3 => 10_f64.powi((next() % 600) as i32 - 300) * (1 + next() % 9) as f64,
                    _ => f64::from_bits(next() % 100_000),
                };
                let nudged = x.to_bits().wrapping_add(next() % 1_400).wrapping_sub(700);
                match next() % 3 {
                    0 => x,
                    _ => f64::from_bits(nudged),
                }
            })
            .filter(|x| !x.is_nan())
            .collect()
    }

    #[test]
    fn reading_keeps_every_order() {
        let mut all = numbers(6_000);
        all.extend([0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::MAX]);
        all.sort_by(f64::total_cmp);
        for pair in all.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            assert!(read(a) <= read(b), "{a:?} {b:?}");
            assert_eq!(read(read(a)).to_bits(), read(a).to_bits(), "{a:?}");
            // The short way says what the readings say.
            assert_eq!(is_less(a, b), read(a) < read(b), "{a:?} {b:?}");
            assert_eq!(is_less(b, a), read(b) < read(a), "{a:?} {b:?}");
            assert_eq!(is_same(a, b), read(a) == read(b), "{a:?} {b:?}");
            let held = [is_less(a, b), is_same(a, b), is_less(b, a)];
            assert_eq!(held.into_iter().filter(|one| *one).count(), 1);
        }
    }

    #[test]
    fn what_is_equal_to_a_constant_lies_between_two_ends() {
        let mut all = numbers(1_500);
        all.extend([
            0.0,
            1.0,
            -1.0,
            1e15,
            1e-5,
            0.1,
            f64::MAX,
            f64::INFINITY,
            5e-324,
        ]);
        for x in all {
            let (least, greatest) = around(x);
            assert!(least <= x && x <= greatest, "{x:?}: {least:?} {greatest:?}");
            assert!(is_same(least, x) && is_same(x, greatest), "{x:?}");
            if x.is_finite() {
                let (below, above) = (least.next_down(), greatest.next_up());
                assert!(is_less(below, x) && is_less(x, above), "{x:?}");
            }
        }
    }

    #[test]
    fn what_is_remembered_is_what_is_worked_out() {
        let all = numbers(3 * REMEMBERED);
        for x in all.iter().chain(&all) {
            let bits = |(least, greatest): (f64, f64)| (least.to_bits(), greatest.to_bits());
            assert_eq!(bits(around(*x)), bits(ends(*x)), "{x:?}");
        }
        // Zeros are told apart where they are remembered, and equal as ever.
        assert_eq!((around(0.0), around(-0.0)), ((0.0, 0.0), (0.0, 0.0)));
    }
}
