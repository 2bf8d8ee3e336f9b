//! Constructs in another construct's signs: `any of (a, b)`, `piecewise(x, 0..1 to 0..2)`, `notice … { … }`,
//! `at least 2 of a, b`, rows without `then`, texts for names, labels before what they belong to.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::known::bare;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

/// The longest label or list that is looked at, in tokens.
const LONGEST: usize = 60;

impl Habits<'_> {
    pub(super) fn in_constructs(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match token.kind {
            Token::Text if stand.within() == Some(Within::Table) => self.text_in_cell(tokens, at),
            Token::Text if stand.within() == Some(Within::Members) => {
                self.label_before_member(tokens, at)
            }
            Token::Text if stand.formula => self.compared_text(tokens, at),
            Token::Text if kind(tokens, at.checked_sub(1)?) == Some(Token::Verification) => {
                Some(Rewriting::written(
                    (at, at),
                    vec![empty(Token::Column, token.start)],
                    tokens.get(at - 1)?.span(),
                    ("verification", "verification column"),
                    vec![(tokens.get(at - 1)?.span(), "verification column".to_owned())],
                ))
            }
            Token::Any if stand.within() == Some(Within::Members) => self.any_of(tokens, at),
            Token::Any | Token::Ident if stand.formula => self
                .any_in_formula(tokens, at)
                .or_else(|| self.piecewise_call(tokens, at))
                .or_else(|| self.piecewise_of_formula(tokens, at))
                .or_else(|| self.weights_apart(tokens, at))
                .or_else(|| self.between_in_call(tokens, at))
                .or_else(|| self.missing_left_out(tokens, at)),
            Token::At if kind(tokens, at + 1) == Some(Token::Least) => self.bare_list(tokens, at),
            Token::OpenBrace if stand.is_free() && stand.declares(Token::DeclareNotice) => {
                self.braces_of_notice(tokens, at)
            }
            Token::Comma
                if stand.is_free()
                    && stand.declares(Token::DeclarePanel)
                    && matches!(kind(tokens, at + 1), Some(Token::Column)) =>
            {
                Some(Rewriting::written(
                    (at, at + 1),
                    Vec::new(),
                    token.span(),
                    (",", ""),
                    vec![(token.span(), String::new())],
                ))
            }
            Token::Colon if stand.is_free() && !stand.formula => {
                self.colon_for_equals(tokens, at, stand)
            }
            Token::Ident | Token::Any | Token::Colon | Token::Equals
                if stand.within() == Some(Within::Table) =>
            {
                self.else_row(tokens, at)
                    .or_else(|| self.row_without_then(tokens, at))
            }
            Token::Else if stand.within() == Some(Within::Table) => self.else_row(tokens, at),
            _ => None,
        }
    }

    /// `"village" then plan`: cells are names.
    fn text_in_cell(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let after = kind(tokens, at + 1)?;
        let is_cell = matches!(
            before,
            Token::OpenBrace
                | Token::Comma
                | Token::Then
                | Token::Less
                | Token::LessOrEqual
                | Token::Greater
                | Token::GreaterOrEqual
                | Token::Not
                | Token::Is
        ) && matches!(after, Token::Comma | Token::Then | Token::CloseBrace);
        if !is_cell {
            return None;
        }
        let name = self.name_of_text(tokens, text)?;
        let named = self.named(text.start, text.end, &name);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            text.span(),
            (self.slice(text), &name),
            vec![(text.span(), name.clone())],
        ))
    }

    /// `overall >= "high"`: levels are names.
    fn compared_text(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let compares = matches!(
            before,
            Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
        );
        let name = self.name_of_text(tokens, text).filter(|_| compares)?;
        if !self.declared.contains(name.as_str()) && !self.is_named(tokens, &name) {
            return None;
        }
        let named = self.named(text.start, text.end, &name);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            text.span(),
            (self.slice(text), &name),
            vec![(text.span(), name.clone())],
        ))
    }

    /// `"Closed space" (100 - freedom) / 100 weight 2`: the label stands behind what it belongs to.
    fn label_before_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !matches!(before, Token::OpenBrace | Token::Comma) {
            return None;
        }
        let mut depth = 0_usize;
        let mut end = at + 1;
        while let Some(token) = tokens.get(end).filter(|_| end < at + LONGEST) {
            let stops = matches!(
                token.kind,
                Token::Weight | Token::Decisive | Token::Comma | Token::CloseBrace | Token::Text
            );
            if depth == 0 && stops {
                break;
            }
            if token.kind.opens() {
                depth += 1;
            } else if token.kind.closes() {
                depth = depth.checked_sub(1)?;
            }
            end += 1;
        }
        let formula = tokens.get(at + 1..end).filter(|f| !f.is_empty())?;
        let (first, last) = (*formula.first()?, *formula.last()?);
        if kind(tokens, end) == Some(Token::Text) || last.end <= text.end {
            return None;
        }
        let label = self.slice(text).to_owned();
        let words = self.written(first.start, last.end).to_owned();
        let whole = span(text.start, last.end);
        // A name has its label where it is declared.
        let known = formula.len() == 1 && self.known.labelled(bare(&label)).is_some();
        let instead = if known {
            words.clone()
        } else {
            format!("{words} {label}")
        };
        let mut out = formula.to_vec();
        if !known {
            let behind = self.put(Token::Text, last.end, last.end, &label);
            out.push(behind);
        }
        Some(Rewriting::written(
            (at, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `any of (rotten, worsening)` among members: braces.
    fn any_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (token, of) = (*tokens.get(at)?, at + 1);
        if kind(tokens, of)? != Token::Of {
            return None;
        }
        let open = *tokens.get(of + 1)?;
        if !matches!(open.kind, Token::OpenParen | Token::OpenBracket) {
            return None;
        }
        let end = self.closed(tokens, of + 1)?;
        let close = *tokens.get(end - 1)?;
        let mut out = tokens.get(at..=of)?.to_vec();
        out.push(as_kind(open, Token::OpenBrace));
        out.extend_from_slice(tokens.get(of + 2..end - 1)?);
        out.push(as_kind(close, Token::CloseBrace));
        let signs = if open.kind == Token::OpenParen {
            "any of (…)"
        } else {
            "any of […]"
        };
        Some(Rewriting::written(
            (at, end),
            out,
            span(token.start, close.end),
            (signs, "any of { … }"),
            vec![
                (open.span(), spaced(open, tokens.get(of + 2), "{ ")),
                (close.span(), " }".to_owned()),
            ],
        ))
    }

    /// `any of (a, b)`, `any of { a, b }`, `all of a, b` in a formula: a function.
    fn any_in_formula(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let small = self.slice(word).to_ascii_lowercase();
        let here = match small.as_str() {
            "any" | "one" => "any",
            "all" | "both" => "all",
            _ => return None,
        };
        if kind(tokens, at + 1)? != Token::Of || self.declared.contains(self.slice(word)) {
            return None;
        }
        let open = *tokens.get(at + 2)?;
        if open.kind.opens() {
            let end = self.closed(tokens, at + 2)?;
            let inner = self.words_of(tokens.get(at + 3..end - 1)?);
            return self.anew(tokens, (at, end), &format!("{here}({inner})"));
        }
        let (end, names) = self.names_in_a_row(tokens, at + 2)?;
        self.anew(tokens, (at, end), &format!("{here}({})", names.join(", ")))
    }

    /// `at least 2 of a, b, c`: what is counted stands between brackets.
    fn bare_list(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let of = (at + 2..at + 5).find(|place| kind(tokens, *place) == Some(Token::Of))?;
        let (end, names) = self.names_in_a_row(tokens, of + 1)?;
        if let Some(asked) = self.last_is_asked(tokens, of + 1, end, &names) {
            return Some(asked);
        }
        let list = format!("({})", names.join(", "));
        let (first, last) = (*tokens.get(of + 1)?, *tokens.get(end - 1)?);
        let whole = span(first.start, last.end);
        let mut out = vec![empty(Token::OpenParen, first.start)];
        for (place, token) in tokens.get(of + 1..end)?.iter().enumerate() {
            let sign = tokens.get(of + 2 + place).map(|t| t.kind);
            match token.kind {
                // `a, b, and c`
                Token::Comma if matches!(sign, Some(Token::And | Token::Or)) => {}
                Token::And | Token::Or => out.push(as_kind(*token, Token::Comma)),
                _ => out.push(*token),
            }
        }
        out.push(empty(Token::CloseParen, last.end));
        Some(Rewriting::written(
            (of + 1, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &list),
            vec![(whole, list.clone())],
        ))
    }

    /// `at least 2 of a, b, c is present`: where the others are answers, the last is asked for one.
    fn last_is_asked(
        &mut self,
        tokens: &[Tok],
        from: usize,
        end: usize,
        names: &[String],
    ) -> Option<Rewriting> {
        let (_, others) = names.split_last()?;
        let asks = matches!(
            kind(tokens, end)?,
            Token::Is | Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
        );
        let answers = others
            .iter()
            .all(|name| self.known.yes.contains(name.as_str()));
        if !asks || !answers || self.fresh(tokens, end) {
            return None;
        }
        let mut stop = end + 1 + usize::from(kind(tokens, end + 1) == Some(Token::Not));
        let value = *tokens.get(stop)?;
        stop += 1;
        match value.kind {
            Token::Number => {
                let unit = tokens.get(stop).is_some_and(|unit| {
                    self.known.units.contains(self.slice(*unit)) && !self.fresh(tokens, stop)
                });
                stop += usize::from(unit);
            }
            kind if kind.is_name() => {}
            _ => return None,
        }
        let last = self.words_of(tokens.get(end - 1..stop)?);
        let list = format!("({}, {last})", others.join(", "));
        self.anew(tokens, (from, stop), &list)
    }

    /// Declared names with commas or `and` between them, in one line; two at least. Where they end.
    fn names_in_a_row(&self, tokens: &[Tok], from: usize) -> Option<(usize, Vec<String>)> {
        let mut names = Vec::new();
        let mut end = from;
        loop {
            let token = *tokens.get(end)?;
            // A level of its own begins the next line of a `level`.
            let next_arm = matches!(
                kind(tokens, end + 1),
                Some(Token::When | Token::Otherwise | Token::In)
            ) && !names.is_empty();
            if !self.declared.contains(self.slice(token)) || next_arm {
                // The comma before it ends the list.
                end = end.checked_sub(1)?;
                break;
            }
            names.push(self.slice(token).to_owned());
            end += 1;
            let joins = matches!(
                kind(tokens, end),
                Some(Token::Comma | Token::And | Token::Or)
            );
            let goes_on = !self.fresh(tokens, end) && !self.fresh(tokens, end + 1);
            if !joins || !goes_on {
                break;
            }
            let twice = kind(tokens, end) == Some(Token::Comma)
                && matches!(kind(tokens, end + 1), Some(Token::And | Token::Or));
            end += 1 + usize::from(twice);
        }
        (names.len() > 1).then_some((end, names))
    }

    /// `piecewise(pressure, 0..0.3 to 0..2, …)`: no function, and braces.
    fn piecewise_call(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        if self.slice(word) != "piecewise" || kind(tokens, at + 1)? != Token::OpenParen {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let brace_follows = kind(tokens, end) == Some(Token::OpenBrace);
        let parts = self.parts(tokens, at + 1, end - 1);
        let (value, pieces) = parts.split_first()?;
        if brace_follows || pieces.is_empty() {
            return None;
        }
        let of = self.words_of(tokens.get(value.0..value.1)?);
        let plain = value.1 - value.0 == 1;
        let of = if plain { of } else { format!("({of})") };
        let ranges = pieces.iter().all(|(from, to)| {
            tokens
                .get(*from..*to)
                .is_some_and(|piece| piece.iter().any(|t| t.kind == Token::To))
        });
        if !ranges {
            let whole = span(word.start, tokens.get(end - 1)?.end);
            let hole = Tok {
                kind: Token::Hole,
                ..whole_token(whole.start, whole.end)
            };
            return Some(Rewriting::said(
                (at, end),
                vec![hole],
                whole,
                "piecewise(…)",
                format!(
                    "say range by range where it goes: `piecewise {of} {{ 0..1 to 0..10, 1..5 to 10..20 }}`"
                ),
            ));
        }
        let pieces: Vec<String> = pieces
            .iter()
            .filter_map(|(from, to)| Some(self.words_of(tokens.get(*from..*to)?)))
            .collect();
        self.anew(
            tokens,
            (at, end),
            &format!("piecewise {of} {{ {} }}", pieces.join(", ")),
        )
    }

    /// `piecewise price * 2 { 0..1 to 0..10 }`: what is worked out stands between brackets.
    fn piecewise_of_formula(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        if self.slice(word) != "piecewise" || self.declared.contains("piecewise") {
            return None;
        }
        let end = (at + 2..tokens.len().min(at + LONGEST)).find(|place| {
            self.fresh(tokens, *place) || kind(tokens, *place) == Some(Token::OpenBrace)
        })?;
        kind(tokens, end).filter(|kind| *kind == Token::OpenBrace)?;
        let of = tokens.get(at + 1..end)?;
        let works_out = of
            .iter()
            .any(|t| super::pieces::is_operator(t.kind) && t.kind != Token::Dot);
        let pieces = tokens.get(end..self.closed(tokens, end)?)?;
        let outside = of.first()?.kind != Token::OpenParen
            || self.closed(tokens, at + 1).is_some_and(|close| close < end);
        if !works_out || !outside || !pieces.iter().any(|t| t.kind == Token::To) {
            return None;
        }
        let instead = format!("({})", self.words_of(of));
        let (first, last) = (*of.first()?, *of.last()?);
        let mut out = vec![empty(Token::OpenParen, first.start)];
        out.extend_from_slice(of);
        out.push(empty(Token::CloseParen, last.end));
        let whole = span(first.start, last.end);
        Some(Rewriting::written(
            (at + 1, end),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `mean(a, b, weights: [0.6, 0.4])`: each value has its weight beside it.
    fn weights_apart(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        if !matches!(
            small.as_str(),
            "mean" | "average" | "weighted_mean" | "wmean" | "average_weighted"
        ) || kind(tokens, at + 1)? != Token::OpenParen
            || self.declared.contains(self.slice(name))
        {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let (last, values) = parts.split_last()?;
        let (label, sign) = (*tokens.get(last.0)?, kind(tokens, last.0 + 1)?);
        let says = matches!(self.slice(label), "weights" | "weight" | "w" | "wts");
        if !says || !matches!(sign, Token::Colon | Token::Equals) {
            return None;
        }
        // `c(0.6, 0.4)`, `[0.6, 0.4]`
        let open = (last.0 + 2..last.1).find(|at| kind(tokens, *at).is_some_and(Token::opens))?;
        let weights = self.parts(tokens, open, self.closed(tokens, open)? - 1);
        let mut values = values.to_vec();
        // `mean([a, b], weights: …)`
        if let [(from, to)] = values.as_slice()
            && kind(tokens, *from) == Some(Token::OpenBracket)
            && self.closed(tokens, *from) == Some(*to)
        {
            values = self.parts(tokens, *from, to - 1);
        }
        if values.len() != weights.len() || values.len() < 2 {
            return None;
        }
        let mut pairs = Vec::new();
        for (value, weight) in values.iter().zip(&weights) {
            let value = self.words_of(tokens.get(value.0..value.1)?);
            let weight = self.words_of(tokens.get(weight.0..weight.1)?);
            pairs.push(format!("{value} weight {weight}"));
        }
        let instead = format!("mean([{}])", pairs.join(", "));
        self.anew(tokens, (at, end), &instead)
    }

    /// `rescale(exam, 20 to 0)`, `goalpost(liquid, 40%..10%)`: both ends by their names.
    fn between_in_call(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let (from, to) = match self.slice(word) {
            "rescale" => ("from", "to"),
            "goalpost" => ("low", "high"),
            _ => return None,
        };
        if kind(tokens, at + 1)? != Token::OpenParen {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let [value, ends] = parts.as_slice() else {
            return None;
        };
        let run = tokens.get(ends.0..ends.1)?;
        let sign = run.iter().position(|t| {
            matches!(t.kind, Token::To | Token::DotDot) || matches!(self.slice(*t), "until" | "and")
        })?;
        let begins = usize::from(
            run.first()
                .is_some_and(|t| t.kind == Token::From || matches!(self.slice(*t), "between")),
        );
        let (low, high) = (run.get(begins..sign)?, run.get(sign + 1..)?);
        let is_end = |part: &[Tok]| {
            part.len() <= 3 && part.iter().any(|t| t.kind == Token::Number) && !part.is_empty()
        };
        if !is_end(low) || !is_end(high) {
            return None;
        }
        let instead = format!(
            "{from}: {}, {to}: {}",
            self.words_of(low),
            self.words_of(high)
        );
        let value = self.words_of(tokens.get(value.0..value.1)?);
        let word = self.slice(word).to_owned();
        self.anew(tokens, (at, end), &format!("{word}({value}, {instead})"))
    }

    /// `mean(a, b, na.rm=TRUE)`: what is missing is left out by `require`.
    pub(super) fn missing_left_out(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Comma)?;
        let small = self.slice(word).to_ascii_lowercase();
        let sign = match small.as_str() {
            "na" => {
                let rm = tokens.get(at + 2).is_some_and(|t| self.slice(*t) == "rm");
                (rm && kind(tokens, at + 1)? == Token::Dot).then_some(at + 3)?
            }
            "na.rm" | "na_rm" | "skipna" | "ignore_na" | "ignorena" | "narm" => at + 1,
            _ => return None,
        };
        if !matches!(kind(tokens, sign)?, Token::Equals | Token::Colon) {
            return None;
        }
        let answer = *tokens.get(sign + 1)?;
        let close = kind(tokens, sign + 2)?;
        if !matches!(close, Token::CloseParen | Token::Comma) {
            return None;
        }
        let yes = matches!(
            self.slice(answer).to_ascii_lowercase().as_str(),
            "true" | "t" | "yes" | "1"
        );
        if !yes {
            let whole = span(before.start, answer.end);
            let found = self.written(word.start, answer.end).to_owned();
            return Some(Rewriting::written(
                (at - 1, sign + 2),
                Vec::new(),
                whole,
                (&found, ""),
                vec![(whole, String::new())],
            ));
        }
        // Over a window it counts periods.
        let over = tokens
            .get(at.saturating_sub(12)..sign + 8)
            .unwrap_or_else(|| tokens.get(at.saturating_sub(12)..).unwrap_or_default())
            .iter()
            .any(|t| t.kind == Token::Over);
        let required = match self.period(tokens).filter(|_| over) {
            Some(period) => format!("require: 1 {period}"),
            None => "require: 1 known".to_owned(),
        };
        self.anew(tokens, (at, sign + 2), &required)
    }

    /// `notice blind "…" { when c for 2 weeks }`: a notice is one line.
    fn braces_of_notice(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at)?;
        let end = self.closed(tokens, at)?;
        let close = *tokens.get(end - 1)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let first = *inner.first()?;
        let raises = first.kind == Token::Raise;
        let when = inner.get(usize::from(raises)).map(|t| t.kind);
        if when != Some(Token::When) {
            return None;
        }
        let begin = if raises {
            inner.get(1)?.start
        } else {
            first.start
        };
        let out = inner.get(usize::from(raises)..)?.to_vec();
        let before = inner.last()?.end;
        Some(Rewriting::written(
            (at, end),
            out,
            span(open.start, close.end),
            ("{ … }", ""),
            vec![
                (span(open.start, begin), String::new()),
                (span(before, close.end), String::new()),
            ],
        ))
    }

    /// `score gap "Gap" : thin`: a step, and no unit.
    fn colon_for_equals(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let colon = *tokens.get(at)?;
        let name = *tokens.get(at + 1)?;
        let binds = stand.declares(Token::DeclareLet)
            || stand.declares(Token::DeclareScore)
            || stand.declares(Token::DeclareSignal);
        let word = self.slice(name);
        let of_values = (self.known.values.contains(word) || self.known.yes.contains(word))
            && !self.known.units.contains(word);
        let calls = kind(tokens, at + 2) == Some(Token::OpenParen) && name.kind.is_name();
        let end = (at + 1..tokens.len())
            .find(|place| self.fresh(tokens, *place) && self.begins_line(tokens, *place))
            .unwrap_or(tokens.len());
        let has_value = tokens.get(at..end)?.iter().any(|t| t.kind == Token::Equals);
        if !binds || !(of_values || calls) || has_value {
            return None;
        }
        let touches = at
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .is_some_and(|b| b.end == colon.start);
        let words = if touches { " =" } else { "=" };
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(colon, Token::Equals)],
            colon.span(),
            (":", "="),
            vec![(colon.span(), words.to_owned())],
        ))
    }

    fn begins_line(&self, tokens: &[Tok], at: usize) -> bool {
        let start = tokens.get(at).map_or(0, |t| t.start as usize);
        self.text
            .get(..start)
            .is_some_and(|before| before.is_empty() || before.ends_with('\n'))
    }
}

fn whole_token(start: u32, end: u32) -> Tok {
    Tok {
        kind: Token::Hole,
        start,
        end,
    }
}

/// An opening sign with a blank behind it, unless one stands there.
fn spaced(open: Tok, next: Option<&Tok>, sign: &str) -> String {
    match next {
        Some(next) if next.start > open.end => sign.trim_end().to_owned(),
        _ => sign.to_owned(),
    }
}
