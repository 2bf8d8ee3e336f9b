//! What a comparison of two frameworks shows.

use crate::comparison::Told;
use forewarn_compiler::difference::{Difference, Pair};
use forewarn_runtime::comparison::Effects;
use forewarn_runtime::period::PeriodForm;

/// What is shown, in any form.
pub(super) struct DiffView<'a> {
    pub(super) pair: &'a Pair,
    pub(super) differences: Vec<Difference>,
    pub(super) effects: Option<Effects>,
    pub(super) period: Option<PeriodForm>,
    /// Columns that the data does not have, which are read as missing throughout.
    pub(super) absent: Vec<String>,
    pub(super) limit: usize,
    /// What each change is called.
    pub(super) changes: Vec<String>,
}

impl DiffView<'_> {
    pub(super) fn told<'a>(&'a self, effects: &'a Effects) -> Told<'a> {
        Told {
            effects,
            changes: &self.changes,
            period: self.period,
            limit: self.limit,
            heading: "on the data",
            notes: Vec::new(),
        }
    }
}
