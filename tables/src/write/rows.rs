//! Results as they come, some rows at a time.
//!
//! In: tables of the same columns, one after another. Out: the bytes of one table with all their rows.

#[cfg(feature = "parquet")]
use super::parquet::Groups;
use super::text;
use crate::format::Format;
use forewarn_runtime::result_table::ResultTable;
use std::io::{self, Write};

/// Rows that are handed over together, but for the last.
pub(crate) const ROWS: usize = 65_536;

/// A file that grows.
pub(crate) enum RowsWriter<W: Write + Send> {
    Text {
        out: W,
        delimiter: u8,
    },
    Objects {
        out: W,
        names: Vec<String>,
    },
    #[cfg(feature = "parquet")]
    Groups(Box<Groups<W>>),
}

/// Can a file of this form grow?
pub(crate) fn grows(format: Format) -> bool {
    match format {
        Format::Csv | Format::Tsv | Format::Ndjson => true,
        Format::Parquet => cfg!(feature = "parquet"),
        Format::Json | Format::Arrow | Format::Workbook => false,
    }
}

impl<W: Write + Send> RowsWriter<W> {
    /// Begins a file of a form that [`grows`]; `head` has the columns.
    pub(crate) fn new(
        mut out: W,
        format: Format,
        head: &ResultTable,
        threads: usize,
    ) -> io::Result<Self> {
        match format {
            Format::Csv | Format::Tsv => {
                let delimiter = if format == Format::Tsv { b'\t' } else { b',' };
                text::csv_header(&mut out, delimiter, head)?;
                Ok(Self::Text { out, delimiter })
            }
            Format::Ndjson => {
                let names = text::json_names(head)?;
                Ok(Self::Objects { out, names })
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => Ok(Self::Groups(Box::new(Groups::new(out, head, threads)?))),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => {
                let _ = threads;
                Err(io::Error::other("this build writes no Parquet files"))
            }
            Format::Json | Format::Arrow | Format::Workbook => {
                Err(io::Error::other("a file of this form is written at once"))
            }
        }
    }

    /// Adds rows.
    pub(crate) fn rows(&mut self, table: &ResultTable) -> io::Result<()> {
        match self {
            Self::Text { out, delimiter } => text::csv_rows(out, *delimiter, table),
            Self::Objects { out, names } => text::objects(out, table, names),
            #[cfg(feature = "parquet")]
            Self::Groups(groups) => groups.take(table, 0..table.rows()),
        }
    }

    /// Ends the file; whoever gave the writer flushes it.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Self::Text { .. } | Self::Objects { .. } => Ok(()),
            #[cfg(feature = "parquet")]
            Self::Groups(groups) => groups.finish(),
        }
    }
}
