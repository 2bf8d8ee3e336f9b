//! Rows that are there and should not be counted, or not, and should be.
//!
//! In: the rows of events that are summed up, and those behind a footer or below a range. Out: rows that two files
//! have, which is how deliveries overlap, and rows behind the end that have keys and values. Both are told.

use super::Pipe;
use super::noted::Repeats;
use crate::grid::Cells;
use crate::recipe::gather::{At, Gather};
use forewarn_diagnostics::Reports;
use forewarn_runtime::bind::sums_up;
use forewarn_runtime::causes::data::{Behind, DataBehindEnd, SameInTwoFiles};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

impl Repeats {
    /// Notes a row: has another file the same?
    pub(super) fn note(&mut self, row: &impl Cells, width: usize, at: At) -> bool {
        let mut hasher = DefaultHasher::new();
        for column in 0..width {
            row.text(column).hash(&mut hasher);
        }
        let first = *self.known.entry(hasher.finish()).or_insert(at);
        if first.file != at.file {
            self.found.get_or_insert((first, at, 0)).2 += 1;
        }
        first.file != at.file
    }
}

impl Pipe<'_> {
    /// Are all rows of several files counted, where some may be there twice? Where an audience may not see all of a
    /// row, nobody knows that two are the same.
    pub(super) fn adds_events(&self) -> bool {
        let adds = !self.recipe.sum.is_empty() || self.gather.as_ref().is_some_and(Gather::adds);
        adds && !self.has_once() && self.hidden.is_empty() && !self.bind.sheltered && self.stacked
    }

    pub(super) fn tell_repeats(&self, warnings: &mut Reports) {
        if let Some((first, second, rows)) = self.repeats.found {
            warnings.add(SameInTwoFiles {
                first: self.place(first),
                second: self.place(second),
                rows,
                when: self
                    .recipe
                    .when
                    .filter(|_| !self.recipe.sum.is_empty())
                    .map(crate::recipe::When::words),
                recipe: self.recipe.span,
            });
        }
    }

    /// Looks at a row behind a footer.
    pub(super) fn note_footer(&mut self, number: u64, row: &impl Cells) {
        if self.frame.is_behind() {
            let words = self.recipe.frame.footer.clone();
            self.note_beyond(number, row, Behind::Footer(words));
        }
    }

    /// Looks at a row behind the end of what is read.
    pub(crate) fn note_beyond(&mut self, number: u64, row: &impl Cells, behind: Behind) {
        let entity = self.layout.as_ref().and_then(|layout| {
            let first = layout.keys.first().copied().flatten()?;
            Some(row.text(first))
        });
        if row.is_blank()
            || entity.is_some_and(|entity| sums_up(&entity))
            || !(self.is_named(row) && self.gives_values(row))
        {
            return;
        }
        let at = self.at(number);
        match self.beyond.last_mut() {
            Some((first, _, rows)) if first.file == at.file => *rows += 1,
            _ => self.beyond.push((at, behind, 1)),
        }
    }

    pub(super) fn tell_beyond(&mut self, warnings: &mut Reports) {
        for (at, behind, rows) in std::mem::take(&mut self.beyond) {
            warnings.add(DataBehindEnd {
                place: self.place(at),
                behind,
                rows,
                recipe: self.recipe.span,
            });
        }
    }
}
