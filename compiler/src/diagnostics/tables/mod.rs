//! Decision tables: rows for everything, and cells that fit their columns.

mod cells;
mod rows;

pub use cells::*;
pub use rows::*;
