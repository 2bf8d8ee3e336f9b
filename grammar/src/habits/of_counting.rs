//! How many of several: `any factor >= 0.6`, `at least 2 of factors >= 0.7`, `number of signals >= 3`,
//! `count(factors where >= 0.6)`; and words around conditions that say nothing: `both a and b`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, kind, span};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_counting(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if !stand.formula && stand.within().is_none() {
            return None;
        }
        let token = *tokens.get(at).filter(|t| t.kind.is_name())?;
        // A name of the rules' own means what it says, and a line that begins is another sentence.
        if self.is_put(token)
            || self.declared.contains(self.slice(token))
            || self.fresh(tokens, at + 1)
        {
            return None;
        }
        match self.slice(token) {
            "both" | "either" => self.both(tokens, at),
            "at" => self.so_many_of_all(tokens, at),
            "any" | "all" | "every" | "each" | "some" | "count" => self.all_of_them(tokens, at),
            "number" => self.number_of(tokens, at),
            "factor" | "signal" => self.one_for_all(tokens, at),
            "where" | "that" | "which" => self.filler_in_list(tokens, at),
            _ => None,
        }
    }

    /// Every factor or every signal, as it is written and as it is meant.
    fn everything(&self, token: Tok) -> Option<&'static str> {
        let word = self.slice(token);
        if self.declared.contains(word) {
            return None;
        }
        match word {
            "factor" | "factors" => Some("factors"),
            "signal" | "signals" => Some("signals"),
            _ => None,
        }
    }

    /// A comparison's sign and its number behind a place: their words, and where they end.
    fn asked_behind(&self, tokens: &[Tok], from: usize) -> Option<(String, usize)> {
        let sign = match kind(tokens, from)? {
            Token::Less => "<",
            Token::LessOrEqual => "<=",
            Token::Greater => ">",
            Token::GreaterOrEqual => ">=",
            _ => return None,
        };
        let value = *tokens
            .get(from + 1)
            .filter(|t| t.kind == Token::Number || t.kind == Token::Ident)?;
        Some((format!("{sign} {}", self.slice(value)), from + 2))
    }

    /// `both a and b`, `either a or b`
    fn both(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let next = *tokens.get(at + 1)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let begins = matches!(
            before,
            Token::When
                | Token::If
                | Token::And
                | Token::Or
                | Token::Not
                | Token::Equals
                | Token::OpenParen
                | Token::Comma
                | Token::Unless
        );
        let fits = begins
            && next.kind.is_name()
            && !self.fresh(tokens, at + 1)
            && !self.declared.contains(self.slice(word));
        let found = self.slice(word).to_owned();
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                (&found, ""),
                vec![(span(word.start, next.start), String::new())],
            )
        })
    }

    /// `at least 2 of factors >= 0.7`, `at least 2 factors >= 0.7`
    fn so_many_of_all(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at)? != Token::At || kind(tokens, at + 1)? != Token::Least {
            return None;
        }
        let number = *tokens.get(at + 2)?;
        let number = match number.kind {
            Token::Number => self.slice(number).to_owned(),
            _ => super::of_speech::spoken(self.slice(number))?.to_owned(),
        };
        let of = usize::from(kind(tokens, at + 3)? == Token::Of);
        let all = self.everything(*tokens.get(at + 3 + of)?)?;
        let (asked, end) = self.asked_behind(tokens, at + 4 + of)?;
        let instead = format!("at least {number} of ({all} {asked})");
        self.anew(tokens, (at, end), &instead)
    }

    /// `any factor >= 0.6`, `all factors >= 0.5`, `count factors >= 0.6`
    fn all_of_them(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let of = usize::from(kind(tokens, at + 1)? == Token::Of);
        let all = self.everything(*tokens.get(at + 1 + of)?)?;
        // `any signal`
        if self.asked_behind(tokens, at + 2 + of).is_none()
            && all == "signals"
            && self.slice(word) != "count"
        {
            let function = match self.slice(word) {
                "any" | "some" => "any",
                _ => "all",
            };
            return self.anew(tokens, (at, at + 2 + of), &format!("{function}({all})"));
        }
        let (asked, end) = self.asked_behind(tokens, at + 2 + of)?;
        let function = match self.slice(word) {
            "any" | "some" => "any",
            "count" => "count",
            _ => "all",
        };
        self.anew(tokens, (at, end), &format!("{function}({all} {asked})"))
    }

    /// `number of factors >= 0.6`
    fn number_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        if kind(tokens, at + 1)? != Token::Of {
            return None;
        }
        let all = self.everything(*tokens.get(at + 2)?)?;
        let (asked, end) = self.asked_behind(tokens, at + 3)?;
        // What follows is what the number is compared with.
        self.asked_behind(tokens, end)?;
        self.anew(tokens, (at, end), &format!("count({all} {asked})"))
    }

    /// `count(factor >= 0.6)`
    fn one_for_all(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let all = self.everything(word)?;
        let counts = tokens.get(at.checked_sub(2)?).is_some_and(|t| {
            matches!(self.slice(*t), "count" | "any" | "all") || t.kind == Token::Of
        });
        let opens = kind(tokens, at.checked_sub(1)?)? == Token::OpenParen;
        self.asked_behind(tokens, at + 1)
            .filter(|_| counts && opens)?;
        let found = self.slice(word).to_owned();
        let named = self.named(word.start, word.end, all);
        Some(Rewriting::written(
            (at, at + 1),
            vec![named],
            word.span(),
            (&found, all),
            vec![(word.span(), all.to_owned())],
        ))
    }

    /// `count(factors where >= 0.6)`, `count(factors that are >= 0.6)`
    fn filler_in_list(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        self.everything(*tokens.get(at.checked_sub(1)?)?)?;
        let are =
            usize::from(tokens.get(at + 1).is_some_and(|t| {
                matches!(self.slice(*t), "are" | "is" | "have" | "value" | "they")
            }));
        self.asked_behind(tokens, at + 1 + are)?;
        let sign = *tokens.get(at + 1 + are)?;
        let last = *tokens.get(at + are)?;
        let whole = span(word.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 1 + are),
            Vec::new(),
            whole,
            (&found, ""),
            vec![(span(word.start, sign.start), String::new())],
        ))
    }
}
