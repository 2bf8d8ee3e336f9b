//! Numbers as people and programs write them in tables.
//!
//! In: a cell's text. Out: the nearest double, or what is wrong with it. And back: the shortest
//! text that reads as the same double.

use crate::causes::data::NumberSlip;
use std::fmt;

/// The sign that marks decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

/// A number from text without blanks around it; always finite.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(text: &str, decimal: Decimal) -> Result<f64, NumberSlip> {
    match decimal {
        Decimal::Point => text.parse().ok().filter(|x: &f64| x.is_finite()),
        Decimal::Comma => with_comma(text),
    }
    .ok_or_else(|| slip(text, decimal))
}

/// On the stack: a cell longer than this is no number that anybody wrote.
const LONGEST: usize = 64;

fn with_comma(text: &str) -> Option<f64> {
    if text.contains('.') {
        return None;
    }
    let mut bytes = [0_u8; LONGEST];
    let bytes = bytes.get_mut(..text.len())?;
    bytes.copy_from_slice(text.as_bytes());
    if let Some(comma) = bytes.iter_mut().find(|byte| **byte == b',') {
        *comma = b'.';
    }
    std::str::from_utf8(bytes)
        .ok()?
        .parse()
        .ok()
        .filter(|x: &f64| x.is_finite())
}

/// Words and signs with which tables say that there is no value.
const MISSING_SIGNS: [&str; 23] = [
    "na", "n/a", "n.a.", "#n/a", "nan", "null", "none", "nil", "missing", "unknown", "no data",
    "-", "--", "–", "—", ".", "..", "...", "…", "?", "#value!", "#div/0!", "#ref!",
];

fn slip(text: &str, decimal: Decimal) -> NumberSlip {
    let lower = text.to_lowercase();
    if MISSING_SIGNS.contains(&lower.as_str()) {
        return NumberSlip::MissingSign;
    }
    let unsigned = lower.trim_start_matches(['-', '+']);
    if ["inf", "infinity", "∞"].contains(&unsigned) {
        return NumberSlip::Infinite;
    }
    if text.parse::<f64>().is_ok_and(f64::is_infinite) {
        return NumberSlip::TooLarge;
    }
    if let Some(number) = text.strip_suffix('%')
        && parse(number.trim_end(), decimal).is_ok()
    {
        return NumberSlip::Percent;
    }
    let separators = |letter: char| {
        matches!(letter, ',' | '.' | '\'' | '’' | '_' | ' ') || letter.is_whitespace()
    };
    let numeric = unsigned.chars().any(|letter| letter.is_ascii_digit())
        && unsigned
            .chars()
            .all(|letter| letter.is_ascii_digit() || separators(letter));
    if !numeric {
        return NumberSlip::Words;
    }
    let marks: Vec<char> = unsigned
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    match (decimal, marks.as_slice()) {
        (Decimal::Point, [',']) => NumberSlip::DecimalComma,
        (Decimal::Comma, ['.']) => NumberSlip::DecimalPoint,
        _ => NumberSlip::Grouped,
    }
}

/// A number as the shortest text that reads back to the same double; with an exponent only far
/// from ordinary sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShortestNumber(pub f64);

impl fmt::Display for ShortestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if size == 0.0 || (1e-6..1e16).contains(&size) {
            write!(f, "{}", self.0)
        } else {
            write!(f, "{:e}", self.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let cases = [
            ("1204", 1204.0),
            ("-0.5", -0.5),
            ("+3", 3.0),
            (".5", 0.5),
            ("1.2e6", 1.2e6),
            ("0.1", 0.1),
            ("5e-324", 5e-324),
            ("9007199254740993", 9_007_199_254_740_992.0),
        ];
        for (text, number) in cases {
            assert_eq!(parse(text, Decimal::Point), Ok(number), "{text}");
            let with_comma = text.replace('.', ",");
            assert_eq!(
                parse(&with_comma, Decimal::Comma),
                Ok(number),
                "{with_comma}"
            );
        }
    }

    #[test]
    fn each_slip_is_told_apart() {
        let cases = [
            ("eighty", Decimal::Point, NumberSlip::Words),
            ("1 000 people", Decimal::Point, NumberSlip::Words),
            ("NA", Decimal::Point, NumberSlip::MissingSign),
            ("NaN", Decimal::Point, NumberSlip::MissingSign),
            ("..", Decimal::Point, NumberSlip::MissingSign),
            ("#DIV/0!", Decimal::Point, NumberSlip::MissingSign),
            ("1,234,567", Decimal::Point, NumberSlip::Grouped),
            ("1 234", Decimal::Point, NumberSlip::Grouped),
            ("1\u{202f}234", Decimal::Point, NumberSlip::Grouped),
            ("1'234", Decimal::Point, NumberSlip::Grouped),
            ("1.234,5", Decimal::Point, NumberSlip::Grouped),
            ("3,14", Decimal::Point, NumberSlip::DecimalComma),
            ("3.14", Decimal::Comma, NumberSlip::DecimalPoint),
            ("1.234,5", Decimal::Comma, NumberSlip::Grouped),
            ("1,2,3", Decimal::Comma, NumberSlip::Grouped),
            ("12%", Decimal::Point, NumberSlip::Percent),
            ("12,5 %", Decimal::Comma, NumberSlip::Percent),
            ("inf", Decimal::Point, NumberSlip::Infinite),
            ("-Infinity", Decimal::Point, NumberSlip::Infinite),
            ("1e999", Decimal::Point, NumberSlip::TooLarge),
            ("0x10", Decimal::Point, NumberSlip::Words),
            ("1_000", Decimal::Point, NumberSlip::Grouped),
        ];
        for (text, decimal, expected) in cases {
            assert_eq!(parse(text, decimal), Err(expected), "{text}");
        }
    }

    #[test]
    fn shortest_numbers_read_back() {
        let cases = [
            (0.1, "0.1"),
            (1e15, "1000000000000000"),
            (-0.0, "-0"),
            (1e16, "1e16"),
            (0.000_001, "0.000001"),
            (1.5e-7, "1.5e-7"),
            (f64::MAX, "1.7976931348623157e308"),
            (0.1 + 0.2, "0.30000000000000004"),
        ];
        for (number, text) in cases {
            assert_eq!(ShortestNumber(number).to_string(), text);
            assert_eq!(text.parse::<f64>().map(f64::to_bits), Ok(number.to_bits()));
        }
    }
}
