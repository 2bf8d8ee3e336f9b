//! What can be wrong with rules: one type for each cause, in families. Words are chosen in `words`,
//! places and colours by whoever renders.

pub use forewarn_diagnostics::*;

pub mod alerts;
pub mod confidentiality;
pub mod durations;
pub mod evidence;
pub mod factors;
pub mod groups;
pub mod hindsight;
pub mod levels;
pub mod method;
pub mod names;
pub mod overlays;
pub mod packages;
pub mod panel;
pub mod panel_functions;
pub mod panel_keys;
pub mod piecewise;
pub mod properties;
pub mod ranges;
pub mod syntax;
pub mod tables;
pub mod tests;
pub mod translations;
pub mod types;
pub mod units;
