//! Names that are declared nowhere, or that stand for something without a value.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::with_article;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[UnknownName::INFO, UnknownFunction::INFO, NotAValue::INFO];

cause! {
    /// a name that is declared nowhere
    ///
    /// ## What it means
    ///
    /// A rule uses a name that no file of the package declares and no used module brings in. Most
    /// often it is misspelt.
    ///
    /// ## Why it matters
    ///
    /// A rule that rests on something unknown cannot be worked out; it must not be left out
    /// silently either.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator conflict_deaths "Conflict deaths" : number in 0..
    /// score burden = conflict_deaths * 2
    /// signal war = conflict_death >= 1000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator conflict_deaths "Conflict deaths" : number in 0..
    /// score burden = conflict_deaths * 2
    /// signal war = conflict_deaths >= 1000
    /// ```
    Error "FW0107" UnknownName {
        /// What would fit here: `indicator, param or step`, `unit`, `scale`.
        what: String,
        name: String,
        span: Span,
        /// What was probably meant, and where that is declared.
        suggestion: Option<(String, Option<Span>)>,
    }
}

impl UnknownName {
    fn words(&self) -> Diagnostic {
        let Self {
            what,
            name,
            span,
            suggestion,
        } = self;
        let title = format!("there is no {what} `{name}`");
        match suggestion {
            Some((meant, declared)) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mark_if(*declared, format!("`{meant}` is declared here"))
                    .mend(
                        format!("replace it by `{meant}`"),
                        vec![(*span, meant.clone())],
                    )
            }
            None => Diagnostic::about(self, title, *span, "declared nowhere").help(format!(
                "declare `{name}`, check its spelling, or bring in its module with `use`"
            )),
        }
    }
}

cause! {
    /// a function that is not there
    ///
    /// ## What it means
    ///
    /// Neither the language nor a used module has a function of this name, and the package declares
    /// none with `fn`.
    ///
    /// ## Why it matters
    ///
    /// Functions of spreadsheets and statistics programs often have another name here, or a module
    /// of the standard library must be brought in with `use` first.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score severity = squareroot(deaths)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score severity = sqrt(deaths)
    /// ```
    Error "FW0109" UnknownFunction {
        name: String,
        span: Span,
        suggestion: Option<String>,
    }
}

impl UnknownFunction {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            suggestion,
        } = self;
        let title = format!("there is no function `{name}`");
        match suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?")).mend(
                    format!("replace it by `{meant}`"),
                    vec![(*span, meant.clone())],
                )
            }
            None => Diagnostic::about(self, title, *span, "declared nowhere").help(format!(
                "declare it with `fn {name}(…) = …`, or bring in the module that has it with `use`"
            )),
        }
    }
}

cause! {
    /// a name that stands for no value
    ///
    /// ## What it means
    ///
    /// The name is declared, but as something that has no value for a country and a year: a source,
    /// a unit, a scale, a module or a function.
    ///
    /// ## Why it matters
    ///
    /// Formulas are made of values: indicators, params, steps, scores, signals, factors and levels.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// source ucdp "UCDP GED 24.1"
    /// indicator deaths "Conflict deaths" : number in 0.. from ucdp
    /// score burden = deaths * 2
    /// signal war = ucdp >= 1000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// source ucdp "UCDP GED 24.1"
    /// indicator deaths "Conflict deaths" : number in 0.. from ucdp
    /// score burden = deaths * 2
    /// signal war = deaths >= 1000
    /// ```
    Error "FW0117" NotAValue {
        name: String,
        /// What it is: `a source`.
        what: String,
        span: Span,
        declared: Span,
    }
}

impl NotAValue {
    fn words(&self) -> Diagnostic {
        let what = with_article(&self.what);
        let name = &self.name;
        let help = match self.what.trim_start_matches("a ").trim_start_matches("an ") {
            "source" => "name an indicator that comes from this source".to_owned(),
            "unit" => format!("a unit stands behind a number: `25 {name}`"),
            "scale" => "name a level, which has a place on this scale".to_owned(),
            "function" => format!("give the function its arguments: `{name}(…)`"),
            _ => "name an indicator, a param, a step or something published".to_owned(),
        };
        Diagnostic::about(
            self,
            format!("`{name}` is {what} and has no value"),
            self.span,
            "a value belongs here",
        )
        .mark(self.declared, format!("`{name}` is declared here"))
        .help(help)
    }
}
