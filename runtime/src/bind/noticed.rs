//! What the builder keeps in mind of a table while its rows go by.

use super::number::grouping;
use super::{Decimal, Line};

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
        if grouping(text, other) == Some(mark) {
            self.threes += 1;
            if self.first.is_empty() {
                text.trim().clone_into(&mut self.first);
            }
        } else {
            self.others += 1;
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
