//! Changes that are not written as changes are.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1410 NotOverridable {
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
    FW1411 WantedOne {
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
    FW1412 NotAnExtension {
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
    FW1413 LowersClassification {
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
