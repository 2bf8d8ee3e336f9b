//! Choices: `case_when(c ~ 1)`, `IFS(c; 1)`, `CASE WHEN` without its end, `1 if c, otherwise 0`, `c then 1 else 0`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind, span};
use crate::token::{Tok, Token};

/// The longest function of another language that is read as one, in tokens.
const LONGEST: usize = 400;

impl Habits<'_> {
    /// `CASE WHEN c THEN 1 ELSE 0` without its `END`.
    pub(super) fn case_without_end(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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

    /// `x >= y then 1 else 0`: a signal is its condition, and elsewhere `if` comes first.
    pub(super) fn without_if(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
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
            return Some(Rewriting::written(
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
        Some(Rewriting::written(
            (formula, at),
            out,
            whole,
            (&format!("{words} then …"), &format!("if {words} then …")),
            vec![(span(first.start, first.start), "if ".to_owned())],
        ))
    }

    /// `1 if a > b, 0 otherwise`, `1 if a > b, otherwise 0`
    pub(super) fn value_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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

    /// `case_when(c ~ 1, TRUE ~ 0)`, `IFS(c; 1; d; 2)`, `SWITCH(x; a; 1; 0)`
    pub(super) fn cases(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
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
        let has_subject = subject.is_some();
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
            // `livelihood == "fishers"`: what it is compared with is a name.
            let names = has_subject || part.iter().any(|t| t.kind == Token::Is);
            match names {
                true => self.value_in_words(tokens, &part),
                false => self.words_of(&part),
            }
        };
        let mut instead = String::new();
        let mut rest = halves.as_slice();
        let mut otherwise = None;
        while let [condition, value, more @ ..] = rest {
            let asked = words(*condition);
            rest = more;
            // Of a value that is compared, `1` and `yes` are cases.
            let small = asked.to_ascii_lowercase();
            let always = matches!(
                small.as_str(),
                "default" | ".default" | "else" | "otherwise"
            ) || !has_subject && matches!(small.as_str(), "true" | "yes" | "1");
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
