//! How long something holds, where no alert asks it: `x >= 3 for 2 months`, `mean(x) over 3 years`, `attacked within 6
//! months`, `attacked in any of the last 6 months`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::of_speech::spoken;
use super::phrases::{Rewriting, Stand, Within, empty, kind, span};
use crate::token::{Tok, Token};

/// The longest condition that is looked back over, in tokens.
const FAR: usize = 200;

/// Functions that look along time where they are given a window.
const WINDOWED: [&str; 10] = [
    "sum", "mean", "median", "stddev", "count", "min", "max", "change", "growth", "trend",
];

/// What a duration behind something asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// `for 2 months`: all the time.
    Lasting,
    /// `within 6 months`, `in any of the last 6 months`: once.
    Once,
    /// `over 3 months`: either.
    Over,
}

/// Words of a duration, and where they end.
struct Duration {
    asks: Asks,
    /// `2 months`
    words: String,
    number: String,
    unit: String,
    end: usize,
}

impl Habits<'_> {
    pub(super) fn in_durations(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let of_formula = stand.formula
            && !matches!(stand.within(), Some(Within::Test | Within::Table))
            && !self.is_of_alert(tokens, stand);
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !of_formula
            || !before.ends_operand()
            // A label is no condition: `test "twelve months" over 12 months`.
            || before == Token::Text
            || self.fresh(tokens, at)
            || self.is_put(*tokens.get(at)?)
        {
            return None;
        }
        let duration = self.duration_behind(tokens, at)?;
        self.window_of_call(tokens, at, &duration)
            .or_else(|| self.condition_that_lasts(tokens, at, &duration))
    }

    /// `for 2 months`, `for at least three months in a row`, `over the last 3 years`
    fn duration_behind(&self, tokens: &[Tok], at: usize) -> Option<Duration> {
        let word = |place: usize| {
            tokens
                .get(place)
                .map(|t| self.slice(*t).to_ascii_lowercase())
                .unwrap_or_default()
        };
        let mut place = at + 1;
        let asks = match word(at).as_str() {
            "for" | "during" | "throughout" | "lasting" => Asks::Lasting,
            "within" => Asks::Once,
            "over" => Asks::Over,
            "in" => {
                let any = matches!(word(place).as_str(), "any" | "one" | "some")
                    && word(place + 1) == "of";
                place += 2 * usize::from(any);
                let last = word(place) == "the"
                    && matches!(word(place + 1).as_str(), "last" | "past" | "previous");
                last.then_some(Asks::Once)?
            }
            _ => return None,
        };
        match (word(place).as_str(), word(place + 1).as_str()) {
            ("at", "least") | ("more", "than") => place += 2,
            ("the", "last" | "past" | "previous") => place += 2,
            ("the", _) | ("each" | "all", _) => place += 1,
            _ => {}
        }
        let given = *tokens.get(place)?;
        let number = match given.kind {
            Token::Number => self.words_of(&[given]),
            _ => spoken(&word(place))?.to_owned(),
        };
        place += 1;
        if matches!(
            word(place).as_str(),
            "consecutive" | "successive" | "straight" | "full" | "whole" | "running"
        ) {
            place += 1;
        }
        let unit = word(place);
        period_word(&unit)?;
        if self.fresh(tokens, place) || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut end = place + 1;
        if word(end) == "in" && word(end + 1) == "a" && word(end + 2) == "row" {
            end += 3;
        } else if matches!(word(end).as_str(), "running" | "straight" | "consecutively")
            && !self.fresh(tokens, end)
        {
            end += 1;
        }
        Some(Duration {
            asks,
            words: format!("{number} {unit}"),
            number,
            unit,
            end,
        })
    }

    /// `mean(clearance) over 3 years`: the window stands within the brackets.
    fn window_of_call(
        &mut self,
        tokens: &[Tok],
        at: usize,
        duration: &Duration,
    ) -> Option<Rewriting> {
        let close = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::CloseParen)?;
        let open = self.opened(tokens, at - 1)?;
        let function = *tokens.get(open.checked_sub(1)?)?;
        let name = self.slice(function).to_ascii_lowercase();
        let inner = tokens.get(open + 1..at - 1)?;
        let named = inner
            .iter()
            .any(|t| matches!(t.kind, Token::Colon | Token::Comma));
        if !WINDOWED.contains(&name.as_str()) || named || inner.is_empty() {
            return None;
        }
        let (last, over) = (
            tokens.get(duration.end - 1)?.end,
            format!(", over: {})", duration.words),
        );
        let start = close.start;
        let number = self.put(Token::Number, start + 1, start + 2, &duration.number);
        let unit = self.named(start + 2, start + 3, &duration.unit);
        let out = vec![
            empty(Token::Comma, start),
            self.put(Token::Over, start, start, "over"),
            empty(Token::Colon, start),
            number,
            unit,
            empty(Token::CloseParen, last),
        ];
        let whole = span(function.start, last);
        let found = self.written(whole.start, whole.end).to_owned();
        let instead = format!("{}{over}", self.written(whole.start, start));
        Some(Rewriting::written(
            (at - 1, duration.end),
            out,
            whole,
            (&found, &instead),
            vec![(span(start, last), over)],
        ))
    }

    /// Where the bracket is opened that closes at a place.
    fn opened(&self, tokens: &[Tok], close: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for place in (0..=close).rev().take(FAR) {
            let kind = kind(tokens, place)?;
            if kind.closes() {
                depth += 1;
            } else if kind.opens() {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(place);
                }
            }
        }
        None
    }

    /// Where the condition begins that ends before a place, and whether it is joined of several.
    pub(super) fn condition_before(&self, tokens: &[Tok], at: usize) -> Option<(usize, bool)> {
        let mut depth = 0_usize;
        let mut joined = false;
        for place in (0..at).rev().take(FAR) {
            let kind = kind(tokens, place)?;
            if kind.closes() {
                depth += 1;
            } else if kind.opens() {
                match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Some((place + 1, joined)),
                }
            } else if depth == 0 {
                match kind {
                    Token::When
                    | Token::If
                    | Token::Equals
                    | Token::Comma
                    | Token::Then
                    | Token::Else => return Some((place + 1, joined)),
                    Token::And | Token::Or | Token::Unless => joined = true,
                    _ => {}
                }
            }
        }
        None
    }

    /// `x >= 3 for 2 months`: `sustained`, and `ever` where once is enough.
    fn condition_that_lasts(
        &mut self,
        tokens: &[Tok],
        at: usize,
        duration: &Duration,
    ) -> Option<Rewriting> {
        let (begin, joined) = self.condition_before(tokens, at)?;
        // An argument of a function is told with the function.
        let in_call = begin
            .checked_sub(2)
            .is_some_and(|name| kind(tokens, name).is_some_and(Token::is_name))
            && kind(tokens, begin - 1) == Some(Token::OpenParen);
        let operand = tokens
            .get(begin..at)
            .filter(|operand| !operand.is_empty())?;
        // What holds braces of its own is more than a condition.
        let is_more = |t: &Tok| matches!(t.kind, Token::Hole | Token::OpenBrace);
        if in_call || operand.iter().any(is_more) {
            return None;
        }
        let words = self.words_of(operand);
        let Duration { words: long, .. } = duration;
        let (first, last) = (*tokens.get(at)?, *tokens.get(duration.end - 1)?);
        let whole = span(first.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let asked = operand.iter().any(|t| {
            matches!(
                t.kind,
                Token::Less
                    | Token::LessOrEqual
                    | Token::Greater
                    | Token::GreaterOrEqual
                    | Token::Is
                    | Token::In
                    | Token::Not
                    | Token::At
            )
        }) || matches!(operand, [only] if self.known.yes.contains(self.slice(*only)));
        let said = |say: String| {
            Some(Rewriting::said(
                (at, duration.end),
                Vec::new(),
                whole,
                &found,
                say,
            ))
        };
        if joined {
            return said(format!(
                "say which condition is meant, and write it between brackets: `sustained(…, for: {long})` where it \
                 has to hold all that time, `ever(…, over: {long})` where once is enough"
            ));
        }
        if !asked {
            return said(format!(
                "say what is made of these periods: `sum({words}, over: {long})`, or `mean({words}, over: {long})`"
            ));
        }
        let instead = match duration.asks {
            Asks::Lasting => format!("sustained({words}, for: {long})"),
            Asks::Once => format!("ever({words}, over: {long})"),
            Asks::Over => {
                return said(format!(
                    "where it has to hold all that time, write `sustained({words}, for: {long})`; where once is \
                     enough, `ever({words}, over: {long})`"
                ));
            }
        };
        self.anew(tokens, (begin, duration.end), &instead)
    }
}
