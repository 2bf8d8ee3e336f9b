//! Single words that could not be read: strange characters, texts, numbers, signs, reserved words.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    StrangeCharacters::INFO,
    UnterminatedText::INFO,
    ForeignOperator::INFO,
    ReservedWord::INFO,
    BadNumber::INFO,
    BadEscape::INFO,
];

cause! {
    /// characters that belong to no word
    ///
    /// ## What it means
    ///
    /// The file holds one or more characters that are part of no name, number, text or sign of the
    /// language. Names are made of the letters a to z, digits and `_`; labels and other texts stand
    /// in double quotes and may hold any letter of any script.
    ///
    /// ## Why it matters
    ///
    /// Names become columns of the results, which other programs must be able to read. For readers
    /// there is the label.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Démonstration" version "1"
    /// panel country by year
    /// indicator deaths "Morts liées aux conflits" : number in 0..
    /// score gravité = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Démonstration" version "1"
    /// panel country by year
    /// indicator deaths "Morts liées aux conflits" : number in 0..
    /// score gravite "Gravité" = deaths * 2
    /// ```
    Error "FW0001" StrangeCharacters {
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
    /// a text without its closing quote
    ///
    /// ## What it means
    ///
    /// A text begins with `"` and ends with `"` on the same line. Here the line ends first.
    ///
    /// ## Why it matters
    ///
    /// Without its end, everything that follows would be read as part of the text.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0.. column "best"
    /// score burden = deaths * 2
    /// ```
    Error "FW0002" UnterminatedText {
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
    /// a sign of another language
    ///
    /// ## What it means
    ///
    /// The sign is used in programming languages or spreadsheets, and means nothing here. Forewarn
    /// has one way to write each thing:
    ///
    /// | elsewhere | here |
    /// |---|---|
    /// | `==` | `is` |
    /// | `!=`, `<>` | `is not` |
    /// | `&&` | `and` |
    /// | `\|\|` | `or` |
    /// | `!` | `not` |
    /// | `=<`, `=>` | `<=`, `>=` |
    /// | `x ^ 2`, `x ** 2` | `pow(x, 2)` |
    ///
    /// ## Why it matters
    ///
    /// A rule should read the same to everyone who checks it, whatever tools they know.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hate_speech "Hate speech by officials" : assessment
    /// signal incitement = hate_speech == present
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator hate_speech "Hate speech by officials" : assessment
    /// signal incitement = hate_speech is present
    /// ```
    Error "FW0005" ForeignOperator {
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
    /// a word of the language as a name
    ///
    /// ## What it means
    ///
    /// The name that you chose is one of the few words that the language keeps for itself, such as
    /// `missing`, `unknown`, `yes`, `is` or `then`.
    ///
    /// ## Why it matters
    ///
    /// `deaths is missing` must mean one thing only.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator missing "Missing persons" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// indicator missing_persons "Missing persons" : number in 0..
    /// score burden = deaths * 2 + missing_persons
    /// ```
    Error "FW0006" ReservedWord {
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
    /// a number that cannot be read
    ///
    /// ## What it means
    ///
    /// Numbers are written with digits and a decimal point: `1000`, `0.25`, `1.5e6`, `40%`. Long
    /// ones may be grouped by single `_`: `100_000`.
    ///
    /// ## Why it matters
    ///
    /// A number that can be read in two ways (`1,000` is a thousand to some and one to others) must
    /// not decide anything.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = deaths >= 1__000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = deaths >= 1_000
    /// ```
    Error "FW0008" BadNumber {
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
    /// an unknown sign after a backslash
    ///
    /// ## What it means
    ///
    /// Inside a text the backslash gives the next sign a special meaning: `\"` is a quote, `\\` a
    /// backslash, `\n` a line break, `\t` a tabulator. This one has none.
    ///
    /// ## Why it matters
    ///
    /// Texts are shown in results and reports exactly as they are written here.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator displaced "Displaced people, \% of population" : number in 0..100
    /// score displacement = displaced / 100
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator displaced "Displaced people, % of population" : number in 0..100
    /// score displacement = displaced / 100
    /// ```
    Error "FW0009" BadEscape {
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
