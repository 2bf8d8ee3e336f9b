//! Rows of tables and lines of tests, as pages and sheets mark them: `| grave | any | visit |`, `watch+`, `true` in a
//! cell, `[2 x calm]`, `at "2020-04"`, `in period 4`, `is between 7 and 8`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_marks(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if self.is_put(*tokens.get(at)?) {
            return None;
        }
        match stand.within()? {
            Within::Table => self
                .framed_row(tokens, at)
                .or_else(|| self.answer_in_cell(tokens, at))
                .or_else(|| self.and_more_in_cell(tokens, at)),
            Within::Test => self
                .times_first(tokens, at, stand)
                .or_else(|| self.at_a_date(tokens, at, stand))
                .or_else(|| self.in_a_period(tokens, at, stand))
                .or_else(|| self.expected_between(tokens, at)),
            Within::Factor | Within::Members | Within::Scale | Within::Level | Within::Other => {
                None
            }
        }
    }

    fn is_bar(&self, token: Tok) -> bool {
        token.kind == Token::Or && self.slice(token) == "|"
    }

    /// `| extreme | any | mission |`
    fn framed_row(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !self.fresh(tokens, at) || !self.is_bar(*tokens.get(at)?) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let mut row: Vec<Tok> = tokens.get(at..end)?.to_vec();
        let comma = row.last().is_some_and(|last| last.kind == Token::Comma);
        if comma {
            row.pop();
        }
        let to = end - usize::from(comma);
        if !row.last().is_some_and(|last| self.is_bar(*last)) {
            return None;
        }
        let cells: Vec<String> = row
            .split(|token| self.is_bar(*token))
            .filter(|cell| !cell.is_empty())
            .map(|cell| self.words_of(cell))
            .collect();
        let plain = !row
            .iter()
            .any(|t| matches!(t.kind, Token::Then | Token::Comma));
        // `|---|---|` is a line between the heads and the rows.
        let drawn = cells
            .iter()
            .all(|cell| cell.chars().all(|sign| matches!(sign, '-' | ':' | ' ')));
        let (last, others) = cells.split_last()?;
        if !plain || drawn || others.is_empty() {
            return None;
        }
        let ends = if comma { "" } else { "," };
        let instead = format!("{} then {last}{ends}", others.join(", "));
        self.anew(tokens, (at, to), &instead)
    }

    /// Is a token between two cells of a row, or before the first?
    fn begins_cell(&self, tokens: &[Tok], at: usize) -> bool {
        self.fresh(tokens, at)
            || at
                .checked_sub(1)
                .and_then(|before| kind(tokens, before))
                .is_some_and(|before| matches!(before, Token::Comma | Token::OpenBrace))
    }

    /// `true` in a cell
    fn answer_in_cell(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        let word = self.slice(token);
        let instead = match word.to_ascii_lowercase().as_str() {
            "true" => "yes",
            "false" => "no",
            _ => return None,
        };
        let ends = matches!(kind(tokens, at + 1)?, Token::Comma | Token::Then);
        let fits = self.begins_cell(tokens, at) && ends && !self.declared.contains(word);
        fits.then(|| self.anew(tokens, (at, at + 1), instead))
            .flatten()
    }

    /// `watch+`, `watch and above` in a cell
    fn and_more_in_cell(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (token, plus) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let word = self.slice(token).to_owned();
        let fits = self.begins_cell(tokens, at)
            && (self.known.levels.contains(word.as_str()) || token.kind == Token::Number)
            && plus.kind == Token::Plus
            && matches!(kind(tokens, at + 2)?, Token::Comma | Token::Then);
        if !fits {
            return None;
        }
        let whole = span(token.start, plus.end);
        let instead = format!(">= {word}");
        Some(self.told_as(
            (at, at + 2),
            vec![empty(Token::GreaterOrEqual, token.start), token],
            whole,
            &instead,
        ))
    }

    /// `[2 x calm, 4 x grave]`: what is given stands first, and then how often.
    fn times_first(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let [number, sign, value] = tokens.get(at..at + 3)? else {
            return None;
        };
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::OpenBracket | Token::Comma
        );
        let times = sign.kind == Token::Times
            || sign.kind == Token::Star
            || matches!(self.slice(*sign), "x" | "×" | "times");
        let counts =
            number.kind == Token::Number && self.slice(*number).bytes().all(|b| b.is_ascii_digit());
        let own = self.slice(*value);
        let level = self.known.levels.contains(own)
            || self.known.categories.contains(own)
            || matches!(own, "absent" | "emerging" | "present")
            || matches!(
                value.kind,
                Token::Yes | Token::No | Token::Missing | Token::Unknown
            );
        let ends = matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBracket);
        if !(begins && times && counts && level && ends && stand.in_brackets()) {
            return None;
        }
        let whole = span(number.start, value.end);
        let instead = format!("{own} x {}", self.slice(*number));
        let digits = self.slice(*number).to_owned();
        let again = self.put(Token::Number, value.end, value.end, &digits);
        Some(self.told_as(
            (at, at + 3),
            vec![*value, empty(Token::Times, value.end), again],
            whole,
            &instead,
        ))
    }

    /// The word behind `at` in this test: its period, or `case`.
    fn place_of_test(&self, tokens: &[Tok], stand: &Stand) -> Option<&'static str> {
        let (_, head) = stand.declares?;
        let open = (head..tokens.len().min(head + 10))
            .find(|place| kind(tokens, *place) == Some(Token::OpenBrace))?;
        let over = (head..open).find(|place| kind(tokens, *place) == Some(Token::Over))?;
        let word = self.slice(*tokens.get(over + 2)?);
        match word {
            "case" | "cases" => Some("case"),
            other => period_word(other),
        }
    }

    /// `at "2020-04"`: periods of a test are counted from its first, which is January 2020.
    fn at_a_date(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let (sign, date) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let fits = matches!(sign.kind, Token::At | Token::In | Token::On)
            && date.kind == Token::Text
            && tokens
                .get(at + 2)
                .is_none_or(|_| self.fresh(tokens, at + 2))
            || sign.kind == Token::At
                && date.kind == Token::Text
                && kind(tokens, at + 2) == Some(Token::CloseBrace);
        let word = self.place_of_test(tokens, stand).filter(|_| fits)?;
        let (_, head) = stand.declares?;
        let text = self.slice(date).trim_matches('"').to_owned();
        let begun = (head..at)
            .take_while(|place| kind(tokens, *place) != Some(Token::OpenBrace))
            .find(|place| kind(tokens, *place) == Some(Token::From))
            .and_then(|from| tokens.get(from + 1))
            .map(|from| self.slice(*from).trim_matches('"').to_owned());
        let first = begun.unwrap_or_else(|| match word {
            "month" => "2020-01".to_owned(),
            "quarter" => "2020-Q1".to_owned(),
            _ => "2020".to_owned(),
        });
        let count = periods_to(&text, word)? - periods_to(&first, word)? + 1;
        if !(1..=10_000).contains(&count) {
            return None;
        }
        self.anew(tokens, (at, at + 2), &format!("at {word} {count}"))
    }

    /// `in period 4`, `at step 4`
    fn in_a_period(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let [sign, word, number] = tokens.get(at..at + 3)? else {
            return None;
        };
        let counted = matches!(
            self.slice(*word),
            "period" | "step" | "row" | "time" | "t" | "point" | "position" | "entry"
        );
        let fits = matches!(sign.kind, Token::At | Token::In | Token::On)
            && counted
            && number.kind == Token::Number;
        let own = self.place_of_test(tokens, stand).filter(|_| fits)?;
        let instead = format!("at {own} {}", self.slice(*number));
        // `t 4` has too few places for the word.
        let whole = span(sign.start, number.end);
        let named = self.named(word.start, word.end, own);
        Some(self.told_as(
            (at, at + 3),
            vec![as_kind(*sign, Token::At), named, *number],
            whole,
            &instead,
        ))
    }

    /// `expect index is between 7 and 8`
    fn expected_between(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let is = usize::from(matches!(
            kind(tokens, at)?,
            Token::Is | Token::In | Token::Equals
        ));
        let between = *tokens.get(at + is)?;
        if !self.slice(between).eq_ignore_ascii_case("between")
            || !kind(tokens, at.checked_sub(1)?)?.ends_operand()
        {
            return None;
        }
        let end = self.line_end(tokens, at);
        let and = (at + is + 2..end.min(at + is + 5))
            .find(|place| kind(tokens, *place) == Some(Token::And))?;
        let low = self.words_of(tokens.get(at + is + 1..and)?);
        let stop = (and + 1..end)
            .find(|place| matches!(kind(tokens, *place), Some(Token::At | Token::CloseBrace)))
            .unwrap_or(end);
        let high = self.words_of(tokens.get(and + 1..stop).filter(|high| !high.is_empty())?);
        self.anew(tokens, (at, stop), &format!("in {low}..{high}"))
    }
}

/// How many periods of a kind lie before a period in writing.
fn periods_to(text: &str, word: &str) -> Option<i64> {
    let (year, rest) = text.split_once('-').unwrap_or((text, ""));
    let year: i64 = Some(year)
        .filter(|year| year.len() == 4)
        .and_then(|year| year.parse().ok())?;
    let part = |rest: &str, most: i64| -> Option<i64> {
        let part: i64 = rest.parse().ok()?;
        (1..=most).contains(&part).then_some(part - 1)
    };
    match word {
        "year" if rest.is_empty() => Some(year),
        "quarter" => Some(year * 4 + part(rest.strip_prefix(['Q', 'q'])?, 4)?),
        "month" => Some(year * 12 + part(rest, 12)?),
        _ => None,
    }
}
