//! What a compiled ruleset and its results share.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use forewarn_compiler::translations::Words;
use forewarn_diagnostics::source::{Files, SourceMap};
use forewarn_plan::Plan;
use forewarn_runtime::program::Program;

use crate::error::Diagnostics;
use crate::options::Options;
use crate::state::State;

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

    /// With the words of clauses by which alerts stand where they do after an earlier run, though the rules now say
    /// otherwise.
    pub fn going_on(self: &Arc<Self>, state: &State) -> Arc<Self> {
        let plan = match state.with_words(self.plan()) {
            Cow::Borrowed(_) => return Arc::clone(self),
            Cow::Owned(plan) => plan,
        };
        Arc::new(Self {
            program: Program::new(Arc::new(plan), self.program.wanted().to_vec()),
            sealing: self.sealing.clone(),
            sources: Arc::clone(&self.sources),
            warnings: self.warnings.clone(),
            origin: self.origin.clone(),
            words: self.words.clone(),
        })
    }
}
