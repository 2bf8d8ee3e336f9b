//! What the lexer and the parser could not read, as data. The words are chosen by the compiler's
//! diagnostics; only the phrases for what was expected are made here, from the parser's own table.

use crate::ast::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
}

impl Problem {
    /// Is a number read by some of its digits only, since nobody can know what was meant?
    #[must_use]
    pub fn is_guessed(&self) -> bool {
        matches!(&self.kind, ProblemKind::BadNumber { edit: None, .. })
    }

    /// What puts the words that were meant in the place of those that are written, where that is all there is
    /// to it.
    #[must_use]
    pub fn exchange(&self) -> Option<Vec<(Span, String)>> {
        match &self.kind {
            ProblemKind::ForeignOperator { edits, .. } => {
                (!edits.is_empty()).then(|| edits.clone())
            }
            ProblemKind::BadNumber { edit, others, .. } => edit.as_ref().map(|meant| {
                std::iter::once((self.span, meant.clone()))
                    .chain(others.iter().cloned())
                    .collect()
            }),
            ProblemKind::StrangeCharacters { .. }
            | ProblemKind::UnterminatedText { .. }
            | ProblemKind::NotAName { .. }
            | ProblemKind::NoQuotes { .. }
            | ProblemKind::BadEscape { .. }
            | ProblemKind::ReservedWord { .. }
            | ProblemKind::Unexpected { .. }
            | ProblemKind::NoElse { .. }
            | ProblemKind::Unclosed { .. }
            | ProblemKind::OverridesWhole { .. }
            | ProblemKind::UnexpectedEnd { .. }
            | ProblemKind::NestedTooDeeply { .. } => None,
        }
    }
}

/// What more can be said of words that do not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hint {
    #[default]
    None,
    /// These words were meant.
    Instead(String),
    /// What to do, in words.
    Say(String),
    /// What to do, and the edits that do it.
    Mend(String, Vec<(Span, String)>),
    /// It is one too many, and to be taken out.
    Out,
    /// What `found` names is well, and something is missing behind it.
    Behind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Characters that belong to no word of the language; a run of them is one problem.
    StrangeCharacters { found: String },
    /// A `"` without its partner on the same line; where the text is likely to end.
    UnterminatedText {
        close: u32,
        /// The quote of another kind that closes it.
        other: Option<Span>,
    },
    /// `==`, `&&`, `AND`, `IF(…)`, `=<` …: told with the language's own spelling; an empty `instead`
    /// means that it is to be left out. `edits` put the one in the place of the other.
    /// `others` are further places of the same slip in the same declaration; `edits` mend them too.
    ForeignOperator {
        found: String,
        instead: String,
        edits: Vec<(Span, String)>,
        others: Vec<Span>,
    },
    /// `1__0`, `0,5` is not one; `1e999` is too large for a number. `edit` is the number that was meant,
    /// `others` are further numbers of the declaration with the same slip, as they were meant.
    BadNumber {
        found: String,
        why: String,
        edit: Option<String>,
        others: Vec<(Span, String)>,
    },
    /// A name with a sign in it that no name has; `edits` mend it wherever it stands.
    NotAName {
        found: String,
        meant: String,
        why: WhyNoName,
        edits: Vec<(Span, String)>,
    },
    /// Words where a text between quotes belongs: `what` is `label`, `version` and the like.
    /// `others` are further texts of the declaration that lack theirs.
    NoQuotes {
        what: &'static str,
        text: String,
        others: Vec<(Span, String)>,
    },
    /// `\q` in a text.
    BadEscape { found: String },
    /// A word of the language where a name was to be; `others` are its further places.
    ReservedWord { word: String, others: Vec<Span> },
    /// Anything else: `found` is the token as the reader knows it
    /// (`` `weihgt` ``, ``the number `3` ``: backticks included), `expected` are phrases such as
    /// ``a member of the factor, such as `corruption weight 2` ``, most helpful first, at most five.
    /// `missing_separator` is set where a comma (or the like) just before `span` mends it: the
    /// text to insert and the offsets to insert it at, the first of them just before `span`.
    Unexpected {
        found: String,
        expected: Vec<String>,
        missing_separator: Option<(String, Vec<u32>)>,
        hint: Hint,
    },
    /// `if … then …` without what holds otherwise; `insert` at `offset` is likely meant.
    NoElse { insert: String, offset: u32 },
    /// A block that is not closed before what follows it; `insert` at the end of `span` closes it.
    Unclosed {
        sign: &'static str,
        open: Span,
        /// What the block belongs to.
        of: Option<String>,
        insert: &'static str,
        offset: u32,
        next: Span,
    },
    /// A whole declaration of the base is overridden, as only params and weights are.
    OverridesWhole { what: String },
    /// The file ends inside something; `open` is the bracket that was never closed, if one was.
    UnexpectedEnd {
        expected: Vec<String>,
        open: Option<Span>,
    },
    /// Told once a file.
    NestedTooDeeply { limit: u16 },
}

/// What keeps words from being a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNoName {
    /// `killed-rate`
    Hyphen,
    /// `food price`
    Blank,
    /// `café`
    Letter,
    /// A sign of no width.
    Invisible,
    /// `attack.rate`
    Dot,
    /// `attack/rate`
    Slash,
    /// `1st_attack`
    Digit,
}
