//! Rows of text that need no second look, taken by other threads than the one that has the builder.
//!
//! In: the cells of rows, in order. Out: a [`Block`] that the builder adds as if it had taken the rows
//! itself, or none where something in them wants telling: then the builder takes the rows one by one.
//! So everything that is told is told in one place, and whether threads were at work shows nowhere.

use super::builder::PanelBuilder;
use super::cells::{Outcome, Reading, all_plain, fill, is_blank, key_text, within};
use super::columns::PeriodAt;
use super::entities::Entities;
use super::noticed::wants_note;
use super::traits::Traits;
use super::{Cell, Decimal, KeyForm, short};
use crate::period;
use forewarn_plan::{INAPPLICABLE, InputInfo, InputKind, PeriodKind};

/// Reads rows for a builder; threads may share it.
#[derive(Debug)]
pub struct BlockReader<'p> {
    /// One for each column of the table.
    slots: Vec<Slot>,
    pub(super) inputs: Vec<(usize, &'p InputInfo)>,
    reading: Reading,
    keys: KeyForm,
    period: Option<PeriodKind>,
}

/// What is read from a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot {
    Nothing,
    Entity,
    Period(PeriodKind),
    /// By its place among the inputs that have a column.
    Input(usize),
    /// The same, of numbers that are looked at once all rows are there.
    Number(usize),
}

/// Rows as the panel has them.
#[derive(Debug, Default)]
pub struct Block {
    entities: Entities,
    pub(super) entity_of: Vec<u32>,
    pub(super) periods: Vec<i64>,
    file_rows: Vec<u64>,
    /// One for each input that has a column, with how many cells of it are missing and how many absent; as
    /// long as there may be rows.
    values: Vec<(Vec<f64>, u64, u64)>,
    /// What these are like, where that was looked at.
    pub(super) traits: Vec<Traits>,
}

impl Block {
    #[must_use]
    pub fn rows(&self) -> usize {
        self.entity_of.len()
    }

    /// One for each row; empty in a cross-section.
    #[must_use]
    pub fn periods(&self) -> &[i64] {
        &self.periods
    }
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
        let [entity] = self.binding.keys.as_slice() else {
            return None;
        };
        if self.leaves_any_out() || self.options.decimal != Decimal::Point {
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
        put(*entity, Slot::Entity)?;
        if let Some((column, kind)) = period {
            put(column, Slot::Period(kind))?;
        }
        let bound = self.plan.inputs.iter().zip(&self.binding.inputs);
        let bound = bound.filter_map(|(info, column)| Some((info, (*column)?)));
        for (place, (info, column)) in bound.enumerate() {
            let slot = if self.reading.takes_digits(info) {
                Slot::Number(place)
            } else {
                Slot::Input(place)
            };
            put(column, slot)?;
        }
        Some(self.reader_of(slots, period.map(|(_, kind)| kind)))
    }

    /// A reader of the inputs that have a column.
    pub(super) fn reader_of(
        &self,
        slots: Vec<Slot>,
        period: Option<PeriodKind>,
    ) -> BlockReader<'p> {
        let bound = self.plan.inputs.iter().zip(&self.binding.inputs);
        let bound = bound.enumerate();
        let inputs = bound.filter_map(|(input, (info, column))| column.map(|_| (input, info)));
        BlockReader {
            slots,
            inputs: inputs.collect(),
            reading: self.reading.clone(),
            keys: self.options.keys.clone(),
            period,
        }
    }

    /// There will be about so many rows: memory that grows would be taken several times over. What is not
    /// used is not taken.
    pub fn expect(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.entity_of.len());
        // Where there is not so much, columns grow as rows come.
        let _ = self.entity_of.try_reserve_exact(more);
        if self.reading_periods.is_some() {
            let _ = self.periods.try_reserve_exact(more);
        }
        for (values, column) in self.values.iter_mut().zip(&self.binding.inputs) {
            if column.is_some() {
                let _ = values.try_reserve_exact(more);
            }
        }
    }

    /// Adds the rows of a block behind those that were taken so far.
    pub fn add(&mut self, reader: &BlockReader<'_>, block: &Block) {
        self.add_keys(reader, block);
        for ((input, _), (values, ..)) in reader.inputs.iter().zip(&block.values) {
            if let Some(own) = self.values.get_mut(*input) {
                own.extend_from_slice(values);
            }
        }
    }

    /// Adds the keys of a block, and what its cells were.
    pub(super) fn add_keys(&mut self, reader: &BlockReader<'_>, block: &Block) {
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
        block
            .file_rows
            .iter()
            .for_each(|row| self.file_rows.push(*row));
        for ((input, _), (_, missing, absent)) in reader.inputs.iter().zip(&block.values) {
            if let Some(summary) = self.summaries.get_mut(*input) {
                summary.missing += missing;
                summary.absent += absent;
            }
        }
    }
}

impl BlockReader<'_> {
    /// A block without rows.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            entities: Entities::default(),
            entity_of: Vec::new(),
            periods: Vec::new(),
            file_rows: Vec::new(),
            values: self.inputs.iter().map(|_| (Vec::new(), 0, 0)).collect(),
            traits: Vec::new(),
        }
    }

    /// Looks at what a block's values are like.
    pub fn look(&self, block: &mut Block) {
        block.traits.clear();
        let values = block.values.iter();
        block
            .traits
            .extend(values.map(|(values, ..)| Traits::of(values)));
    }

    /// A block's columns by input of the Plan; `nothing` stands for those without one.
    #[must_use]
    pub fn columns<'b>(
        &self,
        block: &'b Block,
        inputs: usize,
        nothing: &'b [f64],
    ) -> Vec<&'b [f64]> {
        let mut columns = vec![nothing; inputs];
        for ((input, _), (values, ..)) in self.inputs.iter().zip(&block.values) {
            if let Some(column) = columns.get_mut(*input) {
                *column = values;
            }
        }
        columns
    }

    pub(super) fn of_inputs<'b>(
        &self,
        block: &'b mut Block,
    ) -> impl Iterator<Item = (usize, &'b mut Vec<f64>)> {
        let inputs = self.inputs.iter().map(|(input, _)| *input);
        inputs.zip(block.values.iter_mut().map(|(values, ..)| values))
    }

    /// Empties a block, with room for so many rows; memory that it has is used again.
    pub fn begin(&self, block: &mut Block, rows: usize) {
        block.entities.clear();
        begin(&mut block.entity_of, rows);
        begin(
            &mut block.periods,
            if self.period.is_some() { rows } else { 0 },
        );
        begin(&mut block.file_rows, rows);
        for (values, missing, absent) in &mut block.values {
            values.resize(rows, f64::NAN);
            (*missing, *absent) = (0, 0);
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
            if !self.cell(block, column, *slot, text) {
                return false;
            }
        }
        block.file_rows.push(number);
        slots.next().is_none() && (filled || self.slots.len() <= 2)
    }

    /// The same of a row within a text: where its first cell begins, and where each cell ends, with one sign
    /// between them.
    #[must_use]
    pub fn row_at(
        &self,
        block: &mut Block,
        number: u64,
        text: &str,
        (mut start, ends): (usize, &[u32]),
    ) -> bool {
        if ends.len() != self.slots.len() {
            return false;
        }
        let row = block.file_rows.len();
        let mut filled = false;
        for (column, (slot, end)) in self.slots.iter().zip(ends).enumerate() {
            let end = *end as usize;
            if let Slot::Number(place) = *slot
                && column > 0
                && let Some(value) = short::number(text.as_bytes(), start, end)
                && let Some((values, ..)) = block.values.get_mut(place)
                && let Some(slot) = values.get_mut(row)
            {
                *slot = value;
                filled |= end > start;
            } else {
                let Some(cell) = text.get(start..end) else {
                    return false;
                };
                filled |= column > 0 && !filled && !is_blank(cell);
                if !self.cell(block, column, *slot, cell) {
                    return false;
                }
            }
            start = end + 1;
        }
        block.file_rows.push(number);
        filled || self.slots.len() <= 2
    }

    /// Takes a cell of the row at hand; false where it wants telling.
    fn cell(&self, block: &mut Block, column: usize, slot: Slot, text: &str) -> bool {
        match slot {
            Slot::Nothing => column > 0 || !is_blank(text),
            Slot::Entity => self.entity(block, text),
            Slot::Period(kind) => match period::parse(kind, text.trim()) {
                Ok(period) => {
                    block.periods.push(period);
                    true
                }
                Err(_) => false,
            },
            Slot::Input(place) => (column > 0 || !is_blank(text)) && self.input(block, place, text),
            Slot::Number(place) => {
                (column > 0 || !is_blank(text)) && self.number(block, place, text)
            }
        }
    }

    /// Looks at the numbers of a block once all of its rows were taken: at their ranges, and at what is
    /// missing. False where one wants telling.
    #[must_use]
    pub fn settle(&self, block: &mut Block) -> bool {
        let numbers = self.slots.iter().filter_map(|slot| match slot {
            Slot::Number(place) => Some(*place),
            Slot::Nothing | Slot::Entity | Slot::Period(_) | Slot::Input(_) => None,
        });
        for place in numbers {
            if let (Some((_, info)), Some((values, missing, absent))) =
                (self.inputs.get(place), block.values.get_mut(place))
            {
                let Some(nothing) = self.settle_numbers(info, values) else {
                    return false;
                };
                match info.missing_means {
                    Some(_) => *absent += nothing,
                    None => *missing += nothing,
                }
            }
        }
        true
    }

    /// How many cells of a column say nothing; none where one wants telling.
    fn settle_numbers(&self, info: &InputInfo, values: &mut [f64]) -> Option<u64> {
        if values.iter().any(|value| self.reading.is_unknown(*value)) {
            return None;
        }
        for (place, word) in self.reading.missing_numbers().iter().enumerate() {
            let mut is_met = false;
            for value in values.iter_mut().filter(|value| **value == *word) {
                *value = f64::NAN;
                is_met = true;
            }
            if is_met {
                self.reading.saw_number(place);
                // What it stands for is told.
                if info.missing_means.is_some() {
                    return None;
                }
            }
        }
        let known = match all_plain(info, values) {
            Some(known) => known,
            None => {
                for value in values.iter_mut().filter(|value| !value.is_nan()) {
                    let Outcome::Value(settled) = within(info, *value) else {
                        return None;
                    };
                    *value = settled;
                }
                values.iter().filter(|value| !value.is_nan()).count() as u64
            }
        };
        Some(fill(info, values, known))
    }

    fn entity(&self, block: &mut Block, text: &str) -> bool {
        let Some(name) = key_text(Cell::Text(text), &self.keys) else {
            return false;
        };
        block.entity_of.push(block.entities.number(&name));
        true
    }

    /// Is there something behind a value that is kept or told?
    #[inline]
    fn wants_note(&self, text: &str) -> bool {
        wants_note(text) || self.reading.flag(text).is_some()
    }

    #[inline]
    fn input(&self, block: &mut Block, place: usize, text: &str) -> bool {
        let (Some((_, info)), Some((values, missing, absent))) =
            (self.inputs.get(place), block.values.get_mut(place))
        else {
            return false;
        };
        if info.kind == InputKind::Number && self.wants_note(text) {
            return false;
        }
        let value = match self.reading.read(info, Cell::Text(text)) {
            Outcome::Value(value) => value,
            Outcome::Inapplicable => INAPPLICABLE,
            outcome @ (Outcome::Missing | Outcome::Worded)
                if outcome == Outcome::Missing || info.missing_means.is_none() =>
            {
                match (&info.kind, info.missing_means) {
                    (InputKind::Verification { .. }, _) => 0.0,
                    (_, Some(instead)) => {
                        *absent += 1;
                        instead
                    }
                    (_, None) => {
                        *missing += 1;
                        f64::NAN
                    }
                }
            }
            // Told, or looked at one by one.
            Outcome::Missing
            | Outcome::Worded
            | Outcome::Unknown
            | Outcome::Named(_)
            | Outcome::OutOfRange { .. }
            | Outcome::NotANumber(_)
            | Outcome::NotYesOrNo
            | Outcome::NotOneOf => return false,
        };
        put(values, block.file_rows.len(), value)
    }

    /// A number that is looked at once more, with all others of its column.
    fn number(&self, block: &mut Block, place: usize, text: &str) -> bool {
        let (Some((_, info)), Some((values, ..))) =
            (self.inputs.get(place), block.values.get_mut(place))
        else {
            return false;
        };
        // What stands behind a number is noted with its column.
        if self.wants_note(text) {
            return false;
        }
        let value = match self.reading.read(info, Cell::Text(text)) {
            Outcome::Value(value) => value,
            Outcome::Missing => f64::NAN,
            Outcome::Worded if info.missing_means.is_none() => f64::NAN,
            Outcome::Worded
            | Outcome::Unknown
            | Outcome::Inapplicable
            | Outcome::Named(_)
            | Outcome::OutOfRange { .. }
            | Outcome::NotANumber(_)
            | Outcome::NotYesOrNo
            | Outcome::NotOneOf => return false,
        };
        put(values, block.file_rows.len(), value)
    }
}

/// Puts a value where there was room for it.
fn put(values: &mut [f64], row: usize, value: f64) -> bool {
    let slot = values.get_mut(row);
    let has_room = slot.is_some();
    if let Some(slot) = slot {
        *slot = value;
    }
    has_room
}

fn begin<T>(column: &mut Vec<T>, rows: usize) {
    column.clear();
    column.reserve(rows);
}
