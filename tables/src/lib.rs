//! Files in and out: the one crate that knows CSV, NDJSON, JSON, workbooks, Arrow and Parquet. What a build
//! leaves out (features) is told where a file asks for it.
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

#[cfg(feature = "arrow")]
mod arrow_cells;
#[cfg(feature = "arrow")]
mod arrow_file;
#[cfg(feature = "arrow")]
mod arrow_sizes;
mod compare;
mod content;
mod csv;
#[cfg(feature = "arrow")]
mod damage;
mod decode;
mod fingerprint;
mod flow;
mod flows;
mod format;
mod grid;
#[cfg(any(feature = "arrow", feature = "xlsx"))]
mod guard;
mod guess;
mod header;
mod json;
mod memory;
mod name_order;
mod ndjson;
mod open;
mod options;
#[cfg(feature = "parquet")]
mod parquet_file;
mod progress;
mod read;
pub mod recipe;
mod several;
mod taken;
mod text;
mod unread;
mod withheld;
#[cfg(not(all(feature = "arrow", feature = "parquet", feature = "xlsx")))]
mod without;
mod words;
mod workbook;
mod write;

#[cfg(not(feature = "arrow"))]
use without::arrow as arrow_file;
#[cfg(not(feature = "parquet"))]
use without::parquet as parquet_file;

pub use compare::{Compared, as_it_stands, compare};
pub use fingerprint::{Fingerprinted, sha256};
pub use flow::{Flowing, Flown};
pub use flows::Flows;
pub use format::Format;
pub use guess::{Guess, guess};
pub use header::{columns_in, files_with, has_any};
#[cfg(feature = "arrow")]
pub use memory::batches::{Batches, bind_tables, to_batch};
pub use memory::bind_text;
pub use name_order::put_files_in_order;
pub use options::ReadOptions;
pub use progress::Progress;
pub use read::{by_recipe, read};
pub use several::{ReadApart, read_all, read_apart};
pub use taken::Taken;
pub use withheld::Withheld;
pub use write::{Dialect, write_by, write_for, write_to};
