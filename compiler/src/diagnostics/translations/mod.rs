//! Languages of the reader: translations files, and what a framework has of them.

mod held;
mod reading;

pub use held::*;
pub use reading::*;
