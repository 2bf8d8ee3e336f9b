//! Names that are nearly those of indicators.
//!
//! In: the names that cells of a long table, or its columns with their periods, have. Out: those that nothing is read
//! from and that are the name of something read but for capitals, blanks, hyphens and underscores. They are no other
//! indicators; left out, an indicator would be missing, or be what `missing means` says.

use super::Pipe;
use super::layout::Layout;
use super::noted::Near;
use crate::recipe::Shape;
use crate::recipe::gather::At;
use forewarn_diagnostics::{DataPlace, Reports};
use forewarn_runtime::bind::same_name;
use forewarn_runtime::causes::data::{Named, NearName};

impl Pipe<'_> {
    /// What a name is nearly, of all that is read: the name, and its indicator.
    fn near(&self, name: &str) -> Option<(String, String)> {
        let read = self.plan.inputs.iter().filter(|input| {
            !self.withheld.target(self.plan, &input.name)
                && !self.names.all().any(|key| *key == input.name)
        });
        let own = read.clone().map(|input| {
            let mut map = self.bind.map.iter();
            let mapped = map.find(|(known, _)| *known == input.name);
            let declared = input.column.as_deref().unwrap_or(&input.name);
            let column = mapped.map_or(declared, |(_, column)| column.as_str());
            (column, input.name.as_str())
        });
        let keys = match &self.recipe.shape {
            Shape::Long { keys, .. }
            | Shape::Periods { keys, .. }
            | Shape::Entities { keys, .. } => keys.as_slice(),
            Shape::Plain | Shape::Wide { .. } => &[],
        };
        let keys = keys
            .iter()
            .filter(|(_, indicator)| read.clone().any(|input| input.name == *indicator))
            .map(|(code, indicator)| (code.as_str(), indicator.as_str()));
        let mut all = own.chain(keys);
        let found = all.find(|(known, _)| *known != name && same_name(known, name))?;
        Some((found.0.to_owned(), found.1.to_owned()))
    }

    /// Looks at the name of a row of a long table.
    pub(super) fn note_near(&mut self, code: Option<&str>, target: Option<&str>, at: At) {
        let Some((code, target)) = code.zip(target) else {
            return;
        };
        // What is said to be an indicator is one.
        if code != target {
            return;
        }
        match self.near_names.0.get_mut(code) {
            Some(Some(near)) => near.rows += 1,
            Some(None) => {}
            None => {
                let read = self.read_by(code).is_some();
                let near = if read { None } else { self.near(code) };
                let near = near.map(|(name, indicator)| Near {
                    name,
                    indicator,
                    at,
                    rows: 1,
                });
                self.near_names.0.insert(code.to_owned(), near);
            }
        }
    }

    /// Tells such names.
    pub(super) fn tell_near(&self, problems: &mut Reports) {
        let column = match &self.recipe.shape {
            Shape::Long { name, .. } => Some(name.clone()),
            Shape::Periods { name, .. } | Shape::Entities { name, .. } => name.clone(),
            Shape::Plain | Shape::Wide { .. } => None,
        };
        for (name, near) in &self.near_names.0 {
            if let Some(near) = near {
                problems.add(NearName {
                    place: DataPlace {
                        column: column.clone(),
                        ..self.place(near.at)
                    },
                    name: name.clone(),
                    near: near.name.clone(),
                    indicator: near.indicator.clone(),
                    named: Named::InCells(near.rows),
                    recipe: self.recipe.span,
                });
            }
        }
    }

    /// The first column of a period whose name is nearly that of an indicator.
    pub(super) fn near_columns(&self, layout: &Layout) -> Option<NearName> {
        if !matches!(self.recipe.shape, Shape::Wide { .. }) {
            return None;
        }
        let mut unread = layout.held.iter();
        unread.find_map(|held| {
            if self.read_by(&held.indicator).is_some() {
                return None;
            }
            let (near, indicator) = self.near(&held.indicator)?;
            Some(NearName {
                place: DataPlace {
                    file: self.bind.file.clone(),
                    column: layout.names.get(held.column).cloned(),
                    ..DataPlace::default()
                },
                name: held.indicator.clone(),
                near,
                indicator,
                named: Named::InColumns,
                recipe: self.recipe.span,
            })
        })
    }
}
