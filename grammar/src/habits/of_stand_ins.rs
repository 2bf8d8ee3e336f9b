//! What stands in the place of a number or a value: `.` for what is missing, `l2` for 12, `sum(a, b) / len(a, b)` for a
//! mean.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, as_kind, kind};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_stand_ins(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        let word = self.slice(token);
        match token.kind {
            Token::Dot if stand.formula => self.stands_for_missing(tokens, at),
            Token::Ident if stand.formula && word.eq_ignore_ascii_case("sum") => {
                self.sum_by_number(tokens, at)
            }
            Token::Ident if looks_like_number(word) => self.number_in_letters(tokens, at),
            _ => None,
        }
    }

    /// `f(a, b, .)`: a point for what is missing, as a statistics package has it.
    fn stands_for_missing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let dot = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + 1);
        let begins = matches!(
            before,
            Token::Comma | Token::Semicolon | Token::OpenParen | Token::Then | Token::Else
        );
        let ends = next.is_none_or(|next| {
            next.closes()
                || matches!(next, Token::Comma | Token::Semicolon | Token::Else)
                || self.fresh(tokens, at + 1)
        });
        let alone = begins && ends;
        alone.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(dot, Token::Missing)],
                dot.span(),
                (".", "missing"),
                vec![(dot.span(), "missing".to_owned())],
            )
        })
    }

    /// `sum(a, b) / len(a, b)`: the mean.
    fn sum_by_number(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at + 1)? != Token::OpenParen {
            return None;
        }
        let close = self.closed(tokens, at + 1)?;
        let counts = *tokens.get(close + 1)?;
        // `count` in small letters is one of our own.
        let named = matches!(
            self.slice(counts),
            "COUNT" | "len" | "LEN" | "length" | "COUNTA"
        ) && !self.declared.contains(self.slice(counts));
        if kind(tokens, close)? != Token::Slash
            || !named
            || kind(tokens, close + 2)? != Token::OpenParen
        {
            return None;
        }
        let end = self.closed(tokens, close + 2)?;
        let summed = self.words_of(tokens.get(at + 2..close - 1)?);
        let counted = self.words_of(tokens.get(close + 3..end - 1)?);
        let words = summed.replace(';', ",");
        (summed == counted && !words.contains(':'))
            .then(|| self.anew(tokens, (at, end), &format!("mean({words})")))
            .flatten()
    }

    /// `cooldown l2 months`, `>= l0 deaths`: a number that begins with a letter which looks like a digit.
    fn number_in_letters(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let own = self.slice(word);
        let meant: String = own.chars().map(digit_like).collect();
        let next = *tokens.get(at + 1)?;
        let unit = self.slice(next);
        let wants = !self.fresh(tokens, at + 1)
            && (period_word(unit).is_some() || self.known.units.contains(unit));
        let known = self.declared.contains(own) || self.known.values.contains(own);
        (wants && !known)
            .then(|| self.anew(tokens, (at, at + 1), &meant))
            .flatten()
    }
}

/// `l2`, `O5`, `I0`: letters that look like digits, before digits.
fn looks_like_number(word: &str) -> bool {
    let begins = word.starts_with(['l', 'I', 'O']);
    let all = word.chars().all(|sign| digit_like(sign).is_ascii_digit());
    begins && all && word.chars().any(|sign| sign.is_ascii_digit())
}

fn digit_like(sign: char) -> char {
    match sign {
        'l' | 'I' => '1',
        'O' | 'o' => '0',
        other => other,
    }
}
