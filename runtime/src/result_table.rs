//! Results as a table, ready to be written in any format.
//!
//! In: the panel's keys under their own names and a column of doubles for each output. Out: what a
//! cell says, format by format: a number, a word, a key, or nothing.

use crate::bind::Bound;
use crate::panel::{Panel, keys};
use crate::period::{Period, Written};
use forewarn_plan::{Output, OutputKind, PeriodKind, Plan};
use std::collections::BTreeSet;

/// A result column.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultColumn {
    /// `overall.at_least`
    pub name: String,
    pub label: String,
    /// As people read it; empty for none.
    pub unit: String,
    pub kind: OutputKind,
    /// One per row; NaN is missing, for truths unknown.
    pub values: Vec<f64>,
}

/// The keys and everything that was computed, row by row as in the panel.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultTable {
    /// The input's own names of the columns of what rows are about; none for a series.
    pub entity_columns: Vec<String>,
    /// The distinct entities, sorted.
    pub entities: Vec<String>,
    /// For each row, the index of its entity.
    pub entity_of: Vec<u32>,
    /// The input's own name of the period column and the kind; none in a cross-section.
    pub period_column: Option<(String, PeriodKind)>,
    /// For each row, its period; empty in a cross-section.
    pub periods: Vec<i64>,
    /// How the data write periods, where that is not the usual way; results do so, too.
    pub written: Option<Written>,
    pub columns: Vec<ResultColumn>,
    /// The names of the columns that rest on later periods than a row's own.
    pub hindsight: BTreeSet<String>,
}

/// What a cell of a result column says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ResultCell<'a> {
    Missing,
    Number(f64),
    /// `yes`, `no`, `unknown`, or the name of a level or category.
    Word(&'a str),
    Period(Period),
}

impl ResultTable {
    /// The keys of a bound table, without columns.
    #[must_use]
    pub fn new(bound: &Bound, period: Option<PeriodKind>) -> Self {
        Self::with_keys(
            &bound.panel,
            bound.entity_columns.clone(),
            bound.period_column.clone().zip(period),
        )
    }

    /// The keys of a panel, without columns; rows that no data has are among them.
    #[must_use]
    pub fn with_keys(
        panel: &Panel,
        entity_columns: Vec<String>,
        period_column: Option<(String, PeriodKind)>,
    ) -> Self {
        Self {
            entity_columns,
            entities: panel.entities.clone(),
            entity_of: panel.entity_of.clone(),
            period_column,
            periods: panel.periods.clone(),
            written: panel.written,
            columns: Vec::new(),
            hindsight: BTreeSet::new(),
        }
    }

    /// Says which of its columns rest on later periods than a row's own.
    #[must_use]
    pub fn marked(mut self, plan: &Plan) -> Self {
        let outputs = plan.outputs.iter();
        let marked = outputs.filter(|output| plan.is_hindsight(&output.declaration));
        let mut marked: BTreeSet<String> = marked.map(|output| output.column.clone()).collect();
        marked.retain(|name| self.columns.iter().any(|column| column.name == *name));
        self.hindsight = marked;
        self
    }

    /// Nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self::with_keys(&Panel::default(), Vec::new(), None)
    }

    /// Adds an output with its values, one per row of the panel. A zero loses its sign: to people
    /// there is one.
    pub fn push(&mut self, output: &Output, mut values: Vec<f64>) {
        for value in &mut values {
            *value += 0.0;
        }
        self.columns.push(ResultColumn {
            name: output.column.clone(),
            label: output.label.clone(),
            unit: output.unit.clone(),
            kind: output.kind.clone(),
            values,
        });
    }

    /// Leaves out rows, given in ascending order: those of [`Panel::gaps`] are no results.
    pub fn leave_out(&mut self, rows: &[usize]) {
        leave_out(&mut self.entity_of, rows);
        leave_out(&mut self.periods, rows);
        for column in &mut self.columns {
            leave_out(&mut column.values, rows);
        }
    }

    /// Adds the rows of another table with the same columns, which stand behind these. Both tables' entities
    /// are in the order of their rows.
    pub fn append(&mut self, other: Self) {
        let mut first = self.entities.len();
        let mut entities = other.entities;
        if !entities.is_empty() && self.entities.last() == entities.first() {
            entities.remove(0);
            first -= 1;
        }
        self.entities.append(&mut entities);
        let shift = u32::try_from(first).unwrap_or(u32::MAX);
        self.entity_of
            .extend(other.entity_of.iter().map(|entity| entity + shift));
        self.periods.extend(other.periods);
        for (own, column) in self.columns.iter_mut().zip(other.columns) {
            own.values.extend(column.values);
        }
    }

    /// Takes the rows from this one on away, as a table of their own.
    #[must_use]
    pub fn split_off(&mut self, row: usize) -> Self {
        let behind = |values: &mut Vec<f64>| values.split_off(row.min(values.len()));
        let columns = self.columns.iter_mut().map(|column| ResultColumn {
            name: column.name.clone(),
            label: column.label.clone(),
            unit: column.unit.clone(),
            kind: column.kind.clone(),
            values: behind(&mut column.values),
        });
        let columns = columns.collect();
        let mut entity_of = self.entity_of.split_off(row.min(self.entity_of.len()));
        let first = entity_of.first().copied().unwrap_or(0);
        for entity in &mut entity_of {
            *entity -= first;
        }
        let from = (first as usize).min(self.entities.len());
        Self {
            entity_columns: self.entity_columns.clone(),
            entities: self.entities.get(from..).unwrap_or_default().to_vec(),
            entity_of,
            period_column: self.period_column.clone(),
            periods: self.periods.split_off(row.min(self.periods.len())),
            written: self.written,
            columns,
            hindsight: self.hindsight.clone(),
        }
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.entity_of.len()
    }

    /// The keys of what a row is about, one for each of their columns.
    pub fn keys(&self, row: usize) -> impl Iterator<Item = &str> {
        let entity = self.entity_of.get(row);
        let entity = entity.and_then(|entity| self.entities.get(*entity as usize));
        let own = entity.into_iter().flat_map(|entity| keys(entity));
        own.take(self.entity_columns.len())
    }

    /// A row's period; none in a cross-section.
    #[must_use]
    pub fn period(&self, row: usize) -> Option<Period> {
        let (_, kind) = self.period_column.as_ref()?;
        let number = *self.periods.get(row)?;
        Some(Period::new(*kind, number).as_in(self.written))
    }

    /// Are the cells of periods whole numbers?
    #[must_use]
    pub fn counts_periods(&self) -> bool {
        let period = |kind| Period::new(kind, 0).as_in(self.written);
        let kind = self.period_column.as_ref().map(|(_, kind)| *kind);
        kind.is_some_and(|kind| period(kind).is_number())
    }

    /// The units of the columns that have one, by name.
    pub fn units(&self) -> impl Iterator<Item = (&str, &str)> {
        let columns = self.columns.iter().filter(|column| !column.unit.is_empty());
        columns.map(|column| (column.name.as_str(), column.unit.as_str()))
    }

    /// Writes the unit of each column that has one behind its name: `rate [deaths / people]`.
    pub fn name_units(&mut self) {
        for column in &mut self.columns {
            if !column.unit.is_empty() {
                let name = format!("{} [{}]", column.name, column.unit);
                if self.hindsight.remove(&column.name) {
                    self.hindsight.insert(name.clone());
                }
                column.name = name;
            }
        }
    }

    /// The names of all columns, keys first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let keys = self.entity_columns.iter().map(String::as_str);
        keys.chain(self.period_column.as_ref().map(|(name, _)| name.as_str()))
            .chain(self.columns.iter().map(|column| column.name.as_str()))
    }
}

fn leave_out<T>(column: &mut Vec<T>, rows: &[usize]) {
    if !rows.is_empty() {
        let mut rows = rows.iter().copied().peekable();
        let mut at = 0..;
        column.retain(|_| at.next().is_none_or(|row| rows.next_if_eq(&row).is_none()));
    }
}

impl ResultColumn {
    #[must_use]
    pub fn cell(&self, row: usize) -> ResultCell<'_> {
        let value = self.values.get(row).copied().unwrap_or(f64::NAN);
        match &self.kind {
            OutputKind::Period(_) if value.is_nan() => ResultCell::Missing,
            OutputKind::Period(kind) => ResultCell::Period(Period::new(*kind, value as i64)),
            OutputKind::Number if value.is_nan() => ResultCell::Missing,
            OutputKind::Number => ResultCell::Number(value),
            OutputKind::Truth if value.is_nan() => ResultCell::Word("unknown"),
            OutputKind::Truth => ResultCell::Word(if value == 0.0 { "no" } else { "yes" }),
            OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
                let place = (value >= 0.0).then_some(value as usize);
                place
                    .and_then(|place| names.get(place))
                    .map_or(ResultCell::Missing, |name| ResultCell::Word(name))
            }
        }
    }
}
