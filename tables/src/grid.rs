//! Rows of any format as cells that can be kept.
//!
//! In: a row as a reader has it. Out: the same as values of its own, for steps of a recipe that put
//! rows together, and for formats whose readers give no borrowed rows.

use forewarn_runtime::bind::{Cell, Line, Record};

/// A row whose number of cells is known.
pub(crate) trait Cells: Record {
    fn width(&self) -> usize;

    /// The row in one line, where the file is text.
    fn line(&self) -> Option<Line>;

    /// The text of a cell; numbers as they are written shortest.
    fn text(&self, column: usize) -> String {
        text_of(self.cell(column))
    }

    fn is_missing(&self, column: usize) -> bool {
        match self.cell(column) {
            Cell::Missing | Cell::Unknown | Cell::NoColumn => true,
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Number(number) | Cell::Share(number) => number.is_nan(),
            Cell::Integer(_) | Cell::Truth(_) | Cell::Date(_) | Cell::Other(_) => false,
        }
    }

    fn is_blank(&self) -> bool {
        (0..self.width()).all(|column| self.is_missing(column))
    }
}

/// A cell in words.
pub(crate) fn text_of(cell: Cell<'_>) -> String {
    match cell {
        Cell::Missing | Cell::Unknown | Cell::NoColumn => String::new(),
        Cell::Text(text) | Cell::Other(text) => text.trim().to_owned(),
        Cell::Number(number) if number.is_nan() => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(_) => match cell.counted(true) {
            Cell::Number(percent) => format!("{percent} %"),
            _ => String::new(),
        },
        Cell::Integer(number) => number.to_string(),
        Cell::Truth(truth) => if truth { "yes" } else { "no" }.to_owned(),
        Cell::Date(days) => {
            let (year, month, day) = forewarn_runtime::period::civil_from_days(days);
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// A cell that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Kept {
    #[default]
    Missing,
    /// There is something, and nobody knows its value.
    Unknown,
    /// There is no such column.
    NoColumn,
    Text(String),
    Number(f64),
    Share(f64),
    Integer(i64),
    Truth(bool),
    Date(i64),
    Other(String),
}

impl Kept {
    pub(crate) fn of(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Missing => Self::Missing,
            Cell::Unknown => Self::Unknown,
            Cell::NoColumn => Self::NoColumn,
            Cell::Text(text) => Self::Text(text.to_owned()),
            Cell::Number(number) => Self::Number(number),
            Cell::Share(share) => Self::Share(share),
            Cell::Integer(number) => Self::Integer(number),
            Cell::Truth(truth) => Self::Truth(truth),
            Cell::Date(days) => Self::Date(days),
            Cell::Other(words) => Self::Other(words.to_owned()),
        }
    }

    pub(crate) fn cell(&self) -> Cell<'_> {
        match self {
            Self::Missing => Cell::Missing,
            Self::Unknown => Cell::Unknown,
            Self::NoColumn => Cell::NoColumn,
            Self::Text(text) => Cell::Text(text),
            Self::Number(number) => Cell::Number(*number),
            Self::Share(share) => Cell::Share(*share),
            Self::Integer(number) => Cell::Integer(*number),
            Self::Truth(truth) => Cell::Truth(*truth),
            Self::Date(days) => Cell::Date(*days),
            Self::Other(words) => Cell::Other(words),
        }
    }

    pub(crate) fn text(&self) -> String {
        text_of(self.cell())
    }

    pub(crate) fn is_missing(&self) -> bool {
        match self {
            Self::Missing | Self::Unknown | Self::NoColumn => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(number) | Self::Share(number) => number.is_nan(),
            Self::Integer(_) | Self::Truth(_) | Self::Date(_) | Self::Other(_) => false,
        }
    }
}

/// A row that is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct KeptRow {
    pub(crate) cells: Vec<Kept>,
    /// As it stands in the file, where that is text.
    pub(crate) line: Option<Line>,
}

impl KeptRow {
    pub(crate) fn of(row: &impl Cells) -> Self {
        Self {
            cells: (0..row.width())
                .map(|column| Kept::of(row.cell(column)))
                .collect(),
            line: row.line(),
        }
    }
}

impl Record for KeptRow {
    fn cell(&self, column: usize) -> Cell<'_> {
        self.cells.get(column).map_or(Cell::Missing, Kept::cell)
    }

    fn shown(&self, _column: usize) -> Option<Line> {
        self.line.clone()
    }
}

impl Cells for KeptRow {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn line(&self) -> Option<Line> {
        self.line.clone()
    }
}

/// Rows, one after another, wherever they come from.
pub(crate) type KeptRows = Box<dyn Iterator<Item = KeptRow>>;
