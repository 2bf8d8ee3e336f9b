//! The panel: observations in columns, sorted once, ready for the evaluators.

/// Observations by entity and period, sorted by entity (bytewise) and period, without duplicates.
/// Column `i` belongs to the Plan's input `i`; NaN is missing; values already lie in the declared
/// ranges (the policy for violations has been applied and counted).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The distinct entities, sorted.
    pub entities: Vec<String>,
    /// For each row, the index of its entity.
    pub entity_of: Vec<u32>,
    /// For each row, its period (see `PeriodKind`); empty in a cross-section.
    pub periods: Vec<i64>,
    /// One per input of the Plan, each as long as there are rows.
    pub columns: Vec<Vec<f64>>,
}

impl Panel {
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entity_of.len()
    }
}
