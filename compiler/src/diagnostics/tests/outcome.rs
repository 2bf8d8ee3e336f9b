//! What came out of a test.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalogue::{CodeInfo, cause};
use crate::diagnostics::{DataPlace, Place};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    TestFailed::INFO,
    CaseFailed::INFO,
    EnginesDiffer::INFO,
    CannotRun::INFO,
];

cause! {
    /// a test of the ruleset fails
    ///
    /// ## What it means
    ///
    /// `forewarn test` ran the test with what it gives, and something else came out than it expects. The message
    /// shows what was expected, what came out, and the values that it was made of.
    ///
    /// ## Why it matters
    ///
    /// Either the method has changed and the test has to follow, or the method no longer does what it was
    /// written for. `forewarn test --update` takes over what came out.
    ///
    /// ## Wrong
    ///
    /// The rules below, once the threshold of `at_war` has been changed and the test has not.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1090" TestFailed {
        title: String,
        span: Span,
        expected: String,
        actual: String,
        reads: Vec<(String, String, Option<Span>)>,
        notes: Vec<String>,
    }
}

impl TestFailed {
    fn words(&self) -> Diagnostic {
        let label = format!("expected {}", self.expected);
        let mut told = Diagnostic::about(self, self.title.clone(), self.span, label)
            .note(format!("it is {}", self.actual));
        for (name, value, _) in &self.reads {
            told = told.note(format!("`{name}` is {value}"));
        }
        for note in &self.notes {
            told = told.note(note.clone());
        }
        told
    }
}

cause! {
    /// a row of a table of cases does not come out
    ///
    /// ## What it means
    ///
    /// `forewarn test` ran the table of a `test … from`, and in one of its rows a result is another than the table
    /// says.
    ///
    /// ## Why it matters
    ///
    /// Either the method has changed and the table has to follow, or the method no longer gives the figures that
    /// were published.
    ///
    /// ## Wrong
    ///
    /// A row of `wars.csv` says `no` where the rules say `yes`.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "known wars" from "wars.csv"
    /// ```
    Error "FW1091" CaseFailed {
        label: String,
        span: Span,
        file: String,
        column: String,
        key: String,
        expected: String,
        actual: String,
    }
}

impl CaseFailed {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` of {} is {}, not {}",
            self.column, self.key, self.actual, self.expected
        );
        let place = Place::Data(DataPlace {
            file: self.file.clone(),
            column: Some(self.column.clone()),
            key: Some(self.key.clone()),
            ..DataPlace::default()
        });
        Diagnostic::at(self, title, place, format!("{} here", self.expected))
            .mark(self.span, "read by this test")
            .note(format!("the result is {}", self.actual))
    }
}

cause! {
    /// the interpreter and the native code do not agree
    ///
    /// ## What it means
    ///
    /// Every test runs twice: as the language defines it, and as machine code. Both have to give the same bits.
    /// They did not.
    ///
    /// ## Why it matters
    ///
    /// This is a fault of the tool, not of the ruleset: please report it with the test. `--engine interpreter`
    /// is the definition.
    ///
    /// ## Wrong
    ///
    /// The rules below, once the threshold of `at_war` has been changed and the test has not.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1092" EnginesDiffer {
        label: String,
        span: Span,
        what: String,
    }
}

impl EnginesDiffer {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "native code and interpreter differ in the test \"{}\"",
            self.label
        );
        Diagnostic::about(self, title, self.span, self.what.clone())
            .note("this is a fault of the tool: please report it with the ruleset")
    }
}

cause! {
    /// a test that cannot be run
    ///
    /// ## What it means
    ///
    /// The ruleset with what the test gives could not be made ready or evaluated.
    ///
    /// ## Why it matters
    ///
    /// Nothing is known of the expectations.
    ///
    /// ## Wrong
    ///
    /// The rules below, once the threshold of `at_war` has been changed and the test has not.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1093" CannotRun {
        label: String,
        span: Span,
        why: String,
    }
}

impl CannotRun {
    fn words(&self) -> Diagnostic {
        let title = format!("the test \"{}\" could not be run", self.label);
        Diagnostic::about(self, title, self.span, self.why.clone())
            .help("look at what it gives and expects")
    }
}
