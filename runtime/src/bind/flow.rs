//! Rows whose values do not stay: a builder that keeps their keys and what its columns are like.
//!
//! In: blocks of rows, or rows that the builder took one by one. Out: their values in a block, to be evaluated
//! and forgotten. That is so only while rows come in the order of the panel, with keys that rise, and while
//! nothing in them stands in the way of results: else the file is read anew, as a whole.

use std::collections::BTreeSet;

use super::block::{Block, BlockReader};
use super::builder::PanelBuilder;
use super::columns::PeriodAt;
use super::noticed::NO_KEY;
use super::traits::Traits;
use crate::result_table::ResultTable;

impl<'p> PanelBuilder<'p> {
    /// What drains rows that come with typed columns, where they can flow: keys are one column each, and
    /// nothing is left out.
    #[must_use]
    pub fn drainer(&self) -> Option<BlockReader<'p>> {
        let keys = match self.binding.period {
            PeriodAt::None | PeriodAt::One(_) => self.binding.keys.len() == 1,
            PeriodAt::Two(_) => false,
        };
        (keys && !self.leaves_any_out()).then(|| self.reader_of(Vec::new(), None))
    }

    /// How many rows were taken whose values are still here.
    #[must_use]
    pub fn held(&self) -> usize {
        self.entity_of.len() - self.flown.rows
    }

    /// How many rows were taken.
    #[must_use]
    pub fn rows_taken(&self) -> usize {
        self.entity_of.len()
    }

    /// Gives away the values of all rows that are still here, in a block that is used again. False where rows
    /// cannot flow.
    #[must_use]
    pub fn drain(&mut self, reader: &BlockReader<'_>, block: &mut Block) -> bool {
        let from = self.flown.rows;
        reader.begin(block, 0);
        block
            .entity_of
            .extend_from_slice(self.entity_of.get(from..).unwrap_or_default());
        block
            .periods
            .extend_from_slice(self.periods.get(from..).unwrap_or_default());
        for (input, values) in reader.of_inputs(block) {
            if let Some(own) = self.values.get_mut(input) {
                std::mem::swap(own, values);
                own.clear();
            }
        }
        reader.look(block);
        self.fly(reader, block)
    }

    /// Takes the keys of a block, whose values go elsewhere. False where rows cannot flow.
    #[must_use]
    pub fn pass(&mut self, reader: &BlockReader<'_>, block: &Block) -> bool {
        self.add_keys(reader, block);
        self.fly(reader, block)
    }

    /// Notes what the block's columns are like, and looks at its keys.
    fn fly(&mut self, reader: &BlockReader<'_>, block: &Block) -> bool {
        self.flown
            .traits
            .resize(self.values.len(), Traits::default());
        for ((input, _), later) in reader.inputs.iter().zip(&block.traits) {
            if let Some(traits) = self.flown.traits.get_mut(*input) {
                *traits = traits.and(later);
            }
        }
        let from = std::mem::replace(&mut self.flown.rows, self.entity_of.len());
        self.problems.is_empty() && self.periods_are_usual() && self.rises(from)
    }

    /// Does the file go by the panel's periods, written in the usual ways?
    fn periods_are_usual(&self) -> bool {
        match &self.reading_periods {
            None => self.plan.panel.period.is_none(),
            Some(periods) => periods.is_panels() && periods.settled_usual().is_some(),
        }
    }

    /// Does every row stand behind the one before it, by entity and by period?
    fn rises(&mut self, from: usize) -> bool {
        let mut last = self.flown.last;
        for (row, entity) in self.entity_of.iter().enumerate().skip(from) {
            let period = self.periods.get(row).copied().unwrap_or(0);
            let rises = *entity != NO_KEY
                && last.is_none_or(|(before, then)| {
                    if before == *entity {
                        period > then
                    } else {
                        self.entities.name(*entity) > self.entities.name(before)
                    }
                });
            if !rises {
                return false;
            }
            last = Some((*entity, period));
        }
        self.flown.last = last;
        true
    }

    /// The keys of some rows that were taken, as a table without columns; entities are those of these rows.
    #[must_use]
    pub fn keys_of(&self, rows: std::ops::Range<usize>) -> ResultTable {
        let name = |place: usize| self.table.get(place).map(|column| column.name.clone());
        let period = self.binding.period.columns().next().and_then(name);
        let numbers = self.entity_of.get(rows.clone()).unwrap_or_default();
        let mut table = ResultTable {
            entity_columns: self
                .binding
                .keys
                .iter()
                .filter_map(|key| name(*key))
                .collect(),
            entities: Vec::new(),
            entity_of: Vec::with_capacity(numbers.len()),
            period_column: period.zip(self.plan.panel.period),
            periods: self.periods.get(rows).unwrap_or_default().to_vec(),
            written: None,
            columns: Vec::new(),
            hindsight: BTreeSet::new(),
        };
        let mut before = None;
        for number in numbers {
            if before != Some(*number) {
                table.entities.push(self.entities.name(*number).to_owned());
                before = Some(*number);
            }
            table.entity_of.push(table.entities.len() as u32 - 1);
        }
        table
    }

    /// What the values of a column are like.
    pub(super) fn traits(&self) -> Vec<Traits> {
        let flown = |input: usize| self.flown.traits.get(input).copied().unwrap_or_default();
        let values = self.values.iter().enumerate();
        values
            .map(|(input, values)| flown(input).and(&Traits::of(values)))
            .collect()
    }
}
