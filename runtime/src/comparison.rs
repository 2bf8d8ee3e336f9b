//! Two frameworks, or two data sets, or both: which results differ, by how much, and what caused it.
//!
//! In: the Plan of the first with any part of the changes made, and the data as each such Plan reads it.
//! Out: every result of every entity and period that differs, with the size of the change and its cause
//! (see [`crate::attribution`]), and for each result column how many differ. Rows are compared by their
//! keys; those that only one of the two has are told.

mod apart;
mod table;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use forewarn_plan::tests::Tolerance;
use forewarn_plan::{PeriodKind, Plan};

use crate::attribution::{self, Trials, Verdict};
use crate::bind::Bound;
use crate::run::{self, RunError, RunOptions};

pub use crate::attribution::{Cause, Changes};
pub use table::{Column, ComparedCell, Key, Table, shown_period};

/// Numbers that agree so far are the same: people read no more of them.
pub const DIGITS: Tolerance = Tolerance::Relative(5e-14);

/// One mixture, as an audience may see it.
#[derive(Clone, Debug)]
pub struct Variant {
    pub plan: Plan,
    /// Works out what the Plan has as inputs.
    pub sealing: Option<Plan>,
}

/// How variants are made and data is read for them.
pub trait Variants {
    /// What keeps data from being read.
    type Error;

    /// How many changes lead from the first to the second.
    fn count(&self) -> usize;

    /// The first framework with these changes; `None` where they do not hold together.
    fn plan(&self, changes: &Changes) -> Option<Variant>;

    /// Do they hold together?
    fn holds(&self, changes: &Changes) -> bool;

    /// The data with these changes, as that variant reads it.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn data(&self, variant: &Variant, changes: &Changes) -> Result<Rc<Bound>, Self::Error>;

    /// Is a result of that name compared?
    fn keeps_column(&self, _column: &str) -> bool {
        true
    }

    /// Is a row compared? Its period is given in words, too.
    fn keeps_row(&self, _key: &Key, _period: &str) -> bool {
        true
    }
}

/// Why nothing came out.
#[derive(Debug)]
pub enum NoComparison<E> {
    Data(E),
    Run(RunError),
    /// A framework that should hold does not.
    Plan,
    /// The two go by other periods: no period of one is one of the other.
    Periods(PeriodKind, PeriodKind),
}

/// One result that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// As people read it.
    pub entity: String,
    /// See `PeriodKind`; `None` in a cross-section.
    pub period: Option<i64>,
    /// `overall`, `conflict.coverage`
    pub column: String,
    pub declaration: String,
    pub before: ComparedCell,
    pub after: ComparedCell,
    pub cause: Cause,
    /// Of [`Cause::Added`]: the changes that move it by themselves, or with those without which they do not hold,
    /// and what stands there then. Empty for every other cause.
    pub alone: Vec<(Changes, ComparedCell)>,
}

impl Effect {
    /// By how much a number differs, in as many digits as the two have: 0.3 between 8.1 and 8.4.
    #[must_use]
    pub fn size(&self) -> Option<f64> {
        match (&self.before, &self.after) {
            (ComparedCell::Number(before), ComparedCell::Number(after)) => {
                Some(apart::apart(*before, *after))
            }
            (ComparedCell::Number(_) | ComparedCell::Missing | ComparedCell::Word(_), _) => None,
        }
    }
}

/// A result that both have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub column: String,
    pub declaration: String,
    /// As people read it; empty for none and for words.
    pub unit: String,
    /// The unit that it had before.
    pub unit_before: String,
    pub is_number: bool,
    /// Places of its effects in [`Effects::effects`].
    pub effects: Vec<usize>,
}

/// What came out.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// By entity and period, in the order of the data.
    pub effects: Vec<Effect>,
    /// What both have, in the order of the second.
    pub compared: Vec<Compared>,
    /// What only one of them has.
    pub only_first: Vec<String>,
    pub only_second: Vec<String>,
    /// How many rows both have.
    pub rows: usize,
    /// The rows that only one of them has.
    pub gone: Vec<Key>,
    pub new: Vec<Key>,
}

impl Effects {
    /// How many results were compared.
    #[must_use]
    pub fn results(&self) -> usize {
        self.rows * self.compared.len()
    }
}

/// A cell that differs: its rows in the first and in the second, and which of the compared it is.
struct Changed {
    before: usize,
    after: usize,
    compared: usize,
}

/// Where the first and the second have a result that both have.
#[derive(Clone, Copy)]
struct Places {
    before: usize,
    after: usize,
}

/// Compares the first with the second on data; numbers that are so near are the same.
///
/// # Errors
/// The data cannot be read or evaluated.
pub fn compare<V: Variants>(
    variants: &V,
    tolerance: Option<Tolerance>,
) -> Result<Effects, NoComparison<V::Error>> {
    let all: Changes = (0..variants.count()).collect();
    let table = |changes: &Changes| -> Result<Table, NoComparison<V::Error>> {
        evaluate(variants, changes)?.ok_or(NoComparison::Plan)
    };
    let kind = |changes: &Changes| variants.plan(changes)?.plan.panel.period;
    if let Some((first, second)) = kind(&Changes::new()).zip(kind(&all))
        && first != second
    {
        return Err(NoComparison::Periods(first, second));
    }
    let (before, after) = (table(&Changes::new())?, table(&all)?);
    let mut found = differences(&before, &after, tolerance);
    let mut comparer = Comparer {
        variants,
        before: &before,
        after: &after,
        tolerance: tolerance.unwrap_or(DIGITS),
        compared: &found.effects.compared,
        places: &found.places,
        changed: &found.changed,
        by_themselves: false,
        alone: BTreeMap::new(),
    };
    let causes = attribution::attribute(&mut comparer, found.changed.len())?;
    let alone = comparer.alone;
    for (thing, (effect, cause)) in found.effects.effects.iter_mut().zip(causes).enumerate() {
        if let Cause::Added(made) = &cause {
            let own = alone.iter().filter(|(part, _)| part.is_subset(made));
            let own =
                own.filter_map(|(part, cells)| Some((part.clone(), cells.get(&thing)?.clone())));
            effect.alone = own.collect();
        }
        effect.cause = cause;
    }
    Ok(found.effects)
}

/// The results with some of the changes made; nothing where they do not hold together.
///
/// # Errors
/// The data cannot be read or evaluated.
pub fn table_of<V: Variants>(
    variants: &V,
    changes: &Changes,
) -> Result<Option<Table>, NoComparison<V::Error>> {
    evaluate(variants, changes)
}

/// The results of two runs as they stand, without causes.
#[must_use]
pub fn of_tables(before: &Table, after: &Table, tolerance: Option<Tolerance>) -> Effects {
    differences(before, after, tolerance).effects
}

struct Found {
    effects: Effects,
    places: Vec<Places>,
    changed: Vec<Changed>,
}

fn differences(before: &Table, after: &Table, tolerance: Option<Tolerance>) -> Found {
    let tolerance = tolerance.unwrap_or(DIGITS);
    let shared = before.shared_rows(after);
    let mut effects = Effects {
        rows: shared.len(),
        gone: before.keys_without(after),
        new: after.keys_without(before),
        ..Effects::default()
    };
    let mut places = Vec::new();
    for (at, (name, column)) in after.columns.iter().enumerate() {
        let place = before.place(name);
        let other = place.and_then(|place| before.columns.get(place));
        match place.zip(other) {
            Some((place, (_, other))) if other.is_number() == column.is_number() => {
                places.push(Places {
                    before: place,
                    after: at,
                });
                effects.compared.push(Compared {
                    column: name.clone(),
                    declaration: column.declaration.clone(),
                    unit: column.unit.clone(),
                    unit_before: other.unit.clone(),
                    is_number: column.is_number(),
                    effects: Vec::new(),
                });
            }
            _ => effects.only_second.push(name.clone()),
        }
    }
    let is_compared = |name: &String| effects.compared.iter().any(|one| one.column == *name);
    let only = before.columns.iter().map(|(name, _)| name);
    effects.only_first = only.filter(|name| !is_compared(name)).cloned().collect();
    let mut changed = Vec::new();
    for (ours, theirs) in shared {
        let Some(key) = before.keys.get(ours) else {
            continue;
        };
        let all = effects.compared.iter_mut().zip(&places).enumerate();
        for (number, (compared, place)) in all {
            let (old, new) = (
                before.cell(place.before, ours),
                after.cell(place.after, theirs),
            );
            if old.is_same(&new, tolerance) {
                continue;
            }
            compared.effects.push(effects.effects.len());
            effects.effects.push(Effect {
                entity: key.shown(),
                period: key.period,
                column: compared.column.clone(),
                declaration: compared.declaration.clone(),
                before: old,
                after: new,
                cause: Cause::Alone(Vec::new()),
                alone: Vec::new(),
            });
            changed.push(Changed {
                before: ours,
                after: theirs,
                compared: number,
            });
        }
    }
    Found {
        effects,
        places,
        changed,
    }
}

fn evaluate<V: Variants>(
    variants: &V,
    changes: &Changes,
) -> Result<Option<Table>, NoComparison<V::Error>> {
    let Some(variant) = variants.plan(changes) else {
        return Ok(None);
    };
    let data = variants.data(&variant, changes);
    let data = data.map_err(NoComparison::Data)?;
    let plan = &variant.plan;
    let mut watched = table::watched(plan);
    watched.retain(|one| variants.keeps_column(&one.column));
    let wanted = watched.iter().flat_map(|one| one.outputs.clone());
    let options = RunOptions {
        wanted: Some(wanted.collect()),
        ..RunOptions::default()
    };
    let results = run::run(plan, &data.panel, &options).map_err(NoComparison::Run)?;
    let form = data.panel.form(plan.panel.period);
    let keeps = |key: &Key| variants.keeps_row(key, &shown_period(form, key.period));
    Ok(Some(Table::of(
        plan,
        &data.panel,
        &watched,
        &results,
        &keeps,
    )))
}

struct Comparer<'c, V: Variants> {
    variants: &'c V,
    before: &'c Table,
    after: &'c Table,
    tolerance: Tolerance,
    compared: &'c [Compared],
    places: &'c [Places],
    changed: &'c [Changed],
    /// Changes are tried by themselves.
    by_themselves: bool,
    /// By these: what stands in cells that they move to something else than all together.
    alone: BTreeMap<Changes, HashMap<usize, ComparedCell>>,
}

impl<V: Variants> Trials for Comparer<'_, V> {
    type Error = NoComparison<V::Error>;

    fn count(&self) -> usize {
        self.variants.count()
    }

    fn holds(&mut self, made: &Changes) -> bool {
        self.variants.holds(made)
    }

    fn by_themselves(&mut self, begins: bool) {
        self.by_themselves = begins;
    }

    fn outcome(&mut self, made: &Changes) -> Result<Option<Vec<Verdict>>, Self::Error> {
        let Some(table) = evaluate(self.variants, made)? else {
            return Ok(None);
        };
        let rows = table.rows_of(self.before);
        let columns = self.compared.iter().map(|one| table.place(&one.column));
        let columns: Vec<Option<usize>> = columns.collect();
        let mut others = HashMap::new();
        let mut verdict = |(thing, changed): (usize, &Changed)| {
            let row = rows.get(changed.before).copied().flatten();
            let column = columns.get(changed.compared).copied().flatten();
            let places = self.places.get(changed.compared);
            let (Some(row), Some(column), Some(places)) = (row, column, places) else {
                return Verdict::Other;
            };
            let cell = table.cell(column, row);
            let is =
                |cell: &ComparedCell, other: &ComparedCell| cell.is_same(other, self.tolerance);
            if is(&cell, &self.after.cell(places.after, changed.after)) {
                Verdict::After
            } else if is(&cell, &self.before.cell(places.before, changed.before)) {
                Verdict::Before
            } else {
                if self.by_themselves {
                    others.insert(thing, cell);
                }
                Verdict::Other
            }
        };
        let verdicts = self.changed.iter().enumerate().map(&mut verdict).collect();
        if !others.is_empty() {
            self.alone.insert(made.clone(), others);
        }
        Ok(Some(verdicts))
    }
}

/// How often each cause stands, the most frequent first.
#[must_use]
pub fn tally<'e>(effects: impl Iterator<Item = &'e Effect>) -> Vec<(Cause, usize)> {
    let mut causes: BTreeMap<&Cause, usize> = BTreeMap::new();
    for effect in effects {
        *causes.entry(&effect.cause).or_default() += 1;
    }
    let mut causes: Vec<(Cause, usize)> = causes
        .into_iter()
        .map(|(cause, number)| (cause.clone(), number))
        .collect();
    causes.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    causes
}
