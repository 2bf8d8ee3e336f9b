//! Properties: what their words mean, and what came of them.

mod claims;

pub use claims::*;
