//! One SARIF 2.1.0 document: what code-scanning services and editors read.

use super::finding::severity_word;
use super::place::{Located, SourceRange};
use crate::source::SourceMap;
use crate::{Help, Label, Place};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The catalogue's words on a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePage {
    /// One line.
    pub title: String,
    /// The whole page, in Markdown.
    pub markdown: String,
}

#[must_use]
pub fn document(findings: &[Located<'_>], page: &dyn Fn(&str) -> Option<RulePage>) -> String {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        codes.insert(finding.diagnostic.code.0, 0);
    }
    for (index, place) in codes.values_mut().enumerate() {
        *place = index;
    }
    let rules: Vec<Value> = codes.keys().map(|code| rule(code, page(code))).collect();
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, &codes))
        .collect();
    whole(json!({
        "tool": tool(&rules),
        "columnKind": "unicodeCodePoints",
        "results": results,
    }))
}

/// Something without a code that ended the command: the tool did not do its work.
#[must_use]
pub fn failure(message: &str, help: Option<&str>) -> String {
    let help = help.map_or(String::new(), |help| format!("\n{help}"));
    whole(json!({
        "tool": tool(&[]),
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": false,
            "toolExecutionNotifications": [{
                "level": "error",
                "message": { "text": format!("{message}{help}") },
            }],
        }],
        "results": [],
    }))
}

fn whole(run: Value) -> String {
    let document = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    format!("{document:#}\n")
}

fn tool(rules: &[Value]) -> Value {
    json!({ "driver": {
        "name": "forewarn",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    } })
}

fn rule(code: &str, page: Option<RulePage>) -> Value {
    match page {
        Some(page) => json!({
            "id": code,
            "shortDescription": { "text": page.title },
            "help": { "text": page.markdown, "markdown": page.markdown },
        }),
        None => json!({ "id": code }),
    }
}

fn result(finding: &Located<'_>, codes: &BTreeMap<&str, usize>) -> Value {
    let diagnostic = finding.diagnostic;
    let sources = finding.sources;
    let mut words = vec![diagnostic.title.clone()];
    words.extend(diagnostic.notes.iter().cloned());
    words.extend(diagnostic.help.iter().map(|help| help.text.clone()));
    let mut object = Map::new();
    object.insert("ruleId".into(), json!(diagnostic.code.0));
    object.insert("ruleIndex".into(), json!(codes.get(diagnostic.code.0)));
    object.insert("level".into(), json!(severity_word(diagnostic.severity)));
    object.insert("message".into(), json!({ "text": words.join("\n") }));
    let primary: Vec<Value> = location(&diagnostic.primary, sources, None)
        .into_iter()
        .collect();
    object.insert("locations".into(), Value::Array(primary));
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .enumerate()
        .filter_map(|(index, label)| location(label, sources, Some(index)))
        .collect();
    if !related.is_empty() {
        object.insert("relatedLocations".into(), Value::Array(related));
    }
    let fixes: Vec<Value> = diagnostic
        .help
        .iter()
        .filter_map(|help| fix(help, sources))
        .collect();
    if !fixes.is_empty() {
        object.insert("fixes".into(), Value::Array(fixes));
    }
    Value::Object(object)
}

/// `None` for the command line, which is no artifact.
fn location(label: &Label, sources: &SourceMap, id: Option<usize>) -> Option<Value> {
    let (file, region) = match &label.place {
        Place::Source(span) => {
            let range = SourceRange::of(sources, *span)?;
            (range.file.clone(), Some(region(&range)))
        }
        Place::Data(data) => (
            data.file.clone(),
            data.row.map(|row| json!({ "startLine": row.max(1) })),
        ),
        Place::File(file) => (file.clone(), None),
        Place::CommandLine => return None,
    };
    let mut physical = Map::new();
    physical.insert("artifactLocation".into(), json!({ "uri": uri(&file) }));
    if let Some(region) = region {
        physical.insert("region".into(), region);
    }
    let mut object = Map::new();
    if let Some(id) = id {
        object.insert("id".into(), json!(id));
    }
    object.insert("physicalLocation".into(), Value::Object(physical));
    if !label.text.is_empty() {
        object.insert("message".into(), json!({ "text": label.text }));
    }
    Some(Value::Object(object))
}

fn region(range: &SourceRange) -> Value {
    json!({
        "startLine": range.line,
        "startColumn": range.column,
        "endLine": range.end_line,
        "endColumn": range.end_column,
    })
}

fn fix(help: &Help, sources: &SourceMap) -> Option<Value> {
    let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (span, text) in &help.edits {
        let range = SourceRange::of(sources, *span)?;
        by_file.entry(range.file.clone()).or_default().push(json!({
            "deletedRegion": region(&range),
            "insertedContent": { "text": text },
        }));
    }
    if by_file.is_empty() {
        return None;
    }
    let changes: Vec<Value> = by_file
        .into_iter()
        .map(|(file, replacements)| {
            json!({ "artifactLocation": { "uri": uri(&file) }, "replacements": replacements })
        })
        .collect();
    Some(json!({ "description": { "text": help.text }, "artifactChanges": changes }))
}

/// A path as a URI reference: every byte that has a meaning there, or none at all, is escaped.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    if out.starts_with('/') {
        format!("file://{out}")
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("rules/sahel.risk"), "rules/sahel.risk");
        assert_eq!(uri("my rules/é.risk"), "my%20rules/%C3%A9.risk");
        assert_eq!(uri("/srv/rules.risk"), "file:///srv/rules.risk");
    }
}
