//! The keys of rows as they come: entities and periods.
//!
//! In: key cells. Out: numbers of entities and periods, one per row; a row whose key cannot be read
//! is told and left out of the search for duplicates.

use super::builder::PanelBuilder;
use super::cells::{cell_text, key_text};
use super::noticed::{LineOf, NO_KEY};
use super::{Batch, Cell};
use crate::panel;
use crate::period::{Period, PeriodSlip};
use std::borrow::Cow;

impl PanelBuilder<'_> {
    /// Begins a row.
    pub(super) fn put_entity(&mut self, row: u64, cell: Cell<'_>, shown: LineOf<'_>) {
        let number = match key_text(cell, &self.options.keys) {
            Some(text) => self.entities.number(&text),
            None => {
                self.empty_key(row, self.binding.entity, &self.plan.panel.entity, shown);
                NO_KEY
            }
        };
        self.entity_of.push(number);
        self.file_rows.push(row);
    }

    /// Begins a row whose entity is a pair: of the first key and of the one in column `within`.
    pub(super) fn put_pair(
        &mut self,
        row: u64,
        cells: [Cell<'_>; 2],
        within: usize,
        shown: LineOf<'_>,
    ) {
        let mut texts = cells
            .map(|cell| key_text(cell, &self.options.keys))
            .into_iter();
        let number = match (texts.next().flatten(), texts.next().flatten()) {
            (Some(first), Some(second)) => self.entities.number(&panel::pair(&first, &second)),
            (first, _) => {
                let second_key = self.plan.panel.within.as_ref();
                let (column, name) = match (first, second_key) {
                    (Some(_), Some(key)) => (within, &key.name),
                    _ => (self.binding.entity, &self.plan.panel.entity),
                };
                self.empty_key(row, column, name, shown);
                NO_KEY
            }
        };
        self.entity_of.push(number);
        self.file_rows.push(row);
    }

    /// Takes pairs of keys from two columns.
    pub(super) fn batch_pairs(&mut self, first_row: u64, within: usize, batch: &impl Batch) {
        let mut firsts: Vec<Option<String>> = Vec::with_capacity(batch.rows());
        batch.each(self.binding.entity, |_, cell| {
            firsts.push(key_text(cell, &self.options.keys).map(Cow::into_owned));
        });
        batch.each(within, |at, cell| {
            let first = match firsts.get(at) {
                Some(Some(first)) => Cell::Text(first),
                _ => Cell::Missing,
            };
            let row = first_row + batch.number(at) as u64;
            self.put_pair(row, [first, cell], within, &|_| None);
        });
    }

    pub(super) fn put_period(
        &mut self,
        index: usize,
        column: usize,
        cell: Cell<'_>,
        shown: LineOf<'_>,
    ) {
        let Some(periods) = &mut self.reading_periods else {
            return;
        };
        let read = periods.read(cell);
        self.take_period(index, column, cell, read, shown);
    }

    /// Takes the period of a row: its number, or what the cell says that is none.
    #[inline]
    fn take_period(
        &mut self,
        index: usize,
        column: usize,
        cell: Cell<'_>,
        read: Option<Result<i64, PeriodSlip>>,
        shown: LineOf<'_>,
    ) {
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
                let key = entity.map(|entity| panel::shown(self.entities.name(*entity)).into());
                self.bad_period(row, column, key, cell, slip, shown);
            }
            _ => self.empty_key(row, column, &self.plan.panel.period_name, shown),
        }
        self.periods.push(0);
        if let Some(entity) = self.entity_of.get_mut(index) {
            *entity = NO_KEY;
        }
    }

    /// Takes a period from a year and a part of it.
    pub(super) fn put_two(
        &mut self,
        index: usize,
        at: [usize; 2],
        cells: [Cell<'_>; 2],
        shown: LineOf<'_>,
    ) {
        let Some(periods) = &self.reading_periods else {
            return;
        };
        let ([year_at, within_at], [year, within]) = (at, cells);
        let read = periods.read_two(year, within);
        // What is amiss is shown where it stands.
        let year_is_fine = periods
            .read_two(year, Cell::Integer(1))
            .is_some_and(|x| x.is_ok());
        let (column, cell) = if year_is_fine {
            (within_at, within)
        } else {
            (year_at, year)
        };
        self.take_period(index, column, cell, read, shown);
    }

    /// Takes periods from a column of years and one of parts of them.
    pub(super) fn batch_two(&mut self, start: usize, at: [usize; 2], batch: &impl Batch) {
        let [year, within] = at;
        let mut years: Vec<(String, bool)> = Vec::with_capacity(batch.rows());
        batch.each(year, |_, cell| {
            let missing = match cell {
                Cell::Missing => true,
                Cell::Number(year) => year.is_nan(),
                _ => false,
            };
            years.push((cell_text(cell), missing));
        });
        batch.each(within, |row, cell| {
            let year = match years.get(row) {
                Some((text, false)) => Cell::Text(text),
                _ => Cell::Missing,
            };
            self.put_two(start + row, at, [year, cell], &|_| None);
        });
    }

    /// `NOR, 2020`
    pub(super) fn key_of(&self, index: usize) -> Option<String> {
        let entity = *self
            .entity_of
            .get(index)
            .filter(|entity| **entity != NO_KEY)?;
        let entity = panel::shown(self.entities.name(entity));
        Some(match self.panel_period(index) {
            Some(period) => format!("{entity}, {period}"),
            None => entity.into_owned(),
        })
    }

    /// The period of a row, as its file has it.
    pub(super) fn panel_period(&self, row: usize) -> Option<Period> {
        let own = self.reading_periods.as_ref()?;
        let number = *self.periods.get(row)?;
        Some(Period::new(own.kind(), number).as_in(own.written()))
    }
}
