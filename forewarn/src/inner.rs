//! What a compiled ruleset and its results share.

use std::sync::Arc;

use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_runtime::program::Program;

use crate::error::Diagnostics;

#[derive(Debug)]
pub(crate) struct Inner {
    pub program: Program,
    /// Works out the declassified values that the program has as inputs.
    pub sealing: Option<Plan>,
    pub sources: Arc<SourceMap>,
    pub warnings: Diagnostics,
    pub map: Vec<(String, String)>,
}

impl Inner {
    pub fn plan(&self) -> &Plan {
        self.program.plan()
    }
}
