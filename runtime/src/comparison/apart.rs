//! By how much two results differ, as people would say it.
//!
//! In: two numbers. Out: their distance without the noise that subtracting brings up: 0.3 between 8.1
//! and 8.4, and not 0.3000000000000007.

use forewarn_plan::digits::DIGITS;

/// How far two numbers are apart, to the last of the 14 digits of the larger one.
pub(super) fn apart(one: f64, other: f64) -> f64 {
    let size = (other - one).abs();
    let largest = one.abs().max(other.abs());
    if !(size.is_finite() && largest > 0.0) {
        return size;
    }
    // The power of ten of its first digit.
    let power = format!("{largest:e}");
    let power = power.split_once('e');
    let power = power.and_then(|(_, power)| power.parse::<i32>().ok());
    let places = DIGITS as i32 - 1 - power.unwrap_or(0);
    let rounded = match usize::try_from(places) {
        Ok(places) if places <= 300 => format!("{size:.places$}").parse().ok(),
        _ => None,
    };
    // What is less than these digits tell is said as it is.
    rounded.filter(|rounded| *rounded > 0.0).unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn distances_have_no_noise() {
        for (one, other, wanted) in [
            (8.1, 8.4, 0.3),
            (8.4, 8.1, 0.3),
            (0.1 + 0.2, 0.4, 0.1),
            (-1.1, 2.2, 3.3),
            (1_234.5, 1_234.6, 0.1),
            (0.0, 5e-324, 5e-324),
            (1e300, 3e300, 2e300),
            (6.0, 6.000_000_000_000_1, 1e-13),
            (0.0, 0.0, 0.0),
        ] {
            assert_eq!(apart(one, other), wanted, "{one:?} {other:?}");
        }
        assert_eq!(apart(0.0, f64::INFINITY), f64::INFINITY);
    }
}
