//! Applies a Plan to a panel.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod audience;
pub mod bind;
pub mod causes;
pub mod comparison;
pub mod events;
pub mod explain;
pub mod faults;
mod form;
pub mod interpreter;
pub mod native;
pub mod panel;
pub mod peers;
pub mod period;
pub mod program;
pub mod property;
pub mod result_table;
pub mod run;
pub mod testing;
