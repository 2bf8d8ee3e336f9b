//! Alerts: clauses that are lacking, stand twice or change nothing.

use super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0741 NoRaise {
        name: String,
        span: Span,
    }
}

impl NoRaise {
    fn words(&self) -> Diagnostic {
        let title = format!("nothing raises the alert `{}`", self.name);
        Diagnostic::about(self, title, self.span, "has no `raise` clause")
            .help("say when the warning goes out: `raise when … for 2 months`")
    }
}

cause! {
    FW0742 ClauseTwice {
        /// `raise`
        word: &'static str,
        first: Span,
        second: Span,
    }
}

impl ClauseTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("this alert says `{}` twice", self.word);
        let diagnostic = Diagnostic::about(self, title, self.second, "and here again")
            .mark(self.first, "said here");
        if self.word == "raise" {
            diagnostic.help(
                "where the second asks for more, write `escalate` in its place; else make one clause of them, \
                 with `or` between the conditions and one duration behind both",
            )
        } else if self.word == "clear" {
            diagnostic.help("make one clause of them, with `or` or `and` between the conditions")
        } else {
            diagnostic.help("keep the one that holds")
        }
    }
}

cause! {
    FW0743 TooManyClauses {
        name: String,
        span: Span,
        most: usize,
    }
}

impl TooManyClauses {
    fn words(&self) -> Diagnostic {
        let title = format!("the alert `{}` has too many `escalate` clauses", self.name);
        let label = format!("at most {} are possible", self.most);
        Diagnostic::about(self, title, self.span, label)
            .help("put the steps on a scale, as a `level`, and let the alert follow the level")
    }
}

cause! {
    FW0744 AlertDecided {
        span: Span,
        clause: Span,
        yes: bool,
    }
}

impl AlertDecided {
    fn words(&self) -> Diagnostic {
        let answer = if self.yes { "always" } else { "never" };
        let title = format!("the condition of this clause is {answer} met, whatever the data");
        let answer = if self.yes { "yes" } else { "no" };
        let diagnostic = Diagnostic::about(self, title, self.span, format!("always {answer}"));
        diagnostic
            .mark(self.clause, "the clause")
            .help("correct the condition, or leave the clause out")
    }
}

cause! {
    FW0745 SameEscalation {
        second: Span,
        first: Span,
        /// A condition that asks for more, where the levels of the file give one.
        more: Option<String>,
        /// How long it could be asked for, in the panel's periods.
        longer: String,
        /// Where it asks for less than what raises the alert: what would raise it and what would escalate it if
        /// the two were exchanged.
        exchange: Option<(String, String)>,
    }
}

impl SameEscalation {
    fn words(&self) -> Diagnostic {
        let told = Diagnostic::about(
            self,
            "this escalation asks for no more than an earlier clause",
            self.second,
            "met whenever the other one is",
        )
        .mark(self.first, "the other one");
        if let Some((raise, escalate)) = &self.exchange {
            // Whether the two were exchanged, or one was mistyped, its author knows.
            let more = match &self.more {
                Some(more) => {
                    format!("ask for more, such as `escalate when {more}`, or for longer")
                }
                None => "ask for more, or for longer".to_owned(),
            };
            return told.help(more).help(format!(
                "or exchange the two conditions: `raise when {raise}` and `escalate when {escalate}`"
            ));
        }
        told.help(match &self.more {
            Some(more) => format!(
                "ask for more, such as `escalate when {more}`, or for longer: `escalate when … for {}`",
                self.longer
            ),
            None => format!(
                "ask for more, or for longer: `escalate when … for {}`",
                self.longer
            ),
        })
    }
}

cause! {
    FW0746 NothingToLower {
        name: String,
        /// `lower when …`
        span: Span,
    }
}

impl NothingToLower {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` has no step that it could be lowered by", self.name),
            self.span,
            "takes an escalated alert down by one step",
        )
        .help("add `escalate when …`, or say with `clear when …` when the alert is over")
    }
}

/// When what clears an alert and what raises it hold together.
#[derive(Clone, Debug)]
pub enum Together {
    WheneverRaised,
    /// It is cleared by nothing else than what raises it.
    OnlyWhileRaised,
    /// Where the level stands there.
    At(String, String),
}

cause! {
    FW0749 ClearsWhileRaised {
        clear: Span,
        raise: Span,
        together: Together,
        /// A clause that clears it when things are better, where the levels of the file give one.
        better: Option<String>,
    }
}

impl ClearsWhileRaised {
    fn words(&self) -> Diagnostic {
        let (title, label) = match &self.together {
            Together::WheneverRaised => (
                "this clears the alert while it still would be raised".to_owned(),
                "met whenever the alert is raised".to_owned(),
            ),
            Together::OnlyWhileRaised => (
                "this clears the alert only where it would be raised".to_owned(),
                "met only where the alert is raised".to_owned(),
            ),
            Together::At(value, level) => (
                format!("this clears the alert while it still would be raised, at `{level}`"),
                format!("met where `{value}` is `{level}`, as is what raises it"),
            ),
        };
        let told = Diagnostic::about(self, title, self.clear, label)
            .mark(self.raise, "raised here")
            .note("an alert that is cleared by what raises it comes and goes with every period");
        match &self.better {
            Some(better) => told.mend(
                format!(
                    "clear it when things are better than where it is raised, such as `clear when {better}`"
                ),
                vec![(self.clear, better.clone())],
            ),
            None => told.help("clear it when things are better than where it is raised"),
        }
    }
}
