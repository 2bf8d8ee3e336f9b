//! The way the members of a factor become one value.

use super::super::Diagnostic;
use super::super::wording::{is_open, quoted};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0607 UnknownCombine {
        words: String,
        span: Span,
        known: Vec<&'static str>,
        suggestion: Option<String>,
    }
}

impl UnknownCombine {
    fn words(&self) -> Diagnostic {
        let Self {
            words,
            span,
            known,
            suggestion,
        } = self;
        let title = format!("members cannot be combined by `{words}`");
        let ways = format!("the ways are {}", quoted(known, "and"));
        match suggestion {
            Some(meant) => {
                Diagnostic::about(self, title, *span, format!("did you mean `{meant}`?"))
                    .mend(
                        format!("replace it by `{meant}`"),
                        vec![(*span, meant.clone())],
                    )
                    .help(ways)
            }
            None => Diagnostic::about(self, title, *span, "this is no way to combine").help(ways),
        }
    }
}

cause! {
    FW0610 NoCombine {
        name: String,
        span: Span,
    }
}

impl NoCombine {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "factor `{}` does not say how its members are combined",
                self.name
            ),
            self.span,
            "`combine` is missing",
        )
        .help("add a line such as `combine mean`, `combine weighted mean` or `combine max`")
    }
}

cause! {
    FW0612 NegativeUnderGeometric {
        member: String,
        span: Span,
        combine: Span,
        low: String,
    }
}

impl NegativeUnderGeometric {
    fn words(&self) -> Diagnostic {
        let Self {
            member,
            span,
            combine,
            low,
        } = self;
        let title = if is_open(low) {
            format!("`{member}` can be negative, where no mean of this kind has a result")
        } else {
            format!("`{member}` can be as low as {low}, where no mean of this kind has a result")
        };
        Diagnostic::about(self, title, *span, "can be negative")
            .mark(*combine, "needs members above zero")
            .note("the factor would be missing although its data are there")
            .help(
                "bring the member onto a scale that begins above zero, for example with `rescale`",
            )
    }
}

cause! {
    FW0613 ZeroUnderGeometric {
        member: String,
        span: Span,
        combine: Span,
        low: String,
    }
}

impl ZeroUnderGeometric {
    fn words(&self) -> Diagnostic {
        let member = &self.member;
        Diagnostic::about(
            self,
            format!("where `{member}` is zero, the other members no longer count"),
            self.span,
            "can be zero",
        )
        .mark(self.combine, "one zero decides the whole")
        .help(
            "let the member begin above zero, or say that this is meant: \
             `allow FW0613 because \"…\"`",
        )
    }
}

cause! {
    FW0617 CombineNumber {
        span: Span,
        combine: String,
        /// `a power is missing`
        why: String,
    }
}

impl CombineNumber {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`combine {}` cannot be carried out like this", self.combine),
            self.span,
            self.why.clone(),
        )
        .help("examples: `combine power mean 2`, `combine at least 3`, `combine mean`")
    }
}
