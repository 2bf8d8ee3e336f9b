//! Rows that are left out: those of entities that are no peers, such as the world.
//!
//! In: `except` of the panel, `--except`, and keys as they come. Out: whether a row is taken, and how many were not. A row
//! that is left out is not read at all, so that nothing in it can be wrong.

use super::builder::PanelBuilder;
use super::row_keys::key_text;
use super::{Batch, BindOptions, Cell, Record};
use crate::panel;
use forewarn_diagnostics::source::Span;
use forewarn_plan::Plan;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Entities that are left out, by their names as the panel spells them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Except {
    left: BTreeMap<String, Left>,
}

/// What is left out of one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Left {
    pub(super) rows: u64,
    /// Where the panel says so; none where it was asked for.
    pub(super) declared: Option<Span>,
}

impl Except {
    /// What the panel leaves out, brought to one spelling as keys are, and what was asked for.
    pub(super) fn new(plan: &Plan, options: &BindOptions) -> Self {
        let left = |name: String, declared| (name, Left { rows: 0, declared });
        let declared = plan.panel.except.iter().map(|one| {
            let name = options.keys.apply(one.name.trim());
            left(name.into_owned(), Some(one.span))
        });
        let asked = options.except.iter().map(|name| left(name.clone(), None));
        Self {
            left: declared.chain(asked).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (&String, &Left)> {
        self.left.iter()
    }

    /// Is this entity left out? Counts the row, if so.
    fn takes(&mut self, first: &str, within: Option<&str>) -> bool {
        let mut name = Cow::Borrowed(first);
        if let (None, Some(within)) = (self.left.get(first), within) {
            name = Cow::Owned(panel::shown(&panel::pair(first, within)).into_owned());
        }
        let left = self.left.get_mut(name.as_ref());
        let found = left.is_some();
        if let Some(left) = left {
            left.rows += 1;
        }
        found
    }
}

impl PanelBuilder<'_> {
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

/// Some rows of a batch.
pub(super) struct Chosen<'b, B> {
    pub(super) of: &'b B,
    /// Ascending.
    pub(super) rows: Vec<usize>,
}

impl<B: Batch> Batch for Chosen<'_, B> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn number(&self, row: usize) -> usize {
        self.rows.get(row).copied().unwrap_or(row)
    }

    fn each(&self, column: usize, mut take: impl FnMut(usize, Cell<'_>)) {
        let mut rows = self.rows.iter().enumerate().peekable();
        self.of.each(column, |at, cell| {
            if let Some((place, _)) = rows.next_if(|(_, row)| **row == at) {
                take(place, cell);
            }
        });
    }

    fn numbers(&self, column: usize, numbers: &mut Vec<f64>) -> bool {
        let mut all = Vec::new();
        if !self.of.numbers(column, &mut all) {
            return false;
        }
        numbers.extend(self.rows.iter().filter_map(|row| all.get(*row)));
        true
    }
}
