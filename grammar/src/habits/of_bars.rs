//! Signs around and within names that mathematics and prose have: `|a - b|`, `z-score(x)`,
//! `(1 - a) as "Calm"`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, kind, span};
use crate::token::{Tok, Token};

/// The most tokens between two bars.
const FAR: usize = 60;

impl Habits<'_> {
    pub(super) fn in_bars(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        match token.kind {
            Token::Or if stand.formula && self.slice(token) == "|" => self.magnitude(tokens, at),
            Token::Ident if stand.formula => self.function_with_hyphen(tokens, at),
            Token::As if stand.within() == Some(Within::Members) => {
                self.label_behind_as(tokens, at)
            }
            _ => None,
        }
    }

    /// `|a - b|`: where no value stands before the first bar, and none behind the second.
    fn magnitude(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if before.ends_operand() {
            return None;
        }
        let mut depth = 0_usize;
        let close = (at + 1..tokens.len().min(at + FAR)).find_map(|place| {
            let token = tokens.get(place).filter(|_| !self.fresh(tokens, place))?;
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.checked_sub(1)?;
            }
            (depth == 0 && token.kind == Token::Or && self.slice(*token) == "|").then_some(place)
        })?;
        let begins = kind(tokens, at + 1)?;
        let ends = kind(tokens, close - 1)?;
        let value = |kind: Token| {
            kind.is_name() || matches!(kind, Token::Number | Token::OpenParen | Token::Minus)
        };
        // Behind the second bar nothing may begin: `a or |b| or c` has its own words.
        let behind = kind(tokens, close + 1)
            .filter(|_| !self.fresh(tokens, close + 1))
            .is_some_and(|next| next.is_name() || next == Token::Number);
        if !value(begins) || !ends.ends_operand() || behind {
            return None;
        }
        let inner = self.words_of(tokens.get(at + 1..close)?);
        self.anew(tokens, (at, close + 1), &format!("abs({inner})"))
    }

    /// `(1 - a) as "Calm"`: a label stands right behind its member.
    fn label_behind_as(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, label) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let behind = kind(tokens, at.checked_sub(1)?)?.ends_operand();
        (label.kind == Token::Text && behind).then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                (self.slice(word), ""),
                vec![(span(word.start, label.start), String::new())],
            )
        })
    }

    /// `z-score(x)`: names of functions have no hyphens.
    fn function_with_hyphen(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [first, minus, second, open] = tokens.get(at..at + 4)? else {
            return None;
        };
        let joined =
            first.end == minus.start && minus.end == second.start && second.end == open.start;
        let fits = joined
            && minus.kind == Token::Minus
            && second.kind == Token::Ident
            && open.kind == Token::OpenParen
            && !self.declared.contains(self.slice(*first));
        if !fits {
            return None;
        }
        let words = format!("{}{}", self.slice(*first), self.slice(*second)).to_ascii_lowercase();
        let meant = match words.as_str() {
            "zscore" | "zscores" => "zscore",
            "minmax" => "minmax",
            "log10" => "log10",
            "log2" => "log2",
            "stddev" => "stddev",
            _ => return None,
        };
        self.anew(tokens, (at, at + 3), meant)
    }
}
