//! What a test gives.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalogue::{CodeInfo, cause};
use crate::diagnostics::wording::{count, range};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    GivenTwice::INFO,
    SeriesLength::INFO,
    ParamInSeries::INFO,
    CannotBeGiven::INFO,
    RepeatNotHere::INFO,
    GivenOutside::INFO,
    BadTimes::INFO,
];

cause! {
    /// a test gives a value twice
    ///
    /// ## What it means
    ///
    /// In one test each name is given once: one value, or a series of them.
    ///
    /// ## Why it matters
    ///
    /// Only one of the two could hold, and the test would not say which.
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
    ///   given deaths = 999
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
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1003" GivenTwice {
        name: String,
        first: Span,
        second: Span,
    }
}

impl GivenTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is given twice", self.name);
        Diagnostic::about(self, title, self.second, "given again")
            .mark(self.first, "given here")
            .help("keep one; values of several periods are a series: `[5, 200]` in a test `over 2 months`")
    }
}

cause! {
    /// a series of another length than its test
    ///
    /// ## What it means
    ///
    /// A test `over 24 months` or `over 4 cases` has so many rows, and a series has one value for each. A
    /// test without `over` has one row and takes no series.
    ///
    /// ## Why it matters
    ///
    /// Which value belongs to which row would be a guess.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 3 months {
    ///   given deaths = [0, 1_000]
    ///   expect at_war is yes at month 2
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
    /// test "a war" over 3 months {
    ///   given deaths = [0, 1_000 x 2]
    ///   expect at_war is yes at month 2
    /// }
    /// ```
    Error "FW1004" SeriesLength {
        span: Span,
        found: usize,
        rows: usize,
        word: String,
        over: Option<Span>,
    }
}

impl SeriesLength {
    fn words(&self) -> Diagnostic {
        let found = count(self.found, "value");
        let rows = count(self.rows, &self.word);
        let title = format!("a series of {found} in a test over {rows}");
        let help = match self.over {
            Some(_) => "give one value for each; `200 x 12` is twelve times the same".to_owned(),
            None => format!(
                "say how long it is: `over {} months` or `over {} cases`",
                self.found, self.found
            ),
        };
        Diagnostic::about(self, title, self.span, format!("{found} here"))
            .mark_if(self.over, format!("{rows} here"))
            .help(help)
    }
}

cause! {
    /// a param that changes within a test
    ///
    /// ## What it means
    ///
    /// A param is a constant of the method: a test gives it one value, which holds in all of its rows.
    ///
    /// ## Why it matters
    ///
    /// Weights, windows and thresholds are worked out once, before any row is read.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param threshold = 1_000
    /// signal at_war "War" = deaths >= threshold
    /// test "a war" over 2 months {
    ///   given threshold = [500, 1_000]
    ///   given deaths = 700
    ///   expect at_war is yes at month 1
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param threshold = 1_000
    /// signal at_war "War" = deaths >= threshold
    /// test "a war" over 2 months {
    ///   given threshold = 500
    ///   given deaths = 700
    ///   expect at_war is yes at month 1
    /// }
    /// ```
    Error "FW1006" ParamInSeries {
        name: String,
        span: Span,
    }
}

impl ParamInSeries {
    fn words(&self) -> Diagnostic {
        let title = format!("the param `{}` cannot change within a test", self.name);
        Diagnostic::about(self, title, self.span, "several values")
            .help("give it one value, and write a test for each further one")
    }
}

cause! {
    /// something that a test cannot give
    ///
    /// ## What it means
    ///
    /// A test can give indicators, params, steps, scores, signals, factors, levels and alerts that hold one
    /// value.
    ///
    /// ## Why it matters
    ///
    /// Lists and the sets `factors` and `signals` are made of other values: give those.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given signals = yes
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
    /// test "a war" {
    ///   given deaths = 1_000
    ///   expect at_war is yes
    /// }
    /// ```
    Error "FW1008" CannotBeGiven {
        name: String,
        span: Span,
    }
}

impl CannotBeGiven {
    fn words(&self) -> Diagnostic {
        let title = format!("a test cannot give `{}`", self.name);
        Diagnostic::about(self, title, self.span, "is made of several values")
            .help("give the values that it is made of")
    }
}

cause! {
    /// a repetition outside the series of a test
    ///
    /// ## What it means
    ///
    /// `5 deaths x 12` stands for twelve values in the series that a test gives or expects. Elsewhere there is
    /// one value.
    ///
    /// ## Why it matters
    ///
    /// In a formula it would not be clear what there is twelve of.
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
    ///   expect max([deaths, 5 x 2]) >= 1_000
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
    ///   expect max([deaths, 5, 5]) >= 1_000
    /// }
    /// ```
    Error "FW1011" RepeatNotHere {
        span: Span,
    }
}

impl RepeatNotHere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "values are repeated only in the series of a test",
            self.span,
            "not a series",
        )
        .help("write the value once, or multiply with `*`")
    }
}

cause! {
    /// a test gives what cannot be
    ///
    /// ## What it means
    ///
    /// An indicator lies in the range that it is declared with, and a score in the range that follows from
    /// its formula. The test gives a value outside.
    ///
    /// ## Why it matters
    ///
    /// Data would never hold it, so the test would show how the method treats what it never meets.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" {
    ///   given deaths = -5
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
    /// test "no deaths" {
    ///   given deaths = 0
    ///   expect at_war is no
    /// }
    /// ```
    Error "FW1013" GivenOutside {
        name: String,
        span: Span,
        value: String,
        low: String,
        high: String,
        declared: Span,
    }
}

impl GivenOutside {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is given {}, which it can never be",
            self.name, self.value
        );
        let range = range(&self.low, &self.high);
        Diagnostic::about(self, title, self.span, "outside of its range")
            .mark(self.declared, format!("it lies in {range} here"))
            .help("give a value within the range")
    }
}

cause! {
    /// a number of times that is none
    ///
    /// ## What it means
    ///
    /// In a series, `200 x 12` is twelve times 200. The number behind `x` is a whole number from 1 on, without a
    /// unit.
    ///
    /// ## Why it matters
    ///
    /// Half a value has no row to stand in.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal at_war "War" = deaths >= 1_000
    /// test "a war" over 2 months {
    ///   given deaths = [0 x 0, 1_000 x 2]
    ///   expect at_war is yes at month 2
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
    ///   given deaths = [1_000 x 2]
    ///   expect at_war is yes at month 2
    /// }
    /// ```
    Error "FW1015" BadTimes {
        span: Span,
        found: String,
    }
}

impl BadTimes {
    fn words(&self) -> Diagnostic {
        let title = format!("a value cannot stand `x {}`", self.found);
        Diagnostic::about(self, title, self.span, "not a number of times")
            .help("write a whole number from 1 on: `200 x 12`")
    }
}
