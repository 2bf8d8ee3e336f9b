//! Takes the cells of a table, row by row or column by column.
//!
//! Cells become numbers as they come, so that nothing of the table is kept but the panel's own
//! columns. Problems are collected and told at the end; a row whose key cannot be read is left out
//! of the search for duplicates.

use super::cells::{Outcome, Reading, all_plain, fill, is_plain};
use super::columns::{Binding, PeriodAt, bind};
use super::entities::Entities;
use super::except::{Chosen, Except};
use super::file_rows::FileRows;
use super::flown::Flown;
use super::noticed::{Above, Commas, LineOf, Marked, wants_note};
use super::pace::Periods;
use super::problems::Problems;
use super::wanted::{asked_alone, wanted_columns};
use super::{Batch, BindOptions, Cell, Column, Holds, InputSummary, Record};
use crate::flags::Flags;
use forewarn_diagnostics::Reports;
use forewarn_plan::{INAPPLICABLE, InputInfo, InputKind, OnViolation, Plan};

/// Of an input in which cells are missing for what stands in them, that is kept of so many.
const MOST_STOOD: usize = 10_000;

/// Grows a panel from a table.
#[derive(Debug)]
pub struct PanelBuilder<'p> {
    pub(super) plan: &'p Plan,
    pub(super) options: BindOptions,
    pub(super) table: Vec<Column>,
    pub(super) binding: Binding,
    pub(super) reading: Reading,
    /// None where the file has no periods.
    pub(super) reading_periods: Option<Periods>,
    pub(super) problems: Problems,
    pub(super) entities: Entities,
    pub(super) entity_of: Vec<u32>,
    pub(super) periods: Vec<i64>,
    /// One per input of the Plan; without rows where there is no column.
    pub(super) values: Vec<Vec<f64>>,
    /// One per input: what lies outside its range.
    pub(super) above: Vec<Above>,
    /// One per input: how its numbers with a decimal mark are written, as far as rows come one by one.
    pub(super) commas: Vec<Commas>,
    /// One per input that is carried forward: rows whose cell says something that is not taken. Such
    /// a cell is missing, but not absent.
    pub(super) refused: Vec<Vec<usize>>,
    /// One per input: rows whose cell was not taken as it is, with what stood there (see `Panel::moved`).
    pub(super) moved: Vec<Vec<(usize, f64)>>,
    /// The row of the file that each row came from.
    pub(super) file_rows: FileRows,
    pub(super) summaries: Vec<InputSummary>,
    pub(super) except: Except,
    /// The columns there are, where that is known only in the end.
    pub(super) present: Option<Vec<String>>,
    /// Rows whose values are not among `values` any more.
    pub(super) flown: Flown,
    /// One per input: how many of its cells are shown as percentages, and how many are plain numbers.
    pub(super) shown: Vec<(u64, u64)>,
    /// One per input: how its numbers are marked, as far as rows come one by one.
    pub(super) marked: Vec<Marked>,
    /// What stands behind values, as far as rows come one by one: other cells have nothing behind them.
    pub(super) flags: Flags,
    /// Rows that a filter left out before they came here.
    pub(super) filtered: u64,
    /// A column that says how good values are, and what it says of how many.
    pub(super) quality: Option<(String, Vec<(String, u64)>)>,
    /// What a condition on rows asked for that no row has, where it left none.
    pub(super) nowhere: Option<Vec<String>>,
    /// Rows that a footer took.
    pub(super) behind_footer: u64,
}

impl<'p> PanelBuilder<'p> {
    /// For a table whose columns are known before its rows.
    ///
    /// # Errors
    /// The columns that are missing, there twice or of another kind than the rules read.
    pub fn new(
        plan: &'p Plan,
        columns: Vec<Column>,
        options: BindOptions,
    ) -> Result<Self, Reports> {
        let columns = if options.sheltered {
            asked_alone(plan, &options, columns)
        } else {
            columns
        };
        let binding = bind(plan, &columns, &options)?;
        let summaries = plan
            .inputs
            .iter()
            .zip(&binding.inputs)
            .map(|(input, place)| InputSummary {
                name: input.name.clone(),
                column: place
                    .and_then(|at| columns.get(at))
                    .map(|column| column.name.clone()),
                ..InputSummary::default()
            })
            .collect();
        let reading_periods = match (plan.panel.period, binding.period) {
            (None, _) | (_, PeriodAt::None) => None,
            (Some(panel), PeriodAt::Two(_)) => Some(Periods::new(panel, None, false, None)),
            (Some(panel), PeriodAt::One(_)) => {
                let written = options.written.or(plan.panel.written);
                let periods = Periods::new(panel, binding.long, options.several, written);
                Some(periods.with(&options.also_written))
            }
        };
        Ok(Self {
            plan,
            reading_periods,
            present: None,
            reading: Reading::of(plan, &options),
            problems: Problems::new(options.limits),
            except: Except::new(plan, &options),
            options,
            table: columns,
            binding,
            entities: Entities::default(),
            entity_of: Vec::new(),
            periods: Vec::new(),
            values: vec![Vec::new(); plan.inputs.len()],
            above: vec![Above::default(); plan.inputs.len()],
            commas: vec![Commas::default(); plan.inputs.len()],
            refused: vec![Vec::new(); plan.inputs.len()],
            moved: vec![Vec::new(); plan.inputs.len()],
            file_rows: FileRows::default(),
            summaries,
            flown: Flown::default(),
            shown: vec![(0, 0); plan.inputs.len()],
            marked: vec![Marked::default(); plan.inputs.len()],
            flags: Flags::default(),
            filtered: 0,
            quality: None,
            nowhere: None,
            behind_footer: 0,
        })
    }

    /// For a table whose rows name their own cells: its columns are those that the rules read, in
    /// the order of [`PanelBuilder::columns`], until [`PanelBuilder::saw`] says which there were.
    /// `first` are the names in its first row: what is a key there is one everywhere.
    ///
    /// # Errors
    /// Entries of `--map` that do nothing.
    pub fn open(plan: &'p Plan, options: BindOptions, first: &[&str]) -> Result<Self, Reports> {
        let columns = wanted_columns(plan, &options, first)
            .into_iter()
            .map(|name| Column {
                name,
                holds: Holds::Cells,
                unit: None,
            })
            .collect();
        Self::new(plan, columns, options)
    }

    /// The rows that follow are of this file.
    pub fn of_file(&mut self, file: &str) {
        file.clone_into(&mut self.options.file);
    }

    /// So many rows of the file were left out before they came here.
    /// Where it was all of them, `nowhere` says what was asked for that no row has.
    pub fn filtered(&mut self, rows: u64, nowhere: Option<Vec<String>>) {
        self.nowhere = nowhere;
        self.filtered += rows;
    }

    /// A column of the file says how good values are: what it says of how many.
    pub fn told_quality(&mut self, column: &str, words: Vec<(String, u64)>) {
        self.quality = Some((column.to_owned(), words));
    }

    /// So many rows were left out for what is said of footers.
    pub fn behind_footer(&mut self, rows: u64) {
        self.behind_footer += rows;
    }

    /// Cells of a column that were not taken since they could not be read.
    pub fn unreadable(&mut self, column: &str, cells: u64) {
        for summary in &mut self.summaries {
            if summary.column.as_deref() == Some(column) {
                summary.unreadable += cells;
            }
        }
    }

    /// Cells of a column that were moved to the end of the declared range before they were added up.
    pub fn out_of_range(&mut self, column: &str, cells: u64) {
        for summary in &mut self.summaries {
            if summary.column.as_deref() == Some(column) {
                summary.out_of_range += cells;
            }
        }
    }

    /// The table's columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.table
    }

    /// Which of the table's columns are read, in ascending order.
    #[must_use]
    pub fn columns_read(&self) -> Vec<usize> {
        let mut read = self.key_columns();
        read.extend(self.binding.inputs.iter().flatten());
        read.sort_unstable();
        read.dedup();
        read
    }

    /// Which of them keys are read from, in ascending order.
    #[must_use]
    pub fn key_columns(&self) -> Vec<usize> {
        let Binding { keys, period, .. } = &self.binding;
        let mut read: Vec<usize> = keys.iter().copied().chain(period.columns()).collect();
        read.sort_unstable();
        read.dedup();
        read
    }

    /// Takes a row; `row` is its number in the file.
    pub fn record(&mut self, row: u64, record: &impl Record) {
        if self.leaves_out(record) {
            return;
        }
        let shown: LineOf<'_> = &|column| record.shown(column);
        let index = self.entity_of.len();
        match self.binding.keys.as_slice() {
            [only] => self.put_entity(row, record.cell(*only), shown),
            [] => self.put_series(row),
            many => {
                let cells: Vec<Cell<'_>> = many.iter().map(|at| record.cell(*at)).collect();
                self.put_keys(row, &cells, shown);
            }
        }
        match self.binding.period {
            PeriodAt::None => {}
            PeriodAt::One(column) => self.put_period(index, column, record.cell(column), shown),
            PeriodAt::Two(at) => {
                let cells = at.map(|column| record.cell(column));
                self.put_two(index, at, cells, shown);
            }
        }
        for input in 0..self.values.len() {
            if let Some(Some(column)) = self.binding.inputs.get(input).copied() {
                self.put(input, index, record.cell(column), shown);
            }
        }
    }

    /// Takes rows by columns; `first_row` is the number of the first of them in the file.
    pub fn batch(&mut self, first_row: u64, batch: &impl Batch) {
        match self.taken(batch) {
            Some(rows) => self.take_batch(first_row, &Chosen { of: batch, rows }),
            None => self.take_batch(first_row, batch),
        }
    }

    fn take_batch(&mut self, first_row: u64, batch: &impl Batch) {
        let start = self.entity_of.len();
        let shown: LineOf<'_> = &|_| None;
        self.take_keys(first_row, batch);
        for input in 0..self.values.len() {
            let Some(Some(column)) = self.binding.inputs.get(input).copied() else {
                continue;
            };
            if !self.put_numbers(input, start, column, batch) {
                batch.each(column, |at, cell| self.put(input, start + at, cell, shown));
            }
        }
    }

    /// Takes the keys of a batch.
    pub(super) fn take_keys(&mut self, first_row: u64, batch: &impl Batch) {
        let start = self.entity_of.len();
        let shown: LineOf<'_> = &|_| None;
        let row_of = |at: usize| first_row + batch.number(at) as u64;
        match self.binding.keys.as_slice() {
            [only] => batch.each(*only, |at, cell| self.put_entity(row_of(at), cell, shown)),
            [] => (0..batch.rows()).for_each(|at| self.put_series(row_of(at))),
            _ => self.batch_keys(first_row, batch),
        }
        match self.binding.period {
            PeriodAt::None => {}
            PeriodAt::One(column) => batch.each(column, |at, cell| {
                self.put_period(start + at, column, cell, shown);
            }),
            PeriodAt::Two(at) => self.batch_two(start, at, batch),
        }
    }

    /// Takes a cell of an indicator.
    #[inline]
    fn put(&mut self, input: usize, index: usize, cell: Cell<'_>, shown: LineOf<'_>) {
        let Some(info) = self.plan.inputs.get(input) else {
            return;
        };
        if let Cell::Text(text) = cell
            && let Some(commas) = self.commas.get_mut(input)
        {
            commas.note(text, self.options.decimal);
            if let Some(marked) = self.marked.get_mut(input)
                && wants_note(text)
            {
                marked.note(text, &self.options, self.plan.percentages.contains(&input));
            }
            if info.kind == InputKind::Number
                && let Some(flag) = self.reading.flag(text)
            {
                self.flags.put(input, index, flag);
            }
        }
        let cell = match cell {
            Cell::Share(_) => {
                self.note_shown(input, true);
                cell.counted(self.plan.percentages.contains(&input))
            }
            Cell::Number(_) | Cell::Integer(_) => {
                self.note_shown(input, false);
                cell
            }
            Cell::Missing
            | Cell::Unknown
            | Cell::NoColumn
            | Cell::Text(_)
            | Cell::Truth(_)
            | Cell::Date(_)
            | Cell::Other(_) => cell,
        };
        let value = match self.reading.read(info, cell) {
            Outcome::Value(value) => value,
            other => self.unusual(input, info, index, cell, other, shown),
        };
        if let Some(values) = self.values.get_mut(input) {
            values.push(value);
        }
    }

    fn note_shown(&mut self, input: usize, as_percentage: bool) {
        if let Some((shares, plain)) = self.shown.get_mut(input) {
            *(if as_percentage { shares } else { plain }) += 1;
        }
    }

    /// Takes a whole column of numbers: nearly all are plain values, and only the others are looked
    /// at one by one.
    fn put_numbers(
        &mut self,
        input: usize,
        start: usize,
        column: usize,
        batch: &impl Batch,
    ) -> bool {
        let (Some(info), Some(values)) = (self.plan.inputs.get(input), self.values.get_mut(input))
        else {
            return false;
        };
        if !self.reading.takes_plain(info) || !batch.numbers(column, values) {
            return false;
        }
        let from = self.flown.place(start);
        let taken = self
            .values
            .get_mut(input)
            .and_then(|all| all.get_mut(from..));
        if let (Some(taken), Some(summary)) = (taken, self.summaries.get_mut(input))
            && let Some(known) = all_plain(info, taken)
        {
            let nothing = fill(info, taken, known);
            match info.missing_means {
                Some(_) => summary.absent += nothing,
                None => summary.missing += nothing,
            }
            return true;
        }
        for index in start..start + batch.rows() {
            let place = self.flown.place(index);
            let values = self.values.get(input);
            let Some(x) = values.and_then(|values| values.get(place)).copied() else {
                break;
            };
            if !is_plain(info, x) {
                let cell = Cell::Number(x);
                let outcome = self.reading.read(info, cell);
                let value = self.unusual(input, info, index, cell, outcome, &|_| None);
                if let Some(slot) = self.values.get_mut(input).and_then(|v| v.get_mut(place)) {
                    *slot = value;
                }
            }
        }
        true
    }

    /// Keeps what stood in a cell that is not taken as it is. Of columns in which that is the rule it is not kept of all.
    fn note_stood(&mut self, input: usize, index: usize, stood: f64) {
        let clamps = |info: &InputInfo| info.on_violation == OnViolation::Clamp;
        let all = self.plan.inputs.get(input).is_some_and(clamps);
        if let Some(moved) = self.moved.get_mut(input)
            && (all || moved.len() < MOST_STOOD)
        {
            moved.push((index, stood));
        }
    }

    /// A cell that gives no plain value.
    pub(super) fn unusual(
        &mut self,
        input: usize,
        info: &InputInfo,
        index: usize,
        cell: Cell<'_>,
        outcome: Outcome,
        shown: LineOf<'_>,
    ) -> f64 {
        let Some(summary) = self.summaries.get_mut(input) else {
            return f64::NAN;
        };
        let value = match outcome {
            Outcome::Value(value) => value,
            Outcome::Named(value) => {
                summary.labelled += 1;
                let name = || super::cells::value_text(&info.kind, value);
                summary
                    .first_labelled
                    .get_or_insert_with(|| (super::cells::cell_text(cell), name()));
                value
            }
            // Nothing said is not verified.
            Outcome::Missing | Outcome::Worded | Outcome::Unknown
                if matches!(info.kind, InputKind::Verification { .. }) =>
            {
                return 0.0;
            }
            Outcome::Missing | Outcome::Worded => {
                if let Some(instead) = info.missing_means {
                    summary.absent += 1;
                    if outcome == Outcome::Worded {
                        summary.worded += 1;
                        summary
                            .first_worded
                            .get_or_insert_with(|| super::cells::cell_text(cell));
                    }
                    return instead;
                }
                summary.missing += 1;
                return f64::NAN;
            }
            Outcome::Inapplicable => return INAPPLICABLE,
            // Nothing stands in its place, and nothing earlier is carried into it.
            Outcome::Unknown => {
                self.note_stood(input, index, f64::NAN);
                f64::NAN
            }
            Outcome::OutOfRange {
                value,
                instead: Some(instead),
            } => {
                summary.out_of_range += 1;
                if let Some(above) = self.above.get_mut(input) {
                    above.note(value);
                }
                if summary.first_out_of_range.is_none() {
                    let row = self.file_rows.get(index).unwrap_or(0);
                    let key = self.key_of(index).unwrap_or_default();
                    if let Some(summary) = self.summaries.get_mut(input) {
                        summary.first_out_of_range = Some((row, key, value));
                    }
                }
                self.note_stood(input, index, value);
                instead
            }
            Outcome::NotANumber(_) | Outcome::NotYesOrNo | Outcome::NotOneOf
                if self.options.lenient =>
            {
                summary.unreadable += 1;
                f64::NAN
            }
            _ => {
                self.bad_cell(input, info, index, cell, outcome, shown);
                f64::NAN
            }
        };
        if value.is_nan() {
            if let Some(summary) = self.summaries.get_mut(input) {
                summary.missing += 1;
            }
            if info.carry_forward.is_some()
                && let Some(refused) = self.refused.get_mut(input)
            {
                refused.push(index);
            }
        }
        value
    }
}
