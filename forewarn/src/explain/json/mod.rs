//! An explanation as one JSON document, for programs. The form is described in
//! `docs/explain-json.md` and its schema is `docs/schemas/explain.json`; `schema` in it counts up whenever a field changes its meaning or goes.
//!
//! In: an explanation. Out: text. The types of this folder are the document; each borrows what it says, so that
//! nothing of an explanation is there twice while it is written.

mod form;
mod outlook;
mod reason;
mod story;
mod value;

use forewarn_plan::Plan;
use forewarn_runtime::explain::Explanation;
use serde::Serialize;

use outlook::{Counterfactual, Options, Settle, Since};
use reason::Reason;

/// The version of the form.
const SCHEMA: u32 = 2;

/// Everything that is told of one entity in one period.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document<'t> {
    /// The version of the form.
    schema: u32,
    /// The version of the program.
    forewarn: &'static str,
    framework: Framework<'t>,
    entity: &'t str,
    /// None in a cross-section.
    period: Option<String>,
    results: Vec<Finding<'t>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Framework<'t> {
    name: &'t str,
    version: &'t str,
}

/// A result, and what is told beside it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Finding<'t> {
    result: Reason<'t>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settle: Option<Settle<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Counterfactual<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Options<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Since<'t>>,
}

impl<'t> Document<'t> {
    fn of(plan: &'t Plan, told: &'t Explanation) -> Self {
        let results = told.results.iter().map(|finding| Finding {
            result: Reason::of(&finding.reason),
            settle: finding.settle.as_ref().map(Settle::of),
            change: finding.change.as_ref().map(Counterfactual::of),
            options: finding.options.as_ref().map(Options::of),
            since: finding.since.as_ref().map(Since::of),
        });
        Self {
            schema: SCHEMA,
            forewarn: env!("CARGO_PKG_VERSION"),
            framework: Framework {
                name: &plan.framework.name,
                version: &plan.framework.version,
            },
            entity: &told.entity,
            period: told.period.map(|period| period.usual().to_string()),
            results: results.collect(),
        }
    }
}

/// On many lines, to be read.
pub fn document(plan: &Plan, told: &Explanation) -> String {
    form::indented(&Document::of(plan, told))
}

/// The same on one line.
pub fn line(plan: &Plan, told: &Explanation) -> String {
    let mut text = serde_json::to_string(&Document::of(plan, told)).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/explain.json` is the schema of what is written.
    #[test]
    fn the_schema_of_explanations_is_written_down() {
        crate::schemas::check("explain", schemars::schema_for!(Document<'static>));
    }
}
