//! What is wrong, as data: what a message is, where it points, and what is known of each code.
//!
//! In: nothing but spans and words. Out: a [`Diagnostic`] for whoever renders. Causes are declared with
//! [`cause!`] beside what finds them; their pages are `docs/diagnostics/*.md`. This crate knows neither
//! rules nor data.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod beside;
mod cause;
pub mod paint;
pub mod register;
pub mod render;
pub mod sheltered;
pub mod source;
pub mod suggest;
pub mod toml_text;
pub mod toml_words;
pub mod wording;

#[doc(hidden)]
pub use cause::same_words;
pub use register::{CodeInfo, FAMILIES, Traits, all, info, nearest, page};

use source::Span;
use std::fmt;

/// `FW0123`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

impl Code {
    /// Is it of this kind? See [`Traits`].
    #[must_use]
    pub fn has(self, traits: Traits) -> bool {
        info(self.0).is_some_and(|info| info.traits.has(traits))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Warning,
    Error,
}

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Words of a rule file.
    Source(Span),
    /// A cell, a row, a column or the whole of a data file.
    Data(DataPlace),
    /// A file or folder as such.
    File(String),
    /// Words of the command line.
    CommandLine,
}

/// A place in a data file. Rows count from 1, the header is row 1 (so the first record is row 2);
/// for formats without a header line the first record is row 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataPlace {
    pub file: String,
    pub row: Option<u64>,
    pub column: Option<String>,
    /// The row's key, where it is known: `NOR, 2020`.
    pub key: Option<String>,
    /// The record as it stands in the file and the byte range of the cell in it, for marking.
    pub line: Option<(String, std::ops::Range<usize>)>,
}

/// A marked place with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// What to do; with `edits` a tool can do it: each replaces a span by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    pub text: String,
    pub edits: Vec<(Span, String)>,
}

/// A diagnostic ready to be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// What is wrong: lower case, no full stop.
    pub title: String,
    pub primary: Label,
    pub secondary: Vec<Label>,
    /// Why it matters.
    pub notes: Vec<String>,
    pub help: Vec<Help>,
}

/// A cause: the data of one diagnostic.
pub trait Cause: fmt::Debug + Send + Sync {
    fn code(&self) -> Code;
    fn severity(&self) -> Severity;
    fn describe(&self) -> Diagnostic;
}

/// Causes in the order they were found.
#[derive(Debug, Default)]
pub struct Reports {
    causes: Vec<Box<dyn Cause>>,
}

impl Reports {
    pub fn add(&mut self, cause: impl Cause + 'static) {
        self.causes.push(Box::new(cause));
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.causes
            .iter()
            .any(|cause| cause.severity() == Severity::Error)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.causes.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &dyn Cause> {
        self.causes.iter().map(AsRef::as_ref)
    }

    /// Keeps the causes of which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&dyn Cause) -> bool) {
        self.causes.retain(|cause| keep(cause.as_ref()));
    }

    pub fn append(&mut self, mut other: Self) {
        self.causes.append(&mut other.causes);
    }
}
