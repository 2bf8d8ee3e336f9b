//! Ranges: declared ones that do not hold together, and comparisons that they already decide.

mod bounds;
mod decided;

pub use bounds::*;
pub use decided::*;
