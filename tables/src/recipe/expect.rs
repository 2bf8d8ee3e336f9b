//! What is expected of the data: expressions about every row, or about all of them.
//!
//! In: `abs(p1 + p2 - total) <= 1`, over the columns of each row; `share(missing, killed) < 20%`,
//! `entities >= 54`, `latest period = 2024-11`, over the whole. Out: whether that is so.

use super::filter::{Filter, Names, Value};
use forewarn_diagnostics::suggest::suggest;
use forewarn_plan::period::Period;
use forewarn_plan::{PanelInfo, PeriodKind};
use forewarn_runtime::bind::PartSummary;
use std::collections::BTreeMap;

/// Words that are about all rows.
const ABOUT_ALL: [&str; 6] = [
    "entities",
    "rows",
    "periods",
    "latest_period",
    "first_period",
    "files",
];

/// The word about all rows that a name means which is none: `entity` and `countries` are `entities`, `months` are
/// `periods`.
pub(super) fn meant(name: &str, panel: &PanelInfo) -> Option<&'static str> {
    let one = name.strip_suffix("ies").map_or_else(
        || name.strip_suffix('s').unwrap_or(name).to_owned(),
        |stem| format!("{stem}y"),
    );
    let is_key = panel.keys.first().is_some_and(|key| key.name == one);
    let is_period = panel.period.is_some() && panel.period_name == one;
    match one.as_str() {
        "entity" | "unit" => Some("entities"),
        "row" | "line" | "record" => Some("rows"),
        "period" => Some("periods"),
        "file" => Some("files"),
        "latest" | "last_period" | "newest_period" => Some("latest_period"),
        _ if is_key => Some("entities"),
        _ if is_period => Some("periods"),
        _ => None,
    }
}

/// The word about all rows that a name is nearly.
pub(super) fn near(name: &str) -> Option<&'static str> {
    suggest(name, ABOUT_ALL)
}

/// Is this about all rows, rather than about each?
pub(super) fn is_about_all(expected: &Filter) -> bool {
    expected.calls("share")
        || expected
            .columns()
            .iter()
            .any(|name| ABOUT_ALL.contains(&name.as_str()))
}

/// What is known of all rows of a file.
pub(super) struct Whole<'a> {
    pub(super) summary: &'a PartSummary,
    pub(super) files: usize,
    pub(super) kind: Option<PeriodKind>,
    /// Of columns that no indicator reads: how many cells are missing, of how many.
    pub(super) beside: &'a BTreeMap<String, (u64, u64)>,
}

impl Names for Whole<'_> {
    fn value(&self, name: &str) -> Option<Value> {
        let period = |number: Option<i64>| {
            let spelt = number.zip(self.kind);
            spelt.map_or(Value::Missing, |(number, kind)| {
                Value::of(&Period::new(kind, number).to_string())
            })
        };
        Some(match name {
            "entities" => Value::Number(self.summary.entities as f64),
            "rows" => Value::Number(self.summary.rows as f64),
            "periods" => Value::Number(self.summary.periods as f64),
            "files" => Value::Number(self.files as f64),
            "latest_period" => period(self.summary.last_period),
            "first_period" => period(self.summary.first_period),
            _ => return None,
        })
    }

    fn call(&self, function: &str, args: &[&str]) -> Option<Value> {
        let of = |name: &&str| {
            let inputs = self.summary.inputs.iter();
            inputs
                .clone()
                .find(|input| input.name == **name || input.column.as_deref() == Some(name))
        };
        match (function, args) {
            ("share", ["missing", name]) => {
                let (missing, rows) = match of(name) {
                    Some(input) => (input.missing, self.summary.rows as u64),
                    None => *self.beside.get(*name)?,
                };
                let (missing, rows) = (missing as f64, rows as f64);
                Some(if rows > 0.0 {
                    Value::Number(missing / rows)
                } else {
                    Value::Missing
                })
            }
            _ => None,
        }
    }
}
