//! `--update`: writes what came out in place of what was expected.
//!
//! Only the words of a value expected with `is` are replaced; everything else of the file, comments
//! and spacing included, stays as it is; of a table of cases, the cells that came out otherwise. What is
//! a comparison or an event is left to people.

use super::Tested;
use crate::failure::Failure;
use crate::words::count;
use forewarn_diagnostics::source::{FileId, SourceMap, Span};
use forewarn_plan::numbers::show;
use forewarn_runtime::testing::{NewValue, Update};
use std::collections::BTreeMap;
use std::path::Path;

/// What was written, and what was not.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub lines: Vec<String>,
    /// Names of tests with failures that were left.
    pub left: Vec<String>,
}

/// Writes the rule files anew.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn update(tested: &[Tested]) -> Result<Changed, Failure> {
    let mut changed = Changed::default();
    for one in tested {
        let mut edits: BTreeMap<FileId, Vec<(Span, String)>> = BTreeMap::new();
        for test in &one.tests {
            if let (Some((path, new)), Some(cases)) = (&test.table, &one.cases)
                && !new.is_empty()
            {
                let written = super::cells::write(path, cases, new)?;
                let line = format!("{}: {}", path.display(), count(written, "cell"));
                changed.lines.push(line);
            }
            let failures = test.failures.iter().filter(|one| one.cell.is_none());
            for failure in failures {
                let edit = failure
                    .update
                    .as_ref()
                    .and_then(|update| Some((update.span, words(update, &one.sources)?)));
                match edit {
                    Some((span, text)) => {
                        let edits = edits.entry(span.file).or_default();
                        if !edits.iter().any(|(known, _)| *known == span) {
                            edits.push((span, text));
                        }
                    }
                    None => {
                        let name = format!("\"{}\"", test.label);
                        if !changed.left.contains(&name) {
                            changed.left.push(name);
                        }
                    }
                }
            }
        }
        for (file, mut edits) in edits {
            let Some(source) = one.sources.get(file) else {
                continue;
            };
            edits.sort_by_key(|(span, _)| *span);
            for (span, text) in &edits {
                let (line, _) = one.sources.line_column(*span);
                let old = one.sources.slice(*span);
                changed
                    .lines
                    .push(format!("{}:{line}: `{old}` is now `{text}`", source.name));
            }
            let text = applied(&source.text, &edits);
            let path = Path::new(&source.name);
            std::fs::write(path, text)
                .map_err(|error| Failure::file("cannot write", path, &error))?;
            changed
                .lines
                .push(format!("{}: {}", source.name, count(edits.len(), "value")));
        }
    }
    Ok(changed)
}

/// The text with its edits, which are in order and do not overlap.
fn applied(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    for (span, new) in edits.iter().rev() {
        let (start, end) = (span.start as usize, span.end as usize);
        if out.get(start..end).is_some() {
            out.replace_range(start..end, new);
        }
    }
    out
}

/// The new words of a value, in the unit in which the old ones are written.
fn words(update: &Update, sources: &SourceMap) -> Option<String> {
    let old = sources.slice(update.span);
    match &update.with {
        NewValue::Word(word) => Some(word.clone()),
        NewValue::Number { expected, actual } => {
            let end = old
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '_')))
                .unwrap_or(old.len());
            let (number, unit) = old.split_at_checked(end)?;
            let written: f64 = number.replace('_', "").parse().ok()?;
            // How many of the written unit are one of the value's own.
            let scale = if written == 0.0 || *expected == 0.0 {
                1.0
            } else {
                written / expected
            };
            Some(format!("{}{unit}", show(nine_digits(actual * scale))))
        }
    }
}

/// What a reader would write: more than nine digits tell of the last bits.
fn nine_digits(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renewed(old: &str, expected: f64, actual: f64) -> Option<String> {
        let mut sources = SourceMap::default();
        let file = sources.add("a.risk", old);
        let span = Span {
            file,
            start: 0,
            end: u32::try_from(old.len()).unwrap(),
        };
        let with = NewValue::Number { expected, actual };
        words(&Update { span, with }, &sources)
    }

    #[test]
    fn a_value_keeps_its_unit_and_its_scale() {
        assert_eq!(renewed("0.35", 0.35, 0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(renewed("5 deaths", 5.0, 7.0).as_deref(), Some("7 deaths"));
        assert_eq!(renewed("2 years", 24.0, 36.0).as_deref(), Some("3 years"));
        assert_eq!(renewed("-1_000", -1000.0, 2.5).as_deref(), Some("2.5"));
        assert_eq!(renewed("threshold", 3.0, 4.0), None);
    }

    #[test]
    fn only_the_words_of_the_value_change() {
        let span = |start, end| Span {
            file: FileId::default(),
            start,
            end,
        };
        let edits = [(span(2, 3), "10".to_owned()), (span(6, 7), "x".to_owned())];
        assert_eq!(applied("a b c d // e", &edits), "a 10 c x // e");
    }
}
