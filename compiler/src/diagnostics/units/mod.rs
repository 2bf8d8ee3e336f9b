//! Units: what can be added, compared, given to functions and declared.

use crate::source::Span;

mod declared;
mod measures;
mod operators;
mod percentages;

pub(crate) use measures::{brought, declared_in, related, same};

pub use declared::*;
pub use operators::*;
pub use percentages::*;

/// `counted in deaths`, `measured in deaths / people`, `a plain number`.
pub(super) fn counted(unit: &str) -> String {
    if is_plain(unit) {
        "a plain number".to_owned()
    } else if unit.contains(['/', '*', '^']) {
        format!("measured in {unit}")
    } else {
        format!("counted in {unit}")
    }
}

/// A unit as the subject of a sentence: `deaths`, `plain numbers`.
fn plural(unit: &str) -> &str {
    if is_plain(unit) {
        "plain numbers"
    } else {
        unit
    }
}

fn is_plain(unit: &str) -> bool {
    unit.is_empty() || unit.contains("plain number")
}

/// A number in a unit, as the language writes it: `50 deaths`, `50 cases / 100_000 people`, `40%`.
pub(crate) fn written(number: &str, unit: &str) -> Option<String> {
    if let Some(share) = number.strip_suffix('%') {
        return share_in(share, unit);
    }
    if let Some((number, of)) = number.split_once(" / ") {
        return rate_in(number, of, unit);
    }
    if is_plain(unit) {
        return Some(number.to_owned());
    }
    if unit == "percent" {
        return Some(format!("{number}%"));
    }
    let is_name = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|sign| sign.is_alphanumeric() || sign == '_')
    };
    if is_name(unit) {
        return Some(format!("{number} {unit}"));
    }
    let (above, below) = unit.split_once(" / ")?;
    let below = below.trim_start_matches('(').trim_end_matches(')');
    if !is_name(above) {
        return None;
    }
    let (count, counted) = below.split_once(' ').unwrap_or(("", below));
    if !is_name(counted) {
        return None;
    }
    let is_small = number.trim_start_matches('-').starts_with("0.");
    // What is measured is said for each head, what happens for many.
    let is_amount = matches!(
        above,
        "litres"
            | "usd"
            | "dollars"
            | "eur"
            | "euro"
            | "euros"
            | "tonnes"
            | "kg"
            | "calories"
            | "hectares"
            | "hours"
            | "years"
            | "rooms"
    );
    let of = match count {
        "" if matches!(counted, "people" | "population" | "inhabitants" | "persons")
            && !is_small
            && !is_amount =>
        {
            "100_000"
        }
        "" => "1",
        count => count,
    };
    Some(match above {
        // So many a month: nothing is counted above.
        "1" => format!("{number} / {of} {counted}"),
        above => format!("{number} {above} / {of} {counted}"),
    })
}

/// The two numbers of a rate that lacks its units, or has the upper one alone: `5 / 100_000`, `5 per 100,000`,
/// `5 deaths / 100_000`.
pub(crate) fn bare_rate(words: &str, above: &str) -> Option<(String, String)> {
    let (first, of) = match words.split_once('/') {
        Some(parts) => parts,
        None => words.split_once(" per ")?,
    };
    let first = first.trim();
    let first = match above.is_empty() {
        true => first,
        false => first.strip_suffix(above).unwrap_or(first).trim(),
    };
    Some((digits(first)?, digits(of.trim())?))
}

/// A number as the language writes it, thousands apart in whatever way.
fn digits(number: &str) -> Option<String> {
    let is_sign = |sign: char| matches!(sign, '_' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}');
    if !number.starts_with(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let groups: Vec<&str> = whole.split(is_sign).collect();
    let all = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    let apart = groups.iter().skip(1).all(|group| group.len() == 3);
    if !all(part) || !groups.iter().all(|group| all(group)) || !apart {
        return None;
    }
    let point = if part.is_empty() { "" } else { "." };
    Some(format!("{}{point}{part}", groups.join("_")))
}

/// So many of the one for so many of the other.
fn rate_in(number: &str, of: &str, unit: &str) -> Option<String> {
    let (above, below) = unit.split_once(" / ")?;
    let counted = below
        .trim_start_matches('(')
        .trim_end_matches(')')
        .rsplit(' ')
        .next()?;
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name(above) && is_name(counted) && above != "1")
        .then(|| format!("{number} {above} / {of} {counted}"))
}

/// A percentage in a unit: so many of the one for each hundred of the other. A count of one thing is none.
fn share_in(share: &str, unit: &str) -> Option<String> {
    if unit == "percent" {
        return Some(format!("{share}%"));
    }
    if is_plain(unit) {
        let share: f64 = share.replace('_', "").parse().ok()?;
        return Some(crate::numbers::show(crate::conversion::exactly(
            share, 1.0, 100.0,
        )));
    }
    let (above, below) = unit.split_once(" / ")?;
    let below = below.trim_start_matches('(').trim_end_matches(')');
    let counted = below.rsplit(' ').next()?;
    let is_name = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name(above) && is_name(counted) && above != "1")
        .then(|| format!("{share} {above} / 100 {counted}"))
}

/// What to divide by so that a plain number is left: `1 deaths`, `(1 deaths / 100_000 people)`.
pub(crate) fn divisor(unit: &str) -> Option<String> {
    let text = written("1", unit)?;
    Some(if text.contains(' ') && text.contains('/') {
        format!("({text})")
    } else {
        text
    })
}

/// A literal that stands in a formula, and its number without any unit.
pub type Literal = Option<(Span, String)>;

/// Offers a literal in the unit that is wanted: the help and its edit.
fn in_unit(literal: &Literal, unit: &str) -> Option<(String, Vec<(Span, String)>)> {
    let (span, number) = literal.as_ref()?;
    let text = written(number, unit)?;
    let help = if is_plain(unit) {
        format!("write the number alone: `{text}`")
    } else {
        format!("if it is so many {unit}, write `{text}`")
    };
    Some((help, vec![(*span, text)]))
}

/// How to leave a unit behind, in words.
fn divide(unit: &str) -> String {
    match divisor(unit) {
        Some(by) => format!("divide by an amount of it: `… / {by}`"),
        None => "divide by an amount of the same unit".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{bare_rate, divisor, written};

    #[test]
    fn units_are_written_as_the_language_reads_them() {
        for (number, unit, text) in [
            ("50", "deaths", Some("50 deaths")),
            ("2", "1 / months", Some("2 / 1 months")),
            ("50", "deaths / people", Some("50 deaths / 100_000 people")),
            ("0.02", "deaths / people", Some("0.02 deaths / 1 people")),
            (
                "50",
                "deaths / 100_000 people",
                Some("50 deaths / 100_000 people"),
            ),
            (
                "50",
                "deaths / (100_000 people)",
                Some("50 deaths / 100_000 people"),
            ),
            ("3", "beds / hospitals", Some("3 beds / 1 hospitals")),
            ("40", "percent", Some("40%")),
            ("7", "plain number", Some("7")),
            ("7", "people * days", None),
            ("3%", "deaths / cases", Some("3 deaths / 100 cases")),
            ("3%", "deaths / 1_000 cases", Some("3 deaths / 100 cases")),
            ("2.5%", "percent", Some("2.5%")),
            ("3%", "plain number", Some("0.03")),
            ("3%", "boats", None),
            (
                "3 / 1_000",
                "deaths / cases",
                Some("3 deaths / 1_000 cases"),
            ),
        ] {
            assert_eq!(written(number, unit).as_deref(), text);
        }
        for (words, rate) in [
            ("5 per 10,000", Some(("5", "10_000"))),
            ("0.5/1 000", Some(("0.5", "1_000"))),
            ("5 deaths / 100_000", Some(("5", "100_000"))),
            ("5 cases / 100_000", None),
            ("a / 5", None),
            ("5 / 1,00", None),
        ] {
            let rate = rate.map(|(number, of)| (number.to_owned(), of.to_owned()));
            assert_eq!(bare_rate(words, "deaths"), rate, "{words}");
        }
        assert_eq!(divisor("deaths").as_deref(), Some("1 deaths"));
        assert_eq!(
            divisor("deaths / people").as_deref(),
            Some("(1 deaths / 100_000 people)")
        );
    }
}
