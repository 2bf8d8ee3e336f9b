//! Rows that are left out: those of entities that are no peers, such as the world.
//!
//! In: `except` of the panel, `--except`, and keys as they come. Out: whether a row is taken, and how many were not. A row
//! that is left out is not read at all, so that nothing in it can be wrong.

use super::{Batch, BindOptions, Cell};
use forewarn_diagnostics::source::Span;
use forewarn_plan::Plan;
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
    /// Where a recipe asks for it.
    pub(super) recipe: Option<Span>,
}

impl Except {
    /// What the panel leaves out, brought to one spelling as keys are, and what was asked for.
    pub(super) fn new(plan: &Plan, options: &BindOptions) -> Self {
        let left = |name: String, declared: Option<Span>| {
            let recipe = options.except_at.filter(|_| declared.is_none());
            (
                name,
                Left {
                    rows: 0,
                    declared,
                    recipe,
                },
            )
        };
        let declared = plan.panel.except.iter().map(|one| {
            let name = options.keys.apply(one.name.trim());
            left(name.into_owned(), Some(one.span))
        });
        let asked = options.except.iter().map(|name| left(name.clone(), None));
        Self {
            left: declared.chain(asked).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (&String, &Left)> {
        self.left.iter()
    }

    /// Is the entity with these keys left out, by the first of them or by more? Counts the row, if so.
    pub(super) fn takes<S: AsRef<str>>(&mut self, keys: &[S]) -> bool {
        let mut name = String::new();
        for key in keys {
            if !name.is_empty() {
                name.push('/');
            }
            name.push_str(key.as_ref());
            if let Some(left) = self.left.get_mut(&name) {
                left.rows += 1;
                return true;
            }
        }
        false
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
