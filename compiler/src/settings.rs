//! What is said from outside: params (`--set war_threshold=500`), read as the rule file would read them,
//! and columns (`--map`).
#![deny(clippy::wildcard_enum_match_arm)]

use forewarn_grammar::Problem;
use forewarn_grammar::ast::{File, ItemKind, ParamValue};

use crate::confidential::Classification;
use crate::diagnostics::Reports;
use crate::diagnostics::panel::ParamNotSettable;
use crate::source::{FileId, SourceMap};

/// What the names of files begin with that hold a value from outside.
pub(crate) const GIVEN: &str = "--set ";

/// What the caller decides.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Params by name, with the text of their value.
    pub set: Vec<(String, String)>,
    /// Indicators and keys with the column that each is read from, whatever the rules name.
    pub map: Vec<(String, String)>,
    /// Tell lints of method too.
    pub lint: bool,
    /// Who may see what comes of it; everyone who may see everything where nothing is said.
    pub audience: Option<Classification>,
    /// The language to show labels in, by its tag; the ruleset's own where there is none.
    pub lang: Option<String>,
    /// Whoever asks has words of its own in that language: where the ruleset has none, labels stay as they are.
    pub has_words: bool,
    /// Tell what translations lack, in every language.
    pub translations: bool,
    /// Tell entries of translations that translate nothing, as `check` does.
    pub translation_keys: bool,
}

/// What is given from outside: values, parsed; they stand in files of their own, so that messages can point
/// at their words.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) files: Vec<(String, FileId, File)>,
    map: Vec<(String, String)>,
}

/// Nothing from outside.
pub(crate) static NOTHING: Given = Given {
    files: Vec::new(),
    map: Vec::new(),
};

impl Given {
    /// Reads the values. Unreadable ones are told.
    pub fn read(settings: &Settings, sources: &mut SourceMap, reports: &mut Reports) -> Self {
        let mut given = Self {
            map: settings.map.clone(),
            ..Self::default()
        };
        for (name, value) in &settings.set {
            let text = format!("param {name} = {value}");
            let parsed = forewarn_grammar::parse(&text);
            if !parsed.problems.is_empty() || !is_value(&parsed.file, name) {
                let why =
                    format!("`{value}` cannot be read as a value, such as `500` or `500 deaths`");
                let meant = meant(&text, &parsed.problems)
                    .and_then(|text| text.split_once(" = ").map(|(_, value)| value.to_owned()));
                reports.add(ParamNotSettable {
                    name: name.clone(),
                    why,
                    meant,
                    params: Vec::new(),
                });
                continue;
            }
            let id = sources.add(format!("{GIVEN}{name}"), text);
            given.files.push((name.clone(), id, parsed.file));
        }
        given
    }

    /// Is a value given for any param?
    #[must_use]
    pub fn has_values(&self) -> bool {
        !self.files.is_empty()
    }

    /// The column that an indicator or a key of that name is said to be read from.
    #[must_use]
    pub fn column_of(&self, name: &str) -> Option<&str> {
        let mut map = self.map.iter();
        let found = map.find(|(mapped, _)| mapped == name);
        found.map(|(_, column)| column.as_str())
    }

    /// The value given for a param, or its dated values, if there are any.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<(FileId, &[ParamValue])> {
        let (_, id, file) = self
            .files
            .iter()
            .rev()
            .find(|(given, _, _)| given == name)?;
        let ItemKind::Param(param) = &file.items.first()?.kind else {
            return None;
        };
        Some((*id, param.values.as_slice()))
    }
}

/// One param of that name with a value and nothing else: its type, label and reasons stand in the
/// rules.
fn is_value(file: &File, name: &str) -> bool {
    let [item] = file.items.as_slice() else {
        return false;
    };
    let ItemKind::Param(param) = &item.kind else {
        return false;
    };
    param.name.text == name
        && param.label.is_none()
        && param.ty.is_none()
        && param.attrs.is_empty()
        && item.because.is_none()
        && !param.values.is_empty()
}

/// The text as it was meant, where all that is wrong with it can be exchanged: `0,04` for `0.04`.
fn meant(text: &str, problems: &[Problem]) -> Option<String> {
    let mut edits = Vec::new();
    for problem in problems {
        edits.extend(problem.exchange()?);
    }
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut meant = text.to_owned();
    for (span, with) in edits {
        let place = span.start as usize..span.end as usize;
        meant.get(place.clone())?;
        meant.replace_range(place, &with);
    }
    forewarn_grammar::parse(&meant)
        .problems
        .is_empty()
        .then_some(meant)
}
