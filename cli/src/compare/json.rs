//! A comparison of two runs as one JSON object; `docs/compare.md` says what is in it, and
//! `docs/schemas/compare.json` is its schema.

use super::moved::Moved;
use super::shown::ComparisonView;
use crate::comparison::{self, Comparison};
use serde::Serialize;

/// How two runs differ.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document<'v> {
    /// The number of this form.
    schema: u32,
    /// The two, as they were given.
    first: &'v str,
    second: &'v str,
    /// Whether the rules are the same, in words.
    rules: &'v str,
    /// The same of the data, and of what else the runs were given.
    data: &'v [String],
    further: &'v [String],
    /// What each change is called, by its number; empty where nothing is known of causes.
    changes: &'v [String],
    /// From the latest period of the first run to that of the second, where that is later.
    moved: Option<Moves<'v>>,
    results: Comparison,
}

/// What a later run brings.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Moves<'v> {
    from: &'v str,
    to: &'v str,
    /// Levels that moved.
    steps: Vec<Step<'v>>,
    /// What happened to alerts.
    alerts: Vec<OfAlert<'v>>,
    /// Entities that have come, that had no row for a while, and that are not there any more.
    new: &'v [String],
    back: &'v [String],
    gone: &'v [String],
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step<'v> {
    entity: &'v str,
    level: &'v str,
    from: &'v str,
    to: &'v str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct OfAlert<'v> {
    entity: &'v str,
    alert: &'v str,
    event: &'v str,
    period: &'v str,
}

pub(super) fn render(shown: &ComparisonView) -> String {
    let mut results = comparison::json(&shown.told(), &[]);
    for (effect, values) in results.effects.iter_mut().zip(&shown.values) {
        effect.revised = Some(values.iter().map(super::revised::Value::told).collect());
    }
    let document = Document {
        schema: 1,
        first: &shown.first,
        second: &shown.second,
        rules: &shown.rules,
        data: &shown.data,
        further: &shown.further,
        changes: &shown.changes,
        moved: shown.moved.as_ref().map(moves),
        results,
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn moves(moved: &Moved) -> Moves<'_> {
    let steps = moved.steps.iter().map(|step| Step {
        entity: &step.entity,
        level: &step.level,
        from: &step.from,
        to: &step.to,
    });
    let alerts = moved.events.iter().map(|event| OfAlert {
        entity: &event.entity,
        alert: &event.alert,
        event: &event.what,
        period: &event.period,
    });
    Moves {
        from: &moved.before,
        to: &moved.now,
        steps: steps.collect(),
        alerts: alerts.collect(),
        new: &moved.new,
        back: &moved.back,
        gone: &moved.gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/compare.json` is the schema of what is written.
    #[test]
    fn the_schema_of_comparisons_of_runs_is_written_down() {
        crate::schemas::check("compare", schemars::schema_for!(Document<'_>));
    }
}
