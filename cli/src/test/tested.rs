//! What came of the tests of a ruleset, as the forms of results read it.

use super::recipes::Way;
use forewarn_compiler::part::Home;
use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::source::{FileId, SourceMap, Span};
use forewarn_runtime::testing::{Anew, Cases, Covered};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A test that was run.
pub(super) struct Ran {
    pub(super) label: String,
    pub(super) span: Span,
    pub(super) compared: usize,
    pub(super) failures: Vec<Told>,
    /// Of a table: its file and the cells that would have to be others.
    pub(super) table: Option<TableRan>,
    /// What each expectation of a test in a rule file would have to say.
    pub(super) anew: Vec<(Span, Anew)>,
    /// Of a test of what is extended: what moves it.
    pub(super) moved: Option<Moved>,
    /// Of a property: what came of it.
    pub(super) verdict: Option<String>,
}

/// A table that was run.
pub(super) struct TableRan {
    pub(super) path: PathBuf,
    /// As it stands, since a copy out of an archive does not stay.
    pub(super) bytes: Vec<u8>,
    pub(super) cells: Vec<NewCell>,
    /// It was read by a recipe, so that cells do not stand where they are read.
    pub(super) by_recipe: bool,
}

impl Ran {
    pub(super) fn new(label: &str, span: Span) -> Self {
        Self {
            label: label.to_owned(),
            span,
            compared: 0,
            failures: Vec::new(),
            table: None,
            anew: Vec::new(),
            moved: None,
            verdict: None,
        }
    }

    /// The file that says what is expected.
    pub(super) fn file(&self) -> FileId {
        let first = self.anew.first();
        first.map_or(self.span.file, |(span, _)| span.file)
    }
}

/// A ruleset that was tested.
pub(super) struct Tested {
    pub(super) path: String,
    /// Where its own files lie, and which they are.
    pub(super) home: Home,
    pub(super) sources: Arc<SourceMap>,
    pub(super) tests: Vec<Ran>,
    /// Columns of tables that say nothing, told once.
    pub(super) notes: Vec<String>,
    /// What of the ruleset its tests show, where that is asked for.
    pub(super) coverage: Vec<Covered>,
    /// How tables are read; absent where there are none.
    pub(super) cases: Option<Cases>,
    /// By test, the recipe by which its table was read.
    pub(super) ways: BTreeMap<String, Way>,
}

impl Tested {
    pub(super) fn new(path: &Path, home: Home, sources: Arc<SourceMap>) -> Self {
        Self {
            path: path.display().to_string(),
            home,
            sources,
            tests: Vec::new(),
            notes: Vec::new(),
            coverage: Vec::new(),
            cases: None,
            ways: BTreeMap::new(),
        }
    }

    pub(super) fn failed(&self) -> usize {
        self.tests
            .iter()
            .filter(|test| !test.failures.is_empty())
            .count()
    }
}

/// A failure with its words.
pub(super) struct Told {
    pub diagnostic: Diagnostic,
    pub row: String,
    pub expected: String,
    pub actual: String,
    /// Of a table of cases: file, column, key.
    pub cell: Option<(String, String, String)>,
}

/// A cell to be written anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewCell {
    pub column: String,
    /// Of the panel.
    pub row: usize,
    pub text: String,
}

/// What moves a test of what is extended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    /// Changes of the ruleset, in words; and the reasons that it gives for them.
    By { words: String, because: String },
    /// None: it fails without them, too.
    Already,
}
