//! Applies a Plan to a panel.
pub mod bind;
pub mod faults;
mod form;
pub mod interpreter;
pub mod native;
pub mod panel;
pub mod period;
pub mod result_table;
pub mod run;
