//! Packages: what a framework extends, where it lies and whether it is the one that was locked.

mod finding;
mod locking;

pub use finding::*;
pub use locking::*;
