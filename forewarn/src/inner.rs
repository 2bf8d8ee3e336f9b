//! What a compiled ruleset and its results share.

use std::sync::Arc;

use forewarn_compiler::translations::Words;
use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_runtime::program::Program;

use crate::error::Diagnostics;
use crate::options::Options;
use crate::ruleset::Ruleset;

/// What was compiled: rules, and what was decided outside them.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub rules: Ruleset,
    pub options: Options,
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
