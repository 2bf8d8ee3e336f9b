//! Changes that undo each other, or nothing.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1416 ChangedTwice {
        /// `param`, `weight`, `label`, `signal` …
        what: String,
        target: String,
        /// `override`
        first: &'static str,
        first_span: Span,
        second: &'static str,
        span: Span,
    }
}

/// ``the weight of `violence.war` ``
fn named(what: &str, target: &str) -> String {
    match what {
        "weight" | "label" | "source" | "column" | "classification" => {
            format!("the {what} of `{target}`")
        }
        "test" | "property" => format!("the {what} \"{target}\""),
        _ => format!("the {what} `{target}`"),
    }
}

fn done(verb: &str) -> &'static str {
    match verb {
        "override" => "overridden",
        "replace" => "replaced",
        "drop" => "dropped",
        _ => "changed",
    }
}

impl ChangedTwice {
    fn words(&self) -> Diagnostic {
        let name = named(&self.what, &self.target);
        let title = if self.first == self.second {
            format!("{name} is {} twice", done(self.second))
        } else {
            format!(
                "{name} is {}, and the same framework has {} it before",
                done(self.second),
                done(self.first)
            )
        };
        Diagnostic::about(
            self,
            title,
            self.span,
            format!("{} here", done(self.second)),
        )
        .mark(
            self.first_span,
            format!("{} here already", done(self.first)),
        )
        .note("one framework changes a thing once: of two changes only one would hold")
        .help("keep the one that is meant, and take the other out")
    }
}

cause! {
    FW1417 ChangesNothing {
        what: String,
        target: String,
        value: String,
        span: Span,
        whole: Span,
        declared: Span,
    }
}

impl ChangesNothing {
    fn words(&self) -> Diagnostic {
        let name = named(&self.what, &self.target);
        Diagnostic::about(
            self,
            format!("{name} is {} already: this changes nothing", self.value),
            self.span,
            "the same again",
        )
        .mark(self.declared, "what is there")
        .help("write the value that is meant, or take the change out")
    }
}
