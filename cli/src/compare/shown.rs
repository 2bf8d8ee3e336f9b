//! What came of a comparison, in any form.

use super::moved::Moved;
use super::revised;
use crate::comparison::Told;
use forewarn_runtime::comparison::Effects;
use forewarn_runtime::period::PeriodForm;

/// What came of it, in any form.
pub(super) struct ComparisonView {
    /// The two, as they were given.
    pub(super) first: String,
    pub(super) second: String,
    /// What is the same and what differs beside the results, in lines.
    pub(super) rules: String,
    pub(super) data: Vec<String>,
    pub(super) further: Vec<String>,
    pub(super) effects: Effects,
    /// What each change is called; empty where nothing is known of causes.
    pub(super) changes: Vec<String>,
    pub(super) period: Option<PeriodForm>,
    pub(super) limit: usize,
    /// For each effect, the values of the data that it rests on and that were revised.
    pub(super) values: Vec<Vec<revised::Value>>,
    /// Whose level moved from the latest period of the first to the latest of the second, where that is later.
    pub(super) moved: Option<Moved>,
}

impl ComparisonView {
    pub(super) fn told(&self) -> Told<'_> {
        Told {
            effects: &self.effects,
            changes: &self.changes,
            period: self.period,
            limit: self.limit,
            heading: "results",
            notes: self
                .values
                .iter()
                .map(|values| revised::note(values))
                .collect(),
        }
    }
}
