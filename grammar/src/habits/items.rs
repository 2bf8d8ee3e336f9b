//! Names within names: levels and categories with a hyphen or a blank, functions with a point, powers in small.
//!
//! In: tokens. Out: one token where one was meant, before names are told.

use std::collections::BTreeSet;

use super::Habits;
use super::known::bare;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::token::{Tok, Token};

/// The most words of a level's name.
const MOST: usize = 4;

impl Habits<'_> {
    /// Where the items of scales and categories begin.
    pub(super) fn items(&self, tokens: &[Tok]) -> BTreeSet<u32> {
        let mut starts = BTreeSet::new();
        let mut within = false;
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate() {
            let before = |back: usize| at.checked_sub(back).and_then(|b| tokens.get(b));
            let word = |back: usize| before(back).map_or("", |t| self.slice(*t));
            match token.kind {
                Token::OpenBrace => {
                    depth += 1;
                    let label = usize::from(before(1).is_some_and(|t| t.kind == Token::Text));
                    within = depth == 1
                        && (word(1) == "category"
                            || matches!(word(2 + label), "scale" | "category"));
                }
                Token::CloseBrace => {
                    depth = depth.saturating_sub(1);
                    within = false;
                }
                kind if within && kind.is_name() => {
                    let begins = before(1).is_some_and(|t| {
                        matches!(
                            t.kind,
                            Token::OpenBrace | Token::Comma | Token::Less | Token::Greater
                        )
                    });
                    if begins {
                        starts.insert(token.start);
                    }
                }
                _ => {}
            }
        }
        starts
    }

    /// How many tokens `very low "Very low"` is made of: its label, or its uses, show that it is one name.
    pub(super) fn item_with_blanks(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let first = *tokens.get(at)?;
        let mut parts = 1;
        while let (Some(last), Some(next)) = (tokens.get(at + parts - 1), tokens.get(at + parts)) {
            let one_line = !on_new_line(self.text, *last, *next);
            if parts >= MOST || !next.kind.is_name() || !one_line {
                break;
            }
            parts += 1;
        }
        let last = *tokens.get(at + parts - 1).filter(|_| parts > 1)?;
        let words = super::slice_of(self.text, first.start, last.end);
        let ends = *tokens.get(at + parts)?;
        let joined = crate::literal::meant_name(words).into_owned();
        let labelled = ends.kind == Token::Text && {
            let label = bare(self.slice(ends)).to_lowercase();
            crate::literal::meant_name(&label).as_ref() == joined.to_lowercase()
        };
        let used = tokens
            .iter()
            .any(|t| t.kind == Token::Ident && self.slice(*t) == joined);
        let again = self.text.matches(words).take(2).count() > 1;
        let closes = matches!(
            ends.kind,
            Token::Text | Token::Less | Token::Greater | Token::Comma | Token::CloseBrace
        );
        (closes && (labelled || used || again)).then_some(parts)
    }

    /// `NB.SI(…)` is one name, where spreadsheets have a function of it.
    pub(super) fn dotted_functions(&self, lexed: &mut Lexed) {
        let mut at = 0;
        while at < lexed.tokens.len() {
            let kind = |back: usize| lexed.tokens.get(at + back).map(|t| t.kind);
            let named = |back: usize| kind(back).is_some_and(|k| k.is_name() || k == Token::Is);
            let mut end = 0;
            if matches!(kind(0), Some(Token::Ident | Token::Is)) {
                while kind(end + 1) == Some(Token::Dot) && named(end + 2) && end < 6 {
                    end += 2;
                }
            }
            let joined = lexed
                .tokens
                .get(at)
                .zip(lexed.tokens.get(at + end))
                .filter(|_| end > 0 && kind(end + 1) == Some(Token::OpenParen))
                .map(|(first, last)| Tok {
                    kind: Token::Ident,
                    start: first.start,
                    end: last.end,
                });
            if let Some(whole) = joined
                && super::function(self.slice(whole)).is_some()
            {
                lexed.tokens.splice(at..=at + end, [whole]);
            }
            at += 1;
        }
    }

    /// `walls²`: the sign is no part of the name.
    pub(super) fn superscripts(&self, lexed: &mut Lexed) {
        let mut at = 0;
        while let Some(token) = lexed.tokens.get(at).copied() {
            let word = self.slice(token);
            let raised = word
                .char_indices()
                .next_back()
                .filter(|(place, sign)| *place > 0 && matches!(sign, '²' | '³'));
            if let (Token::Ident, Some((place, _))) = (token.kind, raised) {
                let middle = token.start + u32::try_from(place).unwrap_or_default();
                super::take_back(&mut lexed.problems, token.span());
                lexed.tokens.splice(
                    at..=at,
                    [
                        Tok {
                            end: middle,
                            ..token
                        },
                        Tok {
                            kind: Token::Power,
                            start: middle,
                            end: token.end,
                        },
                    ],
                );
            }
            at += 1;
        }
    }
}
