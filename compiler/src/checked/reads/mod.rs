//! The one account of what a declaration is made of, and in which role.
//!
//! In: anything of the checked tree: the body of a value, a function, a property, a test, an
//! expression. Out: its parts with their roles ([`Part`]), what an expression names ([`Mention`]), and
//! over the whole framework who rests on whom ([`Reads`]). Dependencies, confidentiality, lints,
//! mutation, verification, properties and tests ask here and walk no body themselves. Every kind of
//! declaration and of expression is listed without a catch-all, so that a new kind does not compile
//! until it is said here what it is made of.

mod bodies;
mod expressions;
mod framework;
mod part;

pub use expressions::{Seen, Walk};
pub use framework::{Dependency, Reached, Read, Reads};
pub use part::{Mention, Part, Role, What};
