//! A Plan that is made ready once and applied often.
//!
//! In: a Plan and the outputs wanted. Out: a [`Program`] that any number of threads may share; machine
//! code is made the first time that it is needed and kept, for each phase of a Plan that compares peers.

use std::sync::Arc;

use forewarn_plan::{Plan, Stage};

use crate::codes::Codes;
use crate::native::{Level, NativeError, RowProgram};
use crate::panel::Panel;
use crate::run::{Results, RunError, RunOptions, run_with};

/// A Plan with the machine code that was made of it so far.
#[derive(Debug)]
pub struct Program {
    plan: Arc<Plan>,
    wanted: Vec<usize>,
    codes: Codes,
}

/// Why rows cannot be evaluated one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSingleRows {
    /// A result rests on earlier periods or on other entities; the declaration that first does.
    OtherRows(String),
    Native(NativeError),
}

impl std::fmt::Display for NoSingleRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherRows(name) => write!(
                f,
                "`{name}` rests on other rows: earlier periods, or other entities"
            ),
            Self::Native(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoSingleRows {}

impl Program {
    /// A program for these outputs, as indices of [`Plan::outputs`].
    #[must_use]
    pub fn new(plan: Arc<Plan>, wanted: Vec<usize>) -> Self {
        Self {
            plan,
            wanted,
            codes: Codes::kept(),
        }
    }

    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The outputs, in the order in which results come.
    #[must_use]
    pub fn wanted(&self) -> &[usize] {
        &self.wanted
    }

    /// Applies the program to a panel; its own outputs are what is wanted, whatever the options say.
    ///
    /// # Errors
    /// As [`run`](crate::run::run).
    pub fn run(&self, panel: &Panel, options: &RunOptions) -> Result<Results, RunError> {
        let options = RunOptions {
            wanted: Some(self.wanted.clone()),
            ..options.clone()
        };
        run_with(&self.plan, panel, &options, &self.codes)
    }

    /// Memory for evaluating one row at a time.
    ///
    /// # Errors
    /// An output wanted rests on other rows, or no machine code can be made.
    pub fn row(&self) -> Result<RowProgram, NoSingleRows> {
        let outputs = self.wanted.iter();
        for output in outputs.filter_map(|&output| self.plan.outputs.get(output)) {
            let below = crate::form::needed(&self.plan, std::iter::once(output.node));
            let mut nodes = below.into_iter().filter_map(|id| self.plan.node(id));
            if nodes.any(|node| node.op.stage() != Stage::RowLocal) {
                return Err(NoSingleRows::OtherRows(output.declaration.clone()));
            }
        }
        let program = self
            .codes
            .shared(&self.plan, &self.wanted, Level::Full)
            .map_err(NoSingleRows::Native)?;
        RowProgram::new(program).ok_or_else(|| NoSingleRows::OtherRows(String::new()))
    }
}
