//! Functions and their arguments.

use super::super::Diagnostic;
use super::super::suggest::suggest;
use super::super::wording::{circle, count, quoted, ring};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0110 UnknownArgument {
        function: String,
        name: String,
        span: Span,
        /// The names that the function has.
        known: Vec<String>,
    }
}

impl UnknownArgument {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            name,
            span,
            known,
        } = self;
        let title = format!("`{function}` has no argument `{name}`");
        match suggest(name, known.iter().map(String::as_str)) {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?")).mend(
                    format!("replace it by `{meant}`"),
                    vec![(*span, meant.to_owned())],
                )
            }
            None if known.is_empty() => {
                Diagnostic::about(self, title, *span, "this name fits nothing")
                    .help(format!("`{function}` takes its arguments without names"))
            }
            None => Diagnostic::about(self, title, *span, "this name fits nothing")
                .help(format!("its arguments are {}", quoted(known, "and"))),
        }
    }
}

cause! {
    FW0111 WrongArgumentCount {
        function: String,
        span: Span,
        found: usize,
        /// The names of the arguments that it takes.
        wanted: Vec<String>,
        declared: Option<Span>,
    }
}

impl WrongArgumentCount {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            found,
            wanted,
            declared,
        } = self;
        let title = format!(
            "`{function}` takes {}, not {found}",
            match wanted.len() {
                0 => "no arguments".to_owned(),
                number => count(number, "argument"),
            }
        );
        let label = match wanted.get(*found..) {
            Some(rest) if !rest.is_empty() => format!("not given: {}", quoted(rest, "and")),
            _ => format!("{} given", count(*found, "argument")),
        };
        Diagnostic::about(self, title, *span, label)
            .mark_if(*declared, format!("`{function}` is declared here"))
            .help(format!("write `{function}({})`", wanted.join(", ")))
    }
}

cause! {
    FW0112 RecursiveFunction {
        /// Each with the place where it calls the next; the last calls the first.
        members: Vec<(String, Span)>,
    }
}

impl RecursiveFunction {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("function `{only}` calls itself"),
            members => format!("functions call each other: {}", ring(members)),
        };
        circle(self, title, &self.members, "calls")
            .note("such a function might never come to an end")
            .help("write the formula out, or split it into functions that build on one another")
    }
}

cause! {
    FW0118 ArgumentTwice {
        function: String,
        name: String,
        first: Span,
        second: Span,
    }
}

impl ArgumentTwice {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` gets its argument `{}` twice",
                self.function, self.name
            ),
            self.second,
            "given again here",
        )
        .mark(self.first, "first given here")
        .help("keep the one that counts")
    }
}

cause! {
    FW0122 ReadsFromOutside {
        name: String,
        /// What it is: `indicator`.
        what: String,
        span: Span,
        declared: Span,
    }
}

impl ReadsFromOutside {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            what,
            span,
            declared,
        } = self;
        let place = (declared != span).then_some(*declared);
        Diagnostic::about(
            self,
            format!("a function cannot read the {what} `{name}`"),
            *span,
            "not one of the function's own parameters",
        )
        .mark_if(place, format!("`{name}` is declared here"))
        .help(format!(
            "give the function one more parameter, and hand it `{name}` where it is called"
        ))
    }
}
