//! Tests in rule files: slips in writing them, and what comes out of running them.

mod expected;
mod given;
mod head;

pub use expected::*;
pub use given::*;
pub use head::*;
