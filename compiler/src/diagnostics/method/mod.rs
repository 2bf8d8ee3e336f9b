//! Lints of method: told by `forewarn lint` .

mod of_rules;

pub use of_rules::{NoDirection, SourceTwice, ThresholdUncited, WeightsNotTotal, WeightsOff};
