//! An explanation as a page: lines, each a step in or out of the one before, made of parts that know what
//! they are. Terminals and Markdown are written from it, each in its own way.

use crate::paint::Style;
use crate::render::harmless;
use forewarn_plan::alerts::Answer;

/// What a truth says, in front of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Yes,
    No,
    Unknown,
}

impl Mark {
    pub fn of(truth: Option<bool>) -> Self {
        match truth {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    pub fn answer(answer: Answer) -> Self {
        match answer {
            Answer::Yes => Self::Yes,
            Answer::No => Self::No,
            Answer::Unknown => Self::Unknown,
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Self::Yes => "✓ ",
            Self::No => "✗ ",
            Self::Unknown => "? ",
        }
    }
}

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What the line is about: a label, or a name where there is none.
    Subject,
    /// The name beside a label.
    Name,
    /// A value, in its colour.
    Value(Style),
    /// Words of the rules, and ours around them.
    Words,
    /// An aside.
    Note,
    /// Where it comes from.
    Cite,
    /// Why a value is open.
    Open,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    pub text: String,
    pub role: Role,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// 0 for titles.
    pub depth: usize,
    pub mark: Option<Mark>,
    /// Set apart by blanks.
    pub parts: Vec<TextRun>,
}

impl Line {
    pub fn new(depth: usize, mark: Option<Mark>) -> Self {
        Self {
            depth,
            mark,
            parts: Vec::new(),
        }
    }

    pub fn words(depth: usize, text: impl Into<String>) -> Self {
        Self::new(depth, None).and(text)
    }

    pub fn and(self, text: impl Into<String>) -> Self {
        self.part(Role::Words, text)
    }

    pub fn note(self, text: impl Into<String>) -> Self {
        self.part(Role::Note, text)
    }

    pub fn part(mut self, role: Role, text: impl Into<String>) -> Self {
        // Names and labels come from rules and data, whatever stands in them.
        let text = harmless(&text.into());
        if !text.is_empty() {
            self.parts.push(TextRun { text, role });
        }
        self
    }

    /// A label and the name behind it; the name alone where it has no other label.
    pub fn subject(self, name: &str, label: &str) -> Self {
        if label.is_empty() || label == name {
            self.part(Role::Subject, name)
        } else {
            self.part(Role::Subject, label)
                .part(Role::Name, format!("({name})"))
        }
    }

    /// Its words alone.
    pub fn plain(&self) -> String {
        let parts = self.parts.iter().map(|part| part.text.as_str());
        parts.collect::<Vec<_>>().join(" ")
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}
