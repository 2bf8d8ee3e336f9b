//! What can go wrong, with its diagnostics ready to be shown.

use std::fmt;
use std::sync::Arc;

use forewarn_diagnostics::render::{Findings, Format, Look};
use forewarn_diagnostics::source::SourceMap;
use forewarn_diagnostics::{Diagnostic, Reports};
use forewarn_runtime::run::RunError;

use crate::state::Refused;

/// Findings about rules or data, with the texts that they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    sources: Arc<SourceMap>,
}

impl Diagnostics {
    pub(crate) fn of(reports: &Reports, sources: &Arc<SourceMap>) -> Self {
        Self {
            list: reports.iter().map(|cause| cause.describe()).collect(),
            sources: Arc::clone(sources),
        }
    }

    /// In the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// As text, in one of the forms that the command line has.
    #[must_use]
    pub fn render(&self, format: Format, look: Look) -> String {
        let mut findings = Findings::default();
        for diagnostic in &self.list {
            findings.add(diagnostic.clone(), &self.sources);
        }
        findings.render(format, look, &forewarn_diagnostics::render::rule_page)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let look = Look {
            color: false,
            width: None,
            most: None,
        };
        f.write_str(&self.render(Format::Human, look))
    }
}

/// Why there is no result.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// Something is wrong with the rules.
    Rules(Diagnostics),
    /// Something is wrong with the data, or they do not fit the rules.
    Data(Diagnostics),
    /// There is no such entity, period, column or value; what there is instead, in words.
    Unknown(String),
    /// The rules cannot be applied in this way: to single rows, or by machine code on this processor.
    CannotRun(String),
}

impl Error {
    /// What was found; nothing for names that are not known.
    #[must_use]
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match self {
            Self::Rules(found) | Self::Data(found) => Some(found),
            Self::Unknown(_) | Self::CannotRun(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules(found) | Self::Data(found) => found.fmt(f),
            Self::Unknown(words) | Self::CannotRun(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Error {}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::CannotRun(refused.to_string())
    }
}

pub(crate) fn cannot_run(error: &RunError) -> Error {
    Error::CannotRun(error.to_string())
}
