//! Rows put together by their keys: long tables, events that are summed up, files that are stacked.
//!
//! In: rows with their keys, in any order, from one file or several. Out: one row for each key. What is
//! put together is what the recipe says, and nothing else: two values for the same cell are told, unless
//! `when` says which of them holds. What a cell is worth, and so whether two say the same, is what the
//! panel would read of it.

use super::slot::Slot;
pub(crate) use super::slot::{At, Lost};
use super::unlike::{Meets, Unlike};
use crate::grid::Kept;
use forewarn_plan::{InputInfo, OnViolation};
use forewarn_runtime::bind::{CellReader, CellValue, Given, NoSum, no_sum};
use std::collections::{HashMap, HashSet};

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

/// A value of which a file says one thing and another, or the same file in another row, something else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Conflict {
    pub(crate) key: String,
    pub(crate) column: String,
    pub(crate) first: (At, String),
    pub(crate) second: (At, String),
    /// They should have been added up.
    pub(crate) adds: Option<NoSum>,
}

/// A row that grows.
#[derive(Debug)]
struct Grown {
    at: At,
    cells: Vec<Option<Slot>>,
    /// The files with rows of its key.
    files: Vec<usize>,
}

/// Keys as texts: the first, those within it, the period.
pub(crate) type Key = (String, String, String);

/// A column of the rows that are made.
#[derive(Debug)]
struct Made<'p> {
    name: String,
    /// What reads it.
    input: Option<&'p InputInfo>,
    /// It is read in percent.
    percentage: bool,
    /// Its cells are sums of others.
    summed: bool,
}

/// What becomes of a cell outside the declared range that would be added.
enum Outside {
    Refused,
    /// To the end of the range.
    Moved(f64),
}

/// Rows by their keys.
#[derive(Debug)]
pub(crate) struct Gather<'p> {
    columns: Vec<Made<'p>>,
    rows: Vec<Grown>,
    places: HashMap<Key, usize>,
    /// Empty cells of keys that have no row yet: their columns.
    held_back: HashMap<Key, Vec<(usize, At)>>,
    /// The row that was asked for last, and its key.
    last: Option<(Key, usize)>,
    when: When,
    reader: CellReader,
    /// Cells name the columns: one that no row of a key names is an empty cell where its file names it elsewhere.
    named_in_cells: bool,
    /// The columns that each file names.
    named: HashSet<(usize, usize)>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) more_conflicts: u64,
    /// Rows that are put together and are of different things.
    pub(crate) unlike: Unlike,
}

/// As many conflicts are kept.
const MOST: usize = 10;

impl<'p> Gather<'p> {
    pub(crate) fn new(when: Option<When>, named_in_cells: bool, reader: CellReader) -> Self {
        Self {
            columns: Vec::new(),
            rows: Vec::new(),
            places: HashMap::new(),
            held_back: HashMap::new(),
            last: None,
            when: when.unwrap_or_default(),
            reader,
            named_in_cells,
            named: HashSet::new(),
            conflicts: Vec::new(),
            more_conflicts: 0,
            unlike: Unlike::default(),
        }
    }

    pub(crate) fn adds(&self) -> bool {
        self.when == When::AddUp
    }

    /// Does one of several rows hold, whatever the others say?
    pub(crate) fn one_holds(&self) -> bool {
        matches!(self.when, When::LatestWins | When::FirstWins)
    }

    /// `latest wins`
    pub(crate) fn when(&self) -> &'static str {
        self.when.words()
    }

    /// The names of the columns.
    pub(crate) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|made| made.name.clone()).collect()
    }

    /// The place of a column.
    pub(crate) fn known(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|made| made.name == name)
    }

    /// The place of a column, which is new where there was none: what reads it, and whether in percent.
    pub(crate) fn column(&mut self, name: &str, read: Option<(&'p InputInfo, bool)>) -> usize {
        self.known(name).unwrap_or_else(|| {
            self.columns.push(Made {
                name: name.to_owned(),
                input: read.map(|(input, _)| input),
                percentage: read.is_some_and(|(_, percentage)| percentage),
                summed: false,
            });
            self.columns.len() - 1
        })
    }

    /// The cells of a column are sums.
    pub(crate) fn sums(&mut self, column: usize) {
        if let Some(made) = self.columns.get_mut(column) {
            made.summed = true;
        }
    }

    /// Begins a row or goes on with one of that key: its place.
    pub(crate) fn row(&mut self, key: Key, at: At) -> usize {
        let last = self.last.as_ref().filter(|(last, _)| *last == key);
        if let Some(place) = last.map(|(_, place)| *place) {
            self.is_of(place, at);
            return place;
        }
        let is_new = !self.places.contains_key(&key);
        let place = *self.places.entry(key.clone()).or_insert_with(|| {
            self.rows.push(Grown {
                at,
                cells: Vec::new(),
                files: Vec::new(),
            });
            self.rows.len() - 1
        });
        if is_new && let Some(held) = self.held_back.remove(&key) {
            for (column, at) in held {
                self.put(place, column, &Kept::Missing, at);
            }
        }
        self.last = Some((key, place));
        self.is_of(place, at);
        place
    }

    /// A file has a row of this key.
    fn is_of(&mut self, place: usize, at: At) {
        if let Some(row) = self.rows.get_mut(place)
            && !row.files.contains(&at.file)
        {
            row.files.push(at.file);
        }
    }

    /// Is there such a column for a row that has no cell of it?
    fn has_column(&self, row: &Grown, column: usize) -> bool {
        let mut files = row.files.iter();
        self.named_in_cells && files.any(|file| self.named.contains(&(*file, column)))
    }

    /// Is there a row of a key?
    pub(crate) fn has(&self, key: &Key) -> bool {
        self.places.contains_key(key)
    }

    /// Keeps in mind that a cell was empty, should there be a row of its key.
    pub(crate) fn hold_back(&mut self, key: &Key, column: usize, at: At) {
        let held = self.held_back.entry(key.clone()).or_default();
        held.push((column, at));
    }

    /// Is a column read by the rules?
    pub(crate) fn is_read(&self, column: usize) -> bool {
        self.columns
            .get(column)
            .is_some_and(|made| made.input.is_some())
    }

    fn slot(&mut self, row: usize, column: usize) -> Option<&mut Option<Slot>> {
        let row = self.rows.get_mut(row)?;
        if row.cells.len() <= column {
            row.cells.resize_with(column + 1, || None);
        }
        row.cells.get_mut(column)
    }

    /// Puts a part of the key, or what is only there to be read, in its place: the first one stays.
    pub(crate) fn keep(&mut self, row: usize, column: usize, value: &Kept, at: At) {
        if let Some(slot) = self.slot(row, column)
            && slot.as_ref().is_none_or(|slot| slot.value.is_missing())
        {
            *slot = Some(Slot::new(value.clone(), at));
        }
    }

    /// Puts a value in its place.
    pub(crate) fn put(&mut self, row: usize, column: usize, value: &Kept, at: At) {
        if self.named_in_cells {
            self.named.insert((at.file, column));
        }
        // What has no such column says nothing.
        if *value == Kept::NoColumn {
            return;
        }
        let Some(slot) = self.slot(row, column) else {
            return;
        };
        // A deletion holds until the value is given again.
        if *value == Kept::Unknown {
            *slot = Some(Slot::new(Kept::Unknown, at));
            return;
        }
        let Some(known) = slot.as_ref() else {
            *slot = Some(Slot::new(value.clone(), at));
            if self.adds() || self.one_holds() {
                self.unlike.meet(row, column, self.meets());
            }
            return;
        };
        let known = (known.value.clone(), known.at);
        let (one, other) = (self.given(column, &known.0), self.given(column, value));
        let no_sum = self.no_sum(column);
        if self.adds() && no_sum.is_none() {
            self.unlike.meet(row, column, Meets::InSum);
            let begun = self.slot(row, column);
            if begun.is_some_and(|slot| slot.as_mut().is_some_and(|slot| slot.begin())) {
                self.add(row, column, (one, &known.0), known.1);
            }
            self.add(row, column, (other, value), at);
            return;
        }
        if self.same((one, &known.0), (other, value)) {
            return;
        }
        let replace = match self.when {
            When::MustAgree | When::AddUp => {
                if other == Given::Missing {
                    return;
                }
                one == Given::Missing
            }
            When::LatestWins => {
                self.unlike.meet(row, column, Meets::OneHolds);
                true
            }
            When::FirstWins => {
                self.unlike.meet(row, column, Meets::OneHolds);
                return;
            }
        };
        if replace {
            if let Some(slot) = self.slot(row, column) {
                *slot = Some(Slot::new(value.clone(), at));
            }
        } else if self.conflicts.len() < MOST {
            let name = self.columns.get(column).map(|made| made.name.clone());
            self.conflicts.push(Conflict {
                key: self.key_of(row),
                column: name.unwrap_or_default(),
                first: (known.1, known.0.text()),
                second: (at, value.text()),
                adds: no_sum.filter(|_| self.adds()),
            });
        } else {
            self.more_conflicts += 1;
        }
    }

    /// Adds a cell to a sum.
    pub(crate) fn sum(&mut self, row: usize, column: usize, cell: &Kept, at: At) {
        let percentage = self.columns.get(column).is_some_and(|made| made.percentage);
        let given = match self.reader.value(cell.cell().counted(percentage)) {
            CellValue::Number(number) => Given::Value(number),
            CellValue::Missing => Given::Missing,
            CellValue::Truth(_) | CellValue::Text(_) => Given::Unreadable,
        };
        if given != Given::Missing {
            self.unlike.meet(row, column, Meets::InSum);
        }
        if let Some(slot) = self.slot(row, column) {
            slot.get_or_insert_with(|| Slot::nothing(at));
        }
        self.add(row, column, (given, cell), at);
    }

    /// Adds what a cell gives to the sum that is begun in a place.
    fn add(&mut self, row: usize, column: usize, (given, cell): (Given, &Kept), at: At) {
        let lenient = self.reader.is_lenient();
        let outside = self.outside(column, given);
        let Some(Some(slot)) = self.slot(row, column) else {
            return;
        };
        match outside {
            None => slot.add(given, cell, at, lenient),
            Some(Outside::Refused) => slot.refuse(cell, at),
            Some(Outside::Moved(end)) => {
                slot.add(Given::Value(end), &Kept::Number(end), at, lenient);
                slot.was_moved();
            }
        }
    }

    /// What becomes of a part of a sum that the declared range has no room for: counts have no parts below nothing,
    /// however high their sum is.
    fn outside(&self, column: usize, given: Given) -> Option<Outside> {
        let Given::Value(x) = given else {
            return None;
        };
        let input = self.columns.get(column)?.input?;
        // A part may be less than the least of whole sums; more than the most makes the sum too much itself.
        let (least, most) = (
            input.low.min(0.0),
            if input.low < 0.0 {
                input.high.max(0.0)
            } else {
                f64::INFINITY
            },
        );
        if x >= least && x <= most {
            return None;
        }
        let end = if x < least { least } else { most };
        Some(match input.on_violation {
            OnViolation::Clamp if end.is_finite() => Outside::Moved(end),
            OnViolation::Clamp | OnViolation::Missing | OnViolation::Reject => Outside::Refused,
        })
    }

    /// How rows meet that are there twice.
    fn meets(&self) -> Meets {
        if self.adds() {
            Meets::InSum
        } else {
            Meets::OneHolds
        }
    }

    /// A row of what was made as people read its key.
    pub(crate) fn key_of(&self, row: usize) -> String {
        let key = self.places.iter().find(|(_, place)| **place == row);
        key.map(|(key, _)| shown(key)).unwrap_or_default()
    }

    /// Adds one to a count.
    pub(crate) fn count(&mut self, row: usize, column: usize, at: At) {
        if let Some(slot) = self.slot(row, column) {
            slot.get_or_insert_with(|| Slot::nothing(at)).add(
                Given::Value(1.0),
                &Kept::Missing,
                at,
                false,
            );
        }
    }

    /// What a cell gives to what reads its column.
    fn given(&self, column: usize, cell: &Kept) -> Given {
        let made = self.columns.get(column);
        let cell = cell
            .cell()
            .counted(made.is_some_and(|made| made.percentage));
        match made.and_then(|made| made.input) {
            Some(input) => self.reader.given(input, cell),
            None => match self.reader.value(cell) {
                CellValue::Missing => Given::Missing,
                CellValue::Number(number) => Given::Value(number),
                CellValue::Truth(_) | CellValue::Text(_) => Given::Unreadable,
            },
        }
    }

    /// Why the cells of a column do not add up; none where they do.
    fn no_sum(&self, column: usize) -> Option<NoSum> {
        let made = self.columns.get(column)?;
        no_sum(made.input?, made.percentage)
    }

    fn same(&self, one: (Given, &Kept), other: (Given, &Kept)) -> bool {
        match (one.0, other.0) {
            (Given::Value(one), Given::Value(other)) => one == other,
            (Given::Missing, Given::Missing) => true,
            (Given::Unreadable, Given::Unreadable) => one.1.text() == other.1.text(),
            (Given::Value(_) | Given::Missing | Given::Unreadable, _) => false,
        }
    }

    /// What sums came to beside their values, by the names of their columns.
    pub(crate) fn lost(&self) -> Vec<(String, Lost)> {
        let mut all = vec![Lost::default(); self.columns.len()];
        for (column, made) in self.columns.iter().enumerate() {
            let is_added = self.adds() && self.no_sum(column).is_none();
            if !(made.summed || is_added) {
                continue;
            }
            let slots = self
                .rows
                .iter()
                .filter_map(|row| row.cells.get(column)?.as_ref());
            for slot in slots {
                let lost = slot.lost();
                if let Some(sum) = all.get_mut(column) {
                    sum.empty += lost.empty;
                    sum.unreadable += lost.unreadable;
                    sum.moved += lost.moved;
                }
            }
        }
        let names = self.columns.iter().map(|made| made.name.clone());
        names
            .zip(all)
            .filter(|(_, lost)| *lost != Lost::default())
            .collect()
    }

    /// All rows in the order of their keys, each with the file and row that it began with, or with those of
    /// a cell in it that cannot be read.
    pub(crate) fn into_rows(mut self) -> Vec<(At, Vec<Kept>)> {
        let width = self.columns.len();
        let mut keys: Vec<(Key, usize)> = std::mem::take(&mut self.places).into_iter().collect();
        keys.sort_unstable();
        let mut rows = Vec::with_capacity(keys.len());
        for (_, place) in keys {
            let Some(row) = self.rows.get_mut(place) else {
                continue;
            };
            let mut cells = std::mem::take(&mut row.cells);
            cells.resize_with(width, || None);
            let began = row.at;
            let elsewhere = cells.iter().enumerate().find(|(column, slot)| {
                slot.as_ref().is_some_and(|slot| {
                    slot.at != began
                        && (slot.is_refused()
                            || matches!(slot.value, Kept::Text(_))
                                && self.given(*column, &slot.value) == Given::Unreadable)
                        && self
                            .columns
                            .get(*column)
                            .is_some_and(|made| made.input.is_some())
                })
            });
            let at = elsewhere.and_then(|(_, slot)| slot.as_ref());
            let at = at.map_or(began, |slot| slot.at);
            let row = self.rows.get(place);
            let has = |column: usize| row.is_some_and(|row| self.has_column(row, column));
            let made = |column: usize| self.columns.get(column).is_some_and(|made| made.summed);
            let cells: Vec<Kept> = cells
                .into_iter()
                .enumerate()
                .map(|(column, slot)| match slot {
                    Some(slot) => slot.settled(made(column)),
                    None if has(column) => Kept::Missing,
                    None => Kept::NoColumn,
                })
                .collect();
            rows.push((at, cells));
        }
        rows
    }
}

/// `AVA, 2024-05`
pub(crate) fn shown(key: &Key) -> String {
    let (entity, within, period) = key;
    let parts = [entity, within, period].into_iter();
    let parts: Vec<&str> = parts
        .flat_map(|part| part.split('\u{1f}'))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
