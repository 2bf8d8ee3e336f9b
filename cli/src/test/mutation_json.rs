//! Changes to rules as lines for programs; `docs/coverage-json.md` describes them, and
//! `docs/schemas/mutation.json` is the schema of a line.

use serde::Serialize;

/// A line: a change, or in the end the ruleset.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(super) enum Line {
    Change(Changed),
    Ruleset(Ruleset),
}

/// What would be otherwise, and whether tests notice.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Changed {
    /// The path, as given.
    pub ruleset: String,
    pub change: String,
    pub kind: String,
    /// The declaration that is changed.
    pub declaration: String,
    pub file: Option<String>,
    /// From 1, as columns.
    pub line: Option<usize>,
    pub column: Option<usize>,
    /// The words that would be others.
    pub text: String,
    pub outcome: String,
    /// The test that notices it.
    pub noticed_by: Option<String>,
    /// Why it may stay unnoticed.
    pub because: Option<String>,
}

/// How many changes of a ruleset came out how.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Ruleset {
    pub ruleset: String,
    pub mutation: Numbers,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Numbers {
    pub noticed: usize,
    pub unnoticed: usize,
    pub accepted: usize,
    pub forbidden: usize,
    pub same: usize,
    pub percent: f64,
}

impl Line {
    /// With the end of the line.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/schemas/mutation.json` is the schema of what is written.
    #[test]
    fn the_schema_of_changes_is_written_down() {
        crate::schemas::check("mutation", schemars::schema_for!(Line));
    }
}
