//! Finding where the cells of a file's rows go.
//!
//! In: the names of a file's columns, and the recipe. Out: which of them are keys, which go on as they are and
//! which are made into others; every name of the recipe that the file does not have is told. What an audience
//! may not see goes nowhere.

use super::layout::Layout;
use super::{Pipe, Summed};
use crate::recipe::expect::{self, is_about_all, meant};
use crate::recipe::filter::Filter;
use crate::recipe::naming::Naming;
use crate::recipe::shape::held;
use crate::recipe::{Shape, only_indicator};
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::PeriodKind;
use forewarn_runtime::bind::no_sum;
use forewarn_runtime::causes::data::{DoesNotAddUp, RecipeColumn};
use std::rc::Rc;

impl Pipe<'_> {
    /// Which columns an audience may not see; none at all where it may see all.
    pub(super) fn hidden_of(&self, names: &[String]) -> Rc<[bool]> {
        let hidden: Vec<bool> = names
            .iter()
            .map(|name| self.recipe.withholds(&self.withheld, self.plan, name))
            .collect();
        let keys: Vec<&String> = self.names.all().collect();
        let hidden = hidden
            .into_iter()
            .zip(names)
            .map(|(hidden, name)| hidden && !keys.contains(&name));
        let hidden: Vec<bool> = hidden.collect();
        if hidden.contains(&true) {
            Rc::from(hidden)
        } else {
            Rc::from([])
        }
    }

    pub(super) fn is_hidden(&self, column: usize) -> bool {
        self.hidden.get(column).copied().unwrap_or(false)
    }

    /// The columns that a message may name.
    fn shown_of(&self, names: &[String]) -> Vec<String> {
        let keys: Vec<&String> = self.names.all().collect();
        let may =
            |name: &&String| !self.bind.sheltered || self.is_read(name) || keys.contains(name);
        names.iter().filter(may).cloned().collect()
    }

    pub(super) fn layout_of(&mut self, names: Vec<String>) -> Result<Layout, Reports> {
        let mut problems = Reports::default();
        let shown = self.shown_of(&names);
        for (name, summed) in &self.recipe.sum {
            let Summed::Column(column) = summed else {
                continue;
            };
            let read = [name, column].into_iter();
            let mut read = read.filter_map(|name| self.read_by(name));
            let why = read.find_map(|(input, percentage)| {
                let why = no_sum(input, percentage).filter(|why| why.is_certain())?;
                Some((input.name.clone(), why))
            });
            if let Some((name, why)) = why {
                problems.add(DoesNotAddUp {
                    file: self.bind.file.clone(),
                    column: column.clone(),
                    name,
                    why,
                    recipe: self.recipe.span,
                });
            }
        }
        let mut find = |column: &str, what: &'static str| {
            let place = names.iter().position(|name| name == column);
            if place.is_none() {
                let near = suggest(column, shown.iter().map(String::as_str));
                let expected = what == "expect";
                let whole = meant(column, &self.plan.panel).filter(|_| expected);
                let nearly = || expect::near(column).filter(|_| expected);
                problems.add(RecipeColumn {
                    file: self.bind.file.clone(),
                    column: column.to_owned(),
                    what,
                    suggestion: whole.or(near).or_else(nearly).map(str::to_owned),
                    columns: shown.clone(),
                    recipe: self.recipe.at(what),
                });
            }
            place
        };
        if let Some(filter) = &self.recipe.rows {
            for column in filter.columns() {
                find(&column, "rows");
            }
        }
        for expected in self.recipe.expect.iter().filter(|one| !is_about_all(one)) {
            for column in expected.columns() {
                find(&column, "expect");
            }
        }
        let asked = self.recipe.expect.iter().flat_map(Filter::shares);
        for column in asked.filter(|name| !self.is_indicator(name)) {
            find(&column, "expect");
        }
        for (_, summed) in &self.recipe.sum {
            if let Summed::Column(column) = summed {
                find(column, "sum");
            }
        }
        // Without the column that is meant the file would pass for one without that key.
        for column in self.mapped_keys() {
            find(&column, "map");
        }
        let mut once = Vec::new();
        for column in &self.recipe.once {
            once.extend(find(column, "once"));
        }
        let mut fill = Vec::new();
        for column in &self.recipe.fill {
            fill.extend(find(column, "fill"));
        }
        let long = match &self.recipe.shape {
            Shape::Plain | Shape::Wide { .. } | Shape::Entities { .. } => None,
            Shape::Long { name, value, .. } => find(name, "long").zip(Some(find(value, "value"))),
            Shape::Periods { name, .. } => name
                .as_ref()
                .and_then(|name| find(name, "long"))
                .map(|at| (at, None)),
        };
        let value = self.value_of_periods();
        let year = self.year_in(&names);
        let ways = self.recipe.ways();
        let naming = Naming {
            ways: &ways,
            years: year.is_some(),
            flags: self.recipe.flags,
        };
        let mut held = held(&self.recipe.shape, &names, &value, naming);
        let year = year.filter(|_| held.iter().any(|held| held.period.starts_with('-')));
        if held.is_empty()
            && !matches!(
                self.recipe.shape,
                Shape::Plain | Shape::Long { .. } | Shape::Entities { .. }
            )
        {
            problems.add(RecipeColumn {
                file: self.bind.file.clone(),
                column: match &self.recipe.shape {
                    Shape::Wide { pattern } => pattern.text().to_owned(),
                    Shape::Periods { called, .. } => (*called).to_owned(),
                    Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } => {
                        "years".to_owned()
                    }
                },
                what: "wide",
                suggestion: None,
                columns: shown.clone(),
                recipe: self.recipe.at("wide"),
            });
        }
        let left = self.periods_left(&names, &held, &value, naming);
        held.retain(|held| !self.is_hidden(held.column));
        let keys: Vec<&String> = self.names.all().collect();
        let by_columns = !matches!(
            self.recipe.shape,
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. }
        );
        // Rows that go on as they are have all their cells.
        let made = self.gather.is_some() || by_columns;
        let is_own = |column: usize| {
            let is_held = held.iter().any(|held| held.column == column);
            let is_hidden = made && self.is_hidden(column);
            !(is_held || is_hidden)
                && long.is_none_or(|(name, value)| name != column && value != Some(column))
        };
        let is_key = |column: usize| names.get(column).is_some_and(|name| keys.contains(&name));
        let is_passed = |column: usize| is_own(column) && (!self.sums || is_key(column));
        let is_summed = |name: &String| {
            let mut sums = self.recipe.sum.iter();
            sums.any(|(made, of)| {
                made == name || matches!(of, Summed::Column(column) if column == name)
            })
        };
        let unsummed = (0..names.len())
            .filter(|column| self.sums && is_own(*column) && !is_key(*column))
            .filter_map(|column| names.get(column).filter(|name| !is_summed(name)).cloned());
        let unsummed = unsummed.collect();
        let pass: Vec<usize> = (0..names.len())
            .filter(|column| is_passed(*column))
            .collect();
        let mut out: Vec<String> = pass
            .iter()
            .filter_map(|column| names.get(*column).cloned())
            .collect();
        if by_columns {
            out.push(self.plan.panel.period_name.clone());
            for held in &held {
                if !held.indicator.is_empty() && !out.contains(&held.indicator) {
                    out.push(held.indicator.clone());
                }
            }
        }
        let place = |candidates: &[String]| {
            candidates
                .iter()
                .find_map(|name| names.iter().position(|known| known == name))
        };
        let period = match self.names.two() {
            Some(two) => two
                .iter()
                .filter_map(|name| names.iter().position(|known| known == name))
                .collect(),
            None => place(&self.names.period).into_iter().collect(),
        };
        let mut crosswalks = Vec::new();
        for (key, table) in &self.recipe.crosswalks {
            let at = self.names.key_of(self.plan, key).unwrap_or(0);
            let candidates = self.names.keys.get(at);
            if let Some(column) = candidates.and_then(|names| place(names)) {
                crosswalks.push((column, table.clone()));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        self.left.extend(left);
        let percentages = names
            .iter()
            .enumerate()
            .filter(|(_, name)| self.read_by(name).is_some_and(|(_, percentage)| percentage));
        Ok(Layout {
            percentages: percentages.map(|(column, _)| column).collect(),
            unsummed,
            beside: Vec::new(),
            by_columns,
            keys: self.names.keys.iter().map(|names| place(names)).collect(),
            period,
            pass,
            held,
            year,
            long,
            fill,
            once,
            event: self.names_events(&names),
            deletes: self.deletes_in(&names),
            crosswalks,
            out,
            names,
        })
    }

    /// The columns that `map` names for keys which files may also do without: further keys and the period.
    fn mapped_keys(&self) -> Vec<String> {
        let panel = &self.plan.panel;
        let by_columns = matches!(
            self.recipe.shape,
            Shape::Wide { .. } | Shape::Periods { .. }
        );
        let is_key = |name: &String| {
            panel.keys.iter().skip(1).any(|key| key.name == *name)
                || panel.period.is_some() && panel.period_name == *name && !by_columns
        };
        let mapped = self.recipe.map.iter();
        let mapped = mapped.filter(|(name, _)| is_key(name));
        mapped
            .flat_map(|(_, column)| column.split(','))
            .map(|column| column.trim().to_owned())
            .collect()
    }

    /// Finds the columns that nothing asks for, where rows are put together by more than their keys.
    pub(super) fn look_beside(&mut self, layout: &mut Layout) {
        let Some(mut gather) = self.gather.take() else {
            return;
        };
        let sums = gather.adds()
            || self
                .recipe
                .sum
                .iter()
                .any(|(_, summed)| matches!(summed, Summed::Column(_)));
        if (sums || gather.one_holds()) && !self.bind.sheltered {
            let chosen = self.recipe.rows.iter().flat_map(|rows| rows.columns());
            let chosen: Vec<String> = chosen.collect();
            let is_summed = |name: &String| {
                let mut sums = self.recipe.sum.iter();
                sums.any(|(_, of)| matches!(of, Summed::Column(column) if column == name))
            };
            // What names indicators tells rows apart where the column of all their values is summed up.
            let is_long = |column: usize| {
                layout.long.is_some_and(|(name, value)| {
                    let whole = value.and_then(|value| layout.names.get(value));
                    value == Some(column) || name == column && !whole.is_some_and(is_summed)
                })
            };
            let names = layout.names.iter().enumerate();
            let free = names.filter(|(column, name)| {
                !layout.is_key(*column)
                    && !is_long(*column)
                    && !layout.held.iter().any(|held| held.column == *column)
                    && !self.is_hidden(*column)
                    && !self.is_read(name)
                    && !is_summed(name)
                    && !chosen.contains(name)
            });
            layout.beside = gather.unlike.beside(free);
        }
        self.gather = Some(gather);
    }

    /// The column of years beside columns that are called by months.
    fn year_in(&self, names: &[String]) -> Option<usize> {
        let mut map = self.recipe.map.iter();
        let (_, column) = map.find(|(name, _)| *name == self.plan.panel.period_name)?;
        let is_year = self.plan.panel.period == Some(PeriodKind::Month);
        names.iter().position(|name| is_year && name == column)
    }

    /// The indicator whose values stand in columns of periods.
    fn value_of_periods(&self) -> String {
        match &self.recipe.shape {
            Shape::Periods {
                value: Some(value), ..
            } => value.clone(),
            Shape::Periods { .. } => only_indicator(self.plan).unwrap_or_default(),
            Shape::Plain | Shape::Long { .. } | Shape::Entities { .. } | Shape::Wide { .. } => {
                String::new()
            }
        }
    }
}
