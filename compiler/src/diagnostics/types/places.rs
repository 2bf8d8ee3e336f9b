//! Values in places that take only some: lists, constants, declared kinds, functions to come.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0208 WantedList {
        span: Span,
        found: String,
        /// What needs the list: ``` `any` ```.
        context: String,
        /// The same over one value's past, and over its peers, where there are such.
        past: Option<String>,
        peers: Option<String>,
    }
}

impl WantedList {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
            past,
            peers,
        } = self;
        let mut told = Diagnostic::about(
            self,
            format!("{context} needs a list, and this is {found}"),
            *span,
            format!("this is {found}"),
        );
        if let Some(past) = past {
            told = told.help(format!("over its own past: `{past}`"));
        }
        if let Some(peers) = peers {
            told = told.help(format!("over all in the same period: `{peers}`"));
        }
        told.help("over several values: list them, `[a, b, c]`, or name a group, `factors`, `signals` or a factor's `.members`")
    }
}

cause! {
    FW0209 ListNotHere {
        span: Span,
        found: String,
        help: String,
    }
}

impl ListNotHere {
    fn words(&self) -> Diagnostic {
        let diagnostic = Diagnostic::about(
            self,
            "one value belongs here, not a list",
            self.span,
            format!("this is {}", self.found),
        );
        if self.help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(self.help.clone())
        }
    }
}

cause! {
    FW0210 NotConstant {
        span: Span,
        /// What must be fixed: `a param`.
        context: String,
        /// What varies.
        why: Span,
        /// Its name; may be empty.
        name: String,
        by: VariesBy,
    }
}

/// Why something is not the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariesBy {
    Data,
    /// A param that has a value for each of several spans of time.
    Date,
    /// A parameter of a function.
    Call,
}

impl NotConstant {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            context,
            why,
            name,
            by,
        } = self;
        let what = if name.is_empty() {
            "this".to_owned()
        } else {
            format!("`{name}`")
        };
        let varies = match by {
            VariesBy::Data => format!("{what} depends on the data"),
            VariesBy::Date => format!("{what} has several values, each for periods of its own"),
            VariesBy::Call => format!("{what} is what each call says"),
        };
        let title = format!("{context} must be a fixed value");
        let diagnostic = if span == why {
            Diagnostic::about(self, title, *span, varies)
        } else {
            Diagnostic::about(self, title, *why, varies)
                .mark(*span, "so this differs from row to row")
        };
        diagnostic.help(if context.contains("param") {
            "write a number, or declare a `let` or a `score` for a value that varies"
        } else if *by == VariesBy::Date {
            "write a number or name a param that has one value for all periods"
        } else {
            "write a number or name a param"
        })
    }
}

cause! {
    FW0213 TypeNotHere {
        span: Span,
        found: String,
        /// What cannot be of this kind: `an indicator`.
        context: String,
    }
}

impl TypeNotHere {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            context,
        } = self;
        let diagnostic = Diagnostic::about(
            self,
            format!("{context} cannot be {found}"),
            *span,
            "this kind of value does not fit here",
        );
        if found.contains("date") {
            diagnostic.help(
                "each row has its period: give what happened as a `truth`, and ask `since(…)` how long ago it was; \
                 or give the time that passed as a number",
            )
        } else if found.contains("text") {
            diagnostic.help(
                "for a few fixed words write `category { west, central }`; for ordered ones \
                 declare a `scale`",
            )
        } else {
            diagnostic.help("use a number, a yes or no (`truth`), a scale or a category")
        }
    }
}
