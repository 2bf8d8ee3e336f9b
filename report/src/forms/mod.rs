//! The forms of a document. Each renders blocks as they are.

mod html;
mod markdown;
mod xlsx;

pub use html::html;
pub use markdown::markdown;
pub use xlsx::{NotWritten, xlsx};
