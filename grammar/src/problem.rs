//! What the lexer and the parser could not read, as data. The words are chosen by the compiler's
//! diagnostics; only the phrases for what was expected are made here, from the parser's own table.

use crate::ast::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Characters that belong to no word of the language; a run of them is one problem.
    StrangeCharacters { found: String },
    /// A `"` without its partner on the same line.
    UnterminatedText,
    /// `==`, `!=`, `<>`, `&&`, `||`, `!`, `^`, `=<`, `=>` …: told with the language's own spelling;
    /// an empty `instead` means that it is to be left out.
    ForeignOperator { found: String, instead: String },
    /// `1__0`, `12abc` is not one; `1e999` is too large for a number.
    BadNumber { found: String, why: String },
    /// `\q` in a text.
    BadEscape { found: String },
    /// A word of the language where a name was to be.
    ReservedWord { word: String },
    /// Anything else: `found` is the token as the reader knows it
    /// (`` `weihgt` ``, ``the number `3` ``: backticks included), `expected` are phrases such as
    /// ``a member of the factor, such as `corruption weight 2` ``, most helpful first, at most five.
    /// `missing_separator` is set where a comma (or the like) just before `span` mends it: the
    /// text to insert and the offset to insert it at.
    Unexpected {
        found: String,
        expected: Vec<String>,
        missing_separator: Option<(String, u32)>,
    },
    /// The file ends inside something; `open` is the bracket that was never closed, if one was.
    UnexpectedEnd {
        expected: Vec<String>,
        open: Option<Span>,
    },
    /// Told once a file.
    NestedTooDeeply { limit: u16 },
}
