//! One JSON object a line. Fields may be added; `format_version` changes when one changes its
//! meaning or goes. `docs/schemas/finding.json` is its schema.

use super::finding::severity_word;
use super::place::{Located, SourceRange, cell_column};
use crate::source::SourceMap;
use crate::{DataPlace, Help, Label, Place};
use serde::Serialize;
use std::borrow::Cow;

/// See the module's words.
pub const FORMAT_VERSION: u32 = 1;

/// A line.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Line<'a> {
    format_version: u32,
    /// None of wrong use that has no page of its own.
    code: Option<&'a str>,
    /// `error` or `warning`
    severity: &'a str,
    title: &'a str,
    primary: Marked<'a>,
    labels: Vec<Marked<'a>>,
    notes: &'a [String],
    help: Vec<Advice<'a>>,
}

/// The only line where nothing was found.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Nothing {
    format_version: u32,
    findings: u32,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Marked<'a> {
    /// None of words that stand in no file.
    place: Option<Spot<'a>>,
    text: &'a str,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Spot<'a> {
    Source(Source),
    Data {
        file: &'a str,
        row: Option<u64>,
        column_name: Option<&'a str>,
        column: Option<usize>,
        key: Option<&'a str>,
        cell: Option<&'a str>,
    },
    File {
        file: &'a str,
    },
    CommandLine,
}

/// Words of a source: lines and columns from 1, in characters; the end is behind the last.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Source {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
}

/// What to do; with edits a program can do it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Advice<'a> {
    text: Cow<'a, str>,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Edit<'a> {
    place: Spot<'a>,
    text: &'a str,
}

#[must_use]
pub fn line(finding: &Located<'_>) -> String {
    let diagnostic = finding.diagnostic;
    let sources = finding.sources;
    text(&Line {
        format_version: FORMAT_VERSION,
        code: Some(diagnostic.code.0),
        severity: severity_word(diagnostic.severity),
        title: &diagnostic.title,
        primary: marked(&diagnostic.primary, sources),
        labels: diagnostic
            .secondary
            .iter()
            .map(|label| marked(label, sources))
            .collect(),
        notes: &diagnostic.notes,
        help: diagnostic
            .help
            .iter()
            .map(|help| advice(help, sources))
            .collect(),
    })
}

/// Something without a code that ended the command.
#[must_use]
pub fn failure(message: &str, help: Option<&str>) -> String {
    text(&Line {
        format_version: FORMAT_VERSION,
        code: None,
        severity: "error",
        title: message,
        primary: Marked {
            place: Some(Spot::CommandLine),
            text: "",
        },
        labels: Vec::new(),
        notes: &[],
        help: help
            .into_iter()
            .map(|text| Advice {
                text: Cow::Borrowed(text),
                edits: Vec::new(),
            })
            .collect(),
    })
}

/// Nothing was found; a program that reads lines gets one all the same.
#[must_use]
pub fn nothing() -> String {
    text(&Nothing {
        format_version: FORMAT_VERSION,
        findings: 0,
    })
}

/// Numbers, texts and lists can always be written.
fn text(object: &impl Serialize) -> String {
    let mut text = serde_json::to_string(object).unwrap_or_default();
    text.push('\n');
    text
}

fn marked<'a>(label: &'a Label, sources: &SourceMap) -> Marked<'a> {
    Marked {
        place: spot(&label.place, sources),
        text: &label.text,
    }
}

fn spot<'a>(place: &'a Place, sources: &SourceMap) -> Option<Spot<'a>> {
    match place {
        Place::Source(span) => SourceRange::of(sources, *span).map(|range| source(&range)),
        Place::Data(data) => Some(in_data(data)),
        Place::File(file) => Some(Spot::File { file }),
        Place::CommandLine => Some(Spot::CommandLine),
    }
}

fn in_data(data: &DataPlace) -> Spot<'_> {
    Spot::Data {
        file: &data.file,
        row: data.row,
        column_name: data.column.as_deref(),
        column: cell_column(data),
        key: data.key.as_deref(),
        cell: data
            .line
            .as_ref()
            .and_then(|(line, cell)| line.get(cell.clone())),
    }
}

fn source(range: &SourceRange) -> Spot<'static> {
    Spot::Source(Source {
        file: range.file.clone(),
        line: range.line,
        column: range.column,
        end_line: range.end_line,
        end_column: range.end_column,
        start_byte: range.bytes.start,
        end_byte: range.bytes.end,
    })
}

fn advice<'a>(help: &'a Help, sources: &SourceMap) -> Advice<'a> {
    let edits = help.edits.iter().filter_map(|(span, text)| {
        let range = SourceRange::of(sources, *span)?;
        Some(Edit {
            place: source(&range),
            text,
        })
    });
    Advice {
        text: Cow::Borrowed(&help.text),
        edits: edits.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// One of the two on each line.
    #[derive(Serialize, schemars::JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only its schema is looked at")]
    enum AnyLine<'a> {
        Finding(Box<Line<'a>>),
        Nothing(Nothing),
    }

    /// `docs/schemas/finding.json` is the schema of what is written.
    #[test]
    fn the_schema_of_findings_is_written_down() {
        let schema = schemars::schema_for!(AnyLine<'static>);
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas/finding.json");
        if std::env::var_os("FOREWARN_UPDATE_PAGES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == text,
            "docs/schemas/finding.json is not up to date: run the tests with FOREWARN_UPDATE_PAGES=1"
        );
    }
}
