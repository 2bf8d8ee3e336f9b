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

pub mod attribution;
pub mod audience;
pub mod bind;
pub mod causes;
mod codes;
pub mod comparison;
mod distinct;
mod effort;
mod evaluated;
pub mod events;
pub mod explain;
pub mod faults;
pub mod flags;
pub mod flow;
mod form;
pub mod handover;
mod held;
pub mod history;
pub mod interpreter;
mod memory;
#[cfg(feature = "native")]
pub mod native;
#[cfg(not(feature = "native"))]
#[path = "native_absent.rs"]
pub mod native;
pub mod one_row;
pub mod panel;
pub mod peers;
pub mod period;
pub mod program;
pub mod property;
pub mod reliance;
pub mod result_table;
pub mod rows;
pub mod run;
pub mod silent;
mod spell_cells;
mod stopwatch;
pub mod testing;
pub mod threads;
