//! Formulas as they are spoken, or as functions of other languages have them: `inlist(x, a, b)`,
//! `case_when(c ~ 1, TRUE ~ 0)`, `[a + b] / 2`, `sum(x, 3)`, `1 if c, otherwise 0`, `>= ten attacks`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::known::bare;
use super::of_declarations::period_word;
use super::phrases::{Change, Stand, Within, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

/// The longest function of another language that is read as one, in tokens.
const LONGEST: usize = 400;

/// Functions that look along time where they are given one value and a window.
const WINDOWS: [&str; 8] = [
    "sum", "mean", "average", "avg", "total", "median", "stddev", "stdev",
];

/// Functions to which cells are given.
const OF_CELLS: [&str; 12] = [
    "sum",
    "mean",
    "average",
    "median",
    "min",
    "max",
    "product",
    "geometric_mean",
    "harmonic_mean",
    "any",
    "all",
    "known_count",
];

impl Habits<'_> {
    pub(super) fn in_speech(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let token = *tokens.get(at)?;
        let in_members = stand.within() == Some(Within::Members);
        if token.kind == Token::Text && (stand.formula || in_members) {
            return self.label_for_name(tokens, at);
        }
        if let Some(number) = self.spoken_number(tokens, at, stand) {
            return Some(number);
        }
        if stand.within() == Some(Within::Test) {
            return matches!(token.kind, Token::And | Token::Or)
                .then(|| self.compared_again(tokens, at))
                .flatten();
        }
        if !stand.formula {
            return None;
        }
        match token.kind {
            Token::OpenBracket | Token::OpenBrace => self.round_brackets(tokens, at),
            Token::If => self.value_first(tokens, at),
            Token::Infix => self.infix(tokens, at).or_else(|| self.piped(tokens, at)),
            Token::Over => self.window_without_signs(tokens, at),
            Token::And | Token::Or => self.compared_again(tokens, at),
            Token::In
                if tokens.get(at + 1).is_some_and(|t| {
                    matches!(self.slice(*t), "c" | "list" | "set" | "tuple")
                        && kind(tokens, at + 2) == Some(Token::OpenParen)
                }) =>
            {
                self.infix(tokens, at)
            }
            Token::Ident if kind(tokens, at + 1) == Some(Token::OpenParen) => self
                .cells_of(tokens, at)
                .or_else(|| self.bare_window(tokens, at))
                .or_else(|| self.rolling(tokens, at))
                .or_else(|| self.function_of_lists(tokens, at))
                .or_else(|| self.cases(tokens, at)),
            Token::Ident if kind(tokens, at + 1) == Some(Token::Dot) => self
                .is_in(tokens, at)
                .or_else(|| self.of_a_text(tokens, at))
                .or_else(|| self.of_all(tokens, at)),
            Token::Ident if kind(tokens, at + 1) == Some(Token::Of) => self.function_of(tokens, at),
            Token::Ident if self.slice(token).eq_ignore_ascii_case("case") => {
                self.case_without_end(tokens, at)
            }
            Token::Ident => self
                .label_in_words(tokens, at)
                .or_else(|| self.rises(tokens, at))
                .or_else(|| self.kind_before_name(tokens, at))
                .or_else(|| self.times_in_words(tokens, at))
                .or_else(|| self.without_brackets(tokens, at))
                .or_else(|| self.times_left_out(tokens, at, stand)),
            Token::Then => self.without_if(tokens, at, stand),
            _ => None,
        }
    }

    /// `"Mass flight" weight 2`, `mean("Access to water", hazard)`: things are called by their names.
    fn label_for_name(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let text = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = matches!(
            before,
            Token::OpenBrace
                | Token::OpenParen
                | Token::Comma
                | Token::And
                | Token::Or
                | Token::Not
                | Token::When
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::If
                | Token::Equals
        );
        if !begins {
            return None;
        }
        let name = self.known.labelled(bare(self.slice(text)))?.to_owned();
        let named = self.named(text.start, text.end, &name);
        Some(Change::written(
            (at, at + 1),
            vec![named],
            text.span(),
            (self.slice(text), &name),
            vec![(text.span(), name.clone())],
        ))
    }

    /// `mean(Access to water, hazard)`: a label without its quotes.
    fn label_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let first = *tokens.get(at)?;
        let word = self.slice(first);
        if self.declared.contains(word) || !word.starts_with(char::is_uppercase) {
            return None;
        }
        let is_word = |t: &Tok| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Number;
        let mut end = at + 1;
        while let (Some(last), Some(next)) = (tokens.get(end - 1), tokens.get(end))
            && end < at + 9
            && is_word(next)
            && !on_new_line(self.text, *last, *next)
        {
            end += 1;
        }
        for to in (at + 1..=end).rev() {
            let last = *tokens.get(to - 1)?;
            let words = self.written(first.start, last.end).to_owned();
            // A name with a capital is told by its declaration.
            let is_label = |name: &&str| !name.eq_ignore_ascii_case(&words);
            if let Some(name) = self.known.labelled(&words).filter(is_label) {
                let name = name.to_owned();
                let whole = span(first.start, last.end);
                let named = self.named(whole.start, whole.end, &name);
                return Some(Change::written(
                    (at, to),
                    vec![named],
                    whole,
                    (&words, &name),
                    vec![(whole, name.clone())],
                ));
            }
        }
        None
    }

    /// `>= ten attacks`, `for two months`
    fn spoken_number(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let word = *tokens
            .get(at)
            .filter(|t| t.kind == Token::Ident && (3..=8).contains(&(t.end - t.start)))?;
        let number = spoken(&self.slice(word).to_ascii_lowercase())?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let behind_line =
            on_new_line(self.text, word, next) && !matches!(before, Token::Equals | Token::Weight);
        if self.declared.contains(self.slice(word)) || behind_line {
            return None;
        }
        let compares = matches!(
            before,
            Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
        ) && stand.formula;
        let counts = matches!(
            before,
            Token::For | Token::Cooldown | Token::Require | Token::Most | Token::Over
        ) || (before == Token::Colon && stand.formula);
        // `override weight a.b = three`, `weight two`
        let given = (before == Token::Equals
            && (stand.declares(Token::DeclareOverride) || stand.declares(Token::DeclareParam)))
            || before == Token::Weight;
        let ends = matches!(
            next.kind,
            Token::Comma | Token::CloseBrace | Token::Because | Token::Cite
        ) || self.slice(next) == "because";
        if given && ends {
            let written = self.put(Token::Number, word.start, word.end, number);
            return Some(Change::written(
                (at, at + 1),
                vec![written],
                word.span(),
                (self.slice(word), number),
                vec![(word.span(), number.to_owned())],
            ));
        }
        let unit = next.kind == Token::Ident
            && (self.known.units.contains(self.slice(next))
                || period_word(self.slice(next)).is_some()
                || matches!(self.slice(next), "known" | "coverage"));
        let behind = unit || matches!(next.kind, Token::Known | Token::Coverage);
        if !((compares || counts) && behind) {
            return None;
        }
        let written = self.put(Token::Number, word.start, word.end, number);
        Some(Change::written(
            (at, at + 1),
            vec![written],
            word.span(),
            (self.slice(word), number),
            vec![(word.span(), number.to_owned())],
        ))
    }

    /// `[a + b] / 2`, `{a + b} / 2`: only round brackets group.
    fn round_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let close = self.closed(tokens, at).filter(|to| to - at < LONGEST)? - 1;
        let inner = tokens.get(at + 1..close)?;
        let opening = matches!(
            before,
            Token::Equals
                | Token::OpenParen
                | Token::OpenBracket
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::When
                | Token::And
                | Token::Or
                | Token::Not
                | Token::Comma
        );
        let plain = inner.len() > 2
            && !inner
                .iter()
                .any(|t| matches!(t.kind, Token::Comma | Token::Semicolon | Token::OpenBrace));
        let works_out = inner
            .iter()
            .any(|t| super::pieces::is_operator(t.kind) && t.kind != Token::Dot);
        let behind = kind(tokens, close + 1);
        let beside = behind.is_some_and(super::pieces::is_operator)
            || matches!(
                before,
                Token::Plus
                    | Token::Minus
                    | Token::Star
                    | Token::Slash
                    | Token::And
                    | Token::Or
                    | Token::Not
            );
        if !opening || !plain || !works_out || !beside {
            return None;
        }
        let (open, end) = (*tokens.get(at)?, *tokens.get(close)?);
        let mut out = vec![super::phrases::as_kind(open, Token::OpenParen)];
        out.extend_from_slice(inner);
        out.push(super::phrases::as_kind(end, Token::CloseParen));
        let signs = if open.kind == Token::OpenBracket {
            "[…]"
        } else {
            "{…}"
        };
        Some(Change::written(
            (at, close + 1),
            out,
            span(open.start, end.end),
            (signs, "(…)"),
            vec![(open.span(), "(".to_owned()), (end.span(), ")".to_owned())],
        ))
    }

    /// `x %in% c("a", "b")`
    fn infix(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let sign = *tokens.get(at)?;
        let word = match self.slice(sign).to_ascii_lowercase().as_str() {
            "%in%" | "in" => "in",
            "%notin%" | "%nin%" => "not in",
            _ => return None,
        };
        let open = at + 1 + usize::from(!kind(tokens, at + 1)?.opens());
        let end = match kind(tokens, open) {
            Some(sign) if sign.opens() => self.closed(tokens, open)?,
            _ => at + 2,
        };
        let mut names = Vec::new();
        for token in tokens.get(open.min(end - 1)..end)? {
            match token.kind {
                Token::Text => names.push(self.name_of_text(tokens, *token)?),
                kind if kind.is_name() => names.push(self.slice(*token).to_owned()),
                _ => {}
            }
        }
        let instead = format!("{word} {{{}}}", names.join(", "));
        self.anew(tokens, (at, end), &instead)
            .filter(|_| !names.is_empty())
    }

    /// `mean(a, b) %>% round(3)`: the value goes into the brackets.
    fn piped(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let sign = *tokens.get(at).filter(|sign| self.slice(**sign) == "%>%")?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        if kind(tokens, at + 2)? != Token::OpenParen {
            return None;
        }
        let end = self.closed(tokens, at + 2)?;
        let from = (0..at)
            .rev()
            .take(LONGEST)
            .find(|place| matches!(kind(tokens, *place), Some(Token::Equals | Token::When)))?
            + 1;
        let value = self.words_of(tokens.get(from..at)?);
        let rest = self.words_of(tokens.get(at + 3..end - 1)?);
        let comma = if rest.is_empty() { "" } else { ", " };
        let instead = format!("{}({value}{comma}{rest})", self.slice(name));
        self.anew(tokens, (from, end), &instead)
            .filter(|_| sign.end <= name.start)
    }

    /// `sum(x over 3 months)`
    fn window_without_signs(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let over = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let colon = usize::from(kind(tokens, at + 1)? == Token::Colon);
        let number = *tokens
            .get(at + 1 + colon)
            .filter(|t| t.kind == Token::Number)?;
        let unit = *tokens.get(at + 2 + colon)?;
        let close = matches!(
            kind(tokens, at + 3 + colon)?,
            Token::CloseParen | Token::Comma
        );
        let value = *tokens.get(at.checked_sub(1)?)?;
        if !(before.is_name() || before == Token::CloseParen)
            || period_word(self.slice(unit)).is_none()
            || !close
        {
            return None;
        }
        let whole = span(over.start, unit.end);
        let instead = format!("over: {} {}", self.words_of(&[number]), self.slice(unit));
        let out = vec![
            super::phrases::empty(Token::Comma, value.end),
            over,
            super::phrases::empty(Token::Colon, over.end),
            number,
            unit,
        ];
        Some(Change::written(
            (at, at + 3 + colon),
            out,
            whole,
            (
                self.written(whole.start, whole.end),
                &format!(", {instead}"),
            ),
            vec![(span(value.end, unit.end), format!(", {instead}"))],
        ))
    }

    /// `x > 0.5 and < 0.8`: each side compares by itself.
    fn compared_again(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let sign = kind(tokens, at + 1)?;
        let is_sign = |kind: Token| {
            matches!(
                kind,
                Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
            )
        };
        if !is_sign(sign) {
            return None;
        }
        let first = (0..at)
            .rev()
            .take(6)
            .find(|place| kind(tokens, *place).is_some_and(is_sign))?;
        let name = *tokens
            .get(first.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let next = *tokens.get(at + 1)?;
        let word = self.slice(name).to_owned();
        let again = self.named(next.start, next.start, &word);
        let whole = span(tokens.get(at)?.start, next.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let joins = self.slice(*tokens.get(at)?).to_owned();
        let instead = format!("{joins} {word} {}", self.slice(next));
        Some(Change::written(
            (at + 1, at + 1),
            vec![again],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `rolling_sum(x, 3)`, `moving_average(x, 3)`
    fn rolling(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        let here = match self.slice(name).to_ascii_lowercase().as_str() {
            "rolling_sum" | "rollsum" | "moving_sum" | "roll_sum" | "runsum" | "sum_last" => "sum",
            "rolling_mean" | "rollmean" | "moving_average" | "movavg" | "ma" | "sma"
            | "roll_mean" | "rolling_average" | "running_mean" | "mean_last" => "mean",
            "rolling_max" | "rollmax" | "roll_max" | "moving_max" => "max",
            "rolling_min" | "rollmin" | "roll_min" | "moving_min" => "min",
            "rolling_std" | "rolling_sd" => "stddev",
            _ => return None,
        };
        if self.declared.contains(self.slice(name)) {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let [value, window] = parts.as_slice() else {
            return None;
        };
        let value = self.words_of(tokens.get(value.0..value.1)?);
        let window = tokens.get(window.0..window.1)?;
        let digits = window.iter().find(|t| t.kind == Token::Number)?;
        let digits = self.words_of(&[*digits]);
        let period = self.period(tokens)?;
        let unit = window
            .iter()
            .find_map(|t| period_word(self.slice(*t)))
            .unwrap_or(period);
        let plural = if digits == "1" { "" } else { "s" };
        let instead = format!("{here}({value}, over: {digits} {unit}{plural})");
        self.anew(tokens, (at, end), &instead)
    }

    /// `food_price increases by 20% over 2 months`
    fn rises(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let verb = *tokens.get(at)?;
        let sign = match self.slice(verb) {
            "increases" | "rises" | "grows" | "increased" | "rose" | "grew" => ">=",
            "decreases" | "falls" | "drops" | "decreased" | "fell" | "dropped" => "<= -",
            _ => return None,
        };
        let of = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let by = at + 1 + usize::from(self.slice(*tokens.get(at + 1)?) == "by");
        let amount = *tokens.get(by).filter(|t| t.kind == Token::Number)?;
        let (number, unit) = (*tokens.get(by + 2)?, *tokens.get(by + 3)?);
        let within = matches!(
            self.slice(*tokens.get(by + 1)?),
            "over" | "in" | "within" | "for"
        );
        period_word(self.slice(unit)).filter(|_| within && number.kind == Token::Number)?;
        let amount = self.words_of(&[amount]);
        let function = if amount.ends_with('%') {
            "growth"
        } else {
            "change"
        };
        let blank = if sign.ends_with('-') { "" } else { " " };
        let instead = format!(
            "{function}({}, over: {} {}) {sign}{blank}{amount}",
            self.slice(of),
            self.words_of(&[number]),
            self.slice(unit)
        );
        self.anew(tokens, (at - 1, by + 4), &instead)
    }

    /// `factor violence >= 0.5`: things are called by their names alone.
    fn kind_before_name(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let (word, name) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let own = self.slice(name).to_owned();
        let is_kind = matches!(
            self.slice(word),
            "factor" | "signal" | "indicator" | "score" | "level" | "param"
        );
        let known = self.declared.contains(own.as_str());
        if !is_kind
            || !known
            || self.fresh(tokens, at)
            || self.fresh(tokens, at + 1)
            || self.declared.contains(self.slice(word))
            || matches!(
                kind(tokens, at + 2)?,
                Token::Text | Token::Colon | Token::Equals
            )
        {
            return None;
        }
        let whole = span(word.start, name.end);
        Some(Change::written(
            (at, at + 1),
            Vec::new(),
            whole,
            (self.written(whole.start, whole.end), &own),
            vec![(span(word.start, name.start), String::new())],
        ))
    }

    /// `CASE WHEN c THEN 1 ELSE 0` without its `END`.
    fn case_without_end(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let end = self.line_end(tokens, at);
        let is = |place: usize, word: &str| {
            tokens
                .get(place)
                .is_some_and(|t| self.slice(*t).eq_ignore_ascii_case(word))
        };
        let ended = (at..tokens.len().min(at + LONGEST)).any(|place| is(place, "end"));
        if ended || !is(at + 1, "when") || self.declared.contains("case") {
            return None;
        }
        let mut instead = String::new();
        let mut from = at + 1;
        for place in at + 1..=end {
            let mark = ["when", "then", "else"]
                .into_iter()
                .find(|word| is(place, word));
            if place < end && mark.is_none() {
                continue;
            }
            if from + 1 < place {
                let part: Vec<Tok> = tokens
                    .get(from + 1..place)?
                    .iter()
                    .map(|t| match t.kind {
                        Token::Equals => super::phrases::as_kind(*t, Token::Is),
                        _ => *t,
                    })
                    .collect();
                instead.push_str(&format!(" {}", self.words_of(&part)));
            }
            match mark.filter(|_| place < end) {
                Some("when") if instead.is_empty() => instead.push_str("if"),
                Some("when") => instead.push_str(" else if"),
                Some(word) => instead.push_str(&format!(" {word}")),
                None => {}
            }
            from = place;
        }
        if !instead.contains(" else ") {
            instead.push_str(" else missing");
        }
        self.anew(tokens, (at, end), &instead)
            .filter(|_| instead.contains(" then "))
    }

    /// `incitement.lower()`, `df.x.str`: texts are not worked with.
    fn of_a_text(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let (name, method) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let fits = matches!(
            self.slice(method),
            "lower" | "upper" | "strip" | "trim" | "casefold" | "astype" | "title"
        ) && kind(tokens, at + 3)? == Token::OpenParen;
        let end = self.closed(tokens, at + 3).filter(|_| fits)?;
        let instead = self.slice(name).to_owned();
        self.anew(tokens, (at, end), &instead)
    }

    /// `factors.access`: what is declared is called by its name.
    fn of_all(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let (all, name) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let word = self.slice(all);
        let kinds = matches!(
            word,
            "factors" | "signals" | "indicators" | "params" | "scores" | "levels" | "factor"
        );
        let own = self.slice(name).to_owned();
        if !kinds || self.declared.contains(word) || !self.declared.contains(own.as_str()) {
            return None;
        }
        self.anew(tokens, (at, at + 3), &own)
    }

    /// `max of a and b`, `average of a, b`
    fn function_of(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        let here = match small.as_str() {
            "average" | "avg" | "mean" => "mean",
            "maximum" | "max" | "highest" | "largest" => "max",
            "minimum" | "min" | "lowest" | "smallest" => "min",
            "sum" | "total" => "sum",
            "product" => "product",
            "median" => "median",
            _ => return None,
        };
        let mut end = at + 2;
        let mut names: Vec<String> = Vec::new();
        loop {
            let token = *tokens.get(end)?;
            if !self.declared.contains(self.slice(token)) {
                return None;
            }
            names.push(self.slice(token).to_owned());
            end += 1;
            let joins = matches!(kind(tokens, end), Some(Token::Comma | Token::And));
            // `max of a and b >= 0.5` asks for the maximum of both.
            if !joins || self.fresh(tokens, end) {
                break;
            }
            let twice = kind(tokens, end) == Some(Token::Comma)
                && kind(tokens, end + 1) == Some(Token::And);
            end += 1 + usize::from(twice);
        }
        // `sum of killed over 3 months`
        if names.len() == 1
            && kind(tokens, end) == Some(Token::Over)
            && kind(tokens, end + 1) == Some(Token::Number)
            && period_word(self.slice(*tokens.get(end + 2)?)).is_some()
        {
            let window = self.words_of(tokens.get(end + 1..end + 3)?);
            let instead = format!("{here}({}, over: {window})", names.join(", "));
            return self.anew(tokens, (at, end + 3), &instead);
        }
        let instead = format!("{here}({})", names.join(", "));
        self.anew(tokens, (at, end), &instead)
            .filter(|_| names.len() > 1)
    }

    /// `access x hazard`
    fn times_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let sign = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let after = *tokens.get(at + 1)?;
        let between = (before.is_name() || matches!(before, Token::Number | Token::CloseParen))
            && (self.declared.contains(self.slice(after))
                || matches!(after.kind, Token::Number | Token::OpenParen));
        let fits = matches!(self.slice(sign), "x" | "X" | "times")
            && !self.declared.contains(self.slice(sign))
            && !self.fresh(tokens, at)
            && !self.fresh(tokens, at + 1);
        (between && fits).then(|| {
            Change::written(
                (at, at + 1),
                vec![super::phrases::as_kind(sign, Token::Star)],
                sign.span(),
                (self.slice(sign), "*"),
                vec![(sign.span(), "*".to_owned())],
            )
        })
    }

    /// `abs drought`: a function has its arguments between brackets.
    fn without_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let (name, of) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let small = self.slice(name).to_ascii_lowercase();
        let known = matches!(
            small.as_str(),
            "abs"
                | "sqrt"
                | "ln"
                | "exp"
                | "log10"
                | "floor"
                | "ceil"
                | "rank"
                | "zscore"
                | "percentile"
                | "minmax"
        );
        let fits = known
            && !self.declared.contains(self.slice(name))
            && self.declared.contains(self.slice(of))
            && !self.fresh(tokens, at + 1);
        let instead = format!("{small}({})", self.slice(of));
        fits.then(|| self.anew(tokens, (at, at + 2), &instead))
            .flatten()
    }

    /// `0.5 access`, `50% access`: what is multiplied has its sign.
    fn times_left_out(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let name = *tokens.get(at)?;
        // Elsewhere the unit is more likely to be the slip.
        let works_out = stand.declares(Token::DeclareScore) || stand.declares(Token::DeclareLet);
        let begins = matches!(
            kind(tokens, at.checked_sub(2)?)?,
            Token::Equals | Token::Plus | Token::Minus | Token::OpenParen | Token::Comma
        );
        let number = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Number)?;
        let word = self.slice(name);
        if !works_out
            || !begins
            || self.known.units.contains(word)
            || !self.known.values.contains(word)
            || self.fresh(tokens, at)
            || period_word(word).is_some()
        {
            return None;
        }
        let whole = span(number.start, name.end);
        let digits = self.words_of(&[number]);
        let digits = digits
            .trim_end_matches(|sign: char| sign.is_ascii_alphabetic())
            .to_owned();
        let instead = format!("{digits} * {word}");
        let star = super::phrases::empty(Token::Star, name.start);
        Some(Change::written(
            (at - 1, at + 1),
            vec![number, star, name],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `x >= y then 1 else 0`: a signal is its condition, and elsewhere `if` comes first.
    fn without_if(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Change> {
        let (_, begins) = stand.declares?;
        let formula = (begins..at).find(|place| kind(tokens, *place) == Some(Token::Equals))? + 1;
        let condition = tokens.get(formula..at)?;
        let other = (at..tokens.len().min(at + 40))
            .find(|place| kind(tokens, *place) == Some(Token::Else))?;
        let other_form = |t: &Tok| {
            let word = self.slice(*t);
            matches!(t.kind, Token::If | Token::When | Token::Else | Token::Then)
                || ["if", "elif", "case", "when", "else", "then"]
                    .iter()
                    .any(|own| word.eq_ignore_ascii_case(own))
        };
        if condition.is_empty() || condition.iter().any(other_form) {
            return None;
        }
        let then = *tokens.get(at)?;
        let first = *condition.first()?;
        let end = self.line_end(tokens, other);
        let simple = |from: usize, to: usize| {
            let part = tokens.get(from..to).unwrap_or_default();
            matches!(part, [only] if matches!(only.kind, Token::Yes | Token::No | Token::Number))
        };
        let truth = stand.declares(Token::DeclareSignal)
            && simple(at + 1, other)
            && simple(other + 1, end)
            && matches!(self.slice(*tokens.get(at + 1)?), "1" | "yes");
        if truth {
            let last = condition.last()?.end;
            let whole = span(then.start, tokens.get(end - 1)?.end);
            return Some(Change::written(
                (at, end),
                Vec::new(),
                whole,
                (self.written(whole.start, whole.end), ""),
                vec![(span(last, whole.end), String::new())],
            ));
        }
        let whole = span(first.start, then.end);
        let mut out = vec![super::phrases::empty(Token::If, first.start)];
        out.extend_from_slice(condition);
        let words = self.words_of(condition);
        Some(Change::written(
            (formula, at),
            out,
            whole,
            (&format!("{words} then …"), &format!("if {words} then …")),
            vec![(span(first.start, first.start), "if ".to_owned())],
        ))
    }

    /// `1 if a > b, 0 otherwise`, `1 if a > b, otherwise 0`
    fn value_first(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let value = *tokens.get(at.checked_sub(1)?)?;
        let begins = kind(tokens, at.checked_sub(2)?)?;
        let plain = matches!(value.kind, Token::Number | Token::Yes | Token::No);
        if !plain || !matches!(begins, Token::Equals | Token::OpenParen | Token::Comma) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let comma = (at..end).find(|place| {
            kind(tokens, *place) == Some(Token::Comma)
                && matches!(
                    kind(tokens, place + 1),
                    Some(
                        Token::Number
                            | Token::Else
                            | Token::Otherwise
                            | Token::Yes
                            | Token::No
                            | Token::Missing
                    )
                )
        });
        let turn = comma
            .or_else(|| (at..end).find(|place| kind(tokens, *place) == Some(Token::Otherwise)))?;
        let rest = tokens.get(turn..end)?;
        let others: Vec<&Tok> = rest
            .iter()
            .filter(|t| {
                !matches!(t.kind, Token::Comma | Token::Otherwise | Token::Else)
                    && self.slice(**t) != "if"
            })
            .collect();
        let says = rest
            .iter()
            .any(|t| matches!(t.kind, Token::Otherwise | Token::Else));
        let [other] = others.as_slice() else {
            return None;
        };
        let fits = matches!(
            other.kind,
            Token::Number | Token::Yes | Token::No | Token::Missing
        );
        if !says || !fits {
            return None;
        }
        let condition = self.words_of(tokens.get(at + 1..turn)?);
        let instead = format!(
            "if {condition} then {} else {}",
            self.words_of(&[value]),
            self.words_of(&[**other])
        );
        self.anew(tokens, (at - 1, end), &instead)
    }

    /// `mean(a:b)`: there are no cells here, and so nothing that lies between two of them.
    fn cells_of(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        let here = match small.as_str() {
            "average" | "avg" => "mean",
            "geomean" => "geometric_mean",
            other => OF_CELLS.into_iter().find(|own| *own == other)?,
        };
        let (first, colon, last, close) = (
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
            *tokens.get(at + 4)?,
            *tokens.get(at + 5)?,
        );
        let both =
            self.declared.contains(self.slice(first)) && self.declared.contains(self.slice(last));
        if colon.kind != Token::Colon || close.kind != Token::CloseParen || !both {
            return None;
        }
        let instead = format!("{here}({}, {})", self.slice(first), self.slice(last));
        // Only two names: what lies between them in the file is not known to be meant.
        let shown = format!("{here}({}, …, {})", self.slice(first), self.slice(last));
        let whole = span(name.start, close.end);
        let out = self.tokens_of(&instead, whole.start, whole.end)?;
        let found = self.written(whole.start, whole.end).to_owned();
        let beside = self.are_neighbours(tokens, first, last);
        let edits = if beside {
            vec![(whole, instead.clone())]
        } else {
            Vec::new()
        };
        let said = if beside { &instead } else { &shown };
        Some(Change::written(
            (at, at + 6),
            out,
            whole,
            (&found, said),
            edits,
        ))
    }

    /// Is nothing declared between the two?
    fn are_neighbours(&self, tokens: &[Tok], first: Tok, last: Tok) -> bool {
        let place = |name: Tok| {
            (1..tokens.len()).find(|at| {
                tokens
                    .get(*at)
                    .is_some_and(|t| self.slice(*t) == self.slice(name))
                    && tokens.get(at - 1).is_some_and(|word| {
                        crate::token::declaration_word(self.slice(*word)).is_some()
                    })
            })
        };
        let (Some(one), Some(other)) = (place(first), place(last)) else {
            return false;
        };
        let declares = |at: usize| {
            at > 0
                && tokens
                    .get(at)
                    .is_some_and(|t| crate::token::declaration_word(self.slice(*t)).is_some())
                && self.fresh(tokens, at)
        };
        one < other && (one + 1..other).filter(|at| declares(*at)).count() <= 1
    }

    /// `sum(x, 3)`: a window says its unit.
    fn bare_window(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        if !WINDOWS.contains(&small.as_str()) || self.declared.contains(self.slice(name)) {
            return None;
        }
        let (value, comma, number, close) = (
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
            *tokens.get(at + 4)?,
            *tokens.get(at + 5)?,
        );
        let digits = self.words_of(&[number]);
        let whole_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let fits = value.kind.is_name()
            && matches!(comma.kind, Token::Comma | Token::Semicolon)
            && number.kind == Token::Number
            && close.kind == Token::CloseParen
            && whole_number
            && digits.len() <= 3
            && digits != "0";
        let period = self.period(tokens).filter(|_| fits)?;
        let plural = if digits == "1" { "" } else { "s" };
        let instead = format!("over: {digits} {period}{plural}");
        let named = self.named(number.start, number.start, "over");
        let over = super::phrases::as_kind(named, Token::Over);
        let mut out = vec![over, super::phrases::empty(Token::Colon, number.start)];
        out.push(number);
        out.push(self.named(number.end, number.end, &format!("{period}{plural}")));
        Some(Change::written(
            (at + 4, at + 5),
            out,
            number.span(),
            (&digits, &instead),
            vec![(number.span(), instead.clone())],
        ))
        .filter(|_| number.start < number.end)
    }

    /// `inlist(x, "a", "b")`, `between(x, 0, 1)`, `minmax(x, min: 0, max: 10)`
    fn function_of_lists(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        if self.declared.contains(self.slice(name)) {
            return None;
        }
        let small = self.slice(name).to_ascii_lowercase();
        let end = self
            .closed(tokens, at + 1)
            .filter(|end| end - at < LONGEST)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let value = self.words_of(tokens.get(parts.first()?.0..parts.first()?.1)?);
        match small.as_str() {
            "inlist" | "is_in" | "isin" | "ismember" | "oneof" | "one_of" => {
                let mut names = Vec::new();
                for (from, to) in parts.iter().skip(1) {
                    for token in tokens.get(*from..*to)? {
                        match token.kind {
                            Token::Text => names.push(self.name_of_text(tokens, *token)?),
                            kind if kind.is_name() && self.slice(*token) != "c" => {
                                names.push(self.slice(*token).to_owned());
                            }
                            kind if kind.is_name() || kind.opens() || kind.closes() => {}
                            Token::Comma | Token::Semicolon => {}
                            _ => return None,
                        }
                    }
                }
                if names.is_empty() {
                    return None;
                }
                let instead = format!("{value} in {{{}}}", names.join(", "));
                self.anew(tokens, (at, end), &instead)
            }
            "inrange" | "between" if parts.len() == 3 => {
                let low = self.words_of(tokens.get(parts.get(1)?.0..parts.get(1)?.1)?);
                let high = self.words_of(tokens.get(parts.get(2)?.0..parts.get(2)?.1)?);
                let instead = format!("{value} in {low}..{high}");
                self.anew(tokens, (at, end), &instead)
            }
            "minmax" | "normalise" | "normalize" | "min_max" | "scale" | "rescale" | "goalpost"
                if parts.len() == 3 =>
            {
                let mut ends = [None, None];
                for (from, to) in parts.iter().skip(1) {
                    let label = self.slice(*tokens.get(*from)?).to_ascii_lowercase();
                    let which = match label.as_str() {
                        "min" | "minimum" | "lower" | "lowest" | "lo" | "low" | "worst" => 0,
                        "max" | "maximum" | "upper" | "highest" | "hi" | "high" | "best" => 1,
                        _ => return None,
                    };
                    let sign = kind(tokens, from + 1)?;
                    if !matches!(sign, Token::Equals | Token::Colon) {
                        return None;
                    }
                    *ends.get_mut(which)? = Some(self.words_of(tokens.get(from + 2..*to)?));
                }
                let [Some(low), Some(high)] = ends else {
                    return None;
                };
                // These are what `goalpost` calls its ends.
                let own = small == "goalpost" && self.slice(*tokens.get(parts.get(1)?.0)?) == "low";
                let instead = match small.as_str() {
                    "goalpost" => format!("goalpost({value}, low: {low}, high: {high})"),
                    _ => format!("rescale({value}, from: {low}, to: {high})"),
                };
                if own {
                    return None;
                }
                self.anew(tokens, (at, end), &instead)
            }
            _ => None,
        }
    }

    /// `terrain.isin(["hills", "plain"])`
    fn is_in(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let (value, method) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let fits = matches!(self.slice(method), "isin" | "is_in" | "between")
            && kind(tokens, at + 3)? == Token::OpenParen;
        let end = self.closed(tokens, at + 3).filter(|_| fits)?;
        let inner = tokens.get(at + 4..end - 1)?;
        let name = self.slice(value).to_owned();
        if self.slice(method) == "between" {
            let parts = self.parts(tokens, at + 3, end - 1);
            let [low, high] = parts.as_slice() else {
                return None;
            };
            let low = self.words_of(tokens.get(low.0..low.1)?);
            let high = self.words_of(tokens.get(high.0..high.1)?);
            return self.anew(tokens, (at, end), &format!("{name} in {low}..{high}"));
        }
        let mut names = Vec::new();
        for token in inner {
            match token.kind {
                Token::Text => names.push(self.name_of_text(tokens, *token)?),
                kind if kind.is_name() => names.push(self.slice(*token).to_owned()),
                _ => {}
            }
        }
        let instead = format!("{name} in {{{}}}", names.join(", "));
        self.anew(tokens, (at, end), &instead)
            .filter(|_| !names.is_empty())
    }

    /// `case_when(c ~ 1, TRUE ~ 0)`, `IFS(c; 1; d; 2)`, `SWITCH(x; a; 1; 0)`
    fn cases(&mut self, tokens: &[Tok], at: usize) -> Option<Change> {
        let name = *tokens.get(at)?;
        if self.declared.contains(self.slice(name)) {
            return None;
        }
        let small = self.slice(name).to_ascii_lowercase();
        if !matches!(
            small.as_str(),
            "case_when" | "fcase" | "ifs" | "cond" | "switch" | "select"
        ) {
            return None;
        }
        let end = self
            .closed(tokens, at + 1)
            .filter(|end| end - at < LONGEST)?;
        let mut parts = self.parts(tokens, at + 1, end - 1);
        let subject = (matches!(small.as_str(), "switch" | "select")).then(|| {
            let (from, to) = *parts.first()?;
            parts.remove(0);
            Some(self.words_of(tokens.get(from..to)?))
        });
        let subject = match subject {
            Some(None) => return None,
            Some(Some(words)) => Some(words),
            None => None,
        };
        // `c ~ v` is one part of two halves.
        let mut halves: Vec<(usize, usize)> = Vec::new();
        for (from, to) in parts {
            let tilde = (from..to).find(|at| kind(tokens, *at) == Some(Token::Tilde));
            match tilde {
                Some(tilde) => halves.extend([(from, tilde), (tilde + 1, to)]),
                None => halves.push((from, to)),
            }
        }
        let words = |(from, to): (usize, usize)| {
            let part = tokens.get(from..to).unwrap_or_default();
            let part: Vec<Tok> = part
                .iter()
                .map(|t| match t.kind {
                    Token::Equals => super::phrases::as_kind(*t, Token::Is),
                    _ => *t,
                })
                .collect();
            self.words_of(&part)
        };
        let mut instead = String::new();
        let mut rest = halves.as_slice();
        let mut otherwise = None;
        while let [condition, value, more @ ..] = rest {
            let asked = words(*condition);
            rest = more;
            let always = matches!(
                asked.to_ascii_lowercase().as_str(),
                "true" | "yes" | "1" | "default" | ".default" | "else" | "otherwise"
            );
            if always {
                otherwise = Some(words(*value));
                break;
            }
            let asked = match &subject {
                Some(subject) => format!("{subject} is {asked}"),
                None => asked,
            };
            if !instead.is_empty() {
                instead.push_str(" else ");
            }
            instead.push_str(&format!("if {asked} then {}", words(*value)));
        }
        if let ([last], None) = (rest, &otherwise) {
            otherwise = Some(words(*last));
        }
        if instead.is_empty() || (small == "cond" && subject.is_none() && halves.len() < 4) {
            return None;
        }
        let otherwise = otherwise.unwrap_or_else(|| "missing".to_owned());
        instead.push_str(&format!(" else {otherwise}"));
        let beside = at
            .checked_sub(1)
            .and_then(|before| kind(tokens, before))
            .is_some_and(super::pieces::is_operator)
            || kind(tokens, end).is_some_and(super::pieces::is_operator);
        if beside {
            instead = format!("({instead})");
        }
        self.anew(tokens, (at, end), &instead)
    }
}

/// A number in words.
pub(super) fn spoken(word: &str) -> Option<&'static str> {
    Some(match word {
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        "ten" => "10",
        "eleven" => "11",
        "twelve" => "12",
        "fifteen" => "15",
        "twenty" => "20",
        "thirty" => "30",
        "fifty" => "50",
        "hundred" => "100",
        "thousand" => "1_000",
        _ => return None,
    })
}
