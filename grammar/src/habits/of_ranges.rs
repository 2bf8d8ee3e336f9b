//! A range without the kind that it belongs to: `score s in 0..10 = …`, `score s : 0..10 = …`, `indicator x "X" in 0..1`.
//!
//! In: one place between a declaration's word and its formula. Out: the range behind its kind, a plain number.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind};
use crate::token::{Tok, Token};

/// What a range of plain numbers is of.
const NUMBER: &str = "number";

impl Habits<'_> {
    pub(super) fn in_ranges(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let (word, head) = stand.declares?;
        if self.is_put(token) || stand.formula || !stand.is_free() || at < head + 2 {
            return None;
        }
        let computed = matches!(
            word,
            Token::DeclareScore | Token::DeclareLet | Token::DeclareParam
        );
        let stated = matches!(word, Token::DeclareIndicator | Token::DeclareIndicators);
        if !computed && !stated {
            return None;
        }
        let before = *tokens.get(at.checked_sub(1)?)?;
        match token.kind {
            // Right behind the name or the label: `number in 0..1` lacks its colon only.
            Token::In if before.kind == Token::Text || at == head + 2 => {
                let typed = tokens
                    .get(head..at)?
                    .iter()
                    .any(|token| token.kind == Token::Colon);
                let end = self.end_of_range(tokens, at + 1).filter(|_| !typed)?;
                let range = self.words_of(tokens.get(at..end)?);
                self.anew(tokens, (at, end), &format!(": {NUMBER} {range}"))
            }
            Token::Number | Token::Minus if before.kind == Token::Colon => {
                let end = self.end_of_range(tokens, at)?;
                let range = self.words_of(tokens.get(at..end)?);
                self.anew(tokens, (at - 1, end), &format!(": {NUMBER} in {range}"))
            }
            Token::Number if computed => self.range(tokens, at),
            _ => None,
        }
    }

    /// One past the range of plain numbers that begins here: `0..10`, `-1..1`, `0..`.
    fn end_of_range(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let number = |at: usize| {
            let sign = usize::from(kind(tokens, at) == Some(Token::Minus));
            (kind(tokens, at + sign) == Some(Token::Number)).then_some(at + sign + 1)
        };
        let dots = number(at).filter(|dots| {
            matches!(kind(tokens, *dots), Some(Token::DotDot | Token::DotDotOpen))
        })?;
        let plain = |token: &Tok| !self.slice(*token).ends_with(['%', '‰']);
        let end = number(dots + 1).filter(|_| !self.fresh(tokens, dots + 1));
        let end = end.unwrap_or(dots + 1);
        tokens
            .get(at..end)?
            .iter()
            .all(plain)
            .then_some(end)
            .filter(|end| {
                // `0..10 deaths` says the kind itself, in its own way.
                kind(tokens, *end).is_none_or(|next| {
                    next == Token::Equals || self.fresh(tokens, *end) || next.begins_attribute()
                })
            })
    }
}
