//! Where rows flow to, as the readers of files see it.

use forewarn_runtime::flow::{Flow, Piece};
use forewarn_runtime::result_table::ResultTable;

/// What a reader gives its rows to.
pub trait Flows {
    /// Evaluates blocks, on any thread.
    fn evaluator(&self) -> &Flow<'_>;

    /// Takes the results of the next rows, with their keys; false where they cannot be written.
    fn take(&self, keys: ResultTable, piece: &mut Piece) -> bool;

    /// All rows have come.
    fn end(&self);

    /// Rows do not flow after all.
    fn give_up(&self);

    /// May rows flow still?
    fn is_open(&self) -> bool;
}
