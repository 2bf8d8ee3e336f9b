//! Declarations as such: twice, in a ring, unused, named like a word of the language.

use super::super::Diagnostic;
use super::super::wording::{circle, ring};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0101 DuplicateName {
        name: String,
        first: Span,
        second: Span,
        /// A name that is used and declared nowhere, and whether the second is likelier to be meant by it.
        lacking: Option<(String, bool)>,
    }
}

impl DuplicateName {
    fn words(&self) -> Diagnostic {
        let told = Diagnostic::about(
            self,
            format!("`{}` is declared twice", self.name),
            self.second,
            "declared again here",
        )
        .mark(self.first, "first declared here");
        let Some((lacking, second)) = &self.lacking else {
            return told.help("rename one of them, or remove it");
        };
        let call = |told: Diagnostic, which: &str, place: Span| {
            told.mend(
                format!("`{lacking}` is used and declared nowhere: call the {which} so"),
                vec![(place, lacking.clone())],
            )
        };
        match second {
            true => call(call(told, "second", self.second), "first", self.first),
            false => call(call(told, "first", self.first), "second", self.second),
        }
    }
}

cause! {
    FW0102 Cycle {
        /// Each with the place where it uses the next; the last uses the first.
        members: Vec<(String, Span)>,
        past: Past,
    }
}

/// Could a circle go by way of an earlier period?
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Past {
    /// Not here.
    None,
    /// Params alone are in it, and those are constants.
    Constants,
    /// A test gives something by way of itself.
    Given,
    /// If it were written so.
    Possible { lag: String },
    /// It does, and what stands before the first period is not stated.
    Lagged { lag: String },
}

impl Cycle {
    fn words(&self) -> Diagnostic {
        let title = match self.members.as_slice() {
            [(only, _)] => format!("`{only}` needs itself"),
            members => format!("declarations need each other: {}", ring(members)),
        };
        let told = circle(self, title, &self.members, "needs");
        let alone = self.members.len() == 1;
        let one = if alone { "it" } else { "one of them" };
        let now = if alone {
            "within one period a value cannot be worked out before itself"
        } else {
            "within one period none of these values can be worked out before the others"
        };
        match &self.past {
            Past::Constants => told
                .note("a param is a constant of the method, and rests on no data")
                .help(format!(
                    "break the circle: write the value of {}, such as `= 20`",
                    match self.members.as_slice() {
                        [(only, _)] => format!("`{only}`"),
                        _ => "one of them".to_owned(),
                    }
                )),
            Past::Given => told
                .note("what is given stands in place of its own formula, and may not need it")
                .help("give a value: a number, a level, `yes`, `no` or `missing`"),
            Past::None => told
                .note(now)
                .help(format!("break the circle: let {one} rest on indicators only")),
            Past::Possible { lag } => told.note(now).help(format!(
                "let {one} rest on indicators only, or on an earlier period, with a stated beginning: `{lag}`"
            )),
            Past::Lagged { lag } => told
                .note("an earlier period is read, and nothing says what stands before the first one")
                .help(format!("state with what it begins: `{lag}`")),
        }
    }
}

cause! {
    FW0124 NothingToShow {
        name: String,
        span: Span,
        why: &'static str,
        declared: Span,
    }
}

impl NothingToShow {
    fn words(&self) -> Diagnostic {
        let title = format!("there is nothing to show of `{}`: {}", self.name, self.why);
        Diagnostic::about(self, title, self.span, "shown here")
            .mark(self.declared, "declared here")
            .help("show indicators and steps, or leave it out")
    }
}

cause! {
    FW0103 Unused {
        /// The kind of declaration: `indicator`.
        what: &'static str,
        name: String,
        span: Span,
    }
}

impl Unused {
    fn words(&self) -> Diagnostic {
        let Self { what, name, span } = self;
        // `let` is the word in the rules; people speak of a step.
        let noun = if *what == "let" { "step" } else { what };
        let diagnostic = Diagnostic::about(
            self,
            format!("nothing uses the {noun} `{name}`"),
            *span,
            format!("nothing published rests on this {noun}"),
        );
        match noun {
            "step" => diagnostic
                .help("use it, remove it, or declare it as a `score` or `signal` to publish it"),
            _ => diagnostic.help("use it, or remove it"),
        }
    }
}

cause! {
    FW0104 ShadowsBuiltin {
        name: String,
        span: Span,
    }
}

impl ShadowsBuiltin {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("the language already has something called `{}`", self.name),
            self.span,
            "this name is taken",
        )
        .help(format!("choose another name, such as `own_{}`", self.name))
    }
}

cause! {
    FW0123 OneColumn {
        /// The declaration whose column another has.
        name: String,
        /// `score`
        what: &'static str,
        column: String,
        span: Span,
        /// The column that is there already, and whose it is.
        other: String,
        owner: &'static str,
        key: String,
        declared: Span,
    }
}

impl OneColumn {
    fn words(&self) -> Diagnostic {
        let Self {
            name, what, column, ..
        } = self;
        let (owner, other) = (self.owner, &self.other);
        let title = if column == other {
            format!(
                "the {what} `{name}` would have the column `{column}` of the {owner} `{}`",
                self.key
            )
        } else {
            format!("`{column}` and `{other}` differ only in their capitals")
        };
        let label = if *what == "key" {
            "read from the same column"
        } else {
            "a column of the results"
        };
        let note = if column == other {
            "results with two columns of one name cannot be read"
        } else {
            "spreadsheets, databases and file systems take two such names for one"
        };
        let declared = format!("the {owner} `{}` has `{other}`", self.key);
        Diagnostic::about(self, title, self.span, label)
            .mark(self.declared, declared)
            .note(note)
            .help(format!(
                "rename the {what}, such as `{name}_{}`",
                suffix(what)
            ))
    }
}

cause! {
    FW0125 TwoReadOne {
        /// The indicator that reads the column of another.
        name: String,
        column: String,
        other: String,
        span: Span,
        declared: Span,
    }
}

impl TwoReadOne {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            column,
            other,
            ..
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` and `{other}` read one column: `{column}`"),
            self.span,
            format!("read from `{column}`"),
        )
        .mark(self.declared, format!("read from `{column}`, too"))
        .note("both have the same value in every row, so that one over the other is always 1")
        .help(format!(
            "name the column that `{name}` has in the data: `column \"…\"`, or `--map` where \
             that says so; if both are meant to read it, use one indicator for both"
        ))
    }
}

/// What a name can end in so that it is another.
fn suffix(what: &str) -> &str {
    if what == "key" { "key" } else { "result" }
}
