//! Functions and their arguments.

use super::super::Diagnostic;
use super::super::suggest::suggest;
use super::super::wording::{circle, count, list, quoted, ring};
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
        let of_time = matches!(
            name.as_str(),
            "over" | "by" | "periods" | "length" | "n" | "for"
        );
        if of_time && matches!(function.as_str(), "lag" | "previous") {
            return Diagnostic::about(self, title, *span, "no name is needed here").help(format!(
                "how far back stands right behind the value, without a name: `{function}(x, 3 months)` in a panel \
                 by month"
            ));
        }
        if name == "require" && known.contains(name) {
            let title = format!("`require:` of `{function}` does not say what has to be known");
            return Diagnostic::about(self, title, *span, "how many of them?")
                .help("write how many with `known` behind it: `require: 1 known`");
        }
        if name == "require" && known.is_empty() && function == "count" {
            return Diagnostic::about(self, title, *span, "so many of several values").help(
                "a count of several values goes by those that are known, and stays open where the others could \
                 change the answer; how many are known is `known_count(a, b, c)`",
            );
        }
        let meant =
            other_name(name, known).or_else(|| suggest(name, known.iter().map(String::as_str)));
        match meant {
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

/// What a function takes without a name.
#[derive(Clone, Debug)]
pub enum Taken {
    Exactly(usize),
    /// So many before what stands behind a name.
    BeforeNames(usize),
    AtLeastOne,
    /// It is no call: breakpoints stand between braces.
    Breakpoints,
}

cause! {
    FW0111 WrongArgumentCount {
        function: String,
        span: Span,
        /// How many are given without a name, where names are counted apart.
        found: usize,
        taken: Taken,
        /// What it is not given, in words or by name.
        missing: Vec<String>,
        /// How it is called.
        shape: String,
        declared: Option<Span>,
        /// The call as it was probably meant: its place, what it is, and how it is written.
        meant: Option<(Span, &'static str, String)>,
    }
}

/// What other languages call an argument.
fn other_name(name: &str, known: &[String]) -> Option<&'static str> {
    let meant = match name.to_ascii_lowercase().as_str() {
        "by" | "within" | "per" | "group" | "group_by" | "groupby" | "of" | "partition" => "among",
        "window" | "period" | "periods" | "last" | "n" | "months" | "years" | "days" | "length" => {
            "over"
        }
        "requires" | "required" | "min" | "minimum" | "min_known" | "known" | "min_periods" => {
            "require"
        }
        "order" | "sort" => "first",
        "range" | "reference" => "baseline",
        _ => return None,
    };
    known.iter().any(|known| known == meant).then_some(meant)
}

impl WrongArgumentCount {
    fn words(&self) -> Diagnostic {
        let Self {
            function,
            span,
            found,
            taken,
            missing,
            shape,
            declared,
            meant,
        } = self;
        let given = match found {
            0 => "and none is given".to_owned(),
            found => format!("not {found}"),
        };
        let takes = match taken {
            Taken::Exactly(0) => "no arguments".to_owned(),
            Taken::Exactly(number) => count(*number, "argument"),
            Taken::BeforeNames(number) => {
                format!("{} without a name", count(*number, "argument"))
            }
            Taken::AtLeastOne => "one argument or more".to_owned(),
            Taken::Breakpoints => "breakpoints between `{` and `}`".to_owned(),
        };
        let title = match taken {
            Taken::Breakpoints => format!("`{function}` is no call: it takes {takes}"),
            Taken::Exactly(_) | Taken::BeforeNames(_) | Taken::AtLeastOne => {
                format!("`{function}` takes {takes}, {given}")
            }
        };
        let label = match missing.as_slice() {
            [] => format!("{} given", count(*found, "argument")),
            rest => format!("not given: {}", list(rest, "and")),
        };
        let diagnostic = Diagnostic::about(self, title, *span, label)
            .mark_if(*declared, format!("`{function}` is declared here"));
        match meant {
            Some((whole, what, text)) => {
                diagnostic.mend(format!("{what} is `{text}`"), vec![(*whole, text.clone())])
            }
            None => diagnostic.help(shape.clone()),
        }
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
        /// The second is given by its place alone, and the first by its name.
        nameless: bool,
        /// The only argument that is not given.
        meant: Option<String>,
    }
}

impl ArgumentTwice {
    fn words(&self) -> Diagnostic {
        if self.nameless {
            return self.by_place();
        }
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

    fn by_place(&self) -> Diagnostic {
        let Self { function, name, .. } = self;
        let title = format!(
            "a value without a name stands in the place of `{name}`, which `{function}` is given by its name"
        );
        let label = format!("stands in the place of `{name}`");
        let diagnostic = Diagnostic::about(self, title, self.second, label)
            .mark(self.first, format!("`{name}` is given here"));
        match &self.meant {
            Some(meant) => {
                let place = Span {
                    end: self.second.start,
                    ..self.second
                };
                diagnostic.mend(
                    format!("say what it is: `{meant}: …`"),
                    vec![(place, format!("{meant}: "))],
                )
            }
            None => diagnostic.help("write values without a name first, or say what each is"),
        }
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
