//! Leaves rows out while a table is read: those of entities that are no peers.

use super::builder::PanelBuilder;
use super::cells::key_text;
use super::{Batch, Record};
use std::borrow::Cow;

impl PanelBuilder<'_> {
    /// Is there anything that is left out?
    pub(super) fn leaves_any_out(&self) -> bool {
        !self.except.is_empty()
    }

    /// Is this row left out?
    pub(super) fn leaves_out(&mut self, record: &impl Record) -> bool {
        if self.except.is_empty() {
            return false;
        }
        let cells = (
            record.cell(self.binding.entity),
            self.binding.within.map(|within| record.cell(within)),
        );
        let form = &self.options.keys;
        let first = key_text(cells.0, form);
        let within = cells.1.and_then(|cell| key_text(cell, form));
        first.is_some_and(|first| self.except.takes(&first, within.as_deref()))
    }

    /// Which rows of a batch are taken; none where all of them are.
    pub(super) fn taken(&mut self, batch: &impl Batch) -> Option<Vec<usize>> {
        if self.except.is_empty() {
            return None;
        }
        let form = self.options.keys.clone();
        let keys = |column: usize| {
            let mut keys: Vec<Option<String>> = Vec::with_capacity(batch.rows());
            batch.each(column, |_, cell| {
                keys.push(key_text(cell, &form).map(Cow::into_owned));
            });
            keys
        };
        let firsts = keys(self.binding.entity);
        let withins = self.binding.within.map(keys);
        let taken = firsts.iter().enumerate().filter(|(row, first)| {
            let within = withins.as_ref().and_then(|keys| keys.get(*row)?.as_deref());
            !first
                .as_ref()
                .is_some_and(|first| self.except.takes(first, within))
        });
        let taken: Vec<usize> = taken.map(|(row, _)| row).collect();
        (taken.len() < firsts.len()).then_some(taken)
    }
}
