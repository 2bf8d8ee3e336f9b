//! Values in words: numbers with their units and with as many digits as it takes to tell them apart.

use crate::numbers::{Digits, MISSING};
use forewarn_runtime::explain::{Comparison, Shown};

/// A number as short as it can be read.
pub fn number(x: f64) -> String {
    Digits::for_column(std::iter::once(x)).write(x)
}

pub fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() || number == MISSING {
        number
    } else if unit == "percent" {
        format!("{number} %")
    } else {
        format!("{number} {unit}")
    }
}

/// `0.61`, `1 240 deaths`, `yes`, `elevated or high`, `guarded to high`, `–`
pub fn shown(value: &Shown) -> String {
    match value {
        Shown::Number { value, unit } => with_unit(number(*value), unit),
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
        Shown::Withheld(classification) => format!("withheld ({})", classification.word()),
        Shown::Category(name) => name.clone().unwrap_or_else(|| MISSING.to_owned()),
    }
}

pub fn answer(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// Two numbers with enough digits to be told apart, where they differ.
pub fn apart(a: f64, b: f64) -> (String, String) {
    let (short_a, short_b) = (number(a), number(b));
    if short_a != short_b || a == b || a.is_nan() || b.is_nan() {
        return (short_a, short_b);
    }
    for decimals in 1..=17 {
        let digits = Digits::Decimals(decimals);
        let (a, b) = (digits.write(a), digits.write(b));
        if a != b {
            return (a, b);
        }
    }
    (a.to_string(), b.to_string())
}

/// `deaths_12m 1 240 deaths >= 1 000 deaths`
pub fn comparison(comparison: &Comparison) -> String {
    let (left, right) = (&comparison.left, &comparison.right);
    let values = match (&left.value, &right.value) {
        (
            Shown::Number { value: a, unit },
            Shown::Number {
                value: b,
                unit: other,
            },
        ) => {
            let (a, b) = apart(*a, *b);
            (with_unit(a, unit), with_unit(b, other))
        }
        (a, b) => (shown(a), shown(b)),
    };
    let side = |text: &str, value: String| {
        if text.is_empty() {
            value
        } else {
            format!("{text} {value}")
        }
    };
    format!(
        "{} {} {}",
        side(&left.text, values.0),
        comparison.operator,
        side(&right.text, values.1)
    )
}

/// A share as a percentage: `62.5 %`
pub fn share(part: f64) -> String {
    if part.is_nan() {
        return MISSING.to_owned();
    }
    format!("{} %", number((part * 1000.0).round() / 10.0))
}

/// With its sign: `+0.08`, `-0.4`
pub fn signed(x: f64) -> String {
    let text = number(x);
    if x > 0.0 { format!("+{text}") } else { text }
}
