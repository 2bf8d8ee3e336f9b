//! Numbers of which people look at the difference.

use forewarn_plan::numbers::show;

/// Digits that are always enough to see what a number is.
const DIGITS: usize = 6;

/// Two numbers with as few digits as tell them apart, and no fewer than six.
pub fn pair(before: f64, after: f64) -> (String, String) {
    let mut digits = DIGITS;
    loop {
        let shown = (rounded(before, digits), rounded(after, digits));
        if shown.0 != shown.1 || digits >= 17 {
            return shown;
        }
        digits += 1;
    }
}

/// A number in six digits.
pub fn short(x: f64) -> String {
    rounded(x, DIGITS)
}

fn rounded(x: f64, digits: usize) -> String {
    let places = digits.saturating_sub(1);
    show(format!("{x:.places$e}").parse().unwrap_or(x) + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_always_seen() {
        assert_eq!(pair(8.0, 12.0), ("8".to_owned(), "12".to_owned()));
        assert_eq!(
            pair(1.0 / 3.0, 0.5),
            ("0.333333".to_owned(), "0.5".to_owned())
        );
        let near = pair(0.123_456_7, 0.123_456_8);
        assert_eq!(near, ("0.1234567".to_owned(), "0.1234568".to_owned()));
    }
}
