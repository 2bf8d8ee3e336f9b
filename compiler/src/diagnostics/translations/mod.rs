//! Languages of the reader: translations files, and what a framework has of them.

use super::catalogue::CodeInfo;

mod held;
mod reading;

pub use held::*;
pub use reading::*;

pub(super) const CODES: &[&[CodeInfo]] = &[reading::CODES, held::CODES];
