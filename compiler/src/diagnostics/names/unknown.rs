//! Names that are declared nowhere, or that stand for something without a value.

use super::super::Diagnostic;
use super::super::wording::with_article;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0107 UnknownName {
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
    FW0109 UnknownFunction {
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
    FW0117 NotAValue {
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
