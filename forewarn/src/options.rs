//! What is decided outside the rules.

use forewarn_compiler::Settings;
use forewarn_plan::classification::Classification;

/// What is decided outside the rules.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Params by name, each with the words of its value: `("war_threshold", "500 deaths")`.
    pub set: Vec<(String, String)>,
    /// Indicators and keys with the column that each is read from, whatever the rules name.
    pub map: Vec<(String, String)>,
    /// Who may see what comes of it; everyone who may see everything where nothing is said.
    pub audience: Option<Classification>,
    /// The language to show labels in, by its tag; the ruleset's own where there is none.
    pub lang: Option<String>,
}

impl Options {
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            set: self.set.clone(),
            map: self.map.clone(),
            audience: self.audience,
            lang: self.lang.clone(),
            ..Settings::default()
        }
    }
}
