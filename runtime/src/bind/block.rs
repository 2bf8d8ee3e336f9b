//! Rows of text that need no second look, taken by other threads than the one that has the builder.
//!
//! In: the cells of rows, in order. Out: a [`Block`] that the builder adds as if it had taken the rows
//! itself, or none where something in them wants telling: then the builder takes the rows one by one.
//! So everything that is told is told in one place, and whether threads were at work shows nowhere.

use super::builder::PanelBuilder;
use super::cells::{Outcome, Reading, is_blank, key_text};
use super::columns::PeriodAt;
use super::entities::Entities;
use super::{Cell, Decimal, KeyForm};
use crate::period;
use forewarn_plan::{InputInfo, InputKind, PeriodKind};

/// Reads rows for a builder; threads may share it.
#[derive(Debug)]
pub struct BlockReader<'p> {
    /// One for each column of the table.
    slots: Vec<Slot>,
    inputs: Vec<(usize, &'p InputInfo)>,
    reading: Reading,
    keys: KeyForm,
    period: Option<PeriodKind>,
}

/// What is read from a column.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Nothing,
    Entity,
    Period(PeriodKind),
    /// By its place among the inputs that have a column.
    Input(usize),
}

/// Rows as the panel has them.
#[derive(Debug)]
pub struct Block {
    entities: Entities,
    entity_of: Vec<u32>,
    periods: Vec<i64>,
    file_rows: Vec<u64>,
    /// One for each input that has a column, with how many cells of it are missing and how many absent.
    values: Vec<(Vec<f64>, u64, u64)>,
}

impl<'p> PanelBuilder<'p> {
    /// A reader of blocks, where rows can be read without the builder: keys are one column each, what
    /// periods the file goes by is settled, nothing is left out and no column is read twice.
    #[must_use]
    pub fn block_reader(&self) -> Option<BlockReader<'p>> {
        let period = match (self.binding.period, &self.reading_periods) {
            (PeriodAt::None, None) => None,
            (PeriodAt::One(column), Some(periods)) => Some((column, periods.settled_usual()?)),
            (PeriodAt::None | PeriodAt::One(_) | PeriodAt::Two(_), _) => return None,
        };
        let alone = self.binding.within.is_none() && !self.leaves_any_out();
        if !alone || self.options.decimal != Decimal::Point {
            return None;
        }
        let mut slots = vec![Slot::Nothing; self.table.len()];
        let mut put = |column: usize, slot: Slot| match slots.get_mut(column) {
            Some(free @ Slot::Nothing) => {
                *free = slot;
                Some(())
            }
            _ => None,
        };
        put(self.binding.entity, Slot::Entity)?;
        if let Some((column, kind)) = period {
            put(column, Slot::Period(kind))?;
        }
        let mut inputs = Vec::new();
        let bound = self.plan.inputs.iter().zip(&self.binding.inputs);
        for (input, (info, column)) in bound.enumerate() {
            if let Some(column) = *column {
                put(column, Slot::Input(inputs.len()))?;
                inputs.push((input, info));
            }
        }
        Some(BlockReader {
            slots,
            inputs,
            reading: self.reading.clone(),
            keys: self.options.keys.clone(),
            period: period.map(|(_, kind)| kind),
        })
    }

    /// Adds the rows of a block behind those that were taken so far.
    pub fn add(&mut self, reader: &BlockReader<'_>, block: Block) {
        let numbers: Vec<u32> = block
            .entities
            .names()
            .iter()
            .map(|name| self.entities.number(name))
            .collect();
        let entities = block.entity_of.iter();
        let entities = entities.filter_map(|entity| numbers.get(*entity as usize).copied());
        self.entity_of.extend(entities);
        self.periods.extend_from_slice(&block.periods);
        self.file_rows.extend_from_slice(&block.file_rows);
        for ((input, _), (values, missing, absent)) in reader.inputs.iter().zip(&block.values) {
            if let Some(own) = self.values.get_mut(*input) {
                own.extend_from_slice(values);
            }
            if let Some(summary) = self.summaries.get_mut(*input) {
                summary.missing += missing;
                summary.absent += absent;
            }
        }
    }
}

impl BlockReader<'_> {
    /// A block without rows, with room for so many.
    #[must_use]
    pub fn block(&self, rows: usize) -> Block {
        let timed = if self.period.is_some() { rows } else { 0 };
        Block {
            entities: Entities::default(),
            entity_of: Vec::with_capacity(rows),
            periods: Vec::with_capacity(timed),
            file_rows: Vec::with_capacity(rows),
            values: (self.inputs.iter())
                .map(|_| (Vec::with_capacity(rows), 0, 0))
                .collect(),
        }
    }

    /// Takes a row; false where it wants telling, or might be no data: the block is then to be dropped.
    #[must_use]
    pub fn row<'t>(
        &self,
        block: &mut Block,
        number: u64,
        cells: impl Iterator<Item = &'t str>,
    ) -> bool {
        let mut slots = self.slots.iter();
        // Does anything stand behind the first cell?
        let mut filled = false;
        for (column, text) in cells.enumerate() {
            let Some(slot) = slots.next() else {
                return false;
            };
            filled |= column > 0 && !filled && !is_blank(text);
            let taken = match *slot {
                Slot::Nothing => column > 0 || !is_blank(text),
                Slot::Entity => self.entity(block, text),
                Slot::Period(kind) => match period::parse(kind, text.trim()) {
                    Ok(period) => {
                        block.periods.push(period);
                        true
                    }
                    Err(_) => false,
                },
                Slot::Input(place) => {
                    (column > 0 || !is_blank(text)) && self.input(block, place, text)
                }
            };
            if !taken {
                return false;
            }
        }
        block.file_rows.push(number);
        slots.next().is_none() && (filled || self.slots.len() <= 2)
    }

    fn entity(&self, block: &mut Block, text: &str) -> bool {
        let Some(name) = key_text(Cell::Text(text), &self.keys) else {
            return false;
        };
        block.entity_of.push(block.entities.number(&name));
        true
    }

    #[inline]
    fn input(&self, block: &mut Block, place: usize, text: &str) -> bool {
        let (Some((_, info)), Some((values, missing, absent))) =
            (self.inputs.get(place), block.values.get_mut(place))
        else {
            return false;
        };
        let value = match self.reading.read(info, Cell::Text(text)) {
            Outcome::Value(value) => value,
            Outcome::Missing => match (&info.kind, info.missing_means) {
                (InputKind::Verification { .. }, _) => 0.0,
                (_, Some(instead)) => {
                    *absent += 1;
                    instead
                }
                (_, None) => {
                    *missing += 1;
                    f64::NAN
                }
            },
            Outcome::OutOfRange { .. }
            | Outcome::NotANumber(_)
            | Outcome::NotYesOrNo
            | Outcome::NotOneOf => return false,
        };
        values.push(value);
        true
    }
}
