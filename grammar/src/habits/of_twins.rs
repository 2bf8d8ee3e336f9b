//! Lines that stand twice, word for word, where a block was copied, and may not: bands of a level and pieces. A clause or
//! a row that stands twice can be read, and never decides: that is told when it is checked.
//!
//! In: one place in the tokens. Out: the tokens without the second.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, kind, span};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token};

/// How far back the first is looked for, in tokens.
const FAR: usize = 2_000;

impl Habits<'_> {
    pub(super) fn in_twins(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let lists = match stand.within()? {
            Within::Level => kind(tokens, at + 1) == Some(Token::In),
            Within::Other => stand.formula,
            Within::Table | Within::Factor | Within::Members | Within::Scale | Within::Test => {
                false
            }
        };
        if !lists || stand.in_brackets() || !self.begins_entry(tokens, at) {
            return None;
        }
        let end = self.entry_end(tokens, at)?;
        let entry = tokens.get(at..end).filter(|entry| entry.len() > 1)?;
        let mut from = at;
        while let Some(open) = from.checked_sub(1) {
            if kind(tokens, open)? != Token::Comma || at - from > FAR {
                return None;
            }
            let begins = self.entry_begin(tokens, open)?;
            let earlier = tokens.get(begins..open)?;
            let same = earlier.len() == entry.len()
                && earlier
                    .iter()
                    .zip(entry)
                    .all(|(one, other)| self.slice(*one) == self.slice(*other));
            if same {
                return self.without(tokens, (at, end));
            }
            from = begins;
        }
        None
    }

    fn begins_entry(&self, tokens: &[Tok], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
        before == Some(Token::Comma) && self.fresh(tokens, at)
    }

    /// One past the entry that begins at a place: its comma or the brace behind it.
    fn entry_end(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let mut place = at;
        while let Some(kind) = kind(tokens, place) {
            if kind.opens() {
                place = self.closed(tokens, place)?;
                continue;
            }
            // Cells of a row have commas between them as well.
            let ends = kind == Token::Comma
                && (self.fresh(tokens, place + 1)
                    || self::kind(tokens, place + 1) == Some(Token::CloseBrace));
            if ends || kind == Token::CloseBrace {
                return Some(place);
            }
            place += 1;
        }
        None
    }

    /// Where the entry before a comma begins: behind the comma that ends a line, or the brace.
    fn entry_begin(&self, tokens: &[Tok], comma: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for place in (0..comma).rev() {
            let kind = kind(tokens, place)?;
            if kind.closes() {
                depth += 1;
            } else if kind.opens() {
                if depth == 0 {
                    return Some(place + 1);
                }
                depth -= 1;
            } else if kind == Token::Comma && depth == 0 && self.fresh(tokens, place + 1) {
                return Some(place + 1);
            }
        }
        None
    }

    fn without(&self, tokens: &[Tok], (at, end): (usize, usize)) -> Option<Rewriting> {
        let (first, last) = (*tokens.get(at)?, *tokens.get(end - 1)?);
        let comma = tokens.get(end).filter(|next| next.kind == Token::Comma);
        let words = self.written(first.start, last.end);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = ProblemKind::Unexpected {
            found: format!("a second `{}`", crate::literal::quoted(&words)),
            expected: Vec::new(),
            missing_separator: None,
            hint: Hint::Out,
        };
        Some(Rewriting {
            from: at,
            to: end + usize::from(comma.is_some()),
            tokens: Vec::new(),
            span: span(first.start, comma.unwrap_or(&last).end),
            told: Some(told),
        })
    }
}
