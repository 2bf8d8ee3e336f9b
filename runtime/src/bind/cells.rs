//! What a cell means to its indicator.
//!
//! In: a cell and what the indicator takes. Out: a number, missing, or why the cell cannot be read.

use super::Cell;
use super::number::{self, Decimal};
use crate::causes::data::NumberSlip;
use forewarn_plan::digits;
use forewarn_plan::{InputInfo, InputKind, OnViolation};

/// How cells are read, for all indicators alike.
#[derive(Debug)]
pub(super) struct Reading {
    decimal: Decimal,
    missing: Vec<String>,
    /// Those of the words for missing that are numbers, such as `-999`; for typed columns.
    missing_numbers: Vec<f64>,
}

/// What a cell gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    Value(f64),
    Missing,
    /// Outside the declared range; with what the policy makes of it (`None`: it is refused).
    OutOfRange {
        value: f64,
        instead: Option<f64>,
    },
    NotANumber(NumberSlip),
    NotYesOrNo,
    NotOneOf,
}

impl Reading {
    pub(super) fn new(decimal: Decimal, missing: &[String]) -> Self {
        let missing: Vec<String> = missing.iter().map(|word| word.trim().to_owned()).collect();
        let missing_numbers = missing
            .iter()
            .filter_map(|word| number::parse(word, decimal).ok())
            .collect();
        Self {
            decimal,
            missing,
            missing_numbers,
        }
    }

    #[inline]
    pub(super) fn read(&self, input: &InputInfo, cell: Cell<'_>) -> Outcome {
        let cell = match cell {
            Cell::Text(text) => {
                let text = trimmed(text);
                if text.is_empty() || self.missing.iter().any(|word| word == text) {
                    return Outcome::Missing;
                }
                Cell::Text(text)
            }
            Cell::Missing => return Outcome::Missing,
            Cell::Number(x) if x.is_nan() || self.is_missing(x) => return Outcome::Missing,
            Cell::Integer(x) if self.is_missing(x as f64) => return Outcome::Missing,
            other => other,
        };
        match &input.kind {
            // Of a key there is no cell.
            InputKind::Key { .. } => Outcome::Missing,
            InputKind::Number => match cell {
                Cell::Text(text) => match number::parse(text, self.decimal) {
                    Ok(x) => within(input, x),
                    Err(slip) => Outcome::NotANumber(slip),
                },
                Cell::Number(x) => within(input, x),
                Cell::Integer(x) => within(input, x as f64),
                _ => Outcome::NotANumber(NumberSlip::OtherKind),
            },
            InputKind::Truth => truth(cell).map_or(Outcome::NotYesOrNo, Outcome::Value),
            InputKind::Verification { .. } => {
                verification(cell).map_or(Outcome::NotYesOrNo, Outcome::Value)
            }
            InputKind::Level { names, .. } | InputKind::Category { names } => match cell {
                Cell::Text(text) => position(names, text).map_or(Outcome::NotOneOf, Outcome::Value),
                _ => Outcome::NotOneOf,
            },
        }
    }

    /// Numbers need no other look than at their range.
    pub(super) fn takes_plain(&self, input: &InputInfo) -> bool {
        input.kind == InputKind::Number && self.missing_numbers.is_empty()
    }

    fn is_missing(&self, x: f64) -> bool {
        self.missing_numbers.contains(&x)
    }
}

/// A finite number in the declared range.
#[inline]
pub(super) fn is_plain(input: &InputInfo, x: f64) -> bool {
    let too_high = if input.high_excluded {
        !digits::is_less(x, input.high)
    } else {
        x > input.high
    };
    x.is_finite() && x >= input.low && !too_high
}

/// The value, or what the policy makes of it when it lies outside the declared range. Infinities
/// lie outside every range.
#[inline]
fn within(input: &InputInfo, x: f64) -> Outcome {
    if is_plain(input, x) {
        return Outcome::Value(x);
    }
    // What differs from an end by noise alone is that end.
    let ends = [
        Some(input.low),
        Some(input.high).filter(|_| !input.high_excluded),
    ];
    let meets = |end: &f64| end.is_finite() && digits::is_same(x, *end);
    if let Some(end) = ends.into_iter().flatten().find(meets) {
        return Outcome::Value(end);
    }
    let instead = match input.on_violation {
        OnViolation::Reject => None,
        OnViolation::Missing => Some(f64::NAN),
        OnViolation::Clamp => Some(nearest_end(input, x)),
    };
    Outcome::OutOfRange { value: x, instead }
}

/// The end of the range nearest to a value outside it; missing where that end is open.
fn nearest_end(input: &InputInfo, x: f64) -> f64 {
    let below = x < input.low || x == f64::NEG_INFINITY;
    let end = if below { input.low } else { input.high };
    match end.is_finite() {
        true if !below && input.high_excluded => digits::below(end),
        true => end,
        false => f64::NAN,
    }
}

/// Most cells have no blanks around them, which their first and last byte show.
#[inline]
fn trimmed(text: &str) -> &str {
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        text
    } else {
        text.trim()
    }
}

fn truth(cell: Cell<'_>) -> Option<f64> {
    const WORDS: [(&str, f64); 6] = [
        ("yes", 1.0),
        ("no", 0.0),
        ("true", 1.0),
        ("false", 0.0),
        ("1", 1.0),
        ("0", 0.0),
    ];
    match cell {
        Cell::Truth(truth) => Some(f64::from(u8::from(truth))),
        Cell::Integer(x @ (0 | 1)) => Some(x as f64),
        Cell::Number(x) if x == 0.0 || x == 1.0 => Some(x.abs()),
        Cell::Text(text) => WORDS
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text))
            .map(|(_, number)| *number),
        _ => None,
    }
}

/// A truth, or the word itself.
fn verification(cell: Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Text(text) if text.eq_ignore_ascii_case("verified") => Some(1.0),
        Cell::Text(text) if text.eq_ignore_ascii_case("unverified") => Some(0.0),
        cell => truth(cell),
    }
}

/// The place of a name; capitals do not matter, blanks and hyphens stand for underscores.
fn position(names: &[String], text: &str) -> Option<f64> {
    let place = names.iter().position(|name| name == text).or_else(|| {
        names
            .iter()
            .position(|name| simplified(name).eq(simplified(text)))
    })?;
    Some(place as f64)
}

fn simplified(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars()
        .map(|letter| {
            if matches!(letter, ' ' | '-') {
                '_'
            } else {
                letter
            }
        })
        .flat_map(char::to_lowercase)
}

/// A cell in words, for messages.
pub(super) fn cell_text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) | Cell::Other(text) => text.trim().to_owned(),
        Cell::Number(f64::INFINITY) => "infinity".to_owned(),
        Cell::Number(f64::NEG_INFINITY) => "-infinity".to_owned(),
        Cell::Number(x) => number::ShortestNumber(x).to_string(),
        Cell::Integer(x) => x.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Date(days) => {
            let (year, month, day) = crate::period::civil_from_days(days);
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// A value as people read it.
pub(super) fn value_text(kind: &InputKind, x: f64) -> String {
    if x.is_nan() {
        return "missing".to_owned();
    }
    match kind {
        InputKind::Number | InputKind::Key { .. } => number::ShortestNumber(x).to_string(),
        InputKind::Truth | InputKind::Verification { .. } => {
            if x == 0.0 { "no" } else { "yes" }.to_owned()
        }
        InputKind::Level { names, .. } | InputKind::Category { names } => {
            names.get(x as usize).cloned().unwrap_or_default()
        }
    }
}
