//! Whole columns of a table with typed columns, read by other threads than the one that has the builder.
//!
//! In: batches of some of the table's columns. Out: a [`ReadColumn`] for each indicator, which the builder
//! takes once it has the keys of all rows. What wants telling is kept with its row, and told by the builder
//! in the order in which it would have met it, batch by batch.

use super::builder::PanelBuilder;
use super::cells::{Outcome, Reading, all_plain, fill, is_plain};
use super::{Batch, Cell};
use forewarn_plan::{INAPPLICABLE, InputInfo, InputKind};

/// Reads columns for a builder; threads may share it.
#[derive(Debug)]
pub struct ColumnReader<'p> {
    inputs: Vec<BoundColumn<'p>>,
    reading: Reading,
}

/// An indicator and the table's column that it is read from.
#[derive(Clone, Copy, Debug)]
struct BoundColumn<'p> {
    input: usize,
    column: usize,
    info: &'p InputInfo,
}

/// The cells of one indicator.
#[derive(Debug)]
pub struct ReadColumn {
    /// By its place in the reader.
    place: usize,
    values: Vec<f64>,
    missing: u64,
    absent: u64,
    /// Rows whose number is no plain one, with that number.
    unusual: Vec<(usize, f64)>,
}

/// More numbers out of range than these are left to be met one by one.
const MOST_UNUSUAL: usize = 1 << 20;

impl<'p> PanelBuilder<'p> {
    /// A reader of columns, where every row is taken.
    #[must_use]
    pub fn column_reader(&self) -> Option<ColumnReader<'p>> {
        if self.leaves_any_out() {
            return None;
        }
        let bound = self.plan.inputs.iter().zip(&self.binding.inputs);
        let bound = bound.enumerate().filter_map(|(input, (info, column))| {
            Some(BoundColumn {
                input,
                column: (*column)?,
                info,
            })
        });
        Some(ColumnReader {
            inputs: bound.collect(),
            reading: self.reading.clone(),
        })
    }

    /// Takes the keys of a batch alone; false where something about them wants telling.
    #[must_use]
    pub fn keys(&mut self, first_row: u64, batch: &impl Batch) -> bool {
        self.take_keys(first_row, batch);
        self.problems.is_empty()
    }

    /// Takes columns of all rows whose keys were taken. `starts` are the rows with which batches began.
    /// False where they are not as long as the keys.
    #[must_use]
    pub fn take_columns(
        &mut self,
        reader: &ColumnReader<'p>,
        columns: Vec<ReadColumn>,
        starts: &[usize],
    ) -> bool {
        let rows = self.entity_of.len();
        let mut unusual: Vec<(usize, usize, usize, f64)> = Vec::new();
        for column in columns {
            let Some(bound) = reader.inputs.get(column.place) else {
                return false;
            };
            if column.values.len() != rows {
                return false;
            }
            if let Some(summary) = self.summaries.get_mut(bound.input) {
                summary.missing += column.missing;
                summary.absent += column.absent;
            }
            if let Some(values) = self.values.get_mut(bound.input) {
                *values = column.values;
            }
            unusual.extend(column.unusual.into_iter().map(|(row, x)| {
                let batch = starts.partition_point(|start| *start <= row);
                (batch, column.place, row, x)
            }));
        }
        unusual.sort_unstable_by_key(|(batch, place, row, _)| (*batch, *place, *row));
        for (_, place, row, x) in unusual {
            let Some(bound) = reader.inputs.get(place) else {
                continue;
            };
            let cell = Cell::Number(x);
            let outcome = self.reading.read(bound.info, cell);
            let value = self.unusual(bound.input, bound.info, row, cell, outcome, &|_| None);
            let values = self.values.get_mut(bound.input);
            if let Some(slot) = values.and_then(|values| values.get_mut(row)) {
                *slot = value;
            }
        }
        true
    }
}

impl ColumnReader<'_> {
    /// How many indicators have a column.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The table's column of an indicator, by its place.
    #[must_use]
    pub fn column(&self, place: usize) -> Option<usize> {
        self.inputs.get(place).map(|bound| bound.column)
    }

    /// A column without cells, with room for so many.
    #[must_use]
    pub fn begin(&self, place: usize, rows: usize) -> ReadColumn {
        ReadColumn {
            place,
            values: Vec::with_capacity(rows),
            missing: 0,
            absent: 0,
            unusual: Vec::new(),
        }
    }

    /// Takes the next batch of a column; false where the builder has to see each cell.
    #[must_use]
    pub fn take(&self, column: &mut ReadColumn, batch: &impl Batch) -> bool {
        let Some(BoundColumn {
            column: at, info, ..
        }) = self.inputs.get(column.place).copied()
        else {
            return false;
        };
        let start = column.values.len();
        if self.reading.takes_plain(info) && batch.numbers(at, &mut column.values) {
            return column.look(info, start);
        }
        let mut taken = true;
        batch.each(at, |_, cell| {
            if let Cell::Text(text) = cell
                && self.reading.flag(text).is_some()
            {
                taken = false;
            }
            let value = match self.reading.read(info, cell) {
                Outcome::Value(value) => value,
                Outcome::Inapplicable => INAPPLICABLE,
                Outcome::Missing => column.nothing(info),
                Outcome::Worded if info.missing_means.is_none() => column.nothing(info),
                Outcome::Worded
                | Outcome::Unknown
                | Outcome::Named(_)
                | Outcome::OutOfRange { .. }
                | Outcome::NotANumber(_)
                | Outcome::NotYesOrNo
                | Outcome::NotOneOf => {
                    taken = false;
                    f64::NAN
                }
            };
            column.values.push(value);
        });
        taken
    }
}

impl ReadColumn {
    /// What stands for a cell without a value.
    fn nothing(&mut self, info: &InputInfo) -> f64 {
        match (&info.kind, info.missing_means) {
            (InputKind::Verification { .. }, _) => 0.0,
            (_, Some(instead)) => {
                self.absent += 1;
                instead
            }
            (_, None) => {
                self.missing += 1;
                f64::NAN
            }
        }
    }

    /// Looks at the numbers that came last: most are plain ones, or none.
    fn look(&mut self, info: &InputInfo, start: usize) -> bool {
        if let Some(taken) = self.values.get_mut(start..)
            && let Some(known) = all_plain(info, taken)
        {
            let nothing = fill(info, taken, known);
            match info.missing_means {
                Some(_) => self.absent += nothing,
                None => self.missing += nothing,
            }
            return true;
        }
        for row in start..self.values.len() {
            let Some(x) = self.values.get(row).copied() else {
                break;
            };
            if is_plain(info, x) {
                continue;
            }
            if x.is_nan() {
                let instead = self.nothing(info);
                if let Some(slot) = self.values.get_mut(row) {
                    *slot = instead;
                }
            } else {
                self.unusual.push((row, x));
            }
        }
        self.unusual.len() <= MOST_UNUSUAL
    }
}
