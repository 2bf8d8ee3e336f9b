//! What is noted of rows as they go through a pipe, to be told at the end.

use super::chosen::Chosens;
use super::layout::Layout;
use crate::grid::Kept;
use crate::recipe::gather::At;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a file reaches.
#[derive(Debug, Default)]
pub(super) struct Delivery {
    pub(super) periods: BTreeSet<i64>,
    /// The period of the row before, as the file writes it.
    pub(super) last: String,
    /// There is a row of data.
    pub(super) has_rows: bool,
}

/// A row of an event.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) at: At,
    pub(super) cells: Vec<Kept>,
    pub(super) target: Option<String>,
    /// It is among the rows that are read.
    pub(super) read: bool,
}

/// The events of all files, in the order of their rows, and where the columns of each file go.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub(super) all: Vec<Event>,
    pub(super) layouts: BTreeMap<usize, Layout>,
}

/// What columns that seem to name events said so far.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub(super) known: HashMap<String, At>,
    pub(super) column: String,
    pub(super) rows: u64,
    pub(super) found: Option<(At, At, String, u64)>,
}

/// What was met in a file.
#[derive(Debug, Default)]
pub(super) struct Met {
    /// Names in its long table, and the indicator that is read from each.
    pub(super) names: BTreeMap<String, Option<String>>,
    /// Rows that `rows` leaves out, and those that it lets through.
    pub(super) left_out: u64,
    pub(super) kept: u64,
    /// The words by which it chooses, beside those of this file.
    pub(super) chosen: Chosens,
}

/// A name with what it is nearly.
#[derive(Debug)]
pub(super) struct Near {
    pub(super) name: String,
    pub(super) indicator: String,
    pub(super) at: At,
    pub(super) rows: u64,
}

/// Names that were looked at; none of most of them.
#[derive(Debug, Default)]
pub(super) struct NearNames(pub(super) BTreeMap<String, Option<Near>>);

/// What such a column said so far.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The column of the file at hand.
    pub(super) column: Option<usize>,
    pub(super) name: String,
    pub(super) words: BTreeMap<String, u64>,
    /// Where it said first of a value that it is none, the word, and how many times in all.
    pub(super) none: Option<(At, String, u64)>,
}

/// Events by what all their cells say.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pub(super) known: HashMap<u64, At>,
    /// The first that two files have, and how many there are.
    pub(super) found: Option<(At, At, u64)>,
}
