//! A row as an audience may see it.
//!
//! In: a row, and which of its columns are withheld. Out: the same row, in which these cells are empty, so
//! that none of them decides whether there is a row, what is in it or what is told of it.

use crate::grid::Cells;
use forewarn_runtime::bind::{Cell, Line, Record};

pub(super) struct Masked<'a, R> {
    pub(super) row: &'a R,
    pub(super) hidden: &'a [bool],
}

impl<R> Masked<'_, R> {
    fn hides(&self, column: usize) -> bool {
        self.hidden.get(column).copied().unwrap_or(false)
    }
}

impl<R: Record> Record for Masked<'_, R> {
    fn cell(&self, column: usize) -> Cell<'_> {
        if self.hides(column) {
            Cell::Missing
        } else {
            self.row.cell(column)
        }
    }

    fn shown(&self, column: usize) -> Option<Line> {
        self.row.shown(column)
    }
}

impl<R: Cells> Cells for Masked<'_, R> {
    fn width(&self) -> usize {
        self.row.width()
    }

    fn line(&self) -> Option<Line> {
        self.row.line()
    }
}
