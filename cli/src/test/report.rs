//! Outcomes of tests as findings and as lines of JSON.

use super::tested::{Ran, Tested, Told};
use crate::render::SourceRange;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{Cause, Diagnostic};
use forewarn_runtime::causes::tests::{CannotRun, CaseFailed, EnginesDiffer, TestFailed};
use forewarn_runtime::testing::{Failure, Outcome};
use serde::Serialize;

/// The failures of a test in a rule file.
pub(super) fn of_outcome(outcome: &Outcome) -> Vec<Told> {
    let failures = outcome.failures.iter();
    failures
        .map(|failure| told(failure, &outcome.label, outcome.span, None))
        .collect()
}

/// So many further cases of one expectation are told.
const FURTHER: usize = 3;

/// What people read of failures: those of one expectation together, the first with all that it reads.
pub(super) fn together(failures: &[Told]) -> Vec<Diagnostic> {
    // What kept a test from being run has no values: it is told once, whatever is told of the test else.
    let has_values = |one: &Told| !one.expected.is_empty();
    let same = |one: &Told, other: &Told| {
        one.cell.is_none()
            && other.cell.is_none()
            && one.diagnostic.code == other.diagnostic.code
            && one.diagnostic.primary.place == other.diagnostic.primary.place
            && match (has_values(one), has_values(other)) {
                (true, true) => true,
                (false, false) => one.diagnostic == other.diagnostic,
                (true, false) | (false, true) => false,
            }
    };
    let groups = failures.chunk_by(same).filter_map(|group| {
        let (first, others) = group.split_first()?;
        let mut told = first.diagnostic.clone();
        if !has_values(first) {
            return Some(told);
        }
        for other in others.iter().take(FURTHER) {
            told.notes.push(format!(
                "at {}: expected {}, and it is {}",
                other.row, other.expected, other.actual
            ));
        }
        let more = others.len().saturating_sub(FURTHER);
        if more > 0 {
            let cases = if more == 1 { "case" } else { "cases" };
            told.notes.push(format!("and at {more} more {cases}"));
        }
        Some(told)
    });
    groups.collect()
}

/// A failure of a test; `file` is its table, where it has one.
pub(super) fn told(failure: &Failure, label: &str, span: Span, file: Option<&str>) -> Told {
    let label = label.to_owned();
    let (diagnostic, row, expected, actual) = match failure {
        Failure::Expectation {
            span,
            row,
            expected,
            actual,
            reads,
            notes,
            ..
        } => {
            let at = if row.is_empty() {
                String::new()
            } else {
                format!(" at {row}")
            };
            let reads = reads.iter();
            let reads = reads.map(|(name, span, value)| (name.clone(), value.clone(), Some(*span)));
            let cause = TestFailed {
                title: format!("the test \"{label}\" fails{at}"),
                span: *span,
                expected: expected.clone(),
                actual: actual.clone(),
                reads: reads.collect(),
                notes: notes.clone(),
            };
            (
                cause.describe(),
                row.clone(),
                expected.clone(),
                actual.clone(),
            )
        }
        Failure::Case {
            column,
            key,
            expected,
            actual,
            ..
        } => {
            let cause = CaseFailed {
                label,
                span,
                file: file.unwrap_or_default().to_owned(),
                column: column.clone(),
                key: key.clone(),
                expected: expected.clone(),
                actual: actual.clone(),
            };
            (
                cause.describe(),
                key.clone(),
                expected.clone(),
                actual.clone(),
            )
        }
        Failure::Engines(what) => {
            let what = what.clone();
            let cause = EnginesDiffer { label, span, what };
            (
                cause.describe(),
                String::new(),
                String::new(),
                String::new(),
            )
        }
        Failure::Run(why) => {
            let why = why.clone();
            let cause = CannotRun { label, span, why };
            (
                cause.describe(),
                String::new(),
                String::new(),
                String::new(),
            )
        }
    };
    let cell = match (failure, file) {
        (Failure::Case { column, key, .. }, Some(file)) => {
            Some((file.to_owned(), column.clone(), key.clone()))
        }
        _ => None,
    };
    Told {
        diagnostic,
        row,
        expected,
        actual,
        cell,
    }
}

/// A test that ran, as a line for programs.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Line {
    /// The path, as given.
    ruleset: String,
    test: String,
    passed: bool,
    /// How many values were compared.
    compared: usize,
    file: Option<String>,
    /// From 1.
    line: Option<usize>,
    failures: Vec<Failed>,
    /// Of a property: what came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
}

/// A value that is not as expected.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Failed {
    code: String,
    message: String,
    /// The row: a period, or the key of a case.
    at: String,
    /// Of a table of cases.
    column: Option<String>,
    expected: String,
    actual: String,
    notes: Vec<String>,
}

/// One object a line for each test.
pub(super) fn json_lines(tested: &Tested) -> Vec<String> {
    let line = |test: &Ran| {
        let range = SourceRange::of(&tested.sources, test.span);
        let failures = test.failures.iter().map(|failure| Failed {
            code: failure.diagnostic.code.0.to_owned(),
            message: failure.diagnostic.title.clone(),
            at: failure.row.clone(),
            column: failure.cell.as_ref().map(|(_, column, _)| column.clone()),
            expected: failure.expected.clone(),
            actual: failure.actual.clone(),
            notes: failure.diagnostic.notes.clone(),
        });
        let line = Line {
            ruleset: tested.path.clone(),
            test: test.label.clone(),
            passed: test.failures.is_empty(),
            compared: test.compared,
            file: range.as_ref().map(|range| range.file.clone()),
            line: range.as_ref().map(|range| range.line),
            failures: failures.collect(),
            verdict: test.verdict.clone(),
        };
        serde_json::to_string(&line).unwrap_or_default() + "\n"
    };
    tested.tests.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_test_from_being_run_is_told_without_values() {
        let of = |why: &str| {
            let failure = Failure::Run(why.to_owned());
            told(&failure, "war", Span::default(), None)
        };
        let shown = together(&[of("no column"), of("no column"), of("no row")]);
        let whys: Vec<&str> = shown.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(shown.len(), 2, "{whys:?}");
        assert!(shown.iter().all(|one| {
            let mut notes = one.notes.iter();
            !notes.any(|note| note.contains("expected ,"))
        }));
        let value = |row: &str| {
            let failure = Failure::Expectation {
                span: Span::default(),
                row: row.to_owned(),
                expected: "yes".to_owned(),
                actual: "no".to_owned(),
                reads: Vec::new(),
                notes: Vec::new(),
                update: None,
            };
            told(&failure, "war", Span::default(), None)
        };
        let shown = together(&[value("2024"), value("2025")]);
        assert_eq!(shown.len(), 1);
        assert!(
            shown[0]
                .notes
                .contains(&"at 2025: expected yes, and it is no".to_owned())
        );
    }

    /// `docs/schemas/test.json` is the schema of a line.
    #[test]
    fn the_schema_of_tests_is_written_down() {
        crate::schemas::check("test", schemars::schema_for!(Line));
    }
}
