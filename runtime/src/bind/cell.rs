//! A table as readers of files hand it over: cells, rows, columns.

use std::ops::Range;

/// A cell as a reader finds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Null, or no cell at all.
    Missing,
    /// There is something of which nobody knows the value: not what an absent cell is.
    Unknown,
    /// The row has no such cell, since its file, its period or its object has no such column: missing, whatever an
    /// absent cell means.
    NoColumn,
    /// Text with its blanks; where it is empty it is missing.
    Text(&'a str),
    /// NaN is missing.
    Number(f64),
    /// A share that its program shows as a percentage: 0.4 for 40 %. A percentage reads 40 of it, any other
    /// indicator 0.4.
    Share(f64),
    Integer(i64),
    Truth(bool),
    /// Days from 1970-01-01.
    Date(i64),
    /// Something that no indicator can be, in words: `a list`.
    Other(&'a str),
}

/// A row as it stands in the file, cut to what a message can show, and the byte range of a cell in
/// it.
pub type Line = (String, Range<usize>);

/// One row of a table.
pub trait Record {
    fn cell(&self, column: usize) -> Cell<'_>;

    /// The row with the column's cell marked; `None` for files that are not text.
    fn shown(&self, column: usize) -> Option<Line>;
}

/// Some rows of a table, column by column.
pub trait Batch {
    fn rows(&self) -> usize;

    /// The number of a row among those that the file gave at once.
    fn number(&self, row: usize) -> usize {
        row
    }

    /// Gives each cell of a column to `take`, from the first row to the last.
    fn each(&self, column: usize, take: impl FnMut(usize, Cell<'_>));

    /// A column that holds numbers, appended to `numbers` with NaN for null; false, and nothing
    /// appended, for any other column.
    fn numbers(&self, column: usize, numbers: &mut Vec<f64>) -> bool;
}

/// A column of the table as its header names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
    /// The unit that the file itself states of it, as results in Arrow and Parquet do.
    pub unit: Option<String>,
}

/// What a column holds, where the format says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text, or whatever each cell is.
    Cells,
    Numbers,
    Truths,
    Dates,
    /// What no indicator can be, in words: `lists`.
    Other(String),
}

impl Cell<'_> {
    /// A share as what reads it counts: a percentage, or a plain number.
    #[must_use]
    pub fn counted(self, percentage: bool) -> Self {
        match self {
            Self::Share(share) if percentage => Self::Number(percent_of(share)),
            Self::Share(share) => Self::Number(share),
            Self::Text(text) if percentage && text.trim_end().ends_with('%') => {
                Self::Text(text.trim_end().trim_end_matches('%'))
            }
            other => other,
        }
    }
}

/// A share as a percentage, to the decimal that is meant: 0.07 is 7, not 7.000000000000001.
pub(super) fn percent_of(share: f64) -> f64 {
    forewarn_plan::decimal::times(share, 100)
}
