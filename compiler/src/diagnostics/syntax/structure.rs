//! Words that are readable but stand in the wrong place: order, brackets, depth.

use super::super::Diagnostic;
use super::super::wording::list;
use crate::source::Span;
use forewarn_diagnostics::cause;
use forewarn_grammar::Hint;

cause! {
    FW0003 Unexpected {
        span: Span,
        /// What stands here, as a phrase: ``the number `3` ``.
        found: String,
        /// Phrases for what could stand here, most helpful first.
        expected: Vec<String>,
        /// A text whose insertion at (empty) places mends it: `,`.
        missing_separator: Option<(String, Vec<Span>)>,
        hint: Hint,
    }
}

impl Unexpected {
    fn words(&self) -> Diagnostic {
        // Already a phrase: ``the number `3` ``.
        let found = &self.found;
        let expected = list(&self.expected, "or");
        if let Some((text, places)) = &self.missing_separator {
            let sign = match text.trim() {
                "," => "a comma".to_owned(),
                other => format!("`{other}`"),
            };
            let side = match self.hint {
                Hint::Behind => "after",
                Hint::None | Hint::Instead(_) | Hint::Say(_) | Hint::Mend(..) | Hint::Out => {
                    "before"
                }
            };
            let diagnostic = Diagnostic::about(
                self,
                format!("{sign} is missing {side} {found}"),
                self.span,
                if expected.is_empty() {
                    format!("{side} this")
                } else {
                    format!("expected {side} this: {expected}")
                },
            );
            let more = match places.len() {
                0 | 1 => String::new(),
                2 => ", and at one more place".to_owned(),
                count => format!(", and at {} more places", count - 1),
            };
            return diagnostic.mend(
                format!("put {sign} {side} it{more}"),
                places.iter().map(|place| (*place, text.clone())).collect(),
            );
        }
        let title = if found.contains("`, ") {
            format!("something is wrong before {found}")
        } else if self.hint == Hint::Behind {
            format!("something is missing after {found}")
        } else {
            format!("{found} cannot stand here")
        };
        let label = match (&self.hint, expected.as_str()) {
            (Hint::Behind, "") => "this is not complete".to_owned(),
            (Hint::Behind, expected) => format!("expected after this: {expected}"),
            (Hint::Instead(meant), _) => format!("did you mean `{meant}`?"),
            (Hint::Out, _) => "nothing needs it here".to_owned(),
            (Hint::Say(_) | Hint::Mend(..) | Hint::None, "") => "this cannot stand here".to_owned(),
            (Hint::Say(_) | Hint::Mend(..) | Hint::None, expected) => {
                format!("expected {expected}")
            }
        };
        let diagnostic = Diagnostic::about(self, title, self.span, label);
        match &self.hint {
            Hint::None | Hint::Behind => diagnostic,
            Hint::Say(what) => diagnostic.help(what.clone()),
            Hint::Mend(what, edits) => {
                let placed = |(span, text): &(forewarn_grammar::ast::Span, String)| {
                    let place = Span {
                        start: span.start,
                        end: span.end,
                        ..self.span
                    };
                    (place, text.clone())
                };
                diagnostic.mend(what.clone(), edits.iter().map(placed).collect())
            }
            Hint::Out => diagnostic.mend("take it out", vec![(self.span, String::new())]),
            Hint::Instead(meant) => diagnostic.mend(
                format!("replace it by `{meant}`"),
                vec![(self.span, meant.clone())],
            ),
        }
    }
}

cause! {
    FW0016 Unclosed {
        span: Span,
        sign: &'static str,
        open: Span,
        /// The declaration whose block it is.
        of: Option<String>,
        insert: String,
        at: Span,
        next: Span,
    }
}

impl Unclosed {
    fn words(&self) -> Diagnostic {
        let sign = self.sign;
        let title = match &self.of {
            Some(name) => format!("`{name}` is not closed: a `{sign}` is missing"),
            None => format!("a `{sign}` is missing"),
        };
        let label = match sign {
            "}" => "the block goes on behind this",
            _ => "what the bracket holds goes on behind this",
        };
        Diagnostic::about(self, title, self.span, label)
            .mark(self.open, "opened here")
            .mark(self.next, "and here the next declaration begins")
            .mend(
                format!("close it with `{sign}`"),
                vec![(self.at, self.insert.clone())],
            )
    }
}

cause! {
    FW0017 OverridesWhole {
        span: Span,
        /// `signal`
        what: String,
    }
}

impl OverridesWhole {
    fn words(&self) -> Diagnostic {
        let what = &self.what;
        Diagnostic::about(
            self,
            format!("a whole {what} is replaced, not overridden"),
            self.span,
            "only params, weights, labels, sources, columns and classifications are overridden",
        )
        .mend(
            format!("write `replace {what} …`"),
            vec![(self.span, "replace".to_owned())],
        )
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
