//! The forms of a document. Each renders blocks as they are.

mod html;
mod markdown;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use html::html;
pub use markdown::markdown;
#[cfg(feature = "xlsx")]
pub use xlsx::{NotWritten, xlsx};
