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
mod cell;
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
mod options;
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
mod summary;
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
pub use cell::{Batch, Cell, Column, Holds, Line, Record};
pub use cells::{same_name, settled};
pub use dates::spreadsheet_day;
pub use departures::{ByKey, Departure, Rescaled};
pub(crate) use described::words_of;
pub use described::{Describes, Quality, describes, is_of_tens, is_scale, quality, tells_quality};
pub use earlier::{Earlier, Observed, Standing, standing, written};
pub(crate) use inapplicable::{said_of, settle as settle_inapplicable};
pub use join::{join, join_with};
pub use key_form::{KeyForm, KeyStep, is_unseen};
pub use key_rows::KeyRows;
pub use multiple::Multiple;
pub use number::{Decimal, ShortestNumber, flagged, grouping, multiplied};
pub use options::{BindOptions, Limits};
pub use part::{BoundFile, PartSummary};
pub use reader::{CellReader, CellValue, Given};
pub(crate) use recarry::recarry;
pub use side_by_side::{ColumnReader, ReadColumn};
pub use signs::{bracketed, letter_for_a_digit, says_inapplicable, says_missing};
pub use summary::{DataSummary, InputSummary};
pub use sums::{NoSum, no_sum, no_sum_of};
pub use units_said::{cell_says_otherwise, says_otherwise, title_says_otherwise};
pub use usual::by_words;
pub use wanted::{
    KeyNames, check_crosswalks, check_map, check_map_of, check_sums_of, indicator_columns,
    key_names,
};
pub use words_seen::WordsSeen;

use crate::panel::Panel;
use forewarn_diagnostics::Reports;

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
