//! What is wrong with an Arrow or a Parquet file, in our words.
//!
//! In: where a decoder gave up, and a way to read one column alone. Out: the cause, which names the
//! column and about which row. What the library says of it is written for its programmers, and is not
//! shown.

use forewarn_runtime::causes::data::Damaged;

/// A file of a format.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Of<'a> {
    pub(crate) file: &'a str,
    pub(crate) format: &'static str,
}

impl Of<'_> {
    /// It cannot be read, and why.
    pub(crate) fn damaged(self, why: impl Into<String>) -> Damaged {
        Damaged {
            file: self.file.to_owned(),
            format: self.format,
            why: why.into(),
            advice: None,
        }
    }

    /// The list of its columns.
    pub(crate) fn list(self) -> Damaged {
        self.damaged("it is damaged where it lists its columns")
    }

    /// Its rows from one on, counted from 1. `reads` says whether a column can be read alone up to
    /// there.
    pub(crate) fn rows(
        self,
        row: u64,
        columns: impl Iterator<Item = (usize, String)>,
        reads: impl Fn(usize) -> bool,
    ) -> Damaged {
        let columns = columns.filter(|(column, _)| !reads(*column));
        let names: Vec<String> = columns.map(|(_, name)| format!("`{name}`")).collect();
        let what = match names.as_slice() {
            [] => "it is damaged".to_owned(),
            [one] => format!("the column {one} is damaged"),
            [first, rest @ ..] => format!("the column {first} and {} more are damaged", rest.len()),
        };
        match row {
            1 => self.damaged(what),
            row => self.damaged(format!("{what} from about row {row} on")),
        }
    }
}
