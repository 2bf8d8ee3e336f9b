//! Rows of decision tables as other methods write them: `high and no then …`, `public or private then …`,
//! `(public, private)`, `medium any, any then …`, `not community`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::declarations::on_new_line;
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token};

/// How far into a file the names of a category are looked for, in tokens.
const FAR: usize = 4_000;

/// The longest row, in tokens.
const LONGEST: usize = 60;

impl Habits<'_> {
    pub(super) fn in_rows(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if stand.within() != Some(Within::Table) || self.is_put(*tokens.get(at)?) {
            return None;
        }
        match kind(tokens, at)? {
            Token::And if self.before_then(tokens, at) => {
                let word = *tokens.get(at)?;
                let before = *tokens.get(at.checked_sub(1)?)?;
                Some(Rewriting::written(
                    (at, at + 1),
                    vec![as_kind(word, Token::Comma)],
                    word.span(),
                    ("and", ","),
                    vec![(span(before.end, word.end), ",".to_owned())],
                ))
            }
            Token::OpenParen | Token::OpenBracket if self.before_then(tokens, at) => self
                .interval(tokens, at.checked_sub(1)?)
                .or_else(|| self.set_in_brackets(tokens, at)),
            Token::Not if self.before_then(tokens, at) => self.others_than(tokens, at),
            kind if kind.is_name() && self.before_then(tokens, at) => self
                .one_or_other(tokens, at)
                .or_else(|| self.cells_apart(tokens, at)),
            _ => None,
        }
    }

    /// Does the row go on to its `then`?
    fn before_then(&self, tokens: &[Tok], at: usize) -> bool {
        for place in at + 1..tokens.len().min(at + LONGEST) {
            if self.fresh(tokens, place) {
                return false;
            }
            match kind(tokens, place) {
                Some(Token::Then) => return true,
                None => return false,
                Some(_) => {}
            }
        }
        false
    }

    /// `public or private`
    fn one_or_other(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !matches!(before, Token::Comma | Token::OpenBrace) && !self.fresh(tokens, at) {
            return None;
        }
        // `serious or above`
        if let Some(sign) = self.and_beyond(tokens, at + 1)
            && matches!(kind(tokens, at + 3), Some(Token::Comma | Token::Then))
        {
            let instead = format!("{sign} {}", self.slice(*tokens.get(at)?));
            return self.anew(tokens, (at, at + 3), &instead);
        }
        let mut end = at + 1;
        let mut names = vec![self.slice(*tokens.get(at)?).to_owned()];
        while matches!(kind(tokens, end), Some(Token::Or | Token::Slash))
            && kind(tokens, end + 1).is_some_and(Token::is_name)
        {
            names.push(self.slice(*tokens.get(end + 1)?).to_owned());
            end += 2;
        }
        (names.len() > 1)
            .then(|| {
                let instead = format!("{{{}}}", names.join(", "));
                self.anew(tokens, (at, end), &instead)
            })
            .flatten()
    }

    /// `(public, private)`
    fn set_in_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.closed(tokens, at)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let plain = inner
            .iter()
            .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::Or));
        if !plain
            || !inner
                .iter()
                .any(|t| t.kind != Token::Or && !t.kind.is_name())
                && inner.len() < 3
        {
            return None;
        }
        let names: Vec<&str> = inner
            .iter()
            .filter(|t| t.kind.is_name())
            .map(|t| self.slice(*t))
            .collect();
        let instead = format!("{{{}}}", names.join(", "));
        self.anew(tokens, (at, end), &instead)
    }

    /// `not community`, `not(community)`: the others are named.
    fn others_than(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let bracket = usize::from(kind(tokens, at + 1)? == Token::OpenParen);
        let name = *tokens.get(at + 1 + bracket).filter(|t| t.kind.is_name())?;
        let word = self.slice(name);
        let behind = at + 2 + 2 * bracket;
        let closed = bracket == 0 || kind(tokens, behind - 1)? == Token::CloseParen;
        let ends = closed && matches!(kind(tokens, behind)?, Token::Comma | Token::Then);
        let mut braces = tokens
            .iter()
            .take(FAR)
            .enumerate()
            .filter(|(_, t)| t.kind == Token::OpenBrace);
        let others = braces.find_map(|(open, _)| {
            let mut items = Vec::new();
            for token in tokens.get(open + 1..)? {
                match token.kind {
                    Token::CloseBrace => break,
                    Token::Comma | Token::Less | Token::Text => {}
                    kind if kind.is_name() && items.len() < 40 => items.push(self.slice(*token)),
                    _ => return None,
                }
            }
            items.contains(&word).then(|| {
                items
                    .into_iter()
                    .filter(|item| *item != word)
                    .collect::<Vec<_>>()
            })
        })?;
        let instead = match others.as_slice() {
            [] => return None,
            [only] => (*only).to_owned(),
            several => format!("{{{}}}", several.join(", ")),
        };
        ends.then(|| self.anew(tokens, (at, behind), &instead))
            .flatten()
    }

    /// `or more`, `and above`, `or lower` behind what begins there: the sign of the comparison.
    pub(super) fn and_beyond(&self, tokens: &[Tok], at: usize) -> Option<&'static str> {
        if !matches!(kind(tokens, at)?, Token::Or | Token::And) || self.fresh(tokens, at + 1) {
            return None;
        }
        let word = self.slice(*tokens.get(at + 1)?);
        if self.declared.contains(word) {
            return None;
        }
        Some(match word {
            "more" | "higher" | "above" | "greater" | "over" | "worse" | "up" => ">=",
            "less" | "fewer" | "lower" | "below" | "under" | "smaller" => "<=",
            _ => return None,
        })
    }

    /// `medium any, any then …`: a comma between two cells.
    fn cells_apart(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = *tokens.get(at.checked_sub(1)?)?;
        let word = *tokens.get(at)?;
        let cell = before.kind.is_name()
            || matches!(
                before.kind,
                Token::Yes | Token::No | Token::Missing | Token::CloseBrace
            );
        let joined = format!("{}_{}", self.slice(before), self.slice(word));
        let two = cell
            && before.end > before.start
            && !self.fresh(tokens, at)
            && !self.declared.contains(joined.as_str());
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(self.slice(word))),
            expected: vec!["a comma between the cells".to_owned()],
            missing_separator: Some((",".to_owned(), vec![before.end])),
            hint: Hint::None,
        };
        two.then(|| Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(Token::Comma, before.end)],
            span: word.span(),
            told: Some(told),
        })
    }

    /// `orange, any visit,` and `orange, any: visit,` in a table.
    pub(super) fn row_without_then(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let is_sign = matches!(token.kind, Token::Colon | Token::Equals);
        let value = if is_sign { at + 1 } else { at };
        let last = *tokens.get(value).filter(|t| t.kind.is_name())?;
        let behind = kind(tokens, value + 1)?;
        let one_name = format!("{}_{}", self.slice(before), self.slice(last));
        if !matches!(behind, Token::Comma | Token::CloseBrace)
            || self.declared.contains(one_name.as_str())
            || !(before.kind.is_name()
                || matches!(
                    before.kind,
                    Token::CloseBrace | Token::Yes | Token::No | Token::Missing
                ))
            || before.kind == Token::Then
            || on_new_line(self.text, before, last)
        {
            return None;
        }
        // The row has its `then` further on: a comma is missing.
        let end = self.line_end(tokens, at);
        if tokens.get(at..end)?.iter().any(|t| t.kind == Token::Then) {
            return None;
        }
        // Back to where the row begins there is no `then`, and a cell before it.
        let mut depth = 0_usize;
        for place in (0..at).rev().take(LONGEST) {
            match kind(tokens, place)? {
                Token::Then => return None,
                Token::CloseBrace => depth += 1,
                Token::OpenBrace if depth == 0 => break,
                Token::OpenBrace => depth -= 1,
                _ => {}
            }
            if self.fresh(tokens, place) {
                break;
            }
        }
        if is_sign {
            let found = self.slice(token).to_owned();
            let touches = before.end == token.start;
            return Some(Rewriting::written(
                (at, at + 1),
                vec![as_kind(token, Token::Then)],
                token.span(),
                (&found, "then"),
                vec![(
                    token.span(),
                    if touches { " then" } else { "then" }.to_owned(),
                )],
            ));
        }
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(self.slice(last))),
            expected: vec!["`then` and the value".to_owned()],
            missing_separator: Some((" then".to_owned(), vec![before.end])),
            hint: Hint::None,
        };
        Some(Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(Token::Then, before.end)],
            span: last.span(),
            told: Some(told),
        })
    }

    /// `else then nothing`, `default then nothing` in a table.
    pub(super) fn else_row(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let found = self.slice(word).to_owned();
        let says = word.kind == Token::Else
            || (matches!(
                found.to_ascii_lowercase().as_str(),
                "default" | "rest" | "others" | "other" | "remaining" | "else"
            ) && !self.declared.contains(found.as_str()));
        if !says {
            return None;
        }
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + 1)?;
        if !matches!(before, Token::Comma | Token::OpenBrace) && !self.fresh(tokens, at) {
            return None;
        }
        let then = next == Token::Then;
        let mut out = vec![self.put(Token::Otherwise, word.start, word.end, "otherwise")];
        let instead = if then {
            "otherwise"
        } else if matches!(next, Token::Arrow | Token::Colon) || !tokens.get(at + 1)?.kind.is_name()
        {
            return None;
        } else {
            out.push(empty(Token::Then, word.end));
            "otherwise then"
        };
        Some(Rewriting::written(
            (at, at + 1),
            out,
            word.span(),
            (&found, instead),
            vec![(word.span(), instead.to_owned())],
        ))
    }
}
