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
        let form = &self.options.keys;
        let keys = self.binding.keys.iter();
        let keys = keys.map_while(|column| key_text(record.cell(*column), form));
        let keys: Vec<Cow<'_, str>> = keys.collect();
        self.except.takes(&keys)
    }

    /// Which rows of a batch are taken; none where all of them are.
    pub(super) fn taken(&mut self, batch: &impl Batch) -> Option<Vec<usize>> {
        if self.except.is_empty() {
            return None;
        }
        let form = self.options.keys.clone();
        let mut keys: Vec<Vec<Option<String>>> = vec![Vec::new(); batch.rows()];
        for column in &self.binding.keys {
            batch.each(*column, |at, cell| {
                if let Some(keys) = keys.get_mut(at) {
                    keys.push(key_text(cell, &form).map(Cow::into_owned));
                }
            });
        }
        let taken = keys.iter().enumerate().filter(|(_, keys)| {
            let known: Vec<&String> = keys.iter().map_while(Option::as_ref).collect();
            !self.except.takes(&known)
        });
        let taken: Vec<usize> = taken.map(|(row, _)| row).collect();
        (taken.len() < keys.len()).then_some(taken)
    }
}
