//! Lines of tests: series without brackets, one value for several, about so much.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    /// `expect x about 0.8`: tests compare as many digits as are written.
    pub(super) fn about(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        let says = matches!(
            self.slice(word),
            "about"
                | "approx"
                | "approximately"
                | "around"
                | "roughly"
                | "circa"
                | "near"
                | "close"
        );
        let from = usize::from(kind(tokens, at.checked_sub(1)?)? == Token::Is);
        let begin = at - from;
        let two = usize::from(kind(tokens, at + 1)? == Token::To);
        let number = matches!(kind(tokens, at + 1 + two)?, Token::Number | Token::Minus);
        let named = kind(tokens, begin.checked_sub(1)?)?.is_name();
        if !says || !number || !named {
            return None;
        }
        let whole = span(tokens.get(begin)?.start, tokens.get(at + two)?.end);
        Some(Rewriting::written(
            (begin, at + 1 + two),
            vec![Tok {
                kind: Token::Is,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            (self.written(whole.start, whole.end), "is"),
            vec![(whole, "is".to_owned())],
        ))
    }

    /// `given deadly, flight = yes`
    pub(super) fn given_together(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let given = *tokens.get(at).filter(|t| t.kind == Token::Given)?;
        let end = self.line_end(tokens, at);
        let equals = (at..end).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let names = tokens.get(at + 1..equals)?;
        let several = names
            .iter()
            .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::And))
            && names
                .iter()
                .any(|t| matches!(t.kind, Token::Comma | Token::And));
        let value = tokens
            .get(equals + 1..end)
            .filter(|value| several && !value.is_empty())?;
        if value
            .iter()
            .any(|t| matches!(t.kind, Token::Comma | Token::Equals))
        {
            return None;
        }
        let words = self.words_of(value);
        let lines: Vec<String> = names
            .iter()
            .filter(|t| t.kind.is_name())
            .map(|t| format!("given {} = {words}", self.slice(*t)))
            .collect();
        let last = *value.last()?;
        let whole = span(given.start, last.end);
        let out = self.tokens_of(&lines.join(" "), whole.start, whole.end)?;
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &lines.join(", ")),
            vec![(whole, lines.join("\n  "))],
        ))
    }

    /// `given overall = low, high, high`, `expect fullness = 0, 0.8`
    pub(super) fn bare_series(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let sign = *tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::Equals | Token::Is))?;
        let says = kind(tokens, at.checked_sub(2)?)?;
        if stand.within() != Some(Within::Test) || !matches!(says, Token::Given | Token::Expect) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let inner = tokens.get(at + 1..end)?;
        let value = |t: &Tok| {
            t.kind.is_name()
                || matches!(
                    t.kind,
                    Token::Number
                        | Token::Comma
                        | Token::Semicolon
                        | Token::Minus
                        | Token::Yes
                        | Token::No
                        | Token::Missing
                        | Token::Times
                )
        };
        let commas = inner
            .iter()
            .filter(|t| matches!(t.kind, Token::Comma | Token::Semicolon))
            .count();
        let ends = inner.last().is_some_and(|last| last.kind != Token::Comma);
        if commas == 0 || !ends || !inner.iter().all(value) {
            return None;
        }
        let (first, last) = (*inner.first()?, *inner.last()?);
        // What is expected is said with `is`.
        let from = at + usize::from(says == Token::Given || sign.kind == Token::Is);
        let is = if from == at { "is " } else { "" };
        if let [whole, comma, part, ..] = inner
            && let Some(number) = self.decimals_apart(tokens, [*whole, *comma, *part], stand)
        {
            let unit = tokens.get(at + 4..end)?;
            let words = match unit {
                [] => number,
                unit => format!("{number} {}", self.words_of(unit)),
            };
            return self.anew(tokens, (from, end), &format!("{is}{words}"));
        }
        let instead = format!("{is}[{}]", self.words_of(inner).replace(';', ","));
        if from == at {
            return self.anew(tokens, (at, end), &instead);
        }
        let whole = span(first.start, last.end);
        let mut out = vec![empty(Token::OpenBracket, first.start)];
        out.extend(inner.iter().map(|t| match t.kind {
            Token::Semicolon => as_kind(*t, Token::Comma),
            _ => *t,
        }));
        out.push(empty(Token::CloseBracket, last.end));
        Some(Rewriting::written(
            (at + 1, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
        .filter(|_| sign.end <= first.start)
    }

    /// `given share = 0, 8` in a test of one row: a number, with a blank behind its comma.
    fn decimals_apart(
        &self,
        tokens: &[Tok],
        [whole, comma, part]: [Tok; 3],
        stand: &Stand,
    ) -> Option<String> {
        let (_, begins) = stand.declares?;
        let mut head = tokens
            .get(begins..)?
            .iter()
            .take_while(|t| t.kind != Token::OpenBrace);
        let one_row = !head.any(|t| t.kind == Token::Over);
        let digits = |token: Tok| {
            token.kind == Token::Number && self.slice(token).bytes().all(|b| b.is_ascii_digit())
        };
        (one_row && comma.kind == Token::Comma && digits(whole) && digits(part))
            .then(|| format!("{}.{}", self.slice(whole), self.slice(part)))
    }
}
