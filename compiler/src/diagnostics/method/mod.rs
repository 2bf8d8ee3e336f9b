//! Lints of method: told by `forewarn lint` alone, and by `forewarn test --mutate`.

mod by_tests;
mod of_rules;
mod on_data;

pub use by_tests::UnnoticedChange;
pub use of_rules::{NoDirection, SourceTwice, ThresholdUncited, WeightsNotTotal, WeightsOff};
pub use on_data::{AlertOneWay, LevelNeverReached, OneAnswer, ReviewDue};

use super::catalogue::CodeInfo;

pub(super) const CODES: &[&[CodeInfo]] = &[of_rules::CODES, on_data::CODES, by_tests::CODES];

/// Is this code told only where somebody asks for it?
#[must_use]
pub fn is_lint(code: &str) -> bool {
    code.starts_with("FW11")
}

/// Do the rules alone decide about this code? Others need data, or tests.
#[must_use]
pub fn is_lint_of_rules(code: &str) -> bool {
    code.starts_with("FW110")
}
