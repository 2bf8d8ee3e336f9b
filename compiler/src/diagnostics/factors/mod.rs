//! Factors: their members, their weights, and the way they are combined.

mod combining;
mod evidence;
mod members;
mod weights;

pub use combining::*;
pub use evidence::*;
pub use members::*;
pub use weights::*;
