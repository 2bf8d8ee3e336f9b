//! Constants of the method in another unit, exactly.
//!
//! What an author wrote is a decimal: `0.55`, not the double next to it. Brought to another unit, it is
//! the decimal that is multiplied and divided, and the result is rounded once. Data are converted by
//! the evaluators, with one division wherever units allow.

/// The decimal that prints as `x`, times `num` and divided by `den`, rounded to the nearest double.
/// Both are positive whole numbers.
#[must_use]
pub fn exactly(x: f64, num: f64, den: f64) -> f64 {
    decimal(x, num, den).unwrap_or(x * num / den)
}

/// `None` where the result is no decimal (a third of a year) or has too many digits.
fn decimal(x: f64, num: f64, den: f64) -> Option<f64> {
    if !x.is_finite() || x == 0.0 {
        return None;
    }
    let whole = |x: f64| (1.0..=1e18).contains(&x).then_some(x as u128);
    let (mut digits, mut den) = (whole(num)?, whole(den)?);
    let text = format!("{:e}", x.abs());
    let (mantissa, exponent) = text.split_once('e')?;
    let mut exponent: i32 = exponent.parse().ok()?;
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    exponent -= i32::try_from(rest.len()).ok()?;
    digits = digits.checked_mul(format!("{first}{rest}").parse().ok()?)?;
    // A half is five tenths, a fifth two.
    for (factor, other) in [(2, 5), (5, 2)] {
        while den.is_multiple_of(factor) {
            den /= factor;
            digits = digits.checked_mul(other)?;
            exponent -= 1;
        }
    }
    if !digits.is_multiple_of(den) {
        return None;
    }
    let value: f64 = format!("{}e{exponent}", digits / den).parse().ok()?;
    Some(value.copysign(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_stay_what_they_are() {
        for thousandths in 1..=100_000_u32 {
            let percent: f64 = format!("{thousandths}e-3").parse().unwrap_or(f64::NAN);
            let share: f64 = format!("{thousandths}e-5").parse().unwrap_or(f64::NAN);
            assert_eq!(exactly(percent, 1.0, 100.0), share);
            assert_eq!(exactly(share, 100.0, 1.0), percent);
            assert_eq!(exactly(-share, 100.0, 1.0), -percent);
        }
        assert_eq!(exactly(0.57, 1e3, 1.0), 570.0);
        assert_eq!(exactly(18.0, 1.0, 12.0), 1.5);
        assert_eq!(exactly(1.0, 1.0, 12.0), 1.0 / 12.0);
        assert_eq!(exactly(0.0, 100.0, 1.0), 0.0);
        assert_eq!(exactly(f64::INFINITY, 100.0, 1.0), f64::INFINITY);
        assert_eq!(exactly(1e300, 1.0, 1e6), 1e294);
    }
}
