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
                .weight_apart(tokens, at)
                .or_else(|| self.weight_in_brackets(tokens, at))
                .or_else(|| self.weight_in_speech(tokens, at))
                .or_else(|| self.twice_separated(tokens, at))
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

    /// `bloody, weight 4`: the comma parts the member from its weight.
    fn weight_apart(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let comma = *tokens.get(at).filter(|t| t.kind == Token::Comma)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let word = *tokens
            .get(at + 1)
            .filter(|t| matches!(t.kind, Token::Weight | Token::Decisive))?;
        let fits = before.ends_operand()
            && matches!(kind(tokens, at + 2)?, Token::Number | Token::OpenParen)
            && !self.declared.contains(self.slice(word));
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                span(comma.start, word.end),
                (",", ""),
                vec![(comma.span(), String::new())],
            )
        })
    }

    /// `bloody [4]`, `bloody (4)`, `bloody <4>`: a weight behind its member.
    fn weight_in_brackets(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let open = *tokens.get(at)?;
        let close = match open.kind {
            Token::OpenBracket => Token::CloseBracket,
            Token::OpenParen => Token::CloseParen,
            Token::OpenBrace => Token::CloseBrace,
            _ => return None,
        };
        let member = *tokens.get(at.checked_sub(1)?)?;
        let number = *tokens.get(at + 1).filter(|t| t.kind == Token::Number)?;
        let fits = kind(tokens, at + 2)? == close
            && (member.kind == Token::Text
                || self.known.values.contains(self.slice(member))
                || self.known.yes.contains(self.slice(member)))
            && matches!(
                kind(tokens, at.checked_sub(2)?)?,
                Token::OpenBrace | Token::Comma | Token::Ident
            )
            && matches!(kind(tokens, at + 3)?, Token::Comma | Token::CloseBrace);
        if !fits {
            return None;
        }
        let blank = if member.end == open.start { " " } else { "" };
        let number = self.words_of(&[number]);
        let rewriting = self.anew(tokens, (at, at + 3), &format!("weight {number}"))?;
        let whole = rewriting.span;
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 3),
            rewriting.tokens,
            whole,
            (&found, &format!("weight {number}")),
            vec![(whole, format!("{blank}weight {number}"))],
        ))
    }

    /// `weight the rest`, `weight same as wave`: a weight is a number, or a param.
    fn weight_in_speech(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let weight = *tokens.get(at).filter(|t| t.kind == Token::Weight)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let mut end = at + 1;
        while let Some(token) = tokens.get(end)
            && !self.fresh(tokens, end)
            && (token.kind.is_name()
                || matches!(token.kind, Token::Number | Token::Of | Token::Else))
            && token.kind != Token::Decisive
        {
            end += 1;
        }
        let first = *tokens.get(at + 1)?;
        let spoken = first.kind == Token::Ident && !self.declared.contains(self.slice(first));
        let shared = first.kind == Token::Number
            && kind(tokens, at + 2)? == Token::Of
            && kind(tokens, at + 3)? == Token::Number;
        let closes = matches!(kind(tokens, end)?, Token::Comma | Token::CloseBrace);
        if !before.ends_operand() || end < at + 3 || !closes || !(spoken || shared) {
            return None;
        }
        let words = tokens.get(at + 1..end)?;
        let whole = span(words.first()?.start, words.last()?.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let one = self.put(Token::Number, whole.start, whole.end, "1");
        Some(Rewriting::said(
            (at, end),
            vec![weight, one],
            whole,
            &found,
            "a weight is a number or a param: write the number that is meant".to_owned(),
        ))
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
        let plain = rest
            .iter()
            .all(|t| t.kind.is_name() && !self.declared.contains(self.slice(*t)));
        let vague = plain
            && rest.iter().any(|t| {
                matches!(
                    self.slice(*t).to_ascii_lowercase().as_str(),
                    "most"
                        | "majority"
                        | "many"
                        | "enough"
                        | "some"
                        | "several"
                        | "third"
                        | "thirds"
                        | "few"
                )
            });
        if vague {
            let require = *tokens.get(at)?;
            let whole = span(rest.first()?.start, rest.last()?.end);
            let found = self.written(whole.start, whole.end).to_owned();
            let half = self.put(Token::Number, whole.start, whole.end, "50%");
            return Some(Rewriting::said(
                (at, stop),
                vec![require, half, empty(Token::Coverage, whole.end)],
                whole,
                &found,
                "say which share of the members, such as `require 60% coverage`, or how many, such as `require 3 known`"
                    .to_owned(),
            ));
        }
        if let Some(words) = self.required_share(rest) {
            return self.anew(tokens, (at, stop), &words);
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

    /// `require at least half the members`, `require three quarters of the values`
    fn required_share(&self, rest: &[Tok]) -> Option<String> {
        let mut share = None;
        for token in rest {
            let word = self.slice(*token).to_ascii_lowercase();
            let known = match word.as_str() {
                "half" => Some("50%"),
                "quarter" => Some("25%"),
                "quarters" => Some("75%"),
                "all" | "every" | "each" => Some("100%"),
                "fifth" => Some("20%"),
                "a" | "one" | "three" | "at" | "least" | "of" | "the" | "its" | "minimum"
                | "members" | "member" | "values" | "indicators" | "signals" | "inputs"
                | "known" | "available" | "present" | "coverage" | "or" | "more" | "are" | "be"
                | "to" | "must" => None,
                _ => return None,
            };
            if known.is_some() && share.is_some() {
                return None;
            }
            share = share.or(known);
        }
        let three = rest.iter().any(|t| self.slice(*t) == "three");
        let share = share.filter(|share| (*share == "75%") == three)?;
        Some(format!("require {share} coverage"))
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
        // `combine mean weighted by x`: the same weights hold for all.
        let by = at + 2 + usize::from(second == "mean" || second == "weighted");
        if matches!(self.slice(next), "mean" | "weighted" | "average")
            && matches!(second, "weighted" | "mean" | "by")
            && kind(tokens, by)? == Token::By
            && !self.fresh(tokens, by)
        {
            let end = self.line_end(tokens, at);
            let whole = span(next.start, tokens.get(end.checked_sub(1)?)?.end);
            let found = self.written(whole.start, whole.end).to_owned();
            let out = self.tokens_of("weighted mean", whole.start, whole.end)?;
            return Some(Rewriting::said(
                (at + 1, end),
                out,
                whole,
                &found,
                "write `combine weighted mean`, and the weight of each member behind it, as in `at_war weight 3`; no \
                 value weighs members"
                    .to_owned(),
            ));
        }
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
