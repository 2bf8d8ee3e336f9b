//! What files give in the end, and what is told of them.
//!
//! In: all rows of the files. Out: a part of the panel, with warnings, or everything that stands in the way of
//! one: deliveries that do not agree, expectations that are not kept, cells that a condition cannot take.

use super::names::Condition;
use super::{Pipe, Summed};
use crate::grid::KeptRow;
use crate::json::Pages;
use crate::name_order::odd_order;
use crate::progress::only;
use crate::recipe::expect::{Whole, is_about_all};
use crate::recipe::filter::{Names, Value};
use crate::recipe::gather::{At, Gather};
use crate::recipe::unlike::Meets;
use crate::recipe::{Shape, When};
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::bind::{BindOptions, BoundFile, Column, Holds, PanelBuilder};
use forewarn_runtime::causes::data::{
    Apart, EmptyFile, NearLeftOut, NotAsAsked, NotExpected, OnePage, OrderByName, SumOfSeveral,
    SummedMissing, TwoDeliveries, TwoThings, UnitsRowOfData, WinsOverOther,
};
use std::collections::BTreeSet;

impl<'p> Pipe<'p> {
    /// What the files give.
    ///
    /// # Errors
    /// Everything that stands in the way of it.
    pub(crate) fn part(mut self) -> Result<BoundFile, Reports> {
        let sheets = self.with_sheets(Reports::default());
        match self.part_of_rows() {
            Ok(mut part) => {
                part.warn(sheets);
                Ok(part)
            }
            Err(mut reports) => {
                reports.append(sheets);
                Err(reports)
            }
        }
    }

    fn part_of_rows(mut self) -> Result<BoundFile, Reports> {
        let mut warnings = Reports::default();
        let mut problems = Reports::default();
        self.sum_events(&mut problems);
        self.tell_unmatched(&mut warnings, &mut problems);
        for left in std::mem::take(&mut self.left) {
            warnings.add(left);
        }
        self.end_scales();
        for units in self.units.drain(..) {
            warnings.add(units);
        }
        for (file, row) in &self.no_units {
            warnings.add(UnitsRowOfData {
                place: self.place(At {
                    file: *file,
                    row: *row,
                }),
                recipe: self.recipe.span,
            });
        }
        self.tell_near(&mut problems);
        self.tell_repeats(&mut warnings);
        self.tell_again(&mut warnings);
        self.tell_order(&mut warnings);
        self.tell_beyond(&mut warnings);
        self.tell_left(&mut warnings);
        self.tell_pages(&mut warnings);
        if let Some(marked) = self.marked_no_value() {
            warnings.add(marked);
        }
        self.tell_gone(&mut warnings);
        self.tell_footer_nowhere(&mut warnings);
        let lacking = if self.stacked {
            self.undelivered()
        } else {
            Vec::new()
        };
        if self.stacked {
            self.tell_undelivered(&lacking, &mut warnings);
        }
        self.tell_slips(&mut problems);
        let mut counted = Vec::new();
        for (column, lost) in self.gather.iter().flat_map(Gather::lost) {
            counted.push((column.clone(), lost));
            if lost.empty > 0 {
                warnings.add(SummedMissing {
                    file: self.bind.file.clone(),
                    column: self.summed_of(&column),
                    cells: lost.empty,
                });
            }
        }
        let builder = match self.gather.take() {
            None => self.builder.take(),
            Some(gather) => {
                for conflict in &gather.conflicts {
                    problems.add(TwoDeliveries {
                        key: conflict.key.clone(),
                        column: conflict.column.clone(),
                        first: (self.place(conflict.first.0), conflict.first.1.clone()),
                        second: (self.place(conflict.second.0), conflict.second.1.clone()),
                        long: matches!(self.recipe.shape, Shape::Long { .. }),
                        timeless: self.is_timeless(),
                        adds: conflict.adds,
                        more: gather.more_conflicts,
                        recipe: self.recipe.span,
                    });
                }
                self.tell_unlike(&gather, &mut problems, &mut warnings);
                if !problems.is_empty() {
                    return Err(problems);
                }
                Some(self.of_gathered(gather, &mut warnings)?)
            }
        };
        let Some(mut builder) = builder else {
            return Err(only(EmptyFile::of(&self.bind.file)));
        };
        let nowhere = (self.let_through == 0).then(|| self.chosen.nowhere());
        if nowhere.is_none() {
            self.tell_chosen(&mut warnings);
        }
        // How many rows there are beside those that it sees is nothing for every audience.
        let told = nowhere.is_some() || !self.bind.sheltered;
        builder.filtered(if told { self.filtered } else { 0 }, nowhere);
        builder.behind_footer(self.behind_footer);
        if let Some((column, words)) = self.marks_told() {
            builder.told_quality(&column, words);
        }
        for (column, lost) in counted {
            builder.unreadable(&column, lost.unreadable);
            builder.out_of_range(&column, lost.moved);
        }
        let mut part = builder.part()?;
        self.tell_unkept(&part, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        part.stacks(self.files.len(), lacking);
        part.warn(warnings);
        Ok(part)
    }

    /// Tells rows that were put together and are of different things.
    fn tell_unlike(&self, gather: &Gather<'_>, problems: &mut Reports, warnings: &mut Reports) {
        let names = gather.names();
        for found in &gather.unlike.found {
            let value = names.get(found.value).cloned().unwrap_or_default();
            let rows = TwoThings {
                key: gather.key_of(found.row),
                column: found.column.clone(),
                first: (self.place(found.first.0), found.first.1.clone()),
                second: (self.place(found.second.0), found.second.1.clone()),
                value: self.summed_of(&value),
                more: found.more,
                recipe: self.recipe.span,
            };
            match (found.meets, found.describes) {
                (Meets::InSum, by) => problems.add(SumOfSeveral {
                    rows,
                    by: by.map_or(Apart::Total, Apart::By),
                }),
                (Meets::OneHolds, by) => warnings.add(WinsOverOther {
                    rows,
                    by: by.map_or(Apart::Total, Apart::By),
                    when: gather.when().to_owned(),
                }),
            }
        }
    }

    fn of_gathered(
        &mut self,
        gather: Gather,
        warnings: &mut Reports,
    ) -> Result<PanelBuilder<'p>, Reports> {
        let mut names = gather.names();
        let long = self.layout.as_ref().and_then(|layout| layout.long);
        if self.let_through == 0 && long.is_some() {
            // Which indicators would have been there, nobody knows.
            let inputs = self.plan.inputs.iter();
            names.extend(inputs.map(|input| input.column.as_ref().unwrap_or(&input.name).clone()));
            names.extend(self.bind.map.iter().map(|(_, column)| column.clone()));
            let mut known = BTreeSet::new();
            names.retain(|name| known.insert(name.clone()));
        }
        let made = names.clone();
        let columns = names.into_iter().map(|name| Column {
            name,
            holds: Holds::Cells,
            unit: None,
        });
        let bind = BindOptions {
            file: self.files.first().cloned().unwrap_or_default(),
            ..self.bind.clone()
        };
        let mut builder = PanelBuilder::new(self.plan, columns.collect(), bind)?;
        for (file, number, cells, line) in std::mem::take(&mut self.ragged) {
            if let Some(name) = self.files.get(file) {
                builder.of_file(name);
            }
            builder.ragged(number, cells, line);
        }
        let mut file = usize::MAX;
        let rows = gather.into_rows();
        if self.stacked {
            self.tell_shares(&made, &rows, warnings);
        }
        for (at, cells) in rows {
            if at.file != file
                && let Some(name) = self.files.get(at.file)
            {
                builder.of_file(name);
                file = at.file;
            }
            builder.record(at.row, &KeptRow { cells, line: None });
        }
        Ok(builder)
    }

    /// The panel's period, where no file says one.
    fn is_timeless(&self) -> Option<String> {
        let panel = &self.plan.panel;
        let in_columns = !matches!(
            self.recipe.shape,
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. }
        );
        let without = self.headers.iter().all(|names| {
            let mut periods = self
                .names
                .period
                .iter()
                .chain(self.names.two().into_iter().flatten());
            !periods.any(|period| names.contains(period))
        });
        (panel.period.is_some() && !in_columns && without).then(|| panel.period_name.clone())
    }

    /// The column of the file that a column of sums is made of.
    fn summed_of(&self, name: &str) -> String {
        let mut sums = self.recipe.sum.iter();
        match sums.find(|(made, _)| made == name) {
            Some((_, Summed::Column(column))) => column.clone(),
            Some((_, Summed::Count)) | None => name.to_owned(),
        }
    }

    /// Tells cells that are not what a condition asks of them.
    fn tell_slips(&self, problems: &mut Reports) {
        // Where such cells are missing, conditions about them are unknown.
        if self.reader.is_lenient() {
            return;
        }
        for slip in self.slips.take() {
            let (key, condition) = match slip.condition {
                Condition::Rows => ("rows", self.recipe.rows.as_ref()),
                Condition::Expected(place) => ("expect", self.recipe.expect.get(place)),
            };
            problems.add(NotAsAsked {
                place: DataPlace {
                    column: Some(slip.column),
                    ..self.place(slip.at)
                },
                text: slip.text,
                condition: condition.map_or_else(String::new, |one| one.text().to_owned()),
                key,
                asked: slip.asked,
                more: slip.more,
                recipe: self.recipe.span,
            });
        }
    }

    pub(super) fn place(&self, at: At) -> DataPlace {
        DataPlace {
            file: self.files.get(at.file).cloned().unwrap_or_default(),
            row: Some(at.row),
            ..DataPlace::default()
        }
    }

    /// Tells the order in which files are taken where it decides, and their names say it in a way of their own.
    fn tell_order(&self, warnings: &mut Reports) {
        let chooses = matches!(self.recipe.when, Some(When::LatestWins | When::FirstWins));
        if !chooses || self.listed || self.bind.sheltered {
            return;
        }
        if let Some((example, why)) = odd_order(&self.files) {
            warnings.add(OrderByName {
                example: example.to_owned(),
                why,
                files: self.files.clone(),
                when: self.recipe.when.map_or("", When::words),
                recipe: self.recipe.at("files"),
            });
        }
    }

    /// Tells documents that say of themselves that there is more than they hold, where it does not stand beside
    /// them.
    fn tell_pages(&mut self, warnings: &mut Reports) {
        let all = std::mem::take(&mut self.pages);
        // Of pages that are not counted, the last one leads no further.
        let ends = all
            .iter()
            .any(|(_, pages, _)| !pages.counts() && !pages.next);
        let parts: Vec<&(String, Pages, u64)> = all
            .iter()
            .filter(|(_, pages, rows)| pages.is_part(1, *rows) && (pages.counts() || !ends))
            .collect();
        let files = parts.len() as u64;
        let rows = parts.iter().map(|(.., rows)| rows).sum();
        let first = parts
            .iter()
            .find(|(_, pages, _)| pages.is_part(files, rows));
        if let Some((file, pages, rows)) = first {
            warnings.add(OnePage {
                file: file.clone(),
                said: pages.said.clone(),
                files,
                rows: Some(*rows).filter(|_| !self.bind.sheltered),
                recipe: self.recipe.span,
            });
        }
    }

    /// Tells words of `rows` and of the rows that it leaves out of which one is misspelt.
    fn tell_chosen(&self, warnings: &mut Reports) {
        for near in self.chosen.near() {
            warnings.add(NearLeftOut {
                file: self.bind.file.clone(),
                column: near.column,
                word: near.word,
                cell: near.cell,
                rows: near.rows,
                absent: near.absent,
                recipe: self.recipe.at("rows"),
            });
        }
    }

    fn tell_unkept(&self, part: &BoundFile, problems: &mut Reports) {
        if self.recipe.expect.is_empty() {
            return;
        }
        let summary = part.summary();
        let whole = Whole {
            summary: &summary,
            files: self.files.len(),
            kind: self.plan.panel.period,
            beside: &self.shares,
        };
        for (place, expected) in self.recipe.expect.iter().enumerate() {
            let told = |rows: u64, at: Option<At>, found: Vec<String>| NotExpected {
                place: match at {
                    Some(at) => self.place(at),
                    None => DataPlace {
                        file: self.files.first().cloned().unwrap_or_default(),
                        ..DataPlace::default()
                    },
                },
                expected: expected.text().to_owned(),
                rows,
                found,
                filtered: self.filtered,
                nowhere: self.chosen.nowhere(),
                recipe: self.recipe.at("expect"),
            };
            if is_about_all(expected) {
                if expected.holds(&whole) != Some(true) {
                    let words = |name: &String| match whole.value(name)? {
                        Value::Number(number) => Some(format!("`{name}` is {number}")),
                        Value::Text(text) => {
                            Some(format!("`{}` is {text}", name.replace('_', " ")))
                        }
                        Value::Missing | Value::Truth(_) => None,
                    };
                    let mut found: Vec<String> =
                        expected.columns().iter().filter_map(words).collect();
                    for name in expected.shares() {
                        if let Some(Value::Number(share)) = whole.call("share", &["missing", &name])
                        {
                            let share = share * 100.0;
                            found.push(format!("`{name}` is missing in {share:.1} % of rows"));
                        }
                    }
                    problems.add(told(0, None, found));
                }
            } else if let Some((rows, at)) = self.unkept.get(&place) {
                problems.add(told(*rows, Some(*at), Vec::new()));
            }
        }
    }
}
