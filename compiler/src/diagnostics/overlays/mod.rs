//! Overlays: what a framework changes of the one it extends.

use super::catalogue::CodeInfo;

mod changes;
mod forms;

pub use changes::*;
pub use forms::*;

pub(super) const CODES: &[&[CodeInfo]] = &[changes::CODES, forms::CODES];
