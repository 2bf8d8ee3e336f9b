//! Rounding as decimals do it.
//!
//! A double carries 15 decimal digits faithfully; what stands behind them is noise of the binary
//! representation and of the arithmetic before (`0.7 + 0.6` is `1.2999999999999998`). So a value is
//! first read as a decimal of 15 significant digits, and that decimal is rounded: half away from
//! zero, downwards, upwards or towards zero. This is what published indices computed in spreadsheets
//! do, and without it their numbers do not reproduce: rounding the bare double, 16 published levels
//! of the 2020 edition of INFORM (191 countries) come out one tenth off, and 26 by its shortest
//! digits; and `floor(0.57 * 100)` is 56.

/// What becomes of the digits that do not stay, the sign left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Half and more makes one more of the last digit that stays.
    Half,
    /// They go.
    TowardsZero,
    /// Any of them makes one more.
    AwayFromZero,
}

/// A size as a decimal of 15 significant digits: `digits * 10^(exponent - 14)`, `digits` of 15 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub digits: u64,
    /// Of the first digit.
    pub exponent: i32,
}

/// How many digits are read.
const READ: i32 = 15;

/// Doubles at least so far from a number, as a part of themselves, are not read as it: half a unit
/// of the 15th digit is at most 5e-15 of a number.
pub const APART: f64 = 6e-15;

impl Reading {
    /// Of a finite number that is not zero; its sign is left out.
    pub fn of(x: f64) -> Option<Self> {
        // `d.dddddddddddddde±x`: 15 significant digits.
        let text = format!("{:.14e}", x.abs());
        let (mantissa, exponent) = text.split_once('e')?;
        let digits = mantissa.bytes().filter(u8::is_ascii_digit);
        Some(Self {
            digits: digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')),
            exponent: exponent.parse().ok()?,
        })
    }
}

/// `x` to `decimals` places after the point (before it, where negative). Missing stays missing,
/// infinities stay. Zero has no sign.
#[must_use]
pub fn round(x: f64, decimals: i8) -> f64 {
    cut(x, decimals, Way::Half)
}

/// Without what stands behind so many places after the point (before it, where negative).
#[must_use]
pub fn truncate(x: f64, decimals: i8) -> f64 {
    cut(x, decimals, Way::TowardsZero)
}

/// The whole number that is read, or the next one below.
#[must_use]
pub fn floor(x: f64) -> f64 {
    whole(
        x,
        f64::floor,
        if x < 0.0 {
            Way::AwayFromZero
        } else {
            Way::TowardsZero
        },
    )
}

/// The whole number that is read, or the next one above.
#[must_use]
pub fn ceil(x: f64) -> f64 {
    whole(
        x,
        f64::ceil,
        if x < 0.0 {
            Way::TowardsZero
        } else {
            Way::AwayFromZero
        },
    )
}

/// `plainly` where the double is not read as the whole number beside it.
fn whole(x: f64, plainly: impl Fn(f64) -> f64, way: Way) -> f64 {
    if !x.is_finite() {
        return x;
    }
    let off = (x - x.round_ties_even()).abs();
    if off == 0.0 || off >= x.abs() * APART {
        return plainly(x) + 0.0;
    }
    match Reading::of(x) {
        // Beyond 15 digits before the point nothing is read.
        Some(reading) if reading.exponent < READ - 1 => slowly(x, 0, way) + 0.0,
        _ => plainly(x) + 0.0,
    }
}

fn cut(x: f64, decimals: i8, way: Way) -> f64 {
    if !x.is_finite() {
        return x;
    }
    // Adding zero takes the sign off a negative zero.
    let quick = power_of_ten(decimals).and_then(|power| quickly(x, power, way));
    quick.unwrap_or_else(|| slowly(x, decimals, way)) + 0.0
}

/// The decimal that prints as `x`, times a whole number, rounded once: 0.55 of a share is 55 percent,
/// where the product of the doubles is 55.00000000000001. Keeps every order.
#[must_use]
pub fn times(x: f64, steps: u64) -> f64 {
    const PLACES: f64 = 1e9;
    /// Up to here doubles hold every whole number.
    const WHOLE: f64 = 9e15;
    let by = steps as f64;
    if !x.is_finite() || x == 0.0 {
        return x * by;
    }
    // With so few digits it prints as just that decimal, and both parts are exact.
    let scaled = (x * PLACES).round_ties_even();
    if scaled.abs() < 1e15 && scaled / PLACES == x && by < WHOLE && (scaled * by).abs() < WHOLE {
        return scaled * by / PLACES;
    }
    exactly_times(x, steps).unwrap_or(x * by)
}

/// By the digits that print.
fn exactly_times(x: f64, steps: u64) -> Option<f64> {
    let text = format!("{:e}", x.abs());
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: u128 = format!("{first}{rest}").parse().ok()?;
    let product = digits.checked_mul(u128::from(steps))?;
    let exponent = exponent - i32::try_from(rest.len()).ok()?;
    let size: f64 = format!("{product}e{exponent}").parse().ok()?;
    Some(size.copysign(x))
}

/// Where the scaled value is far from where its rounding changes, every reading of it rounds alike.
fn quickly(x: f64, power: f64, way: Way) -> Option<f64> {
    let scaled = x.abs() * power;
    let floor = scaled.floor();
    let (off, more) = match way {
        Way::Half => {
            let off = scaled - floor - 0.5;
            (off.abs(), off > 0.0)
        }
        Way::TowardsZero => ((scaled - scaled.round_ties_even()).abs(), false),
        Way::AwayFromZero => ((scaled - scaled.round_ties_even()).abs(), true),
    };
    (scaled < 1e14 && off > scaled * APART + 1e-300).then(|| {
        let whole = if more { floor + 1.0 } else { floor };
        (whole / power).copysign(x)
    })
}

fn power_of_ten(decimals: i8) -> Option<f64> {
    const POWERS: [f64; 16] = [
        1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ];
    POWERS.get(usize::try_from(decimals).ok()?).copied()
}

/// By the decimal digits themselves.
fn slowly(x: f64, decimals: i8, way: Way) -> f64 {
    if x == 0.0 {
        return 0.0;
    }
    let Some(Reading { digits, exponent }) = Reading::of(x) else {
        return x;
    };
    // How many of the digits stay.
    let keep = exponent + 1 + i32::from(decimals);
    if keep >= READ {
        // Beyond 15 digits before the point nothing is read.
        let last = exponent - (READ - 1);
        let read = format!("{digits}e{last}").parse::<f64>().ok();
        let read = read.filter(|_| last < 0);
        return read.unwrap_or(x.abs()).copysign(x);
    }
    let dropped = u32::try_from(READ - keep).unwrap_or(u32::MAX);
    // Fewer than one digit stays where all 15 and more go.
    let unit = 10_u64.checked_pow(dropped).unwrap_or(u64::MAX);
    let rest = digits % unit;
    let more = match way {
        Way::Half => rest >= unit / 2,
        Way::TowardsZero => false,
        Way::AwayFromZero => rest > 0,
    };
    let whole = digits / unit + u64::from(more);
    format!("{whole}e{}", -i32::from(decimals))
        .parse::<f64>()
        .unwrap_or(x)
        .copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_away_from_zero_as_decimals_do() {
        let cases = [
            (2.25, 1, 2.3),
            (2.675, 2, 2.68),
            (1.005, 2, 1.01),
            (0.285, 2, 0.29),
            (-2.5, 0, -3.0),
            (0.5, 0, 1.0),
            (0.15, 1, 0.2),
            ((0.7 + 0.6) / 2.0, 1, 0.7),
            (0.1 + 0.2, 1, 0.3),
            (1e300, 2, 1e300),
            (1234.5, -2, 1200.0),
            (1250.0, -2, 1300.0),
            (49.0, -2, 0.0),
            (50.0, -2, 100.0),
            (9.96, 1, 10.0),
            (999_999_999_999.95, 1, 1e12),
            (0.04, 1, 0.0),
            (1.0, 15, 1.0),
            (0.7 + 0.6, 14, 1.3),
            (0.7 + 0.6, 15, 1.3),
            (-(0.1 + 0.2), 15, -0.3),
            (9_007_199_254_740_991.0, 3, 9_007_199_254_740_991.0),
        ];
        for (x, decimals, expected) in cases {
            assert_eq!(round(x, decimals), expected, "round({x}, {decimals})");
        }
        assert!(round(f64::NAN, 1).is_nan());
        assert_eq!(round(f64::INFINITY, 1), f64::INFINITY);
        assert_eq!(round(-0.04, 1).to_bits(), 0.0_f64.to_bits());
        assert_eq!(round(-0.0, 1).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn the_fast_way_agrees_with_the_digits() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..200_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let thousandths = (state >> 40) as f64 / 1000.0;
            let noisy = thousandths * (1.0 + ((state >> 20) % 7) as f64 * 1.1e-16);
            for decimals in [0, 1, 2, 3] {
                assert_eq!(
                    round(noisy, decimals).to_bits(),
                    (slowly(noisy, decimals, Way::Half) + 0.0).to_bits(),
                    "round({noisy}, {decimals})"
                );
            }
        }
    }

    #[test]
    fn floor_and_ceil_read_the_decimal_before_they_cut_it() {
        let cases = [
            (0.29 * 100.0, 29.0, 29.0),
            (0.57 * 100.0, 57.0, 57.0),
            ((0.1 + 0.2) * 10.0, 3.0, 3.0),
            (1.1 * 3.0 * 10.0, 33.0, 33.0),
            (28.999_999_999_999_9, 28.0, 29.0),
            (29.000_000_000_000_1, 29.0, 30.0),
            (-0.29 * 100.0, -29.0, -29.0),
            (-2.5, -3.0, -2.0),
            (-1e-20, -1.0, 0.0),
            (1e-20, 0.0, 1.0),
            (
                123_456_789_012_345.67,
                123_456_789_012_345.0,
                123_456_789_012_346.0,
            ),
            (1e300, 1e300, 1e300),
        ];
        for (x, below, above) in cases {
            assert_eq!(floor(x), below, "floor({x:?})");
            assert_eq!(ceil(x), above, "ceil({x:?})");
        }
        for op in [floor, ceil] {
            assert!(op(f64::NAN).is_nan());
            assert_eq!(op(f64::NEG_INFINITY), f64::NEG_INFINITY);
            assert_eq!(op(-0.0).to_bits(), 0.0_f64.to_bits());
        }
        assert_eq!(ceil(-0.3).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn a_decimal_in_smaller_steps_is_a_decimal() {
        for thousandths in 0..=100_000_u32 {
            let share: f64 = format!("{thousandths}e-5").parse().unwrap_or(f64::NAN);
            let percent: f64 = format!("{thousandths}e-3").parse().unwrap_or(f64::NAN);
            assert_eq!(times(share, 100), percent);
            assert_eq!(times(-share, 100), -percent);
            assert_eq!(times(percent, 1_000), f64::from(thousandths));
        }
        let cases = [
            (0.55, 100, 55.0),
            (0.1 + 0.2, 100, 30.000_000_000_000_004),
            (1.0 / 3.0, 100, 33.333_333_333_333_33),
            (0.57, 1_000_000, 570_000.0),
            (1.1e-12, 100, 1.1e-10),
            (123_456_789.123_4, 1_000, 123_456_789_123.4),
            (1e300, 1_000, 1e303),
            (1e308, 100, f64::INFINITY),
            (5e-324, 100, 5e-322),
            (f64::NEG_INFINITY, 100, f64::NEG_INFINITY),
        ];
        for (x, steps, expected) in cases {
            assert_eq!(times(x, steps), expected, "{x:?} times {steps}");
        }
        assert!(times(f64::NAN, 100).is_nan());
        assert_eq!(times(-0.0, 100).to_bits(), (-0.0_f64).to_bits());
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..100_000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let x = f64::from_bits(state);
            let few = (state >> 44) as f64 / 1e4;
            if x.is_finite() {
                assert!(times(x, 100) <= times(x.next_up(), 100), "{x:?}");
            }
            assert_eq!(Some(times(few, 100)), exactly_times(few, 100), "{few:?}");
        }
    }

    #[test]
    fn truncating_keeps_the_digits_that_are_read() {
        let cases = [
            (0.29, 2, 0.29),
            (0.28 + 0.01, 2, 0.29),
            (0.575 * 100.0, 1, 57.5),
            (2.349, 2, 2.34),
            (-2.349, 2, -2.34),
            (1.999_999_999_999_99, 0, 1.0),
            (1.999_999_999_999_999, 0, 2.0),
            (1299.0, -2, 1200.0),
            (99.0, -2, 0.0),
            (-0.004, 2, 0.0),
            (5e-324, 15, 0.0),
            (1e300, 3, 1e300),
            (0.1 + 0.2, 15, 0.3),
        ];
        for (x, decimals, expected) in cases {
            assert_eq!(
                truncate(x, decimals),
                expected,
                "truncate({x:?}, {decimals})"
            );
        }
        assert_eq!(truncate(-0.004, 2).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn the_fast_ways_down_and_up_agree_with_the_digits() {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..100_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let hundredths = (state >> 40) as f64 / 100.0;
            let noise = ((state >> 20) % 101) as f64 - 50.0;
            let x = hundredths * (1.0 + noise * 1.1e-16);
            for decimals in [0, 1, 2] {
                assert_eq!(
                    truncate(x, decimals).to_bits(),
                    (slowly(x, decimals, Way::TowardsZero) + 0.0).to_bits(),
                    "truncate({x:?}, {decimals})"
                );
            }
            for x in [x, -x] {
                let (down, up) = (Way::TowardsZero, Way::AwayFromZero);
                let (down, up) = if x < 0.0 { (up, down) } else { (down, up) };
                assert_eq!(floor(x), slowly(x, 0, down), "floor({x:?})");
                assert_eq!(ceil(x), slowly(x, 0, up), "ceil({x:?})");
            }
        }
    }
}
