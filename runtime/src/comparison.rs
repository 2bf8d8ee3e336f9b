//! Two frameworks on the same data: whose level or alert differs, and which change caused it.

//!
//! In: the Plan of the first framework with any part of the changes made, and the data as each such Plan
//! reads it. Out: every level and alert of every entity and period that differs, with its cause: the
//! changes of which each alone has the same effect; where no single one has, the fewest that have it
//! together, found by making them in order and taking away what is not needed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use forewarn_plan::{DeclarationKind, OutputKind, Plan};

use crate::bind::Bound;
use crate::run::{self, RunError, RunOptions};

/// A set of changes, by number.
pub type Changes = BTreeSet<usize>;

/// One mixture, as an audience may see it.
#[derive(Debug)]
pub struct Variant {
    pub plan: Plan,
    /// Works out what the Plan has as inputs.
    pub sealing: Option<Plan>,
}

/// How variants are made and data is read for them.
pub trait Variants {
    /// What keeps data from being read.
    type Error;

    /// How many changes lead from the first framework to the second.
    fn count(&self) -> usize;

    /// The first framework with these changes; `None` where they do not hold together.
    fn plan(&self, changes: &Changes) -> Option<Variant>;

    /// Do they hold together?
    fn holds(&self, changes: &Changes) -> bool;

    /// The data as that variant reads it.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn data(&self, variant: &Variant) -> Result<Rc<Bound>, Self::Error>;
}

/// Why nothing came out.
#[derive(Debug)]
pub enum NoComparison<E> {
    Data(E),
    Run(RunError),
    /// A framework that should hold does not.
    Plan,
}

/// One level or alert that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub entity: String,
    /// See `PeriodKind`; `None` in a cross-section.
    pub period: Option<i64>,
    pub declaration: String,
    /// `high`, or `elevated..critical` while undetermined; `quiet` and the like for alerts.
    pub before: String,
    pub after: String,
    pub cause: Cause,
}

/// What caused it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Each of these sets alone has the effect; a set has more than one change only where they do not
    /// hold together otherwise.
    Alone(Vec<Changes>),
    /// Only together.
    Together(Changes),
}

/// What came out.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// By entity and period, in the order of the data.
    pub effects: Vec<Effect>,
    /// Levels and alerts that both have, and how many results of them were compared.
    pub compared: Vec<String>,
    pub rows: usize,
}

/// An entity and a period.
type Key = (String, Option<i64>);

/// The compared values of one variant: for each declaration, one word a row.
struct Table {
    keys: Vec<Key>,
    values: BTreeMap<String, Vec<String>>,
}

impl Table {
    /// The same in the rows of other keys; what it has nothing to say of is empty.
    fn in_rows_of(mut self, keys: &[Key]) -> Self {
        if self.keys == keys {
            return self;
        }
        let own: HashMap<&Key, usize> = self.keys.iter().zip(0..).collect();
        let places: Vec<Option<usize>> = keys.iter().map(|key| own.get(key).copied()).collect();
        for words in self.values.values_mut() {
            let word = |place: &Option<usize>| place.and_then(|place| words.get(place)).cloned();
            *words = places
                .iter()
                .map(|place| word(place).unwrap_or_default())
                .collect();
        }
        self.keys = keys.to_vec();
        self
    }

    fn at(&self, declaration: &str, row: usize) -> Option<&String> {
        self.values.get(declaration)?.get(row)
    }
}

struct Comparer<'v, V: Variants> {
    variants: &'v V,
    /// Those of the first table, which all others are held against.
    keys: Option<Vec<Key>>,
    tables: HashMap<Changes, Option<Rc<Table>>>,
}

/// Compares the first framework with the second on data.
///
/// # Errors
/// The data cannot be read or evaluated.
pub fn compare<V: Variants>(variants: &V) -> Result<Effects, NoComparison<V::Error>> {
    let mut comparer = Comparer {
        variants,
        keys: None,
        tables: HashMap::new(),
    };
    let all: Changes = (0..variants.count()).collect();
    let before = comparer.table(&Changes::new())?.ok_or(NoComparison::Plan)?;
    let after = comparer.table(&all)?.ok_or(NoComparison::Plan)?;
    let compared: Vec<String> = before
        .values
        .keys()
        .filter(|name| after.values.contains_key(*name))
        .cloned()
        .collect();
    let mut effects = Effects {
        rows: before.keys.len(),
        ..Effects::default()
    };
    let mut changed = Vec::new();
    for row in 0..before.keys.len() {
        for name in &compared {
            if before.at(name, row) != after.at(name, row) {
                changed.push((row, name.clone()));
            }
        }
    }
    effects.compared = compared;
    let causes = comparer.causes(&changed, &all, &after)?;
    for ((row, name), cause) in changed.into_iter().zip(causes) {
        let Some((entity, period)) = before.keys.get(row).cloned() else {
            continue;
        };
        let shown = |table: &Table| table.at(&name, row).cloned().unwrap_or_default();
        effects.effects.push(Effect {
            entity,
            period,
            before: shown(&before),
            after: shown(&after),
            declaration: name,
            cause,
        });
    }
    Ok(effects)
}

impl<V: Variants> Comparer<'_, V> {
    fn causes(
        &mut self,
        changed: &[(usize, String)],
        all: &Changes,
        after: &Table,
    ) -> Result<Vec<Cause>, NoComparison<V::Error>> {
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let mut alone: Vec<(Changes, Rc<Table>)> = Vec::new();
        for change in all {
            let set = self.smallest_with(*change, all);
            if set.len() == all.len() && all.len() > 1
                || alone.iter().any(|(known, _)| *known == set)
            {
                continue;
            }
            if let Some(table) = self.table(&set)? {
                alone.push((set, table));
            }
        }
        let mut causes = Vec::with_capacity(changed.len());
        for (row, name) in changed {
            let wanted = after.at(name, *row);
            let sets: Vec<Changes> = alone
                .iter()
                .filter(|(_, table)| table.at(name, *row) == wanted)
                .map(|(set, _)| set.clone())
                .collect();
            // What does it alone needs no other beside it.
            let sets: Vec<Changes> = sets
                .iter()
                .filter(|set| {
                    !sets
                        .iter()
                        .any(|other| other.len() < set.len() && other.is_subset(set))
                })
                .cloned()
                .collect();
            causes.push(if sets.is_empty() {
                Cause::Together(self.fewest(all, name, *row, wanted)?)
            } else {
                Cause::Alone(sets)
            });
        }
        Ok(causes)
    }

    /// The changes that have the effect together and of which none can be left out: made in order up
    /// to the one with which the effect is there to stay, then taken away one by one.
    fn fewest(
        &mut self,
        all: &Changes,
        name: &str,
        row: usize,
        wanted: Option<&String>,
    ) -> Result<Changes, NoComparison<V::Error>> {
        let order: Vec<usize> = all.iter().copied().collect();
        let mut kept = all.clone();
        for last in (0..order.len()).rev() {
            let set: Changes = order.iter().take(last).copied().collect();
            match self.table(&set)? {
                Some(table) if table.at(name, row) == wanted => kept = set,
                Some(_) => break,
                None => {}
            }
        }
        for change in order {
            let mut fewer = kept.clone();
            if !fewer.remove(&change) {
                continue;
            }
            if let Some(table) = self.table(&fewer)?
                && table.at(name, row) == wanted
            {
                kept = fewer;
            }
        }
        Ok(kept)
    }

    /// The change alone, or with those without which it does not hold.
    fn smallest_with(&self, change: usize, all: &Changes) -> Changes {
        let single = Changes::from([change]);
        if self.variants.holds(&single) {
            return single;
        }
        // Leave out halves, quarters and so on of the others, as long as the rest holds.
        let mut kept = all.clone();
        let mut part = all.len().div_ceil(2);
        loop {
            let others: Vec<usize> = kept.iter().copied().filter(|one| *one != change).collect();
            let mut smaller = false;
            for stretch in others.chunks(part.max(1)) {
                let fewer: Changes = kept
                    .iter()
                    .copied()
                    .filter(|one| !stretch.contains(one))
                    .collect();
                if self.variants.holds(&fewer) {
                    kept = fewer;
                    smaller = true;
                }
            }
            match (part, smaller) {
                (0 | 1, false) => return kept,
                (0 | 1, true) => {}
                _ => part = part.div_ceil(2),
            }
        }
    }

    fn table(&mut self, changes: &Changes) -> Result<Option<Rc<Table>>, NoComparison<V::Error>> {
        if let Some(known) = self.tables.get(changes) {
            return Ok(known.clone());
        }
        let table = match self.variants.plan(changes) {
            Some(variant) => {
                let table = self.evaluate(&variant)?;
                let keys = self.keys.get_or_insert_with(|| table.keys.clone());
                Some(Rc::new(table.in_rows_of(keys)))
            }
            None => None,
        };
        self.tables.insert(changes.clone(), table.clone());
        Ok(table)
    }

    fn evaluate(&self, variant: &Variant) -> Result<Table, NoComparison<V::Error>> {
        let plan = &variant.plan;
        let bound = self.variants.data(variant).map_err(NoComparison::Data)?;
        let watched = watched(plan);
        let wanted: Vec<usize> = watched
            .iter()
            .flat_map(|(_, columns)| columns.clone())
            .collect();
        let options = RunOptions {
            wanted: Some(wanted.clone()),
            ..RunOptions::default()
        };
        let results = run::run(plan, &bound.panel, &options).map_err(NoComparison::Run)?;
        let panel = &bound.panel;
        let rows: Vec<usize> = (0..panel.rows())
            .filter(|row| panel.gaps.binary_search(row).is_err())
            .collect();
        let word = |output: usize, row: usize| -> String {
            let column = results
                .columns
                .iter()
                .find(|column| column.output == output);
            let value = column.and_then(|column| column.values.get(row));
            let names = match plan.outputs.get(output).map(|output| &output.kind) {
                Some(OutputKind::Level { names, .. }) => names.as_slice(),
                _ => &[],
            };
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place on a scale"
            )]
            let name = value
                .filter(|value| value.is_finite())
                .and_then(|value| names.get(*value as usize));
            name.cloned().unwrap_or_default()
        };
        let values = watched.into_iter().map(|(name, columns)| {
            let words = rows.iter().map(|row| {
                let words: Vec<String> = columns.iter().map(|output| word(*output, *row)).collect();
                match words.as_slice() {
                    [low, high] if low != high => format!("{low}..{high}"),
                    [first, ..] => first.clone(),
                    [] => String::new(),
                }
            });
            (name, words.collect())
        });
        let values = values.collect();
        let keys = rows.iter().map(|row| {
            let entity = panel
                .entity_of
                .get(*row)
                .and_then(|at| panel.entities.get(*at as usize));
            (
                entity.cloned().unwrap_or_default(),
                panel.periods.get(*row).copied(),
            )
        });
        Ok(Table {
            keys: keys.collect(),
            values,
        })
    }
}

/// Levels by their two bounds, and alerts by their state: names and the outputs that show them.
fn watched(plan: &Plan) -> Vec<(String, Vec<usize>)> {
    let column = |name: &str| plan.outputs.iter().position(|output| output.column == name);
    let declarations = plan.declarations.iter();
    declarations
        .filter_map(|one| match one.kind {
            DeclarationKind::Level => {
                let low = column(&format!("{}.at_least", one.name))?;
                let high = column(&format!("{}.at_most", one.name))?;
                Some((one.name.clone(), vec![low, high]))
            }
            DeclarationKind::Alert => Some((one.name.clone(), vec![column(&one.name)?])),
            _ => None,
        })
        .collect()
}
