//! What a compiled ruleset and its results share.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use forewarn_compiler::translations::Words;
use forewarn_diagnostics::source::{Files, SourceMap};
use forewarn_plan::Plan;
use forewarn_runtime::program::Program;

use crate::error::Diagnostics;
use crate::options::Options;

/// What was compiled: rules, and what was decided outside them.
#[derive(Clone)]
pub(crate) struct Origin {
    pub entry: PathBuf,
    pub files: Arc<dyn Files + Send + Sync>,
    pub options: Options,
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("entry", &self.entry)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub program: Program,
    /// Works out the declassified values that the program has as inputs.
    pub sealing: Option<Plan>,
    pub sources: Arc<SourceMap>,
    pub warnings: Diagnostics,
    pub origin: Origin,
    /// Of the language asked for.
    pub words: Option<Words>,
}

impl Inner {
    pub fn plan(&self) -> &Plan {
        self.program.plan()
    }
}
