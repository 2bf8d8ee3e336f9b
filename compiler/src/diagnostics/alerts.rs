//! Alerts: clauses that are lacking, stand twice or change nothing.

use super::Diagnostic;
use super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[&[CodeInfo]] = &[&[
    NoRaise::INFO,
    ClauseTwice::INFO,
    TooManyClauses::INFO,
    AlertDecided::INFO,
    SameEscalation::INFO,
]];

cause! {
    /// an alert that nothing raises
    ///
    /// ## What it means
    ///
    /// An alert has one `raise` clause: the condition under which the warning goes out. This one has
    /// none.
    ///
    /// ## Why it matters
    ///
    /// It would stay quiet whatever happens, and a warning that is listed but never comes is worse
    /// than none.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   clear when deaths < 25 for 3 months
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25 for 2 months
    ///   clear when deaths < 25 for 3 months
    /// }
    /// ```
    Error "FW0741" NoRaise {
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
    /// a clause of an alert stands twice
    ///
    /// ## What it means
    ///
    /// An alert has one `raise`, one `clear`, one `cooldown` and one `on unknown`. Only `escalate` may
    /// stand several times, from the less to the more severe.
    ///
    /// ## Why it matters
    ///
    /// Two conditions could mean "either" or "both". Written as one, with `or` or `and`, it is plain
    /// which.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator displaced "Displaced people" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25
    ///   raise when displaced >= 10_000
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator displaced "Displaced people" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25 or displaced >= 10_000
    /// }
    /// ```
    Error "FW0742" ClauseTwice {
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
        if matches!(self.word, "raise" | "clear") {
            diagnostic.help("make one clause of them, with `or` or `and` between the conditions")
        } else {
            diagnostic.help("keep the one that holds")
        }
    }
}

cause! {
    /// more escalations than an alert can have
    ///
    /// ## What it means
    ///
    /// An alert can have at most 29 `escalate` clauses.
    ///
    /// ## Why it matters
    ///
    /// An alert is a message to people who must act. What needs so many steps is a level, and a level
    /// can have as many as its scale.
    ///
    /// ## Wrong
    ///
    /// An alert with 30 or more `escalate` clauses.
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// scale concern { low < high < critical }
    /// level overall : concern {
    ///   critical when deaths >= 1000,
    ///   high when deaths >= 25,
    ///   low otherwise,
    /// }
    /// alert early_warning {
    ///   raise when overall >= high
    ///   escalate when overall is critical
    /// }
    /// ```
    Error "FW0743" TooManyClauses {
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
    /// a clause of an alert is decided before any data
    ///
    /// ## What it means
    ///
    /// Whatever the data are, the condition of this clause has the same answer.
    ///
    /// ## Why it matters
    ///
    /// A `raise` that is always yes warns of everything, and one that is always no of nothing.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25
    ///   clear when no
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25
    ///   clear when deaths < 10
    /// }
    /// ```
    Warning "FW0744" AlertDecided {
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
    /// an escalation asks the same as another clause
    ///
    /// ## What it means
    ///
    /// The condition of this `escalate` is that of `raise`, or of another `escalate`, and must last
    /// as long.
    ///
    /// ## Why it matters
    ///
    /// The alert passes over a step: it is escalated at once and never merely raised.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25
    ///   escalate when deaths >= 25
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// alert early_warning {
    ///   raise when deaths >= 25
    ///   escalate when deaths >= 25 for 3 months
    /// }
    /// ```
    Warning "FW0745" SameEscalation {
        second: Span,
        first: Span,
    }
}

impl SameEscalation {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this escalation asks the same as an earlier clause",
            self.second,
            "met whenever the other one is",
        )
        .mark(self.first, "asks the same")
        .help("ask for more, or for longer: `escalate when … for 3 months`")
    }
}
