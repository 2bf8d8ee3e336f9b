//! Values in words: numbers with their units and with as many digits as it takes to tell them apart.

use crate::numbers::{Digits, MISSING};
use crate::paint::Style;
use forewarn_plan::digits::{is_same, read};
use forewarn_runtime::explain::{Comparison, PER, Rate, Said, Shown, Side, What};

/// The style of a value: levels have their colours, what is open stands out.
pub fn style(value: &Shown) -> Style {
    match value {
        Shown::Level {
            names,
            at_least,
            at_most,
        } if at_least == at_most => Style::Level {
            position: *at_least,
            of: names.len(),
        },
        Shown::Withheld(_) => Style::Faint,
        Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Level { .. }
        | Shown::Count { .. }
        | Shown::Between { .. }
        | Shown::Category(_) => match value.is_open() {
            true => Style::Warning,
            false => Style::Strong,
        },
    }
}

/// A number as short as it can be read.
/// Its digits stay on one line.
pub fn number(x: f64) -> String {
    together(&digits(x).write(x))
}

fn together(number: &str) -> String {
    number.replace(' ', "\u{a0}")
}

/// Small numbers are written to three digits.
fn digits(x: f64) -> Digits {
    let digits = Digits::for_column(std::iter::once(x));
    let size = x.abs();
    match digits {
        Digits::Decimals(_) if size > 0.0 && size < 0.1 => {
            let zeros = -size.log10().floor();
            let most = zeros as usize + 2;
            // No more than it takes.
            let exact = |decimals: &usize| {
                let scaled = size * 10_f64.powi(i32::try_from(*decimals).unwrap_or(0));
                (scaled - scaled.round()).abs() <= 1e-15 * scaled
            };
            Digits::Decimals((1..most).find(exact).unwrap_or(most))
        }
        // `40.00` of what is not 40 would be read as 40.
        Digits::Decimals(decimals) if decimals > 0 && is_read_as_whole(digits, x) => {
            let mut more = (decimals + 1..=12).map(Digits::Decimals);
            more.find(|digits| !is_read_as_whole(*digits, x))
                .unwrap_or(digits)
        }
        digits => digits,
    }
}

/// Is a number that is not whole written as if it were?
fn is_read_as_whole(digits: Digits, x: f64) -> bool {
    let whole = x.round();
    !is_same(x, whole) && as_read(&digits.write(x)) == Some(whole)
}

/// A unit and what its numbers are multiplied by to be read: rates that are small are told per 100 000.
struct Reading {
    times: f64,
    unit: String,
}

/// `month` of `months`: of units it is these whose names are words of the language.
fn one_period(unit: &str) -> Option<&'static str> {
    let mut kinds = ["day", "week", "month", "quarter", "year"].into_iter();
    kinds.find(|kind| unit.strip_suffix('s') == Some(*kind))
}

impl Reading {
    /// For the largest of some numbers in a unit.
    fn of(largest: f64, unit: &str) -> Self {
        match Rate::small(largest, unit) {
            Some(Rate { of, by }) => Self {
                times: PER,
                unit: format!("{of} / 100\u{a0}000 {by}").trim_start().to_owned(),
            },
            None => Self {
                times: 1.0,
                unit: unit.to_owned(),
            },
        }
    }

    fn write(&self, number: String) -> String {
        if self.unit.is_empty() || number == MISSING {
            number
        } else if self.unit == "percent" {
            format!("{number} %")
        } else {
            if let ("1" | "-1", Some(one)) = (number.as_str(), one_period(&self.unit)) {
                return format!("{number} {one}");
            }
            // `20 / (12 months)`, of one for each
            let unit = self
                .unit
                .strip_prefix("1 ")
                .filter(|rest| rest.starts_with('/'));
            format!("{number} {}", unit.unwrap_or(&self.unit))
        }
    }
}

/// `1 240 deaths`, `62.5 %`, `7.73 deaths / 100 000 people`
pub fn quantity(x: f64, unit: &str) -> String {
    let reading = Reading::of(x.abs(), unit);
    reading.write(number(x * reading.times))
}

/// Two numbers of one unit with enough digits to be told apart, where they differ.
pub fn quantities(a: f64, b: f64, unit: &str) -> (String, String) {
    let reading = Reading::of(a.abs().max(b.abs()), unit);
    let (a, b) = apart(a * reading.times, b * reading.times);
    (reading.write(a), reading.write(b))
}

/// With all its digits, as it would be typed.
pub fn exactly(x: f64, unit: &str) -> String {
    let reading = Reading::of(x.abs(), unit);
    let x = if reading.times == 1.0 {
        x
    } else {
        read(x * reading.times)
    };
    let size = x.abs();
    if size != 0.0 && !(1e-12..1e15).contains(&size) {
        return reading.write(format!("{x:e}"));
    }
    let written = x.to_string();
    let decimals = written.split_once('.').map_or(0, |(_, part)| part.len());
    reading.write(together(&Digits::Decimals(decimals).write(x)))
}

/// Two numbers without a unit that stand beside one another and are whole ones of the last centuries or the next, as
/// years are written: `2024`, and not `2 024`.
pub fn years(a: f64, b: f64, unit: &str) -> Option<(String, String)> {
    let is_one = |x: f64| x.fract() == 0.0 && (1800.0..=2200.0).contains(&x);
    let both = unit.is_empty() && is_one(a) && is_one(b);
    both.then(|| (a.to_string(), b.to_string()))
}

/// `0.61`, `1 240 deaths`, `yes`, `elevated or high`, `guarded to high`, `–`
pub fn shown(value: &Shown) -> String {
    match value {
        Shown::Number { value, unit } => quantity(*value, unit),
        Shown::Truth(truth) => answer(*truth).to_owned(),
        Shown::Level {
            names,
            at_least,
            at_most,
        } => {
            let name = |at: usize| names.get(at).map_or("?", String::as_str);
            match at_most.saturating_sub(*at_least) {
                0 => name(*at_least).to_owned(),
                1 => format!("{} or {}", name(*at_least), name(*at_most)),
                _ => format!("{} to {}", name(*at_least), name(*at_most)),
            }
        }
        Shown::Count { at_least, at_most } if at_least == at_most => number(*at_least),
        Shown::Count { at_least, at_most } => {
            format!("{} to {}", number(*at_least), number(*at_most))
        }
        Shown::Between {
            value,
            at_least,
            at_most,
            unit,
        } => between(*value, (*at_least, *at_most), unit),
        Shown::Withheld(classification) => format!("withheld ({})", classification.word()),
        Shown::Category(name) => name.clone().unwrap_or_else(|| MISSING.to_owned()),
    }
}

/// `0.7`, `0.38 to 1`, `0.7 or more`, `–`
pub fn between(value: f64, (at_least, at_most): (f64, f64), unit: &str) -> String {
    match (at_least.is_nan(), at_most.is_nan()) {
        _ if !value.is_nan() => quantity(value, unit),
        (true, true) => MISSING.to_owned(),
        (false, true) => format!("{} or more", quantity(at_least, unit)),
        (true, false) => format!("{} or less", quantity(at_most, unit)),
        (false, false) => {
            let (least, most) = quantities(at_least, at_most, unit);
            format!("{least} to {most}")
        }
    }
}

/// An indicator's value; of one that is missing nothing is known, whatever it could be.
pub fn observed(value: &Shown) -> String {
    if value.is_open() {
        MISSING.to_owned()
    } else {
        shown(value)
    }
}

pub fn answer(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// What decided where two doubles are not the same and count as one number.
pub const EQUAL: &str = "equal to 14 digits";

/// Two numbers with enough digits to be told apart, where they differ.
pub fn apart(a: f64, b: f64) -> (String, String) {
    let (short_a, short_b) = (number(a), number(b));
    // `10.00` and `10` are written apart and read as one.
    let is_one = |one: &str, other: &str| one == other || as_read(one) == as_read(other);
    if a.is_nan() || b.is_nan() || is_same(a, b) || !is_one(&short_a, &short_b) {
        return (short_a, short_b);
    }
    for decimals in 1..=17 {
        let digits = Digits::Decimals(decimals);
        let (long_a, long_b) = (digits.write(a), digits.write(b));
        if long_a != long_b {
            // What is all there already stays as short as it is.
            let said = |x: f64, short: &str, long: &str| match as_read(short) {
                Some(read) if read == x => short.to_owned(),
                Some(_) | None => together(long),
            };
            return (said(a, &short_a, &long_a), said(b, &short_b, &long_b));
        }
    }
    (a.to_string(), b.to_string())
}

/// The number that a text is read as.
fn as_read(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    plain.parse().ok()
}

/// `deaths_12m 1 240 deaths >= 1 000 deaths`
pub fn comparison(comparison: &Comparison) -> String {
    let (left, right) = (&comparison.left, &comparison.right);
    // In the unit in which they are compared.
    let (a, b) = match (&left.compared, &right.compared) {
        (
            Shown::Number { value: a, unit },
            Shown::Number {
                value: b,
                unit: other,
            },
        ) if unit == other => quantities(*a, *b, unit),
        (a, b) => (shown(a), shown(b)),
    };
    let equal = if comparison.by_digits {
        format!(", {EQUAL}")
    } else {
        String::new()
    };
    format!(
        "{} {} {}{equal}",
        side(left, a),
        comparison.operator,
        side(right, b)
    )
}

/// What a condition asked: `yes: overall high >= high; no: deaths 3 > 25`
#[must_use]
pub fn in_words(said: &[Said]) -> String {
    let said: Vec<String> = said
        .iter()
        .map(|one| {
            let what = match &one.what {
                What::Comparison(sides) => comparison(sides),
                What::Words(words) => words.clone(),
            };
            format!("{}: {what}", answer(one.answer))
        })
        .collect();
    said.join("; ").replace('\u{a0}', " ")
}

/// `cut 40 % (0.4)`: the words of a side, its value, and where that has another unit, how it was compared.
fn side(side: &Side, compared: String) -> String {
    let is_open = side.value.is_open();
    let is_compared = side.value == side.compared && !is_open;
    // Of a cell that is missing nothing is known.
    let value = match (is_compared, side.observed) {
        (true, _) => compared.clone(),
        (false, true) => observed(&side.value),
        (false, false) => shown(&side.value),
    };
    if side.text.is_empty() {
        return value;
    }
    let words = match side.text == value {
        true => value,
        false => format!("{} {value}", side.text),
    };
    match is_compared || is_open {
        true => words,
        false => format!("{words} ({compared})"),
    }
}

/// A share as a percentage: `62.5 %`
pub fn share(part: f64) -> String {
    if part.is_nan() {
        return MISSING.to_owned();
    }
    format!("{} %", number((part * 1000.0).round() / 10.0))
}

/// Two shares with enough digits to be told apart, where they differ.
pub fn shares(a: f64, b: f64) -> (String, String) {
    let (short_a, short_b) = (share(a), share(b));
    if short_a != short_b || a.is_nan() || is_same(a, b) {
        return (short_a, short_b);
    }
    let (a, b) = apart(read(a * 100.0), read(b * 100.0));
    (format!("{a} %"), format!("{b} %"))
}

/// With its sign: `+0.08`, `-0.4`
pub fn signed(x: f64) -> String {
    let text = number(x);
    if x > 0.0 { format!("+{text}") } else { text }
}

/// From one number to another: `+0.08`; of small rates `+5 deaths / 100 000 people`.
pub fn step(from: f64, to: f64, unit: &str) -> String {
    let reading = Reading::of(from.abs().max(to.abs()), unit);
    let text = signed((to - from) * reading.times);
    if reading.times == 1.0 {
        text
    } else {
        reading.write(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_rates_are_read_per_hundred_thousand() {
        let quantity = |x, unit| quantity(x, unit).replace('\u{a0}', " ");
        assert_eq!(
            quantity(0.000_077_3, "deaths / people"),
            "7.73 deaths / 100 000 people"
        );
        assert_eq!(quantity(0.000_02, "1 / people"), "2 / 100 000 people");
        assert_eq!(quantity(0.25, "deaths / people"), "0.25 deaths / people");
        assert_eq!(
            quantity(0.000_5, "deaths / 1_000 people"),
            "0.0005 deaths / 1_000 people"
        );
        assert_eq!(quantity(0.0, "deaths / people"), "0 deaths / people");
    }

    #[test]
    fn a_step_is_read_as_its_ends_are() {
        let step = |from, to, unit| step(from, to, unit).replace('\u{a0}', " ");
        assert_eq!(
            step(0.000_083, 0.000_133, "deaths / people"),
            "+5 deaths / 100 000 people"
        );
        assert_eq!(step(0.25, 0.05, "deaths / people"), "-0.2");
        assert_eq!(step(20.0, 50.0, "deaths"), "+30");
    }

    #[test]
    fn small_numbers_keep_three_digits() {
        assert_eq!(number(0.000_077_123), "0.0000771");
        assert_eq!(number(0.05), "0.05");
        assert_eq!(number(1.0 / 3.0), "0.33");
    }

    #[test]
    fn two_numbers_are_told_apart() {
        let told = |a, b, unit| {
            let (a, b) = quantities(a, b, unit);
            (a.replace('\u{a0}', " "), b.replace('\u{a0}', " "))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(told(9.999_99, 10.0, ""), pair("9.99999", "10"));
        assert_eq!(told(10.0, 9.999_99, ""), pair("10", "9.99999"));
        assert_eq!(told(34.999_9, 35.0, "percent"), pair("34.9999 %", "35 %"));
        assert_eq!(told(1_000.0, 999.999_9, ""), pair("1 000", "999.9999"));
        assert_eq!(told(0.69, 0.7, ""), pair("0.69", "0.7"));
        assert_eq!(told(10.0, 10.0, ""), pair("10", "10"));
        assert_eq!(
            quantity(0.000_111, "deaths / (100_000 people)").replace('\u{a0}', " "),
            "0.000111 deaths / (100_000 people)"
        );
    }

    #[test]
    fn two_rates_share_a_reading() {
        let (a, b) = quantities(0.000_077, 0.000_01, "deaths / people");
        let (a, b) = (a.replace('\u{a0}', " "), b.replace('\u{a0}', " "));
        assert_eq!(a, "7.7 deaths / 100 000 people");
        assert_eq!(b, "1 deaths / 100 000 people");
    }
}
