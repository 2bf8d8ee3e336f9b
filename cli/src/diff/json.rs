//! A comparison as one JSON object; `docs/packages.md` says what is in it, and `docs/schemas/diff.json` is its
//! schema.

use super::view::DiffView;
use crate::comparison::{self, Comparison};
use forewarn_diagnostics::source::Span;
use serde::Serialize;

/// How two frameworks differ.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Document {
    /// The number of this form.
    schema: u32,
    /// The titles of both.
    first: String,
    second: String,
    /// Does the second extend the first?
    extends: bool,
    differences: Vec<Difference>,
    changes: Vec<Change>,
    /// Whose results differ, and which changes make it, where data were given.
    data: Option<Comparison>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Difference {
    /// `factor`, `param` …
    kind: String,
    declaration: String,
    /// What of it: `weight`, `label` …
    aspect: String,
    /// Of several of that kind, which one.
    of: String,
    from: Option<String>,
    to: Option<String>,
    reasons: Vec<Reason>,
    first: Option<Place>,
    second: Option<Place>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Reason {
    by: String,
    reason: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Place {
    file: String,
    /// From 1, as columns.
    line: usize,
    column: usize,
}

/// A change that can be taken on its own.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Change {
    change: String,
    declaration: String,
    reason: String,
}

pub fn render(shown: &DiffView<'_>) -> String {
    let (first, second) = shown.pair.titles();
    let place = |span: Option<Span>| {
        let span = span?;
        let sources = shown.pair.sources();
        let (line, column) = sources.line_column(span);
        let file = sources.get(span.file)?.name.clone();
        Some(Place { file, line, column })
    };
    let differences = shown.differences.iter().map(|one| Difference {
        kind: one.what.to_owned(),
        declaration: one.declaration.clone(),
        aspect: one.aspect.word().to_owned(),
        of: one.of.clone(),
        from: one.from.clone(),
        to: one.to.clone(),
        reasons: one
            .reasons
            .iter()
            .map(|(by, because)| Reason {
                by: by.clone(),
                reason: because.clone(),
            })
            .collect(),
        first: place(one.first),
        second: place(one.second),
    });
    let changes = shown.pair.units().iter().map(|unit| Change {
        change: unit.words.clone(),
        declaration: unit.declaration.clone(),
        reason: unit.because.clone(),
    });
    let effects = shown.effects.as_ref();
    let document = Document {
        schema: 1,
        first,
        second,
        extends: shown.pair.extends(),
        differences: differences.collect(),
        changes: changes.collect(),
        data: effects.map(|effects| comparison::json(&shown.told(effects), &shown.absent)),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/diff.json` is the schema of what is written.
    #[test]
    fn the_schema_of_comparisons_is_written_down() {
        crate::schemas::check("diff", schemars::schema_for!(Document));
    }
}
