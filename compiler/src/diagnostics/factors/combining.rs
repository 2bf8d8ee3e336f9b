//! The way the members of a factor become one value.

use super::super::Diagnostic;
use super::super::wording::{is_open, list, quoted};
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
        /// Further members of the factor that can be negative.
        others: Vec<(String, Span)>,
    }
}

impl NegativeUnderGeometric {
    fn words(&self) -> Diagnostic {
        let Self {
            member,
            span,
            combine,
            low,
            others,
        } = self;
        let title = match others.as_slice() {
            [] if is_open(low) => {
                format!("`{member}` can be negative, where no mean of this kind has a result")
            }
            [] => {
                format!(
                    "`{member}` can be as low as {low}, where no mean of this kind has a result"
                )
            }
            _ => format!(
                "{} can be negative, where no mean of this kind has a result",
                all(member, others, "and")
            ),
        };
        let diagnostic = Diagnostic::about(self, title, *span, "can be negative")
            .mark(*combine, "needs members above zero");
        marked(diagnostic, others, "can be negative")
            .note("the factor would be missing although its data are there")
            .help(match others.as_slice() {
                [] => {
                    "bring the member onto a scale that begins above zero, for example with `rescale`"
                }
                _ => {
                    "bring the members onto a scale that begins above zero, for example with `rescale`"
                }
            })
    }
}

cause! {
    FW0613 ZeroUnderGeometric {
        member: String,
        span: Span,
        combine: Span,
        /// Further members of the factor that can be zero.
        others: Vec<(String, Span)>,
    }
}

impl ZeroUnderGeometric {
    fn words(&self) -> Diagnostic {
        let Self {
            member,
            span,
            combine,
            others,
        } = self;
        let (title, help) = match others.as_slice() {
            [] => (
                format!("where `{member}` is zero, the other members no longer count"),
                "let the member begin above zero, or say that this is meant: \
                 `allow FW0613 because \"…\"`",
            ),
            _ => (
                format!(
                    "where {} is zero, the other members no longer count",
                    all(member, others, "or")
                ),
                "let the members begin above zero, or say that this is meant: \
                 `allow FW0613 because \"…\"`",
            ),
        };
        let diagnostic = Diagnostic::about(self, title, *span, "can be zero")
            .mark(*combine, "one zero decides the whole");
        marked(diagnostic, others, "can be zero").help(help)
    }
}

/// Members that are named or marked one by one; of more, how many.
const NAMED: usize = 3;

/// `` `a`, `b` and `c` ``, `` `a`, `b` and 7 others ``
fn all(first: &str, others: &[(String, Span)], joined: &str) -> String {
    let mut names: Vec<String> = std::iter::once(first)
        .chain(others.iter().map(|(name, _)| name.as_str()))
        .map(|name| format!("`{name}`"))
        .collect();
    if names.len() > NAMED + 1 {
        let left = names.len() - NAMED;
        names.truncate(NAMED);
        names.push(format!("{left} others"));
    }
    list(&names, joined)
}

fn marked(diagnostic: Diagnostic, others: &[(String, Span)], label: &str) -> Diagnostic {
    others
        .iter()
        .take(NAMED)
        .fold(diagnostic, |diagnostic, (_, span)| {
            diagnostic.mark(*span, label)
        })
}

cause! {
    FW0617 CombineNumber {
        span: Span,
        combine: String,
        /// `a power is missing`
        why: String,
        /// The function as it is to begin, where it is one of the file's own.
        instead: Option<String>,
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
        .help(match &self.instead {
            Some(begins) => format!("let it begin like this: `{begins} = …`"),
            None => {
                "examples: `combine power mean 2`, `combine at least 3`, `combine mean`".to_owned()
            }
        })
    }
}
