//! The panel: observations in columns, sorted once, ready for the evaluators.

use crate::distinct::distinct;
use crate::flags::Flags;
use crate::history::History;
use forewarn_plan::PeriodKind;
use forewarn_plan::period::{Period, PeriodForm, Written};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Between the names of an entity, where the panel has several keys. It sorts before everything that a
/// name is made of, so that entities sort by their first name, then by their second, and so on.
const BETWEEN: char = '\0';

/// What the one entity of a series is called where one has to be named.
pub const SERIES: &str = "the series";

/// The entity that several keys name together. That of a series, which has none, is empty.
#[must_use]
pub fn joined<S: AsRef<str>>(keys: impl IntoIterator<Item = S>) -> String {
    let mut entity = String::new();
    for (at, key) in keys.into_iter().enumerate() {
        if at > 0 {
            entity.push(BETWEEN);
        }
        entity.push_str(key.as_ref());
    }
    entity
}

/// The keys of an entity, the first one first; none of a series.
pub fn keys(entity: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    entity.split(BETWEEN).filter(|key| !key.is_empty())
}

/// The first key of an entity.
#[must_use]
pub fn first_key(entity: &str) -> &str {
    entity.split(BETWEEN).next().unwrap_or(entity)
}

/// An entity's first keys, so many of them.
#[must_use]
pub fn first_keys(entity: &str, count: usize) -> &str {
    let ends = entity.match_indices(BETWEEN).map(|(at, _)| at);
    let end = match count {
        0 => Some(0),
        count => ends.clone().nth(count - 1),
    };
    end.and_then(|end| entity.get(..end)).unwrap_or(entity)
}

/// An entity as people read it: `AVA`, `AVA/Tavari`. Of several keys, a stroke within one has a sign before it, so
/// that no two entities read alike.
#[must_use]
pub fn shown(entity: &str) -> Cow<'_, str> {
    if entity.is_empty() {
        Cow::Borrowed(SERIES)
    } else if entity.contains(BETWEEN) {
        shown_in_several(entity)
    } else {
        Cow::Borrowed(entity)
    }
}

/// Keys of an entity that has several, be they all of them or the first one alone.
#[must_use]
pub fn shown_in_several(keys: &str) -> Cow<'_, str> {
    if keys.contains(['/', BETWEEN]) {
        Cow::Owned(keys.replace('/', "\\/").replace(BETWEEN, "/"))
    } else {
        Cow::Borrowed(keys)
    }
}

/// The same without signs before strokes, as people type it where nothing else reads so.
#[must_use]
pub fn as_typed(keys: &str) -> Cow<'_, str> {
    if keys.contains(BETWEEN) {
        Cow::Owned(keys.replace(BETWEEN, "/"))
    } else {
        Cow::Borrowed(keys)
    }
}

/// A row as people read it: `AVA, 2024-05`, and where there is nothing to tell entities apart, `2024-05`.
#[must_use]
pub fn row_words(entity: &str, period: Option<&str>, between: &str) -> String {
    match period {
        Some(period) if entity.is_empty() => period.to_owned(),
        Some(period) => format!("{}{between}{period}", shown(entity)),
        None => shown(entity).into_owned(),
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
    /// The distinct entities, sorted; where there are several keys, all of them (see [`joined`]). A series
    /// has one, which is empty.
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
    /// What stood in cells that were moved to the end of their range, or lie outside of it and are missing, by input, by
    /// ascending rows; NaN where a cell says that it is not known. Of the latter two not all, where there are many.
    pub moved: Vec<Vec<(usize, f64)>>,
    /// The cells of which nothing was said and that stand for what the rules say of that, by input, by ascending
    /// rows; nothing where it was not looked at which these are.
    pub made: Option<Vec<Vec<usize>>>,
    /// Of what says whether observations were verified: what its own cells say in rows whose observation was carried
    /// there with another answer, by input, by ascending rows.
    pub answered: Vec<Vec<(usize, f64)>>,
    /// The rows, ascending, in which an input does not apply, by input; empty where all always do. Counts
    /// of what is known go by it; what results are, the Plan says.
    pub not_applicable: Vec<Vec<usize>>,
    /// Inputs, ascending, whose values stand for more than one period: those of files that go by longer periods
    /// than the panel or by none. That they are known says nothing of whether anybody reported.
    pub slower: Vec<usize>,
    /// What stands behind values and says how good they are.
    pub flags: Flags,
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

    /// What stood in a cell that was not taken as it is: NaN where that says that it is not known.
    #[must_use]
    pub fn moved_from(&self, input: usize, row: usize) -> Option<f64> {
        let cells = self.moved.get(input)?;
        let at = cells.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        cells.get(at).map(|(_, stood)| *stood)
    }

    /// Whether a new observation of a row would be verified, by the cell of what says so: where one was carried there
    /// with its own answer, that cell said something else.
    #[must_use]
    pub fn own_answer(&self, by: usize, row: usize) -> Option<f64> {
        let cells = self.answered.get(by)?;
        let at = cells.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        cells.get(at).map(|(_, answer)| *answer)
    }

    /// A row's entity, as people read it.
    #[must_use]
    pub fn entity(&self, row: usize) -> Cow<'_, str> {
        let entity = self.entity_of.get(row).map(|entity| *entity as usize);
        let entity = entity.and_then(|entity| self.entities.get(entity));
        entity.map_or(Cow::Borrowed(""), |entity| shown(entity))
    }

    /// A row as people read it, with its period.
    #[must_use]
    pub fn row_words(&self, row: usize, period: Option<&str>, between: &str) -> String {
        let entity = self.entity_of.get(row);
        let entity = entity.and_then(|entity| self.entities.get(*entity as usize));
        row_words(entity.map_or("", String::as_str), period, between)
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

    /// The different periods that the data have, those left aside that only looking along time has filled in.
    #[must_use]
    pub fn periods_of_data(&self) -> BTreeSet<i64> {
        let rows = self.periods.iter().enumerate();
        let own = rows.filter(|(row, _)| self.gaps.binary_search(row).is_err());
        let periods = distinct(own.map(|(_, period)| *period));
        periods.into_iter().collect()
    }

    /// How many different first keys entities have, taken so many together.
    #[must_use]
    pub fn distinct(&self, keys: usize) -> usize {
        let mut groups = self.entities.iter().map(|entity| first_keys(entity, keys));
        // Sorted as they are, those that share their first keys stand together.
        let mut before = groups.next();
        let first = usize::from(before.is_some());
        let others = groups.filter(|group| before.replace(group) != Some(*group));
        first + others.count()
    }

    /// The groups that the key with this place makes, sorted, and for each entity the place of its own among
    /// them: those that share the key and the ones before it, or for the last of several keys that key alone.
    #[must_use]
    pub fn key(&self, place: usize) -> (Vec<String>, Vec<usize>) {
        let own = |entity: &'_ String| {
            let mut all = keys(entity);
            let is_last = place > 0 && all.clone().count() == place + 1;
            let last = all.next_back().filter(|_| is_last);
            last.unwrap_or_else(|| first_keys(entity, place + 1))
                .to_owned()
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
    pub fn key_column(&self, place: usize) -> Vec<f64> {
        let (_, places) = self.key(place);
        let place = |entity: &u32| places.get(*entity as usize).copied();
        self.entity_of
            .iter()
            .map(|entity| place(entity).map_or(f64::NAN, |place| place as f64))
            .collect()
    }
}
