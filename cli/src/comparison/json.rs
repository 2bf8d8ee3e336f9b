//! Effects for programs; `docs/packages.md` says what is in them, and `docs/schemas/compare.json` is their schema.

use super::Told;
use forewarn_runtime::comparison::{
    Cause, Changes, Compared, ComparedCell, Effect, Key, shown_period,
};
use serde::Serialize;

/// How the results of two sides differ.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The results that were compared.
    compared: Vec<String>,
    /// Rows that both sides have.
    rows: usize,
    /// Columns that the data lack.
    absent: Vec<String>,
    /// Results of one side alone.
    only_first: Vec<String>,
    only_second: Vec<String>,
    /// Rows of the first side alone, and of the second.
    gone: Vec<Row>,
    new: Vec<Row>,
    results: Vec<OfResult>,
    pub effects: Vec<OneEffect>,
}

/// Whom a row is of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Row {
    entity: Option<String>,
    period: Option<String>,
}

/// How much one result differs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OfResult {
    result: String,
    declaration: String,
    /// Empty where there is none.
    unit: String,
    unit_before: String,
    /// In how many rows.
    differ: usize,
    largest: Option<Largest>,
}

/// Where two numbers are farthest apart.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Largest {
    entity: String,
    period: Option<String>,
    from: Cell,
    to: Cell,
    by: f64,
}

/// A result that differs in a row.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OneEffect {
    entity: String,
    period: Option<String>,
    declaration: String,
    result: String,
    from: Cell,
    to: Cell,
    /// How far two numbers are apart.
    by: Option<f64>,
    cause: Option<ByChanges>,
    /// Values of the data that were revised and go into it, where two runs are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revised: Option<Vec<Revised>>,
}

/// A value of the data that was revised, in words.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Revised {
    pub indicator: String,
    pub entity: String,
    pub period: Option<String>,
    pub from: String,
    pub to: String,
}

/// A number, a word, or nothing where it is missing.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum Cell {
    Number(f64),
    Word(String),
    Missing,
}

/// Which changes make a difference, by their numbers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum Numbered {
    /// Each of these sets by itself.
    Alone(Vec<Vec<usize>>),
    /// These together, and none without the others.
    Together(Vec<usize>),
    /// One or more of these.
    Among(Vec<usize>),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum ByChanges {
    Numbered(Numbered),
    /// These together, each of which moves it by itself.
    Added {
        together: Vec<usize>,
        by_itself: Vec<ByItself>,
    },
}

/// What some of the changes would make of it without the others.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ByItself {
    changes: Vec<usize>,
    to: Cell,
}

/// One object.
pub fn json(told: &Told<'_>, absent: &[String]) -> Comparison {
    let effects = told.effects;
    let names = effects.compared.iter().map(|one| one.column.clone());
    let rows = |keys: &[Key]| keys.iter().map(|key| row(told, key)).collect();
    Comparison {
        compared: names.collect(),
        rows: effects.rows,
        absent: absent.to_vec(),
        only_first: effects.only_first.clone(),
        only_second: effects.only_second.clone(),
        gone: rows(&effects.gone),
        new: rows(&effects.new),
        results: effects
            .compared
            .iter()
            .map(|one| result(told, one))
            .collect(),
        effects: effects
            .effects
            .iter()
            .map(|one| effect(told, one))
            .collect(),
    }
}

fn row(told: &Told<'_>, key: &Key) -> Row {
    Row {
        entity: Some(key.shown()).filter(|_| !key.entity.is_empty()),
        period: Some(shown_period(told.period, key.period)).filter(|period| !period.is_empty()),
    }
}

fn result(told: &Told<'_>, compared: &Compared) -> OfResult {
    let largest = told.largest(compared).map(|(effect, by)| Largest {
        entity: effect.entity.clone(),
        period: period(told, effect),
        from: cell(&effect.before),
        to: cell(&effect.after),
        by,
    });
    OfResult {
        result: compared.column.clone(),
        declaration: compared.declaration.clone(),
        unit: compared.unit.clone(),
        unit_before: compared.unit_before.clone(),
        differ: compared.effects.len(),
        largest,
    }
}

fn effect(told: &Told<'_>, effect: &Effect) -> OneEffect {
    OneEffect {
        entity: effect.entity.clone(),
        period: period(told, effect),
        declaration: effect.declaration.clone(),
        result: effect.column.clone(),
        from: cell(&effect.before),
        to: cell(&effect.after),
        by: effect.size(),
        cause: cause(effect),
        revised: None,
    }
}

fn period(told: &Told<'_>, effect: &Effect) -> Option<String> {
    Some(told.period(effect)).filter(|period| !period.is_empty())
}

fn cell(cell: &ComparedCell) -> Cell {
    match cell {
        ComparedCell::Missing => Cell::Missing,
        ComparedCell::Number(x) => Cell::Number(*x),
        ComparedCell::Word(word) => Cell::Word(word.clone()),
    }
}

fn cause(effect: &Effect) -> Option<ByChanges> {
    let numbers = |changes: &Changes| changes.iter().copied().collect::<Vec<usize>>();
    let numbered = match &effect.cause {
        Cause::Alone(sets) if sets.is_empty() => return None,
        Cause::Alone(sets) => Numbered::Alone(sets.iter().map(numbers).collect()),
        Cause::Together(changes) => Numbered::Together(numbers(changes)),
        Cause::Added(changes) => {
            let alone = effect.alone.iter().map(|(part, stands)| ByItself {
                changes: numbers(part),
                to: cell(stands),
            });
            return Some(ByChanges::Added {
                together: numbers(changes),
                by_itself: alone.collect(),
            });
        }
        Cause::Among(changes) => Numbered::Among(numbers(changes)),
    };
    Some(ByChanges::Numbered(numbered))
}
