//! Numbers as people read them in a column: one number of decimals for all, digits grouped.

use crate::words::group_digits;

/// How a column's numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    /// So many behind the point.
    Decimals(usize),
    /// Beyond what decimals can show: `1.2e18`.
    Powers,
}

/// Above this, and below its inverse, numbers are written with powers of ten.
const LARGE: f64 = 1e12;

impl Digits {
    /// For the numbers of a column (missing ones are NaN): as many decimals as are needed to write
    /// all of them exactly, up to 3; else 2 digits, more where the numbers are small.
    #[must_use]
    pub fn for_column(numbers: impl Iterator<Item = f64> + Clone) -> Self {
        let known = || numbers.clone().filter(|number| number.is_finite());
        let largest = known().map(f64::abs).fold(0.0, f64::max);
        if largest >= LARGE || (largest > 0.0 && largest < 1.0 / LARGE) {
            return Self::Powers;
        }
        for (decimals, scale) in [(0, 1.0), (1, 10.0), (2, 100.0), (3, 1000.0)] {
            // The nearest double to a decimal, times its power of ten, misses by a few units in the
            // last place.
            let exact = |number: f64| {
                let scaled: f64 = number * scale;
                (scaled - scaled.round()).abs() <= 1e-15 * scaled.abs()
            };
            if known().all(exact) {
                return Self::Decimals(decimals);
            }
        }
        Self::Decimals(match largest {
            100.0.. => 1,
            0.1.. => 2,
            _ => {
                let zeros = -largest.log10().floor();
                // In 1 to 12: the number lies between 1e-12 and 0.1.
                zeros as usize + 1
            }
        })
    }

    /// For numbers that a method rounds to so many decimals.
    #[must_use]
    pub fn rounded(decimals: i8) -> Self {
        Self::Decimals(usize::try_from(decimals).unwrap_or(0))
    }

    /// Writes a number; `–` when it is missing.
    #[must_use]
    pub fn write(self, number: f64) -> String {
        if number.is_nan() {
            return MISSING.to_owned();
        }
        if number.is_infinite() {
            return if number > 0.0 { "∞" } else { "−∞" }.to_owned();
        }
        let text = match self {
            Self::Powers => return format!("{number:.2e}"),
            Self::Decimals(decimals) => format!("{number:.decimals$}"),
        };
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits)
                if digits
                    .bytes()
                    .any(|byte| byte.is_ascii_digit() && byte != b'0') =>
            {
                ("-", digits)
            }
            Some(digits) => ("", digits),
            None => ("", text.as_str()),
        };
        match digits.split_once('.') {
            Some((whole, part)) => format!("{sign}{}.{part}", group_digits(whole)),
            None => format!("{sign}{}", group_digits(digits)),
        }
    }
}

/// What stands for a missing value.
pub const MISSING: &str = "–";

/// A share as `15.2 %`.
#[must_use]
pub fn percent(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    let share = part as f64 / whole as f64 * 100.0;
    if part == 0 || part == whole {
        format!("{share:.0} %")
    } else {
        // Neither "0.0" nor "100.0" for what is not all or nothing.
        format!("{:.1} %", share.clamp(0.1, 99.9))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(numbers: &[f64]) -> Vec<String> {
        let digits = Digits::for_column(numbers.iter().copied());
        numbers.iter().map(|number| digits.write(*number)).collect()
    }

    #[test]
    fn a_column_shares_its_decimals() {
        assert_eq!(column(&[0.957, 0.5, f64::NAN]), ["0.957", "0.500", "–"]);
        assert_eq!(column(&[2.0, 3.0]), ["2", "3"]);
        assert_eq!(column(&[0.1 + 0.2, 0.61]), ["0.30", "0.61"]);
        assert_eq!(column(&[2.3, 5.5]), ["2.3", "5.5"]);
        assert_eq!(column(&[1.0 / 3.0, 2.0 / 3.0]), ["0.33", "0.67"]);
    }

    #[test]
    fn large_and_small_numbers_stay_readable() {
        assert_eq!(column(&[1_204_000.0, 12.0]), ["1 204 000", "12"]);
        assert_eq!(column(&[1_234.567_8]), ["1 234.6"]);
        assert_eq!(column(&[0.000_123_456]), ["0.00012"]);
        assert_eq!(column(&[1.5e18]), ["1.50e18"]);
        assert_eq!(column(&[-0.0, -0.001_234, 0.9]), ["0.00", "0.00", "0.90"]);
        assert_eq!(column(&[f64::NAN]), ["–"]);
    }

    #[test]
    fn shares_are_all_or_nothing_only_when_they_are() {
        assert_eq!(percent(0, 10), "0 %");
        assert_eq!(percent(10, 10), "100 %");
        assert_eq!(percent(1, 100_000), "0.1 %");
        assert_eq!(percent(99_999, 100_000), "99.9 %");
        assert_eq!(percent(152, 1000), "15.2 %");
    }
}
