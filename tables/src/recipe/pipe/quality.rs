//! A column that says of the values beside it how good they are: `OBS_STATUS`, `OBS_FLAG`.
//!
//! In: rows whose values are read. Out: what it says of how many of them, as far as that is something, and where it
//! says first that a value is none. The values are read all the same.

use super::Pipe;
use super::layout::Layout;
use super::noted::Marks;
use crate::grid::Cells;
use crate::recipe::gather::At;
use forewarn_diagnostics::DataPlace;
use forewarn_runtime::bind::{Quality, quality, tells_quality};
use forewarn_runtime::causes::data::MarkedNoValue;
use std::cmp::Reverse;

/// More words are told in numbers of no one.
const MOST: usize = 12;

impl Marks {
    /// Is there nothing to look at in the file at hand?
    pub(super) fn is_idle(&self) -> bool {
        self.column.is_none()
    }
}

impl Pipe<'_> {
    /// Finds such a column of a file.
    pub(super) fn find_marks(&mut self, layout: &Layout) {
        self.marks.column = None;
        // Words of columns that nobody reads are not shown to every audience.
        if self.bind.sheltered {
            return;
        }
        let chosen = self.recipe.rows.iter().flat_map(|rows| rows.columns());
        let chosen: Vec<String> = chosen.collect();
        let is_held = |column: usize| layout.held.iter().any(|held| held.column == column);
        let mut columns = layout.names.iter().enumerate().filter(|(column, name)| {
            let free = !layout.is_key(*column) && !is_held(*column) && !self.is_read(name);
            free && !chosen.contains(name) && tells_quality(name)
        });
        if let Some((column, name)) = columns.next() {
            let name = name.clone();
            self.marks.column = Some(column);
            self.marks.name = name;
        }
    }

    /// Notes what it says in a row, if a value of the row is read.
    pub(super) fn note_marks(
        &mut self,
        layout: &Layout,
        at: At,
        row: &impl Cells,
        target: Option<&str>,
    ) {
        let Some(column) = self.marks.column else {
            return;
        };
        let text = row.text(column);
        let Some(said) = quality(&text) else {
            return;
        };
        let has_value = |column: usize| !row.is_missing(column);
        let speaks = match (layout.long, target) {
            (Some((_, Some(value))), Some(target)) => {
                self.read_by(target).is_some() && has_value(value)
            }
            _ => layout.names.iter().enumerate().any(|(column, name)| {
                let held = layout.held.iter().any(|held| held.column == column);
                let summed = || self.sums_column(name);
                let is_read = held || self.read_by(name).is_some() || summed();
                is_read && !layout.is_key(column) && has_value(column)
            }),
        };
        if !speaks {
            return;
        }
        if said == Quality::NoValue {
            let none = self.marks.none.get_or_insert((at, text.clone(), 0));
            none.2 += 1;
        }
        *self.marks.words.entry(text).or_default() += 1;
    }

    /// What was said in all files, the most frequent first, with the name of the column.
    pub(super) fn marks_told(&self) -> Option<(String, Vec<(String, u64)>)> {
        let words = self.marks.words.iter();
        let mut words: Vec<(String, u64)> =
            words.map(|(word, times)| (word.clone(), *times)).collect();
        words.sort_by_key(|(_, times)| Reverse(*times));
        words.truncate(MOST);
        (!words.is_empty()).then(|| (self.marks.name.clone(), words))
    }

    /// Values that are none by what is said beside them.
    pub(super) fn marked_no_value(&self) -> Option<MarkedNoValue> {
        let (at, word, times) = self.marks.none.as_ref()?;
        Some(MarkedNoValue {
            place: DataPlace {
                column: Some(self.marks.name.clone()),
                ..self.place(*at)
            },
            word: word.clone(),
            values: *times,
            recipe: self.recipe.span,
        })
    }
}
