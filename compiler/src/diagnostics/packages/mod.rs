//! Packages: what a framework extends, where it lies and whether it is the one that was locked.

use super::catalogue::CodeInfo;

mod finding;
mod locking;

pub use finding::*;
pub use locking::*;

pub(super) const CODES: &[&[CodeInfo]] = &[finding::CODES, locking::CODES];
