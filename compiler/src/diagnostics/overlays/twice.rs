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
        /// The first change was of the same thing; else of a part of it.
        whole: bool,
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

/// What was done to a thing, or by way of a part of it: `overridden`, `added to`.
fn done(verb: &str, whole: bool) -> &'static str {
    match (verb, whole) {
        ("override", _) => "overridden",
        ("replace", _) => "replaced",
        ("drop", true) => "dropped",
        ("drop", false) => "dropped a member of",
        ("add", true) => "added",
        ("add", false) => "added to",
        _ => "changed",
    }
}

impl ChangedTwice {
    fn words(&self) -> Diagnostic {
        let name = named(&self.what, &self.target);
        let first = done(self.first, self.whole);
        let second = done(self.second, true);
        let part = matches!(self.first, "add" | "drop") && !self.whole;
        let title = if self.first == self.second {
            format!("{name} is {second} twice")
        } else {
            format!("{name} is {second}, and the same framework has {first} it before")
        };
        Diagnostic::about(self, title, self.span, format!("{second} here"))
            .mark(
                self.first_span,
                if part {
                    "lost by that".to_owned()
                } else {
                    format!("{first} here already")
                },
            )
            .note("one framework changes a thing once: of two changes only one would hold")
            .help(if part && self.second == "replace" {
                "write what replaces it as it is to be in the end, and take the earlier change out"
            } else {
                "keep the one that is meant, and take the other out"
            })
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
