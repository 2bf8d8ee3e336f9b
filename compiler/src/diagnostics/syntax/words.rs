//! Single words that could not be read: strange characters, texts, numbers, signs, reserved words.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

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
        let quotes =
            |letter: char| "\u{201c}\u{201d}\u{ab}\u{bb}'\u{2018}\u{2019}`\"".contains(letter);
        let help = if found.chars().any(quotes) {
            "write texts between straight double quotes: `\"Conflict deaths\"`"
        } else {
            "remove it, or put it into a text between double quotes"
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
    }
}

impl UnterminatedText {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this text has no closing quote",
            self.span,
            "begins here and does not end on this line",
        )
        .help("close it with `\"`; for a quote inside a text write `\\\"`")
    }
}

cause! {
    FW0005 ForeignOperator {
        span: Span,
        found: String,
        /// What Forewarn writes: `is`, `and`, `pow(x, 2)`; empty for nothing at all.
        instead: String,
    }
}

impl ForeignOperator {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            found,
            instead,
        } = self;
        if instead.is_empty() {
            return Diagnostic::about(
                self,
                format!("`{found}` is not needed here"),
                *span,
                "means nothing in rules",
            )
            .mend("leave it out", vec![(*span, String::new())]);
        }
        let diagnostic = Diagnostic::about(
            self,
            format!("`{found}` is written `{instead}` here"),
            *span,
            format!("write `{instead}`"),
        );
        // Only a sign that stands in the same place as its replacement can be exchanged for it.
        if instead.contains(['(', ',']) {
            diagnostic.help(format!("write it as `{instead}`"))
        } else {
            diagnostic.mend(
                format!("replace it by `{instead}`"),
                vec![(*span, instead.clone())],
            )
        }
    }
}

cause! {
    FW0006 ReservedWord {
        span: Span,
        word: String,
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
        .help(format!("choose a longer name, such as `my_{word}`"))
    }
}

cause! {
    FW0008 BadNumber {
        span: Span,
        found: String,
        /// What is wrong with it: `two _ in a row`.
        why: String,
    }
}

impl BadNumber {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` cannot be read as a number", self.found),
            self.span,
            self.why.clone(),
        )
        .help("numbers look like `1000`, `100_000`, `0.25`, `1.5e6` or `40%`")
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
