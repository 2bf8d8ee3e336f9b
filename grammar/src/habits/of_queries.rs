//! Queries and commands: `SUM(x) OVER (… ROWS …)`, `SELECT a / b FROM t`, `CASE x WHEN 'a' THEN 1 … END`, `replace x = 0 if
//! y == .`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind, span};
use super::table::{Meaning, function};
use crate::token::{Tok, Token, declaration_word};

/// The longest query that is read as one, in tokens.
const LONGEST: usize = 400;

impl Habits<'_> {
    pub(super) fn in_queries(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        if self.fresh(tokens, at) && self.slice(token) == "replace" {
            return self.replaced_where(tokens, at);
        }
        if !stand.formula || token.kind != Token::Ident {
            return None;
        }
        self.nothing_for_zero(tokens, at)
            .or_else(|| self.aggregated_over(tokens, at))
            .or_else(|| self.selected(tokens, at))
            .or_else(|| self.case_of(tokens, at))
    }

    fn says(&self, tokens: &[Tok], at: usize, word: &str) -> bool {
        tokens
            .get(at)
            .is_some_and(|t| self.slice(*t).eq_ignore_ascii_case(word))
    }

    /// `SUM(x) OVER (PARTITION BY country ORDER BY month ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)`
    fn aggregated_over(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let Some(Meaning::Called(here)) = function(self.slice(name)) else {
            return None;
        };
        if kind(tokens, at + 1)? != Token::OpenParen || self.declared.contains(self.slice(name)) {
            return None;
        }
        let close = self.closed(tokens, at + 1)?;
        if !self.says(tokens, close, "over") || kind(tokens, close + 1)? != Token::OpenParen {
            return None;
        }
        let end = self.closed(tokens, close + 1)?;
        let of = self.words_of(tokens.get(at + 2..close - 1)?);
        let rows = (close + 2..end).find(|place| self.says(tokens, *place, "rows"));
        let before = rows.and_then(|rows| {
            let until = (rows..end).find(|place| self.says(tokens, *place, "preceding"))?;
            let number = tokens.get(until - 1).filter(|t| t.kind == Token::Number)?;
            self.words_of(&[*number]).parse::<u32>().ok()
        });
        let ends_here = !(close + 2..end).any(|place| self.says(tokens, place, "following"));
        let period = self.period(tokens);
        if let (Some(before), Some(period), true) = (before, period, ends_here) {
            let count = before + 1;
            let plural = if count == 1 { "" } else { "s" };
            let instead = format!("{here}({of}, over: {count} {period}{plural})");
            return self.anew(tokens, (at, end), &instead);
        }
        if here == "lag" && rows.is_none() {
            return self.lagged_over(tokens, (at, close, end), period?);
        }
        let whole = span(name.start, tokens.get(end - 1)?.end);
        let found = format!("{}(…) OVER (…)", self.slice(name));
        let inner = tokens.get(close + 2..end - 1)?;
        let ordered = (close + 2..end).any(|place| self.says(tokens, place, "order"));
        let peers = matches!(here, "sum" | "mean" | "min" | "max" | "median");
        let group = inner
            .iter()
            .rev()
            .find(|t| t.kind.is_name() && self.declared.contains(self.slice(**t)));
        let period = period.unwrap_or("month");
        let say = match group.filter(|_| peers && !ordered) {
            Some(group) => format!(
                "of the peers of the same {period} it is `{here}({of}, among: {})`, of each case's own past `{here}({of}, \
                 over: 3 {period}s)`",
                self.slice(*group)
            ),
            None => format!(
                "say how far back it looks: `{here}({of}, over: 3 {period}s)`, for each case by itself"
            ),
        };
        Some(Rewriting::said(
            (at, end),
            vec![hole(whole.start, whole.end)],
            whole,
            &found,
            say,
        ))
    }

    /// `LAG(x, 2) OVER (PARTITION BY country ORDER BY month)`: each case looks at its own past as it is.
    fn lagged_over(
        &mut self,
        tokens: &[Tok],
        (at, close, end): (usize, usize, usize),
        period: &str,
    ) -> Option<Rewriting> {
        let parts = self.parts(tokens, at + 1, close - 1);
        let of = self.words_of(tokens.get(parts.first()?.0..parts.first()?.1)?);
        let back = match parts.get(1..)? {
            [] => 1,
            [(from, to)] => self.words_of(tokens.get(*from..*to)?).parse::<u32>().ok()?,
            _ => return None,
        };
        let plural = if back == 1 { "" } else { "s" };
        let instead = format!("lag({of}, {back} {period}{plural})");
        self.anew(tokens, (at, end), &instead)
    }

    /// `x / NULLIF(y, 0)`: what is divided by nothing has no result here.
    fn nothing_for_zero(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !self.says(tokens, at, "nullif") || kind(tokens, at.checked_sub(1)?)? != Token::Slash {
            return None;
        }
        let end = self.closed(tokens, at + 1)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let [(from, to), (zero, last)] = parts.as_slice() else {
            return None;
        };
        let zero = self.words_of(tokens.get(*zero..*last)?);
        let divisor = self.words_of(tokens.get(*from..*to)?);
        let divisor = match to - from {
            1 => divisor,
            _ => format!("({divisor})"),
        };
        (zero.split(' ').next() == Some("0"))
            .then(|| self.anew(tokens, (at, end), &divisor))
            .flatten()
    }

    /// `SELECT wasted / screened FROM clinics`: rules read what is declared, and from no table.
    fn selected(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let select = *tokens.get(at)?;
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::Equals | Token::OpenParen | Token::When
        );
        if !begins || !self.says(tokens, at, "select") || self.declared.contains(self.slice(select))
        {
            return None;
        }
        let stop = self.line_end(tokens, at);
        let from = (at + 2..stop).find(|place| self.says(tokens, *place, "from"))?;
        let formula = self.words_of(tokens.get(at + 1..from)?);
        let plain = kind(tokens, from + 1).is_some_and(Token::is_name)
            && (from + 2 == stop || kind(tokens, from + 2) == Some(Token::CloseParen));
        if plain {
            return self.anew(tokens, (at, from + 2), &formula);
        }
        let whole = span(select.start, tokens.get(stop - 1)?.end);
        Some(Rewriting::said(
            (at, stop),
            vec![hole(whole.start, whole.end)],
            whole,
            "SELECT … FROM …",
            format!(
                "rules read the indicators that are declared, and query no table: write the formula alone, \
                 `{formula}`, with `if … then … else …` for a condition"
            ),
        ))
    }

    /// `CASE livelihood WHEN 'fishers' THEN 0 ELSE 1 END`
    fn case_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if !self.says(tokens, at, "case")
            || self.says(tokens, at + 1, "when")
            || self.declared.contains(self.slice(*tokens.get(at)?))
        {
            return None;
        }
        let limit = tokens.len().min(at + LONGEST);
        let first = (at + 2..limit.min(at + 12)).find(|place| self.says(tokens, *place, "when"))?;
        let end = (first..limit).find(|place| self.says(tokens, *place, "end"))?;
        let subject = self.words_of(tokens.get(at + 1..first)?);
        let marks: Vec<usize> = (first..=end)
            .filter(|place| {
                ["when", "then", "else", "end"]
                    .iter()
                    .any(|word| self.says(tokens, *place, word))
            })
            .collect();
        let mut instead = String::new();
        let mut closes = false;
        for pair in marks.windows(2) {
            let [from, to] = *pair else { continue };
            let part = tokens.get(from + 1..to).filter(|part| !part.is_empty())?;
            if self.says(tokens, from, "when") {
                if !instead.is_empty() {
                    instead.push_str(" else ");
                }
                let value = self.value_in_words(tokens, part);
                instead.push_str(&format!("if {subject} is {value}"));
            } else if self.says(tokens, from, "then") {
                instead.push_str(&format!(" then {}", self.words_of(part)));
            } else {
                closes = true;
                instead.push_str(&format!(" else {}", self.words_of(part)));
            }
        }
        if !closes {
            instead.push_str(" else missing");
        }
        let beside = kind(tokens, at.checked_sub(1)?).is_some_and(super::pieces::is_operator)
            || kind(tokens, end + 1).is_some_and(super::pieces::is_operator);
        if beside {
            instead = format!("({instead})");
        }
        self.anew(tokens, (at, end + 1), &instead)
            .filter(|_| instead.contains(" then "))
    }

    /// The words of a value, a text among them by the name that it gives.
    pub(super) fn value_in_words(&self, tokens: &[Tok], part: &[Tok]) -> String {
        let words: Vec<String> = part
            .iter()
            .map(|token| match token.kind {
                Token::Text => self
                    .name_of_text(tokens, *token)
                    .unwrap_or_else(|| self.words_of(&[*token])),
                _ => self.words_of(&[*token]),
            })
            .collect();
        crate::words::one_line(&words.join(" "))
    }

    /// `replace quiet_for = 0 if killed == .`: nothing is said of a step a second time.
    fn replaced_where(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let own = self.slice(name).to_owned();
        if kind(tokens, at + 2)? != Token::Equals || declaration_word(&own).is_some() {
            return None;
        }
        let end = self.line_end(tokens, at);
        let asked = (at + 3..end).find(|place| kind(tokens, *place) == Some(Token::If));
        let value = self.words_of(tokens.get(at + 3..asked.unwrap_or(end))?);
        let last = *tokens.get(end - 1)?;
        let whole = span(word.start, last.end);
        let say = match asked {
            Some(asked) => {
                let condition = tokens.get(asked + 1..end)?;
                let is_missing = |t: &Tok| self.slice(*t) == ".";
                let condition = match condition {
                    [of, sign, dot] if sign.kind == Token::Is && is_missing(dot) => {
                        format!("{} is missing", self.slice(*of))
                    }
                    other => self.words_of(other),
                };
                format!(
                    "a step is said once, where it is declared: let its formula begin with `if {condition} then \
                     {value} else …`, and take this line out"
                )
            }
            None => format!(
                "a step is said once, where it is declared: write `{value}` there, and take this line out"
            ),
        };
        let found = format!("replace {own}");
        Some(Rewriting::said((at, end), Vec::new(), whole, &found, say))
    }
}

fn hole(start: u32, end: u32) -> Tok {
    Tok {
        kind: Token::Hole,
        start,
        end,
    }
}
