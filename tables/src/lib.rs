//! Files in and out: the one crate that knows CSV, NDJSON, JSON, workbooks, Arrow and Parquet.
//!
//! In: a path and a Plan. Out: a bound panel ([`read`]), or the causes why there is none. And a
//! result table back to a file ([`write`]), whole or not at all. What a cell means is decided in
//! `forewarn_runtime::bind`; here files are only taken apart and put together.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod arrow_cells;
mod arrow_file;
mod arrow_sizes;
mod compare;
mod csv;
mod damage;
mod decode;
mod fingerprint;
mod format;
mod grid;
mod guard;
mod guess;
mod header;
mod json;
mod memory;
mod ndjson;
mod open;
mod parquet_file;
mod read;
pub mod recipe;
mod taken;
mod text;
mod workbook;
mod write;

pub use compare::{Compared, as_it_stands, compare};
pub use fingerprint::{Fingerprinted, sha256};
pub use format::Format;
pub use guess::{Guess, guess};
pub use header::{columns_in, files_with, has_any};
pub use memory::{Batches, bind_tables, bind_text, to_batch};
pub use read::{Progress, ReadOptions, read, read_all, read_apart};
pub use taken::Taken;
pub use write::write_to;
