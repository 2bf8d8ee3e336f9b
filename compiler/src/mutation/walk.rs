//! Walks the tree of one declaration past every change that could be made to it.
//!
//! The same walk tells the changes and makes one of them: it counts the places in a fixed order, and
//! where it comes to the one that is wanted, the caller makes the change. So what is told of a change
//! and what is done can never be two things.

use forewarn_grammar::ast::{self, Number};
use forewarn_grammar::words::one_line;

use super::numbers::beside;
use super::{ChangeKind, Mutation};
use crate::framework::at;
use crate::source::FileId;

/// Words around a number up to this length are told with it.
pub(super) const SHORT: usize = 48;

pub(super) struct Walk<'t> {
    /// The file's text.
    text: &'t str,
    file: FileId,
    declaration: String,
    /// Of a factor: what each of its members weighs in the end, with the items of groups among them and what
    /// extending frameworks change; nothing for what is no number.
    members: Vec<Option<f64>>,
    /// Of the change that is to be made; none where changes are told.
    wanted: Option<usize>,
    next: usize,
    pub told: Vec<Mutation>,
    /// The wanted change has been made.
    pub made: bool,
}

impl<'t> Walk<'t> {
    pub fn new(text: &'t str, file: FileId, declaration: &str, wanted: Option<usize>) -> Self {
        Self {
            text,
            file,
            declaration: declaration.to_owned(),
            members: Vec::new(),
            wanted,
            next: 0,
            told: Vec::new(),
            made: false,
        }
    }

    /// With the members of the factor that is walked.
    #[must_use]
    pub fn of_members(self, members: Vec<Option<f64>>) -> Self {
        Self { members, ..self }
    }

    pub fn members(&self) -> &[Option<f64>] {
        &self.members
    }

    /// Comes past a change at that place; `words` say what would be otherwise. Is it to be made?
    pub fn offer(
        &mut self,
        kind: ChangeKind,
        span: ast::Span,
        words: impl FnOnce(&Self) -> String,
    ) -> bool {
        let number = self.next;
        self.next += 1;
        match self.wanted {
            None => {
                let words = words(self);
                self.told.push(Mutation {
                    kind,
                    span: at(self.file, span),
                    declaration: self.declaration.clone(),
                    words,
                });
                false
            }
            Some(wanted) => {
                let now = wanted == number;
                self.made |= now;
                now
            }
        }
    }

    /// Something stands there in place of something else.
    pub fn instead(&mut self, kind: ChangeKind, span: ast::Span, other: &str) -> bool {
        self.offer(kind, span, |walk| {
            let of = &walk.declaration;
            format!("`{}` in `{of}` were `{other}`", walk.words(span))
        })
    }

    /// Something is not there.
    pub fn without(&mut self, kind: ChangeKind, span: ast::Span) -> bool {
        self.offer(kind, span, |walk| {
            let of = &walk.declaration;
            format!("`{}` in `{of}` were not there", walk.words(span))
        })
    }

    /// A number as it is written, told with the words around it that say what it is: `over: 3 months`.
    pub fn number(&mut self, kind: ChangeKind, number: &mut Number, around: ast::Span) {
        let whole = if self.words(around).chars().count() <= SHORT {
            around
        } else {
            number.span
        };
        let length = u32::try_from(number.text.len()).unwrap_or(u32::MAX);
        let end = number.span.start.saturating_add(length);
        let start = self.raw(ast::Span {
            end: number.span.start,
            ..whole
        });
        let rest = self.raw(ast::Span {
            start: end,
            ..whole
        });
        for (value, text) in beside(number) {
            let other = one_line(&format!("{start}{text}{rest}"));
            if self.instead(kind, whole, &other) {
                number.value = value;
                number.text = text;
                return;
            }
        }
    }

    pub fn raw(&self, span: ast::Span) -> &'t str {
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or("")
    }

    /// The words of a span on one line, without comments.
    pub fn words(&self, span: ast::Span) -> String {
        const MOST: usize = 60;
        let words = one_line(self.raw(span));
        if words.chars().count() <= MOST {
            return words;
        }
        let start: String = words.chars().take(MOST - 1).collect();
        format!("{}…", start.trim_end())
    }

    pub fn declaration(&self) -> &str {
        &self.declaration
    }

    /// What is not to be made need not be looked for any longer.
    pub fn is_done(&self) -> bool {
        self.made
    }
}
