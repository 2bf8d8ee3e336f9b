//! `cite` and `allow` among the lines of a level, the rows of a table, the members of a factor or the levels of a scale:
//! they speak of the whole, and stand behind its braces.
//!
//! In: one place in the tokens. Out: the tokens with the property behind the brace.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_moved(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let within = stand.within()?;
        let what = match within {
            Within::Level => "level",
            Within::Table => "table",
            Within::Scale => "scale",
            Within::Members => "factor",
            Within::Factor | Within::Test | Within::Other => return None,
        };
        let word = *tokens.get(at)?;
        let begins = self.fresh(tokens, at)
            || at
                .checked_sub(1)
                .and_then(|before| kind(tokens, before))
                .is_some_and(|before| matches!(before, Token::Comma | Token::OpenBrace));
        if !begins || stand.in_brackets() || self.is_put(word) {
            return None;
        }
        let (read, end) = match self.slice(word) {
            "cite" if kind(tokens, at + 1)? == Token::Text => (Token::Cite, at + 2),
            "allow" if self.slice(*tokens.get(at + 1)?).starts_with("FW") => {
                let reason = kind(tokens, at + 2) == Some(Token::Because)
                    && kind(tokens, at + 3) == Some(Token::Text);
                (Token::Allow, if reason { at + 4 } else { at + 2 })
            }
            _ => return None,
        };
        // A level of that name: `{ cite "Cited" < quoted }`.
        let is_level = within == Within::Scale
            && matches!(kind(tokens, end), Some(Token::Less | Token::CloseBrace))
            && !tokens
                .get(at.checked_sub(1)?)
                .is_some_and(|before| before.kind == Token::Text);
        if is_level {
            return None;
        }
        let comma = kind(tokens, end) == Some(Token::Comma);
        let rest = end + usize::from(comma);
        // The brace that closes the block.
        let mut depth = 0_usize;
        let close = (rest..tokens.len()).find(|place| {
            let Some(kind) = kind(tokens, *place) else {
                return false;
            };
            if kind.opens() {
                depth += 1;
            } else if kind.closes() {
                if depth == 0 {
                    return true;
                }
                depth -= 1;
            }
            false
        })?;
        let brace = *tokens
            .get(close)
            .filter(|t| t.kind == Token::CloseBrace && t.end > t.start)?;
        let last = *tokens.get(end - 1)?;
        let said = self.written(word.start, last.end).to_owned();
        let mut out: Vec<Tok> = tokens.get(rest..=close)?.to_vec();
        out.push(as_kind(word, read));
        out.extend_from_slice(tokens.get(at + 1..end)?);
        let before = *tokens.get(at.checked_sub(1)?)?;
        let gone = span(before.end, tokens.get(rest - 1)?.end);
        let behind = span(brace.end, brace.end);
        let own = self.slice(word).to_owned();
        Some(Rewriting {
            from: at,
            to: close + 1,
            tokens: out,
            span: word.span(),
            told: Some(ProblemKind::Unexpected {
                found: format!("`{own}`"),
                expected: Vec::new(),
                missing_separator: None,
                hint: Hint::Mend(
                    format!("it speaks of the whole {what}: write it behind the closing brace"),
                    vec![(gone, String::new()), (behind, format!(" {said}"))],
                ),
            }),
        })
    }
}
