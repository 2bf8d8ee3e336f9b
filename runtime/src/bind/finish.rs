//! The end of reading a file: sorting and duplicates.

use super::builder::PanelBuilder;
use super::cells::value_text;
use super::columns::{PeriodAt, bind};
use super::described::{describes, divides};
use super::join::join;
use super::noticed::NO_KEY;
use super::part::{BoundFile, Pace};
use super::sort::{arrange, order};
use super::sums;
use super::{Bound, Column, Holds};
use crate::causes::data::{DuplicateRows, NoPeriodKey, OnlyHeader};
use crate::period;
use forewarn_diagnostics::wording::list;
use forewarn_diagnostics::{DataPlace, Place, Reports, Severity};
use forewarn_plan::InputKind;
use std::collections::BTreeSet;

impl PanelBuilder<'_> {
    /// Says which of the table's columns there were, and which others, for a table whose rows name
    /// their own cells.
    ///
    /// # Errors
    /// The columns that are missing; other problems are then beside the point and not told.
    pub fn saw(&mut self, seen: &[bool], others: Vec<String>) -> Result<(), Reports> {
        let own = self.table.iter().zip(seen).filter(|(_, seen)| **seen);
        let others = others
            .into_iter()
            .filter(|_| !self.options.sheltered)
            .map(|name| Column {
                name,
                holds: Holds::Cells,
                unit: None,
            });
        let columns: Vec<Column> = own
            .map(|(column, _)| column.clone())
            .chain(others)
            .collect();
        bind(self.plan, &columns, &self.options)?;
        self.present = Some(columns.into_iter().map(|column| column.name).collect());
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
    /// What was found in cells and rows, rows that share a key, and a hole that cannot be filled.
    pub fn finish(self) -> Result<Bound, Reports> {
        let plan = self.plan;
        join(plan, vec![self.part()?])
    }

    /// The file's rows sorted by their keys, ready to be joined to those of other files.
    ///
    /// # Errors
    /// What was found in cells and rows, and rows that share a key.
    pub fn part(mut self) -> Result<BoundFile, Reports> {
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
                filtered: self.nowhere.as_ref().map_or(0, |_| self.filtered),
                nowhere: self.nowhere.clone().unwrap_or_default(),
                behind_footer: self.behind_footer,
                alone: !self.options.several,
                stand_for: self.stand_for(),
            });
        }
        self.tell_commas(&mut reports);
        self.tell_flags(&mut reports);
        for (input, summary) in self.summaries.iter_mut().enumerate() {
            summary.flags = self.flags.counts(input);
        }
        let traits = self.traits();
        self.tell_units(&mut reports);
        self.tell_percentages(&traits, &mut reports);
        let counted = self.tell_counted(&traits, &mut reports);
        if let Some(order) = &order.rows {
            self.sort(order);
        }
        self.tell_suspicious(names.len(), &traits, &counted, &mut reports);
        let pace = match (&self.reading_periods, self.plan.panel.period) {
            (Some(periods), Some(kind)) => {
                if let Pace::Slower(long) = periods.pace() {
                    for period in &mut self.periods {
                        *period = period::first_within(long, *period, kind).unwrap_or(*period);
                    }
                }
                periods.pace()
            }
            (None, Some(_)) => Pace::Timeless,
            (_, None) => Pace::Panel,
        };
        let own = self.reading_periods.as_ref();
        let written = own
            .filter(|own| own.is_panels())
            .and_then(|own| own.written());
        let column = |place: usize| self.table.get(place).map(|column| column.name.clone());
        let period_column = match self.binding.period {
            PeriodAt::None => None,
            PeriodAt::One(place) => column(place),
            PeriodAt::Two(_) => Some(self.plan.panel.period_name.clone()),
        };
        let columns = self.present.take().unwrap_or_else(|| self.names());
        let own = self.binding.keys.clone().into_iter();
        let keys = own.clone().chain(self.binding.period.columns());
        let unmapped = self.options.map.iter();
        let unmapped = unmapped.filter(|(_, column)| !columns.contains(column));
        Ok(BoundFile {
            pace,
            alone: !self.options.several,
            cells: true,
            key_columns: keys.filter_map(column).collect(),
            unmapped: unmapped.cloned().collect(),
            unsummed: self.options.unsummed.clone(),
            columns,
            except: self.except,
            filtered: self.filtered,
            marked: self.quality,
            entity_columns: own.filter_map(column).collect(),
            period_column,
            written,
            entities: names,
            entity_of: self.entity_of,
            periods: self.periods,
            stacked: 1,
            lacking: Vec::new(),
            values: self.values,
            refused: self.refused,
            moved: self.moved,
            flags: self.flags,
            file_rows: self.file_rows,
            summaries: self.summaries,
            warnings: reports,
            file: self.options.file,
        })
    }

    /// The indicators of the file for which an absent row would mean something.
    fn stand_for(&self) -> Vec<String> {
        let inputs = self.plan.inputs.iter().zip(&self.summaries);
        let own = inputs
            .filter(|(info, summary)| info.missing_means.is_some() && summary.column.is_some());
        own.map(|(info, _)| info.name.clone()).collect()
    }

    /// The names of the table's columns.
    fn names(&self) -> Vec<String> {
        let names = self.table.iter().map(|column| column.name.clone());
        names.collect()
    }

    /// Puts everything that belongs to a row in the given order.
    fn sort(&mut self, order: &[usize]) {
        self.entity_of = arrange(&self.entity_of, order);
        self.periods = arrange(&self.periods, order);
        self.file_rows = self.file_rows.arranged(order);
        for values in self.values.iter_mut().filter(|values| !values.is_empty()) {
            *values = arrange(values, order);
        }
        if self.refused.iter().any(|rows| !rows.is_empty())
            || self.moved.iter().any(|cells| !cells.is_empty())
            || !self.flags.is_empty()
        {
            let mut places = vec![0; order.len()];
            for (place, row) in order.iter().enumerate() {
                if let Some(slot) = places.get_mut(*row) {
                    *slot = place;
                }
            }
            for rows in &mut self.refused {
                *rows = arrange(&places, rows);
                rows.sort_unstable();
            }
            for cells in &mut self.moved {
                for (row, _) in cells.iter_mut() {
                    *row = places.get(*row).copied().unwrap_or(*row);
                }
                cells.sort_unstable_by_key(|(row, _)| *row);
            }
            self.flags
                .arrange(|row| places.get(row).copied().unwrap_or(row));
        }
    }

    fn tell_duplicates(
        &self,
        entities: &[String],
        pairs: &[(usize, usize)],
        reports: &mut Reports,
    ) {
        if let (None, Some(_), Some((first, second))) =
            (&self.reading_periods, self.plan.panel.period, pairs.first())
        {
            reports.add(self.no_period_key(entities, *first, *second));
            return;
        }
        let most = usize::try_from(self.options.limits.in_column).unwrap_or(usize::MAX);
        let panel = &self.plan.panel;
        let period = self.reading_periods.as_ref();
        let period = period.map(|period| period::kind_name(period.kind()));
        let own = panel.keys.iter().take(self.binding.keys.len());
        let own = own.map(|key| key.name.as_str());
        let key_names: Vec<&str> = own.chain(period).collect();
        let key_names = list(&key_names, "and");
        let described = self.unread(|name| describes(name).is_some());
        let divided = self.unread(divides);
        let unreadable = unreadable(reports);
        let told = pairs.len().min(most);
        for (at, (first, second)) in pairs.iter().take(most).enumerate() {
            let (differences, more_differences) = self.differences(*first, *second, &unreadable);
            let is_read = |row: usize| {
                let row = self.file_rows.get(row).unwrap_or(0);
                !unreadable.iter().any(|(own, _)| *own == row)
            };
            let entity = self
                .entity_of
                .get(*second)
                .and_then(|at| entities.get(*at as usize));
            let entity = entity.map_or("", String::as_str);
            let period = self.panel_period(*second).map(|period| period.to_string());
            reports.add(DuplicateRows {
                file: self.options.file.clone(),
                key_names: key_names.clone(),
                key: crate::panel::row_words(entity, period.as_deref(), ", "),
                first: self.file_rows.get(*first).unwrap_or(0),
                second: self.file_rows.get(*second).unwrap_or(0),
                differences,
                more_differences,
                complement: is_read(*first) && is_read(*second) && self.complement(*first, *second),
                addable: self.addable(*first, *second),
                described: described.clone(),
                divided: divided.clone(),
                more: if at + 1 == told {
                    (pairs.len() - told) as u64
                } else {
                    0
                },
            });
        }
    }

    /// Two rows for an entity in a file that has no periods.
    fn no_period_key(&self, entities: &[String], first: usize, second: usize) -> NoPeriodKey {
        let row = |row: usize| self.file_rows.get(row).unwrap_or(0);
        let entity = self.entity_of.get(second).map(|entity| *entity as usize);
        let panel = &self.plan.panel;
        let declared = panel.period_column.as_ref();
        NoPeriodKey {
            file: self.options.file.clone(),
            entity: entity
                .and_then(|at| entities.get(at))
                .map(|entity| crate::panel::shown(entity).into_owned())
                .unwrap_or_default(),
            first: row(first),
            second: row(second),
            period: panel.period_name.clone(),
            column: declared.unwrap_or(&panel.period_name).clone(),
            columns: self.present.clone().unwrap_or_else(|| self.names()),
        }
    }

    /// The first column that nothing reads and that is called so.
    fn unread(&self, is_called: impl Fn(&str) -> bool) -> Option<String> {
        let read = self.columns_read();
        let table = self.table.iter().enumerate();
        let mut unread = table.filter(|(at, _)| read.binary_search(at).is_err());
        unread
            .find(|(_, column)| is_called(&column.name))
            .map(|(_, column)| column.name.clone())
    }

    /// A number in which two rows differ, with its column.
    fn addable(&self, first: usize, second: usize) -> Option<(String, String)> {
        let inputs = self.plan.inputs.iter().zip(&self.values);
        let mut numbers =
            inputs
                .zip(&self.binding.inputs)
                .enumerate()
                .filter(|(index, ((info, _), _))| {
                    let percentage = self.plan.percentages.contains(index);
                    info.kind == InputKind::Number && sums::no_sum(info, percentage).is_none()
                });
        numbers.find_map(|(_, ((info, values), place))| {
            let (one, other) = (values.get(first)?, values.get(second)?);
            let column = self.table.get((*place)?)?;
            let same = one.to_bits() == other.to_bits() || one.is_nan() && other.is_nan();
            (!same).then(|| (info.name.clone(), column.name.clone()))
        })
    }

    /// Does one of two rows say nothing wherever the other says something else?
    fn complement(&self, first: usize, second: usize) -> bool {
        self.values.iter().all(|values| {
            let (Some(one), Some(other)) = (values.get(first), values.get(second)) else {
                return true;
            };
            one.to_bits() == other.to_bits() || one.is_nan() || other.is_nan()
        })
    }

    /// The first indicators in which two rows differ, and how many more there are.
    fn differences(
        &self,
        first: usize,
        second: usize,
        unreadable: &BTreeSet<(u64, String)>,
    ) -> (Vec<(String, String, String)>, usize) {
        const MOST: usize = 3;
        let mut told = Vec::new();
        let mut more = 0;
        let inputs = self.plan.inputs.iter().zip(&self.values);
        for ((input, values), place) in inputs.zip(&self.binding.inputs) {
            let (Some(one), Some(other)) = (values.get(first), values.get(second)) else {
                continue;
            };
            if one.to_bits() == other.to_bits() || one.is_nan() && other.is_nan() {
                continue;
            }
            if told.len() < MOST {
                let column = place.and_then(|place| self.table.get(place));
                let said = |row: usize, value: f64| {
                    let row = self.file_rows.get(row).unwrap_or(0);
                    let cell = column.map(|column| (row, column.name.clone()));
                    match cell.is_some_and(|cell| unreadable.contains(&cell)) {
                        true => "what cannot be read".to_owned(),
                        false => value_text(&input.kind, value),
                    }
                };
                told.push((input.name.clone(), said(first, *one), said(second, *other)));
            } else {
                more += 1;
            }
        }
        (told, more)
    }
}

/// Cells that could not be read, by row and column, as far as they are told one by one.
fn unreadable(reports: &Reports) -> BTreeSet<(u64, String)> {
    let errors = reports
        .iter()
        .filter(|cause| cause.severity() == Severity::Error);
    let cells = errors.filter_map(|cause| match cause.describe().primary.place {
        Place::Data(DataPlace {
            row: Some(row),
            column: Some(column),
            ..
        }) => Some((row, column)),
        Place::Data(_) | Place::Source(_) | Place::File(_) | Place::CommandLine => None,
    });
    cells.collect()
}
