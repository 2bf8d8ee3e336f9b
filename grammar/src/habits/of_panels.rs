//! Panels whose parts stand in another order or are joined by other words: `panel month by country`,
//! `panel by day gauge`, `panel country as "iso3" monthly`.
//!
//! In: the line of a panel. Out: the same in the language's own order.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

#[derive(Default)]
struct Parts {
    /// Each key with its column.
    keys: Vec<(String, Option<String>)>,
    period: Option<&'static str>,
    /// The period as it is written.
    spelt: String,
    weekday: Option<String>,
    columns: Vec<String>,
    written: Option<String>,
    except: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Key,
    Period,
    Except,
}

impl Habits<'_> {
    /// `panel country, month`, `panel by country and month`, `panel country monthly`.
    pub(super) fn panel(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.line_end(tokens, at);
        self.odd_panel(tokens, at)
            .or_else(|| self.panel_in_order(tokens, at, end))
    }

    fn odd_panel(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let panel = *tokens.get(at)?;
        let end = self.line_end(tokens, at);
        let line = tokens.get(at..end)?;
        let by = line.iter().position(|t| t.kind == Token::By);
        if let Some(by) = by
            && let Some(change) = self.first_weekday(tokens, at + by, end)
        {
            return Some(change);
        }
        if by.is_some_and(|by| by > 1) {
            return None;
        }
        // `panel state column "code" year column "year"`
        if let [_, key, column, text, period, ..] = line
            && key.kind.is_name()
            && column.kind == Token::Column
            && text.kind == Token::Text
            && by.is_none()
            && let Some(means) = period_word(self.slice(*period))
        {
            let (text, period) = (*text, *period);
            let instead = format!("by {means}");
            let named = self.named(period.start, period.end, means);
            return Some(Rewriting::written(
                (at + 4, at + 5),
                vec![empty(Token::By, text.end), named],
                period.span(),
                (self.slice(period), &instead),
                vec![(period.span(), instead.clone())],
            ));
        }
        if by.is_none()
            && let Some(change) = self.period_behind_keys(tokens, at, end)
        {
            return Some(change);
        }
        // Columns and exceptions say more than what is exchanged here.
        let from = at + 1 + usize::from(by == Some(1));
        let words = tokens.get(from..end)?;
        let key = *words.first().filter(|t| t.kind.is_name())?;
        let period = *words.last().filter(|_| words.len() > 1)?;
        let means = period_word(self.slice(period))?;
        let between = words.get(1..words.len() - 1)?;
        let joins = |t: &Tok| {
            matches!(
                t.kind,
                Token::Comma
                    | Token::And
                    | Token::Star
                    | Token::Slash
                    | Token::Minus
                    | Token::Plus
                    | Token::Times
            ) || matches!(
                self.slice(*t),
                "x" | "per" | "each" | "every" | "for" | "over"
            )
        };
        if between.len() > 2 || !between.iter().all(joins) {
            return None;
        }
        let instead = format!("panel {} by {means}", self.slice(key));
        let whole = span(panel.start, period.end);
        let sign = between
            .first()
            .map_or(empty(Token::By, key.end), |sign| as_kind(*sign, Token::By));
        let period = if means == self.slice(period) {
            period
        } else {
            self.named(period.start, period.end, means)
        };
        Some(Rewriting::written(
            (at, end),
            vec![panel, key, sign, period],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `by week starting thursday`, `by week (Thursday)`.
    fn first_weekday(&mut self, tokens: &[Tok], by: usize, end: usize) -> Option<Rewriting> {
        const DAYS: [&str; 7] = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        const BEGINS: [&str; 9] = [
            "starting",
            "beginning",
            "starts",
            "begins",
            "start",
            "on",
            "at",
            "with",
            "the",
        ];
        let week = *tokens.get(by + 1)?;
        if period_word(self.slice(week))? != "week" {
            return None;
        }
        let words = tokens.get(by + 2..end)?;
        let day_of = |token: &Tok| {
            let word = self.slice(*token).to_lowercase();
            DAYS.into_iter().find(|day| *day == word)
        };
        let (place, day) = words
            .iter()
            .enumerate()
            .find_map(|(place, token)| Some((place, day_of(token)?)))?;
        let joins =
            |token: &Tok| token.kind == Token::OpenParen || BEGINS.contains(&self.slice(*token));
        let between = words.get(..place)?;
        let first = *between.first()?;
        let named = *words.get(place)?;
        if !between.iter().all(joins) {
            return None;
        }
        let closes = words.get(place + 1).filter(|t| t.kind == Token::CloseParen);
        let last = closes.copied().unwrap_or(named);
        let whole = span(first.start, last.end);
        let instead = format!("from {day}");
        let behind = by + 3 + place + usize::from(closes.is_some());
        let day = self.named(named.start, named.end, day);
        Some(Rewriting::written(
            (by + 2, behind),
            vec![as_kind(first, Token::From), day],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `panel country, province, month`: several keys, and the period behind the last comma.
    fn period_behind_keys(&mut self, tokens: &[Tok], at: usize, end: usize) -> Option<Rewriting> {
        let words = tokens.get(at + 1..end)?;
        let comma = end.checked_sub(2)?;
        let period = *words.last()?;
        let means = period_word(self.slice(period))?;
        let alternate = words
            .iter()
            .enumerate()
            .all(|(place, token)| match place % 2 {
                0 => token.kind.is_name(),
                _ => token.kind == Token::Comma,
            });
        if words.len() < 5 || words.len() % 2 == 0 || !alternate {
            return None;
        }
        let sign = *tokens.get(comma)?;
        let instead = format!("by {means}");
        let named = if means == self.slice(period) {
            period
        } else {
            self.named(period.start, period.end, means)
        };
        let whole = span(sign.start, period.end);
        Some(Rewriting::written(
            (comma, end),
            vec![as_kind(sign, Token::By), named],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, format!(" {instead}"))],
        ))
    }

    /// The panel in its own order, where its line is in another.
    fn panel_in_order(&mut self, tokens: &[Tok], at: usize, end: usize) -> Option<Rewriting> {
        let line = tokens.get(at + 1..end)?;
        if line.len() > 40 || line.is_empty() {
            return None;
        }
        let parts = self.parts_of_panel(line)?;
        let period = parts.period?;
        let column = |name: Option<&String>| {
            name.map(|column| format!(" column {column}"))
                .unwrap_or_default()
        };
        let keys: Vec<String> = parts
            .keys
            .iter()
            .map(|(key, of)| format!("{key}{}", column(of.as_ref())))
            .collect();
        let mut words = vec!["panel".to_owned()];
        if !keys.is_empty() {
            words.push(keys.join(", "));
        }
        words.push(format!("by {period}"));
        if let Some(day) = &parts.weekday {
            words.push(format!("from {day}"));
        }
        if !parts.columns.is_empty() {
            words.push(format!("column {}", parts.columns.join(", ")));
        }
        if let Some(written) = &parts.written {
            words.push(format!("written {written}"));
        }
        if !parts.except.is_empty() {
            words.push(format!("except {}", parts.except.join(", ")));
        }
        let instead = words.join(" ");
        let same = |text: &str| {
            text.chars()
                // Quotes that are missing are told as such.
                .filter(|sign| !sign.is_whitespace() && *sign != '"')
                .collect::<String>()
        };
        let written = self.words_of(tokens.get(at..end)?);
        let as_spelt = instead.replacen(&format!("by {period}"), &format!("by {}", parts.spelt), 1);
        if same(&written) == same(&instead) || same(&written) == same(&as_spelt) {
            return None;
        }
        self.anew(tokens, (at, end), &instead)
    }

    fn parts_of_panel(&self, line: &[Tok]) -> Option<Parts> {
        let mut parts = Parts::default();
        let mut last = Last::Nothing;
        let mut place = 0;
        while let Some(token) = line.get(place).copied() {
            let word = self.slice(token).to_ascii_lowercase();
            let next = kind(line, place + 1);
            place += 1;
            let of_text = next == Some(Token::Text);
            let text = || line.get(place).map(|t| self.slice(*t).to_owned());
            match token.kind {
                Token::Text => match last {
                    Last::Except => parts.except.push(self.slice(token).to_owned()),
                    Last::Period if !parts.columns.is_empty() => {
                        parts.columns.push(self.slice(token).to_owned());
                    }
                    _ => return None,
                },
                Token::Except => last = Last::Except,
                Token::Written if of_text => {
                    parts.written = text();
                    place += 1;
                }
                // `written YYYY-MM`
                Token::Written => {
                    let mut end = place;
                    while line.get(end).is_some_and(|t| t.kind != Token::Except) {
                        end += 1;
                    }
                    let (first, last) = (line.get(place)?, line.get(end.checked_sub(1)?)?);
                    parts.written = Some(format!("\"{}\"", self.written(first.start, last.end)));
                    place = end;
                }
                Token::From if last == Last::Period => {
                    parts.weekday = text();
                    place += 1;
                }
                _ if of_text
                    && (token.kind == Token::Column
                        || matches!(
                            word.as_str(),
                            "as" | "col" | "field" | "columns" | "header" | "named" | "called"
                        )) =>
                {
                    let column = text()?;
                    place += 1;
                    match last {
                        Last::Key => parts.keys.last_mut()?.1 = Some(column),
                        Last::Period | Last::Except => {
                            if !parts.columns.is_empty() {
                                return None;
                            }
                            parts.columns.push(column);
                        }
                        Last::Nothing => return None,
                    }
                }
                // `column iso3`
                Token::Column if next.is_some_and(|next| next.is_name()) => {
                    let column = format!("\"{}\"", self.slice(*line.get(place)?));
                    place += 1;
                    match last {
                        Last::Key => parts.keys.last_mut()?.1 = Some(column),
                        Last::Period => parts.columns.push(column),
                        Last::Nothing | Last::Except => return None,
                    }
                }
                Token::By | Token::Comma | Token::And | Token::Colon => {}
                Token::OpenParen | Token::CloseParen => {}
                _ if matches!(
                    word.as_str(),
                    "per" | "each" | "every" | "for" | "x" | "and"
                ) => {}
                kind if kind.is_name() => {
                    if let Some(period) = period_word(&word).filter(|_| parts.period.is_none()) {
                        parts.period = Some(period);
                        parts.spelt = self.slice(token).to_owned();
                        last = Last::Period;
                    } else {
                        if last == Last::Except {
                            return None;
                        }
                        parts.keys.push((self.slice(token).to_owned(), None));
                        last = Last::Key;
                    }
                }
                _ => return None,
            }
        }
        // `by month columns "a", "b", "month"`: those of the keys first.
        let bare = parts.keys.iter().all(|(_, column)| column.is_none());
        if parts.keys.len() > 1 && bare && parts.columns.len() == parts.keys.len() + 1 {
            let of_period = parts.columns.split_off(parts.keys.len());
            for (key, column) in parts.keys.iter_mut().zip(parts.columns.drain(..)) {
                key.1 = Some(column);
            }
            parts.columns = of_period;
        }
        Some(parts)
    }
}
