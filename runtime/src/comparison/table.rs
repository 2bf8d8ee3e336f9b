//! Results as they are compared: by key, and each cell as people read it.

use std::collections::{BTreeMap, HashMap, HashSet};

use forewarn_plan::tests::Tolerance;
use forewarn_plan::{Output, OutputKind, Plan};

use crate::panel::{Panel, shown};
use crate::period::{Period, PeriodForm};
use crate::run::Results;

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Pairs as the panel has them (see [`crate::panel::pair`]).
    pub entity: String,
    pub period: Option<i64>,
}

impl Key {
    /// The entity as people read it.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.entity).into_owned()
    }
}

/// A period as results have it; nothing in a cross-section.
#[must_use]
pub fn shown_period(form: Option<PeriodForm>, period: Option<i64>) -> String {
    match (form, period) {
        (Some(form), Some(number)) => Period::new(form.kind, number).as_in(form.written).cell(),
        _ => String::new(),
    }
}

/// What stands in a place of a result.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedCell {
    Missing,
    Number(f64),
    /// `high`, or `elevated..critical` while undetermined; `yes`, `no`, `unknown`; `quiet` and the like.
    Word(String),
}

impl ComparedCell {
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }

    /// A level whose bounds differ.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        matches!(self, Self::Word(word) if word.contains(".."))
    }

    /// Is it the same as far as people read it?
    #[must_use]
    pub fn is_same(&self, other: &Self, tolerance: Tolerance) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => {
                tolerance.accepts(*one, *other) || tolerance.accepts(*other, *one)
            }
            (Self::Missing, Self::Missing) => true,
            (Self::Word(one), Self::Word(other)) => one == other,
            (Self::Missing | Self::Number(_) | Self::Word(_), _) => false,
        }
    }
}

/// One column of a result.
#[derive(Clone, Debug, Default)]
pub struct Column {
    pub declaration: String,
    pub unit: String,
    values: Values,
}

#[derive(Clone, Debug)]
enum Values {
    /// NaN is missing.
    Numbers(Vec<f64>),
    /// Places among the words.
    Words(Vec<u32>, Vec<String>),
}

impl Default for Values {
    fn default() -> Self {
        Self::Numbers(Vec::new())
    }
}

impl Column {
    /// Numbers; NaN is missing.
    #[must_use]
    pub fn numbers(declaration: &str, unit: &str, numbers: Vec<f64>) -> Self {
        Self {
            declaration: declaration.to_owned(),
            unit: unit.to_owned(),
            values: Values::Numbers(numbers),
        }
    }

    /// Words; an empty one is missing.
    #[must_use]
    pub fn words(declaration: &str, cells: impl Iterator<Item = String>) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut places = Vec::new();
        for cell in cells {
            let next = u32::try_from(words.len()).unwrap_or(u32::MAX);
            let place = *known.entry(cell).or_insert_with_key(|cell| {
                words.push(cell.clone());
                next
            });
            places.push(place);
        }
        Self {
            declaration: declaration.to_owned(),
            unit: String::new(),
            values: Values::Words(places, words),
        }
    }

    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.values, Values::Numbers(_))
    }

    #[must_use]
    pub fn cell(&self, row: usize) -> ComparedCell {
        match &self.values {
            Values::Numbers(numbers) => match numbers.get(row) {
                Some(x) if !x.is_nan() => ComparedCell::Number(*x + 0.0),
                _ => ComparedCell::Missing,
            },
            Values::Words(places, words) => {
                let word = places.get(row).and_then(|place| words.get(*place as usize));
                match word {
                    Some(word) if !word.is_empty() => ComparedCell::Word(word.clone()),
                    _ => ComparedCell::Missing,
                }
            }
        }
    }
}

/// The compared values of one variant.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// One a row, each once.
    pub keys: Vec<Key>,
    /// By name, in the order of the results.
    pub columns: Vec<(String, Column)>,
}

/// A result and the outputs that show it: one, or for a level its two bounds.
pub(super) struct Watched {
    pub column: String,
    pub outputs: Vec<usize>,
}

/// Everything that is published of a Plan's declarations.
pub(super) fn watched(plan: &Plan) -> Vec<Watched> {
    let place = |name: &str| plan.outputs.iter().position(|output| output.column == name);
    let declared = |output: &&(usize, &Output)| {
        let declarations = plan.declarations.iter();
        let name = &output.1.declaration;
        { declarations }.any(|one| one.name == *name)
    };
    let mut watched = Vec::new();
    let outputs: Vec<(usize, &Output)> = plan.outputs.iter().enumerate().collect();
    for (at, output) in outputs.iter().filter(declared) {
        let is_level = matches!(output.kind, OutputKind::Level { .. });
        let bounds = |of: &str| {
            let (low, high) = (format!("{of}.at_least"), format!("{of}.at_most"));
            Some(vec![place(&low)?, place(&high)?])
        };
        let own = output.column == output.declaration;
        let both = bounds(&output.declaration).filter(|_| is_level);
        let outputs = match both {
            // The bounds say all that the level says.
            Some(both) if own => both,
            Some(_) => continue,
            None => vec![*at],
        };
        watched.push(Watched {
            column: output.column.clone(),
            outputs,
        });
    }
    watched
}

impl Table {
    pub(super) fn of(
        plan: &Plan,
        panel: &Panel,
        watched: &[Watched],
        results: &Results,
        keeps: &dyn Fn(&Key) -> bool,
    ) -> Self {
        let key = |row: usize| {
            let entity = panel.entity_of.get(row);
            let entity = entity.and_then(|at| panel.entities.get(*at as usize));
            Key {
                entity: entity.cloned().unwrap_or_default(),
                period: panel.periods.get(row).copied(),
            }
        };
        let all = (0..panel.rows()).filter(|row| panel.gaps.binary_search(row).is_err());
        let (rows, keys): (Vec<usize>, Vec<Key>) = all
            .map(|row| (row, key(row)))
            .filter(|(_, key)| keeps(key))
            .unzip();
        let by_output: BTreeMap<usize, &Vec<f64>> = results
            .columns
            .iter()
            .map(|column| (column.output, &column.values))
            .collect();
        let value = |output: usize, row: usize| {
            let column = by_output.get(&output);
            column
                .and_then(|values| values.get(row))
                .copied()
                .unwrap_or(f64::NAN)
        };
        let column = |one: &Watched| {
            let output = plan.outputs.get(*one.outputs.first()?)?;
            let column = match (&output.kind, one.outputs.as_slice()) {
                (OutputKind::Number, [only]) => {
                    let numbers = rows.iter().map(|row| value(*only, *row)).collect();
                    Column::numbers(&output.declaration, &output.unit, numbers)
                }
                (kind, outputs) => {
                    let cells = rows.iter().map(|row| {
                        let words = outputs
                            .iter()
                            .map(|output| word(kind, value(*output, *row)));
                        match words.collect::<Vec<String>>().as_slice() {
                            [low, high] if low != high => format!("{low}..{high}"),
                            [first, ..] => first.clone(),
                            [] => String::new(),
                        }
                    });
                    Column::words(&output.declaration, cells)
                }
            };
            Some((one.column.clone(), column))
        };
        Self {
            keys,
            columns: watched.iter().filter_map(column).collect(),
        }
    }

    /// What stands in a row of the result of that name.
    #[must_use]
    pub fn cell_of(&self, column: &str, row: usize) -> ComparedCell {
        let place = self.place(column);
        place.map_or(ComparedCell::Missing, |place| self.cell(place, row))
    }

    pub(super) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == column)
    }

    pub(super) fn cell(&self, column: usize, row: usize) -> ComparedCell {
        let found = self.columns.get(column);
        found.map_or(ComparedCell::Missing, |(_, column)| column.cell(row))
    }

    /// For each row of another, the row with its key.
    pub(super) fn rows_of(&self, other: &Self) -> Vec<Option<usize>> {
        if self.keys == other.keys {
            return (0..other.keys.len()).map(Some).collect();
        }
        let places: HashMap<&Key, usize> = self.keys.iter().zip(0..).collect();
        let keys = other.keys.iter();
        keys.map(|key| places.get(key).copied()).collect()
    }

    /// The rows that both have, as places in each.
    pub(super) fn shared_rows(&self, other: &Self) -> Vec<(usize, usize)> {
        let theirs = other.rows_of(self).into_iter().enumerate();
        theirs
            .filter_map(|(ours, theirs)| Some((ours, theirs?)))
            .collect()
    }

    /// The keys that another does not have.
    pub(super) fn keys_without(&self, other: &Self) -> Vec<Key> {
        if self.keys == other.keys {
            return Vec::new();
        }
        let theirs: HashSet<&Key> = other.keys.iter().collect();
        let keys = self.keys.iter();
        keys.filter(|key| !theirs.contains(key)).cloned().collect()
    }
}

/// A value in the words of its kind; empty where it is missing.
fn word(kind: &OutputKind, x: f64) -> String {
    match kind {
        OutputKind::Truth if x.is_nan() => "unknown".to_owned(),
        OutputKind::Truth if x == 0.0 => "no".to_owned(),
        OutputKind::Truth => "yes".to_owned(),
        _ if x.is_nan() => String::new(),
        OutputKind::Level { names, .. } | OutputKind::Category { names, .. } => {
            let place = (x >= 0.0).then_some(x as usize);
            let name = place.and_then(|place| names.get(place));
            name.cloned().unwrap_or_default()
        }
        OutputKind::Period(kind) => Period::new(*kind, x as i64).to_string(),
        OutputKind::Number => x.to_string(),
    }
}
