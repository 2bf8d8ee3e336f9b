//! What a test expects.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalogue::{CodeInfo, cause};
use crate::diagnostics::wording::{count, with_article};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoSuchRow::INFO,
    ToleranceNotHere::INFO,
    SayWhen::INFO,
    NothingHappens::INFO,
];

cause! {
    /// a row that a test does not have
    ///
    /// ## What it means
    ///
    /// What is expected `at month 25` or `at case 5` has to be one of the rows that the test is over. They count
    /// from 1.
    ///
    /// ## Why it matters
    ///
    /// There is no value there, so nothing could be said of it.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 2 months {
    ///   given deaths = [0, 1_000]
    ///   expect at_war is yes at month 3
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 2 months {
    ///   given deaths = [0, 1_000]
    ///   expect at_war is yes at month 2
    /// }
    /// ```
    Error "FW1005" NoSuchRow {
        span: Span,
        found: String,
        rows: usize,
        word: String,
        over: Option<Span>,
    }
}

impl NoSuchRow {
    fn words(&self) -> Diagnostic {
        let title = format!("the test has no `{}`", self.found);
        let help = if self.over.is_none() {
            "the test has one row: leave `at …` out, or say `over 24 months` behind the name"
                .to_owned()
        } else if self.rows == 1 {
            format!("write `at {} 1`", self.word)
        } else {
            format!(
                "write `at {} 1` to `at {} {}`",
                self.word, self.word, self.rows
            )
        };
        Diagnostic::about(self, title, self.span, "not in this test")
            .mark_if(
                self.over,
                format!("it is over {}", count(self.rows, &self.word)),
            )
            .help(help)
    }
}

cause! {
    /// a tolerance without a number to compare
    ///
    /// ## What it means
    ///
    /// `within` says how far a number may be from the one expected: `expect hdi is 0.966 within 0.001`, or
    /// `within 1%` of it. It stands only behind a number that is expected with `is`.
    ///
    /// ## Why it matters
    ///
    /// A comparison, a level or a truth is met or it is not; there is nothing to be near to.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes within 0.1
    /// }
    /// ```
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
    Error "FW1007" ToleranceNotHere {
        span: Span,
    }
}

impl ToleranceNotHere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(self, "a tolerance, but no number to be near to", self.span, "near to what?")
            .help("leave `within …` out, or write the number expected: `expect hdi is 0.966 within 0.001`")
    }
}

cause! {
    /// an expectation without its period
    ///
    /// ## What it means
    ///
    /// A test over several periods has a value in each. What is expected says of which one it speaks:
    /// `at month 24`. A series of values speaks of all.
    ///
    /// ## Why it matters
    ///
    /// An alert that is raised at some time is no promise; when it is raised is.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 2 months {
    ///   given deaths = [0, 1_000]
    ///   expect at_war is yes
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 2 months {
    ///   given deaths = [0, 1_000]
    ///   expect at_war is [no, yes]
    /// }
    /// ```
    Error "FW1009" SayWhen {
        span: Span,
        word: String,
        rows: usize,
    }
}

impl SayWhen {
    fn words(&self) -> Diagnostic {
        let title = format!("in which {} is this expected?", self.word);
        Diagnostic::about(self, title, self.span, format!("says no {}", self.word)).help(format!(
            "add `at {} {}`, or expect a series with a value for each {}",
            self.word, self.rows, self.word
        ))
    }
}

cause! {
    /// an event of something that has none
    ///
    /// ## What it means
    ///
    /// Alerts are raised, escalated, cleared and suppressed. Nothing else is, and an alert whose state the test
    /// gives does nothing by itself.
    ///
    /// ## Why it matters
    ///
    /// The expectation could never be met.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war raised
    /// }
    /// ```
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
    Error "FW1010" NothingHappens {
        name: String,
        kind: &'static str,
        span: Span,
        given: Option<Span>,
    }
}

impl NothingHappens {
    fn words(&self) -> Diagnostic {
        let title = match self.given {
            Some(_) => format!("`{}` is given, so no event of it follows", self.name),
            None => format!(
                "`{}` is {}, and only alerts have events",
                self.name,
                with_article(self.kind)
            ),
        };
        let help = match self.given {
            Some(_) => "give what the alert looks at instead",
            None => "ask for its value: `is yes`, `is 0.5`, `>= high`",
        };
        Diagnostic::about(self, title, self.span, "has no events here")
            .mark_if(self.given, "given here")
            .help(help)
    }
}
