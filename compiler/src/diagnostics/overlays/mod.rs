//! Overlays: what a framework changes of the one it extends.

mod changes;
mod forms;
mod twice;

pub use changes::*;
pub use forms::*;
pub use twice::*;
