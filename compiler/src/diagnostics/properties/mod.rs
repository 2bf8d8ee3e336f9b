//! Properties: what their words mean, and what came of them.

mod claims;
mod outcome;

pub use claims::*;
pub use outcome::*;

use super::catalogue::CodeInfo;

pub(super) const CODES: &[&[CodeInfo]] = &[claims::CODES, outcome::CODES];
