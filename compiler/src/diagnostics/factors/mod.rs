//! Factors: their members, their weights, and the way they are combined.

mod combining;
mod members;
mod weights;

pub use combining::*;
pub use members::*;
pub use weights::*;
