//! Tests in rule files: slips in writing them, and what comes out of running them.

mod expected;
mod given;
mod head;
mod outcome;

pub use expected::*;
pub use given::*;
pub use head::*;
pub use outcome::*;

use super::catalogue::CodeInfo;

pub(super) const CODES: &[&[CodeInfo]] =
    &[head::CODES, given::CODES, expected::CODES, outcome::CODES];
