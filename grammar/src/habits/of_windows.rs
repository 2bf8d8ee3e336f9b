//! Along time and over several: `sum(x, 3)`, `rolling_sum(x, 3)`, `sum(x over 3 months)`, `x rises by 20% over 2 months`,
//! `max of a and b`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, kind, span};
use crate::token::{Tok, Token};

/// Functions that look along time where they are given one value and a window.
const WINDOWS: [&str; 8] = [
    "sum", "mean", "average", "avg", "total", "median", "stddev", "stdev",
];

impl Habits<'_> {
    /// `sum(x over 3 months)`
    pub(super) fn window_without_signs(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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
        Some(Rewriting::written(
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

    /// `rolling_sum(x, 3)`, `moving_average(x, 3)`
    pub(super) fn rolling(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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
    pub(super) fn rises(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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

    /// `max of a and b`, `average of a, b`, `the highest of a and b`
    pub(super) fn function_of(&mut self, tokens: &[Tok], first: usize) -> Option<Rewriting> {
        let article = self.slice(*tokens.get(first)?).eq_ignore_ascii_case("the");
        let at = first + usize::from(article);
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
            return self.anew(tokens, (first, end + 3), &instead);
        }
        let instead = format!("{here}({})", names.join(", "));
        self.anew(tokens, (first, end), &instead)
            .filter(|_| names.len() > 1)
    }

    /// `sum(x, 3)`: a window says its unit. Of what is a plain number, the other number may be one of the values.
    pub(super) fn bare_window(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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
        let own = self.slice(value);
        if self.known.values.contains(own) && !self.known.unit_of.contains_key(own) {
            let call = self.slice(name);
            let whole = span(value.start, number.end);
            let found = self.written(name.start, close.end).to_owned();
            let several = match super::function(call) {
                Some(super::Meaning::Called(here)) => here,
                _ => call,
            };
            let say = format!(
                "for the last {digits} {period}{plural} write `{several}({own}, {instead})`, and of the two values \
                 `{several}([{own}, {digits}])`"
            );
            let mut out = tokens.get(at + 2..at + 3)?.to_vec();
            out.push(super::phrases::as_kind(comma, Token::Comma));
            out.push(number);
            return Some(Rewriting::said((at + 2, at + 5), out, whole, &found, say));
        }
        let named = self.named(number.start, number.start, "over");
        let over = super::phrases::as_kind(named, Token::Over);
        let mut out = vec![over, super::phrases::empty(Token::Colon, number.start)];
        out.push(number);
        out.push(self.named(number.end, number.end, &format!("{period}{plural}")));
        Some(Rewriting::written(
            (at + 4, at + 5),
            out,
            number.span(),
            (&digits, &instead),
            vec![(number.span(), instead.clone())],
        ))
        .filter(|_| number.start < number.end)
    }
}
