//! Single words that could not be read: strange characters, texts, numbers, signs, reserved words.

use super::super::Diagnostic;
use super::super::wording::with_article;
use crate::source::Span;
use forewarn_diagnostics::cause;
use forewarn_grammar::WhyNoName;

cause! {
    FW0001 StrangeCharacters {
        span: Span,
        /// A run of them, as written.
        found: String,
    }
}

impl StrangeCharacters {
    fn words(&self) -> Diagnostic {
        let found = &self.found;
        if found.chars().all(char::is_alphanumeric) {
            return Diagnostic::about(
                self,
                format!("`{found}` cannot be part of a name"),
                self.span,
                "names are made of the letters a to z, digits and `_`",
            )
            .help("write the name without it, and the right spelling in the label between quotes");
        }
        // Signs before the lines of a list, as word processors set them.
        if found
            .chars()
            .all(|sign| "•‣▪▫●○◦■□►▶➢✓\u{f0b7}".contains(sign))
        {
            return Diagnostic::about(
                self,
                format!("`{found}` belongs to no word of the language"),
                self.span,
                "a line needs no sign before it",
            )
            .mend("take it out", vec![(self.span, String::new())]);
        }
        let quotes =
            |letter: char| "\u{201c}\u{201d}\u{ab}\u{bb}'\u{2018}\u{2019}`\"".contains(letter);
        let help = if found.chars().any(quotes) {
            "write texts between straight double quotes: `\"Conflict deaths\"`"
        } else {
            "remove it if nothing is meant by it, or say that in words of the language; a text between double quotes may hold it"
        };
        Diagnostic::about(
            self,
            format!("`{found}` belongs to no word of the language"),
            self.span,
            "this cannot be read",
        )
        .help(help)
    }
}

cause! {
    FW0002 UnterminatedText {
        span: Span,
        /// Where it is likely to end, or the quote of another kind that closes it there.
        close: Span,
        other: bool,
    }
}

impl UnterminatedText {
    fn words(&self) -> Diagnostic {
        if self.other {
            return Diagnostic::about(
                self,
                "this text begins with one kind of quote and ends with another",
                self.span,
                "begins with `\"`",
            )
            .mend(
                "close it with the same: `\"`",
                vec![(self.close, "\"".to_owned())],
            );
        }
        Diagnostic::about(
            self,
            "this text has no closing quote",
            self.span,
            "begins here and does not end on this line",
        )
        .mend(
            "close it with `\"`; for a quote inside a text write `\\\"`",
            vec![(self.close, "\"".to_owned())],
        )
    }
}

cause! {
    FW0005 ForeignOperator {
        span: Span,
        found: String,
        /// What Forewarn writes: `is`, `and`, `if … then … else …`; empty for nothing at all.
        instead: String,
        /// What puts the one in the place of the other.
        edits: Vec<(Span, String)>,
        /// Where else in the declaration it is written so.
        others: Vec<Span>,
    }
}

impl ForeignOperator {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            instead,
            edits,
            others,
        } = self;
        let everywhere = everywhere(others.len());
        if instead.is_empty() {
            let diagnostic = Diagnostic::about(
                self,
                format!("`{found}` is not needed here"),
                *span,
                "means nothing in rules",
            );
            return marked(diagnostic, others)
                .mend(format!("leave it out{everywhere}"), edits.clone());
        }
        let diagnostic = Diagnostic::about(
            self,
            format!("`{found}` is written `{instead}` here"),
            *span,
            format!("write `{instead}`"),
        );
        if edits.is_empty() {
            return diagnostic.help(format!("write it as `{instead}`"));
        }
        // What is written anew as a whole is shown as a whole.
        let whole = edits
            .iter()
            .map(|(_, text)| text.as_str())
            .find(|text| edits.len() == 1 && text.trim() != instead && !text.is_empty());
        let help = match whole {
            Some(text) if text.chars().count() <= LONGEST_SHOWN => {
                format!("write `{}`", text.trim())
            }
            _ => format!("replace it by `{instead}`{everywhere}"),
        };
        marked(diagnostic, others).mend(help, edits.clone())
    }
}

/// Further places of a slip that are marked; of more, the edits speak.
const MARKED: usize = 3;

fn marked(diagnostic: Diagnostic, others: &[Span]) -> Diagnostic {
    others
        .iter()
        .take(MARKED)
        .fold(diagnostic, |diagnostic, other| {
            diagnostic.mark(*other, "and here")
        })
}

fn everywhere(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => ", at both places".to_owned(),
        more => format!(", at all {} places", more + 1),
    }
}

/// Longer formulas are not repeated in a help, since the edit has them.
const LONGEST_SHOWN: usize = 160;

cause! {
    FW0006 ReservedWord {
        span: Span,
        word: String,
        /// Where else it is used as a name.
        others: Vec<Span>,
    }
}

impl ReservedWord {
    fn words(&self) -> Diagnostic {
        let word = &self.word;
        Diagnostic::about(
            self,
            format!("`{word}` is a word of the language and cannot be a name"),
            self.span,
            "a name belongs here",
        )
        .mend(
            format!("choose another name, such as `{word}_`, wherever it stands"),
            std::iter::once(self.span)
                .chain(self.others.iter().copied())
                .map(|span| (span, format!("{word}_")))
                .collect(),
        )
    }
}

cause! {
    FW0008 BadNumber {
        span: Span,
        found: String,
        /// What is wrong with it: `two _ in a row`.
        why: String,
        /// The number that was meant.
        edit: Option<String>,
        /// Further numbers of the declaration with the same slip, as they were meant.
        others: Vec<(Span, String)>,
    }
}

impl BadNumber {
    fn words(&self) -> Diagnostic {
        let diagnostic = Diagnostic::about(
            self,
            format!("`{}` cannot be read as a number", self.found),
            self.span,
            self.why.clone(),
        );
        match &self.edit {
            Some(meant) => {
                let places: Vec<Span> = self.others.iter().map(|(span, _)| *span).collect();
                let mut edits = vec![(self.span, meant.clone())];
                edits.extend(self.others.iter().cloned());
                let others = match places.len() {
                    0 => String::new(),
                    1 => ", and the other one likewise".to_owned(),
                    more => format!(", and the {more} others likewise"),
                };
                marked(diagnostic, &places).mend(format!("write `{meant}`{others}"), edits)
            }
            None => {
                diagnostic.help("numbers look like `1000`, `100_000`, `0.25`, `1.5e6` or `40%`")
            }
        }
    }
}

cause! {
    FW0009 BadEscape {
        span: Span,
        /// The backslash and the sign: `\%`.
        found: String,
    }
}

impl BadEscape {
    fn words(&self) -> Diagnostic {
        let found = &self.found;
        let edits = found
            .strip_prefix('\\')
            .map(|sign| (self.span, sign.to_owned()));
        Diagnostic::about(
            self,
            format!("`{found}` has no meaning in a text"),
            self.span,
            "a backslash belongs only before `\"`, `\\`, `n` and `t`",
        )
        .mend(
            format!("leave the backslash out, or write two for a backslash itself: `\\{found}`"),
            edits.into_iter().collect(),
        )
    }
}

cause! {
    FW0013 NotAName {
        span: Span,
        found: String,
        meant: String,
        why: WhyNoName,
        /// All its places, mended.
        edits: Vec<(Span, String)>,
    }
}

impl NotAName {
    fn words(&self) -> Diagnostic {
        let Self { meant, span, .. } = self;
        let found: String = self.found.split_whitespace().collect::<Vec<_>>().join(" ");
        let (title, label) = match self.why {
            WhyNoName::Hyphen => (
                format!("`{found}` cannot be a name: a hyphen subtracts"),
                "names are made of letters, digits and `_`",
            ),
            WhyNoName::Blank => (
                format!("`{found}` cannot be a name: names have no blanks"),
                "names are made of letters, digits and `_`",
            ),
            WhyNoName::Letter => (
                format!("`{found}` cannot be a name: a letter in it is not one of a to z"),
                "names are made of the letters a to z, digits and `_`",
            ),
            WhyNoName::Dot => (
                format!("`{found}` cannot be a name: a point stands between a whole and its part"),
                "names are made of letters, digits and `_`",
            ),
            WhyNoName::Slash => (
                format!("`{found}` cannot be a name: a slash divides"),
                "names are made of letters, digits and `_`",
            ),
            WhyNoName::Digit => (
                format!("`{found}` cannot be a name: names begin with a letter"),
                "names are made of letters, digits and `_`, and begin with a letter",
            ),
            WhyNoName::Invisible => (
                format!("there is an invisible character in `{meant}`"),
                "it came with copied text, and nobody sees it",
            ),
        };
        let diagnostic = Diagnostic::about(self, title, *span, label);
        match self.why {
            WhyNoName::Invisible => diagnostic.mend(
                format!("take it out, so that `{meant}` is left"),
                self.edits.clone(),
            ),
            WhyNoName::Letter if self.edits.is_empty() => {
                diagnostic.help("choose a name of such letters, and put the right spelling into the label between quotes")
            }
            WhyNoName::Hyphen
            | WhyNoName::Blank
            | WhyNoName::Letter
            | WhyNoName::Dot
            | WhyNoName::Slash
            | WhyNoName::Digit => diagnostic.mend(
                match self.edits.len() {
                    0 | 1 => format!("write `{meant}`"),
                    places => format!("write `{meant}`, at all {places} places"),
                },
                self.edits.clone(),
            ),
        }
    }
}

cause! {
    FW0014 NoQuotes {
        span: Span,
        /// `label`, `version`.
        what: &'static str,
        text: String,
        /// Further texts of the declaration without quotes.
        others: Vec<(Span, String)>,
    }
}

impl NoQuotes {
    fn words(&self) -> Diagnostic {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\\\""));
        let what = with_article(self.what);
        let own = quoted(&self.text);
        let places: Vec<Span> = self.others.iter().map(|(span, _)| *span).collect();
        let mut edits = vec![(self.span, own.clone())];
        edits.extend(self.others.iter().map(|(span, text)| (*span, quoted(text))));
        let likewise = match places.len() {
            0 => String::new(),
            1 => ", and the other one likewise".to_owned(),
            more => format!(", and the {more} others likewise"),
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("`{}` is {what}, and stands between quotes", self.text),
            self.span,
            "written without quotes",
        );
        marked(diagnostic, &places).mend(format!("write `{own}`{likewise}"), edits)
    }
}

cause! {
    FW0015 NoElse {
        span: Span,
        /// ` else 0`
        insert: String,
        at: Span,
    }
}

impl NoElse {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "`else` is missing: it is not said what holds otherwise",
            self.span,
            "where the condition is not met, this has no value",
        )
        .mend(
            format!(
                "add `{}`, or what holds otherwise",
                self.insert.trim_start()
            ),
            vec![(self.at, self.insert.clone())],
        )
    }
}
