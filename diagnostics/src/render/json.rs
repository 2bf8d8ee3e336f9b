//! One JSON object a line. Fields may be added; `format_version` changes when one changes its
//! meaning or goes.

use super::place::{Located, SourceRange, cell_column};
use super::severity_word;
use crate::source::SourceMap;
use crate::{Help, Label, Place};
use serde_json::{Value, json};

/// See the module's words.
pub const FORMAT_VERSION: u32 = 1;

#[must_use]
pub fn line(finding: &Located<'_>) -> String {
    let diagnostic = finding.diagnostic;
    let sources = finding.sources;
    let labels: Vec<Value> = diagnostic
        .secondary
        .iter()
        .map(|label| labelled(label, sources))
        .collect();
    let helps: Vec<Value> = diagnostic
        .help
        .iter()
        .map(|help| advice(help, sources))
        .collect();
    let object = json!({
        "format_version": FORMAT_VERSION,
        "code": diagnostic.code.0,
        "severity": severity_word(diagnostic.severity),
        "title": diagnostic.title,
        "primary": labelled(&diagnostic.primary, sources),
        "labels": labels,
        "notes": diagnostic.notes,
        "help": helps,
    });
    format!("{object}\n")
}

/// Something without a code that ended the command.
#[must_use]
pub fn failure(message: &str, help: Option<&str>) -> String {
    let help: Vec<Value> = help
        .into_iter()
        .map(|text| json!({ "text": text, "edits": [] }))
        .collect();
    let object = json!({
        "format_version": FORMAT_VERSION,
        "code": null,
        "severity": "error",
        "title": message,
        "primary": { "place": { "kind": "command_line" }, "text": "" },
        "labels": [],
        "notes": [],
        "help": help,
    });
    format!("{object}\n")
}

/// Nothing was found; a program that reads lines gets one all the same.
#[must_use]
pub fn nothing() -> String {
    let object = json!({ "format_version": FORMAT_VERSION, "findings": 0 });
    format!("{object}\n")
}

fn labelled(label: &Label, sources: &SourceMap) -> Value {
    json!({ "place": place(&label.place, sources), "text": label.text })
}

fn place(place: &Place, sources: &SourceMap) -> Value {
    match place {
        Place::Source(span) => {
            SourceRange::of(sources, *span).map_or(Value::Null, |range| source(&range))
        }
        Place::Data(data) => {
            let cell = data
                .line
                .as_ref()
                .and_then(|(line, cell)| line.get(cell.clone()));
            json!({
                "kind": "data",
                "file": data.file,
                "row": data.row,
                "column_name": data.column,
                "column": cell_column(data),
                "key": data.key,
                "cell": cell,
            })
        }
        Place::File(file) => json!({ "kind": "file", "file": file }),
        Place::CommandLine => json!({ "kind": "command_line" }),
    }
}

fn source(range: &SourceRange) -> Value {
    json!({
        "kind": "source",
        "file": range.file,
        "line": range.line,
        "column": range.column,
        "end_line": range.end_line,
        "end_column": range.end_column,
        "start_byte": range.bytes.start,
        "end_byte": range.bytes.end,
    })
}

fn advice(help: &Help, sources: &SourceMap) -> Value {
    let edits: Vec<Value> = help
        .edits
        .iter()
        .filter_map(|(span, text)| {
            let range = SourceRange::of(sources, *span)?;
            Some(json!({ "place": source(&range), "text": text }))
        })
        .collect();
    json!({ "text": help.text, "edits": edits })
}
