//! From a table's cells to a panel, whatever the file format.
//!
//! In: a Plan, the names of a table's columns and its cells, by rows ([`PanelBuilder::record`]) or
//! by columns ([`PanelBuilder::batch`]). Out: a sorted [`Panel`] with a summary, or the causes why
//! there is none. Names become columns here, cells numbers, keys entities and periods; readers
//! of file formats only hand over cells and never decide what one means.
//!
//! Each file becomes a [`BoundFile`]; [`join`] makes the panel of one or several of them, with a row for
//! every period that looking along time needs, and carries forward what the rules say.

mod ages;
mod aggregates;
mod applies;
mod block;
mod builder;
mod carry;
mod cells;
mod columns;
mod commas;
mod counted;
mod dates;
mod departures;
mod described;
mod earlier;
mod entities;
mod except;
mod file_rows;
mod finish;
mod flow;
mod flown;
mod gaps;
mod holders;
mod inapplicable;
mod join;
mod key_form;
mod key_rows;
mod keys;
mod left_out;
mod meet;
mod multiple;
mod noticed;
mod number;
mod pace;
mod part;
mod place;
mod problems;
mod reader;
mod recarry;
mod recent;
mod row_keys;
mod said_tens;
mod several;
mod short;
mod side_by_side;
mod signs;
mod sort;
mod spelling;
mod sums;
mod suspicious;
mod tell;
mod traits;
mod units_said;
pub mod usual;
mod verification;
mod wanted;
mod whole;
mod words_seen;
pub mod writings;

pub(crate) use ages::settle as settle_ages;
pub use aggregates::{is_aggregate, is_total, is_total_of_parts, sums_up};
pub use block::{Block, BlockReader};
pub use builder::PanelBuilder;
pub use cells::{same_name, settled};
pub use departures::{ByKey, Departure, Rescaled};
pub(crate) use described::words_of;
pub use described::{Describes, Quality, describes, is_of_tens, is_scale, quality, tells_quality};
pub use earlier::{Earlier, Observed, Standing, standing, written};
pub(crate) use inapplicable::{said_of, settle as settle_inapplicable};
pub use join::{join, join_with};
pub use key_form::{KeyForm, KeyStep, is_unseen};
pub use key_rows::KeyRows;
pub use multiple::Multiple;
pub use number::{Decimal, ShortestNumber, bracketed, flagged, grouping, multiplied};
pub use part::{BoundFile, PartSummary};
pub use reader::{CellReader, CellValue, Given};
pub(crate) use recarry::recarry;
pub use side_by_side::{ColumnReader, ReadColumn};
pub use signs::{says_inapplicable, says_missing};
pub use sums::{NoSum, no_sum, no_sum_of};
pub use units_said::{cell_says_otherwise, says_otherwise, title_says_otherwise};
pub use usual::by_words;
pub use wanted::{
    KeyNames, check_crosswalks, check_map, check_map_of, check_sums_of, indicator_columns,
    key_names,
};
pub use words_seen::WordsSeen;

use crate::panel::Panel;
use crate::period::Written;
use forewarn_diagnostics::Reports;
use std::ops::Range;
use std::sync::Arc;

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

/// How a table is to be read.
#[derive(Clone, Debug)]
pub struct BindOptions {
    /// The file's name as shown to people.
    pub file: String,
    /// Words that stand for a missing value; never taken so in the keys.
    pub missing: Vec<String>,
    pub decimal: Decimal,
    /// The sign between thousands: `,`, `.`, a blank (of any kind), an apostrophe.
    pub thousands: Option<char>,
    /// Letters may follow a value and say how good it is: `8.2 p`.
    pub flags: bool,
    /// Words behind a number multiply it: `1.2M`, `3 Mio.`
    pub multiples: bool,
    /// Brackets around a number make it negative: `(5.2)`.
    pub brackets: bool,
    /// Cells are set apart by another sign than a comma, which is then free to mark decimals.
    pub semicolons: bool,
    /// Words that stand for yes and for no, besides the usual ones.
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Names of levels and categories with words that stand for them.
    pub words: Vec<(String, String)>,
    /// Cells that cannot be read are missing and counted.
    pub lenient: bool,
    /// Indicators or keys with the column that each is read from; for a period `year,month` where it
    /// is made of two columns.
    pub map: Vec<(String, String)>,
    /// Notes which words for missing values some cell has.
    pub words_seen: Option<Arc<WordsSeen>>,
    /// How periods are written, besides the usual ways.
    pub written: Option<Written>,
    /// Further ways in which they are.
    pub also_written: Vec<Written>,
    /// How keys are brought to one spelling.
    pub keys: KeyForm,
    /// Entities whose rows are left out, as the panel spells them; of several keys the first of them, with
    /// `/` between them.
    pub except: Vec<String>,
    /// There are further files: indicators may be in one of those, and the file may go by longer
    /// periods than the panel or by none.
    pub several: bool,
    /// Columns that are not asked for are as if they were not there: no message names them.
    pub sheltered: bool,
    /// Columns that the file has and of which its sums make nothing.
    pub unsummed: Vec<String>,
    /// Where a recipe says which columns are read, and whose rows are left out.
    pub map_at: Option<forewarn_diagnostics::source::Span>,
    pub except_at: Option<forewarn_diagnostics::source::Span>,
    pub limits: Limits,
}

impl Cell<'_> {
    /// A share as what reads it counts: a percentage, or a plain number.
    #[must_use]
    pub fn counted(self, percentage: bool) -> Self {
        match self {
            Self::Share(share) if percentage => Self::Number(cells::percent_of(share)),
            Self::Share(share) => Self::Number(share),
            Self::Text(text) if percentage && text.trim_end().ends_with('%') => {
                Self::Text(text.trim_end().trim_end_matches('%'))
            }
            other => other,
        }
    }
}

impl Default for BindOptions {
    fn default() -> Self {
        Self {
            file: "data".to_owned(),
            missing: Vec::new(),
            decimal: Decimal::Point,
            thousands: None,
            flags: false,
            multiples: false,
            brackets: false,
            semicolons: false,
            yes: Vec::new(),
            no: Vec::new(),
            words: Vec::new(),
            lenient: false,
            map: Vec::new(),
            words_seen: None,
            written: None,
            also_written: Vec::new(),
            keys: KeyForm::default(),
            except: Vec::new(),
            several: false,
            sheltered: false,
            unsummed: Vec::new(),
            map_at: None,
            except_at: None,
            limits: Limits::default(),
        }
    }
}

/// How many problems are told whole before the others are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one kind in one column.
    pub in_column: u64,
    pub in_all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_column: 10,
            in_all: 50,
        }
    }
}

/// A table bound to a Plan.
#[derive(Debug)]
pub struct Bound {
    pub panel: Panel,
    /// The data's own names for the columns of what rows are about; none for a series.
    pub entity_columns: Vec<String>,
    /// The data's own name for the period column; none in a cross-section.
    pub period_column: Option<String>,
    pub summary: DataSummary,
    /// What was found and does not stand in the way.
    pub warnings: Reports,
}

/// What was read, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSummary {
    /// Of the data: periods that no data has are not counted, here or in any other number.
    pub rows: usize,
    pub entities: usize,
    /// How many different periods there are; 0 in a cross-section.
    pub periods: usize,
    /// The first and the last of them (see `PeriodKind`).
    pub first_period: Option<i64>,
    pub last_period: Option<i64>,
    /// Entities that were left out as asked for, with how many rows they have.
    pub left_out: Vec<(String, u64)>,
    /// Rows that the `rows` of recipes left out.
    pub filtered: u64,
    /// Columns that say how good values are, each with what it says of how many.
    pub marked: Vec<(String, Vec<(String, u64)>)>,
    /// One per input of the Plan.
    pub inputs: Vec<InputSummary>,
}

impl DataSummary {
    /// The indicators alone.
    pub fn indicators(&self) -> impl Iterator<Item = &InputSummary> {
        self.inputs.iter().filter(|input| !input.aside)
    }

    /// The share of all cells that are missing, 0 to 1; 0 where there are no cells.
    #[must_use]
    pub fn missing_share(&self) -> f64 {
        let cells = self.rows as f64 * self.indicators().count() as f64;
        let missing: u64 = self.indicators().map(|input| input.missing).sum();
        if cells == 0.0 {
            0.0
        } else {
            missing as f64 / cells
        }
    }
}

/// What was read for one indicator, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputSummary {
    pub name: String,
    /// The column it was read from; `None` if it is optional and there is none.
    pub column: Option<String>,
    /// Missing in the panel, for whatever reason.
    pub missing: u64,
    /// Outside the declared range: now missing or moved to its end, as declared.
    pub out_of_range: u64,
    /// The first of these: row, key and value.
    pub first_out_of_range: Option<(u64, String, f64)>,
    /// Absent cells that stand for a value, as `missing means` declares; not counted as missing.
    pub absent: u64,
    /// Absent cells that hold an earlier value, as `carry forward` or `expires after` declares; not
    /// counted as missing.
    pub carried: u64,
    /// How many periods old the oldest of these values is.
    pub oldest_carried: u32,
    /// Absent cells after which the last observation is out of date, as `expires after` declares.
    pub expired: u64,
    /// How many periods before the latest of these the last observation was, at most.
    pub oldest_expired: u32,
    /// Cells of rows in which it does not apply; not counted as missing.
    pub not_applicable: u64,
    /// Cells that could not be read and are missing (`lenient` only).
    pub unreadable: u64,
    /// Levels and categories that were told by their labels: how many, and the first with its name.
    pub labelled: u64,
    /// Of the absent cells those that hold a word for missing values, and the first of these words.
    pub worded: u64,
    pub first_worded: Option<String>,
    pub first_labelled: Option<(String, String)>,
    /// What stands behind its values, with how many cells have each, the most frequent first.
    pub flags: Vec<(String, u64)>,
    /// Observations that were not verified; `None` where nothing can say so.
    pub unverified: Option<u64>,
    /// A file without periods says it of all rows of an entity at once.
    pub timeless: bool,
    /// It is no indicator: it says which observations of one were verified, or is a key.
    pub aside: bool,
}
