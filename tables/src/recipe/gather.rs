//! Rows put together by their keys: long tables, events that are summed up, files that are stacked.
//!
//! In: rows with their keys, in any order, from one file or several. Out: one row for each key. What is
//! put together is what the recipe says, and nothing else: two values for the same cell are told, unless
//! `when` says which of them holds.

use crate::grid::Kept;
use std::collections::BTreeMap;

/// What a summed column is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summed {
    /// How many rows there are.
    Count,
    /// The sum of a column.
    Column(String),
}

/// What becomes of a row that is there twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Both must say the same.
    #[default]
    MustAgree,
    LatestWins,
    FirstWins,
    /// Numbers are added.
    AddUp,
}

impl When {
    pub const ALL: [Self; 4] = [
        Self::MustAgree,
        Self::LatestWins,
        Self::FirstWins,
        Self::AddUp,
    ];

    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MustAgree => "must agree",
            Self::LatestWins => "latest wins",
            Self::FirstWins => "first wins",
            Self::AddUp => "add up",
        }
    }

    #[must_use]
    pub fn of(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.words() == words)
    }
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) file: usize,
    pub(crate) row: u64,
}

/// A value of which a file says one thing and another, or the same file in another row, something else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Conflict {
    pub(crate) key: String,
    pub(crate) column: String,
    pub(crate) first: (At, String),
    pub(crate) second: (At, String),
}

/// A row that grows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grown {
    pub(crate) at: At,
    cells: Vec<Option<(Kept, At)>>,
}

impl Grown {
    fn slot(&mut self, column: usize) -> Option<&mut Option<(Kept, At)>> {
        if self.cells.len() <= column {
            self.cells.resize(column + 1, None);
        }
        self.cells.get_mut(column)
    }
}

/// Keys as texts: the entity, the key within it, the period.
pub(crate) type Key = (String, String, String);

/// Rows by their keys.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    pub(crate) columns: Vec<String>,
    rows: BTreeMap<Key, Grown>,
    when: When,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) more_conflicts: u64,
    /// Values that a later file says otherwise, where that is taken.
    pub(crate) revised: Vec<Conflict>,
    /// Rows that were put together with others.
    pub(crate) merged: u64,
}

/// As many conflicts are kept.
const MOST: usize = 10;

impl Gather {
    pub(crate) fn new(when: Option<When>) -> Self {
        Self {
            when: when.unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The place of a column, which is new where there was none.
    pub(crate) fn column(&mut self, name: &str) -> usize {
        match self.columns.iter().position(|known| known == name) {
            Some(place) => place,
            None => {
                self.columns.push(name.to_owned());
                self.columns.len() - 1
            }
        }
    }

    /// Begins a row or goes on with one of that key.
    pub(crate) fn row(&mut self, key: &Key, at: At) {
        let merged = &mut self.merged;
        self.rows
            .entry(key.clone())
            .and_modify(|_| *merged += 1)
            .or_insert_with(|| Grown {
                at,
                cells: Vec::new(),
            });
    }

    /// Puts a part of the key, or what is only there to be read, in its place: the first one stays.
    pub(crate) fn keep(&mut self, key: &Key, column: usize, value: Kept, at: At) {
        if let Some(slot) = self.rows.get_mut(key).and_then(|row| row.slot(column))
            && slot.as_ref().is_none_or(|(known, _)| known.is_missing())
        {
            *slot = Some((value, at));
        }
    }

    /// Puts a value in its place.
    pub(crate) fn put(&mut self, key: &Key, column: usize, value: Kept, at: At) {
        let Some(slot) = self.rows.get_mut(key).and_then(|row| row.slot(column)) else {
            return;
        };
        let Some((known, known_at)) = slot.as_ref() else {
            *slot = Some((value, at));
            return;
        };
        if same(known, &value) && self.when != When::AddUp {
            return;
        }
        let told = || Conflict {
            key: shown(key),
            column: self.columns.get(column).cloned().unwrap_or_default(),
            first: (*known_at, known.text()),
            second: (at, value.text()),
        };
        match self.when {
            When::MustAgree if known.is_missing() => *slot = Some((value, at)),
            When::MustAgree if value.is_missing() => {}
            When::MustAgree if self.conflicts.len() < MOST => {
                let told = told();
                self.conflicts.push(told);
            }
            When::MustAgree => self.more_conflicts += 1,
            When::LatestWins => {
                if self.revised.len() < MOST && !known.is_missing() {
                    let told = told();
                    self.revised.push(told);
                }
                *slot = Some((value, at));
            }
            When::FirstWins => {}
            When::AddUp => {
                let sum = number(known)
                    .zip(number(&value))
                    .map(|(one, other)| one + other);
                match sum {
                    Some(sum) => *slot = Some((Kept::Number(sum), at)),
                    None if known.is_missing() => *slot = Some((value, at)),
                    None => {}
                }
            }
        }
    }

    /// Adds to a sum.
    pub(crate) fn add(&mut self, key: &Key, column: usize, number: f64, at: At) {
        let Some(slot) = self.rows.get_mut(key).and_then(|row| row.slot(column)) else {
            return;
        };
        let before = match slot {
            Some((Kept::Number(before), _)) => *before,
            Some(_) | None => 0.0,
        };
        *slot = Some((Kept::Number(before + number), at));
    }

    /// All rows in the order of their keys, each with the file and row that it began with.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (At, Vec<Kept>)> {
        let width = self.columns.len();
        self.rows.into_values().map(move |row| {
            let mut cells: Vec<Kept> = row
                .cells
                .into_iter()
                .map(|cell| cell.map_or(Kept::Missing, |(value, _)| value))
                .collect();
            cells.resize(width, Kept::Missing);
            (row.at, cells)
        })
    }
}

fn number(value: &Kept) -> Option<f64> {
    match value {
        Kept::Number(number) => Some(*number),
        Kept::Integer(number) => Some(*number as f64),
        Kept::Text(text) => text.trim().parse().ok(),
        Kept::Missing | Kept::Truth(_) | Kept::Date(_) | Kept::Other(_) => None,
    }
}

fn same(one: &Kept, other: &Kept) -> bool {
    one == other
        || one.is_missing() && other.is_missing()
        || match (number(one), number(other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => one.text() == other.text(),
            (Some(_), None) | (None, Some(_)) => false,
        }
}

/// `AVA, 2024-05`
pub(crate) fn shown(key: &Key) -> String {
    let (entity, within, period) = key;
    let parts = [entity, within, period].into_iter();
    let parts: Vec<&str> = parts
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect();
    parts.join(", ")
}
