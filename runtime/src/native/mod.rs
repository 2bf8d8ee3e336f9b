//! The native backend: a Plan as machine code, the same bits as the interpreter.
//!
//! In: a well-formed Plan and the outputs wanted. Out: a [`NativeProgram`] that fills the outputs'
//! columns. Cranelift is named in this module family alone, and so is `unsafe`.
//!
//! A Plan becomes a handful of kernels, each about the size of a factor: one function per ruleset
//! would read more columns at once than the hardware follows, and one per operation would write
//! every intermediate value to memory. Rows go through all kernels in chunks that stay in the cache.

#![allow(
    clippy::indexing_slicing,
    reason = "nodes, inputs and outputs are checked by `form` before they get here"
)]

mod division;
mod emit;
mod evaluate;
mod function;
mod jit;
mod lanes;
mod math;
mod partition;
mod schedule;
mod truths;

pub(crate) use evaluate::CHUNK;
pub(crate) use lanes::ROWS;

use forewarn_compiler::plan::{FaultId, NodeId, Plan};

use crate::form::{self, FormError};
use jit::Code;
use partition::Partition;

/// How much work goes into compiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Compiles several times faster, runs slower: for few rows.
    Quick,
    Full,
}

impl Level {
    /// What pays off for so many rows: compiling fully costs some microseconds more for each node,
    /// and saves a fraction of a nanosecond for each node and row.
    #[must_use]
    pub fn for_rows(rows: usize) -> Self {
        if rows < 100_000 {
            Self::Quick
        } else {
            Self::Full
        }
    }
}

/// Why a Plan could not be compiled: a limit of this processor or of the backend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NativeError(String);

impl std::fmt::Display for NativeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "native code could not be made: {}", self.0)
    }
}

impl std::error::Error for NativeError {}

impl From<FormError> for NativeError {
    fn from(error: FormError) -> Self {
        Self(error.to_string())
    }
}

/// A Plan compiled for some of its outputs.
pub struct NativeProgram<'p> {
    plan: &'p Plan,
    code: Code,
    /// How many scratch columns a chunk needs.
    scratch: usize,
    /// The node that each output wanted shows.
    outputs: Vec<NodeId>,
    /// Outputs wanted that show the same node as an earlier one: their place and its place.
    copies: Vec<(usize, usize)>,
    /// Where operations without a result are counted, sorted by fault.
    faults: Vec<(FaultId, NodeId)>,
}

impl std::fmt::Debug for NativeProgram<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NativeProgram")
            .field("kernels", &self.code.kernels.len())
            .field("scratch", &self.scratch)
            .field("outputs", &self.outputs)
            .finish_non_exhaustive()
    }
}

impl<'p> NativeProgram<'p> {
    /// Compiles what the outputs wanted need (indices into [`Plan::outputs`]), in time linear in
    /// nodes.
    ///
    /// # Errors
    /// The Plan is malformed, or Cranelift cannot compile it for this processor.
    pub fn compile(plan: &'p Plan, wanted: &[usize], level: Level) -> Result<Self, NativeError> {
        form::check_plan(plan, wanted)?;
        let outputs: Vec<NodeId> = wanted
            .iter()
            .map(|&output| plan.outputs[output].node)
            .collect();
        let mut first_output = vec![None; plan.nodes.len()];
        let mut copies = Vec::new();
        for (place, node) in outputs.iter().enumerate() {
            match first_output[node.index()] {
                Some(first) => copies.push((place, first as usize)),
                None => first_output[node.index()] = u32::try_from(place).ok(),
            }
        }
        let order = schedule::schedule(plan, &outputs);
        let Partition { kernels, scratch } = partition::partition(plan, &order, &first_output);
        let code = jit::compile(plan, &kernels, level)?;
        let mut faults: Vec<(FaultId, NodeId)> = order
            .iter()
            .filter_map(|&id| Some((plan.nodes[id.index()].checked?, id)))
            .collect();
        faults.sort_unstable();
        let scratch = scratch as usize;
        Ok(Self {
            plan,
            code,
            scratch,
            outputs,
            copies,
            faults,
        })
    }

    /// How many native functions the Plan became.
    #[must_use]
    pub fn kernels(&self) -> usize {
        self.code.kernels.len()
    }
}
