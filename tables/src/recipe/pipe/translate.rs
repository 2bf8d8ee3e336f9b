//! Keys that a crosswalk translates, and those that it does not have.
//!
//! In: the code of a row. Out: the panel's key; a code that the table does not have is noted, and told with what it
//! nearly is. An entity whose rows are lost by a slip has none, which `missing means` would take for something said.

use super::Pipe;
use crate::recipe::Crosswalk;
use crate::recipe::gather::At;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::causes::data::{NearlyInCrosswalk, NotInCrosswalk};
use std::collections::BTreeMap;

impl Pipe<'_> {
    /// What a table makes of a code.
    pub(super) fn translated(
        &mut self,
        table: &Crosswalk,
        column: usize,
        code: &str,
    ) -> Option<String> {
        let known = (column, code.to_owned());
        if let Some(found) = self.translations.get(&known) {
            return found.clone();
        }
        let found = table.get(code, &self.bind.keys).map(str::to_owned);
        self.translations.insert(known, found.clone());
        found
    }

    /// Indicators that files read of which an absent row stands for a value.
    fn stand_for(&self) -> Vec<String> {
        let names = self.headers.iter().flatten();
        let summed = self.recipe.sum.iter().map(|(name, _)| name);
        let held = self.held_indicators.iter();
        let read = names.chain(summed).chain(held);
        let read = read.filter_map(|name| self.read_by(name));
        let mut found: Vec<String> = Vec::new();
        for (input, _) in read.filter(|(input, _)| input.missing_means.is_some()) {
            if !found.contains(&input.name) {
                found.push(input.name.clone());
            }
        }
        found
    }

    /// Tells codes that no table has.
    pub(super) fn tell_unmatched(&self, warnings: &mut Reports, problems: &mut Reports) {
        let mut columns: BTreeMap<&String, Vec<(&String, u64)>> = BTreeMap::new();
        let mut first: Option<At> = None;
        for ((column, code), (count, at)) in &self.unmatched {
            let place = DataPlace {
                column: Some(column.clone()),
                ..self.place(*at)
            };
            let tables = self.recipe.crosswalks.iter();
            let near = tables.filter_map(|(key, table)| {
                let (near, step) = table.near(code)?;
                Some((key, table.text(), near, step))
            });
            if let Some((key, table, near, step)) = near.into_iter().next() {
                problems.add(NearlyInCrosswalk {
                    place,
                    code: code.clone(),
                    near,
                    rows: *count,
                    key: key.clone(),
                    table: table.to_owned(),
                    step,
                    recipe: self.recipe.at("keys"),
                });
                continue;
            }
            columns.entry(column).or_default().push((code, *count));
            first.get_or_insert(*at);
        }
        for (column, codes) in columns {
            let codes_of: Vec<String> = codes.iter().map(|(code, _)| (*code).clone()).collect();
            let mut tables = self.recipe.crosswalks.iter();
            let odd = tables.find_map(|(_, table)| table.oddity(&codes_of));
            warnings.add(NotInCrosswalk {
                odd,
                place: DataPlace {
                    column: Some(column.clone()),
                    ..self.place(first.unwrap_or_default())
                },
                codes: codes_of,
                rows: codes.iter().map(|(_, count)| count).sum(),
                stand_for: self.stand_for(),
                recipe: self.recipe.span,
            });
        }
    }
}
