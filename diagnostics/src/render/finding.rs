//! One finding, and how it is to look.

use crate::source::SourceMap;
use crate::{Diagnostic, Severity};
use std::sync::Arc;

/// A diagnostic and the sources that its spans belong to.
#[derive(Clone, Debug)]
pub struct Finding {
    pub diagnostic: Diagnostic,
    pub sources: Arc<SourceMap>,
}

/// How to render for people.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub color: bool,
    /// Columns of the terminal, where it is one.
    pub width: Option<usize>,
    /// How many findings are written; the others are counted. All where there is no number.
    pub most: Option<usize>,
}

/// `error` or `warning`
pub(super) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
