//! Takes the cells of a table, row by row or column by column.
//!
//! Cells become numbers as they come, so that nothing of the table is kept but the panel's own
//! columns. Problems are collected and told at the end; a row whose key cannot be read is left out
//! of the search for duplicates.

use super::cells::{Outcome, Reading, cell_text, is_plain};
use super::columns::{Binding, bind, wanted_columns};
use super::entities::Entities;
use super::problems::Problems;
use super::tell::Shown;
use super::{Batch, BindOptions, Cell, Column, Holds, InputSummary, Record};
use crate::period::{self, Period, PeriodSlip};
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::plan::{InputInfo, Plan};

/// Grows a panel from a table.
#[derive(Debug)]
pub struct PanelBuilder<'p> {
    pub(super) plan: &'p Plan,
    pub(super) options: BindOptions,
    pub(super) table: Vec<Column>,
    pub(super) binding: Binding,
    reading: Reading,
    pub(super) problems: Problems,
    pub(super) entities: Entities,
    pub(super) entity_of: Vec<u32>,
    pub(super) periods: Vec<i64>,
    /// One per input of the Plan; without rows where there is no column.
    pub(super) values: Vec<Vec<f64>>,
    /// The row of the file that each row came from.
    pub(super) file_rows: Vec<u64>,
    pub(super) summaries: Vec<InputSummary>,
}

/// In place of an entity: the row's key could not be read.
pub(super) const NO_KEY: u32 = u32::MAX;

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
        Ok(Self {
            plan,
            reading: Reading::new(options.decimal, &options.missing),
            problems: Problems::new(options.limits),
            options,
            table: columns,
            binding,
            entities: Entities::default(),
            entity_of: Vec::new(),
            periods: Vec::new(),
            values: vec![Vec::new(); plan.inputs.len()],
            file_rows: Vec::new(),
            summaries,
        })
    }

    /// For a table whose rows name their own cells: its columns are those that the rules read, in
    /// the order of [`PanelBuilder::columns`], until [`PanelBuilder::saw`] says which there were.
    ///
    /// # Errors
    /// Entries of `--map` that do nothing.
    pub fn open(plan: &'p Plan, options: BindOptions) -> Result<Self, Reports> {
        let columns = wanted_columns(plan, &options.map)
            .into_iter()
            .map(|name| Column {
                name,
                holds: Holds::Cells,
            })
            .collect();
        Self::new(plan, columns, options)
    }

    /// The table's columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.table
    }

    /// Which of the table's columns are read, in ascending order.
    #[must_use]
    pub fn columns_read(&self) -> Vec<usize> {
        let Binding {
            entity,
            period,
            inputs,
        } = &self.binding;
        let mut read: Vec<usize> = std::iter::once(*entity)
            .chain(*period)
            .chain(inputs.iter().flatten().copied())
            .collect();
        read.sort_unstable();
        read.dedup();
        read
    }

    /// Takes a row; `row` is its number in the file.
    pub fn record(&mut self, row: u64, record: &impl Record) {
        let shown: Shown<'_> = &|column| record.shown(column);
        let index = self.entity_of.len();
        self.put_entity(row, record.cell(self.binding.entity), shown);
        if let Some(column) = self.binding.period {
            self.put_period(index, record.cell(column), shown);
        }
        for input in 0..self.values.len() {
            if let Some(Some(column)) = self.binding.inputs.get(input).copied() {
                self.put(input, index, record.cell(column), shown);
            }
        }
    }

    /// Takes rows by columns; `first_row` is the number of the first of them in the file.
    pub fn batch(&mut self, first_row: u64, batch: &impl Batch) {
        let start = self.entity_of.len();
        let shown: Shown<'_> = &|_| None;
        batch.each(self.binding.entity, |at, cell| {
            self.put_entity(first_row + at as u64, cell, shown);
        });
        if let Some(column) = self.binding.period {
            batch.each(column, |at, cell| self.put_period(start + at, cell, shown));
        }
        for input in 0..self.values.len() {
            let Some(Some(column)) = self.binding.inputs.get(input).copied() else {
                continue;
            };
            if !self.put_numbers(input, start, column, batch) {
                batch.each(column, |at, cell| self.put(input, start + at, cell, shown));
            }
        }
    }

    /// Begins a row.
    fn put_entity(&mut self, row: u64, cell: Cell<'_>, shown: Shown<'_>) {
        let number = match cell {
            Cell::Text(text) if !text.trim().is_empty() => self.entities.number(text.trim()),
            Cell::Integer(code) => self.entities.number(&code.to_string()),
            Cell::Number(code) if code.is_finite() => self.entities.number(&cell_text(cell)),
            _ => {
                self.empty_key(row, self.binding.entity, &self.plan.panel.entity, shown);
                NO_KEY
            }
        };
        self.entity_of.push(number);
        self.file_rows.push(row);
    }

    fn put_period(&mut self, index: usize, cell: Cell<'_>, shown: Shown<'_>) {
        let (Some(kind), Some(column)) = (self.plan.panel.period, self.binding.period) else {
            return;
        };
        let read = match cell {
            Cell::Text(text) if text.trim().is_empty() => None,
            Cell::Text(text) => Some(period::parse(kind, text.trim())),
            Cell::Integer(number) => Some(period::from_number(kind, number)),
            Cell::Number(number) if number.is_nan() => None,
            Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                Some(period::from_number(kind, number as i64))
            }
            Cell::Date(days) => Some(period::from_days(kind, days)),
            Cell::Missing => None,
            _ => Some(Err(PeriodSlip::Form)),
        };
        if let Some(Ok(number)) = read {
            self.periods.push(number);
            return;
        }
        let row = self.file_rows.get(index).copied().unwrap_or(0);
        match read {
            Some(Err(slip)) => {
                let entity = self
                    .entity_of
                    .get(index)
                    .filter(|entity| **entity != NO_KEY);
                let key = entity.map(|entity| self.entities.name(*entity).to_owned());
                self.bad_period(row, key, cell, slip, shown);
            }
            _ => self.empty_key(row, column, &self.plan.panel.period_name, shown),
        }
        self.periods.push(0);
        if let Some(entity) = self.entity_of.get_mut(index) {
            *entity = NO_KEY;
        }
    }

    /// Takes a cell of an indicator.
    #[inline]
    fn put(&mut self, input: usize, index: usize, cell: Cell<'_>, shown: Shown<'_>) {
        let Some(info) = self.plan.inputs.get(input) else {
            return;
        };
        let value = match self.reading.read(info, cell) {
            Outcome::Value(value) => value,
            other => self.unusual(input, info, index, cell, other, shown),
        };
        if let Some(values) = self.values.get_mut(input) {
            values.push(value);
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
        for index in start..start + batch.rows() {
            let Some(x) = self
                .values
                .get(input)
                .and_then(|values| values.get(index))
                .copied()
            else {
                break;
            };
            if !is_plain(info, x) {
                let cell = Cell::Number(x);
                let outcome = self.reading.read(info, cell);
                let value = self.unusual(input, info, index, cell, outcome, &|_| None);
                if let Some(slot) = self.values.get_mut(input).and_then(|v| v.get_mut(index)) {
                    *slot = value;
                }
            }
        }
        true
    }

    /// A cell that gives no plain value.
    fn unusual(
        &mut self,
        input: usize,
        info: &InputInfo,
        index: usize,
        cell: Cell<'_>,
        outcome: Outcome,
        shown: Shown<'_>,
    ) -> f64 {
        let Some(summary) = self.summaries.get_mut(input) else {
            return f64::NAN;
        };
        let value = match outcome {
            Outcome::Value(value) => value,
            Outcome::Missing => match info.missing_means {
                Some(instead) => {
                    summary.absent += 1;
                    instead
                }
                None => f64::NAN,
            },
            Outcome::OutOfRange {
                value,
                instead: Some(instead),
            } => {
                summary.out_of_range += 1;
                if summary.first_out_of_range.is_none() {
                    let row = self.file_rows.get(index).copied().unwrap_or(0);
                    let key = self.key_of(index).unwrap_or_default();
                    if let Some(summary) = self.summaries.get_mut(input) {
                        summary.first_out_of_range = Some((row, key, value));
                    }
                }
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
        if value.is_nan()
            && let Some(summary) = self.summaries.get_mut(input)
        {
            summary.missing += 1;
        }
        value
    }

    /// `NOR, 2020`
    pub(super) fn key_of(&self, index: usize) -> Option<String> {
        let entity = *self
            .entity_of
            .get(index)
            .filter(|entity| **entity != NO_KEY)?;
        let entity = self.entities.name(entity);
        match (self.plan.panel.period, self.periods.get(index)) {
            (Some(kind), Some(number)) => Some(format!(
                "{entity}, {}",
                Period {
                    kind,
                    number: *number
                }
            )),
            _ => Some(entity.to_owned()),
        }
    }
}
