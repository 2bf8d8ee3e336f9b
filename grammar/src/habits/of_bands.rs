//! Bands of a score and lines of a level as other methods write them: `low below 3`, `high 7+`, `mid 3 to 7`,
//! `low in [0, 3)`, `low always`, `3 high when …`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

/// The head of a level, in tokens.
const HEAD: usize = 24;

/// One band: its ends as they are written, and whether it leaves out the upper one.
struct Band {
    low: Option<String>,
    high: Option<String>,
    open: bool,
}

impl Habits<'_> {
    pub(super) fn in_arms(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        if stand.within() != Some(Within::Level)
            || stand.in_brackets()
            || !matches!(before, Token::OpenBrace | Token::Comma)
        {
            return None;
        }
        if self.is_put(*tokens.get(at)?) {
            return None;
        }
        let (_, first) = stand.declares?;
        let banded = tokens
            .get(first..tokens.len().min(first + HEAD))?
            .iter()
            .take_while(|t| t.kind != Token::OpenBrace)
            .any(|t| t.kind == Token::From);
        if let Some(change) = self.before_level(tokens, at) {
            return Some(change);
        }
        if banded {
            return self.odd_band(tokens, at);
        }
        self.rest_of_cases(tokens, at)
            .or_else(|| self.goes_on(tokens, at))
    }

    /// `3 high when …`, `case high when …`, `"High" when …`: what stands before the level's name.
    fn before_level(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let says = |place: usize| {
            matches!(
                kind(tokens, place),
                Some(Token::When | Token::Otherwise | Token::In | Token::If)
            )
        };
        if word.kind == Token::Text && says(at + 1) {
            let label = super::known::bare(self.slice(word)).to_lowercase();
            let name: String = label
                .chars()
                .map(|sign| {
                    if sign.is_ascii_alphanumeric() {
                        sign
                    } else {
                        '_'
                    }
                })
                .collect();
            let known = self.declared.contains(name.as_str());
            return known
                .then(|| self.anew(tokens, (at, at + 1), &name))
                .flatten();
        }
        let stray = match word.kind {
            Token::Number | Token::Star | Token::Minus => true,
            _ => matches!(
                self.slice(word),
                "level" | "case" | "class" | "category" | "set" | "assign" | "return"
            ),
        };
        let named = kind(tokens, at + 1)?.is_name();
        let dot = kind(tokens, at + 1)? == Token::Dot && kind(tokens, at + 2)?.is_name();
        let name = at + 1 + usize::from(dot);
        if !stray || !(named || dot) || !says(name + 1) {
            return None;
        }
        let next = *tokens.get(name)?;
        let whole = span(word.start, next.start);
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, name),
            Vec::new(),
            word.span(),
            (&found, ""),
            vec![(whole, String::new())],
        ))
    }

    /// `low,`, `low always`, `low in all other cases`: what holds where nothing else does.
    fn rest_of_cases(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let end = self.clause_end(tokens, at)?;
        let is_last = kind(tokens, end) == Some(Token::CloseBrace)
            || kind(tokens, end + 1) == Some(Token::CloseBrace);
        let rest = tokens.get(at + 1..end)?;
        if rest.len() > 6 {
            return None;
        }
        let words: Vec<String> = rest
            .iter()
            .map(|t| self.slice(*t).to_ascii_lowercase())
            .collect();
        let said = words.join(" ");
        let always = matches!(
            said.as_str(),
            "always"
                | "when otherwise"
                | "if otherwise"
                | "when else"
                | "if else"
                | "in all other cases"
                | "in other cases"
                | "in any other case"
                | "all other cases"
                | "for all other cases"
                | "if not"
                | "when not"
                | "if none"
                | "when none"
                | "for the rest"
                | "the rest"
                | "rest"
                | "if nothing else"
                | "when nothing else"
                | "if nothing"
                | "when none of the above"
                | "if none of the above"
                | "none of the above"
                | "by default"
                | "as default"
                | "is default"
                | "when default"
                | "default"
                | "when always"
                | "in every other case"
                | "anything else"
                | "when anything else"
                | "elsewhere"
        ) || (is_last
            && matches!(
                said.as_str(),
                "" | "when true" | "if true" | "when yes" | "if yes"
            ));
        if !always || (said.is_empty() && !self.declared.contains(self.slice(name))) {
            return None;
        }
        // `failed when default`, of an indicator that is called so.
        let asked = said.strip_prefix("when ").or(said.strip_prefix("if "));
        if asked.is_some_and(|name| self.declared.contains(name)) {
            return None;
        }
        let instead = format!("{} otherwise", self.slice(name));
        if said.is_empty() {
            // One word has no place for two tokens.
            let otherwise = Tok {
                kind: Token::Otherwise,
                start: name.end,
                end: name.end,
            };
            let found = self.slice(name).to_owned();
            return Some(Rewriting::written(
                (at, end),
                vec![name, otherwise],
                name.span(),
                (&found, &instead),
                vec![(name.span(), instead.clone())],
            ));
        }
        self.anew(tokens, (at, end), &instead)
    }

    /// `high when a >= 0.7, b >= 0.5`: a comma between two conditions.
    fn goes_on(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let comma = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Comma)?;
        let name = *tokens.get(at)?;
        let compares = matches!(
            kind(tokens, at + 1)?,
            Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual | Token::Is
        );
        let known = self.known.values.contains(self.slice(name))
            || self.known.yes.contains(self.slice(name));
        let before = kind(tokens, at.checked_sub(2)?)?;
        let end = self.clause_end(tokens, at)?;
        // `a >= 0.7 and b >= 0.5: high` names its level at the end.
        let names_level = tokens.get(at..end)?.iter().any(|t| {
            matches!(
                t.kind,
                Token::Colon | Token::Then | Token::Arrow | Token::When | Token::Otherwise
            )
        });
        if !compares
            || !known
            || !before.ends_operand()
            || before == Token::Otherwise
            || names_level
        {
            return None;
        }
        Some(Rewriting::written(
            (at - 1, at),
            vec![as_kind(comma, Token::And)],
            comma.span(),
            (",", "and"),
            vec![(comma.span(), " and".to_owned())],
        ))
    }

    fn odd_band(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        // `in 0..<3 low`
        if kind(tokens, at)? == Token::In {
            let end = self.clause_end(tokens, at)?;
            let arm = tokens.get(at..end).filter(|arm| arm.len() >= 4)?;
            let (level, range) = arm.split_last()?;
            let known = level.kind.is_name() && self.declared.contains(self.slice(*level));
            let instead = format!("{} {}", self.slice(*level), self.words_of(range));
            return known
                .then(|| self.anew(tokens, (at, end), &instead))
                .flatten();
        }
        let name = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let end = self.clause_end(tokens, at)?;
        let rest = tokens.get(at + 1..end)?;
        if rest.is_empty() || rest.len() > 12 {
            return None;
        }
        let is_range = |t: &Tok| matches!(t.kind, Token::DotDot | Token::DotDotLess);
        let canonical = rest.first().is_some_and(|t| t.kind == Token::In)
            && rest.iter().any(is_range)
            && rest
                .iter()
                .filter(|t| is_range(t))
                .all(|t| matches!(self.slice(*t), ".." | "..<"))
            && !rest.iter().any(|t| {
                t.kind.opens()
                    || t.kind.closes()
                    || matches!(t.kind, Token::Less | Token::Greater)
                    || matches!(self.slice(*t), "max" | "inf" | "infinity" | "maximum")
            });
        if canonical {
            return None;
        }
        let band = self.band_of(rest)?;
        // Where the next band begins with the same number, this one leaves it out.
        let next = tokens
            .get(end..tokens.len().min(end + 8))?
            .iter()
            .find(|t| t.kind == Token::Number)
            .map(|t| self.slice(*t).to_owned());
        let shared = band.high.is_some()
            && next.is_some()
            && kind(tokens, end) == Some(Token::Comma)
            && band
                .high
                .as_ref()
                .and_then(|high| high.split_whitespace().next().map(str::to_owned))
                == next;
        let sign = if band.open || shared { "..<" } else { ".." };
        let sign = if band.high.is_none() { ".." } else { sign };
        let instead = format!(
            "{} in {}{sign}{}",
            self.slice(name),
            band.low.unwrap_or_default(),
            band.high.unwrap_or_default()
        );
        self.anew(tokens, (at, end), &instead)
    }

    /// The ends that are meant, however they are written.
    fn band_of(&self, rest: &[Tok]) -> Option<Band> {
        let mut at = 0;
        let word = |at: usize| {
            rest.get(at)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let is = |at: usize| rest.get(at).map(|t| t.kind);
        // `when index in …`: what is banded stands in the head.
        if matches!(is(0), Some(Token::When | Token::If)) {
            at += 1;
            if is(at).is_some_and(Token::is_name) && is(at + 1) == Some(Token::In) {
                at += 1;
            }
        }
        while matches!(
            is(at),
            Some(Token::In | Token::Colon | Token::Equals | Token::Is)
        ) || matches!(word(at).as_str(), "between" | "range" | "for" | "score")
        {
            at += 1;
        }
        let mut last = rest.len();
        let opened = is(at).filter(|kind| kind.opens());
        if opened.is_some() {
            at += 1;
        }
        let mut open = false;
        if let Some(close) = last.checked_sub(1).and_then(is)
            && (close.closes() || close == Token::OpenBracket)
            && (opened.is_some())
        {
            open = (close == Token::CloseParen && opened == Some(Token::OpenBracket))
                || close == Token::OpenBracket;
            last -= 1;
        }
        let number = |from: usize| -> Option<(String, usize)> {
            let minus = usize::from(is(from) == Some(Token::Minus));
            let digits = *rest.get(from + minus).filter(|t| t.kind == Token::Number)?;
            let mut end = from + minus + 1;
            let mut words = format!(
                "{}{}",
                if minus == 1 { "-" } else { "" },
                self.slice(digits)
            );
            if end < last
                && is(end) == Some(Token::Ident)
                && self.known.units.contains(word(end).as_str())
            {
                words = format!("{words} {}", word(end));
                end += 1;
            }
            Some((words, end))
        };
        // One side only: `< 3`, `below 3`, `up to 3`, `at least 7`.
        let side = match (is(at)?, word(at).as_str(), word(at + 1).as_str()) {
            (Token::Less, ..) => Some((1, false, true)),
            (Token::LessOrEqual, ..) => Some((1, false, false)),
            (Token::Greater | Token::GreaterOrEqual, ..) => Some((1, true, false)),
            (_, "below" | "under", _) => Some((1, false, true)),
            (_, "less" | "lower" | "smaller", "than") => Some((2, false, true)),
            (_, "up", "to") | (_, "at", "most") => Some((2, false, false)),
            (_, "until" | "to", _) => Some((1, false, false)),
            (_, "above" | "over", _) => Some((1, true, false)),
            (_, "more" | "greater" | "higher", "than") | (_, "at", "least") => {
                Some((2, true, false))
            }
            _ => None,
        };
        if let Some((words, low, leaves_out)) = side {
            let (end, after) = number(at + words)?;
            return (after == last).then_some(match low {
                true => Band {
                    low: Some(end),
                    high: None,
                    open: false,
                },
                false => Band {
                    low: None,
                    high: Some(end),
                    open: leaves_out,
                },
            });
        }
        let from = usize::from(is(at) == Some(Token::From));
        let (low, mut next) = number(at + from)?;
        if next == last {
            return (from == 1).then_some(Band {
                low: Some(low),
                high: None,
                open: false,
            });
        }
        let tail: Vec<String> = (next..last).map(word).collect();
        match tail.join(" ").as_str() {
            "+" | "and above" | "and more" | "and over" | "or more" | "or above" | "or higher"
            | "and higher" | "and up" | "or greater" | "and greater" | ".. max" | ".. inf"
            | ".. infinity" | ".. maximum" | "to max" | "to infinity" | "onwards" | "upwards" => {
                return Some(Band {
                    low: Some(low),
                    high: None,
                    open: false,
                });
            }
            "and below" | "or below" | "or less" | "and less" | "or lower" | "and lower"
            | "and under" => {
                return Some(Band {
                    low: None,
                    high: Some(low),
                    open: false,
                });
            }
            _ => {}
        }
        let leaves_out = match is(next)? {
            Token::DotDotLess => true,
            Token::DotDot
            | Token::To
            | Token::Minus
            | Token::And
            | Token::Until
            | Token::Comma
            | Token::Less
            | Token::LessOrEqual => is(next) == Some(Token::Less),
            _ if matches!(word(next).as_str(), "through" | "till" | "upto") => false,
            _ => return None,
        };
        next += 1;
        // `0<..3`, `0 to <3`
        let more = match is(next) {
            Some(Token::Less) => Some(true),
            Some(Token::DotDot) => Some(false),
            _ => None,
        };
        next += usize::from(more.is_some());
        let (high, after) = number(next)?;
        (after == last).then_some(Band {
            low: Some(low),
            high: Some(high),
            open: open || leaves_out || more == Some(true),
        })
    }
}
