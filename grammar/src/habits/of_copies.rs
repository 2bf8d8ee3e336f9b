//! What an overlay changes, in other words: `change param …`, `new indicator …`, `override source x = "s"`, `override
//! column x = c`, `override indicator x column "c"`, `replace x = …`, `based on base`, a reason in brackets.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, as_kind, kind, span};
use crate::token::{Tok, Token, declaration_word};

/// A change with a reason in brackets has no more tokens before them.
const LONGEST: usize = 200;

/// What an `override` changes of a value.
const PARTS: [&str; 7] = [
    "param",
    "weight",
    "decisive",
    "label",
    "source",
    "column",
    "classification",
];

impl Habits<'_> {
    pub(super) fn in_copies(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) || !stand.is_free() {
            return None;
        }
        if stand.declares(Token::DeclareFramework)
            && let Some(change) = self.built_on(tokens, at)
        {
            return Some(change);
        }
        if token.kind == Token::OpenParen {
            return self.reason_of_change(tokens, at);
        }
        if !self.fresh(tokens, at) || !self.written(0, token.start).ends_with('\n') {
            return None;
        }
        match self.slice(token) {
            "change" | "modify" | "alter" | "update" | "redefine" | "adjust" | "amend" | "edit" => {
                self.other_change(tokens, at)
            }
            "new" | "insert" | "introduce" | "append" | "extend" => self.other_addition(tokens, at),
            "override" => self
                .override_by_kind(tokens, at)
                .or_else(|| self.overridden_of(tokens, at))
                .or_else(|| self.overridden_value(tokens, at)),
            "replace" => self.replaced_without_kind(tokens, at),
            _ => None,
        }
    }

    fn extends(&self, tokens: &[Tok]) -> bool {
        tokens.iter().any(|t| t.kind == Token::Extends)
            || !tokens
                .iter()
                .any(|t| self.slice(*t) == "framework" && t.kind != Token::Text)
    }

    /// `framework f "F" based on base "1"`
    fn built_on(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = self.slice(*tokens.get(at)?).to_owned();
        let next = tokens
            .get(at + 1)
            .map(|t| self.slice(*t))
            .unwrap_or_default();
        let count = match (word.as_str(), next) {
            ("based" | "builds" | "built", "on") => 2,
            ("derived" | "inherits" | "inherited" | "adapted" | "copied", "from") => 2,
            ("based_on" | "inherits" | "adapts" | "builds_on", _) => 1,
            _ => return None,
        };
        let base = *tokens.get(at + count)?;
        let named = base.kind.is_name() && !self.fresh(tokens, at + count);
        named
            .then(|| self.anew(tokens, (at, at + count), "extends"))
            .flatten()
    }

    /// `change param x = 3`, `modify signal x = …`
    fn other_change(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let what = self.slice(*tokens.get(at + 1)?);
        let named = kind(tokens, at + 2)?.is_name() && !self.fresh(tokens, at + 1);
        if !named || !self.extends(tokens) {
            return None;
        }
        let (instead, declares) = if PARTS.contains(&what) {
            ("override", Token::DeclareOverride)
        } else if declaration_word(what).is_some() {
            ("replace", Token::DeclareReplace)
        } else {
            return None;
        };
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, declares)],
            word.span(),
            (&found, instead),
            vec![(word.span(), instead.to_owned())],
        ))
    }

    /// `new indicator x`, `insert member x to y`
    fn other_addition(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let what = self.slice(*tokens.get(at + 1)?);
        let known = what == "member" || declaration_word(what).is_some();
        let named = kind(tokens, at + 2)?.is_name() && !self.fresh(tokens, at + 1);
        if !known || !named || !self.extends(tokens) {
            return None;
        }
        let found = self.slice(word).to_owned();
        Some(Rewriting::written(
            (at, at + 1),
            vec![as_kind(word, Token::DeclareAdd)],
            word.span(),
            (&found, "add"),
            vec![(word.span(), "add".to_owned())],
        ))
    }

    /// `override indicator x column "c"`: what is changed of it is said first.
    fn override_by_kind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, what, name, part, value] = tokens.get(at..at + 5)? else {
            return None;
        };
        let of = declaration_word(self.slice(*what)).is_some()
            && !PARTS.contains(&self.slice(*what))
            && name.kind.is_name()
            && !self.fresh(tokens, at + 4);
        let (word, end) = match self.slice(*part) {
            "column" if value.kind == Token::Text => ("column", at + 5),
            "from" | "source" if value.kind.is_name() => ("source", at + 5),
            "classification" if value.kind.is_name() => ("classification", at + 5),
            _ => return None,
        };
        let instead = format!("{word} {} = {}", self.slice(*name), self.slice(*value));
        of.then(|| self.anew(tokens, (at + 1, end), &instead))
            .flatten()
    }

    /// `override source of x = s`
    fn overridden_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, part, of, name] = tokens.get(at..at + 4)? else {
            return None;
        };
        let fits = PARTS.contains(&self.slice(*part))
            && matches!(self.slice(*of), "of" | "for" | "the")
            && name.kind.is_name()
            && !self.fresh(tokens, at + 3);
        let found = self.slice(*of).to_owned();
        let gone = span(of.start, name.start);
        fits.then(|| {
            Rewriting::written(
                (at + 2, at + 3),
                Vec::new(),
                of.span(),
                (&found, ""),
                vec![(gone, String::new())],
            )
        })
    }

    /// `override source x = "s"`, `override column x = c`
    fn overridden_value(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [_, part, name, sign, value] = tokens.get(at..at + 5)? else {
            return None;
        };
        if !name.kind.is_name() || sign.kind != Token::Equals || self.fresh(tokens, at + 4) {
            return None;
        }
        let own = self.slice(*value);
        match self.slice(*part) {
            "source" | "classification" if value.kind == Token::Text => {
                let bare = own.trim_matches('"').to_owned();
                let is_name = bare.starts_with(|sign: char| sign.is_ascii_alphabetic())
                    && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                let name = match self.known.labelled(&bare) {
                    Some(own) => own.to_owned(),
                    None if is_name => bare,
                    None => return None,
                };
                let place = value.span();
                let named = self.named(place.start, place.end, &name);
                let found = self.written(place.start, place.end).to_owned();
                Some(Rewriting::written(
                    (at + 4, at + 5),
                    vec![named],
                    place,
                    (&found, &name),
                    vec![(place, name.clone())],
                ))
            }
            "column" if value.kind.is_name() => {
                let instead = format!("\"{own}\"");
                let place = value.span();
                let found = own.to_owned();
                let text = self.put(Token::Text, place.start, place.end, &instead);
                Some(Rewriting::written(
                    (at + 4, at + 5),
                    vec![text],
                    place,
                    (&found, &instead),
                    vec![(place, instead.clone())],
                ))
            }
            _ => None,
        }
    }

    /// `replace x = …` without what `x` is.
    fn replaced_without_kind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, name, sign] = tokens.get(at..at + 3)? else {
            return None;
        };
        let own = self.slice(*name).to_owned();
        let fits = name.kind.is_name()
            && declaration_word(&own).is_none()
            && matches!(sign.kind, Token::Equals | Token::Text | Token::Colon)
            && tokens.iter().any(|t| t.kind == Token::Extends);
        if !fits {
            return None;
        }
        let end = self.line_end(tokens, at);
        let rest = tokens.get(at + 2..end)?;
        let asks = rest.iter().any(|t| {
            matches!(
                t.kind,
                Token::Less
                    | Token::LessOrEqual
                    | Token::Greater
                    | Token::GreaterOrEqual
                    | Token::And
                    | Token::Or
                    | Token::Not
            )
        }) && !rest.iter().any(|t| t.kind == Token::If);
        let told = span(word.start, name.end);
        let found = self.written(told.start, told.end).to_owned();
        if asks {
            let instead = format!("replace signal {own}");
            let signal = self.named(name.start, name.start, "signal");
            return Some(Rewriting::written(
                (at + 1, at + 1),
                vec![as_kind(signal, Token::DeclareSignal)],
                told,
                (&found, &instead),
                vec![(told, instead.clone())],
            ));
        }
        Some(Rewriting::said(
            (at, end),
            Vec::new(),
            told,
            &found,
            format!(
                "say what `{own}` is, as it is declared in what is extended: `replace score {own} …`, `replace signal \
                 {own} …` or `replace let {own} …`"
            ),
        ))
    }

    /// `drop notice blind (Our office calls them)`
    fn reason_of_change(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let words = tokens.get(at + 1)?.kind.is_name() && tokens.get(at + 2)?.kind.is_name();
        if !words {
            return None;
        }
        let mut line = (at.saturating_sub(LONGEST)..at).rev();
        let begins = line.find(|place| self.fresh(tokens, *place))?;
        let leads = matches!(
            self.slice(*tokens.get(begins)?),
            "drop" | "override" | "replace" | "add" | "declassify"
        );
        let end = self.closed(tokens, at)?;
        let last = self.fresh(tokens, end) || end == tokens.len();
        let said = tokens
            .get(begins..at)?
            .iter()
            .any(|t| t.kind == Token::Because);
        let plain = tokens
            .get(at + 1..end - 1)?
            .iter()
            .all(|t| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Comma);
        if !leads || !last || said || !plain || begins == at {
            return None;
        }
        let (open, close) = (*tokens.get(at)?, *tokens.get(end - 1)?);
        let text = self.written(open.end, close.start).trim().to_owned();
        let instead = format!("because \"{text}\"");
        let whole = span(open.start, close.end);
        let because = as_kind(
            Tok {
                end: open.start + 1,
                ..open
            },
            Token::Because,
        );
        let reason = self.put(
            Token::Text,
            open.start + 1,
            close.end,
            &format!("\"{text}\""),
        );
        Some(self.told_as((at, end), vec![because, reason], whole, &instead))
    }
}
