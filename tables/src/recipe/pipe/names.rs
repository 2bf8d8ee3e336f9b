//! The cells of a row by the names of its columns, as conditions ask for them.
//!
//! In: a row. Out: what each cell is worth, which is what the panel would read of it; of a key the text as it
//! stands. Cells that are not what a condition asks of them are noted.

use super::layout::Layout;
use crate::grid::Cells;
use crate::recipe::filter::{Date, Names, Value, Wanted};
use crate::recipe::gather::At;
use forewarn_runtime::bind::{Cell, CellReader, CellValue};
use forewarn_runtime::causes::data::{Asked, NumberSlip};
use forewarn_runtime::period::{self, Written};
use std::cell::RefCell;

/// A condition: `rows`, or one of those of `expect` by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Rows,
    Expected(usize),
}

/// A cell that is not what a condition asks of it.
#[derive(Clone, Debug)]
pub(super) struct Slip {
    pub(super) condition: Condition,
    pub(super) column: String,
    pub(super) asked: Asked,
    pub(super) at: At,
    pub(super) text: String,
    /// How many more there are of that column.
    pub(super) more: u64,
}

/// All such cells, the first of each column.
pub(super) type Slips = Vec<Slip>;

pub(super) struct RowNames<'a, R> {
    pub(super) layout: &'a Layout,
    pub(super) row: &'a R,
    pub(super) reader: &'a CellReader,
    pub(super) at: At,
    pub(super) condition: Condition,
    pub(super) slips: &'a RefCell<Slips>,
    /// How the data write periods.
    pub(super) ways: &'a [Written],
}

impl<R: Cells> RowNames<'_, R> {
    fn column(&self, name: &str) -> Option<usize> {
        self.layout.names.iter().position(|known| known == name)
    }

    fn cell(&self, column: usize) -> Cell<'_> {
        let percentage = self.layout.percentages.contains(&column);
        self.row.cell(column).counted(percentage)
    }
}

fn owned(value: CellValue<'_>) -> Value {
    match value {
        CellValue::Missing => Value::Missing,
        CellValue::Number(number) => Value::Number(number),
        CellValue::Truth(truth) => Value::Truth(truth),
        CellValue::Text(text) => Value::Text(text.into_owned()),
    }
}

impl<R: Cells> Names for RowNames<'_, R> {
    fn value(&self, name: &str) -> Option<Value> {
        let column = self.column(name)?;
        if self.layout.is_key(column) {
            return Some(Value::of(&self.row.text(column)));
        }
        Some(owned(self.reader.value(self.cell(column))))
    }

    fn literal(&self, text: &str) -> Value {
        owned(self.reader.value(Cell::Text(text)))
    }

    fn text(&self, name: &str) -> Option<String> {
        Some(self.row.text(self.column(name)?))
    }

    fn truth(&self, text: &str) -> Option<bool> {
        self.reader.truth(Cell::Text(text))
    }

    fn date(&self, text: &str) -> Option<Date> {
        let text = text.trim();
        let mut read = self.ways.iter().filter_map(|way| way.read(text).ok());
        match read.next() {
            // What can be read in two ways is no date that anybody knows.
            Some(first) => read.all(|other| other == first).then_some(first),
            None => period::any(text),
        }
    }

    fn is_no(&self, name: &str, asked: Wanted) {
        let Some(column) = self.column(name) else {
            return;
        };
        let mut slips = self.slips.borrow_mut();
        let mut known = slips.iter_mut();
        let same = known.find(|slip| slip.column == name && slip.condition == self.condition);
        if let Some(slip) = same {
            // A cell is asked for more than once.
            slip.more += u64::from(slip.at != self.at);
            return;
        }
        slips.push(Slip {
            condition: self.condition,
            column: name.to_owned(),
            asked: match asked {
                Wanted::Number => Asked::Number(match self.row.cell(column) {
                    Cell::Truth(_) => NumberSlip::OtherKind,
                    cell => self.reader.slip(cell),
                }),
                Wanted::Truth => Asked::Truth,
                Wanted::Date => Asked::Date,
            },
            at: self.at,
            text: self.row.text(column),
            more: 0,
        });
    }
}
