//! Tables with a column for each entity: months go down, countries across.
//!
//! In: the names of a file's columns, and its rows. Out: the names and rows of a table with one value in each row, under
//! the name of the entity in a column of its own. A cell without anything in it gives no row, as with periods in
//! columns.

use crate::grid::{Cells, Kept, KeptRow};
use crate::recipe::{Recipe, Shape, Summed, only_indicator};
use forewarn_plan::Plan;
use std::collections::BTreeSet;

/// How a table is unfolded.
#[derive(Clone, Debug, Default)]
pub(super) struct Across {
    /// The column that the entity is read from once each has its rows, and the one of the values.
    key: String,
    value: String,
    /// Columns that are no entities' by what the recipe and the rules say.
    others: BTreeSet<String>,
    /// How many columns the file at hand has.
    width: usize,
    /// Those that go on as they are, and those of entities.
    pub(super) kept: Vec<usize>,
    pub(super) entities: Vec<(usize, String)>,
}

/// What the values of a long table are called, which no column is.
const VALUE: &str = "value of the column";

impl Across {
    /// How it is where a recipe says so, and the shape of what is made of it.
    pub(super) fn of(
        recipe: &Recipe,
        plan: &Plan,
        keys: &forewarn_runtime::bind::KeyNames,
    ) -> Option<(Self, Shape)> {
        let Shape::Entities {
            value,
            name,
            keys: codes,
            ..
        } = &recipe.shape
        else {
            return None;
        };
        let key = keys.keys.first().and_then(|names| names.first());
        let target = value
            .clone()
            .or_else(|| only_indicator(plan))
            .unwrap_or_default();
        let mapped = recipe
            .map
            .iter()
            .find(|(name, _)| *name == target)
            .map(|(_, column)| column.clone());
        let input = plan.inputs.iter().find(|input| input.name == target);
        let column = mapped
            .or_else(|| input.and_then(|input| input.column.clone()))
            .unwrap_or(target);
        let mut others: BTreeSet<String> = keys.all().cloned().collect();
        others.extend(keys.two().into_iter().flatten().cloned());
        let conditions = recipe.rows.iter().chain(&recipe.expect);
        others.extend(conditions.flat_map(|one| one.columns()));
        others.extend(recipe.fill.iter().chain(&recipe.once).chain(name).cloned());
        others.extend(recipe.sum.iter().filter_map(|(_, of)| match of {
            Summed::Column(column) => Some(column.clone()),
            Summed::Count => None,
        }));
        let (value, shape) = match name {
            Some(name) => (
                VALUE.to_owned(),
                Shape::Long {
                    name: name.clone(),
                    value: VALUE.to_owned(),
                    keys: codes.clone(),
                },
            ),
            None => (column, Shape::Plain),
        };
        let across = Self {
            key: key.cloned().unwrap_or_default(),
            value,
            others,
            ..Self::default()
        };
        Some((across, shape))
    }

    /// The columns of what is made of a file with these.
    pub(super) fn unfold(&mut self, names: Vec<String>) -> Vec<String> {
        self.width = names.len();
        self.kept.clear();
        self.entities.clear();
        let mut made = Vec::new();
        for (column, name) in names.into_iter().enumerate() {
            if name.is_empty() {
                continue;
            }
            if self.others.contains(&name) {
                self.kept.push(column);
                made.push(name);
            } else {
                self.entities.push((column, name));
            }
        }
        made.push(self.key.clone());
        made.push(self.value.clone());
        made
    }

    /// The rows of what is made of one; none where it has other cells than the header.
    pub(super) fn rows(&self, row: &impl Cells) -> Option<Vec<KeptRow>> {
        let beyond = (self.width..row.width()).all(|column| row.is_missing(column));
        if row.width() < self.width || !beyond {
            return None;
        }
        let filled = self
            .entities
            .iter()
            .filter(|(column, _)| !row.is_missing(*column));
        let made = filled.map(|(column, name)| {
            let kept = self.kept.iter().map(|column| Kept::of(row.cell(*column)));
            let own = [Kept::Text(name.clone()), Kept::of(row.cell(*column))];
            KeptRow {
                cells: kept.chain(own).collect(),
                line: None,
            }
        });
        Some(made.collect())
    }
}
