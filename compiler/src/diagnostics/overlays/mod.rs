//! Overlays: what a framework changes of the one it extends.

mod changes;
mod forms;

pub use changes::*;
pub use forms::*;
