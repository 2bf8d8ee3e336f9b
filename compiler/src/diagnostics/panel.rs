//! The panel, params set from outside, and allowances.

use super::wording::quoted;
use super::{Diagnostic, Place};
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0801 NoPanel {
        file: String,
        /// The framework.
        span: Option<Span>,
    }
}

impl NoPanel {
    fn words(&self) -> Diagnostic {
        let title = "these rules do not say what a row of data stands for";
        let diagnostic = match self.span {
            Some(span) => Diagnostic::about(self, title, span, "this framework has no `panel`"),
            None => Diagnostic::at(
                self,
                title,
                Place::File(self.file.clone()),
                "no `panel` found here",
            ),
        };
        diagnostic.help("declare the keys: `panel country column \"iso3\" by year`, or `panel country` for data without periods")
    }
}

cause! {
    FW0803 TwoPanels {
        first: Span,
        second: Span,
    }
}

impl TwoPanels {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this package declares two panels",
            self.second,
            "the second is declared here",
        )
        .mark(self.first, "the first is declared here")
        .help("keep the one that the data have")
    }
}

cause! {
    FW0804 ParamNotSettable {
        name: String,
        why: String,
        /// The value as it was meant.
        meant: Option<String>,
        /// The params that there are.
        params: Vec<String>,
    }
}

impl ParamNotSettable {
    fn words(&self) -> Diagnostic {
        let diagnostic = Diagnostic::at(
            self,
            format!("`{}` cannot be set: {}", self.name, self.why),
            Place::CommandLine,
            "given with `--set`",
        );
        match &self.meant {
            Some(meant) => {
                // What has a blank in it stands between quotes on a command line.
                let set = format!("{}={meant}", self.name);
                let set = match set
                    .contains(|sign: char| !(sign.is_alphanumeric() || "_=.-".contains(sign)))
                {
                    // Double quotes within others vanish in a shell.
                    true if set.contains('"') => format!("'{set}'"),
                    true => format!("\"{set}\""),
                    false => set,
                };
                diagnostic.help(format!("write `--set {set}`"))
            }
            None => match self.params.as_slice() {
                [] => diagnostic.help("write the name of a param and a value of its kind"),
                [only] => diagnostic.help(format!(
                    "the one param is `{only}`: write `--set {only}=…`, with a value of its kind"
                )),
                all => {
                    // One whose letters are all there in their order is the likeliest.
                    let lacks = |known: &&String| {
                        let mut letters = known.chars();
                        self.name
                            .chars()
                            .all(|own| letters.any(|other| other == own))
                    };
                    let near = all.iter().filter(lacks).min_by_key(|known| known.len());
                    let Some(first) = near.or_else(|| all.first()) else {
                        return diagnostic;
                    };
                    const GLANCE: usize = 6;
                    let few = self.params.get(..GLANCE).unwrap_or(&self.params);
                    let more = match self.params.len() - few.len() {
                        0 => String::new(),
                        more => format!(", and {more} more"),
                    };
                    diagnostic.help(format!(
                        "the params are {}{more}: write `--set {first}=…`, with a value of its kind",
                        quoted(few, "and")
                    ))
                }
            },
        }
    }
}

cause! {
    FW0805 AllowWithoutNeed {
        code: String,
        span: Span,
    }
}

impl AllowWithoutNeed {
    fn words(&self) -> Diagnostic {
        let code = &self.code;
        let title = format!("`allow {code}` silences nothing");
        match (super::info(code), super::nearest(code)) {
            (Some(info), _) if info.severity == super::Severity::Error => {
                Diagnostic::about(self, title, self.span, "this is an error, not a warning")
                    .help("remove it, and mend the error itself")
            }
            (Some(_), _) => Diagnostic::about(self, title, self.span, "no such warning here")
                .mend("remove it", vec![(self.span, String::new())]),
            (None, Some(nearest)) => {
                Diagnostic::about(self, title, self.span, format!("did you mean `{nearest}`?"))
                    .help("codes stand in the brackets of each message: `warning[FW0613]`")
            }
            (None, None) => Diagnostic::about(self, title, self.span, "there is no such code")
                .help("codes stand in the brackets of each message: `warning[FW0613]`"),
        }
    }
}

cause! {
    FW0806 AllowWithoutReason {
        code: String,
        span: Span,
    }
}

impl AllowWithoutReason {
    fn words(&self) -> Diagnostic {
        let code = &self.code;
        Diagnostic::about(
            self,
            format!("`allow {code}` gives no reason"),
            self.span,
            "why is this meant to be so?",
        )
        .help(format!("add the reason: `allow {code} because \"…\"`"))
    }
}

cause! {
    FW0807 TooManyOperations {
        /// The declaration that was being unfolded.
        name: String,
        span: Span,
        limit: usize,
    }
}

impl TooManyOperations {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` unfolds into more than {} operations", self.name, self.limit),
            self.span,
            "too many steps come together here",
        )
        .help("name inner results with `let` and use the names, instead of calling functions in functions")
    }
}

cause! {
    FW0808 NotWorkedOut {
        span: Span,
    }
}

impl NotWorkedOut {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "these words were found right but have no meaning to this tool",
            self.span,
            "not worked out",
        )
        .note("this is a mistake of the tool, not of the rules")
        .help("write it in another way, and report the ruleset")
    }
}
