//! The end of reading: sorting, duplicates, the summary.

use super::builder::{NO_KEY, PanelBuilder};
use super::cells::value_text;
use super::columns::bind;
use super::sort::{arrange, order};
use super::{Bound, Column, DataSummary, Holds};
use crate::panel::Panel;
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::diagnostics::data::{DuplicateRows, OnlyHeader};

impl PanelBuilder<'_> {
    /// Says which of the table's columns there were, and which others, for a table whose rows name
    /// their own cells.
    ///
    /// # Errors
    /// The columns that are missing; other problems are then beside the point and not told.
    pub fn saw(&mut self, seen: &[bool], others: Vec<String>) -> Result<(), Reports> {
        let own = self.table.iter().zip(seen).filter(|(_, seen)| **seen);
        let others = others.into_iter().map(|name| Column {
            name,
            holds: Holds::Cells,
        });
        let columns: Vec<Column> = own
            .map(|(column, _)| column.clone())
            .chain(others)
            .collect();
        bind(self.plan, &columns, &self.options)?;
        for (summary, place) in self.summaries.iter_mut().zip(&self.binding.inputs) {
            let absent = place
                .and_then(|place| seen.get(place))
                .is_some_and(|seen| !seen);
            if absent {
                summary.column = None;
            }
        }
        Ok(())
    }

    /// The panel, or everything that stands in its way.
    ///
    /// # Errors
    /// What was found in cells and rows, and rows that share a key.
    pub fn finish(mut self) -> Result<Bound, Reports> {
        let mut reports = Reports::default();
        let entities = std::mem::take(&mut self.entities);
        let (names, places) = entities.sorted();
        for entity in &mut self.entity_of {
            *entity = places.get(*entity as usize).copied().unwrap_or(NO_KEY);
        }
        let keys = self.entity_of.iter().enumerate().map(|(row, entity)| {
            let period = self.periods.get(row).copied().unwrap_or(0);
            (*entity != NO_KEY).then_some((*entity, period))
        });
        let order = order(keys);
        let has_problems = !self.problems.is_empty();
        let problems = std::mem::replace(
            &mut self.problems,
            super::problems::Problems::new(self.options.limits),
        );
        problems.tell(&self.options.file, &mut reports);
        self.tell_duplicates(&names, &order.duplicates, &mut reports);
        if has_problems || !order.duplicates.is_empty() {
            return Err(reports);
        }
        if self.entity_of.is_empty() {
            reports.add(OnlyHeader {
                file: self.options.file.clone(),
            });
        }
        let rows = self.entity_of.len();
        if let Some(order) = &order.rows {
            self.entity_of = arrange(&self.entity_of, order);
            self.periods = arrange(&self.periods, order);
            for values in self.values.iter_mut().filter(|values| !values.is_empty()) {
                *values = arrange(values, order);
            }
        }
        for (values, summary) in self.values.iter_mut().zip(&mut self.summaries) {
            if values.len() < rows {
                values.resize(rows, f64::NAN);
            }
            if summary.column.is_none() {
                summary.missing = rows as u64;
            }
        }
        let column = |place: usize| self.table.get(place).map(|column| column.name.clone());
        let (first_period, last_period, periods) = distinct(&self.periods);
        Ok(Bound {
            entity_column: column(self.binding.entity).unwrap_or_default(),
            period_column: self.binding.period.and_then(column),
            summary: DataSummary {
                rows,
                entities: names.len(),
                periods,
                first_period,
                last_period,
                inputs: self.summaries,
            },
            panel: Panel {
                entities: names,
                entity_of: self.entity_of,
                periods: self.periods,
                columns: self.values,
            },
            warnings: reports,
        })
    }

    fn tell_duplicates(
        &self,
        entities: &[String],
        pairs: &[(usize, usize)],
        reports: &mut Reports,
    ) {
        let most = usize::try_from(self.options.limits.in_column).unwrap_or(usize::MAX);
        let panel = &self.plan.panel;
        let key_names = match panel.period {
            Some(_) => format!("{} and {}", panel.entity, panel.period_name),
            None => panel.entity.clone(),
        };
        let told = pairs.len().min(most);
        for (at, (first, second)) in pairs.iter().take(most).enumerate() {
            let (differences, more_differences) = self.differences(*first, *second);
            let entity = self
                .entity_of
                .get(*second)
                .and_then(|at| entities.get(*at as usize));
            let period = self
                .panel_period(*second)
                .map(|period| format!(", {period}"));
            reports.add(DuplicateRows {
                file: self.options.file.clone(),
                key_names: key_names.clone(),
                key: format!(
                    "{}{}",
                    entity.map_or("", String::as_str),
                    period.unwrap_or_default()
                ),
                first: self.file_rows.get(*first).copied().unwrap_or(0),
                second: self.file_rows.get(*second).copied().unwrap_or(0),
                differences,
                more_differences,
                more: if at + 1 == told {
                    (pairs.len() - told) as u64
                } else {
                    0
                },
            });
        }
    }

    fn panel_period(&self, row: usize) -> Option<crate::period::Period> {
        let (kind, number) = (self.plan.panel.period?, *self.periods.get(row)?);
        Some(crate::period::Period { kind, number })
    }

    /// The first indicators in which two rows differ, and how many more there are.
    fn differences(&self, first: usize, second: usize) -> (Vec<(String, String, String)>, usize) {
        const MOST: usize = 3;
        let mut told = Vec::new();
        let mut more = 0;
        for (input, values) in self.plan.inputs.iter().zip(&self.values) {
            let (Some(one), Some(other)) = (values.get(first), values.get(second)) else {
                continue;
            };
            if one.to_bits() == other.to_bits() || one.is_nan() && other.is_nan() {
                continue;
            }
            if told.len() < MOST {
                let (one, other) = (
                    value_text(&input.kind, *one),
                    value_text(&input.kind, *other),
                );
                told.push((input.name.clone(), one, other));
            } else {
                more += 1;
            }
        }
        (told, more)
    }
}

/// The first and the last period, and how many different ones there are.
fn distinct(periods: &[i64]) -> (Option<i64>, Option<i64>, usize) {
    let (Some(first), Some(last)) = (periods.iter().min(), periods.iter().max()) else {
        return (None, None, 0);
    };
    // Periods lie in the years 1 to 9999, so the span is at most some millions of days.
    let mut seen = vec![false; usize::try_from(last - first + 1).unwrap_or(0)];
    for period in periods {
        if let Some(slot) = usize::try_from(period - first)
            .ok()
            .and_then(|at| seen.get_mut(at))
        {
            *slot = true;
        }
    }
    (
        Some(*first),
        Some(*last),
        seen.into_iter().filter(|seen| *seen).count(),
    )
}
