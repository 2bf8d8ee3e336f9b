//! Where words stand: a span of the grammar, in its file.

use forewarn_grammar::ast;

use crate::source::{FileId, Span};

/// A span of the grammar, in its file.
#[must_use]
pub fn at(file: FileId, span: ast::Span) -> Span {
    Span {
        file,
        start: span.start,
        end: span.end,
    }
}
