//! How open each value is: what is stated, what flows in, and what is declassified.
//!
//! In: declarations by name and the checked tree. Out: a [`Exposure`] for every value, and causes
//! where something is stated to be more open than what it rests on. A value is at least as
//! confidential as anything that flowed into it, through whatever construct: `flows` lists what does,
//! `judge` decides. It is as confidential as the column that it is read from (`columns`), and as the
//! frameworks below hold it (`held`); `declassified` is the one way out. No data is looked at, so what a run for an audience may show is known before it.
#![deny(clippy::wildcard_enum_match_arm)]

mod closed;
mod columns;
mod declassified;
mod flows;
mod held;
mod judge;

pub(crate) use closed::Held;
pub(crate) use flows::names_of;
pub(crate) use judge::judge;

pub use forewarn_plan::classification::{Classification, Declassified, Exposure};
