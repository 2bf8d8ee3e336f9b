//! Periods of which no delivery came.
//!
//! In: for each file that is stacked, the periods of its rows or columns, and the one that its name says. Out: periods
//! within the whole stack that no file reaches: nobody was told of them, and that is not the same as nothing having
//! happened. Where files are named by their periods and keep to them, the names say what each reaches; else it is what
//! lies between a file's first and last period.

use super::Pipe;
use super::layout::Layout;
use super::noted::Delivery;
use crate::grid::Kept;
use crate::name_order;
use forewarn_diagnostics::Reports;
use forewarn_plan::PeriodKind;
use forewarn_runtime::causes::data::{NotDelivered, OnlyHeader};
use forewarn_runtime::period::{self, Period};
use std::collections::BTreeSet;

impl Delivery {
    fn ends(&self) -> Option<(i64, i64)> {
        Some((*self.periods.first()?, *self.periods.last()?))
    }
}

/// So much of a stack may lack before it is none of regular deliveries.
const REGULAR: usize = 3;

impl Pipe<'_> {
    /// Notes the periods that the columns of the file at hand are called by.
    pub(super) fn note_columns_of_periods(&mut self, layout: &Layout) {
        let Some(kind) = self.plan.panel.period else {
            return;
        };
        let held = layout.held.iter();
        let periods = held.filter_map(|held| period::parse(kind, &held.period).ok());
        if let Some(delivery) = self.deliveries.last_mut() {
            delivery.periods.extend(periods);
        }
    }

    /// Notes the period of a row.
    pub(super) fn note_period(&mut self, layout: &Layout, cell: impl FnOnce(usize) -> Kept) {
        if !self.stacked {
            return;
        }
        let Some(delivery) = self.deliveries.last_mut() else {
            return;
        };
        delivery.has_rows = true;
        let (Some(kind), [column], false) = (
            self.plan.panel.period,
            layout.period.as_slice(),
            layout.by_columns,
        ) else {
            return;
        };
        let cell = cell(*column);
        let text = cell.text();
        if text == delivery.last {
            return;
        }
        let read = period::parse(kind, &self.period_text(&cell)).ok();
        if let Some(delivery) = self.deliveries.last_mut() {
            delivery.periods.extend(read);
            delivery.last = text;
        }
    }

    /// The periods that no file reaches.
    pub(super) fn undelivered(&self) -> Vec<i64> {
        let ends: Vec<(i64, i64)> = self.deliveries.iter().filter_map(Delivery::ends).collect();
        let (Some(kind), Some(first), Some(last)) = (
            self.plan.panel.period,
            ends.iter().map(|(first, _)| *first).min(),
            ends.iter().map(|(_, last)| *last).max(),
        ) else {
            return Vec::new();
        };
        // What a mistyped year opens is told as a hole.
        const MOST: i64 = 10_000;
        if ends.len() < 2 || last - first > MOST {
            return Vec::new();
        }
        let named = self.said_by_names(kind);
        let is_reached = |at: i64| {
            let own = |delivery: &Delivery| match &named {
                Some(_) => delivery.periods.contains(&at),
                None => delivery
                    .ends()
                    .is_some_and(|(first, last)| (first..=last).contains(&at)),
            };
            let mut spans = named.iter().flatten();
            spans.any(|(first, last)| (*first..=*last).contains(&at))
                || self.deliveries.iter().any(own)
        };
        (first..=last).filter(|at| !is_reached(*at)).collect()
    }

    /// The periods that the names of files say, where all say one and most files keep to it.
    fn said_by_names(&self, kind: PeriodKind) -> Option<Vec<(i64, i64)>> {
        let files = self.files.iter().zip(&self.deliveries);
        let files = files.filter(|(_, delivery)| !delivery.periods.is_empty());
        let mut spans = Vec::new();
        let (mut keep, mut all) = (0_usize, 0_usize);
        for (file, delivery) in files {
            let span = name_order::span_of(file, kind)?;
            let (first, last) = delivery.ends()?;
            all += 1;
            keep += usize::from(span.0 <= first && last <= span.1);
            spans.push(span);
        }
        (2 * keep > all).then_some(spans)
    }

    /// Tells them, and files without a row.
    pub(super) fn tell_undelivered(&self, lacking: &[i64], warnings: &mut Reports) {
        if self.deliveries.iter().any(|delivery| delivery.has_rows) {
            let files = self.files.iter().zip(&self.deliveries);
            for (file, _) in files.filter(|(_, delivery)| !delivery.has_rows) {
                warnings.add(OnlyHeader {
                    file: file.clone(),
                    filtered: 0,
                    nowhere: Vec::new(),
                    behind_footer: 0,
                    alone: false,
                    stand_for: Vec::new(),
                });
            }
        }
        let (Some(kind), false) = (self.plan.panel.period, lacking.is_empty()) else {
            return;
        };
        let read = |name: &str| self.read_by(name).is_some();
        let inputs = self.plan.inputs.iter().filter(|input| {
            let column = input.column.as_deref().unwrap_or(&input.name);
            input.missing_means.is_some() && (read(column) || self.is_indicator(&input.name))
        });
        let names: Vec<String> = self.read_of_files(inputs.map(|input| input.name.clone()));
        let all: BTreeSet<i64> = self
            .deliveries
            .iter()
            .flat_map(|delivery| delivery.periods.iter().copied())
            .collect();
        if names.is_empty() && lacking.len() * REGULAR > all.len() {
            return;
        }
        let spelled = |number: &i64| Period::new(kind, *number).to_string();
        let named = self.said_by_names(kind).is_some();
        warnings.add(NotDelivered {
            files: self.files.clone(),
            periods: lacking.iter().map(spelled).collect(),
            names,
            named,
            recipe: self.recipe.at("files"),
        });
    }

    /// Those of some indicators whose column is in some file.
    fn read_of_files(&self, names: impl Iterator<Item = String>) -> Vec<String> {
        let made = self.gather.as_ref().map(super::Gather::names);
        let made = made.unwrap_or_default();
        let is_made = |name: &String| {
            let own = self.plan.inputs.iter().find(|input| input.name == *name);
            let column = own.and_then(|input| input.column.as_ref()).unwrap_or(name);
            let mut map = self.bind.map.iter();
            let mapped = map.find(|(known, _)| known == name);
            made.contains(mapped.map_or(column, |(_, column)| column))
        };
        names.filter(is_made).collect()
    }
}
