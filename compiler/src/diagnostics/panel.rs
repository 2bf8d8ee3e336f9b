//! The panel, params set from outside, and allowances.

use super::catalogue::{CodeInfo, cause};
use super::{Diagnostic, Place};
use crate::source::Span;

pub(super) const CODES: &[&[CodeInfo]] = &[OWN, super::panel_keys::CODES];

const OWN: &[CodeInfo] = &[
    NoPanel::INFO,
    TwoPanels::INFO,
    ParamNotSettable::INFO,
    AllowWithoutNeed::INFO,
    AllowWithoutReason::INFO,
    TooManyOperations::INFO,
    NotWorkedOut::INFO,
];

cause! {
    /// rules without a panel
    ///
    /// ## What it means
    ///
    /// `panel` says what the rows of the data stand for: which column names the country (or any
    /// other unit of analysis), and which the period. The package has none.
    ///
    /// ## Why it matters
    ///
    /// Without keys, rows cannot be told apart, and double ones not be found.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country column "iso3" by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0801" NoPanel {
        file: String,
        /// The framework.
        span: Option<Span>,
    }
}

impl NoPanel {
    fn words(&self) -> Diagnostic {
        let title = "these rules do not say what a row of data stands for";
        let diagnostic = match self.span {
            Some(span) => Diagnostic::about(self, title, span, "this framework has no `panel`"),
            None => Diagnostic::at(
                self,
                title,
                Place::File(self.file.clone()),
                "no `panel` found here",
            ),
        };
        diagnostic.help("declare the keys: `panel country column \"iso3\" by year`, or `panel country` for data without periods")
    }
}

cause! {
    /// two panels in one package
    ///
    /// ## What it means
    ///
    /// All rules of a package work on the same rows, so there is one `panel`.
    ///
    /// ## Why it matters
    ///
    /// A value by country and year cannot be combined with one by district and month without saying
    /// how.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// panel district by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0803" TwoPanels {
        first: Span,
        second: Span,
    }
}

impl TwoPanels {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this package declares two panels",
            self.second,
            "the second is declared here",
        )
        .mark(self.first, "the first is declared here")
        .help("keep the one that the data have")
    }
}

cause! {
    /// a param that cannot be set so
    ///
    /// ## What it means
    ///
    /// `--set name=value` gives a param another value for one run. Here the rules have no such param,
    /// or the value cannot be read.
    ///
    /// ## Why it matters
    ///
    /// A run that silently kept the old value would be taken for a test of the new one.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// param threshold : number in 0..1 = 0.4
    /// signal poor = poverty >= threshold
    /// ```
    ///
    /// ```text args=--set treshold=0.5
    /// forewarn run rules --data poverty.csv --set treshold=0.5
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// param threshold : number in 0..1 = 0.4
    /// signal poor = poverty >= threshold
    /// ```
    ///
    /// ```text args=--set threshold=0.5
    /// forewarn run rules --data poverty.csv --set threshold=0.5
    /// ```
    Error "FW0804" ParamNotSettable {
        name: String,
        why: String,
    }
}

impl ParamNotSettable {
    fn words(&self) -> Diagnostic {
        Diagnostic::at(
            self,
            format!("`{}` cannot be set: {}", self.name, self.why),
            Place::CommandLine,
            "given with `--set`",
        )
        .help("write the name of a param and a value of its kind: `--set war_threshold=500`")
    }
}

cause! {
    /// an allowance that silences nothing
    ///
    /// ## What it means
    ///
    /// `allow` silences a warning where it is meant to be so. Here there is no such warning, or the
    /// code is that of an error (which cannot be silenced) or of nothing at all.
    ///
    /// ## Why it matters
    ///
    /// The reason that was once given no longer has an object, and would hide the next warning of
    /// that kind.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   allow FW0613 because "a zero is meant to decide"
    ///   members { governance, poverty }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..1
    /// indicator poverty "Poverty" : number in 0..1
    /// factor fragility "Fragility" {
    ///   combine mean
    ///   members { governance, poverty }
    /// }
    /// ```
    Warning "FW0805" AllowWithoutNeed {
        code: String,
        span: Span,
    }
}

impl AllowWithoutNeed {
    fn words(&self) -> Diagnostic {
        let code = &self.code;
        let title = format!("`allow {code}` silences nothing");
        match (super::info(code), super::nearest(code)) {
            (Some(info), _) if info.severity == super::Severity::Error => {
                Diagnostic::about(self, title, self.span, "this is an error, not a warning")
                    .help("remove it, and mend the error itself")
            }
            (Some(_), _) => Diagnostic::about(self, title, self.span, "no such warning here")
                .mend("remove it", vec![(self.span, String::new())]),
            (None, Some(nearest)) => {
                Diagnostic::about(self, title, self.span, format!("did you mean `{nearest}`?"))
                    .help("codes stand in the brackets of each message: `warning[FW0613]`")
            }
            (None, None) => Diagnostic::about(self, title, self.span, "there is no such code")
                .help("codes stand in the brackets of each message: `warning[FW0613]`"),
        }
    }
}

cause! {
    /// an allowance without a reason
    ///
    /// ## What it means
    ///
    /// `allow` silences a warning, and must say why: `allow FW0613 because "…"`.
    ///
    /// ## Why it matters
    ///
    /// Whoever reads or adapts the rules later has to judge whether the reason still holds.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..10
    /// indicator poverty "Poverty" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   allow FW0613
    ///   members { governance, poverty }
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator governance "Weak governance" : number in 0..10
    /// indicator poverty "Poverty" : number in 1..10
    /// factor fragility "Fragility" {
    ///   combine geometric mean
    ///   allow FW0613 because "a State without any weakness of governance is not fragile"
    ///   members { governance, poverty }
    /// }
    /// ```
    Error "FW0806" AllowWithoutReason {
        code: String,
        span: Span,
    }
}

impl AllowWithoutReason {
    fn words(&self) -> Diagnostic {
        let code = &self.code;
        Diagnostic::about(
            self,
            format!("`allow {code}` gives no reason"),
            self.span,
            "why is this meant to be so?",
        )
        .help(format!("add the reason: `allow {code} because \"…\"`"))
    }
}

cause! {
    /// rules that unfold into too many operations
    ///
    /// ## What it means
    ///
    /// Functions are unfolded where they are called. A function that calls another one twice, which
    /// calls another one twice, and so on, doubles with every step.
    ///
    /// ## Why it matters
    ///
    /// Every ruleset ends, and in a time that its author can foresee.
    ///
    /// ## Wrong
    ///
    /// Thirty functions, each of which calls the one before it twice with different arguments.
    ///
    /// ## Right
    ///
    /// Give the inner result a name, in a step (`let`), and use the name twice:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// let doubled = deaths + deaths
    /// score burden = doubled + doubled
    /// ```
    Error "FW0807" TooManyOperations {
        /// The declaration that was being unfolded.
        name: String,
        span: Span,
        limit: usize,
    }
}

impl TooManyOperations {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` unfolds into more than {} operations", self.name, self.limit),
            self.span,
            "too many steps come together here",
        )
        .help("name inner results with `let` and use the names, instead of calling functions in functions")
    }
}

cause! {
    /// something that was not worked out
    ///
    /// ## What it means
    ///
    /// The rules were found right, and yet a part of them has no meaning to this tool. That is a
    /// mistake of the tool, not of the rules.
    ///
    /// ## Why it matters
    ///
    /// The result would be missing without a reason, so there is none.
    ///
    /// ## Wrong
    ///
    /// No example is known.
    ///
    /// ## Right
    ///
    /// Write the marked words in another way, in smaller steps, and report the ruleset:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..1000
    /// let doubled = deaths + deaths
    /// score burden = doubled + doubled
    /// ```
    Error "FW0808" NotWorkedOut {
        span: Span,
    }
}

impl NotWorkedOut {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "these words were found right but have no meaning to this tool",
            self.span,
            "not worked out",
        )
        .note("this is a mistake of the tool, not of the rules")
        .help("write it in another way, and report the ruleset")
    }
}
