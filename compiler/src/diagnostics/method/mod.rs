//! Lints of method: told by `forewarn lint` alone.

mod of_rules;
mod on_data;

pub use of_rules::{NoDirection, SourceTwice, ThresholdUncited, WeightsOff};
pub use on_data::{AlertOneWay, LevelNeverReached, OneAnswer};

use super::catalogue::CodeInfo;

pub(super) const CODES: &[&[CodeInfo]] = &[of_rules::CODES, on_data::CODES];

/// Does `forewarn lint` alone tell this code?
#[must_use]
pub fn is_lint(code: &str) -> bool {
    code.starts_with("FW11")
}
