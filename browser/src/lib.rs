//! Forewarn in a browser.
//!
//! In: one JSON document with rules, a CSV table and what is asked. Out: one JSON document with what
//! was found, results as CSV, and explanations. [`answer`] is all of it; `memory` hands both over to
//! JavaScript (`forewarn.mjs`). Nothing is read from anywhere else, and nothing is sent anywhere.

mod memory;

use forewarn::{Compiled, Data, Diagnostics, Error, Format, Look, MemoryFiles, Options, Ruleset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Rule files by path; a ruleset of several files stands in one folder.
    pub files: BTreeMap<String, String>,
    /// The file or the folder that is applied; may be left out where there is one file.
    pub entry: Option<String>,
    /// A table with a header; rules are only checked where there is none.
    pub data: Option<String>,
    /// Params set from outside: `war_threshold` to `500`.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Results to be explained.
    pub explain: Option<Asked>,
    /// Columns that messages and explanations may fill.
    pub width: Option<usize>,
}

/// Which row, and what of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Left out where the panel is one series.
    #[serde(default)]
    pub entity: String,
    pub period: Option<String>,
    pub results: Vec<String>,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Answer {
    /// Do the rules compile, and do the data fit them?
    pub ok: bool,
    /// What was found, as text for people.
    pub messages: String,
    /// The same for programs: documents as `forewarn check --format json` writes them.
    pub diagnostics: Vec<serde_json::Value>,
    /// The results, as CSV.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<String>,
    /// The explanation as text, and as a part of a page of HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explained>,
}

#[derive(Debug, Serialize)]
pub struct Explained {
    pub text: String,
    pub html: String,
}

const WIDTH: usize = 100;

/// Answers a request; what is no request is answered with what is wrong with it.
#[must_use]
pub fn answer(request: &str) -> Answer {
    match serde_json::from_str(request) {
        Ok(request) => of(&request),
        Err(error) => Answer {
            messages: format!("this is no request: {error}"),
            ..Answer::default()
        },
    }
}

fn of(request: &Request) -> Answer {
    let look = Look {
        color: false,
        width: Some(request.width.unwrap_or(WIDTH)),
        most: None,
    };
    let mut answer = Answer::default();
    match asked(request, look, &mut answer) {
        Ok(()) => answer.ok = true,
        Err(error) => match error.diagnostics() {
            Some(found) => answer.add(found, look),
            None => answer.messages.push_str(&error.to_string()),
        },
    }
    answer
}

fn asked(request: &Request, look: Look, answer: &mut Answer) -> Result<(), Error> {
    let mut files = MemoryFiles::default();
    for (path, text) in &request.files {
        files.insert(path, text);
    }
    let only = request.files.keys().next().filter(|_| request.files.len() == 1);
    let entry = request.entry.as_ref().or(only).cloned().unwrap_or_default();
    let options = Options {
        set: request
            .set
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
        ..Options::default()
    };
    let compiled: Compiled = Ruleset::from_files(entry, files).compile(&options)?;
    answer.add(compiled.warnings(), look);
    let Some(data) = &request.data else {
        return Ok(());
    };
    let results = compiled.run(&Data::from_csv(data))?;
    answer.add(results.warnings(), look);
    answer.results = Some(results.to_csv()?);
    if let Some(asked) = &request.explain {
        let wanted: Vec<&str> = asked.results.iter().map(String::as_str).collect();
        let why = results.explain(&asked.entity, asked.period.as_deref(), &wanted)?;
        answer.explanation = Some(Explained {
            text: why.text(look.width.unwrap_or(WIDTH), false),
            html: why.html(false),
        });
    }
    Ok(())
}

impl Answer {
    fn add(&mut self, found: &Diagnostics, look: Look) {
        if found.is_empty() {
            return;
        }
        self.messages.push_str(&found.render(Format::Human, look));
        let lines = found.render(Format::Json, look);
        let documents = lines.lines().filter_map(|line| serde_json::from_str(line).ok());
        self.diagnostics.extend(documents);
    }
}
