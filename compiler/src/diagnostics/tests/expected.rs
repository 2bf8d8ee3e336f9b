//! What a test expects.

use crate::diagnostics::Diagnostic;
use crate::diagnostics::wording::{count, with_article};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1005 NoSuchRow {
        span: Span,
        found: String,
        rows: usize,
        word: String,
        over: Option<Span>,
        /// Of a test that does not say how long it is: how that is said.
        meant: Vec<(Span, String)>,
    }
}

impl NoSuchRow {
    fn words(&self) -> Diagnostic {
        let title = format!("the test has no `{}`", self.found);
        if !self.meant.is_empty() {
            let told = Diagnostic::about(self, title, self.span, "the test has one row");
            return how_long(told, &self.meant);
        }
        let help = if self.over.is_none() {
            "the test has one row: leave `at …` out, or say `over 24 months` behind the name"
                .to_owned()
        } else if self.rows == 1 {
            format!("write `at {} 1`", self.word)
        } else {
            format!(
                "write `at {} 1` to `at {} {}`",
                self.word, self.word, self.rows
            )
        };
        let told = Diagnostic::about(self, title, self.span, "not in this test").mark_if(
            self.over,
            format!("it is over {}", count(self.rows, &self.word)),
        );
        // `at month 3` of a test over weeks
        let other = self.found.split_once(' ').filter(|(word, number)| {
            let number: Option<usize> = number.trim().parse().ok();
            *word != self.word && number.is_some_and(|row| (1..=self.rows).contains(&row))
        });
        match other {
            Some((_, number)) => {
                let meant = format!("{} {}", self.word, number.trim());
                told.mend(
                    format!("write `at {meant}`"),
                    vec![(self.span, meant.clone())],
                )
            }
            None => told.help(help),
        }
    }
}

/// The ways to say behind its name how long a test is.
pub(super) fn how_long(told: Diagnostic, meant: &[(Span, String)]) -> Diagnostic {
    meant.iter().fold(told, |told, (place, text)| {
        told.mend(
            format!(
                "say behind the test's name how long it is: `{}`",
                text.trim()
            ),
            vec![(*place, text.clone())],
        )
    })
}

cause! {
    FW1007 ToleranceNotHere {
        span: Span,
    }
}

impl ToleranceNotHere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(self, "a tolerance, but no number to be near to", self.span, "near to what?")
            .help("leave `within …` out, or write the number expected: `expect hdi is 0.966 within 0.001`")
    }
}

cause! {
    FW1009 SayWhen {
        span: Span,
        word: String,
        rows: usize,
    }
}

impl SayWhen {
    fn words(&self) -> Diagnostic {
        let title = format!("in which {} is this expected?", self.word);
        Diagnostic::about(self, title, self.span, format!("says no {}", self.word)).help(format!(
            "add `at {} {}`, or expect a series with a value for each {}",
            self.word, self.rows, self.word
        ))
    }
}

cause! {
    FW1010 NothingHappens {
        name: String,
        kind: &'static str,
        span: Span,
        given: Option<Span>,
    }
}

impl NothingHappens {
    fn words(&self) -> Diagnostic {
        let title = match self.given {
            Some(_) => format!("`{}` is given, so no event of it follows", self.name),
            None => format!(
                "`{}` is {}, and only alerts have events",
                self.name,
                with_article(self.kind)
            ),
        };
        let help = match self.given {
            Some(_) => "give what the alert looks at instead",
            None => "ask for its value: `is yes`, `is 0.5`, `>= high`",
        };
        Diagnostic::about(self, title, self.span, "has no events here")
            .mark_if(self.given, "given here")
            .help(help)
    }
}

cause! {
    FW1020 ExpectsWithoutIs {
        of: String,
        word: String,
        span: Span,
    }
}

impl ExpectsWithoutIs {
    fn words(&self) -> Diagnostic {
        let Self { of, word, span } = self;
        let start = Span {
            end: span.start,
            ..*span
        };
        Diagnostic::about(
            self,
            format!("`is` is missing between `{of}` and `{word}`"),
            *span,
            "a level of the scale",
        )
        .mend(
            format!("write `expect {of} is {word}`"),
            vec![(start, "is ".to_owned())],
        )
    }
}
