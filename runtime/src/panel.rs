//! The panel: observations in columns, sorted once, ready for the evaluators.

use crate::history::History;
use forewarn_plan::PeriodKind;
use forewarn_plan::period::{Period, PeriodForm, Written};
use std::borrow::Cow;

/// Between the two names of a pair, where the panel has two keys. It sorts before everything that a
/// name is made of, so that pairs sort by their first name, then by their second.
const BETWEEN: char = '\0';

/// The entity that two keys name together.
#[must_use]
pub fn pair(first: &str, within: &str) -> String {
    format!("{first}{BETWEEN}{within}")
}

/// The first key of an entity, and the second where there are two.
#[must_use]
pub fn keys(entity: &str) -> (&str, Option<&str>) {
    match entity.split_once(BETWEEN) {
        Some((first, within)) => (first, Some(within)),
        None => (entity, None),
    }
}

/// An entity as people read it: `AVA`, `AVA/Tavari`.
#[must_use]
pub fn shown(entity: &str) -> Cow<'_, str> {
    match keys(entity) {
        (first, Some(within)) => Cow::Owned(format!("{first}/{within}")),
        (first, None) => Cow::Borrowed(first),
    }
}

/// A cell that has no observation of its own, and how many periods before it the last one was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged {
    pub row: usize,
    pub age: u32,
}

/// The cell of a row among cells by ascending rows.
#[must_use]
pub fn aged(cells: Option<&Vec<Aged>>, row: usize) -> Option<Aged> {
    let cells = cells?;
    let at = cells.binary_search_by_key(&row, |cell| cell.row).ok()?;
    cells.get(at).copied()
}

/// Observations by entity and period, sorted by entity (bytewise) and period, without duplicates.
/// Column `i` belongs to the Plan's input `i`; NaN is missing; values already lie in the declared
/// ranges (the policy for violations has been applied and counted).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The distinct entities, sorted; where there are two keys, pairs of them (see [`pair`]).
    pub entities: Vec<String>,
    /// For each row, the index of its entity.
    pub entity_of: Vec<u32>,
    /// For each row, its period (see `PeriodKind`); empty in a cross-section.
    pub periods: Vec<i64>,
    /// How the data write periods, where that is not the usual way.
    pub written: Option<Written>,
    /// One per input of the Plan, each as long as there are rows.
    pub columns: Vec<Vec<f64>>,
    /// The rows, ascending, that no data has: they stand for periods between an entity's first and
    /// last one, so that looking along time meets every period. All their cells are missing, apart
    /// from carried values and from what a slower file or one without periods says of them. Empty
    /// unless the Plan looks along time. They are not written as results.
    pub gaps: Vec<usize>,
    /// The cells that were carried forward, by input, by ascending rows.
    pub carried: Vec<Vec<Aged>>,
    /// The cells that are missing because the last observation before them is out of date, likewise.
    pub expired: Vec<Vec<Aged>>,
    /// The rows, ascending, in which an input does not apply, by input; empty where all always do. Counts
    /// of what is known go by it; what results are, the Plan says.
    pub not_applicable: Vec<Vec<usize>>,
    /// What was before the first rows.
    pub history: History,
}

impl Panel {
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entity_of.len()
    }

    /// Does an input apply in a row?
    #[must_use]
    pub fn applies(&self, input: usize, row: usize) -> bool {
        let rows = self.not_applicable.get(input);
        rows.is_none_or(|rows| rows.binary_search(&row).is_err())
    }

    /// A row's entity, as people read it.
    #[must_use]
    pub fn entity(&self, row: usize) -> Cow<'_, str> {
        let entity = self.entity_of.get(row).map(|entity| *entity as usize);
        let entity = entity.and_then(|entity| self.entities.get(entity));
        entity.map_or(Cow::Borrowed(""), |entity| shown(entity))
    }

    /// How the periods of a kind are written.
    #[must_use]
    pub fn form(&self, kind: Option<PeriodKind>) -> Option<PeriodForm> {
        let written = self.written;
        kind.map(|kind| PeriodForm { kind, written })
    }

    /// A period, to be written as the data write it.
    #[must_use]
    pub fn period(&self, kind: PeriodKind, number: i64) -> Period {
        Period::new(kind, number).as_in(self.written)
    }

    /// The names of a key, sorted, and for each entity the place of its own among them.
    #[must_use]
    pub fn key(&self, within: bool) -> (Vec<String>, Vec<usize>) {
        let own = |entity: &'_ String| {
            let (first, second) = keys(entity);
            if within { second.unwrap_or("") } else { first }.to_owned()
        };
        let mut names: Vec<String> = self.entities.iter().map(own).collect();
        names.sort_unstable();
        names.dedup();
        let places = self.entities.iter().map(own);
        let places = places.map(|name| names.binary_search(&name).unwrap_or(0));
        let places = places.collect();
        (names, places)
    }

    /// For each row the place of its key among the names of [`Panel::key`], as a column.
    #[must_use]
    pub fn key_column(&self, within: bool) -> Vec<f64> {
        let (_, places) = self.key(within);
        let place = |entity: &u32| places.get(*entity as usize).copied();
        self.entity_of
            .iter()
            .map(|entity| place(entity).map_or(f64::NAN, |place| place as f64))
            .collect()
    }
}
