//! Changes to a base, and lines of tests: `override x = 3`, `drop a.b`, `add x to a`, `is raised in month 1`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token, declaration_word};

/// What an `override` can change.
const OVERRIDDEN: [&str; 7] = [
    "param",
    "weight",
    "label",
    "source",
    "column",
    "classification",
    "indicator",
];

impl Habits<'_> {
    pub(super) fn in_changes(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if stand.within() == Some(Within::Test) {
            return self.happens(tokens, at);
        }
        if !stand.is_free() {
            return None;
        }
        let token = *tokens.get(at)?;
        if token.kind == Token::Extends {
            return self.extended(tokens, at);
        }
        if token.kind == Token::For && stand.declares(Token::DeclareTest) {
            return self.how_many(tokens, at);
        }
        if !self.fresh(tokens, at) {
            return None;
        }
        match self.slice(token) {
            "override" => self.what_is_overridden(tokens, at),
            "drop" => self.dropped_member(tokens, at),
            "add" => self.added_member(tokens, at),
            "remove" | "delete" => {
                let next = self.slice(*tokens.get(at + 1)?);
                let known = next == "member" || declaration_word(next).is_some();
                let named = kind(tokens, at + 2)?.is_name() && known;
                named.then(|| {
                    Rewriting::written(
                        (at, at + 1),
                        vec![as_kind(token, Token::DeclareDrop)],
                        token.span(),
                        (self.slice(token), "drop"),
                        vec![(token.span(), "drop".to_owned())],
                    )
                })
            }
            _ => None,
        }
    }

    /// `override war_deaths = 60 deaths`
    fn what_is_overridden(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let word = self.slice(name);
        // `override weight of cut_off in access = 3`
        if word == "weight" {
            let of = usize::from(kind(tokens, at + 2)? == Token::Of);
            let member = *tokens.get(at + 2 + of).filter(|t| t.kind.is_name())?;
            let factor = tokens
                .get(at + 4 + of)
                .copied()
                .filter(|t| t.kind.is_name());
            if let (Some(Token::In | Token::Of | Token::On), Some(factor)) =
                (kind(tokens, at + 3 + of), factor)
            {
                let path = format!("{}.{}", self.slice(factor), self.slice(member));
                return self.anew(tokens, (at + 2, at + 5 + of), &path);
            }
        }
        // `override weight access/cut_off = 3`
        if OVERRIDDEN.contains(&word)
            && let (Some(first), Some(sign), Some(second)) =
                (tokens.get(at + 2), tokens.get(at + 3), tokens.get(at + 4))
            && first.kind.is_name()
            && second.kind.is_name()
            && (matches!(
                sign.kind,
                Token::Slash | Token::Colon | Token::Greater | Token::Arrow | Token::Minus
            ) || self.slice(*sign) == "\\")
        {
            let path = format!("{}.{}", self.slice(*first), self.slice(*second));
            return self.anew(tokens, (at + 2, at + 5), &path);
        }
        let is_kind = OVERRIDDEN.contains(&word) || declaration_word(word).is_some();
        let dotted = kind(tokens, at + 2)? == Token::Dot;
        let sign = at + 2 + 2 * usize::from(dotted);
        if is_kind && kind(tokens, at + 2)?.is_name() {
            return None;
        }
        // `override conflict.flight weight 3`
        if dotted
            && kind(tokens, sign)? == Token::Weight
            && kind(tokens, sign + 1)? == Token::Number
        {
            let path = self
                .written(name.start, tokens.get(sign - 1)?.end)
                .to_owned();
            let number = self.words_of(&[*tokens.get(sign + 1)?]);
            let instead = format!("weight {path} = {number}");
            return self.anew(tokens, (at + 1, sign + 2), &instead);
        }
        let (what, fits) = if dotted {
            ("weight", kind(tokens, sign)? == Token::Equals)
        } else {
            ("param", kind(tokens, sign)? == Token::Equals)
        };
        if !fits {
            return None;
        }
        let put = self.named(name.start, name.start, what);
        let found = self
            .written(tokens.get(at)?.start, tokens.get(sign - 1)?.end)
            .to_owned();
        let instead = found.replacen("override ", &format!("override {what} "), 1);
        let whole = span(tokens.get(at)?.start, tokens.get(sign - 1)?.end);
        Some(Rewriting::written(
            (at + 1, at + 1),
            vec![put],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `drop conflict.cattle`
    fn dropped_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        // `drop grain from supply`
        if matches!(kind(tokens, at + 2)?, Token::From | Token::Of | Token::In)
            && declaration_word(self.slice(name)).is_none()
            && self.slice(name) != "member"
            && let Some(factor) = tokens.get(at + 3).copied().filter(|t| t.kind.is_name())
        {
            let instead = format!("member {}.{}", self.slice(factor), self.slice(name));
            return self.anew(tokens, (at + 1, at + 4), &instead);
        }
        let dotted = kind(tokens, at + 2)? == Token::Dot && kind(tokens, at + 3)?.is_name();
        let end = tokens.get(at + 3).filter(|_| dotted)?.end;
        let path = self.written(name.start, end).to_owned();
        let put = self.named(name.start, name.start, "member");
        let whole = span(tokens.get(at)?.start, end);
        let instead = format!("drop member {path}");
        Some(Rewriting::written(
            (at + 1, at + 1),
            vec![put],
            whole,
            (&format!("drop {path}"), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `add piracy to conflict`, `add member conflict.piracy weight 2`
    fn added_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let add = *tokens.get(at)?;
        let first = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        if self.slice(first) != "member" {
            let to = kind(tokens, at + 2)? == Token::To && kind(tokens, at + 3)?.is_name();
            let known = declaration_word(self.slice(first)).is_some();
            if !to || known {
                return None;
            }
            let name = self.slice(first).to_owned();
            let whole = span(add.start, first.end);
            let instead = format!("add member {name}");
            return Some(Rewriting::written(
                (at, at + 1),
                vec![
                    as_kind(add, Token::DeclareAdd),
                    empty(Token::DeclareMember, first.start),
                ],
                whole,
                (&format!("add {name}"), &instead),
                vec![(whole, instead.clone())],
            ));
        }
        let (factor, dot, member) = (
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
            *tokens.get(at + 4)?,
        );
        let end = tokens.get(at + 5);
        let stays = end.is_none_or(|t| {
            matches!(t.kind, Token::Weight | Token::Because) || self.fresh(tokens, at + 5)
        });
        if !factor.kind.is_name() || dot.kind != Token::Dot || !member.kind.is_name() || !stays {
            return None;
        }
        let whole = span(factor.start, member.end);
        let path = self.written(whole.start, whole.end).to_owned();
        let instead = format!("{} to {}", self.slice(member), self.slice(factor));
        let (own, of) = (self.slice(member).to_owned(), self.slice(factor).to_owned());
        let own = self.named(factor.start, factor.end, &own);
        let of = self.named(member.start, member.end, &of);
        Some(Rewriting::written(
            (at + 2, at + 5),
            vec![own, as_kind(dot, Token::To), of],
            whole,
            (&path, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `extends "region" "1"`
    fn extended(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at + 1).filter(|t| t.kind == Token::Text)?;
        let name = self.slice(text).trim_matches('"').to_owned();
        let plain = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && name
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        if !plain {
            return None;
        }
        let named = self.named(text.start, text.end, &name);
        Some(Rewriting::written(
            (at + 1, at + 2),
            vec![named],
            text.span(),
            (self.slice(text), &name),
            vec![(text.span(), name.clone())],
        ))
    }

    /// `test "…" for 2 cases`
    fn how_many(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let fits = kind(tokens, at.checked_sub(1)?)? == Token::Text
            && kind(tokens, at + 1)? == Token::Number;
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::Over)],
                word.span(),
                ("for", "over"),
                vec![(word.span(), "over".to_owned())],
            )
        })
    }

    /// `expect watch is raised in month 1`
    fn happens(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let is = *tokens.get(at)?;
        let from_is = is.kind == Token::Is;
        let event = at + usize::from(from_is);
        let what = *tokens.get(event)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let named = before.is_name() && before != Token::Expect;
        if !named
            || !matches!(
                self.slice(what),
                "raised" | "escalated" | "cleared" | "lowered" | "suppressed"
            )
        {
            return None;
        }
        let sign = *tokens.get(event + 1)?;
        let (period, number) = (*tokens.get(event + 2)?, *tokens.get(event + 3)?);
        let place = matches!(sign.kind, Token::In | Token::On | Token::At)
            && period_word(self.slice(period)).is_some()
            && number.kind == Token::Number;
        // `is raised at month 3` is right: it asks for the state in that month, and not for the event.
        let state = matches!(self.slice(what), "raised" | "escalated");
        if !place || (sign.kind == Token::At && (!from_is || state)) {
            return None;
        }
        let whole = span(is.start, sign.end);
        let instead = format!("{} at", self.slice(what));
        Some(Rewriting::written(
            (at, event + 2),
            vec![what, as_kind(sign, Token::At)],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }
}
