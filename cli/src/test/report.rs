//! Outcomes of tests as findings and as lines of JSON.

use super::tested::{Ran, Tested, Told};
use crate::render::SourceRange;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{Cause, Diagnostic};
use forewarn_runtime::causes::tests::{CannotRun, CaseFailed, EnginesDiffer, TestFailed};
use forewarn_runtime::testing::{Failure, Outcome};
use serde_json::json;

/// The failures of a test in a rule file.
pub(super) fn of_outcome(outcome: &Outcome) -> Vec<Told> {
    let failures = outcome.failures.iter();
    failures
        .map(|failure| told(failure, &outcome.label, outcome.span, None))
        .collect()
}

/// What is told of a test that failed.
pub(crate) fn diagnostics(outcome: &Outcome) -> Vec<Diagnostic> {
    let told = of_outcome(outcome).into_iter();
    told.map(|told| told.diagnostic).collect()
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

/// One object a line for each test.
pub(super) fn json_lines(tested: &Tested) -> Vec<String> {
    let line = |test: &Ran| {
        let range = SourceRange::of(&tested.sources, test.span);
        let failures = test.failures.iter();
        let failures = failures.map(|failure| {
            json!({
                "code": failure.diagnostic.code.0,
                "message": failure.diagnostic.title,
                "at": failure.row,
                "column": failure.cell.as_ref().map(|(_, column, _)| column),
                "expected": failure.expected,
                "actual": failure.actual,
                "notes": failure.diagnostic.notes,
            })
        });
        let mut object = json!({
            "ruleset": tested.path,
            "test": test.label,
            "passed": test.failures.is_empty(),
            "compared": test.compared,
            "file": range.as_ref().map(|range| &range.file),
            "line": range.as_ref().map(|range| range.line),
            "failures": failures.collect::<Vec<_>>(),
        });
        if let (Some(verdict), Some(object)) = (&test.verdict, object.as_object_mut()) {
            object.insert("verdict".to_owned(), json!(verdict));
        }
        format!("{object}\n")
    };
    tested.tests.iter().map(line).collect()
}
