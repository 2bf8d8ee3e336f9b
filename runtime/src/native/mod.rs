//! The native backend: a Plan as machine code, the same bits as the interpreter.
//!
//! In: a well-formed Plan and the outputs wanted. Out: a [`NativeProgram`] that fills the outputs'
//! columns. Cranelift is named in this module family alone, and so is `unsafe`.
//!
//! A Plan becomes a handful of kernels, each about the size of a factor: one function per ruleset
//! would read more columns at once than the hardware follows, and one per operation would write
//! every intermediate value to memory. Rows go through all kernels in chunks that stay in the cache.
//! Looks along time stand between kernels as loops over columns: they carry something from row to
//! row, which kernels, several rows side by side, cannot. Chunks are then whole entities. What rests on
//! its own past is a kernel that goes from period to period, with several entities side by side.
#![deny(clippy::wildcard_enum_match_arm)]
#![allow(
    clippy::indexing_slicing,
    reason = "nodes, inputs and outputs are checked by `form` before they get here"
)]

mod ahead;
mod along;
mod division;
mod emit;
mod evaluate;
mod function;
mod indicate;
mod jit;
mod lanes;
mod math;
mod memory;
mod nearby;
mod partition;
mod pass;
mod past;
mod program;
mod recalled;
mod ring;
mod ring_run;
mod rings;
mod row;
mod schedule;
mod step;
mod time;
mod together;
mod truths;
mod whole;
mod width;

pub use crate::effort::{Level, NativeError};
pub(crate) use evaluate::chunk;
pub(crate) use lanes::ROWS;
pub use program::NativeProgram;
pub use row::RowProgram;
