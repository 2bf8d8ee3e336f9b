//! A truth that is compared with an answer: `open = TRUE`, `open == FALSE`, `open <> yes`, `(a > 3) = "no"`.
//!
//! In: the sign of an equality, and what stands around it. Out: the truth itself, or `not` before it. What is
//! unknown stays so, as with those who write it; `is yes` and `is no` would make a certain answer of it.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, kind};
use crate::token::{Tok, Token};

/// The most tokens of what is compared.
const FAR: usize = 60;

impl Habits<'_> {
    /// `open = TRUE`, `open != no`: it is yes or no by itself.
    pub(super) fn truth_by_answer(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let member = stand.within() == Some(Within::Members);
        let of_test = stand.declares(Token::DeclareTest) || stand.within() == Some(Within::Test);
        if !(stand.formula || member) || self.is_put(sign) || of_test {
            return None;
        }
        let denies = sign.kind == Token::Is && kind(tokens, at + 1) == Some(Token::Not);
        let answered = at + 1 + usize::from(denies);
        let yes = self.answer(tokens, answered)?;
        let compares = match sign.kind {
            Token::Equals => member || self.binds_before(tokens, at, stand),
            // `is yes` and `is not yes` are said here, of what is certain.
            _ => self.written(sign.start, sign.end) != "is",
        };
        let behind = kind(tokens, answered + 1);
        let ends = !behind.is_some_and(|next| {
            matches!(
                next,
                Token::Dot | Token::Plus | Token::Minus | Token::Star | Token::Slash
            )
        });
        let from = self.compared_from(tokens, at)?;
        let operand = tokens.get(from..at).filter(|operand| !operand.is_empty())?;
        if !compares || !ends {
            return None;
        }
        let words = self.words_of(operand);
        let negated = from
            .checked_sub(1)
            .is_some_and(|not| kind(tokens, not) == Some(Token::Not));
        let (first, instead) = match (yes != denies, negated) {
            (true, false) => (from, words),
            // `not open = FALSE`
            (false, true) => (from - 1, words),
            (true, true) => (from - 1, format!("not {words}")),
            (false, false) => match self.is_one_value(operand) {
                true => (from, format!("not {words}")),
                false => (from, format!("not ({words})")),
            },
        };
        self.anew(tokens, (first, answered + 1), &instead)
    }

    /// The answer that a word or a text gives, where it is no name of the file.
    fn answer(&self, tokens: &[Tok], at: usize) -> Option<bool> {
        let token = *tokens.get(at)?;
        let word = match token.kind {
            Token::Yes => return Some(true),
            Token::No => return Some(false),
            Token::Ident => self.slice(token).to_owned(),
            Token::Text => self
                .slice(token)
                .trim_matches(['"', '\'', '“', '”'])
                .trim()
                .to_lowercase(),
            _ => return None,
        };
        if self.declared.contains(word.as_str()) {
            return None;
        }
        match super::table::value(&word) {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => match word.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
        }
    }

    /// Has a formula begun before the sign of its declaration?
    fn binds_before(&self, tokens: &[Tok], at: usize, stand: &Stand) -> bool {
        let begins = stand.declares.map_or(0, |(_, first)| first);
        // `missing = no` says what a blank means.
        let ends_value = at
            .checked_sub(1)
            .and_then(|before| kind(tokens, before))
            .is_some_and(|before| before.ends_operand() && before != Token::Missing);
        ends_value
            && tokens.get(begins..at).is_some_and(|before| {
                before.iter().any(|token| {
                    matches!(
                        token.kind,
                        Token::Equals | Token::When | Token::If | Token::Unless
                    )
                })
            })
    }

    /// Where what stands before the sign of a comparison begins.
    fn compared_from(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut from = at;
        while let Some(before) = from.checked_sub(1) {
            let token = *tokens.get(before)?;
            if token.kind.closes() {
                depth += 1;
            } else if token.kind.opens() {
                let Some(less) = depth.checked_sub(1) else {
                    break;
                };
                depth = less;
            } else if depth == 0 && self.ends_before_operand(token) {
                break;
            }
            if at - before > FAR {
                return None;
            }
            from = before;
        }
        Some(from)
    }

    /// Does what is compared with an answer begin behind this?
    fn ends_before_operand(&self, token: Tok) -> bool {
        matches!(
            token.kind,
            Token::Equals
                | Token::When
                | Token::If
                | Token::Then
                | Token::Else
                | Token::Unless
                | Token::And
                | Token::Or
                | Token::Not
                | Token::Comma
                | Token::Semicolon
                | Token::Colon
                | Token::Given
        ) || (token.kind == Token::Ident
            && matches!(
                self.slice(token).to_ascii_lowercase().as_str(),
                "and" | "or" | "not" | "if" | "when" | "where" | "case" | "then" | "else"
            ))
    }

    /// A name, what belongs to it, or a call: nothing in it has to be held together.
    fn is_one_value(&self, operand: &[Tok]) -> bool {
        let mut depth = 0_usize;
        operand.iter().all(|token| {
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.saturating_sub(1);
            } else {
                return depth > 0 || token.kind.is_name() || token.kind == Token::Dot;
            }
            true
        })
    }
}
