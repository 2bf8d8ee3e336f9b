//! Clauses, rows and claims: `if c then high`, `c -> high`, `{ low, high }` upside down, `index in 0..1`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_clauses(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        match stand.within() {
            Some(Within::Level) => self.clause(tokens, at).or_else(|| self.band(tokens, at)),
            Some(Within::Test) => self.line_of_test(tokens, at),
            Some(Within::Scale) => self
                .descending(tokens, at)
                .or_else(|| self.cited_inside(tokens, at)),
            Some(Within::Table) => self.row(tokens, at),
            Some(Within::Other) if stand.declares(Token::DeclareCategory) => {
                self.unordered(tokens, at)
            }
            Some(Within::Other) if stand.declares(Token::DeclareAlert) => {
                self.clears_after(tokens, at)
            }
            None if stand.declares(Token::DeclareProperty) => self.claim(tokens, at),
            Some(Within::Factor | Within::Members | Within::Other) | None => None,
        }
    }

    /// One past the clause that begins at a place: where its comma or the closing brace stands.
    pub(super) fn clause_end(&self, tokens: &[Tok], from: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for at in from..tokens.len() {
            let kind = kind(tokens, at)?;
            if kind.opens() {
                depth += 1;
            } else if kind.closes() {
                match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Some(at),
                }
            } else if depth == 0 && kind == Token::Comma {
                return Some(at);
            }
        }
        None
    }

    /// `if c then high`, `c -> high`, `c => high`
    fn clause(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !matches!(before, Token::OpenBrace | Token::Comma) {
            return None;
        }
        let end = self.clause_end(tokens, at)?;
        if before == Token::Comma && is_in_call(tokens, end) {
            return None;
        }
        let arm = tokens.get(at..end).filter(|arm| arm.len() >= 4)?;
        let (level, head) = arm.split_last()?;
        let (sign, head) = head.split_last()?;
        let conditional = matches!(arm.first()?.kind, Token::If | Token::When);
        let condition = if conditional { head.get(1..)? } else { head };
        let is_arrow = matches!(sign.kind, Token::Arrow | Token::Then | Token::Colon)
            || (sign.kind == Token::GreaterOrEqual && self.slice(*sign) == "=>");
        let plain = !condition.iter().any(|t| {
            matches!(
                t.kind,
                Token::When
                    | Token::Otherwise
                    | Token::Then
                    | Token::Else
                    | Token::Arrow
                    | Token::Colon
            )
        });
        if !level.kind.is_name() || !is_arrow || !plain || condition.is_empty() {
            return None;
        }
        let (first, last) = (condition.first()?, condition.last()?);
        let whole = span(arm.first()?.start, level.end);
        let name = self.slice(*level).to_owned();
        let instead = format!("{name} when {}", self.written(first.start, last.end));
        let start = whole.start;
        let mut out = vec![self.named(start, start, &name), empty(Token::When, start)];
        out.extend_from_slice(condition);
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `low from 0 to 0.2`: bands meet, so that each but the last leaves out its upper end.
    fn band(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let from = *tokens.get(at).filter(|t| t.kind == Token::From)?;
        kind(tokens, at.checked_sub(1)?).filter(|kind| kind.is_name())?;
        let before = kind(tokens, at.checked_sub(2)?)?;
        let number = |at: usize| tokens.get(at).filter(|t| t.kind == Token::Number).copied();
        let (low, high) = (number(at + 1)?, number(at + 3)?);
        let between = *tokens.get(at + 2)?;
        if !matches!(before, Token::OpenBrace | Token::Comma)
            || !matches!(between.kind, Token::To | Token::Minus | Token::DotDot)
        {
            return None;
        }
        let behind = at + 4 + usize::from(kind(tokens, at + 4) == Some(Token::Comma));
        let is_last = kind(tokens, behind) == Some(Token::CloseBrace);
        let (dots, sign) = if is_last {
            (Token::DotDot, "..")
        } else {
            (Token::DotDotLess, "..<")
        };
        let whole = span(from.start, high.end);
        let instead = format!("in {}{sign}{}", self.slice(low), self.slice(high));
        Some(Rewriting::written(
            (at, at + 4),
            vec![as_kind(from, Token::In), low, as_kind(between, dots), high],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `given a = 1, b = 2`, `given a == 1`, `then x is yes` in a test.
    fn line_of_test(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let (read, word) = match token.kind {
            Token::Comma
                if kind(tokens, at + 1)?.is_name()
                    && kind(tokens, at + 2)? == Token::Equals
                    && kind(tokens, at.checked_sub(1)?)?.ends_operand() =>
            {
                (Token::Given, " given")
            }
            Token::Is
                if self.slice(token) == "=="
                    && kind(tokens, at.checked_sub(2)?)? == Token::Given =>
            {
                (Token::Equals, "=")
            }
            Token::Then if self.fresh(tokens, at) => (Token::Expect, "expect"),
            Token::Ident
                if self.fresh(tokens, at)
                    && matches!(self.slice(token), "assert" | "should" | "check")
                    && kind(tokens, at + 1)?.is_name() =>
            {
                (Token::Expect, "expect")
            }
            _ => return None,
        };
        let found = self.slice(token).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(token, read)],
            token.span(),
            (&found, word.trim()),
            vec![(token.span(), word.to_owned())],
        ))
    }

    /// `{ high > low }`: levels are told from the lowest.
    fn descending(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at.checked_sub(1)?)? != Token::OpenBrace {
            return None;
        }
        let close = (at..tokens.len()).find(|at| kind(tokens, *at) == Some(Token::CloseBrace))?;
        let inner = tokens.get(at..close)?;
        let chained = inner
            .iter()
            .any(|t| matches!(t.kind, Token::Arrow | Token::Semicolon | Token::Slash));
        let separates = |t: &Tok| match t.kind {
            Token::Greater => !chained,
            Token::Arrow | Token::Semicolon | Token::Slash => chained,
            _ => false,
        };
        let plain = inner
            .iter()
            .all(|t| t.kind.is_name() || t.kind == Token::Text || separates(t));
        let mut parts: Vec<&[Tok]> = inner.split(separates).collect();
        if !plain || parts.len() < 2 || parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        // What holds otherwise is the lowest: where it stands first, only the signs are wrong.
        let lowest = parts
            .first()
            .and_then(|part| part.first())
            .map(|name| self.slice(*name))?;
        let ascends = tokens.windows(2).any(|pair| match pair {
            [name, word] => word.kind == Token::Otherwise && self.slice(*name) == lowest,
            _ => false,
        });
        if !ascends && !chained {
            parts.reverse();
        }
        let written: Vec<&str> = parts
            .iter()
            .filter_map(|part| Some(self.written(part.first()?.start, part.last()?.end)))
            .collect();
        let instead = written.join(" < ");
        let signs: Vec<Tok> = inner.iter().filter(|t| separates(t)).copied().collect();
        let whole = span(inner.first()?.start, inner.last()?.end);
        let mut out: Vec<Tok> = Vec::with_capacity(inner.len());
        for (index, part) in parts.iter().enumerate() {
            if let Some(sign) = index.checked_sub(1).and_then(|at| signs.get(at)) {
                out.push(as_kind(*sign, Token::Less));
            }
            out.extend_from_slice(part);
        }
        Some(Rewriting::written(
            (at, close),
            out,
            whole,
            (
                if chained {
                    self.written(whole.start, whole.end)
                } else {
                    "… > …"
                },
                if chained { &instead } else { "… < …" },
            ),
            vec![(whole, instead.clone())],
        ))
    }

    /// `scale x { cite "…" low < high }`
    fn cited_inside(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let cite = *tokens.get(at).filter(|t| t.kind == Token::Cite)?;
        let text = *tokens.get(at + 1).filter(|t| t.kind == Token::Text)?;
        kind(tokens, at + 2).filter(|kind| kind.is_name())?;
        let close = (at..tokens.len()).find(|at| kind(tokens, *at) == Some(Token::CloseBrace))?;
        let brace = *tokens.get(close)?;
        let next = tokens.get(at + 2)?.start;
        let whole = span(cite.start, text.end);
        let words = self.written(whole.start, whole.end).to_owned();
        let mut out = tokens.get(at + 2..=close)?.to_vec();
        out.extend([cite, text]);
        Some(Rewriting::written(
            (at, close + 1),
            out,
            whole,
            (&words.clone(), &format!("}} {words}")),
            vec![
                (span(cite.start, next), String::new()),
                (span(brace.end, brace.end), format!(" {words}")),
            ],
        ))
    }

    /// `delta, calm -> low`, `delta, -, then low` in a table.
    fn row(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let after = kind(tokens, at + 1)?;
        let swapped = match token.kind {
            Token::Minus | Token::Star
                if matches!(before, Token::Comma | Token::OpenBrace)
                    && matches!(after, Token::Comma | Token::Then | Token::Arrow) =>
            {
                (Token::Any, "any")
            }
            Token::Arrow => (Token::Then, "then"),
            Token::GreaterOrEqual if self.slice(token) == "=>" => (Token::Then, "then"),
            _ => return None,
        };
        let (kind, word) = swapped;
        if kind == Token::Any {
            self.read_as.written.insert(token.start, word.to_owned());
        }
        let found = self.slice(token).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(token, kind)],
            token.span(),
            (&found, word),
            vec![(token.span(), word.to_owned())],
        ))
    }

    /// `category zone { delta < plateau }`
    fn unordered(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let sign = matches!(token.kind, Token::Less | Token::Slash | Token::Semicolon);
        let between =
            kind(tokens, at.checked_sub(1)?)?.ends_operand() && kind(tokens, at + 1)?.is_name();
        (sign && between).then(|| {
            let found = self.slice(token).to_owned();
            let start = tokens.get(at - 1).map_or(token.start, |before| before.end);
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(token, Token::Comma)],
                token.span(),
                (&found, ","),
                vec![(span(start, token.end), ",".to_owned())],
            )
        })
    }

    /// `clear after 3 months`
    fn clears_after(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let clause = *tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::Clear | Token::Raise | Token::Escalate))?;
        let after = *tokens.get(at + 1)?;
        let says = match self.slice(after) {
            "after" => true,
            "for" => kind(tokens, at + 4) == Some(Token::When),
            _ => false,
        };
        if !says || kind(tokens, at + 2)? != Token::Number {
            return None;
        }
        let duration = *tokens.get(at + 3).filter(|t| t.kind.is_name())?;
        let whole = span(after.start, duration.end);
        // `raise after 2 months when …`: what holds stands first.
        if kind(tokens, at + 4) == Some(Token::When) {
            let end = self.line_end(tokens, at + 4);
            let close = (at + 5..end).find(|place| kind(tokens, *place) == Some(Token::CloseBrace));
            let end = close.unwrap_or(end);
            let when = *tokens.get(at + 4)?;
            let last = *tokens.get(end.checked_sub(1).filter(|last| *last > at + 4)?)?;
            let lasts = self
                .written(tokens.get(at + 2)?.start, duration.end)
                .to_owned();
            let condition = self.written(when.start, last.end).to_owned();
            let instead = format!("{condition} for {lasts}");
            let mut out = tokens.get(at + 4..end)?.to_vec();
            out.push(as_kind(after, Token::For));
            out.push(*tokens.get(at + 2)?);
            out.push(duration);
            let all = span(after.start, last.end);
            let found = self.written(all.start, all.end).to_owned();
            return Some(Rewriting::written(
                (at + 1, end),
                out,
                all,
                (&found, &instead),
                vec![(all, instead.clone())],
            ));
        }
        let found = self.written(whole.start, whole.end).to_owned();
        let duration = self
            .written(tokens.get(at + 2)?.start, duration.end)
            .to_owned();
        let word = self.slice(clause).to_owned();
        Some(Rewriting::said(
            (at, at + 4),
            Vec::new(),
            whole,
            &found,
            format!("say what has to hold for so long: `{word} when … for {duration}`"),
        ))
    }

    /// `index increases with bribes`, `index in 0..1`
    fn claim(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let subject = kind(tokens, at.checked_sub(1)?)?;
        let colon = kind(tokens, at.checked_sub(2)?)?;
        if !subject.is_name() || colon != Token::Colon {
            return None;
        }
        if token.kind == Token::In {
            let stays = self.named(token.start, token.start, "stays");
            return Some(Rewriting::written(
                (at, at + 1),
                vec![stays, token],
                token.span(),
                ("in", "stays in"),
                vec![(token.span(), "stays in".to_owned())],
            ));
        }
        // `index between 0 and 1`
        if self.slice(token).eq_ignore_ascii_case("between")
            && let (Some(low), Some(and), Some(high)) =
                (tokens.get(at + 1), tokens.get(at + 2), tokens.get(at + 3))
            && low.kind == Token::Number
            && and.kind == Token::And
            && high.kind == Token::Number
        {
            let instead = format!("stays in {}..{}", self.slice(*low), self.slice(*high));
            return self.anew(tokens, (at, at + 4), &instead);
        }
        // `index rises when bribes`
        if matches!(self.slice(token), "rises" | "falls")
            && let (Some(when), Some(name)) = (tokens.get(at + 1), tokens.get(at + 2))
            && when.kind == Token::When
            && name.kind.is_name()
            && tokens
                .get(at + 3)
                .is_none_or(|_| self.fresh(tokens, at + 3))
        {
            let with = self.named(when.start, when.end, "with");
            return Some(Rewriting::written(
                (at + 1, at + 2),
                vec![with],
                when.span(),
                ("when", "with"),
                vec![(when.span(), "with".to_owned())],
            ));
        }
        let instead = match self.slice(token) {
            "increases" | "grows" | "climbs" | "goes_up" => "rises",
            "decreases" | "drops" | "shrinks" | "declines" => "falls",
            "remains" | "lies" | "is_within" => "stays",
            _ => return None,
        };
        let found = self.slice(token).to_owned();
        let named = self.named(token.start, token.end, instead);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            token.span(),
            (&found, instead),
            vec![(token.span(), instead.to_owned())],
        ))
    }
}

/// Do the clauses up to `end` stand between parentheses, as arguments of a function?
fn is_in_call(tokens: &[Tok], end: usize) -> bool {
    let mut depth = 0_usize;
    for token in tokens.get(end..).unwrap_or_default() {
        if token.kind.opens() {
            depth += 1;
        } else if token.kind.closes() {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return token.kind == Token::CloseParen,
            }
        }
    }
    false
}
