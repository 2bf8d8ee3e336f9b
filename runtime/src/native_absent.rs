//! A build without machine code, for machines that Cranelift does not know: browsers among them.
//!
//! Nothing can be compiled, which is told; the interpreter gives the same bits.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use forewarn_plan::{FaultId, Plan};

pub use crate::effort::{Level, NativeError};
use crate::faults::FaultLog;
use crate::rows::Source;

/// Rows that evaluators take together.
pub(crate) const ROWS: usize = 4;

/// A good number of rows for a chunk.
pub(crate) fn chunk(_: &Plan) -> usize {
    1024
}

/// There is none.
#[derive(Debug)]
pub struct NativeProgram<'p> {
    never: Infallible,
    plan: PhantomData<&'p Plan>,
}

fn absent() -> NativeError {
    NativeError(
        "this build of the tool has no machine code: `cargo install --path cli` builds it"
            .to_owned(),
    )
}

impl NativeProgram<'static> {
    /// Nothing.
    ///
    /// # Errors
    /// Always.
    pub fn shared(_: Arc<Plan>, _: &[usize], _: Level) -> Result<Self, NativeError> {
        Err(absent())
    }
}

impl<'p> NativeProgram<'p> {
    /// Nothing.
    ///
    /// # Errors
    /// Always.
    pub fn compile(_: &'p Plan, _: &[usize], _: Level) -> Result<Self, NativeError> {
        Err(absent())
    }

    pub(crate) fn plan(&self) -> &Plan {
        match self.never {}
    }

    pub(crate) fn evaluate_rows(
        &self,
        _: &Source,
        _: Range<usize>,
        _: &mut [&mut [f64]],
        _: usize,
    ) -> FaultLog {
        match self.never {}
    }
}

/// There is none.
#[derive(Debug)]
pub struct RowProgram {
    never: Infallible,
}

impl RowProgram {
    /// `None`.
    #[must_use]
    pub fn new(program: Arc<NativeProgram<'static>>) -> Option<Self> {
        match program.never {}
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        match self.never {}
    }

    /// Never called.
    pub fn set(&mut self, _: usize, _: f64) {
        match self.never {}
    }

    /// Never called.
    pub fn evaluate(&mut self) {
        match self.never {}
    }

    /// Never called.
    #[must_use]
    pub fn get(&self, _: usize) -> f64 {
        match self.never {}
    }

    /// Never called.
    pub fn take_faults(&mut self) -> Vec<FaultId> {
        match self.never {}
    }
}
