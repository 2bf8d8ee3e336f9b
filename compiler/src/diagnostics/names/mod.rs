//! Names: declared once, used, spelt alike, and found across the files of a package.

mod calls;
mod declarations;
mod details;
mod modules;
mod unknown;

pub use calls::*;
pub use declarations::*;
pub use details::*;
pub use modules::*;
pub use unknown::*;
