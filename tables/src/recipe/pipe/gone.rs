//! What earlier files have and later ones have no more.
//!
//! In: the columns of each file, the names in its long table, and how many of its rows `rows` lets through. Out:
//! columns and names that are gone, and files of which no row is read: a name that has changed loses all that is under
//! it, and nobody would see it.

use super::Pipe;
use super::chosen::Chosens;
use super::layout::Layout;
use super::noted::Met;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::suggest::suggest;
use forewarn_runtime::causes::data::{
    ColumnGone, FooterNowhere, KeyColumnGone, NameGone, NothingKept,
};
use std::collections::BTreeSet;

impl Met {
    pub(super) fn of(chosen: Chosens) -> Self {
        Self {
            chosen,
            ..Self::default()
        }
    }
}

impl Pipe<'_> {
    /// Notes the name of a row in a long table.
    pub(super) fn note_name(&mut self, code: Option<&str>, target: Option<&str>) {
        let Some((code, target)) = code.zip(target) else {
            return;
        };
        let known = |met: &Met| met.names.contains_key(code);
        if self.met.last().is_none_or(known) {
            return;
        }
        let reads = self.read_by(target).map(|(input, _)| input.name.clone());
        if let Some(met) = self.met.last_mut() {
            met.names.insert(code.to_owned(), reads);
        }
    }

    /// Notes whether `rows` leaves a row out.
    pub(super) fn note_kept(&mut self, left_out: bool) {
        if let Some(met) = self.met.last_mut() {
            met.left_out += u64::from(left_out);
            met.kept += u64::from(!left_out);
        }
    }

    /// The words of the file at hand.
    pub(super) fn chosen_here(&mut self) -> Option<&mut Chosens> {
        self.met.last_mut().map(|met| &mut met.chosen)
    }

    /// Tells columns that are read from earlier files and are not in later ones.
    pub(super) fn tell_gone(&self, warnings: &mut Reports) {
        let mut told: BTreeSet<&String> = BTreeSet::new();
        for (file, names) in self.headers.iter().enumerate() {
            let earlier = self.headers.get(..file).unwrap_or_default();
            for (before, columns) in earlier.iter().enumerate() {
                for column in columns
                    .iter()
                    .filter(|column| !names.contains(column) && self.is_read(column))
                {
                    if !told.insert(column) {
                        continue;
                    }
                    let new = names.iter().filter(|name| !columns.contains(name));
                    let plain = |name: &str| name.to_lowercase();
                    let same = new.clone().find(|name| plain(name) == plain(column));
                    let near = same
                        .map(String::as_str)
                        .or_else(|| suggest(column, new.map(String::as_str)))
                        .filter(|_| !self.bind.sheltered);
                    warnings.add(ColumnGone {
                        file: self.file_name(file),
                        column: column.clone(),
                        before: self.file_name(before),
                        suggestion: near.map(str::to_owned),
                        recipe: self.recipe.span,
                    });
                }
            }
        }
        self.tell_names_gone(warnings);
        self.tell_nothing_kept(warnings);
    }

    /// Are the keys of the file at hand in columns, where those of the first one are, and the other way round?
    ///
    /// # Errors
    /// A key without a column in one of them.
    pub(super) fn same_keys(&mut self, layout: &Layout) -> Result<(), Reports> {
        if !self.stacked {
            return Ok(());
        }
        let name = |place: &usize| layout.names.get(*place).cloned();
        let panel = &self.plan.panel;
        let own = panel.keys.iter().zip(&layout.keys);
        let mut keys: Vec<(String, Option<String>)> = own
            .map(|(key, place)| (key.name.clone(), place.as_ref().and_then(name)))
            .collect();
        // Periods in columns have names, and no column of their own.
        if panel.period.is_some() && !layout.by_columns {
            let columns: Vec<String> = layout.period.iter().filter_map(name).collect();
            let columns = Some(columns.join(",")).filter(|columns| !columns.is_empty());
            keys.push((panel.period_name.clone(), columns));
        }
        let Some(first) = &self.first_keys else {
            self.first_keys = Some(keys);
            return Ok(());
        };
        let here = self.files.len().saturating_sub(1);
        let mut found = Reports::default();
        for ((key, before), (_, now)) in first.iter().zip(&keys) {
            let (file, other, column) = match (before, now) {
                (Some(column), None) => (here, 0, column),
                (None, Some(column)) => (0, here, column),
                (Some(_), Some(_)) | (None, None) => continue,
            };
            let own = if file == here {
                Some(&layout.names)
            } else {
                self.headers.first()
            };
            let names = || own.into_iter().flatten();
            let same = names().find(|name| name.to_lowercase() == column.to_lowercase());
            let near = same
                .map(String::as_str)
                .or_else(|| suggest(column, names().map(String::as_str)))
                .filter(|_| !self.bind.sheltered);
            found.add(KeyColumnGone {
                file: self.file_name(file),
                column: column.clone(),
                other: self.file_name(other),
                key: key.clone(),
                suggestion: near.map(str::to_owned),
                recipe: self.recipe.span,
            });
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(found),
        }
    }

    /// Tells a footer that no file has.
    pub(super) fn tell_footer_nowhere(&self, warnings: &mut Reports) {
        let footer = &self.recipe.frame.footer;
        if !footer.is_empty() && !self.footed {
            warnings.add(FooterNowhere {
                files: self.files.clone(),
                footer: footer.clone(),
                recipe: self.recipe.at("footer"),
            });
        }
    }

    fn file_name(&self, file: usize) -> String {
        self.files.get(file).cloned().unwrap_or_default()
    }

    /// Tells names in long tables that are read from earlier files and are not in later ones, which have others or some
    /// of the same: a file of other indicators has none of them.
    fn tell_names_gone(&self, warnings: &mut Reports) {
        let mut told: BTreeSet<&String> = BTreeSet::new();
        for (file, met) in self.met.iter().enumerate() {
            let earlier = self.met.get(..file).unwrap_or_default();
            for (before, then) in earlier.iter().enumerate() {
                let unread = met.names.iter().filter(|(_, reads)| reads.is_none());
                let new = unread.map(|(name, _)| name.as_str());
                let new: Vec<&str> = new.filter(|name| !then.names.contains_key(*name)).collect();
                let is_there = |(name, reads): (&String, &Option<String>)| {
                    reads.is_some() && met.names.contains_key(name)
                };
                let same_kind = then.names.iter().any(is_there);
                if new.is_empty() && !same_kind {
                    continue;
                }
                let known = |indicator: &String| {
                    let mut read = met.names.values().flatten();
                    read.any(|other| other == indicator)
                };
                for (name, indicator) in &then.names {
                    let Some(indicator) = indicator.as_ref().filter(|name| !known(name)) else {
                        continue;
                    };
                    if !told.insert(name) {
                        continue;
                    }
                    let near = suggest(name, new.iter().copied());
                    let only = match new.as_slice() {
                        [only] => Some(*only),
                        _ => None,
                    };
                    let near = near.or(only).filter(|_| !self.bind.sheltered);
                    warnings.add(NameGone {
                        file: self.file_name(file),
                        name: name.clone(),
                        indicator: indicator.clone(),
                        before: self.file_name(before),
                        suggestion: near.map(str::to_owned),
                        recipe: self.recipe.span,
                    });
                }
            }
        }
    }

    /// Tells files of which `rows` leaves out all rows, where it keeps some of others.
    fn tell_nothing_kept(&self, warnings: &mut Reports) {
        // How many rows there are beside those that it sees is nothing for every audience.
        if self.bind.sheltered || self.let_through == 0 {
            return;
        }
        for (file, met) in self.met.iter().enumerate() {
            if met.kept == 0 && met.left_out > 0 {
                warnings.add(NothingKept {
                    file: self.file_name(file),
                    rows: met.left_out,
                    nowhere: met.chosen.nowhere(),
                    recipe: self.recipe.at("rows"),
                });
            }
        }
    }
}
