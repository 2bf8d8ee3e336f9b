//! `file:line:column: error[FW0312]: title`, one line each.

use super::finding::severity_word;
use super::place::Located;
use std::fmt::Write as _;

#[must_use]
pub fn line(finding: &Located<'_>) -> String {
    let spot = finding.spot();
    let mut out = spot.file.unwrap_or_else(|| "command line".to_owned());
    for number in [spot.line, spot.column].into_iter().flatten() {
        let _ = write!(out, ":{number}");
    }
    let diagnostic = finding.diagnostic;
    let _ = writeln!(
        out,
        ": {}[{}]: {}",
        severity_word(diagnostic.severity),
        diagnostic.code,
        one_line(&diagnostic.title)
    );
    out
}

/// Something without a code that ended the command.
#[must_use]
pub fn failure(message: &str) -> String {
    format!("command line: error: {}\n", one_line(message))
}

/// A text without line breaks and other control characters.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}
