//! Risk frameworks as rules, for programs that embed them: from text and a table of observations to
//! levels and explanations.
//!
//! ```
//! use forewarn::{Data, Options, Ruleset};
//!
//! let rules = r#"
//! framework watch "Watch" version "1.0"
//! panel country by year
//! indicator deaths "Conflict deaths" : number in 0..
//! indicator press "Freedom of the press" : number in 0..10
//! scale concern { low < high }
//! level overall "Overall concern" : concern {
//!   high when deaths >= 25 or press <= 2,
//!   low  otherwise,
//! }
//! "#;
//! let compiled = Ruleset::from_text("watch.risk", rules).compile(&Options::default())?;
//! let data = Data::from_csv("country,year,deaths,press\nAVA,2024,30,\nBRU,2024,,7\n");
//! let results = compiled.run(&data)?;
//! assert_eq!(results.word("AVA", Some("2024"), "overall")?, Some("high"));
//! // Missing is never zero: it could be either.
//! assert_eq!(results.word("BRU", Some("2024"), "overall")?, None);
//! assert_eq!(results.word("BRU", Some("2024"), "overall.at_most")?, Some("high"));
//! # Ok::<(), forewarn::Error>(())
//! ```
//!
//! A [`Ruleset`] is text; [`Compiled`] is what came of it, cheap to clone and free to be shared between
//! threads; [`Results`] are one run of it; a [`RowEvaluator`] applies it to one row after another without
//! allocating. Whatever goes wrong is an [`Error`] whose diagnostics say where and what to do.
//!
//! Nothing here writes to a terminal or keeps global state. Rule files are read through [`Files`], so
//! that they can come from memory ([`MemoryFiles`]) as well as from a disk.

#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod bound;
mod compare;
mod compiled;
#[doc(hidden)]
pub mod damaged;
mod data;
#[doc(hidden)]
pub mod direction;
mod error;
#[doc(hidden)]
pub mod explain;
mod inner;
mod kept;
mod looks;
#[doc(hidden)]
pub mod numbers;
mod options;
mod passes;
mod results;
mod row;
mod ruleset;
#[cfg(test)]
#[path = "../../cli/src/schemas.rs"]
mod schemas;
#[doc(hidden)]
pub mod state;
#[doc(hidden)]
pub mod system;
mod why;
#[doc(hidden)]
pub mod words;

use forewarn_diagnostics::{paint, render};

pub use compare::{Comparison, Difference, Value};
pub use compiled::{Before, Compiled, Machine, Output};
pub use data::{AsData, Data};
pub use error::{Diagnostics, Error};
pub use forewarn_diagnostics::render::{Format, Look};
pub use forewarn_diagnostics::source::{Files, MemoryFiles};
pub use forewarn_diagnostics::{Diagnostic, Severity};
pub use forewarn_plan::OutputKind;
pub use forewarn_plan::classification::Classification;
pub use forewarn_report as report;
pub use forewarn_runtime::explain::Explanation;
pub use forewarn_runtime::run::Engine;
pub use kept::Kept;
pub use looks::Looks;
pub use options::Options;
pub use passes::Passes;
pub use results::Results;
pub use row::{Input, RowEvaluator, Wanted};
pub use ruleset::Ruleset;
pub use why::Why;
