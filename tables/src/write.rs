//! Writing results: a table as the bytes of a format. Where they go is not decided here.

#[cfg(feature = "arrow")]
mod arrow;
#[cfg(feature = "parquet")]
mod codes;
mod dialect;
#[cfg(feature = "parquet")]
mod parquet;
pub(crate) mod rows;
mod text;
#[cfg(feature = "xlsx")]
mod workbook;

#[cfg(feature = "arrow")]
pub(crate) use arrow::whole as one_batch;

pub use dialect::{Dialect, write_for};

use crate::format::Format;
use forewarn_runtime::result_table::ResultTable;
use std::io::{self, Write};

/// Writes a table to anything that takes bytes; the same table gives the same bytes.
///
/// # Errors
/// Whatever the writer says.
pub fn write_to(
    out: &mut (impl Write + Send),
    format: Format,
    table: &ResultTable,
) -> io::Result<()> {
    write_by(0, out, format, table)
}

/// The same with at most so many threads; 0 for as many as the machine has.
///
/// # Errors
/// Whatever the writer says.
pub fn write_by(
    threads: usize,
    out: &mut (impl Write + Send),
    format: Format,
    table: &ResultTable,
) -> io::Result<()> {
    match format {
        Format::Csv => text::csv(out, b',', table),
        Format::Tsv => text::csv(out, b'\t', table),
        Format::Ndjson => text::ndjson(out, table),
        Format::Json => text::json(out, table),
        #[cfg(feature = "arrow")]
        Format::Arrow => arrow::ipc(out, table),
        #[cfg(not(feature = "arrow"))]
        Format::Arrow => Err(io::Error::other("this build writes no Arrow files")),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::parquet(out, table, crate::options::threads(threads)),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => {
            let _ = threads;
            Err(io::Error::other("this build writes no Parquet files"))
        }
        #[cfg(feature = "xlsx")]
        Format::Workbook => workbook::xlsx(out, table),
        #[cfg(not(feature = "xlsx"))]
        Format::Workbook => Err(io::Error::other("this build writes no workbooks")),
    }
}
