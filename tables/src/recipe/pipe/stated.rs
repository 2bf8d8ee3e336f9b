//! A row with a cell more, which the name of its file says.

use crate::grid::Cells;
use forewarn_runtime::bind::{Cell, Line, Record};

/// A row with one cell more.
pub(super) struct Stated<'a, R> {
    pub(super) row: &'a R,
    /// How many columns its file has.
    pub(super) width: usize,
    pub(super) text: &'a str,
}

impl<R: Record> Record for Stated<'_, R> {
    fn cell(&self, column: usize) -> Cell<'_> {
        match column == self.width {
            true => Cell::Text(self.text),
            // Cells beyond the header stay beyond it.
            false if column > self.width => self.row.cell(column - 1),
            false => self.row.cell(column),
        }
    }

    fn shown(&self, column: usize) -> Option<Line> {
        self.row.shown(column)
    }
}

impl<R: Cells> Cells for Stated<'_, R> {
    fn width(&self) -> usize {
        let own = self.row.width();
        let beyond = (self.width..own).any(|column| !self.row.is_missing(column));
        match own {
            // What is missing at its end is told of the row as it is.
            short if short < self.width => short,
            long if beyond => long + 1,
            _ => self.width + 1,
        }
    }

    fn line(&self) -> Option<Line> {
        self.row.line()
    }

    // The cell that is added is none of the file's.
    fn is_blank(&self) -> bool {
        self.row.is_blank()
    }
}
