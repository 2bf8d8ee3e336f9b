//! Confidentiality: what is stated to be more open than what it rests on, and the one way out.

use super::Diagnostic;
use super::wording::with_article;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// A value on the way from something confidential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `factor`
    pub kind: &'static str,
    pub name: String,
}

cause! {
    FW0721 Leak {
        /// What it is stated to be.
        is: &'static str,
        /// To what declassifying would have to lead, where that is not `public`.
        to: Option<&'static str>,
        span: Span,
        /// How closed the beginning of the way is.
        origin: &'static str,
        /// The source that makes it so.
        source: Option<String>,
        /// Where that stands.
        stated: Span,
        /// From the beginning to the declaration itself.
        path: Vec<Step>,
    }
}

impl Leak {
    fn words(&self) -> Diagnostic {
        let Self { is, origin, .. } = self;
        let first = self.path.first();
        let last = self.path.last();
        let name = last.map_or("", |step| step.name.as_str());
        let alone = self.path.len() < 2;
        let rests = match first {
            Some(_) if alone => format!("comes from a {origin} source"),
            Some(step) => format!("rests on a {origin} {}", step.kind),
            None => String::new(),
        };
        let title = format!("`{name}` is {is}, but {rests}");
        let way: Vec<String> = self
            .path
            .iter()
            .enumerate()
            .map(|(at, step)| match (at, &self.source) {
                (0, Some(source)) => format!("`{}` ({origin}, from `{source}`)", step.name),
                (0, None) => format!("`{}` ({origin})", step.name),
                _ => format!("{} `{}`", step.kind, step.name),
            })
            .collect();
        let (what, step) = match self.path.get(1) {
            Some(step) => (
                format!("the {} does not reveal the source", step.kind),
                step,
            ),
            None => {
                let own = first.cloned().unwrap_or(Step {
                    kind: "value",
                    name: String::new(),
                });
                return self.of_source(title, &own);
            }
        };
        let to = self.to.map_or(String::new(), |to| format!("to {to} "));
        let stated = match &self.source {
            Some(source) => format!("`{source}` is {origin}"),
            None => format!("{origin} here"),
        };
        Diagnostic::about(self, title, self.span, "declared here")
            .mark(self.stated, stated)
            .note(format!("the way it flows: {}", way.join(" → ")))
            .help(format!(
                "raise the classification, or `declassify {} {to}because \"…\"` if publishing {what}",
                step.name
            ))
    }

    /// An indicator that is stated to be more open than its source.
    fn of_source(&self, title: String, own: &Step) -> Diagnostic {
        let source = self.source.as_deref().unwrap_or("");
        let to = self.to.map_or(String::new(), |to| format!("to {to} "));
        Diagnostic::about(self, title, self.span, "declared here")
            .mark(self.stated, format!("`{source}` is {}", self.origin))
            .help(format!(
                "raise the classification, or `declassify {} {to}because \"…\"` if this column may be \
                 known although its source may not",
                own.name
            ))
    }
}

cause! {
    FW0722 NoReasonToDeclassify {
        name: String,
        /// To whom it is opened, where that is said.
        to: Option<&'static str>,
        span: Span,
    }
}

impl NoReasonToDeclassify {
    fn words(&self) -> Diagnostic {
        let name = &self.name;
        let to = self.to.map_or(String::new(), |to| format!("to {to} "));
        let title = format!("`{name}` is declassified without a reason");
        Diagnostic::about(self, title, self.span, "why may this be known?").help(format!(
            "add the reason: `declassify {name} {to}because \"…\"`"
        ))
    }
}

cause! {
    FW0723 DeclassifiesNothing {
        name: String,
        /// What it is declassified to.
        to: &'static str,
        /// What it is without that.
        is: &'static str,
        span: Span,
    }
}

impl DeclassifiesNothing {
    fn words(&self) -> Diagnostic {
        let Self { name, to, is, span } = self;
        let title = format!("`{name}` is not more closed than {to}");
        let label = if to == is {
            format!("it is {is} already")
        } else {
            format!("it is {is}, which is more open")
        };
        Diagnostic::about(self, title, *span, label).help(
            "drop the declassification, or name the value that rests on something confidential",
        )
    }
}

cause! {
    FW0724 DeclassifiedTwice {
        name: String,
        first: Span,
        second: Span,
    }
}

impl DeclassifiedTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is declassified twice", self.name);
        Diagnostic::about(self, title, self.second, "a second time")
            .mark(self.first, "first here")
            .help("keep the one that was decided")
    }
}

cause! {
    FW0725 CannotDeclassify {
        name: String,
        span: Span,
    }
}

impl CannotDeclassify {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is a list and cannot be declassified", self.name);
        Diagnostic::about(self, title, self.span, "stands for all values in it")
            .help("declassify what is made of the list, or one of the values in it")
    }
}

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    Indicator,
    Verification,
    Key,
}

cause! {
    FW0727 ColumnIsClosed {
        /// Who reads it and is more open.
        name: String,
        what: Reads,
        is: &'static str,
        column: String,
        closed: &'static str,
        /// The indicator that makes it so.
        by: String,
        span: Span,
        declared: Span,
    }
}

impl ColumnIsClosed {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            is,
            column,
            closed,
            by,
            ..
        } = self;
        let title = match self.what {
            Reads::Indicator => {
                format!("`{name}` is {is}, but reads the column `{column}`, which is {closed}")
            }
            Reads::Verification => format!(
                "`{name}` is {is}, but is verified by the column `{column}`, which is {closed}"
            ),
            Reads::Key => format!(
                "the key `{name}` stands in all results, but reads the column `{column}`, which is {closed}"
            ),
        };
        let help = match self.what {
            Reads::Indicator | Reads::Verification => format!(
                "give `{name}` the same `classification {closed}`, or `declassify {by} because \"…\"` if \
                 the column may be known"
            ),
            Reads::Key => format!(
                "read `{by}` from another column, or leave its classification out: what a key says is \
                 never withheld"
            ),
        };
        Diagnostic::about(self, title, self.span, format!("reads `{column}` as {is}"))
            .mark(
                self.declared,
                format!("`{by}` is {closed}, and reads it too"),
            )
            .note("who may not see a column may not see it under another name")
            .help(help)
    }
}

cause! {
    FW0728 DeclassifiedBefore {
        name: String,
        to: &'static str,
        /// What is changed: `preparation.hate_speech`.
        changed: String,
        /// The reason that was given.
        because: String,
        /// The change.
        span: Span,
        declassified: Span,
    }
}

impl DeclassifiedBefore {
    fn words(&self) -> Diagnostic {
        let Self { name, to, .. } = self;
        let title = format!("`{name}` was declassified as it was before this change");
        let to = if *to == "public" {
            String::new()
        } else {
            format!("to {to} ")
        };
        Diagnostic::about(
            self,
            title,
            self.span,
            format!("`{}` is changed here", self.changed),
        )
        .mark(
            self.declassified,
            format!("declassified because “{}”", self.because),
        )
        .note("the reason was given for another formula: whether it still holds, nobody has said")
        .help(format!(
            "if it may be known as it is now, say so here: `declassify {name} {to}because \"…\"`"
        ))
    }
}

cause! {
    FW0726 NotForThisAudience {
        audience: &'static str,
        /// What is shown and rests on the data.
        names: Vec<String>,
        /// Codes with what their pages are about.
        found: Vec<(&'static str, &'static str)>,
        /// Where the first of these values is declared.
        span: Span,
    }
}

impl NotForThisAudience {
    fn words(&self) -> Diagnostic {
        let names = super::wording::quoted(&self.names, "and");
        let title = format!("the data that {names} rests on cannot be used");
        let about = Diagnostic::about(
            self,
            title,
            self.span,
            "declassified, from data that are not",
        );
        let told = self.found.iter().fold(about, |about, (code, title)| {
            about.note(format!("found: {code}, {title}"))
        });
        told.help(format!(
            "where and what is withheld from {} audience: `--audience confidential` tells it",
            with_article(self.audience)
        ))
    }
}
