//! Results of a framework as a report for readers.
//!
//! In: a run as the runtime leaves it ([`Material`]): a Plan, which for an audience holds nothing that the
//! audience may not see, its panel and its columns. Out: a [`Document`] in the words of one language, and that
//! as one HTML file, as Markdown or as a workbook. No clock and no machine stands in it: the same run gives
//! the same bytes.
//!
//! Three steps, each a type: [`Facts`] are what is told, in no language; a [`Document`] is how it is told, in
//! no form; each form renders a document and decides nothing. So all forms and languages say the same.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![deny(clippy::wildcard_enum_match_arm)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod document;
pub mod facts;
mod forms;
mod pages;
mod rich;
mod say;
mod words;

pub use document::Document;
pub use facts::{
    Borders, Claim, Earlier, Facts, Material, Notes, Options, Provenance, head_of, named,
};
pub use forewarn_charts::{Between, Outlines};
#[cfg(feature = "xlsx")]
pub use forms::{NotWritten, xlsx};
pub use forms::{html, markdown};
pub use rich::{Rich, Span};
pub use words::Words;

use forewarn_runtime::run::RunError;

/// The report of a run.
///
/// # Errors
/// An explanation could not be worked out.
pub fn report(material: Material<'_>, options: &Options) -> Result<Document, RunError> {
    let facts = Facts::gather(material, options)?;
    Ok(pages::document(&facts, options))
}
