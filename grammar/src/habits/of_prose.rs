//! Sentences where the language has a form: `a, or b`, `a and/or b`, `neither a nor b`, `0 or more`, `for no more than
//! 3 years`, `require that 2 are known`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

/// The longest part of a `neither … nor …`, in tokens.
const LONGEST: usize = 40;

impl Habits<'_> {
    pub(super) fn in_prose(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        match token.kind {
            Token::Comma if stand.formula => self.comma_before_or(tokens, at),
            Token::And if stand.formula => self.and_or(tokens, at),
            Token::Ident if stand.formula && self.slice(token) == "neither" => {
                self.neither_nor(tokens, at)
            }
            Token::Number if !stand.formula && stand.is_free() => self.so_many_or_more(tokens, at),
            Token::In if !stand.formula => self.range_of_call(tokens, at),
            Token::In => self.items_in_a_row(tokens, at, stand),
            Token::OpenParen | Token::OpenBracket if !stand.formula => {
                self.texts_in_brackets(tokens, at)
            }
            Token::Forward => self.no_longer_than(tokens, at, 1),
            Token::Expires => self.no_longer_than(tokens, at, 0),
            Token::Require if stand.within() == Some(Within::Factor) => {
                self.required_to_be_known(tokens, at)
            }
            _ => None,
        }
    }

    /// `a, or b`, `a, and b` of conditions: no comma stands before the word.
    fn comma_before_or(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let comma = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let joins = matches!(next.kind, Token::And | Token::Or)
            && before.kind.ends_operand()
            && kind(tokens, at + 2).is_some_and(|after| {
                after.is_name()
                    || matches!(
                        after,
                        Token::Not | Token::OpenParen | Token::Number | Token::At
                    )
            });
        // In a list, `a, b, and c`, the word is the one too many.
        let open = self.opened_before(tokens, at);
        let in_list = open.is_some_and(|open| {
            matches!(
                kind(tokens, open),
                Some(Token::OpenBracket | Token::OpenBrace)
            ) && !self.begins_clause(tokens, open, at)
        }) || open.is_some_and(|open| {
            kind(tokens, open) == Some(Token::OpenParen)
                && open
                    .checked_sub(1)
                    .and_then(|name| kind(tokens, name))
                    .is_some_and(|name| name.is_name() || name == Token::Of)
        });
        (joins && !in_list).then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                comma.span(),
                (",", ""),
                vec![(comma.span(), String::new())],
            )
        })
    }

    /// The bracket that is open at a place.
    fn opened_before(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for place in (0..at).rev() {
            let kind = kind(tokens, place)?;
            if kind.closes() {
                depth += 1;
            } else if kind.opens() {
                if depth == 0 {
                    return Some(place);
                }
                depth -= 1;
            }
        }
        None
    }

    /// Has a clause of the block, `high when …`, begun before the place?
    fn begins_clause(&self, tokens: &[Tok], open: usize, at: usize) -> bool {
        for place in (open + 1..at).rev() {
            match kind(tokens, place) {
                Some(Token::When) => return true,
                Some(Token::Comma) | None => return false,
                Some(_) => {}
            }
        }
        false
    }

    /// `a and/or b`
    fn and_or(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [and, slash, or] = tokens.get(at..at + 3)? else {
            return None;
        };
        let fits = slash.kind == Token::Slash && or.kind == Token::Or;
        let whole = span(and.start, or.end);
        fits.then(|| {
            Rewriting::written(
                (at, at + 3),
                vec![as_kind(*or, Token::Or)],
                whole,
                (self.written(whole.start, whole.end), "or"),
                vec![(whole, "or".to_owned())],
            )
        })
    }

    /// `neither a nor b`: not one of them.
    fn neither_nor(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let ends = |place: usize| {
            let Some(token) = tokens.get(place) else {
                return true;
            };
            token.kind.closes()
                || matches!(
                    token.kind,
                    Token::Comma | Token::And | Token::Or | Token::Then | Token::For
                )
                || self.fresh(tokens, place)
        };
        let mut parts: Vec<(usize, usize)> = Vec::new();
        let mut from = at + 1;
        let mut place = from;
        loop {
            if place > at + LONGEST {
                return None;
            }
            let is_nor = tokens
                .get(place)
                .is_some_and(|t| self.slice(*t) == "nor" && t.kind == Token::Ident);
            if is_nor || ends(place) {
                if place == from {
                    return None;
                }
                parts.push((from, place));
                if !is_nor {
                    break;
                }
                from = place + 1;
            } else if tokens.get(place)?.kind.opens() {
                place = self.closed(tokens, place)?;
                continue;
            }
            place += 1;
        }
        if parts.len() < 2 {
            return None;
        }
        let words: Vec<String> = parts
            .iter()
            .filter_map(|(from, to)| Some(self.words_of(tokens.get(*from..*to)?)))
            .collect();
        let instead = format!("not ({})", words.join(" or "));
        let end = parts.last()?.1;
        self.anew(tokens, (at, end), &instead)
    }

    /// `in 0 or more`, `in 0 and above`, `in 1 upwards`: a range without an upper end.
    fn so_many_or_more(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let number = *tokens.get(at)?;
        let before = at.checked_sub(1).and_then(|before| kind(tokens, before))?;
        if before != Token::In {
            return None;
        }
        // `in 0/100`
        let goes_on = matches!(
            kind(tokens, at + 3),
            Some(Token::DotDot | Token::DotDotLess | Token::Slash)
        );
        if kind(tokens, at + 1)? == Token::Slash
            && kind(tokens, at + 2)? == Token::Number
            && !goes_on
        {
            let high = *tokens.get(at + 2)?;
            let range = format!("{}..{}", self.slice(number), self.slice(high));
            return self.anew(tokens, (at, at + 3), &range);
        }
        let end = match self.slice(*tokens.get(at + 1)?) {
            "upwards" | "upward" | "plus" | "onwards" => at + 2,
            _ => match self.and_beyond(tokens, at + 1)? {
                ">=" => at + 3,
                _ => return None,
            },
        };
        let instead = format!("{}..", self.slice(number));
        self.anew(tokens, (at, end), &instead)
    }

    /// `in range(0, 10)`, `in [0..10]`
    fn range_of_call(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at + 1)?;
        let open = at + 1 + usize::from(matches!(self.slice(word), "range" | "interval"));
        let bracket = kind(tokens, open)?;
        let [low, sign, high, close] = tokens.get(open + 1..open + 5)? else {
            return None;
        };
        let named = open > at + 1;
        let fits = match bracket {
            Token::OpenParen => named && close.kind == Token::CloseParen,
            Token::OpenBracket => close.kind == Token::CloseBracket,
            _ => false,
        };
        let ends = low.kind == Token::Number
            && high.kind == Token::Number
            && matches!(
                sign.kind,
                Token::Comma | Token::DotDot | Token::Semicolon | Token::To
            );
        let instead = format!("{}..{}", self.slice(*low), self.slice(*high));
        (fits && ends)
            .then(|| self.anew(tokens, (at + 1, open + 5), &instead))
            .flatten()
    }

    /// `region in "west", "east"`: names of a set stand between braces.
    fn items_in_a_row(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let end = self.line_end(tokens, at);
        let mut names = Vec::new();
        let mut place = at + 1;
        let mut texts = false;
        loop {
            let item = *tokens.get(place).filter(|_| place < end)?;
            let own = self.slice(item);
            texts |= item.kind == Token::Text;
            names.push(match item.kind {
                Token::Text => self.name_of_text(tokens, item)?,
                kind if kind.is_name() && !self.known.values.contains(own) => own.to_owned(),
                _ => return None,
            });
            place += 1;
            let goes_on = place + 1 < end
                && kind(tokens, place) == Some(Token::Comma)
                && kind(tokens, place + 1)
                    .is_some_and(|next| next == Token::Text || (next.is_name() && !texts));
            if !goes_on {
                break;
            }
            place += 1;
        }
        let behind = kind(tokens, place).filter(|_| place < end);
        let ends = behind.is_none_or(|behind| {
            behind.closes()
                || matches!(behind, Token::And | Token::Or | Token::Then | Token::For)
                || (behind == Token::Comma && place + 1 == end)
        });
        // Names alone may be the next arguments, or the next cells.
        let sure = texts || (names.len() > 1 && !stand.in_brackets() && stand.is_free());
        let instead = format!("{{{}}}", names.join(", "));
        (ends && sure)
            .then(|| self.anew(tokens, (at + 1, place), &instead))
            .flatten()
    }

    /// `except ("WORLD")`, `cite ["Manual"]`: texts stand without brackets.
    fn texts_in_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let takes = crate::edit::takes_text(kind(tokens, at.checked_sub(1)?)?);
        let end = self.closed(tokens, at)?;
        let inner = tokens.get(at + 1..end - 1)?;
        let texts = |t: &Tok| matches!(t.kind, Token::Text | Token::Comma | Token::Semicolon);
        if !takes || inner.is_empty() || !inner.iter().all(texts) {
            return None;
        }
        let words: Vec<String> = inner
            .iter()
            .filter(|t| t.kind == Token::Text)
            .map(|t| {
                let quotes = |sign: char| "\"'“”„‘’«»".contains(sign);
                format!("\"{}\"", self.slice(*t).trim_matches(quotes).trim())
            })
            .collect();
        self.anew(tokens, (at, end), &words.join(", "))
    }

    /// `carry forward for no more than 3 years`, `expires no later than 3 months`: how long at most.
    fn no_longer_than(&mut self, tokens: &[Tok], at: usize, of: usize) -> Option<Rewriting> {
        let own = if of == 1 { "at most" } else { "after" };
        let from = at + 1;
        let number = (from..from + 6).find(|place| kind(tokens, *place) == Some(Token::Number))?;
        let words: Vec<&str> = tokens
            .get(from..number)?
            .iter()
            .map(|t| self.slice(*t))
            .collect();
        let in_line = (from..=number).all(|place| !self.fresh(tokens, place));
        let words = match words.as_slice() {
            ["for", rest @ ..] | rest => rest,
        };
        let says = matches!(
            words,
            [
                "no" | "not",
                "more" | "longer" | "later" | "further",
                "than"
            ] | ["a", "maximum", "of"]
                | ["up", "to", "a" | "the", "maximum", "of"]
                | ["maximum" | "max"]
                | ["at", "the", "most"]
                | ["the", "last" | "next"]
        );
        (says && in_line)
            .then(|| self.anew(tokens, (from, number), own))
            .flatten()
    }

    /// `require that 2 are known`, `require 2 to be known`, `require 2 members known`
    fn required_to_be_known(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let end = self.line_end(tokens, at);
        let line = tokens.get(at + 1..end)?;
        let place = line.iter().position(|t| t.kind == Token::Number)?;
        let number = *line.get(place)?;
        let fills = |part: &[Tok]| {
            part.iter().all(|t| {
                matches!(
                    self.slice(*t),
                    "that"
                        | "at"
                        | "least"
                        | "are"
                        | "is"
                        | "be"
                        | "to"
                        | "of"
                        | "the"
                        | "them"
                        | "members"
                        | "must"
                        | "values"
                        | "should"
                        | "a"
                        | "minimum"
                )
            })
        };
        let (counts, rest) = line.get(place + 1..)?.split_last()?;
        let counted = match self.slice(*counts) {
            "known" | "present" | "available" | "reported" => "known",
            "covered" | "coverage" => "coverage",
            _ => return None,
        };
        let other = place > 0 || !rest.is_empty();
        let instead = format!("{} {counted}", self.slice(number));
        (other && fills(line.get(..place)?) && fills(rest))
            .then(|| self.anew(tokens, (at + 1, end), &instead))
            .flatten()
    }
}
