//! Declarations whose parts are ordered otherwise: `combine mean of a, b`, `factor f = mean(a, b)`,
//! `scale s: a < b`, `panel country "iso3" by month`, `source "Handbook"` for a citation.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

/// Ways of combining that may stand before the members like a function.
const WAYS: [(&str, &str); 14] = [
    ("mean", "mean"),
    ("average", "mean"),
    ("avg", "mean"),
    ("max", "max"),
    ("maximum", "max"),
    ("min", "min"),
    ("minimum", "min"),
    ("sum", "sum"),
    ("weighted_mean", "weighted mean"),
    ("weighted_average", "weighted mean"),
    ("geometric_mean", "geometric mean"),
    ("geomean", "geometric mean"),
    ("noisy_or", "noisy or"),
    ("median", "median"),
];

impl Habits<'_> {
    pub(super) fn in_blocks(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match stand.within() {
            Some(Within::Factor) if token.kind == Token::Combine => {
                return self.members_of_way(tokens, at);
            }
            Some(Within::Factor) if token.kind == Token::Members => {
                return self.members_without_commas(tokens, at);
            }
            Some(Within::Members) => return self.times_member(tokens, at),
            Some(Within::Test) => {
                return self
                    .about(tokens, at)
                    .or_else(|| self.given_together(tokens, at));
            }
            Some(Within::Level) => return self.otherwise_first(tokens, at),
            Some(Within::Other) if stand.declares(Token::DeclareAlert) => {
                return self.cool_down(tokens, at);
            }
            Some(_) => return None,
            None => {}
        }
        if !stand.is_free() {
            return None;
        }
        if let Some(change) = self.quoteless(tokens, at) {
            return Some(change);
        }
        if let Some(change) = self.name_left_out(tokens, at, stand) {
            return Some(change);
        }
        match token.kind {
            Token::Colon
                if at + 1 == self.line_end(tokens, at)
                    && [
                        Token::DeclareTest,
                        Token::DeclareFactor,
                        Token::DeclareAlert,
                    ]
                    .iter()
                    .any(|kind| stand.declares(*kind)) =>
            {
                Some(Rewriting::written(
                    (at, at + 1),
                    vec![as_kind(token, Token::OpenBrace)],
                    token.span(),
                    (":", "{"),
                    vec![(token.span(), " {".to_owned())],
                ))
            }
            Token::Comma if stand.declares(Token::DeclareUnit) => {
                self.several_units(tokens, at, stand)
            }
            Token::Category if !stand.formula => self.categories_without_braces(tokens, at),
            Token::When | Token::If if stand.declares(Token::DeclareSignal) && !stand.formula => {
                Some(Rewriting::written(
                    (at, at + 1),
                    vec![as_kind(token, Token::Equals)],
                    token.span(),
                    (self.slice(token), "="),
                    vec![(token.span(), "=".to_owned())],
                ))
            }
            Token::When if stand.declares(Token::DeclareAlert) => self.raise_outside(tokens, at),
            Token::Number => self
                .rate_without_units(tokens, at, stand)
                .or_else(|| self.rate_without_below(tokens, at, stand)),
            Token::Text => self
                .column_of_key(tokens, at, stand)
                .or_else(|| self.cited_otherwise(tokens, at, stand)),
            Token::Colon | Token::Equals if stand.declares(Token::DeclareScale) => {
                self.scale_without_braces(tokens, at, stand)
            }
            Token::Equals if stand.declares(Token::DeclareFactor) => {
                self.factor_as_formula(tokens, at)
            }
            Token::Minus if !stand.formula => self.range_below_zero(tokens, at, stand),
            Token::Of | Token::By | Token::On | Token::Equals | Token::Ident
                if stand.declares(Token::DeclareLevel) =>
            {
                self.what_first(tokens, at)
            }
            Token::Weight
                if stand.declares(Token::DeclareAdd) || stand.declares(Token::DeclareMember) =>
            {
                self.weight_before_factor(tokens, at)
            }
            _ => None,
        }
    }

    /// `combine mean of a, b`, `combine mean(a, b)`
    fn members_of_way(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.line_end(tokens, at);
        let open = (at + 1..end).find(|at| {
            matches!(
                kind(tokens, *at),
                Some(Token::OpenParen | Token::Of | Token::Colon)
            )
        })?;
        let way = tokens.get(at + 1..open).filter(|way| !way.is_empty())?;
        let of = *tokens.get(open)?;
        let close = match of.kind {
            Token::OpenParen => self.closed(tokens, open).filter(|close| *close == end)? - 1,
            _ => end,
        };
        let inner = tokens.get(open + 1..close)?;
        let plain = |t: &Tok| {
            t.kind.is_name() || matches!(t.kind, Token::Comma | Token::And | Token::Number)
        };
        let known = inner
            .iter()
            .filter(|t| t.kind == Token::Ident)
            .all(|t| self.declared.contains(self.slice(*t)));
        // `combine weighted mean (3, 2, 1)`
        if !inner.is_empty()
            && inner
                .iter()
                .all(|t| matches!(t.kind, Token::Number | Token::Comma | Token::Semicolon))
        {
            let whole = span(of.start, tokens.get(end - 1)?.end);
            return Some(Rewriting::said(
                (open, end),
                Vec::new(),
                whole,
                self.written(whole.start, whole.end),
                "each weight stands behind its member: `members { a weight 3, b weight 2 }`"
                    .to_owned(),
            ));
        }
        if inner.is_empty()
            || !inner.iter().all(plain)
            || inner.iter().any(|t| t.kind == Token::Members)
            || !known
            || !way.iter().all(|t| t.kind.is_name() || t.kind == Token::Or)
        {
            return None;
        }
        let names: Vec<String> = inner
            .split(|t| matches!(t.kind, Token::Comma | Token::And))
            .filter(|part| !part.is_empty())
            .map(|part| self.words_of(part))
            .collect();
        let last = tokens.get(end - 1)?;
        let whole = span(of.start, last.end);
        let instead = format!("members {{ {} }}", names.join(", "));
        let out = self.tokens_of(&instead, whole.start, whole.end)?;
        let before = way.last()?.end;
        let blank = if before == of.start { " " } else { "" };
        Some(Rewriting::written(
            (open, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, format!("{blank}{instead}"))],
        ))
    }

    /// `otherwise: low`, `else -> low`, `default = low`
    fn otherwise_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|_| self.fresh(tokens, at))?;
        let leads = matches!(word.kind, Token::Otherwise | Token::Else)
            || matches!(self.slice(word), "default" | "rest" | "others");
        let sign = kind(tokens, at + 1)?;
        let level = *tokens.get(at + 2).filter(|t| t.kind.is_name())?;
        let ends = matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBrace)
            || self.fresh(tokens, at + 3);
        if !leads
            || !matches!(
                sign,
                Token::Colon | Token::Arrow | Token::Equals | Token::Then
            )
            || !ends
        {
            return None;
        }
        let instead = format!("{} otherwise", self.slice(level));
        self.anew(tokens, (at, at + 3), &instead)
    }

    /// `alert warning "…" when overall >= high {`: what raises it stands in its block.
    fn raise_outside(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let when = *tokens.get(at)?;
        let end = self.line_end(tokens, at);
        let open = (at + 1..end).find(|place| kind(tokens, *place) == Some(Token::OpenBrace))?;
        let condition = tokens.get(at + 1..open).filter(|part| !part.is_empty())?;
        let words = self.words_of(condition);
        let brace = *tokens.get(open)?;
        let whole = span(when.start, brace.end);
        let instead = format!("{{ raise when {words}");
        let mut out = vec![
            empty(Token::OpenBrace, when.start),
            Tok {
                kind: Token::Raise,
                start: when.start,
                end: when.start,
            },
            when,
        ];
        out.extend_from_slice(condition);
        Some(Rewriting::written(
            (at, open + 1),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `members { a and b }`, and members as a list with dashes.
    fn members_without_commas(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at + 1).filter(|t| t.kind == Token::OpenBrace)?;
        let end = self.closed(tokens, at + 1)?;
        let inner = tokens.get(at + 2..end - 1)?;
        let (first, last) = (*inner.first()?, *inner.last()?);
        let plain = |t: &Tok| t.kind.is_name() || t.kind == Token::Number;
        let bullet = |place: usize, t: &Tok| {
            matches!(t.kind, Token::Minus | Token::Star) && self.fresh(tokens, at + 2 + place)
        };
        let joined = inner.iter().any(|t| t.kind == Token::And)
            && inner
                .iter()
                .all(|t| plain(t) || matches!(t.kind, Token::And | Token::Comma));
        let listed = bullet(0, &first)
            && inner
                .iter()
                .enumerate()
                .all(|(place, t)| plain(t) || t.kind == Token::Comma || bullet(place, t));
        if !(joined || listed) {
            return None;
        }
        let mut edits = Vec::new();
        let mut out = vec![*tokens.get(at)?, open];
        for (place, token) in inner.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|before| inner.get(before));
            let next = inner.get(place + 1);
            // `a, and b`
            if token.kind == Token::And && before.is_some_and(|t| t.kind == Token::Comma) {
                let to = next.map_or(token.end, |t| t.start);
                edits.push((span(token.start, to), String::new()));
            } else if token.kind == Token::And {
                let from = before.map_or(token.start, |t| t.end);
                let to = next.map_or(token.end, |t| t.start);
                edits.push((span(from, to), ", ".to_owned()));
                out.push(as_kind(*token, Token::Comma));
            } else if bullet(place, token) && listed {
                let to = next.map_or(token.end, |t| t.start);
                edits.push((span(token.start, to), String::new()));
                if let Some(before) = before.filter(|t| t.kind != Token::Comma) {
                    edits.push((span(before.end, before.end), ",".to_owned()));
                    out.push(empty(Token::Comma, before.end));
                }
            } else {
                out.push(*token);
            }
        }
        out.push(*tokens.get(end - 1)?);
        edits.sort_by_key(|(span, _)| *span);
        let whole = span(first.start, last.end);
        let names: Vec<String> = out
            .get(2..out.len() - 1)?
            .split(|t| t.kind == Token::Comma)
            .filter(|part| !part.is_empty())
            .map(|part| self.words_of(part))
            .collect();
        let instead = names.join(", ");
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (&found, &instead),
            edits,
        ))
    }

    /// `3 * at_war`, `at_war * 3` among members, of what is yes or no.
    fn times_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !matches!(before, Token::OpenBrace | Token::Comma) {
            return None;
        }
        // `weight 3 deadly`
        if kind(tokens, at)? == Token::Weight
            && kind(tokens, at + 1)? == Token::Number
            && kind(tokens, at + 2)?.is_name()
            && matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBrace)
        {
            let instead = format!(
                "{} weight {}",
                self.slice(*tokens.get(at + 2)?),
                self.words_of(&[*tokens.get(at + 1)?])
            );
            return self.anew(tokens, (at, at + 3), &instead);
        }
        let (first, sign, second) = (*tokens.get(at)?, *tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let ends = matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBrace);
        let times = matches!(sign.kind, Token::Star | Token::Times)
            || self.slice(sign).eq_ignore_ascii_case("x");
        let (number, name) = match (first.kind, second.kind) {
            (Token::Number, other) if other.is_name() => (first, second),
            (other, Token::Number) if other.is_name() => (second, first),
            _ => return None,
        };
        let counts = ends
            && times
            && (self.known.yes.contains(self.slice(name)) || self.all_times(tokens, at));
        if !counts {
            return None;
        }
        let weight = self.words_of(&[number]);
        let instead = format!("{} weight {weight}", self.slice(name));
        let whole = span(first.start, second.end);
        let weighs = vec![
            self.named(first.start, first.end, self.slice(name)),
            as_kind(sign, Token::Weight),
            self.put(Token::Number, second.start, second.end, &weight),
        ];
        let mut edits = vec![(whole, instead.clone())];
        let (mut from, mut out) = (at, weighs);
        // A mean that is to look at weights says so.
        if let Some(mean) = self.plain_mean(tokens, at) {
            let word = *tokens.get(mean)?;
            edits.insert(0, (word.span(), "weighted mean".to_owned()));
            let weighted = self.named(word.start, word.start, "weighted");
            let between = tokens.get(mean..at)?.iter().copied();
            out = std::iter::once(weighted)
                .chain(between)
                .chain(out)
                .collect();
            from = mean;
        }
        Some(Rewriting::written(
            (from, at + 3),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            edits,
        ))
    }

    /// Where the factor of these members says `combine mean`.
    fn plain_mean(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let combine = (0..at).rev().take(60).find(|place| {
            matches!(
                kind(tokens, *place),
                Some(Token::Combine | Token::CloseBrace)
            )
        })?;
        let mean = tokens.get(combine + 1)?;
        let alone = kind(tokens, combine)? == Token::Combine
            && self.slice(*mean) == "mean"
            && self.fresh(tokens, combine + 2);
        alone.then_some(combine + 1)
    }

    /// Does each member of the block have a number before it, or behind it?
    fn all_times(&self, tokens: &[Tok], at: usize) -> bool {
        let open = (0..at)
            .rev()
            .find(|place| kind(tokens, *place) == Some(Token::OpenBrace));
        let close =
            (at..tokens.len()).find(|place| kind(tokens, *place) == Some(Token::CloseBrace));
        let (Some(open), Some(close)) = (open, close) else {
            return false;
        };
        let inner = tokens.get(open + 1..close).unwrap_or_default();
        let parts = inner
            .split(|t| t.kind == Token::Comma)
            .filter(|part| !part.is_empty());
        let mut count = 0;
        for part in parts {
            // Those before have been exchanged already.
            let fits = match part {
                [one, sign, other] => {
                    (one.kind == Token::Number || other.kind == Token::Number)
                        && matches!(sign.kind, Token::Star | Token::Times | Token::Weight)
                }
                _ => false,
            };
            if !fits {
                return false;
            }
            count += 1;
        }
        count > 1
    }

    /// `cool down 3 months`, `cool-down: 3 months`, `cooling off 3 months`
    fn cool_down(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = *tokens.get(at).filter(|_| self.fresh(tokens, at))?;
        let hyphen = usize::from(kind(tokens, at + 1)? == Token::Minus);
        let (one, second) = (
            self.slice(first).to_ascii_lowercase(),
            self.slice(*tokens.get(at + 1 + hyphen)?)
                .to_ascii_lowercase(),
        );
        let count = match (one.as_str(), second.as_str()) {
            ("cool" | "cooling", "down" | "off") => 2 + hyphen,
            ("pause" | "quiet" | "wait" | "cooling" | "cool_down" | "silence", _) => 1,
            _ => return None,
        };
        let number = matches!(
            kind(tokens, at + count)?,
            Token::Number | Token::Colon | Token::Equals | Token::For | Token::Of
        );
        let sign = usize::from(kind(tokens, at + count)? != Token::Number);
        kind(tokens, at + count + sign).filter(|kind| number && *kind == Token::Number)?;
        let last = *tokens.get(at + count + sign - 1)?;
        let whole = span(first.start, last.end);
        Some(Rewriting::written(
            (at, at + count + sign),
            vec![Tok {
                kind: Token::Cooldown,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            (self.written(whole.start, whole.end), "cooldown"),
            vec![(whole, "cooldown".to_owned())],
        ))
    }

    /// `factor hazard "Hazard" = mean(disease, dryness)`
    fn factor_as_formula(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let small = self.slice(name).to_ascii_lowercase();
        let (_, way) = WAYS.iter().find(|(own, _)| *own == small)?;
        let open = at + 2;
        if kind(tokens, open)? != Token::OpenParen {
            return None;
        }
        let close = self.closed(tokens, open)?;
        let end = self.line_end(tokens, close - 1);
        let braced = kind(tokens, close) == Some(Token::OpenBrace);
        let inner = tokens.get(open + 1..close - 1)?;
        let plain = inner
            .iter()
            .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::Semicolon));
        if !plain || inner.is_empty() || !(braced || end == close) {
            return None;
        }
        let names = self.words_of(inner).replace(';', ",");
        let body = format!("combine {way} members {{ {names} }}");
        let to = if braced { close + 1 } else { close };
        let last = *tokens.get(to - 1)?;
        let whole = span(sign.start, last.end);
        let instead = if braced {
            format!("{{ {body}")
        } else {
            format!("{{ {body} }}")
        };
        let out = self.tokens_of(&instead, whole.start, whole.end)?;
        Some(Rewriting::written(
            (at, to),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `add member piracy weight 2 to conflict`
    fn weight_before_factor(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let weight = *tokens.get(at)?;
        let (number, to, factor) = (
            *tokens.get(at + 1)?,
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
        );
        if number.kind != Token::Number || to.kind != Token::To || !factor.kind.is_name() {
            return None;
        }
        let instead = format!(
            "to {} weight {}",
            self.slice(factor),
            self.words_of(&[number])
        );
        self.anew(tokens, (at, at + 4), &instead)
            .filter(|_| weight.end <= number.start)
    }
}
