//! Values: `is "Desert"`, `in ('a', 'b')`, `in [0, 0.2)`, `1.5 million`, `15 per cent`, `usd 120`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::figures::per_mille;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_values(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        match kind(tokens, at)? {
            Token::Text => self.text_for_name(tokens, at, stand),
            Token::In => self
                .list_in(tokens, at, stand)
                .or_else(|| self.interval(tokens, at)),
            Token::Number => self
                .in_words(tokens, at)
                .or_else(|| self.percent_in_words(tokens, at)),
            Token::Ident
                if self.slice(*tokens.get(at)?).eq_ignore_ascii_case("in")
                    && kind(tokens, at + 1)?.opens() =>
            {
                self.list_in(tokens, at, stand)
            }
            Token::Ident if stand.formula => self
                .unit_first(tokens, at)
                .or_else(|| self.compared(tokens, at)),
            Token::Is | Token::At if stand.formula => self.compared(tokens, at),
            _ => None,
        }
    }

    /// `area is "Desert"`: levels and categories are names.
    fn text_for_name(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let text = *tokens.get(at)?;
        let in_test = stand.within() == Some(Within::Test);
        let sign = at.checked_sub(1)?;
        let (from, compares) = match kind(tokens, sign)? {
            Token::Is
            | Token::Less
            | Token::LessOrEqual
            | Token::Greater
            | Token::GreaterOrEqual => (sign, true),
            Token::Not if kind(tokens, sign.checked_sub(1)?)? == Token::Is => (sign - 1, true),
            Token::Equals if in_test => (sign, false),
            // `terrain = "Hills"` in a condition.
            Token::Equals if stand.formula && self.compares_by_equals(tokens, sign) => (sign, true),
            // `among: "region"`
            Token::Colon
                if kind(tokens, sign.checked_sub(1)?)?.is_name()
                    && matches!(
                        kind(tokens, sign.checked_sub(2)?)?,
                        Token::Comma | Token::OpenParen
                    ) =>
            {
                (sign, false)
            }
            _ => return None,
        };
        if !(stand.formula || in_test) {
            return None;
        }
        // `district is "Turkana"`: the panel's key has no value, which is told of itself.
        let of = from.checked_sub(1).and_then(|of| tokens.get(of))?;
        if compares
            && self.known.panel.contains(self.slice(*of))
            && !self.known.values.contains(self.slice(*of))
        {
            let hole = as_kind(text, Token::Hole);
            return Some(Rewriting::silent((at, at + 1), vec![hole]));
        }
        if kind(tokens, sign) != Some(Token::Is)
            && compares
            && from == sign
            && kind(tokens, sign) != Some(Token::Equals)
        {
            return None;
        }
        let name = self.name_of_text(tokens, text)?;
        // A foreign sign before it is the same slip.
        let first = *tokens.get(from)?;
        let signs = self.written(first.start, text.start).trim().to_owned();
        let foreign = compares && !signs.starts_with("is");
        let begin = if foreign { from } else { at };
        let words = if foreign {
            let sign = if from == sign { "is" } else { "is not" };
            format!("{sign} {name}")
        } else {
            name.clone()
        };
        let start = tokens.get(begin)?.start;
        let whole = span(start, text.end);
        let mut out: Vec<Tok> = tokens
            .get(begin..at)?
            .iter()
            .map(|t| match t.kind {
                Token::Equals if compares => as_kind(*t, Token::Is),
                _ => *t,
            })
            .collect();
        let answer = match name.as_str() {
            "yes" => Token::Yes,
            "no" => Token::No,
            "missing" => Token::Missing,
            "unknown" => Token::Unknown,
            _ => Token::Ident,
        };
        out.push(self.put(answer, text.start, text.end, &name));
        Some(Rewriting::written(
            (begin, at + 1),
            out,
            whole,
            (self.written(whole.start, whole.end), &words),
            vec![(whole, words.clone())],
        ))
    }

    /// Is it the sign of a comparison, rather than that of a declaration or of an argument?
    pub(super) fn compares_by_equals(&self, tokens: &[Tok], sign: usize) -> bool {
        let before = |back: usize| sign.checked_sub(back).and_then(|at| kind(tokens, at));
        let first = (0..sign)
            .rev()
            .take_while(|at| *at + 60 > sign)
            .find(|at| self.fresh(tokens, *at))
            .unwrap_or(0);
        let bound = tokens
            .get(first..sign)
            .unwrap_or_default()
            .iter()
            .any(|t| matches!(t.kind, Token::Equals | Token::When | Token::If));
        before(1).is_some_and(Token::ends_operand) && bound
    }

    /// The name that a text gives in words: itself, or that of which it is the label.
    pub(super) fn name_of_text(&self, tokens: &[Tok], text: Tok) -> Option<String> {
        let bare = |token: Tok| {
            let quotes =
                |sign: char| "\"'\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}«»".contains(sign);
            self.slice(token).trim_matches(quotes).to_owned()
        };
        let inner = bare(text);
        let labelled = tokens.windows(2).find_map(|pair| match pair {
            [name, label]
                if name.kind.is_name()
                    && label.kind == Token::Text
                    && bare(*label).eq_ignore_ascii_case(&inner) =>
            {
                Some(self.slice(*name).to_owned())
            }
            _ => None,
        });
        let small: String = inner
            .trim()
            .chars()
            .map(|sign| match sign {
                ' ' | '-' => '_',
                other => other.to_ascii_lowercase(),
            })
            .collect();
        let is_name = small.starts_with(|sign: char| sign.is_ascii_lowercase())
            && small
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if is_name && self.is_named(tokens, &small) {
            return Some(small);
        }
        labelled.or_else(|| is_name.then_some(small))
    }

    /// `in ('delta', 'plateau')`, `in [a, b]`
    fn list_in(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let open = *tokens.get(at + 1).filter(|_| stand.formula)?;
        if !open.kind.opens() {
            return None;
        }
        let partner = open.kind.partner()?;
        let close = (at + 2..tokens.len()).find(|place| {
            !kind(tokens, *place).is_some_and(|kind| {
                kind.is_name() || matches!(kind, Token::Text | Token::Comma | Token::Semicolon)
            })
        })?;
        let last = *tokens.get(close).filter(|t| t.kind == partner)?;
        let inner = tokens.get(at + 2..close)?;
        let texts = inner.iter().any(|t| t.kind == Token::Text);
        if inner.is_empty() || !(texts || open.kind != Token::OpenBrace) {
            return None;
        }
        let mut words = Vec::new();
        let mut out = vec![as_kind(open, Token::OpenBrace)];
        for token in inner {
            match token.kind {
                Token::Text => {
                    let name = self.name_of_text(tokens, *token)?;
                    out.push(self.named(token.start, token.end, &name));
                    words.push(name);
                }
                Token::Comma | Token::Semicolon => out.push(as_kind(*token, Token::Comma)),
                _ => {
                    out.push(*token);
                    words.push(self.slice(*token).to_owned());
                }
            }
        }
        out.push(as_kind(last, Token::CloseBrace));
        let word = *tokens.get(at)?;
        let instead = format!("{{{}}}", words.join(", "));
        // `IN ('a', 'b')`, `NOT IN ('a')`
        if word.kind == Token::Ident {
            let before = at
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .copied()
                .filter(|t| self.slice(*t).eq_ignore_ascii_case("not"));
            let mut all: Vec<Tok> = before
                .map(|not| as_kind(not, Token::Not))
                .into_iter()
                .collect();
            all.push(as_kind(word, Token::In));
            all.extend(out);
            let begin = at - usize::from(before.is_some());
            let whole = span(before.map_or(word.start, |not| not.start), last.end);
            let not = if before.is_some() { "not " } else { "" };
            let instead = format!("{not}in {instead}");
            return Some(Rewriting::written(
                (begin, close + 1),
                all,
                whole,
                (self.written(whole.start, whole.end), &instead),
                vec![(whole, instead.clone())],
            ));
        }
        let whole = span(open.start, last.end);
        Some(Rewriting::written(
            (at + 1, close + 1),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `in [0, 0.2)`, `in [0..0.2[`, `in ]0..1]`
    pub(super) fn interval(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at + 1)?;
        let without_low = matches!(open.kind, Token::OpenParen | Token::CloseBracket);
        if !(without_low || open.kind == Token::OpenBracket) {
            return None;
        }
        let ends = |from: usize| {
            let end = from + 1 + usize::from(kind(tokens, from) == Some(Token::Minus));
            (kind(tokens, end - 1) == Some(Token::Number)).then_some(end)
        };
        let between = ends(at + 2)?;
        let sign = *tokens.get(between)?;
        let half = sign.kind == Token::DotDotLess;
        if !half
            && !matches!(
                sign.kind,
                Token::DotDot | Token::Comma | Token::Semicolon | Token::To | Token::Minus
            )
        {
            return None;
        }
        let end = ends(between + 1)?;
        let close = *tokens.get(end)?;
        let without_high = match close.kind {
            Token::CloseBracket => half,
            Token::CloseParen | Token::OpenBracket => true,
            _ => return None,
        };
        // `(0..1)` may be brackets around a range.
        if open.kind == Token::OpenParen && close.kind == Token::CloseParen {
            return None;
        }
        let (dots, written) = if without_high {
            (Token::DotDotLess, "..<")
        } else {
            (Token::DotDot, "..")
        };
        let (low, high) = (tokens.get(at + 2..between)?, tokens.get(between + 1..end)?);
        let part = |part: &[Tok]| match (part.first(), part.last()) {
            (Some(first), Some(last)) => match self.read_as.get(last.start, last.end) {
                Some(meant) if part.len() == 1 => meant.to_owned(),
                _ => self.written(first.start, last.end).to_owned(),
            },
            _ => String::new(),
        };
        let instead = format!("{}{written}{}", part(low), part(high));
        let whole = span(open.start, close.end);
        let mut out = low.to_vec();
        out.push(as_kind(sign, dots));
        out.extend_from_slice(high);
        if without_low {
            let found = self.written(whole.start, whole.end).to_owned();
            return Some(Rewriting::said(
                (at + 1, end + 1),
                out,
                whole,
                &found,
                format!(
                    "a range always takes in its lower end and may leave out its upper one: write `{instead}`, \
                     and end the range below with `..<`"
                ),
            ));
        }
        Some(Rewriting::written(
            (at + 1, end + 1),
            out,
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `1.5 million usd`, `20 thousand people`
    fn in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (number, word) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        // A unit of that name, which another file may declare, has no other behind it.
        let unit = tokens.get(at + 2).filter(|t| t.kind == Token::Ident);
        if word.kind != Token::Ident
            || unit.is_none_or(|unit| on_new_line(self.text, word, *unit))
            || on_new_line(self.text, number, word)
            || self.declared.contains(self.slice(word))
        {
            return None;
        }
        let letter = match self.slice(word).to_ascii_lowercase().as_str() {
            "thousand" | "thousands" | "tsd" | "mille" => "k",
            "million" | "millions" | "mio" | "mln" | "mn" => "M",
            "billion" | "billions" | "bn" => "bn",
            "lakh" | "lakhs" | "lac" | "lacs" => "lakh",
            "crore" | "crores" => "crore",
            "hundred" => "hundred",
            _ => return None,
        };
        let digits = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number))
            .to_owned();
        let meant = super::number(&format!("{digits}{letter}"))?;
        let whole = span(number.start, word.end);
        let together = self.put(Token::Number, whole.start, whole.end, &meant);
        Some(Rewriting::written(
            (at, at + 2),
            vec![together],
            whole,
            (self.written(whole.start, whole.end), &meant),
            vec![(whole, meant.clone())],
        ))
    }

    /// `15 per cent`, `15 percentage points`
    fn percent_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens.get(at)?;
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let count = match word(at + 1).as_str() {
            "per" if word(at + 2) == "cent" => 3,
            "per" if matches!(word(at + 2).as_str(), "mille" | "mill" | "thousand") => 3,
            own @ ("permille" | "promille" | "permil") if !self.declared.contains(own) => 2,
            "percentage" | "percent" if matches!(word(at + 2).as_str(), "point" | "points") => 3,
            _ => return None,
        };
        let last = *tokens.get(at + count - 1)?;
        let digits = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number));
        let meant = match word(at + count - 1).as_str() {
            "mille" | "mill" | "thousand" | "permille" | "promille" | "permil" => {
                per_mille(digits)?
            }
            _ => format!("{}%", digits.trim_end_matches('%')),
        };
        if on_new_line(self.text, number, last) {
            return None;
        }
        let whole = span(number.start, last.end);
        let together = self.put(Token::Number, whole.start, whole.end, &meant);
        Some(Rewriting::written(
            (at, at + count),
            vec![together],
            whole,
            (self.written(whole.start, whole.end), &meant),
            vec![(whole, meant.clone())],
        ))
    }

    /// `x is greater than 5`, `x at least 3`, `x more than 5%`
    fn compared(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        // `when at least 2 of (…)` begins a condition.
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !matches!(before, Token::Ident | Token::Number | Token::CloseParen) {
            return None;
        }
        let first = *tokens.get(at)?;
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let from = at + usize::from(first.kind == Token::Is);
        let two = format!("{} {}", word(from), word(from + 1));
        let three = format!("{two} {}", word(from + 2));
        let (sign, kind_of, count) = match (three.as_str(), two.as_str(), word(from).as_str()) {
            ("greater than or" | "more than or", _, _) => return None,
            ("not more than" | "no more than" | "not greater than", _, _) => {
                ("<=", Token::LessOrEqual, 3)
            }
            ("not less than" | "no less than" | "no fewer than", _, _) => {
                (">=", Token::GreaterOrEqual, 3)
            }
            (_, "greater than" | "more than" | "higher than" | "larger than", _) => {
                (">", Token::Greater, 2)
            }
            (_, "less than" | "fewer than" | "lower than" | "smaller than", _) => {
                ("<", Token::Less, 2)
            }
            (_, "at least", _) => (">=", Token::GreaterOrEqual, 2),
            (_, "at most", _) => ("<=", Token::LessOrEqual, 2),
            (_, "equal to", _) => ("is", Token::Is, 2),
            (_, _, "exceeds" | "above") => (">", Token::Greater, 1),
            (_, _, "below") => ("<", Token::Less, 1),
            (_, _, "equals") if first.kind != Token::Is => ("is", Token::Is, 1),
            _ => return None,
        };
        let end = from + count;
        let next = *tokens.get(end)?;
        let begins = next.kind.is_name()
            || matches!(next.kind, Token::Number | Token::Minus | Token::OpenParen);
        let last = *tokens.get(end - 1)?;
        if !begins || on_new_line(self.text, last, next) || kind(tokens, end + 1) == Some(Token::Of)
        {
            return None;
        }
        let whole = span(first.start, last.end);
        Some(Rewriting::written(
            (at, end),
            vec![Tok {
                kind: kind_of,
                start: whole.start,
                end: whole.end,
            }],
            whole,
            (self.written(whole.start, whole.end), sign),
            vec![(whole, sign.to_owned())],
        ))
    }

    /// `usd 120`: a unit stands behind its number.
    fn unit_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (unit, number) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let before = kind(tokens, at.checked_sub(1)?)?;
        if number.kind != Token::Number
            || before.ends_operand()
            || on_new_line(self.text, unit, number)
            || !self.known.units.contains(self.slice(unit))
        {
            return None;
        }
        let digits = self
            .read_as
            .get(number.start, number.end)
            .unwrap_or_else(|| self.slice(number))
            .to_owned();
        let instead = format!("{digits} {}", self.slice(unit));
        let whole = span(unit.start, number.end);
        let name = self.slice(unit).to_owned();
        let named = self.named(number.end, number.end, &name);
        Some(Rewriting::written(
            (at, at + 2),
            vec![number, named],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `: thousand people in 1..`: a larger unit is declared.
    pub(super) fn larger_unit(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at.checked_sub(1)?)? != Token::Colon {
            return None;
        }
        let (word, unit) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let times = match self.slice(word) {
            "thousand" | "thousands" => "1_000",
            "hundred" => "100",
            "million" | "millions" => "1_000_000",
            "billion" => "1_000_000_000",
            _ => return None,
        };
        let of = self.slice(unit).to_owned();
        if !unit.kind.is_name() || !self.known.units.contains(of.as_str()) {
            return None;
        }
        let name = format!("{}_{of}", self.slice(word).trim_end_matches('s'));
        let whole = span(word.start, unit.end);
        let mut edits = vec![(whole, name.clone())];
        let mut out = vec![self.named(whole.start, whole.end, &name)];
        if !self.declared.contains(name.as_str()) {
            let declared = (0..at)
                .rev()
                .find(|place| self.fresh(tokens, *place) && !self.is_behind(tokens, *place))?;
            let line = tokens.get(declared)?.start;
            edits.push((span(line, line), format!("unit {name} = {times} {of}\n")));
            // Read as the smaller unit, so that what follows can be judged.
            out = vec![unit];
        }
        Some(Rewriting::written(
            (at, at + 2),
            out,
            whole,
            (self.written(whole.start, whole.end), &name),
            edits,
        ))
    }

    fn is_behind(&self, tokens: &[Tok], at: usize) -> bool {
        tokens
            .get(at)
            .is_some_and(|token| self.written(0, token.start).ends_with([' ', '\t']))
    }

    /// `> 2 consecutive months`: how many says it already.
    pub(super) fn adjective(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (number, word, period) = (
            *tokens.get(at.checked_sub(1)?)?,
            *tokens.get(at)?,
            *tokens.get(at + 1)?,
        );
        let says = matches!(
            self.slice(word),
            "consecutive" | "successive" | "full" | "whole" | "calendar" | "running" | "straight"
        );
        let fits = number.kind == Token::Number
            && word.kind == Token::Ident
            && says
            && super::of_declarations::period_word(self.slice(period)).is_some();
        fits.then(|| {
            let found = self.slice(word).to_owned();
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                (&found, ""),
                vec![(span(word.start, period.start), String::new())],
            )
        })
    }
}
