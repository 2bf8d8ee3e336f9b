//! What a file gives: its rows, sorted by their keys.

use super::InputSummary;
use super::departures::{ByKey, Departure, Rescaled};
use super::except::Except;
use super::file_rows::FileRows;
use crate::distinct::distinct;
use crate::flags::Flags;
use forewarn_diagnostics::Reports;
use forewarn_plan::period::Written;
use forewarn_plan::{PeriodKind, Plan};

/// The rows of one file, sorted by entity and period, without duplicates.
#[derive(Debug)]
pub struct BoundFile {
    /// As shown to people.
    pub(super) file: String,
    pub(super) pace: Pace,
    /// It was read as the only file, so that what it lacks has been told.
    pub(super) alone: bool,
    /// It has cells: rows that were asked for beside those of files have none.
    pub(super) cells: bool,
    /// The columns of the keys of what its rows are about. A file with fewer than the panel has is about the
    /// whole of the last of its own.
    pub(super) entity_columns: Vec<String>,
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
    /// Of so many files it is stacked.
    pub(super) stacked: usize,
    /// Periods within that no delivery reaches, ascending.
    pub(super) lacking: Vec<i64>,
    /// One per input of the Plan; without rows where the file has no column for it.
    pub(super) values: Vec<Vec<f64>>,
    /// One per input: rows whose cell says something that is not taken, ascending.
    pub(super) refused: Vec<Vec<usize>>,
    /// One per input: rows whose cell was not taken as it is, ascending, with what stood there (see `Panel::moved`).
    pub(super) moved: Vec<Vec<(usize, f64)>>,
    /// What stands behind its values.
    pub(super) flags: Flags,
    pub(super) file_rows: FileRows,
    pub(super) summaries: Vec<InputSummary>,
    /// All columns of the file.
    pub(super) columns: Vec<String>,
    /// Entries of `--map` whose column the file does not have: the name and the column.
    pub(super) unmapped: Vec<(String, String)>,
    /// Columns of the file of which its sums make nothing.
    pub(super) unsummed: Vec<String>,
    pub(super) except: Except,
    /// Rows that its recipe's `rows` left out.
    pub(super) filtered: u64,
    /// What a column beside its values says of them.
    pub(super) marked: Option<(String, Vec<(String, u64)>)>,
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

/// What a file gives, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartSummary {
    pub rows: usize,
    /// Rows that the recipe's `rows` left out.
    pub filtered: u64,
    /// A column that says how good values are, with what it says of how many.
    pub marked: Option<(String, Vec<(String, u64)>)>,
    pub entities: usize,
    pub periods: usize,
    pub first_period: Option<i64>,
    pub last_period: Option<i64>,
    pub entity_columns: Vec<String>,
    pub period_column: Option<String>,
    /// All columns of the file.
    pub columns: Vec<String>,
    /// Columns that a key is read from.
    pub key_columns: Vec<String>,
    pub inputs: Vec<InputSummary>,
    /// One per input: the lowest and the highest value, and how many different ones there are up to three.
    pub seen: Vec<Option<(f64, f64)>>,
}

impl BoundFile {
    /// What departs from everything before it.
    #[must_use]
    pub fn strange(&self, plan: &Plan) -> (Vec<Departure>, Vec<Rescaled>) {
        let keys = ByKey {
            entities: &self.entities,
            entity_of: &self.entity_of,
            periods: &self.periods,
        };
        keys.strange(plan, &self.values)
    }

    /// Says of how many files it is stacked, and which periods within it none of them reaches, ascending.
    pub fn stacks(&mut self, files: usize, lacking: Vec<i64>) {
        self.stacked = files;
        self.lacking = lacking;
    }

    /// Adds what was found and does not stand in the way.
    pub fn warn(&mut self, warnings: Reports) {
        self.warnings.append(warnings);
    }

    /// What was found and does not stand in the way.
    #[must_use]
    pub fn warnings(&self) -> &Reports {
        &self.warnings
    }

    /// The same, taken out.
    pub fn take_warnings(&mut self) -> Reports {
        std::mem::take(&mut self.warnings)
    }

    /// What there is, in numbers.
    #[must_use]
    pub fn summary(&self) -> PartSummary {
        let periods = distinct(self.periods.iter().copied());
        let seen = self.values.iter().map(|values| {
            let known = values.iter().copied().filter(|value| !value.is_nan());
            known.fold(None, |seen: Option<(f64, f64)>, value| match seen {
                None => Some((value, value)),
                Some((low, high)) => Some((low.min(value), high.max(value))),
            })
        });
        PartSummary {
            rows: self.rows(),
            filtered: self.filtered,
            marked: self.marked.clone(),
            entities: self.entities.len(),
            periods: periods.len(),
            first_period: periods.first().copied(),
            last_period: periods.last().copied(),
            entity_columns: self.entity_columns.clone(),
            period_column: self.period_column.clone(),
            columns: self.columns.clone(),
            key_columns: self.key_columns.clone(),
            inputs: self.summaries.clone(),
            seen: seen.collect(),
        }
    }

    /// All columns of the file.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The columns that keys are read from.
    #[must_use]
    pub fn key_columns(&self) -> &[String] {
        &self.key_columns
    }

    /// What was met in the column of each input.
    #[must_use]
    pub fn inputs(&self) -> &[InputSummary] {
        &self.summaries
    }

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
        self.file_rows.get(first + within)
    }
}
