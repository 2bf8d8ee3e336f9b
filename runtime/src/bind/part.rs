//! What a file gives: its rows, sorted by their keys.

use super::InputSummary;
use super::except::Except;
use forewarn_diagnostics::Reports;
use forewarn_plan::PeriodKind;
use forewarn_plan::period::Written;

/// The rows of one file, sorted by entity and period, without duplicates.
#[derive(Debug)]
pub struct Part {
    /// As shown to people.
    pub(super) file: String,
    pub(super) pace: Pace,
    /// It was read as the only file, so that what it lacks has been told.
    pub(super) alone: bool,
    /// It has cells: rows that were asked for beside those of files have none.
    pub(super) cells: bool,
    pub(super) entity_column: String,
    /// The column of the second key. A file without one, where the panel has two keys, is about the
    /// whole of the first.
    pub(super) within_column: Option<String>,
    pub(super) period_column: Option<String>,
    /// How it writes the panel's periods, where that is not the usual way.
    pub(super) written: Option<Written>,
    /// All columns that keys are read from.
    pub(super) key_columns: Vec<String>,
    /// The distinct entities, sorted.
    pub(super) entities: Vec<String>,
    pub(super) entity_of: Vec<u32>,
    /// Periods of the panel, for a slower file the first one within each of its own; empty where
    /// the file has none.
    pub(super) periods: Vec<i64>,
    /// One per input of the Plan; without rows where the file has no column for it.
    pub(super) values: Vec<Vec<f64>>,
    /// One per input: rows whose cell says something that is not taken, ascending.
    pub(super) refused: Vec<Vec<usize>>,
    pub(super) file_rows: Vec<u64>,
    pub(super) summaries: Vec<InputSummary>,
    /// All columns of the file.
    pub(super) columns: Vec<String>,
    /// Entries of `--map` whose column the file does not have: the name and the column.
    pub(super) unmapped: Vec<(String, String)>,
    pub(super) except: Except,
    pub(super) warnings: Reports,
}

/// How the rows of a file stand to those of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// A row of the file is a row of the panel.
    Panel,
    /// The file goes by longer periods.
    Slower(PeriodKind),
    /// The file has no periods: it says what does not change.
    Timeless,
}

impl Part {
    pub(super) fn rows(&self) -> usize {
        self.entity_of.len()
    }

    /// Is this indicator read from the file?
    pub(super) fn holds(&self, input: usize) -> bool {
        let summary = self.summaries.get(input);
        summary.is_some_and(|summary| summary.column.is_some())
    }

    /// The row of the file that has a key.
    pub(super) fn file_row(&self, entity: &str, period: Option<i64>) -> Option<u64> {
        let entity = self
            .entities
            .binary_search_by(|name| name.as_str().cmp(entity));
        let entity = u32::try_from(entity.ok()?).ok()?;
        let first = self.entity_of.partition_point(|at| *at < entity);
        let behind = self.entity_of.partition_point(|at| *at <= entity);
        let within = match period {
            Some(period) => {
                let periods = self.periods.get(first..behind)?;
                periods.binary_search(&period).ok()?
            }
            None => 0,
        };
        self.file_rows.get(first + within).copied()
    }
}
