//! Numbers as people and programs write them in tables.
//!
//! In: a cell's text. Out: the nearest double, or what is wrong with it. And back: the shortest
//! text that reads as the same double.

use super::dates;
use super::multiple::{self, Multiple};
use super::signs::{bracketed, letter_for_a_digit, says_missing};
use crate::causes::data::NumberSlip;
use forewarn_plan::scripts::{self, ARABIC_DECIMAL, ARABIC_THOUSANDS};
use std::fmt;

/// The sign that marks decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

impl Decimal {
    fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// How numbers are written in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) decimal: Decimal,
    /// The sign between thousands.
    pub(super) thousands: Option<char>,
    /// Letters may follow a value: `8.2 p`.
    pub(super) flags: bool,
    /// Words behind a number multiply it: `1.2M`.
    pub(super) multiples: bool,
    /// Brackets around a number make it negative: `(5.2)`.
    pub(super) brackets: bool,
}

impl From<Decimal> for Marks {
    fn from(decimal: Decimal) -> Self {
        Self {
            decimal,
            ..Self::default()
        }
    }
}

/// A number from text without blanks around it; always finite.
///
/// # Errors
/// What is wrong with it.
#[inline]
pub(super) fn parse(text: &str, marks: Marks) -> Result<f64, NumberSlip> {
    number(text, marks).ok_or_else(|| slip(text, marks))
}

/// The same, where nobody asks what is wrong with it.
#[inline]
pub(super) fn number(text: &str, marks: Marks) -> Option<f64> {
    if let Some(number) = plain(text, marks.decimal) {
        // A point that sets thousands apart would be read as a decimal one.
        let other = marks.thousands == Some('.') || marks.thousands == Some(',');
        if !other || !text.contains(['.', ',']) {
            return Some(number);
        }
    }
    marked(text, marks)
}

fn plain(text: &str, decimal: Decimal) -> Option<f64> {
    match decimal {
        Decimal::Point => short(text.as_bytes()).or_else(|| nearest(text)),
        Decimal::Comma => with_comma(text),
    }
}

/// The nearest double; none where there is none, or where nought is the nearest to a number that is none.
fn nearest(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    (number.is_finite() && (number != 0.0 || says_nought(text))).then_some(number)
}

/// Are all digits of a number noughts, but for those of its power?
fn says_nought(text: &str) -> bool {
    let digits = text.split(['e', 'E']).next().unwrap_or(text);
    !digits.contains(|letter: char| ('1'..='9').contains(&letter))
}

/// The powers of ten that are doubles.
pub(super) const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A number of few digits with a point at most, as most are: its digits and the power of ten are
/// doubles, so that one division rounds as it must. None for whatever else there is.
#[inline]
fn short(text: &[u8]) -> Option<f64> {
    /// As many digits fit into 64 bits.
    const DIGITS: usize = 19;
    let (minus, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > DIGITS + 1 {
        return None;
    }
    let (mut whole, mut point) = (0_u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let count = digits.len() - usize::from(point.is_some());
    if count == 0 || count > DIGITS || whole > 1 << 53 {
        return None;
    }
    let behind = point.map_or(0, |at| digits.len() - at - 1);
    let size = whole as f64 / TENS.get(behind)?;
    Some(if minus { -size } else { size })
}

/// A number with marks between its thousands, as the file's way of writing has them.
fn marked(text: &str, marks: Marks) -> Option<f64> {
    if let Some(ours) = of_another_script(text, marks.decimal) {
        return number(&ours, marks);
    }
    if let Some(digits) = printed_minus(text) {
        return number(&format!("-{digits}"), marks);
    }
    if let Some(digits) = bracketed(text).filter(|_| marks.brackets) {
        return number(digits, marks).map(|number| -number);
    }
    if marks.multiples
        && let Some((number, Multiple::Times(tens) | Multiple::Perhaps(tens))) = multiplied(text)
    {
        // Where flags stand behind values as well, nobody knows which of the two it is.
        if marks.flags && multiplied(text).is_some_and(|(_, by)| matches!(by, Multiple::Perhaps(_)))
        {
            return None;
        }
        let number = match marks.thousands {
            Some(sign) => grouped(number, sign, marks.decimal)?,
            None => number.to_owned(),
        };
        // The power of ten is part of the text, so that the nearest double is found once.
        return plain(&format!("{number}e{tens}"), marks.decimal);
    }
    let text = match flagged(text) {
        Some((number, flag)) if marks.flags && is_flag(flag) => number,
        _ => text,
    };
    match marks.thousands {
        Some(sign) => plain(&grouped(text, sign, marks.decimal)?, marks.decimal),
        None => plain(text, marks.decimal),
    }
}

/// A number in digits of another script, as it is written in ours: `12.5` of `١٢٫٥`.
fn of_another_script(text: &str, decimal: Decimal) -> Option<String> {
    let ours = scripts::in_our_digits(text)?;
    let point = decimal.sign().to_string();
    let ours = ours.replace(ARABIC_DECIMAL, &point);
    match ours.contains(ARABIC_THOUSANDS) {
        true => ungrouped(&ours, ARABIC_THOUSANDS, decimal),
        false => Some(ours),
    }
}

/// What follows the minus, or the dash, of printers: `−5.2`, `–5.2`.
fn printed_minus(text: &str) -> Option<&str> {
    let digits = text.strip_prefix(['−', '–'])?.trim_start();
    digits
        .starts_with(|letter: char| letter.is_ascii_digit())
        .then_some(digits)
}

/// The text without the marks between its thousands. A blank between them is nothing else, whatever sign is said to set
/// them apart.
fn grouped(text: &str, sign: char, decimal: Decimal) -> Option<String> {
    ungrouped(text, sign, decimal).or_else(|| ungrouped(text, ' ', decimal))
}

/// The number before letters, brackets, an asterisk or the number of a note, and these: `8.2 p`, `12[a]`, `7*`, `9¹`.
#[must_use]
pub fn flagged(text: &str) -> Option<(&str, &str)> {
    let is_flag = |letter: char| letter.is_alphabetic() || "*†‡§^()[]¹²³⁴⁵⁶⁷⁸⁹⁰".contains(letter);
    let (before, most) = match in_brackets(text) {
        Some(before) => (before, LONGEST_REMARK),
        None => (text.trim_end_matches(is_flag), 5),
    };
    let flag = text.get(before.len()..)?.trim_start();
    let number = before.trim_end();
    let short = (1..=most).contains(&flag.chars().count());
    let numeric = number.ends_with(|letter: char| letter.is_ascii_digit());
    let fits = short && numeric && letter_for_a_digit(text).is_none();
    fits.then_some((number, flag))
}

/// As many letters of a remark in brackets are one on the number before it.
const LONGEST_REMARK: usize = 16;

/// What stands before a word in brackets at the end of a text: `3 ` of `3 (est.)`.
fn in_brackets(text: &str) -> Option<&str> {
    let (before, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_word = |letter: char| letter.is_alphabetic() || matches!(letter, '.' | ' ' | '-');
    let word = inner.chars().all(is_word) && inner.contains(char::is_alphabetic);
    word.then_some(before)
}

/// What stands behind a number and says how good it is, where it is read so.
pub(super) fn flag(text: &str, marks: Marks) -> Option<&str> {
    if marks.multiples && multiplied(text).is_some() {
        return None;
    }
    let (number_of, flag) = flagged(text).filter(|(_, flag)| is_flag(flag))?;
    number(number_of, marks).map(|_| flag)
}

/// What a word behind a number multiplies it by; none where it is no such word.
fn multiple(word: &str) -> Option<Multiple> {
    let lower = word.to_lowercase();
    match (word, lower.as_str()) {
        ("M", _) => return Some(Multiple::Times(6)),
        (_, "b") => return Some(Multiple::Perhaps(9)),
        (_, "cr") => return Some(Multiple::Perhaps(7)),
        (_, "mil" | "bio" | "billón" | "billones") => return Some(Multiple::Unclear),
        // Twelve is no power of ten.
        (
            _,
            "doz" | "dz" | "dozen" | "dozens" | "douzaine" | "douzaines" | "docena" | "docenas",
        )
        | (_, "dúzia" | "dúzias" | "dutzend" | "dozzina" | "dozzine" | "score" | "scores") => {
            return Some(Multiple::Unclear);
        }
        (_, "m" | "mm" | "cm" | "km" | "kg" | "g" | "t" | "ha" | "km²" | "m²" | "km2" | "m2") => {
            return Some(Multiple::Unclear);
        }
        _ => {}
    }
    multiple::tens(&lower).map(Multiple::Times)
}

/// The number before a word that multiplies it, and what that makes of it: `1.2M`, `3 Mio.`
#[must_use]
pub fn multiplied(text: &str) -> Option<(&str, Multiple)> {
    let end = text.rfind(|letter: char| letter.is_ascii_digit())? + 1;
    Some((text.get(..end)?, multiple(bare(text.get(end..)?))?))
}

/// Do letters behind a number say how good it is, and not how large?
fn is_flag(flag: &str) -> bool {
    matches!(multiple(bare(flag)), None | Some(Multiple::Perhaps(_)))
}

/// A word without the brackets around it: `k` of `(k)`.
fn bare(word: &str) -> &str {
    let inner = word
        .trim()
        .trim_start_matches(['(', '['])
        .trim_end_matches([')', ']']);
    inner.trim().trim_end_matches('.')
}

/// Is this sign the one that is meant? Blanks and apostrophes have several forms.
fn is_mark(letter: char, sign: char) -> bool {
    match sign {
        ' ' => letter.is_whitespace(),
        '\'' => matches!(letter, '\'' | '’' | '‘' | '´'),
        sign => letter == sign,
    }
}

/// The text without its marks, where each stands before three digits; of commas also where they stand as in South Asia,
/// before three digits and before that always two: `12,34,567`.
fn ungrouped(text: &str, sign: char, decimal: Decimal) -> Option<String> {
    let point = decimal.sign();
    if sign == point {
        return None;
    }
    let (whole, rest) = text.split_at(text.find(point).unwrap_or(text.len()));
    let digits = whole.trim_start_matches(['-', '+']);
    let mut groups = digits.split(|letter| is_mark(letter, sign));
    let first = groups.next()?;
    let all_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = groups.collect();
    // Thousands do not begin with nought: `0,812` is less than one.
    let fits = groups.is_empty() || (1..=3).contains(&first.len()) && !first.starts_with('0');
    let in_threes = groups.iter().all(|one| one.len() == 3);
    if !fits || !all_digits(first) || !groups.iter().all(|one| all_digits(one)) {
        return None;
    }
    let in_lakhs = in_lakhs(first, &groups) && [',', ARABIC_THOUSANDS].contains(&sign);
    if !in_threes && !in_lakhs {
        return None;
    }
    let sign_of = whole.get(..whole.len() - digits.len())?;
    Some(format!("{sign_of}{first}{}{rest}", groups.concat()))
}

/// Is a number set apart in lakhs and crores: `1,00,000`, `12,34,56,789`?
fn in_lakhs(first: &str, groups: &[&str]) -> bool {
    let (Some((last, pairs)), 1..=2) = (groups.split_last(), first.len()) else {
        return false;
    };
    last.len() == 3 && !pairs.is_empty() && pairs.iter().all(|pair| pair.len() == 2)
}

/// Which sign sets the thousands of a number apart, where its digits stand in threes: `1,234`,
/// `1 234 567`. A number with one mark may be a decimal one all the same.
#[must_use]
pub fn grouping(text: &str, decimal: Decimal) -> Option<char> {
    let text = text.trim();
    let unsigned = text.trim_start_matches(['-', '+']);
    let mark = unsigned.chars().find(|letter| !letter.is_ascii_digit())?;
    let sign = match mark {
        ',' | '.' | '_' => mark,
        '\'' | '’' | '‘' | '´' => '\'',
        blank if blank.is_whitespace() => ' ',
        _ => return None,
    };
    // Thousands do not begin with nought.
    let begins = unsigned.starts_with(|letter: char| ('1'..='9').contains(&letter));
    let other = match (sign, decimal) {
        (',', Decimal::Comma) | ('.', Decimal::Point) => match sign {
            ',' => Decimal::Point,
            _ => Decimal::Comma,
        },
        _ => decimal,
    };
    let grouped = ungrouped(text, sign, other)?;
    (begins && plain(&grouped, other).is_some()).then_some(sign)
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
    nearest(std::str::from_utf8(bytes).ok()?)
}

/// What stands where a formula of a spreadsheet failed, in small letters.
const FAILED: [&str; 8] = [
    "#value!", "#div/0!", "#ref!", "#name?", "#null!", "#num!", "#spill!", "#calc!",
];

fn slip(text: &str, marks: Marks) -> NumberSlip {
    let decimal = marks.decimal;
    if let Some(ours) = of_another_script(text, decimal) {
        return slip(&ours, marks);
    }
    let lower = text.to_lowercase();
    if FAILED.contains(&lower.as_str()) {
        return NumberSlip::Failed;
    }
    if says_missing(text) {
        return NumberSlip::MissingSign;
    }
    let unsigned = lower.trim_start_matches(['-', '+']);
    if ["inf", "infinity", "∞"].contains(&unsigned) {
        return NumberSlip::Infinite;
    }
    let read = text
        .parse::<f64>()
        .or_else(|_| text.replace(',', ".").parse());
    match read {
        Ok(number) if number.is_infinite() => return NumberSlip::TooLarge,
        Ok(0.0) if !says_nought(text) => return NumberSlip::TooSmall,
        Ok(_) | Err(_) => {}
    }
    if let Some(number) = text.strip_suffix('%')
        && parse(number.trim_end(), marks).is_ok()
    {
        return NumberSlip::Percent;
    }
    if let Some((before, by)) = multiplied(text)
        && number(before, marks).is_some()
    {
        return NumberSlip::Multiplied(by);
    }
    if let Some(inner) = bracketed(text)
        && number(inner, marks).is_some()
    {
        return NumberSlip::Bracketed;
    }
    if let Some((number, flag)) = flagged(text)
        && parse(number, marks).is_ok()
        && flag.chars().count() <= 3
    {
        return NumberSlip::Flagged;
    }
    let bound = text
        .trim_start_matches(['<', '>', '≤', '≥', '='])
        .trim_start();
    if bound.len() < text.len() && number(bound, marks).is_some() {
        return NumberSlip::Bound;
    }
    if dates::is_date(text) {
        return NumberSlip::Date;
    }
    let separators = |letter: char| {
        matches!(letter, ',' | '.' | '\'' | '’' | '_' | ' ') || letter.is_whitespace()
    };
    let numeric = unsigned.chars().any(|letter| letter.is_ascii_digit())
        && unsigned
            .chars()
            .all(|letter| letter.is_ascii_digit() || separators(letter));
    if !numeric && text.contains(|letter: char| letter.is_ascii_digit()) {
        return NumberSlip::About;
    }
    if !numeric {
        return NumberSlip::Words;
    }
    let signs: Vec<char> = unsigned
        .chars()
        .filter(|letter| !letter.is_ascii_digit())
        .collect();
    match (decimal, signs.as_slice()) {
        (Decimal::Point, [',']) if grouping(text, decimal).is_none() => NumberSlip::DecimalComma,
        // `820.000` may be a thousand times as much, `820.5` not.
        (Decimal::Comma, ['.']) if grouping(text, decimal).is_none() => NumberSlip::DecimalPoint,
        _ => NumberSlip::Grouped(grouping(text, decimal)),
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
    use proptest::prelude::*;

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
            ("0e-400", 0.0),
            ("0.00", 0.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
        ];
        for (text, number) in cases {
            assert_eq!(parse(text, Decimal::Point.into()), Ok(number), "{text}");
            let with_comma = text.replace('.', ",");
            assert_eq!(
                parse(&with_comma, Decimal::Comma.into()),
                Ok(number),
                "{with_comma}"
            );
        }
    }

    proptest! {
        /// Whatever is read the short way is what is read the long way, to the last bit.
        #[test]
        fn short_numbers_are_the_nearest_doubles(text in "-?[0-9]{0,21}\\.?[0-9]{0,21}") {
            if let Some(number) = short(text.as_bytes()) {
                prop_assert_eq!(text.parse().map(f64::to_bits), Ok(number.to_bits()));
            }
        }

        /// Whole numbers and few decimals are read the short way.
        #[test]
        fn usual_numbers_are_short(whole in 0_u32.., decimals in "(\\.[0-9]{0,6})?", minus: bool) {
            let sign = if minus { "-" } else { "" };
            let text = format!("{sign}{whole}{decimals}");
            let number = short(text.as_bytes()).map(f64::to_bits);
            prop_assert_eq!(number, text.parse().ok().map(f64::to_bits));
        }

        /// What is no number is none the short way either.
        #[test]
        fn what_is_no_number_is_left(text in "[-+.0-9eE_ x]{0,6}") {
            if text.parse::<f64>().is_err() {
                prop_assert_eq!(short(text.as_bytes()), None);
            }
        }
    }

    #[test]
    fn each_slip_is_told_apart() {
        let cases = [
            ("eighty", Decimal::Point, NumberSlip::Words),
            ("1 000 people", Decimal::Point, NumberSlip::About),
            ("8.2 p", Decimal::Point, NumberSlip::Flagged),
            ("7*", Decimal::Point, NumberSlip::Flagged),
            (
                "1.2M",
                Decimal::Point,
                NumberSlip::Multiplied(Multiple::Times(6)),
            ),
            (
                "3,5 Mio.",
                Decimal::Comma,
                NumberSlip::Multiplied(Multiple::Times(6)),
            ),
            (
                "4 b",
                Decimal::Point,
                NumberSlip::Multiplied(Multiple::Perhaps(9)),
            ),
            (
                "5 mil",
                Decimal::Point,
                NumberSlip::Multiplied(Multiple::Unclear),
            ),
            ("NA", Decimal::Point, NumberSlip::MissingSign),
            ("NaN", Decimal::Point, NumberSlip::MissingSign),
            ("..", Decimal::Point, NumberSlip::MissingSign),
            ("#DIV/0!", Decimal::Point, NumberSlip::Failed),
            ("1,234,567", Decimal::Point, NumberSlip::Grouped(Some(','))),
            ("1,234", Decimal::Point, NumberSlip::Grouped(Some(','))),
            ("1 234", Decimal::Point, NumberSlip::Grouped(Some(' '))),
            (
                "1\u{202f}234",
                Decimal::Point,
                NumberSlip::Grouped(Some(' ')),
            ),
            ("1'234", Decimal::Point, NumberSlip::Grouped(Some('\''))),
            ("1.234,5", Decimal::Point, NumberSlip::Grouped(Some('.'))),
            ("3,14", Decimal::Point, NumberSlip::DecimalComma),
            ("3.14", Decimal::Comma, NumberSlip::DecimalPoint),
            ("1.234,5", Decimal::Comma, NumberSlip::Grouped(Some('.'))),
            ("820.000", Decimal::Comma, NumberSlip::Grouped(Some('.'))),
            ("k.A.", Decimal::Comma, NumberSlip::MissingSign),
            ("about 30", Decimal::Point, NumberSlip::About),
            ("12 dead", Decimal::Point, NumberSlip::About),
            ("1,2,3", Decimal::Comma, NumberSlip::Grouped(None)),
            ("12%", Decimal::Point, NumberSlip::Percent),
            ("12,5 %", Decimal::Comma, NumberSlip::Percent),
            ("inf", Decimal::Point, NumberSlip::Infinite),
            ("-Infinity", Decimal::Point, NumberSlip::Infinite),
            ("1e999", Decimal::Point, NumberSlip::TooLarge),
            ("1e-400", Decimal::Point, NumberSlip::TooSmall),
            ("-1,5e-400", Decimal::Comma, NumberSlip::TooSmall),
            ("1,5e400", Decimal::Comma, NumberSlip::TooLarge),
            ("0x10", Decimal::Point, NumberSlip::About),
            ("1_000", Decimal::Point, NumberSlip::Grouped(Some('_'))),
        ];
        for (text, decimal, expected) in cases {
            assert_eq!(parse(text, decimal.into()), Err(expected), "{text}");
        }
    }

    #[test]
    fn words_behind_numbers_multiply_them_where_that_is_said() {
        let all = |decimal, thousands| Marks {
            decimal,
            thousands,
            flags: true,
            multiples: true,
            brackets: false,
        };
        let cases = [
            ("1.2M", all(Decimal::Point, None), Some(1_200_000.0)),
            ("12k", all(Decimal::Point, None), Some(12_000.0)),
            ("0.3 K", all(Decimal::Point, None), Some(300.0)),
            ("-4,1 Mio.", all(Decimal::Comma, None), Some(-4_100_000.0)),
            ("1.234 Mrd", all(Decimal::Comma, Some('.')), Some(1.234e12)),
            ("7 b", all(Decimal::Point, None), None),
            ("7 cr", all(Decimal::Point, None), None),
            ("8.2 p", all(Decimal::Point, None), Some(8.2)),
            ("5 mil", all(Decimal::Point, None), None),
            ("3 dozen", all(Decimal::Point, None), None),
            ("2.5万", all(Decimal::Point, None), Some(25_000.0)),
            ("3 億", all(Decimal::Point, None), Some(3e8)),
            ("1.5 lakh", all(Decimal::Point, None), Some(150_000.0)),
            ("2 crore", all(Decimal::Point, None), Some(2e7)),
            ("4 juta", all(Decimal::Point, None), Some(4e6)),
            ("6 тис.", all(Decimal::Point, None), Some(6_000.0)),
            ("1e3k", all(Decimal::Point, None), None),
        ];
        for (text, marks, number) in cases {
            assert_eq!(parse(text, marks).ok(), number, "{text}");
        }
        let multiples = Marks {
            multiples: true,
            ..Marks::default()
        };
        assert_eq!(parse("7 b", multiples), Ok(7e9));
        let flags = Marks {
            flags: true,
            ..Marks::default()
        };
        for text in [
            "1.2M", "12k", "3 Mio", "3.5bn", "2 mil", "7 mille", "7 lakh", "7 dozen", "7 ribu",
            "7 万", "7千",
        ] {
            let told = matches!(parse(text, flags), Err(NumberSlip::Multiplied(_)));
            assert!(told, "{text} is no number with a flag");
        }
        assert_eq!(parse("7 b", flags), Ok(7.0));
        // The numbers of notes are none of the value's digits.
        assert_eq!(parse("12¹", flags), Ok(12.0));
        assert_eq!(flagged("1,200¹ ²"), None);
        assert_eq!(flagged("1,200¹"), Some(("1,200", "¹")));
        assert!(parse("12¹", Marks::default()).is_err());
    }

    #[test]
    fn marks_between_thousands_stand_before_three_digits() {
        let marks = |decimal, sign, flags| Marks {
            decimal,
            thousands: Some(sign),
            flags,
            multiples: false,
            brackets: false,
        };
        let cases = [
            ("1,234", marks(Decimal::Point, ',', false), Some(1234.0)),
            (
                "-12,345,678.5",
                marks(Decimal::Point, ',', false),
                Some(-12_345_678.5),
            ),
            ("1.234,5", marks(Decimal::Comma, '.', false), Some(1234.5)),
            ("1.234", marks(Decimal::Comma, '.', false), Some(1234.0)),
            (
                "1\u{202f}234",
                marks(Decimal::Comma, ' ', false),
                Some(1234.0),
            ),
            ("1’234.5", marks(Decimal::Point, '\'', false), Some(1234.5)),
            ("1,234 p", marks(Decimal::Point, ',', true), Some(1234.0)),
            ("1,23", marks(Decimal::Point, ',', false), None),
            ("1234,567", marks(Decimal::Point, ',', false), None),
            ("1.23", marks(Decimal::Comma, '.', false), None),
            ("12", marks(Decimal::Comma, '.', false), Some(12.0)),
            ("0,812", marks(Decimal::Point, ',', false), None),
            ("-0.745", marks(Decimal::Comma, '.', false), None),
            ("0", marks(Decimal::Point, ',', false), Some(0.0)),
            ("0.5", marks(Decimal::Point, ',', false), Some(0.5)),
        ];
        for (text, marks, number) in cases {
            assert_eq!(parse(text, marks).ok(), number, "{text}");
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
