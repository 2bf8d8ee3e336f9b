//! Words that are readable but stand in the wrong place: order, brackets, depth.

use super::super::Diagnostic;
use super::super::wording::list;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0003 Unexpected {
        span: Span,
        /// What stands here, as a phrase: ``the number `3` ``.
        found: String,
        /// Phrases for what could stand here, most helpful first.
        expected: Vec<String>,
        /// A text whose insertion at an (empty) place mends it: `,`.
        missing_separator: Option<(String, Span)>,
    }
}

impl Unexpected {
    fn words(&self) -> Diagnostic {
        // Already a phrase: ``the number `3` ``.
        let found = &self.found;
        let expected = list(&self.expected, "or");
        if let Some((text, place)) = &self.missing_separator {
            let sign = match text.trim() {
                "," => "a comma".to_owned(),
                other => format!("`{other}`"),
            };
            let diagnostic = Diagnostic::about(
                self,
                format!("{sign} is missing before {found}"),
                self.span,
                if expected.is_empty() {
                    "before this".to_owned()
                } else {
                    format!("expected before this: {expected}")
                },
            );
            return diagnostic.mend(
                format!("put {sign} before it"),
                vec![(*place, text.clone())],
            );
        }
        let title = if found.contains(", ") {
            format!("something is wrong before {found}")
        } else {
            format!("{found} cannot stand here")
        };
        let label = if expected.is_empty() {
            "this cannot stand here".to_owned()
        } else {
            format!("expected {expected}")
        };
        Diagnostic::about(self, title, self.span, label)
    }
}

cause! {
    FW0004 UnexpectedEnd {
        span: Span,
        /// Phrases for what is still to come.
        expected: Vec<String>,
        /// The bracket that was never closed.
        open: Option<Span>,
    }
}

impl UnexpectedEnd {
    fn words(&self) -> Diagnostic {
        let label = if self.expected.is_empty() {
            "the file ends here".to_owned()
        } else {
            format!("expected {}", list(&self.expected, "or"))
        };
        let title = if self.open.is_some() {
            "the file ends before a bracket is closed"
        } else {
            "the file ends in the middle of a declaration"
        };
        Diagnostic::about(self, title, self.span, label)
            .mark_if(self.open, "opened here and never closed")
            .help(match self.open {
                Some(_) => "close the bracket where its block ends",
                None => "finish the last declaration, or remove it",
            })
    }
}

cause! {
    FW0007 NestedTooDeeply {
        span: Span,
        limit: u16,
    }
}

impl NestedTooDeeply {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("brackets go deeper than {} levels", self.limit),
            self.span,
            "this is one level too many",
        )
        .help("give parts of the formula names: `let casualties = deaths + wounded`")
    }
}
