//! Text that knows which of its parts are words of a language and which are put in from elsewhere.
//!
//! What is put in (names, numbers, labels) is set apart from the words around it where people read from right
//! to left, each form of the report in its own way; pieces of rules are code and read from left to right.

use forewarn_charts::isolated;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words of the report's language.
    Words(String),
    /// Something that is put in.
    Value(String),
    /// A piece of rules, or of what is typed.
    Code(String),
}

impl Span {
    /// As it is, without marks.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Value(text) | Self::Code(text) => text,
        }
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self::Value(text)
    }
}

impl From<&String> for Span {
    fn from(text: &String) -> Self {
        Self::Value(text.clone())
    }
}

/// A text of several parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Span>);

impl Rich {
    /// A text that is put in whole.
    pub fn value(text: impl Into<String>) -> Self {
        Self(vec![Span::Value(text.into())])
    }

    #[must_use]
    pub fn code(text: impl Into<String>) -> Self {
        Self(vec![Span::Code(text.into())])
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text().is_empty())
    }

    /// Both, with something between them.
    #[must_use]
    pub fn and(mut self, between: &str, other: Self) -> Self {
        if other.is_empty() {
            return self;
        }
        if !self.is_empty() {
            self.0.push(Span::Words(between.to_owned()));
        }
        self.0.extend(other.0);
        self
    }

    /// As one line without marks: for cells, drawings and those who listen.
    #[must_use]
    pub fn plain(&self, rtl: bool) -> String {
        let parts = self.0.iter().map(|span| match span {
            Span::Words(text) => text.clone(),
            Span::Value(text) | Span::Code(text) => isolated(text, rtl),
        });
        parts.collect()
    }

    /// How many words it has, as a reader counts them.
    #[must_use]
    pub fn count(&self) -> usize {
        self.plain(false).split_whitespace().count()
    }
}

impl From<Span> for Rich {
    fn from(span: Span) -> Self {
        Self(vec![span])
    }
}
