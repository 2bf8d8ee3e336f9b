//! Changes that are not written as changes are.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NotOverridable::INFO,
    WantedOne::INFO,
    NotAnExtension::INFO,
    LowersClassification::INFO,
];

cause! {
    /// an override of something else
    ///
    /// ## What it means
    ///
    /// `override` changes a param, the weight of a member, a label, an indicator's source or column, or a
    /// classification. Everything else is replaced as a whole.
    ///
    /// ## Why it matters
    ///
    /// A formula changed in part is a new formula, and is easier to judge as a whole.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override threshold war = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override param war_threshold = 500 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1410" NotOverridable {
        what: String,
        /// One of the words that there are, but not written so.
        known: bool,
        span: Span,
    }
}

impl NotOverridable {
    fn words(&self) -> Diagnostic {
        let title = if self.known {
            format!("`override {}` is not written like this", self.what)
        } else {
            format!("`{}` cannot be overridden", self.what)
        };
        Diagnostic::about(self, title, self.span, "here").help(
            "write `override param x = 3`, `override weight factor.member = 2`, `override label x \"…\"`, \
             `override source x = ucdp`, `override column x = \"…\"` or `override classification x = restricted`",
        )
    }
}

cause! {
    /// more than one where one stands
    ///
    /// ## What it means
    ///
    /// A weight, a source or a classification is one value.
    ///
    /// ## Why it matters
    ///
    /// Only params may differ from period to period.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override source deaths = 3 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override source deaths = other because "Decision 4"
    /// source other "Other source"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1411" WantedOne {
        what: String,
        span: Span,
    }
}

impl WantedOne {
    fn words(&self) -> Diagnostic {
        let what = match self.what.as_str() {
            "weight" => "a weight is one number",
            "source" => "a source is named by one word",
            _ => "a classification is `public`, `restricted` or `confidential`",
        };
        Diagnostic::about(self, what, self.span, "here").help(match self.what.as_str() {
            "weight" => "write `override weight factor.member = 2`",
            "source" => "write `override source deaths_best = ucdp`",
            _ => "write `override classification deaths_best = restricted`",
        })
    }
}

cause! {
    /// a change that does not exist
    ///
    /// ## What it means
    ///
    /// Indicators, params, formulas, factors, levels, tables, alerts, units, scales, sources, functions, tests
    /// and properties can be added, replaced and dropped; members of factors can be added and dropped.
    ///
    /// ## Why it matters
    ///
    /// What the tool does not know it would pass over in silence.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// drop framework un because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// drop signal war because "Decision 4"
    /// drop param war_threshold because "Not read"
    /// add signal any "Any" = deaths >= 1 because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1412" NotAnExtension {
        found: String,
        span: Span,
    }
}

impl NotAnExtension {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` is not something that can be changed like this",
                self.found
            ),
            self.span,
            "here",
        )
        .help(
            "write `drop indicator x`, `drop member factor.member`, `drop test \"its label\"`, \
             `add member x to factor weight 2`, `add` or `replace` and a declaration",
        )
    }
}

cause! {
    /// an override that opens what is closed
    ///
    /// ## What it means
    ///
    /// `override classification` makes something less confidential than the extended framework says that it is.
    ///
    /// ## Why it matters
    ///
    /// Who vouches for a source decides how closed it is. The one way out is `declassify`, which is recorded in every
    /// result with its reason.
    ///
    /// ## Wrong
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override classification deaths = public because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. classification restricted
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk file=framework.risk
    /// framework west "West" version "0.1.0" extends un "1"
    /// override classification deaths = confidential because "Decision 4"
    /// ```
    ///
    /// ```toml file=forewarn.toml
    /// [dependencies]
    /// un = { path = "../un", version = "1" }
    /// ```
    ///
    /// ```risk file=../un/framework.risk
    /// framework un "UN" version "1.0.0"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. classification restricted
    /// param war_threshold = 1000
    /// signal war "War" = deaths >= war_threshold
    /// ```
    Error "FW1413" LowersClassification {
        name: String,
        was: String,
        is: String,
        span: Span,
        declared: Span,
    }
}

impl LowersClassification {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` is {}, and an override cannot make it {}",
                self.name, self.was, self.is
            ),
            self.span,
            format!("{} here", self.is),
        )
        .mark(self.declared, format!("{} here", self.was))
        .note("who vouches for what is said decides how closed it is")
        .help(format!(
            "write `declassify {} to {} because \"…\"`: that is recorded in every result",
            self.name, self.is
        ))
    }
}
