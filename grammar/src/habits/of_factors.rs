//! Parts of factors and scales: `coverage 50%`, `require 60% of weights`, `members: a, b`, `3 at_war`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_factor(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        match stand.within()? {
            Within::Factor => match kind(tokens, at)? {
                Token::Coverage => self.coverage_first(tokens, at),
                Token::Require => self.require(tokens, at),
                Token::Members => self.members(tokens, at),
                Token::Combine => self.combined_members(tokens, at),
                _ => None,
            },
            Within::Members => self
                .weight_first(tokens, at)
                .or_else(|| self.weight_behind(tokens, at)),
            Within::Scale => self.label_in_brackets(tokens, at),
            Within::Level | Within::Table | Within::Test | Within::Other => None,
        }
    }

    /// `coverage 50%`, `coverage >= 50%`
    fn coverage_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let coverage = *tokens.get(at).filter(|_| self.fresh(tokens, at))?;
        let sign = matches!(
            kind(tokens, at + 1)?,
            Token::Colon | Token::Equals | Token::GreaterOrEqual
        );
        let of = at + 1 + usize::from(sign);
        let number = *tokens.get(of).filter(|t| t.kind == Token::Number)?;
        let whole = span(coverage.start, number.end);
        let instead = format!("require {} coverage", self.slice(number));
        Some(Rewriting::written(
            (at, of + 1),
            vec![
                as_kind(coverage, Token::Require),
                number,
                empty(Token::Coverage, number.end),
            ],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `require 60% of weights`, `require at least 2`, `require >= 50% coverage`
    fn require(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let require = *tokens.get(at)?;
        let mut of = at + 1;
        let least = match kind(tokens, of)? {
            Token::GreaterOrEqual | Token::Colon | Token::Equals => {
                of += 1;
                true
            }
            Token::At if kind(tokens, of + 1) == Some(Token::Least) => {
                of += 2;
                true
            }
            Token::Least => {
                of += 1;
                true
            }
            _ => false,
        };
        // `require all`
        if of == at + 1
            && matches!(
                self.slice(*tokens.get(of)?),
                "all" | "everything" | "complete"
            )
            && of + 1 == self.line_end(tokens, at)
        {
            let all = *tokens.get(of)?;
            let whole = span(require.start, all.end);
            let number = self.put(Token::Number, all.start, all.end, "100%");
            return Some(Rewriting::written(
                (at, of + 1),
                vec![require, number, empty(Token::Coverage, all.end)],
                whole,
                (
                    self.written(whole.start, whole.end),
                    "require 100% coverage",
                ),
                vec![(whole, "require 100% coverage".to_owned())],
            ));
        }
        // `require coverage >= 50%`
        if of == at + 1 && matches!(kind(tokens, of)?, Token::Coverage | Token::Known) {
            let counts = kind(tokens, of)?;
            let sign = matches!(
                kind(tokens, of + 1)?,
                Token::GreaterOrEqual | Token::Greater | Token::Colon | Token::Equals
            );
            let number = *tokens
                .get(of + 1 + usize::from(sign))
                .filter(|t| t.kind == Token::Number)?;
            let whole = span(require.start, number.end);
            let word = self.slice(*tokens.get(of)?).to_owned();
            let instead = format!("require {} {word}", self.slice(number));
            return Some(Rewriting::written(
                (at, of + 2 + usize::from(sign)),
                vec![require, number, empty(counts, number.end)],
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(whole, instead.clone())],
            ));
        }
        let number = *tokens.get(of).filter(|t| t.kind == Token::Number)?;
        let end = self.line_end(tokens, at);
        let share = self.slice(number).ends_with('%');
        let next = kind(tokens, of + 1).filter(|_| of + 1 < end);
        let (last, counts) = match next {
            Some(Token::Coverage) => (of + 2, Token::Coverage),
            Some(Token::Known) => (of + 2, Token::Known),
            None if least => (of + 1, if share { Token::Coverage } else { Token::Known }),
            Some(Token::Of) => (end, if share { Token::Coverage } else { Token::Known }),
            Some(Token::Members | Token::Weight) if of + 2 == end => {
                (of + 2, if share { Token::Coverage } else { Token::Known })
            }
            _ => return None,
        };
        if !least && matches!(next, Some(Token::Coverage | Token::Known)) {
            return None;
        }
        // `require 50% of x, combine …` on one line is left to the parser.
        if tokens
            .get(of + 1..last)?
            .iter()
            .any(|t| !(t.kind.is_name() || t.kind == Token::Number || t.kind == Token::In))
        {
            return None;
        }
        let word = if counts == Token::Coverage {
            "coverage"
        } else {
            "known"
        };
        let close = tokens.get(last - 1)?.end;
        let whole = span(require.start, close);
        let instead = format!("require {} {word}", self.slice(number));
        Some(Rewriting::written(
            (at, last),
            vec![require, number, empty(counts, number.end)],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `members: a, b, c`, `members [a, b, c]`
    fn members(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let mut from = at + 1;
        if matches!(kind(tokens, from)?, Token::Colon | Token::Equals) {
            from += 1;
        }
        let first = *tokens.get(from)?;
        let (begin, end, close) = match first.kind {
            Token::OpenBracket | Token::OpenParen => {
                let partner = first.kind.partner()?;
                let end = (from..tokens.len()).find(|at| kind(tokens, *at) == Some(partner))?;
                (from + 1, end, end + 1)
            }
            Token::OpenBrace if from > at + 1 => {
                // `members: { a, b }`
                let sign = *tokens.get(at + 1)?;
                return Some(Rewriting::written(
                    (at, from),
                    vec![word],
                    sign.span(),
                    (self.slice(sign), ""),
                    vec![(sign.span(), String::new())],
                ));
            }
            kind if kind.is_name() => {
                let mut end = self.line_end(tokens, from);
                // A line that ends with a comma goes on.
                while kind_before(tokens, end) == Some(Token::Comma) && end < tokens.len() {
                    end = self.line_end(tokens, end);
                }
                let stop = (from..end).find(|at| {
                    matches!(
                        self::kind(tokens, *at),
                        Some(Token::CloseBrace | Token::OpenBrace)
                    )
                });
                let end = stop.unwrap_or(end);
                (from, end, end)
            }
            _ => return None,
        };
        let inner = tokens.get(begin..end)?;
        let plain = inner.iter().all(|t| {
            t.kind.is_name()
                || matches!(
                    t.kind,
                    Token::Comma | Token::Number | Token::Weight | Token::Dot
                )
        });
        if inner.is_empty() || !plain {
            return None;
        }
        let last = inner.last()?.end;
        let far = tokens.get(close.checked_sub(1)?)?.end.max(last);
        let text = self.written(inner.first()?.start, last).to_owned();
        let text = text.trim_end_matches(',').to_owned();
        let instead = format!("members {{ {text} }}");
        let whole = span(word.start, far);
        let mut out = vec![word, empty(Token::OpenBrace, inner.first()?.start)];
        out.extend_from_slice(inner);
        out.push(empty(Token::CloseBrace, far));
        let short = if text.contains('\n') {
            "members { … }"
        } else {
            &instead
        };
        Some(Rewriting::written(
            (at, close),
            out,
            whole,
            (self.written(word.start, first.end), short),
            vec![(whole, instead.clone())],
        ))
    }

    /// `3 at_war` among members.
    fn weight_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens.get(at).filter(|t| t.kind == Token::Number)?;
        if !matches!(kind_before(tokens, at)?, Token::OpenBrace | Token::Comma) {
            return None;
        }
        let of = at + 1;
        let name = *tokens.get(of).filter(|t| t.kind.is_name())?;
        if !matches!(kind(tokens, of + 1)?, Token::Comma | Token::CloseBrace)
            || in_brackets(tokens, at)
        {
            return None;
        }
        let whole = span(number.start, name.end);
        let weight = self.slice(number).to_owned();
        let instead = format!("{} weight {weight}", self.slice(name));
        let again = self.put(Token::Number, name.end, name.end, &weight);
        Some(Rewriting::written(
            (at, of + 1),
            vec![name, empty(Token::Weight, name.end), again],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `shortage 50%`, `shortage (0.5)` among members.
    fn weight_behind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at).filter(|t| t.kind.is_name())?;
        if !matches!(kind_before(tokens, at)?, Token::OpenBrace | Token::Comma) {
            return None;
        }
        let bracket = usize::from(kind(tokens, at + 1)? == Token::OpenParen);
        let number = *tokens
            .get(at + 1 + bracket)
            .filter(|t| t.kind == Token::Number)?;
        let end = at + 2 + 2 * bracket;
        let closed = bracket == 0 || kind(tokens, end - 1)? == Token::CloseParen;
        let ends = matches!(kind(tokens, end)?, Token::Comma | Token::CloseBrace);
        if !closed || !ends || self.fresh(tokens, at + 1) || in_brackets(tokens, at) {
            return None;
        }
        let last = *tokens.get(end - 1)?;
        let whole = span(name.start, last.end);
        let weight = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number));
        let instead = format!("{} weight {weight}", self.slice(name));
        Some(Rewriting::written(
            (at, end),
            vec![name, empty(Token::Weight, name.end), number],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `combine = max(members)`, `combine mean of members`
    fn combined_members(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let combine = *tokens.get(at)?;
        let sign = matches!(kind(tokens, at + 1)?, Token::Equals | Token::Colon);
        let from = at + 1 + usize::from(sign);
        let end = self.line_end(tokens, at);
        let open = (from..end)
            .find(|at| matches!(kind(tokens, *at), Some(Token::OpenParen | Token::Of)))?;
        let way = tokens
            .get(from..open)
            .filter(|way| !way.is_empty() && way.iter().all(|t| t.kind.is_name()))?;
        let inner = tokens.get(open + 1..end)?;
        if !inner.iter().any(|t| t.kind == Token::Members)
            || inner.iter().any(|t| t.kind == Token::OpenBrace)
        {
            return None;
        }
        let (first, last) = (*way.first()?, *way.last()?);
        let whole = span(combine.start, tokens.get(end - 1)?.end);
        let words = self.written(first.start, last.end).replace('_', " ");
        let instead = format!("combine {words}");
        let mut out = vec![combine];
        out.extend_from_slice(way);
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `low (Low)` in a scale.
    fn label_in_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at).filter(|t| t.kind == Token::OpenParen)?;
        if !kind_before(tokens, at)?.is_name() {
            return None;
        }
        let close =
            (at + 1..tokens.len()).find(|at| !kind(tokens, *at).is_some_and(Token::is_name))?;
        let end = *tokens
            .get(close)
            .filter(|t| t.kind == Token::CloseParen && close > at + 1)?;
        let inner = span(open.end, end.start);
        let text = self.written(inner.start, inner.end).trim().to_owned();
        let instead = format!("\"{text}\"");
        let whole = span(open.start, end.end);
        let label = Tok {
            kind: Token::Text,
            start: inner.start,
            end: inner.end,
        };
        Some(Rewriting::written(
            (at, close + 1),
            vec![label],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }
}

/// Is a token an argument of a call or an item of a list, rather than a member?
fn in_brackets(tokens: &[Tok], at: usize) -> bool {
    let mut closed = 0_usize;
    for before in tokens.get(..at).unwrap_or_default().iter().rev() {
        match before.kind {
            Token::CloseParen | Token::CloseBracket => closed += 1,
            Token::OpenParen | Token::OpenBracket if closed == 0 => return true,
            Token::OpenParen | Token::OpenBracket => closed -= 1,
            Token::OpenBrace => return false,
            _ => {}
        }
    }
    false
}

fn kind_before(tokens: &[Tok], at: usize) -> Option<Token> {
    kind(tokens, at.checked_sub(1)?)
}
