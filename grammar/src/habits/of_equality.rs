//! What a value is asked to be, as databases and packages ask it: `access_denied = 1`, `overall = 4`, `x == .`, `x = ""`,
//! `missing(x)`, `x is not null`, `x isn't y`, `lag(12 months, x)`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::lexer::lex;
use crate::token::{Tok, Token};
use std::collections::BTreeSet;

impl<'s> Habits<'s> {
    pub(super) fn in_equality(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) || stand.within() == Some(Within::Test) {
            return None;
        }
        match token.kind {
            Token::Equals | Token::Is => self
                .asked_for_nothing(tokens, at)
                .or_else(|| self.truth_by_answer(tokens, at, stand))
                .or_else(|| self.level_by_number(tokens, at, stand)),
            Token::Missing => self.missing_as_call(tokens, at),
            Token::Not => self.missing_as_call(tokens, at),
            Token::Ident => self
                .known_in_capitals(tokens, at)
                .or_else(|| self.truth_by_number(tokens, at))
                .or_else(|| self.negated_in_short(tokens, at))
                .or_else(|| self.length_first(tokens, at)),
            _ => None,
        }
    }

    /// The sign of an equality at a place: how many tokens it has, and whether it denies. `!=` was read as `is not`.
    fn equality(&self, tokens: &[Tok], at: usize) -> Option<(usize, bool)> {
        match kind(tokens, at)? {
            Token::Equals => Some((1, false)),
            Token::Is if kind(tokens, at + 1) == Some(Token::Not) => Some((2, true)),
            Token::Is => Some((1, false)),
            _ => None,
        }
    }

    /// `x == .`, `x = ""`, `x is not null`
    fn asked_for_nothing(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let (count, denies) = self.equality(tokens, at)?;
        let what = *tokens.get(at + count)?;
        let behind = tokens.get(at + count + 1);
        let nothing = match what.kind {
            // `.` of Stata stands alone.
            Token::Dot => behind.is_none_or(|next| next.start > what.end),
            Token::Text => matches!(self.slice(what), "\"\"" | "''" | "\" \""),
            Token::Ident => {
                let word = self.slice(what);
                // `none` is a level of many scales, `None` is nothing. Behind `is` the word alone is told.
                let sign = *tokens.get(at)?;
                (denies || self.written(sign.start, sign.end) != "is")
                    && word != "none"
                    && !self.declared.contains(word)
                    && matches!(
                        word.to_ascii_lowercase().as_str(),
                        "null" | "na" | "nan" | "none" | "nil" | "empty" | "blank"
                    )
            }
            _ => false,
        };
        let compares = kind(tokens, at)? == Token::Is || self.compares_by_equals(tokens, at);
        if !nothing || !before.ends_operand() || !compares {
            return None;
        }
        let (first, last) = (*tokens.get(at)?, what);
        let whole = span(first.start, last.end);
        let (word, instead) = match denies {
            true => (Token::Known, "is known"),
            false => (Token::Missing, "is missing"),
        };
        let asked = self.put(
            word,
            last.start,
            last.end,
            instead.trim_start_matches("is "),
        );
        Some(self.told_as(
            (at, at + count + 1),
            vec![as_kind(first, Token::Is), asked],
            whole,
            instead,
        ))
    }

    /// `x IS NOT NULL`
    fn known_in_capitals(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [is, not, null] = tokens.get(at..at + 3)? else {
            return None;
        };
        let word = |token: &Tok| self.slice(*token).to_ascii_lowercase();
        let fits = word(is) == "is"
            && word(not) == "not"
            && matches!(word(null).as_str(), "null" | "na" | "nan" | "none")
            && kind(tokens, at.checked_sub(1)?)?.ends_operand();
        fits.then(|| self.anew(tokens, (at, at + 3), "is known"))
            .flatten()
    }

    /// `missing(x)`, `not missing(x)`
    fn missing_as_call(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let denies = kind(tokens, at)? == Token::Not;
        let word = at + usize::from(denies);
        let (missing, open) = (*tokens.get(word)?, *tokens.get(word + 1)?);
        let fits = missing.kind == Token::Missing
            && open.kind == Token::OpenParen
            && missing.end == open.start;
        let before = kind(tokens, at.checked_sub(1)?)?;
        if !fits || matches!(before, Token::Is | Token::Not) {
            return None;
        }
        let end = self.closed(tokens, word + 1)?;
        let inner = tokens.get(word + 2..end - 1)?;
        if inner.is_empty() || inner.iter().any(|t| t.kind == Token::Comma) {
            return None;
        }
        let plain = inner.len() == 1;
        let value = match plain {
            true => self.words_of(inner),
            false => format!("({})", self.words_of(inner)),
        };
        let asked = if denies { "is known" } else { "is missing" };
        self.anew(tokens, (at, end), &format!("{value} {asked}"))
    }

    /// Is a name that of a truth, and nothing else that can be present or absent?
    fn is_truth(&self, tokens: &[Tok], name: &str) -> bool {
        let truths = self.truths.get_or_init(|| self.declared_truths(tokens));
        truths.contains(name)
    }

    fn declared_truths(&self, tokens: &[Tok]) -> BTreeSet<&'s str> {
        let mut found = BTreeSet::new();
        for four in tokens.windows(4) {
            let [first, second, third, last] = four else {
                continue;
            };
            let (first, second) = (self.slice(*first), (*second, self.slice(*second)));
            if first == "signal"
                || (first == "indicator"
                    && third.kind == Token::Colon
                    && self.slice(*last) == "truth")
            {
                found.insert(second.1);
            }
            if second.0.kind == Token::Text
                && third.kind == Token::Colon
                && self.slice(*last) == "truth"
            {
                found.insert(first);
            }
        }
        found
    }

    /// `access_denied = 1`, `access_denied == 0`: a truth is yes or no by itself.
    fn truth_by_number(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let (count, denies) = self.equality(tokens, at + 1)?;
        let number = *tokens
            .get(at + 1 + count)
            .filter(|t| t.kind == Token::Number)?;
        let one = match self.slice(number) {
            "1" => true,
            "0" => false,
            _ => return None,
        };
        let begins = !matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::Dot
                | Token::Plus
                | Token::Minus
                | Token::Star
                | Token::Slash
                | Token::Not
                | Token::Given
        );
        let sign = *tokens.get(at + 1)?;
        // `signal calm = 0 < x` says what `calm` is.
        let written = match sign.kind {
            Token::Equals => self.compares_by_equals(tokens, at + 1),
            _ => self.written(sign.start, sign.end) != "is",
        };
        let ends = tokens.get(at + 2 + count).is_none_or(|next| {
            !matches!(
                next.kind,
                Token::Plus | Token::Minus | Token::Star | Token::Slash | Token::Dot
            )
        });
        if !begins || !written || !ends || !self.is_truth(tokens, self.slice(name)) {
            return None;
        }
        let own = self.slice(name);
        let instead = match one != denies {
            true => own.to_owned(),
            false => format!("not {own}"),
        };
        self.anew(tokens, (at, at + 2 + count), &instead)
    }

    /// `overall = 4`: levels have names.
    fn level_by_number(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let name = *tokens.get(at.checked_sub(1)?)?;
        let (count, _) = self.equality(tokens, at)?;
        let number = *tokens.get(at + count).filter(|t| t.kind == Token::Number)?;
        if kind(tokens, at)? == Token::Equals && !self.compares_by_equals(tokens, at) {
            return None;
        }
        let own = self.slice(name).to_owned();
        let scale = tokens.windows(5).find_map(|five| match five {
            [word, level, colon, scale, _]
                if self.slice(*word) == "level"
                    && self.slice(*level) == own
                    && colon.kind == Token::Colon =>
            {
                Some(self.slice(*scale))
            }
            [word, level, label, colon, scale]
                if self.slice(*word) == "level"
                    && self.slice(*level) == own
                    && label.kind == Token::Text
                    && colon.kind == Token::Colon =>
            {
                Some(self.slice(*scale))
            }
            _ => None,
        })?;
        let stands = stand.formula || stand.within().is_some();
        let names = self.levels_of(tokens, scale).filter(|_| stands)?;
        let (first, last) = (names.first()?, names.last()?);
        let whole = span(tokens.get(at)?.start, number.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let say = format!(
            "levels go by their names, from `{first}` to `{last}`: write `{own} is …` with one of {}",
            listed.join(", ")
        );
        let any = self.put(Token::Known, number.start, number.end, "known");
        let is = as_kind(*tokens.get(at)?, Token::Is);
        Some(Rewriting::said(
            (at, at + count + 1),
            vec![is, any],
            whole,
            &found,
            say,
        ))
    }

    /// The names of a scale's levels, from the lowest.
    fn levels_of(&self, tokens: &[Tok], scale: &str) -> Option<Vec<String>> {
        let at = tokens.windows(2).position(|pair| match pair {
            [word, own] => self.slice(*word) == "scale" && self.slice(*own) == scale,
            _ => false,
        })?;
        let open = (at..tokens.len().min(at + 5))
            .find(|place| kind(tokens, *place) == Some(Token::OpenBrace))?;
        let names: Vec<String> = tokens
            .get(open + 1..)?
            .iter()
            .take_while(|t| t.kind != Token::CloseBrace)
            .filter(|t| t.kind.is_name())
            .map(|t| self.slice(*t).to_owned())
            .collect();
        (names.len() > 1).then_some(names)
    }

    /// `ruling isn't challenger`: the mark is read as the beginning of a text, up to the end of the line.
    fn negated_in_short(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        if !matches!(self.slice(word), "isn" | "aren" | "doesn") {
            return None;
        }
        let rest = self.text.get(word.end as usize..)?;
        let mark = ["'t ", "’t "]
            .into_iter()
            .find(|mark| rest.starts_with(mark))?;
        let from = word.end as usize + mark.len();
        let line = self.text.get(from..)?;
        let line = line.get(..line.find('\n').unwrap_or(line.len()))?;
        // The tokens of the rest of the line have not been read.
        let unread = tokens.get(at + 1).is_none() || self.fresh(tokens, at + 1);
        let shift = u32::try_from(from).ok()?;
        let more = lex(line);
        if unread && !more.problems.is_empty() {
            return None;
        }
        let mut end = at + 1;
        if !unread {
            // The `t` behind the mark.
            tokens.get(at + 1).filter(|t| self.slice(**t) == "t")?;
            end += 1;
        }
        let mut out = vec![
            self.put(Token::Is, word.start, word.end, "is"),
            self.put(Token::Not, word.end, word.end + 2, "not"),
        ];
        if unread {
            out.extend(more.tokens.iter().map(|t| Tok {
                start: t.start + shift,
                end: t.end + shift,
                ..*t
            }));
        }
        let told = span(word.start, u32::try_from(from).ok()?.saturating_sub(1));
        let all = span(word.start, u32::try_from(from + line.len()).ok()?);
        let found = self.written(told.start, told.end).to_owned();
        let mut change = Rewriting::written(
            (at, end),
            out,
            all,
            (&found, "is not"),
            vec![(told, "is not".to_owned())],
        );
        if !unread {
            change.span = told;
        }
        Some(change)
    }

    /// `lag(12 months, x)`: what is looked at stands first.
    fn length_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let [open, number, unit, comma, value, close] = tokens.get(at + 1..at + 7)? else {
            return None;
        };
        let shape = open.kind == Token::OpenParen
            && number.kind == Token::Number
            && period_word(self.slice(*unit)).is_some()
            && comma.kind == Token::Comma
            && value.kind.is_name()
            && close.kind == Token::CloseParen
            && self.declared.contains(self.slice(*value));
        let named = match self.slice(name).to_ascii_lowercase().as_str() {
            "lag" => "",
            "sum" | "mean" | "change" | "growth" | "trend" | "median" | "stddev" | "baseline"
            | "ever" | "count" => "over: ",
            "sustained" => "for: ",
            _ => return None,
        };
        let instead = format!(
            "{}, {named}{} {}",
            self.slice(*value),
            self.slice(*number),
            self.slice(*unit)
        );
        shape
            .then(|| self.anew(tokens, (at + 2, at + 6), &instead))
            .flatten()
    }
}
