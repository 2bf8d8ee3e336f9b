//! Packages: what a framework extends and uses, where it lies and whether it is the one that was locked.

mod finding;
mod locking;
mod using;
mod whole;

pub use finding::*;
pub use locking::*;
pub use using::*;
pub use whole::*;
