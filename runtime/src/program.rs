//! A Plan that is made ready once and applied often.
//!
//! In: a Plan and the outputs wanted. Out: a [`Program`] that any number of threads may share; machine
//! code is made the first time that it is needed and kept, for each phase of a Plan that compares peers.

use std::sync::Arc;

use forewarn_plan::{Plan, Stage};

use crate::codes::Codes;
use crate::form::{self, FormError};
use crate::native::{Level, RowProgram};
use crate::one_row::OneRow;
use crate::panel::Panel;
use crate::run::{Engine, Results, RunError, RunOptions, run_with};

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
    /// The Plan is malformed.
    Form(FormError),
}

impl std::fmt::Display for NoSingleRows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherRows(name) => write!(
                f,
                "`{name}` rests on other rows: earlier periods, or other entities"
            ),
            Self::Form(error) => error.fmt(f),
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

    /// Memory for evaluating one row at a time, by machine code where it can be made.
    ///
    /// # Errors
    /// An output wanted rests on other rows.
    pub fn row(&self) -> Result<OneRow, NoSingleRows> {
        self.row_by(Engine::default())
    }

    /// The same by an engine that is chosen; both give the same bits.
    ///
    /// # Errors
    /// As there.
    pub fn row_by(&self, engine: Engine) -> Result<OneRow, NoSingleRows> {
        form::check_plan(&self.plan, &self.wanted).map_err(NoSingleRows::Form)?;
        let outputs = self.wanted.iter();
        let outputs = outputs.filter_map(|&output| self.plan.outputs.get(output));
        let mut nodes = Vec::with_capacity(self.wanted.len());
        for output in outputs {
            let below = form::needed(&self.plan, std::iter::once(output.node));
            let mut below = below.into_iter().filter_map(|id| self.plan.node(id));
            if below.any(|node| node.op.stage() != Stage::RowLocal) {
                return Err(NoSingleRows::OtherRows(output.declaration.clone()));
            }
            nodes.push(output.node);
        }
        let native = match engine {
            Engine::Native => self
                .codes
                .shared(&self.plan, &self.wanted, Level::Full)
                .ok(),
            Engine::Interpreter => None,
        };
        let native = native.and_then(RowProgram::new).map(OneRow::native);
        Ok(native.unwrap_or_else(|| OneRow::interpreted(&self.plan, nodes)))
    }
}
