//! Workflow commands that GitHub shows as annotations beside the lines.

use super::finding::severity_word;
use super::place::Located;
use super::text::harmless;
use std::fmt::Write as _;

#[must_use]
pub fn line(finding: &Located<'_>) -> String {
    let diagnostic = finding.diagnostic;
    let mut properties = Vec::new();
    let spot = finding.spot();
    if let Some(file) = &spot.file {
        properties.push(format!("file={}", property(file)));
    }
    if let Some(line) = spot.line {
        properties.push(format!("line={line}"));
    }
    match &finding.range {
        // Columns are understood only within one line.
        Some(range) if range.line == range.end_line => {
            properties.push(format!("col={}", range.column));
            properties.push(format!("endLine={}", range.end_line));
            properties.push(format!(
                "endColumn={}",
                range.end_column.max(range.column + 1) - 1
            ));
        }
        Some(range) => properties.push(format!("endLine={}", range.end_line)),
        None => properties.extend(spot.column.map(|column| format!("col={column}"))),
    }
    properties.push(format!("title={}", property(diagnostic.code.0)));

    let mut words = vec![diagnostic.title.clone()];
    words.extend(Some(diagnostic.primary.text.clone()).filter(|text| !text.is_empty()));
    words.extend(diagnostic.notes.iter().map(|note| format!("note: {note}")));
    words.extend(
        diagnostic
            .help
            .iter()
            .map(|help| format!("help: {}", help.text)),
    );

    let mut out = String::new();
    let _ = writeln!(
        out,
        "::{} {}::{}",
        severity_word(diagnostic.severity),
        properties.join(","),
        message(&words.join("\n"))
    );
    out
}

/// Something without a code that ended the command.
#[must_use]
pub fn failure(words: &str, help: Option<&str>) -> String {
    let help = help.map_or(String::new(), |help| format!("\nhelp: {help}"));
    format!(
        "::error title=forewarn::{}\n",
        message(&format!("{words}{help}"))
    )
}

/// Escapes a message: `%` first, then the line breaks that would end the command.
fn message(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| harmless(line.trim_end_matches('\r')))
        .collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// Escapes a property's value, which `:` and `,` would end.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_can_end_it() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(message("50 %: no\r\n"), "50 %25: no%0A");
    }
}
