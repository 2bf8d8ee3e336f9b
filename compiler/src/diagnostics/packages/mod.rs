//! Packages: what a framework extends, where it lies and whether it is the one that was locked.

mod finding;
mod locking;
mod whole;

pub use finding::*;
pub use locking::*;
pub use whole::*;
