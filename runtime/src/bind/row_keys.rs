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
    /// Begins a row of which the file has one key.
    pub(super) fn put_entity(&mut self, row: u64, cell: Cell<'_>, shown: LineOf<'_>) {
        let again = match cell {
            Cell::Text(text) => self.entities.again(text),
            _ => None,
        };
        let number = again.unwrap_or_else(|| match key_text(cell, &self.options.keys) {
            Some(text) => self.entities.number_of_cell(&text, cell),
            None => self.no_key(row, 0, cell, shown),
        });
        self.begin(row, number);
    }

    /// Begins a row of a series.
    pub(super) fn put_series(&mut self, row: u64) {
        let number = self.entities.number("");
        self.begin(row, number);
    }

    /// Begins a row of which the file has several keys.
    pub(super) fn put_keys(&mut self, row: u64, cells: &[Cell<'_>], shown: LineOf<'_>) {
        let form = &self.options.keys;
        let texts = cells.iter().map(|cell| key_text(*cell, form));
        let texts: Vec<Option<Cow<'_, str>>> = texts.collect();
        let number = match texts.iter().position(Option::is_none) {
            None => {
                let entity = panel::joined(texts.iter().flatten());
                self.entities.number(&entity)
            }
            Some(place) => {
                let cell = cells.get(place).copied().unwrap_or(Cell::Missing);
                self.no_key(row, place, cell, shown)
            }
        };
        self.begin(row, number);
    }

    fn begin(&mut self, row: u64, entity: u32) {
        self.entity_of.push(entity);
        self.file_rows.push(row);
    }

    /// Tells a row that lacks the key with this place.
    #[cold]
    fn no_key(&mut self, row: u64, place: usize, cell: Cell<'_>, shown: LineOf<'_>) -> u32 {
        let plan = self.plan;
        if let (Some(column), Some(key)) =
            (self.binding.keys.get(place), plan.panel.keys.get(place))
        {
            self.empty_key(row, (*column, cell), &key.name, shown);
        }
        NO_KEY
    }

    /// Takes several keys from their columns.
    pub(super) fn batch_keys(&mut self, first_row: u64, batch: &impl Batch) {
        let mut keys: Vec<Vec<Option<String>>> = vec![Vec::new(); batch.rows()];
        for column in self.binding.keys.clone() {
            batch.each(column, |at, cell| {
                if let Some(keys) = keys.get_mut(at) {
                    keys.push(key_text(cell, &self.options.keys).map(Cow::into_owned));
                }
            });
        }
        for (at, keys) in keys.iter().enumerate() {
            let cells = keys.iter().map(|key| match key {
                Some(key) => Cell::Text(key),
                None => Cell::Missing,
            });
            let cells: Vec<Cell<'_>> = cells.collect();
            self.put_keys(first_row + batch.number(at) as u64, &cells, &|_| None);
        }
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
        let row = self.file_rows.get(index).unwrap_or(0);
        match read {
            Some(Err(slip)) => {
                let entity = self.entity_of.get(index).copied();
                let entity = entity.filter(|entity| *entity != NO_KEY);
                let entity = entity.map(|entity| self.entities.name(entity));
                // A series has none.
                let entity = entity.filter(|entity| !entity.is_empty());
                let key = entity.map(|entity| panel::shown(entity).into());
                self.bad_period(row, column, key, cell, slip, shown);
            }
            _ => self.empty_key(
                row,
                (column, Cell::Missing),
                &self.plan.panel.period_name,
                shown,
            ),
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
                Cell::Missing | Cell::NoColumn => true,
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
        let entity = self.entities.name(entity);
        let period = self.panel_period(index).map(|period| period.to_string());
        Some(panel::row_words(entity, period.as_deref(), ", "))
    }

    /// The period of a row, as its file has it.
    pub(super) fn panel_period(&self, row: usize) -> Option<Period> {
        let own = self.reading_periods.as_ref()?;
        let number = *self.periods.get(row)?;
        Some(Period::new(own.kind(), number).as_in(own.written()))
    }
}
