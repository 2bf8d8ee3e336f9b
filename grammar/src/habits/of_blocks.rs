//! Declarations whose parts are ordered otherwise: `combine mean of a, b`, `factor f = mean(a, b)`,
//! `scale s: a < b`, `panel country "iso3" by month`, `source "Handbook"` for a citation.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Change, Stand, Within, as_kind, empty, kind, span};
use crate::declarations::on_new_line;
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
    pub(super) fn in_blocks(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
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
                    .bare_series(tokens, at)
                    .or_else(|| self.about(tokens, at))
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
                Some(Change::written(
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
                Some(Change::written(
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
                self.from_what(tokens, at)
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
    fn members_of_way(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
            return Some(Change::said(
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
        Some(Change::written(
            (open, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, format!("{blank}{instead}"))],
        ))
    }

    /// `expect x about 0.8`: tests compare as many digits as are written.
    fn about(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
        Some(Change::written(
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

    /// `otherwise: low`, `else -> low`, `default = low`
    fn otherwise_first(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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

    /// `unit deaths, people`: each is declared by itself.
    fn several_units(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let (_, begins) = stand.declares?;
        let end = self.line_end(tokens, at);
        let line = tokens.get(begins + 1..end)?;
        let plain = at == begins + 2
            && line
                .iter()
                .all(|t| t.kind.is_name() || matches!(t.kind, Token::Comma | Token::And));
        let last = *line.last().filter(|t| plain && t.kind.is_name())?;
        let comma = *tokens.get(at)?;
        let names: Vec<String> = tokens
            .get(at..end)?
            .iter()
            .filter(|t| t.kind.is_name())
            .map(|t| self.slice(*t).to_owned())
            .collect();
        let meant = names
            .iter()
            .map(|name| format!("unit {name}"))
            .collect::<Vec<_>>();
        let whole = span(comma.start, last.end);
        let mut out = self.tokens_of(&meant.join(" "), whole.start, whole.end)?;
        for word in out.iter_mut().step_by(2) {
            word.kind = Token::DeclareUnit;
        }
        Some(Change::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &meant.join(", ")),
            vec![(whole, format!("\n{}", meant.join("\n")))],
        ))
    }

    /// `: category coast, plain, hills`, `: category (coast, plain)`
    fn categories_without_braces(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let colon = kind(tokens, at.checked_sub(1)?)? == Token::Colon;
        let mut from = at + 1;
        let bracket = matches!(kind(tokens, from)?, Token::OpenParen | Token::OpenBracket);
        from += usize::from(bracket || kind(tokens, from)? == Token::Colon);
        let mut end = from;
        let mut commas = 0;
        while let Some(token) = tokens.get(end) {
            let part = token.kind == Token::Text
                || token.kind == Token::Comma
                || (token.kind.is_name()
                    && !token.kind.begins_attribute()
                    && token.kind != Token::From);
            if !part || self.fresh(tokens, end) {
                break;
            }
            commas += usize::from(token.kind == Token::Comma);
            end += 1;
        }
        let inner = tokens.get(from..end)?;
        if !colon || commas == 0 || inner.is_empty() {
            return None;
        }
        let close = end + usize::from(bracket && kind(tokens, end)?.closes());
        let (first, last) = (*tokens.get(at + 1)?, *tokens.get(close - 1)?);
        let whole = span(first.start, last.end);
        let instead = format!("{{ {} }}", self.words_of(inner));
        let mut out = vec![empty(Token::OpenBrace, first.start)];
        out.extend_from_slice(inner);
        out.push(empty(Token::CloseBrace, last.end));
        Some(Change::written(
            (at + 1, close),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `alert warning "…" when overall >= high {`: what raises it stands in its block.
    fn raise_outside(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
        Some(Change::written(
            (at, open + 1),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `: deaths / people = 2 per 100,000`: of what, and for how many of what.
    fn rate_without_units(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let (_, begins) = stand.declares?;
        if !stand.formula || !stand.declares(Token::DeclareParam) {
            return None;
        }
        let per = *tokens.get(at + 1)?;
        let divides = per.kind == Token::Slash || matches!(self.slice(per), "per" | "in" | "for");
        let number = *tokens.get(at + 2).filter(|t| t.kind == Token::Number)?;
        let behind = tokens.get(at + 3);
        let bare = behind.is_none_or(|t| !t.kind.is_name()) || self.fresh(tokens, at + 3);
        let colon = (begins..at).find(|place| kind(tokens, *place) == Some(Token::Colon))?;
        let equals = (colon..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let kinds = tokens.get(colon + 1..equals)?;
        let slash = kinds.iter().position(|t| t.kind == Token::Slash)?;
        let (above, below) = (kinds.get(slash.checked_sub(1)?)?, kinds.last()?);
        if !divides || !bare || !above.kind.is_name() || !below.kind.is_name() {
            return None;
        }
        let instead = format!(
            "{} {} / {} {}",
            self.words_of(tokens.get(at..=at)?),
            self.slice(*above),
            self.words_of(&[number]),
            self.slice(*below)
        );
        self.anew(tokens, (at, at + 3), &instead)
    }

    /// `: deaths / people = 2 deaths / 100_000`
    fn rate_without_below(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let (_, begins) = stand.declares?;
        if !stand.formula || !stand.declares(Token::DeclareParam) {
            return None;
        }
        let (above, divides) = (*tokens.get(at + 1)?, *tokens.get(at + 2)?);
        let number = *tokens.get(at + 3).filter(|t| t.kind == Token::Number)?;
        let behind = tokens.get(at + 4);
        let bare = behind.is_none_or(|t| !t.kind.is_name()) || self.fresh(tokens, at + 4);
        let slash = divides.kind == Token::Slash || self.slice(divides) == "per";
        let colon = (begins..at).find(|place| kind(tokens, *place) == Some(Token::Colon))?;
        let equals = (colon..at).find(|place| kind(tokens, *place) == Some(Token::Equals))?;
        let [of, sign, .., below] = tokens.get(colon + 1..equals)? else {
            return None;
        };
        let same = self.slice(*of) == self.slice(above) && sign.kind == Token::Slash;
        if !slash || !bare || !same || !below.kind.is_name() {
            return None;
        }
        let instead = format!(
            "{} {} / {} {}",
            self.words_of(tokens.get(at..=at)?),
            self.slice(above),
            self.words_of(&[number]),
            self.slice(*below)
        );
        self.anew(tokens, (at, at + 4), &instead)
    }

    /// `members { a and b }`, and members as a list with dashes.
    fn members_without_commas(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
            if token.kind == Token::And {
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
        Some(Change::written(
            (at, end),
            out,
            whole,
            (&found, &instead),
            edits,
        ))
    }

    /// `given deadly, flight = yes`
    fn given_together(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
        Some(Change::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &lines.join(", ")),
            vec![(whole, lines.join("\n  "))],
        ))
    }

    /// `framework "Water stress index" version "1"`: the name comes before the label.
    fn name_left_out(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let text = *tokens.get(at).filter(|t| t.kind == Token::Text)?;
        let begins = stand.declares.is_some_and(|(_, first)| first + 1 == at);
        let named = [
            Token::DeclareFramework,
            Token::DeclareFactor,
            Token::DeclareSignal,
            Token::DeclareScore,
            Token::DeclareParam,
            Token::DeclareIndicator,
            Token::DeclareAlert,
        ]
        .iter()
        .any(|kind| stand.declares(*kind));
        let follows = matches!(
            kind(tokens, at + 1)?,
            Token::Version | Token::Colon | Token::Equals | Token::OpenBrace | Token::Extends
        );
        if !begins || !named || !follows {
            return None;
        }
        let label = super::known::bare(self.slice(text)).to_lowercase();
        let mut name = String::new();
        for sign in label.chars() {
            if sign.is_ascii_alphanumeric() {
                name.push(sign);
            } else if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
        }
        let name = name.trim_end_matches('_').to_owned();
        let fits = name.starts_with(|sign: char| sign.is_ascii_lowercase())
            && !self.declared.contains(name.as_str());
        let own = self.named(text.start, text.start, &name);
        let words = self.slice(text).to_owned();
        let instead = format!("{name} {words}");
        fits.then(|| {
            Change::written(
                (at, at),
                vec![own],
                text.span(),
                (&words, &instead),
                vec![(text.span(), instead.clone())],
            )
        })
    }

    /// `cite: Handbook 4.1`, `because: the decree`
    fn quoteless(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let word = *tokens.get(at).filter(|t| {
            matches!(t.kind, Token::Cite | Token::Because)
                || matches!(self.slice(**t), "cite" | "because")
        })?;
        let sign = matches!(kind(tokens, at + 1)?, Token::Colon | Token::Equals);
        let end = self.line_end(tokens, at);
        let rest = tokens
            .get(at + 2..end)
            .filter(|rest| sign && !rest.is_empty())?;
        if rest.iter().any(|t| t.kind == Token::Text) || !self.fresh(tokens, at) {
            return None;
        }
        let (first, last) = (*rest.first()?, *rest.last()?);
        let text = self.written(first.start, last.end).trim().to_owned();
        let whole = span(word.start, last.end);
        let instead = format!("{} \"{text}\"", self.slice(word));
        let label = self.put(Token::Text, first.start, last.end, &format!("\"{text}\""));
        Some(Change::written(
            (at, end),
            vec![word, label],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `3 * at_war`, `at_war * 3` among members, of what is yes or no.
    fn times_member(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
            self.named(first.start, first.end, &self.slice(name).to_owned()),
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
        Some(Change::written(
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

    /// `given overall = low, high, high`
    fn bare_series(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let sign = *tokens.get(at).filter(|t| t.kind == Token::Equals)?;
        if kind(tokens, at.checked_sub(2)?)? != Token::Given {
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
        let whole = span(first.start, last.end);
        let instead = format!("[{}]", self.words_of(inner).replace(';', ","));
        let mut out = vec![empty(Token::OpenBracket, first.start)];
        out.extend(inner.iter().map(|t| match t.kind {
            Token::Semicolon => as_kind(*t, Token::Comma),
            _ => *t,
        }));
        out.push(empty(Token::CloseBracket, last.end));
        Some(Change::written(
            (at + 1, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
        .filter(|_| sign.end <= first.start)
    }

    /// `cool down 3 months`, `cool-down: 3 months`, `cooling off 3 months`
    fn cool_down(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
        Some(Change::written(
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

    /// `panel country "iso3" by month`
    fn column_of_key(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let text = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        // Behind a misspelt word the text has its word.
        let first = stand.declares.is_some_and(|(_, first)| first + 2 == at);
        let key = first || matches!(kind(tokens, at.checked_sub(2)?)?, Token::Comma | Token::By);
        let fits = stand.declares(Token::DeclarePanel)
            && key
            && before.kind.is_name()
            && !matches!(
                before.kind,
                Token::Column | Token::Written | Token::Except | Token::From | Token::Until
            )
            && !self.fresh(tokens, at);
        fits.then(|| {
            let words = self.slice(text).to_owned();
            let instead = format!("column {words}");
            Change::written(
                (at, at),
                vec![self.put(Token::Column, text.start, text.start, "column")],
                text.span(),
                (&words, &instead),
                vec![(text.span(), instead.clone())],
            )
        })
    }

    /// `source "Handbook, 4.1"`, `reference "…"`, `see "…"` behind a declaration: where it is written.
    fn cited_otherwise(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let text = *tokens.get(at)?;
        let mut first = at.checked_sub(1)?;
        let colon = kind(tokens, first)? == Token::Colon;
        first = first.checked_sub(usize::from(colon))?;
        let word = *tokens.get(first)?;
        let small = self.slice(word).to_ascii_lowercase();
        let indented = self.written(0, word.start).ends_with([' ', '\t']);
        let is_word = matches!(
            small.as_str(),
            "source" | "reference" | "ref" | "see" | "citation" | "cited" | "cites" | "quote"
        );
        if !is_word {
            return None;
        }
        let alone = at + 1 == self.line_end(tokens, at) && self.fresh(tokens, first);
        let takes = [
            Token::DeclareFramework,
            Token::DeclareParam,
            Token::DeclareScore,
            Token::DeclareSignal,
            Token::DeclareLevel,
            Token::DeclareFactor,
        ];
        if !indented
            || !alone
            || on_new_line(self.text, word, text)
            || !takes.iter().any(|kind| stand.declares(*kind))
        {
            return None;
        }
        let whole = span(word.start, text.start);
        Some(Change::written(
            (first, at),
            vec![as_kind(word, Token::Cite)],
            word.span(),
            (&self.slice(word).to_owned(), "cite"),
            vec![(whole, "cite ".to_owned())],
        ))
    }

    /// `scale stress: low < high`, `scale stress = low < high`
    fn scale_without_braces(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let sign = *tokens.get(at)?;
        let (_, begins) = stand.declares?;
        let braced = kind(tokens, at + 1)? == Token::OpenBrace;
        if at > begins + 3 {
            return None;
        }
        if braced {
            return Some(Change::written(
                (at, at + 1),
                Vec::new(),
                sign.span(),
                (self.slice(sign), ""),
                vec![(sign.span(), String::new())],
            ));
        }
        let end = self.line_end(tokens, at);
        let inner = tokens.get(at + 1..end)?;
        let plain = inner.iter().all(|t| {
            t.kind.is_name() || matches!(t.kind, Token::Text | Token::Less | Token::Comma)
        });
        if !plain
            || !inner
                .iter()
                .any(|t| matches!(t.kind, Token::Less | Token::Comma))
        {
            return None;
        }
        let (first, last) = (*inner.first()?, *inner.last()?);
        let whole = span(sign.start, last.end);
        let parts: Vec<String> = inner
            .split(|t| matches!(t.kind, Token::Less | Token::Comma))
            .map(|part| self.words_of(part))
            .collect();
        let instead = format!("{{ {} }}", parts.join(" < "));
        let before = tokens.get(at - 1)?.end;
        let blank = if before == sign.start { " " } else { "" };
        let mut out = vec![as_kind(sign, Token::OpenBrace)];
        out.extend(inner.iter().map(|t| match t.kind {
            Token::Comma => as_kind(*t, Token::Less),
            _ => *t,
        }));
        out.push(empty(Token::CloseBrace, last.end));
        Some(Change::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, format!("{blank}{instead}"))],
        ))
        .filter(|_| first.start >= sign.end)
    }

    /// `factor hazard "Hazard" = mean(disease, dryness)`
    fn factor_as_formula(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
        Some(Change::written(
            (at, to),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `: number -4..4`, `: number -4 to 4`
    fn range_below_zero(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let typed = stand.declares(Token::DeclareIndicator)
            || stand.declares(Token::DeclareParam)
            || stand.declares(Token::DeclareScore);
        let (before, colon) = (
            kind(tokens, at.checked_sub(1)?)?,
            kind(tokens, at.checked_sub(2)?)?,
        );
        if !typed || !before.is_name() || !matches!(colon, Token::Colon | Token::Slash) {
            return None;
        }
        let end = (at + 2..tokens.len().min(at + 6))
            .find(|place| kind(tokens, *place) == Some(Token::Number))?
            + 1;
        let low = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let between = *tokens.get(at + 2)?;
        if !matches!(between.kind, Token::DotDot | Token::To | Token::Minus) {
            return None;
        }
        let high = self.words_of(tokens.get(at + 3..end)?);
        let instead = format!("in -{}..{high}", self.words_of(&[low]));
        self.anew(tokens, (at, end), &instead)
    }

    /// `: stress of index {`, `: stress by index`, `: stress based on index`
    fn from_what(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let word = *tokens.get(at)?;
        let scale = kind(tokens, at.checked_sub(1)?)?.is_name()
            && kind(tokens, at.checked_sub(2)?)? == Token::Colon;
        let small = self.slice(word).to_ascii_lowercase();
        let two = matches!(
            small.as_str(),
            "based" | "derived" | "computed" | "calculated"
        ) && tokens
            .get(at + 1)
            .is_some_and(|t| matches!(self.slice(*t), "on" | "from" | "by"));
        let one = matches!(word.kind, Token::Of | Token::By | Token::On | Token::Equals)
            || matches!(small.as_str(), "using" | "with" | "through" | "via");
        let of = at + 1 + usize::from(two);
        let name = *tokens.get(of).filter(|t| t.kind.is_name())?;
        let behind = kind(tokens, of + 1)? == Token::OpenBrace;
        if !scale || !(one || two) || !behind {
            return None;
        }
        let last = *tokens.get(of - 1)?;
        let whole = span(word.start, last.end);
        Some(Change::written(
            (at, of),
            vec![Tok {
                kind: Token::From,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            (self.written(whole.start, whole.end), "from"),
            vec![(whole, "from".to_owned())],
        ))
        .filter(|_| name.start >= whole.end)
    }

    /// `add member piracy weight 2 to conflict`
    fn weight_before_factor(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
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
