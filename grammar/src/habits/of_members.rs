//! Members and clauses of factors as other methods write them: `wet decisive 0.8 weight 2`, `wet wt 2`,
//! `"wet" weight 2`, `one of { … }`, `require coverage of 60%`, `combine "weighted mean"`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::problem::{Hint, ProblemKind};
use crate::token::{Tok, Token};

impl Habits<'_> {
    pub(super) fn in_members(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        if self.is_put(*tokens.get(at)?) {
            return None;
        }
        match stand.within()? {
            Within::Members => self
                .twice_separated(tokens, at)
                .or_else(|| self.swapped(tokens, at))
                .or_else(|| self.other_weight(tokens, at))
                .or_else(|| self.member_behind_number(tokens, at))
                .or_else(|| self.quoted_member(tokens, at))
                .or_else(|| self.one_of(tokens, at))
                .or_else(|| self.any_of_bare(tokens, at)),
            Within::Factor => self
                .members_unnamed(tokens, at)
                .or_else(|| self.filled_out(tokens, at))
                .or_else(|| self.odd_requirement(tokens, at))
                .or_else(|| self.odd_combination(tokens, at)),
            Within::Scale | Within::Level | Within::Table | Within::Test | Within::Other => None,
        }
    }

    /// `a, and b`, `a,, b`
    fn twice_separated(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens
            .get(at)
            .filter(|t| matches!(t.kind, Token::And | Token::Comma))?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        (before == Token::Comma && next.kind.is_name()).then(|| {
            let found = self.slice(word).to_owned();
            let end = if self.fresh(tokens, at + 1) {
                word.end
            } else {
                next.start
            };
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                (&found, ""),
                vec![(span(word.start, end), String::new())],
            )
        })
    }

    /// `decisive 0.8 weight 2`: the weight stands first.
    fn swapped(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let kinds: Vec<Token> = tokens.get(at..at + 4)?.iter().map(|t| t.kind).collect();
        if kinds != [Token::Decisive, Token::Number, Token::Weight, Token::Number] {
            return None;
        }
        let instead = format!(
            "weight {} decisive {}",
            self.slice(*tokens.get(at + 3)?),
            self.slice(*tokens.get(at + 1)?)
        );
        self.anew(tokens, (at, at + 4), &instead)
    }

    /// `wet wt 2`, `wet with weight 2`, `frost veto 0.8`
    fn other_weight(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind.is_name())?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let found = self.slice(word).to_owned();
        if !before.ends_operand() || self.declared.contains(found.as_str()) {
            return None;
        }
        if matches!(
            found.as_str(),
            "with" | "has" | "a" | "of" | "and" | "its" | "having"
        ) && matches!(next.kind, Token::Weight | Token::Decisive)
        {
            return Some(Rewriting::written(
                (at, at + 1),
                Vec::new(),
                word.span(),
                (&found, ""),
                vec![(span(word.start, next.start), String::new())],
            ));
        }
        let (read, own) = match found.to_ascii_lowercase().as_str() {
            "wt" | "w" | "wgt" | "importance" | "weighting" | "weights" | "weighted" | "x"
            | "times" | "share" => (Token::Weight, "weight"),
            "veto" | "knockout" | "critical" | "overriding" | "override" | "deciding"
            | "dominant" => (Token::Decisive, "decisive"),
            _ => return None,
        };
        (next.kind == Token::Number && word.kind != read).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, read)],
                word.span(),
                (&found, own),
                vec![(word.span(), own.to_owned())],
            )
        })
    }

    /// `wet weight 2 dryness weight 1`: the next member was taken for the unit of the weight.
    fn member_behind_number(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        let number = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::Number)?;
        let weighs = matches!(
            kind(tokens, at.checked_sub(2)?)?,
            Token::Weight | Token::Decisive
        );
        let word = self.slice(name);
        let member = (self.known.values.contains(word) || self.known.yes.contains(word))
            && !self.known.units.contains(word);
        if !weighs || !member {
            return None;
        }
        let told = ProblemKind::Unexpected {
            found: format!("`{}`", crate::literal::quoted(word)),
            expected: vec!["a comma between the members".to_owned()],
            missing_separator: Some((",".to_owned(), vec![number.end])),
            hint: Hint::None,
        };
        Some(Rewriting {
            from: at,
            to: at,
            tokens: vec![empty(Token::Comma, number.end)],
            span: name.span(),
            told: Some(told),
        })
    }

    /// `"wet" weight 2`: members are named without quotes.
    fn quoted_member(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let text = *tokens.get(at).filter(|t| t.kind == Token::Text)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = kind(tokens, at + 1)?;
        let inner = super::known::bare(self.slice(text)).to_owned();
        let fits = matches!(before, Token::OpenBrace | Token::Comma)
            && matches!(
                next,
                Token::Weight | Token::Decisive | Token::Comma | Token::CloseBrace
            );
        let name = if self.declared.contains(inner.as_str()) {
            inner
        } else {
            self.known.labelled(&inner)?.to_owned()
        };
        fits.then(|| {
            let found = self.slice(text).to_owned();
            let named = self.named(text.start, text.end, &name);
            Rewriting::written(
                (at, at + 1),
                vec![named],
                text.span(),
                (&found, &name),
                vec![(text.span(), name.clone())],
            )
        })
    }

    /// `one of { a, b }`, `at least 1 of { a, b }`: members of which any one counts.
    fn one_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let end = match self.slice(word) {
            "one" | "some" | "either" if kind(tokens, at + 1)? == Token::Of => at + 2,
            "at" if kind(tokens, at + 1)? == Token::Least
                && self.slice(*tokens.get(at + 2)?) == "1"
                && kind(tokens, at + 3)? == Token::Of =>
            {
                at + 4
            }
            _ => return None,
        };
        let opens = kind(tokens, end)? == Token::OpenBrace;
        (opens && matches!(before, Token::OpenBrace | Token::Comma))
            .then(|| self.anew(tokens, (at, end), "any of"))
            .flatten()
    }

    /// `any of surge, stormy "Surge or storm"`: the braces are missing.
    fn any_of_bare(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at).filter(|kind| *kind == Token::Any)?;
        kind(tokens, at + 1).filter(|kind| *kind == Token::Of)?;
        let mut end = at + 2;
        let mut names = Vec::new();
        loop {
            let name = *tokens.get(end).filter(|t| t.kind.is_name())?;
            names.push(self.slice(name).to_owned());
            end += 1;
            if !matches!(kind(tokens, end)?, Token::Comma | Token::Or) || names.len() > 20 {
                break;
            }
            end += 1;
        }
        let said = matches!(
            kind(tokens, end)?,
            Token::Text | Token::Weight | Token::Decisive
        );
        (said && names.len() > 1)
            .then(|| {
                let instead = format!("any of {{ {} }}", names.join(", "));
                self.anew(tokens, (at, end), &instead)
            })
            .flatten()
    }

    /// `members of {`, `combined by …`
    fn filled_out(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, next) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        if word.kind == Token::Members
            && matches!(self.slice(next), "of" | "are" | "include" | "list")
            && kind(tokens, at + 2)? == Token::OpenBrace
        {
            let open = *tokens.get(at + 2)?;
            let found = self.slice(next).to_owned();
            return Some(Rewriting::written(
                (at + 1, at + 2),
                Vec::new(),
                next.span(),
                (&found, ""),
                vec![(span(next.start, open.start), String::new())],
            ));
        }
        let says = matches!(
            self.slice(word),
            "combined" | "aggregated" | "aggregate" | "combining"
        ) && matches!(self.slice(next), "by" | "using" | "with" | "as");
        (says && self.fresh(tokens, at))
            .then(|| self.anew(tokens, (at, at + 2), "combine"))
            .flatten()
    }

    /// `{ a weight 2, b }` in a factor: its members without their word.
    fn members_unnamed(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at).filter(|t| t.kind == Token::OpenBrace)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        if before == Token::Members || !self.fresh(tokens, at) {
            return None;
        }
        Some(Rewriting::written(
            (at, at),
            vec![empty(Token::Members, open.start)],
            open.span(),
            ("{", "members {"),
            vec![(open.span(), "members {".to_owned())],
        ))
    }

    /// `require coverage of 60%`, `require > 60% coverage`, `require (60% coverage)`, `require 60% covered`
    fn odd_requirement(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        tokens.get(at).filter(|t| t.kind == Token::Require)?;
        let end = self.line_end(tokens, at);
        let mut stop = end;
        while stop > at + 1 && matches!(kind(tokens, stop - 1)?, Token::CloseBrace | Token::Comma) {
            stop -= 1;
        }
        let rest = tokens.get(at + 1..stop)?;
        if rest.is_empty() || rest.len() > 8 {
            return None;
        }
        let mut numbers = rest.iter().filter(|t| t.kind == Token::Number);
        let number = self.slice(*numbers.next()?).to_owned();
        if numbers.next().is_some() {
            return None;
        }
        let mut odd = false;
        let mut counts = false;
        let mut share = number.ends_with('%');
        for token in rest.iter().filter(|t| t.kind != Token::Number) {
            match self.slice(*token).to_ascii_lowercase().as_str() {
                "coverage" => share = true,
                "known" => counts = true,
                "percent" | "pct" => {
                    share = true;
                    odd = true;
                }
                ">" | ">=" | "(" | ")" | "=" | ":" => odd = true,
                "covered" | "data" | "available" | "complete" | "completeness" | "filled"
                | "present" => odd = true,
                "members" | "values" | "indicators" | "signals" => {
                    counts = true;
                    odd = true;
                }
                "of" | "at" | "least" | "minimum" | "the" | "or" | "more" | "than" | "over"
                | "be" | "must" | "are" | "is" | "weight" | "weights" | "share" => {}
                _ => return None,
            }
        }
        let of_behind = rest.first().is_some_and(|t| t.kind == Token::Coverage)
            && rest.get(1).is_some_and(|t| t.kind == Token::Of);
        let fits = (odd || of_behind) && !(share && counts && !number.ends_with('%'));
        let words = match (number.ends_with('%'), share) {
            (true, _) => format!("require {number} coverage"),
            (false, true) => format!("require {number}% coverage"),
            (false, false) if counts => format!("require {number} known"),
            (false, false) => return None,
        };
        fits.then(|| self.anew(tokens, (at, stop), &words))
            .flatten()
    }

    /// `combine "weighted mean"`, `combine mean weighted`, `combine quadratic mean`
    fn odd_combination(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        kind(tokens, at).filter(|kind| *kind == Token::Combine)?;
        let next = *tokens.get(at + 1)?;
        if next.kind == Token::Text {
            let inner = super::known::bare(self.slice(next)).to_owned();
            let plain = inner
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign == ' ')
                && !inner.is_empty();
            return plain
                .then(|| self.anew(tokens, (at + 1, at + 2), &inner))
                .flatten();
        }
        let second = tokens
            .get(at + 2)
            .map(|t| self.slice(*t))
            .unwrap_or_default();
        let instead = match (self.slice(next), second) {
            ("weight" | "weights", "mean" | "average") | ("mean" | "average", "weighted") => {
                "weighted mean"
            }
            ("quadratic", "mean") => "power mean 2",
            _ => return None,
        };
        self.anew(tokens, (at + 1, at + 3), instead)
    }
}
