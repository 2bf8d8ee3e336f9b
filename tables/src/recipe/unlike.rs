//! Rows that are put together although a column says that they are of different things.
//!
//! In: what the columns beside the values say of one row after another, and which of them meet in one cell. Out: the
//! first two rows that a column of indicators or units tells apart, for each such column, and totals that would be
//! summed up with their parts.

use super::gather::At;
use crate::grid::Kept;
use forewarn_runtime::bind::{Describes, describes, is_total_of_parts};
use std::collections::HashMap;

/// A column beside the values, by its place in a file and its number among all files.
pub(crate) type Beside = (usize, usize);

/// More columns are not looked at for totals.
const MOST: usize = 64;
/// What is longer is no word for a total.
const LONGEST: usize = 24;

/// Few words begin as those for a total do, so that most cells need no second look.
fn may_be_total(text: &str) -> bool {
    let first = text.chars().next();
    let begins = first.is_some_and(|letter| {
        !letter.is_ascii() || "_abegijorstz".contains(letter.to_ascii_lowercase())
    });
    text.len() <= LONGEST && begins
}

/// What is said of a row.
#[derive(Clone, Debug, Default)]
struct Said {
    at: At,
    /// By the number of the column.
    words: Vec<Option<String>>,
    /// One bit for each column: it says a total, or something that is none.
    totals: u64,
    parts: u64,
}

/// How rows meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meets {
    InSum,
    /// One of them holds.
    OneHolds,
}

/// Two rows that a column tells apart.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) column: String,
    /// What it says; none where one of them is a total of others.
    pub(crate) describes: Option<Describes>,
    pub(crate) meets: Meets,
    /// The row that is made of both, and the column of values.
    pub(crate) row: usize,
    pub(crate) value: usize,
    pub(crate) first: (At, String),
    pub(crate) second: (At, String),
    pub(crate) more: u64,
}

/// What is known of all rows.
#[derive(Debug, Default)]
pub(crate) struct Unlike {
    names: Vec<String>,
    /// Which of them describe rows.
    describing: Vec<Option<Describes>>,
    now: Said,
    met: HashMap<(usize, usize), Said>,
    pub(crate) found: Vec<Found>,
}

impl Unlike {
    /// Names columns of a file that nothing else reads: which of them are looked at.
    pub(crate) fn beside<'n>(
        &mut self,
        columns: impl Iterator<Item = (usize, &'n String)>,
    ) -> Vec<Beside> {
        let mut looked_at = Vec::new();
        for (column, name) in columns {
            let says = describes(name);
            let known = self.names.iter().position(|known| known == name);
            if known.is_none() && self.names.len() >= MOST {
                continue;
            }
            let number = known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.describing.push(says);
                self.names.len() - 1
            });
            looked_at.push((column, number));
        }
        looked_at
    }

    /// What is said of the next row.
    pub(crate) fn say(&mut self, beside: &[Beside], cells: &[Kept], at: At) {
        // The same memory for every row.
        let now = &mut self.now;
        (now.at, now.totals, now.parts) = (at, 0, 0);
        now.words.clear();
        now.words.resize(self.names.len(), None);
        for (column, number) in beside {
            let Some(Kept::Text(text)) = cells.get(*column) else {
                continue;
            };
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let describes = self.describing.get(*number).copied().flatten();
            let total = may_be_total(text) && is_total_of_parts(text);
            if describes.is_some() || total {
                // Numbers of rows and of batches are no words.
                let is_word = text.parse::<f64>().is_err();
                if let Some(slot) = self.now.words.get_mut(*number) {
                    *slot = is_word.then(|| text.to_owned());
                }
            }
            let bit = 1_u64 << number;
            if total {
                self.now.totals |= bit;
            } else {
                self.now.parts |= bit;
            }
        }
    }

    /// The row at hand goes into a cell.
    pub(crate) fn meet(&mut self, row: usize, value: usize, meets: Meets) {
        if self.names.is_empty() {
            return;
        }
        let Some(known) = self.met.get_mut(&(row, value)) else {
            self.met.insert((row, value), self.now.clone());
            return;
        };
        let mut apart: Vec<(usize, Option<Describes>, String, String)> = Vec::new();
        for (number, describes) in self.describing.iter().enumerate() {
            let own = self.now.words.get(number).and_then(Option::as_ref);
            let theirs = known.words.get(number).and_then(Option::as_ref);
            if let (Some(describes), Some(own), Some(theirs)) = (describes, own, theirs)
                && own != theirs
            {
                apart.push((number, Some(*describes), theirs.clone(), own.clone()));
            }
        }
        let both = (known.totals | self.now.totals) & (known.parts | self.now.parts);
        if both != 0 {
            let number = both.trailing_zeros() as usize;
            let of = |said: &Said| said.words.get(number).cloned().flatten();
            if !apart.iter().any(|(at, ..)| *at == number) {
                let (own, theirs) = (of(&self.now), of(known));
                apart.push((
                    number,
                    None,
                    theirs.unwrap_or_default(),
                    own.unwrap_or_default(),
                ));
            }
        }
        let (first, second) = (known.at, self.now.at);
        known.totals |= self.now.totals;
        known.parts |= self.now.parts;
        for (slot, own) in known.words.iter_mut().zip(&self.now.words) {
            if slot.is_none() || meets == Meets::OneHolds {
                slot.clone_from(own);
            }
        }
        if meets == Meets::OneHolds {
            known.at = second;
        }
        for (number, describes, one, other) in apart {
            let Some(column) = self.names.get(number) else {
                continue;
            };
            let mut same = self.found.iter_mut();
            match same.find(|found| found.column == *column && found.meets == meets) {
                Some(found) => found.more += u64::from(found.value == value),
                None => self.found.push(Found {
                    column: column.clone(),
                    describes,
                    meets,
                    row,
                    value,
                    first: (first, one),
                    second: (second, other),
                    more: 0,
                }),
            }
        }
    }
}
