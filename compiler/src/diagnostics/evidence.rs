//! Verification of observations, and the codes of a publication.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

/// What an indicator lacks to have a least alarming value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeastAlarming {
    /// A lowest value.
    Low,
    /// A highest value: it is protective.
    High,
    /// An order.
    Order,
}

cause! {
    FW0751 NoLeastAlarming {
        name: String,
        /// `verification column "…"`
        span: Span,
        wanted: LeastAlarming,
    }
}

impl NoLeastAlarming {
    fn words(&self) -> Diagnostic {
        let Self { name, span, wanted } = self;
        let (lacks, help) = match wanted {
            LeastAlarming::Low => (
                "no lowest value",
                "declare where it begins, such as `number in 0..`",
            ),
            LeastAlarming::High => (
                "no highest value",
                "declare where it ends, such as `number in 0..10`: it is protective, so the highest value alarms least",
            ),
            LeastAlarming::Order => (
                "no order",
                "verify indicators that are numbers, truths or levels",
            ),
        };
        Diagnostic::about(
            self,
            format!("`{name}` cannot be verified: it has {lacks}"),
            *span,
            "where this says no, it would read as the least alarming value",
        )
        .help(help)
    }
}

cause! {
    FW0752 NothingVerified {
        span: Span,
    }
}

impl NothingVerified {
    fn words(&self) -> Diagnostic {
        let label = "no indicator below this has a `verification column`";
        Diagnostic::about(self, "`verified` changes nothing here", self.span, label)
            .note("only data can say what was verified, in a column beside the observation")
            .help("add `verification column \"…\"` to the indicators, or leave out `verified`")
    }
}

cause! {
    FW0753 VerifiedInFunction {
        span: Span,
    }
}

impl VerifiedInFunction {
    fn words(&self) -> Diagnostic {
        let title = "`verified` cannot stand in a function";
        Diagnostic::about(
            self,
            title,
            self.span,
            "what this rests on is not seen from here",
        )
        .help("put it around the call: `verified(f(x))`")
    }
}

cause! {
    FW0754 VerifiedAlert {
        /// The alert's.
        name: String,
        /// `verified(…)`
        span: Span,
        alert: Span,
    }
}

impl VerifiedAlert {
    fn words(&self) -> Diagnostic {
        let Self { name, span, alert } = self;
        let title = format!("`verified` reaches the alert `{name}`");
        Diagnostic::about(self, title, *span, format!("rests on `{name}`"))
            .mark(
                *alert,
                "there is one alert, which remembers what was notified",
            )
            .help("use `verified` in the alert's own conditions")
    }
}

cause! {
    FW0757 SeenNotConfirmed {
        span: Span,
    }
}

impl SeenNotConfirmed {
    fn words(&self) -> Diagnostic {
        let title = "this was seen, and nothing says that it is confirmed";
        Diagnostic::about(self, title, self.span, "seen here").help(
            "write `provenance confirmed`, or `provenance confirmed in part` where only a part of it was \
             seen",
        )
    }
}

cause! {
    FW0755 UnverifiedNotHere {
        span: Span,
        /// The declaration that a test gives; none outside of tests.
        name: Option<String>,
    }
}

impl UnverifiedNotHere {
    fn words(&self) -> Diagnostic {
        match &self.name {
            Some(name) => Diagnostic::about(
                self,
                format!("nothing says of `{name}` whether it was verified"),
                self.span,
                format!("`{name}` has no `verification column`"),
            )
            .help("give the value alone"),
            None => Diagnostic::about(
                self,
                "`unverified` belongs to what a test gives",
                self.span,
                "here only data says what was verified",
            )
            .help("`x.verified` asks whether the observation was; `verified(…)` leaves out what was not"),
        }
    }
}

cause! {
    FW0756 CodeTwice {
        code: String,
        first: Span,
        second: Span,
    }
}

impl CodeTwice {
    fn words(&self) -> Diagnostic {
        let Self {
            code,
            first,
            second,
        } = self;
        Diagnostic::about(
            self,
            format!("the code `{code}` stands twice"),
            *second,
            "the same code again",
        )
        .mark(*first, "first here")
        .help("compare both with the publication, and correct the one that is wrong")
    }
}

cause! {
    FW0758 CostNotAbove {
        span: Span,
        /// The number, or the kind of value that it is.
        found: String,
    }
}

impl CostNotAbove {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "a change costs more than nothing",
            self.span,
            format!("this is {}", self.found),
        )
        .note("options are told by what they cost together: each is a plain number above 0")
        .help("write how much the change costs beside others, such as `changeable cost 3`")
        .help("or `changeable` alone, which costs 1")
    }
}

/// What a word says besides that there is no such value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaysElse {
    /// There is no word: an empty cell is missing.
    Nothing,
    /// It stands twice.
    Again,
    /// It is a value of the indicator.
    Value,
}

cause! {
    FW0759 WordSaysElse {
        span: Span,
        /// The indicator.
        name: String,
        word: String,
        says: SaysElse,
    }
}

impl WordSaysElse {
    fn words(&self) -> Diagnostic {
        let Self { name, word, .. } = self;
        match self.says {
            SaysElse::Nothing => Diagnostic::about(
                self,
                "an empty cell is missing, and not \"not applicable\"",
                self.span,
                "there is no word here",
            )
            .help("write the word that the data have for it, such as `applies unless written \"n/a\"`")
            .help("where another column says so, `applies when` asks it"),
            SaysElse::Again => Diagnostic::about(
                self,
                format!("`{word}` stands twice"),
                self.span,
                "the same word again",
            )
            .note("capitals, blanks, hyphens and underscores do not tell words of the data apart")
            .help("leave it out"),
            SaysElse::Value => Diagnostic::about(
                self,
                format!("`{word}` is a value of `{name}`"),
                self.span,
                "a cell with it would say two things",
            )
            .help("write a word, or a number outside of the declared range, that the data have for it"),
        }
    }
}

cause! {
    FW0760 NeverInapplicable {
        span: Span,
        /// What a test gives.
        name: String,
        /// It is an indicator.
        is_indicator: bool,
    }
}

impl NeverInapplicable {
    fn words(&self) -> Diagnostic {
        let Self { name, .. } = self;
        let title = format!("no cell of `{name}` can say that it is not applicable");
        let found = Diagnostic::about(self, title, self.span, "given here");
        if self.is_indicator {
            found
                .help(format!(
                    "declare the words of the data that say so with `{name}`: `applies unless written \"n/a\"`"
                ))
                .help("where it has an `applies when`, give what that asks for")
        } else {
            found.help("give what it is made of: where nothing of that applies, it does not either")
        }
    }
}
