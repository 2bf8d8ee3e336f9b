//! Points between thousands: `1.000 deaths`, `cases in 0..50.000`.
//!
//! In: a number with three digits behind one point. Out: the thousands that were meant, or that it can be read in two
//! ways. What is written with three decimals for their own sake, as `0.125` or `0.550..1.000` are, stays as it is.

use super::Habits;
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

/// Tokens before and behind a number among which further decimals say how the author writes them.
const NEAR: usize = 40;

/// What is said of a number with a point between thousands.
pub(super) struct Points {
    pub why: String,
    /// The number as it was meant, where that is certain.
    pub meant: Option<String>,
}

/// A number with one point, three digits behind it and one to three before it.
struct Three<'s> {
    whole: &'s str,
    part: &'s str,
}

fn three(text: &str) -> Option<Three<'_>> {
    let (whole, part) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    ((1..=3).contains(&whole.len()) && part.len() == 3 && digits(whole) && digits(part))
        .then_some(Three { whole, part })
}

/// `5.000.000`
fn has_two_points(text: &str) -> bool {
    text.matches('.').count() > 1 && super::figures::meant(text).is_some()
}

impl Habits<'_> {
    /// Thousands that are set apart by a point.
    pub(super) fn grouped_by_points(&self, tokens: &[Tok], at: usize) -> Option<Points> {
        let number = *tokens.get(at)?;
        let Three { whole, part } =
            three(self.slice(number)).filter(|one| !one.whole.starts_with('0'))?;
        let thousands = part == "000";
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        if before.is_some_and(|before| before.kind == Token::Weight) {
            return None;
        }
        let range = thousands && whole != "1" && self.is_range_of_a_unit(tokens, at);
        let counted = self.is_counted(tokens, at);
        let line = self.line_of(tokens, at);
        let mut beside = line.iter().filter(|other| other.start != number.start);
        // Beside numbers that can be nothing else.
        let grouped = beside.any(|other| {
            let text = self.slice(*other);
            let digits = text.split('.').next().unwrap_or_default();
            let long = digits.bytes().filter(u8::is_ascii_digit).count() > 4;
            has_two_points(text) || (long && thousands)
        });
        if grouped || range || (thousands && counted) {
            return Some(Points {
                why: format!(
                    "thousands are set apart with `_`: with a point this is {}",
                    shown(whole, part)
                ),
                meant: Some(format!("{whole}_{part}")),
            });
        }
        if self.has_decimals_near(tokens, at) {
            return None;
        }
        (thousands || (counted && part.ends_with('0'))).then(|| Points {
            why: format!(
                "a point begins the decimals: write `{}` if that is meant, or `{whole}_{part}` for thousands",
                shown(whole, part)
            ),
            meant: None,
        })
    }

    /// Is a unit named behind a number, of which there are no fine decimals?
    fn is_counted(&self, tokens: &[Tok], at: usize) -> bool {
        let (Some(number), Some(unit)) = (tokens.get(at), tokens.get(at + 1)) else {
            return false;
        };
        let measured = ["year", "quarter", "month", "week", "day", "percent"];
        let name = self.slice(*unit);
        unit.kind == Token::Ident
            && !on_new_line(self.text, *number, *unit)
            && !measured.iter().any(|known| name.starts_with(known))
    }

    /// Is it an end of a range behind a unit, as in `cases in 0..50.000`?
    fn is_range_of_a_unit(&self, tokens: &[Tok], at: usize) -> bool {
        let line = tokens.get(..at).unwrap_or_default();
        let range = line.iter().rposition(|token| token.kind == Token::In);
        // `in 0..50.000` and `in ..50.000`: the unit stands before it.
        range.is_some_and(|range| {
            let unit = range.checked_sub(1).and_then(|unit| tokens.get(unit));
            let is_plain = unit.is_none_or(|unit| self.slice(*unit) == "number");
            range + 4 > at && !is_plain && self.is_counted(tokens, range.saturating_sub(2))
        })
    }

    /// The numbers of the line that a token stands in.
    fn line_of(&self, tokens: &[Tok], at: usize) -> Vec<Tok> {
        let follows = |at: usize| match (tokens.get(at), tokens.get(at + 1)) {
            (Some(one), Some(next)) => !on_new_line(self.text, *one, *next),
            _ => false,
        };
        let mut first = at;
        while let Some(before) = first.checked_sub(1).filter(|before| follows(*before)) {
            first = before;
        }
        let mut last = at;
        while follows(last) {
            last += 1;
        }
        let line = tokens.get(first..=last).unwrap_or_default();
        line.iter()
            .filter(|token| token.kind == Token::Number)
            .copied()
            .collect()
    }

    /// Are three decimals written nearby that cannot be thousands?
    fn has_decimals_near(&self, tokens: &[Tok], at: usize) -> bool {
        let first = at.saturating_sub(NEAR);
        let near = tokens.iter().enumerate().skip(first).take(2 * NEAR);
        near.filter(|(place, token)| *place != at && token.kind == Token::Number)
            .any(|(_, token)| {
                three(self.slice(*token)).is_some_and(|one| one.whole.starts_with('0'))
            })
    }
}

/// The number as it is read: `1.5` of `1.500`.
fn shown(whole: &str, part: &str) -> String {
    let part = part.trim_end_matches('0');
    if part.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{part}")
    }
}
