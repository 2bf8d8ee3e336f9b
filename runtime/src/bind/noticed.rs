//! What the builder keeps in mind of a table while its rows go by.

use super::multiple::Multiple;
use super::number::{flagged, grouping, multiplied};
use super::{BindOptions, Decimal, Line};

/// In place of an entity: the row's key could not be read.
pub(super) const NO_KEY: u32 = u32::MAX;

/// The row at hand with a column's cell marked, where the file is text.
pub(super) type LineOf<'s> = &'s dyn Fn(usize) -> Option<Line>;

/// How the numbers of a column are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Commas {
    /// Numbers such as `1,234`, or `1.234` where a point marks decimals.
    pub(super) threes: u64,
    /// Numbers with a mark that sets no thousands apart: `3,14`.
    pub(super) others: u64,
    pub(super) first: String,
}

impl Commas {
    pub(super) fn note(&mut self, text: &str, decimal: Decimal) {
        let (mark, other) = match decimal {
            Decimal::Comma => (',', Decimal::Point),
            Decimal::Point => ('.', Decimal::Comma),
        };
        // Of many columns this is known after a few rows.
        if self.others > 0 || !text.contains(mark) {
            return;
        }
        // `1.363 p` is no other way of writing.
        let number = flagged(text.trim()).map_or(text, |(number, _)| number);
        if grouping(number, other) == Some(mark) {
            self.threes += 1;
            if self.first.is_empty() {
                number.trim().clone_into(&mut self.first);
            }
        } else {
            self.others += 1;
        }
    }
}

/// How the numbers of a column are marked behind.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    /// Numbers with a percent sign, in percent.
    pub(super) signs: u64,
    /// Those of them that lie between 0 and 1 and are neither.
    pub(super) small_signs: u64,
    /// Numbers with a flag that may multiply them as well: the first, and how many there are.
    pub(super) perhaps: Option<(String, u64)>,
    /// Numbers with a word behind them that is longer than flags are: the first, and how many there are.
    pub(super) words: Option<(String, u64)>,
    /// Numbers with another flag.
    pub(super) flags: u64,
}

/// Is there something behind the last digit of a cell?
#[inline]
pub(super) fn wants_note(text: &str) -> bool {
    let text = text.trim_end();
    let plain = text.ends_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    !plain && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Is this a word, which says how large a value is, or of what, sooner than how good? Flags are a few letters of the
/// Latin alphabet: `p`, `bep`, `[a]`.
fn is_word(flag: &str) -> bool {
    const LATIN: char = '\u{24f}';
    let mut letters = flag.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() > 3 || letters.any(|letter| letter > LATIN)
}

impl Marked {
    pub(super) fn note(&mut self, text: &str, options: &BindOptions, percentage: bool) {
        let text = text.trim();
        if percentage && let Some(number) = text.strip_suffix('%') {
            self.signs += 1;
            let number = match options.decimal {
                Decimal::Comma => number.trim_end().replace(',', ".").parse(),
                Decimal::Point => number.trim_end().parse::<f64>(),
            };
            self.small_signs += u64::from(number.is_ok_and(|x| x > 0.0 && x < 1.0));
        } else if options.flags && !options.multiples {
            match (multiplied(text), flagged(text)) {
                (Some((_, Multiple::Perhaps(_))), _) => {
                    self.perhaps.get_or_insert((text.to_owned(), 0)).1 += 1;
                }
                (None, Some((_, flag))) if is_word(flag) => {
                    self.words.get_or_insert((text.to_owned(), 0)).1 += 1;
                }
                (None, Some(_)) => self.flags += 1,
                (Some(_), _) | (None, None) => {}
            }
        }
    }
}

/// What lies above the range of an indicator of 0..1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Above {
    /// From 1 to 100.
    pub(super) hundred: u64,
    /// Whatever else lies outside.
    pub(super) other: u64,
    pub(super) highest: f64,
}

impl Above {
    pub fn note(&mut self, x: f64) {
        if x > 1.0 && x <= 100.0 {
            self.hundred += 1;
            self.highest = self.highest.max(x);
        } else {
            self.other += 1;
        }
    }
}
