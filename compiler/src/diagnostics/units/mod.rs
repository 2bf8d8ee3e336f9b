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
    use super::{divisor, written};

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
        ] {
            assert_eq!(written(number, unit).as_deref(), text);
        }
        assert_eq!(divisor("deaths").as_deref(), Some("1 deaths"));
        assert_eq!(
            divisor("deaths / people").as_deref(),
            Some("(1 deaths / 100_000 people)")
        );
    }
}
