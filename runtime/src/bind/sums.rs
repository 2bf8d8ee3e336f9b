//! What adds up and what does not.
//!
//! In: an indicator. Out: why the values of two rows have no sum that would be one of both. Counts of things
//! add up; percentages, rates and indices do not, and a sum of them looks like any other value.

use forewarn_plan::{InputInfo, InputKind, Plan};

/// Why values have no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSum {
    /// It is no number.
    NoNumber,
    Percentage,
    /// So much of one thing for so much of another.
    Rate,
    /// A plain number of 0..1.
    Share,
    /// A plain number of a narrow range: an index, a score, or a count without a unit.
    Index,
}

impl NoSum {
    /// Is it so whatever people mean by it?
    #[must_use]
    pub fn is_certain(self) -> bool {
        self != Self::Index
    }
}

/// The same of an input of a Plan.
#[must_use]
pub fn no_sum_of(plan: &Plan, input: &InputInfo) -> Option<NoSum> {
    let at = plan.inputs.iter().position(|one| one.name == input.name);
    no_sum(input, at.is_some_and(|at| plan.percentages.contains(&at)))
}

/// Why the values of an indicator do not add up; none where they do.
#[must_use]
pub fn no_sum(input: &InputInfo, percentage: bool) -> Option<NoSum> {
    /// What is plain and counted goes further.
    const NARROW: f64 = 100.0;
    if input.kind != InputKind::Number {
        Some(NoSum::NoNumber)
    } else if percentage {
        Some(NoSum::Percentage)
    } else if input.unit.contains('/') {
        Some(NoSum::Rate)
    } else if !input.unit.is_empty() || input.low == f64::NEG_INFINITY {
        None
    } else if input.high <= 1.0 {
        Some(NoSum::Share)
    } else {
        (input.high <= NARROW).then_some(NoSum::Index)
    }
}
