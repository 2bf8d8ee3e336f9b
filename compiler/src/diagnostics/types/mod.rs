//! Kinds of values: numbers, yes or no, levels, categories, lists; which of them fits where.

mod kinds;
mod places;
mod scales;

pub use kinds::*;
pub use places::*;
pub use scales::*;
