//! Rule files to a checked framework to a Plan.
//!
//! One direction, no way back, each stage a type: [`package::Package`] (files and trees),
//! [`framework::Framework`] (declarations by name), [`checked::CheckedFramework`] (names, kinds and
//! units hold together), [`plan::Plan`] (what evaluators run). [`compile`] goes the whole way.
//! This crate knows nothing of data, of native code and of terminals.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod allowed;
pub mod arena;
pub mod check;
pub mod checked;
pub mod confidential;
pub mod conversion;
mod cycles;
pub mod diagnostics;
pub mod difference;
pub mod disk;
pub mod framework;
mod given;
mod groups;
mod hindsight;
mod labels;
mod layers;
pub mod lint;
pub mod lower;
pub mod moving;
pub mod mutation;
pub mod overlay;
pub mod package;
pub mod part;
mod pipeline;
mod places;
pub mod property;
mod settings;
pub mod testing;
pub mod translations;
pub mod tree;
pub mod typed;
pub mod types;
pub mod units;
pub mod upgrade;

pub use forewarn_diagnostics::source;
pub use forewarn_plan as plan;
pub use forewarn_plan::{coverage, decimal, digits, interval, numbers, period};

pub use allowed::Allowed;
pub use pipeline::{Check, Compilation, check_only, compile};
pub use settings::Settings;
