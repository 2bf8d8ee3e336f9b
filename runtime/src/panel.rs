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
    /// The rows, ascending, that no data has: they stand for periods between an entity's first and
    /// last one, so that looking along time meets every period. All their cells are missing, apart
    /// from carried values and from what a slower file or one without periods says of them. Empty
    /// unless the Plan looks along time. They are not written as results.
    pub gaps: Vec<usize>,
    /// The cells that were carried forward, by input, as ascending rows.
    pub carried: Vec<Vec<usize>>,
}

impl Panel {
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entity_of.len()
    }
}
