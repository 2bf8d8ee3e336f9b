//! Factors: their members, their weights, and the way they are combined.

mod combining;
mod members;
mod weights;

pub use combining::*;
pub use members::*;
pub use weights::*;

use super::catalogue::CodeInfo;

pub(super) const CODES: &[&[CodeInfo]] = &[members::CODES, weights::CODES, combining::CODES];
