//! A test as a whole: its name, its length, its file.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NothingExpected::INFO,
    TestTwice::INFO,
    TestFileOutside::INFO,
    TestTooLong::INFO,
];

cause! {
    /// a test that expects nothing
    ///
    /// ## What it means
    ///
    /// A test says what is given and what is to come out of it. This one has no `expect`.
    ///
    /// ## Why it matters
    ///
    /// It can never fail, so it shows nothing, and looks as if it did.
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
    Error "FW1001" NothingExpected {
        label: String,
        span: Span,
    }
}

impl NothingExpected {
    fn words(&self) -> Diagnostic {
        let title = format!("the test \"{}\" expects nothing", self.label);
        Diagnostic::about(self, title, self.span, "has no `expect`")
            .help("say what is to come out: `expect at_war is yes`")
    }
}

cause! {
    /// two tests of one name
    ///
    /// ## What it means
    ///
    /// The name of a test says what it shows. Two tests have the same one.
    ///
    /// ## Why it matters
    ///
    /// When one of them fails, nobody knows which.
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
    ///   expect at_war is yes
    /// }
    /// test "a war" {
    ///   given deaths = 999
    ///   expect at_war is no
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
    /// test "just below a war" {
    ///   given deaths = 999
    ///   expect at_war is no
    /// }
    /// ```
    Error "FW1002" TestTwice {
        label: String,
        first: Span,
        second: Span,
    }
}

impl TestTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("two tests are called \"{}\"", self.label);
        Diagnostic::about(self, title, self.second, "the same name again")
            .mark(self.first, "the first one")
            .help("say in the name what this one shows")
    }
}

cause! {
    /// a file of cases outside the ruleset
    ///
    /// ## What it means
    ///
    /// The file of a `test … from` stands beside the rule file or in a folder below it. Its path uses `/` and
    /// neither begins with it nor climbs with `..`.
    ///
    /// ## Why it matters
    ///
    /// A ruleset is handed on as a folder; its tests have to go with it.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "known wars" from "../wars.csv"
    /// ```
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
    Error "FW1012" TestFileOutside {
        path: String,
        span: Span,
    }
}

impl TestFileOutside {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` leads out of the ruleset", self.path);
        Diagnostic::about(self, title, self.span, "not beside the rules")
            .help("put the file beside the rules: `from \"cases.csv\"`")
    }
}

cause! {
    /// a test with too many rows
    ///
    /// ## What it means
    ///
    /// A test in a rule file is an example that people read; it has at most 10 000 rows.
    ///
    /// ## Why it matters
    ///
    /// Larger tables belong into a file: `test "…" from "cases.csv"`.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 20_000 cases {
    ///   given deaths = 1_000
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
    /// test "a war" over 2 cases {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1014" TestTooLong {
        span: Span,
        most: usize,
    }
}

impl TestTooLong {
    fn words(&self) -> Diagnostic {
        let title = format!("a test has at most {} rows", self.most);
        Diagnostic::about(self, title, self.span, "more than that").help(
            "write a shorter example, or put the rows into a file: `test \"…\" from \"cases.csv\"`",
        )
    }
}
