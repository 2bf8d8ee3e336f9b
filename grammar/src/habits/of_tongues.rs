//! Words and signs of other tongues and tools between values: `a et b`, `a und b`, `x.fillna(0)`, `$x`, `[x] > 3`,
//! `RANK() OVER (…)`, `a + b + c >= 2` of yes and no, `- member` of a list.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, empty, kind, span};
use crate::token::{Tok, Token};

/// Values that are added in one sum.
const ADDED: usize = 24;

impl Habits<'_> {
    pub(super) fn in_tongues(
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
            Token::Colon if kind(tokens, at.checked_sub(1)?)? == Token::Else => {
                Some(Rewriting::written(
                    (at, at + 1),
                    Vec::new(),
                    token.span(),
                    (":", ""),
                    vec![(token.span(), String::new())],
                ))
            }
            // Nothing stands between the lines of a factor or a source.
            Token::Semicolon
                if stand.within() == Some(Within::Factor)
                    || (stand.within() == Some(Within::Other)
                        && stand.declares(Token::DeclareSource)) =>
            {
                Some(Rewriting::written(
                    (at, at + 1),
                    Vec::new(),
                    token.span(),
                    (";", ""),
                    vec![(token.span(), String::new())],
                ))
            }
            Token::Minus if stand.within() == Some(Within::Members) => self.listed(tokens, at),
            Token::Text if stand.is_free() => self.opened_late(tokens, at, stand),
            Token::Currency => self.marked_name(tokens, at),
            Token::OpenBracket if stand.formula => self.bracketed_name(tokens, at),
            Token::Tilde if stand.formula => self.tilde_for_not(tokens, at),
            Token::Dot => self.full_stop(tokens, at),
            Token::Ident | Token::Or | Token::And => self
                .connective(tokens, at)
                .or_else(|| self.missing_left_out(tokens, at))
                .or_else(|| self.filled(tokens, at))
                .or_else(|| self.ranked_over(tokens, at))
                .or_else(|| self.added_answers(tokens, at)),
            _ => None,
        }
    }

    /// `indicator stock Stocks in stores" : …`: the first quote of a label is missing.
    fn opened_late(&mut self, tokens: &[Tok], at: usize, stand: &Stand) -> Option<Rewriting> {
        let quote = *tokens.get(at)?;
        if self.slice(quote).trim() != "\"" {
            return None;
        }
        let (_, begins) = stand.declares?;
        let from = begins + 2;
        let words = tokens.get(from..at).filter(|words| !words.is_empty())?;
        let in_line = (from..=at).all(|place| !self.fresh(tokens, place));
        let plain = words
            .iter()
            .all(|t| t.kind.is_name() || t.kind.is_reserved() || t.kind == Token::Number);
        if !in_line || !plain {
            return None;
        }
        let first = words.first()?.start;
        let whole = span(first, quote.start + 1);
        let found = self.written(whole.start, whole.end).to_owned();
        let instead = format!("\"{found}");
        let text = self.put(Token::Text, whole.start, whole.end, &instead);
        Some(Rewriting::written(
            (from, at + 1),
            vec![text],
            span(first, quote.end),
            (&found, &instead),
            vec![(span(first, first), "\"".to_owned())],
        ))
    }

    /// `a et b`, `a und b`, `a y b`, `a ou b`, `a oder b`
    fn connective(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        let found = self.slice(word).to_owned();
        let (read, own) = match found.to_lowercase().as_str() {
            "et" | "und" | "y" | "e" | "ed" | "og" | "en" | "dan" | "wa" | "sowie" | "och" => {
                (Token::And, "and")
            }
            "ou" | "oder" | "o" | "u" | "atau" | "oppure" | "aw" | "eller" => (Token::Or, "or"),
            "sauf" | "ohne" => return None,
            _ => return None,
        };
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let begins = next.kind.is_name()
            || matches!(next.kind, Token::Not | Token::Number | Token::OpenParen);
        let unknown =
            !self.declared.contains(found.as_str()) && !self.known.units.contains(found.as_str());
        let fits = before.ends_operand()
            && begins
            && unknown
            && !self.fresh(tokens, at)
            && !self.fresh(tokens, at + 1);
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, read)],
                word.span(),
                (&found, own),
                vec![(word.span(), own.to_owned())],
            )
        })
    }

    /// `killed.fillna(0)`
    fn filled(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        // The lexer may have taken the point for a part of the name.
        let (word, open) = match self.slice(name).rsplit_once('.') {
            Some((word, "fillna" | "fill_na" | "coalesce" | "fillna_" | "replace_na")) => {
                (word.to_owned(), at + 1)
            }
            _ => {
                let method = tokens.get(at + 2).map(|t| self.slice(*t))?;
                let calls = kind(tokens, at + 1)? == Token::Dot
                    && matches!(method, "fillna" | "fill_na" | "coalesce" | "replace_na");
                (calls.then(|| self.slice(name).to_owned())?, at + 3)
            }
        };
        kind(tokens, open).filter(|kind| *kind == Token::OpenParen)?;
        let end = self.closed(tokens, open)?;
        let inner = tokens.get(open + 1..end - 1)?;
        let mut value = self.words_of(inner);
        if let [only] = inner
            && only.kind == Token::Number
            && let Some(unit) = self.known.unit_of.get(word.as_str())
        {
            value = format!("{value} {unit}");
        }
        let calculates = |kind: Token| {
            matches!(
                kind,
                Token::Star | Token::Slash | Token::Plus | Token::Minus
            )
        };
        let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
        let loose = kind(tokens, end).is_some_and(calculates) || before.is_some_and(calculates);
        let instead = match loose {
            true => format!("({word} ?? {value})"),
            false => format!("{word} ?? {value}"),
        };
        self.anew(tokens, (at, end), &instead)
    }

    /// `RANK() OVER (PARTITION BY country ORDER BY killed DESC)`
    fn ranked_over(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
        let small = self.slice(word).to_ascii_lowercase();
        if !matches!(
            small.as_str(),
            "rank" | "dense_rank" | "row_number" | "ntile"
        ) || kind(tokens, at + 1)? != Token::OpenParen
            || kind(tokens, at + 2)? != Token::CloseParen
            || !self
                .slice(*tokens.get(at + 3)?)
                .eq_ignore_ascii_case("over")
            || kind(tokens, at + 4)? != Token::OpenParen
        {
            return None;
        }
        let end = self.closed(tokens, at + 4)?;
        let inner: Vec<String> = tokens
            .get(at + 5..end - 1)?
            .iter()
            .map(|t| self.slice(*t).to_owned())
            .collect();
        let behind = |first: &str| {
            inner.windows(3).find_map(|three| match three {
                [one, by, name]
                    if one.eq_ignore_ascii_case(first) && by.eq_ignore_ascii_case("by") =>
                {
                    Some(name.clone())
                }
                _ => None,
            })
        };
        let of = behind("order")?;
        let mut instead = format!("rank({of}");
        if !inner.iter().any(|one| one.eq_ignore_ascii_case("desc")) {
            instead.push_str(", first: lowest");
        }
        if small == "dense_rank" {
            instead.push_str(", ties: dense");
        }
        if let Some(group) = behind("partition") {
            instead.push_str(&format!(", among: {group}"));
        }
        instead.push(')');
        self.anew(tokens, (at, end), &instead)
    }

    /// `shock + drought + wasting >= 2`: answers are counted.
    fn added_answers(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let answer = |place: usize| {
            tokens
                .get(place)
                .filter(|t| t.kind.is_name() && self.known.yes.contains(self.slice(**t)))
                .map(|t| self.slice(*t).to_owned())
        };
        if kind(tokens, at + 1)? != Token::Plus
            || matches!(
                kind(tokens, at.checked_sub(1)?)?,
                Token::Plus | Token::Minus | Token::Star | Token::Slash | Token::Dot
            )
        {
            return None;
        }
        let mut names = vec![answer(at)?];
        let mut end = at + 1;
        while kind(tokens, end) == Some(Token::Plus) && names.len() < ADDED {
            names.push(answer(end + 1)?);
            end += 2;
        }
        let compared = matches!(
            kind(tokens, end)?,
            Token::GreaterOrEqual | Token::Greater | Token::Less | Token::LessOrEqual | Token::Is
        );
        (compared && names.len() > 1)
            .then(|| {
                let instead = format!("count({})", names.join(", "));
                self.anew(tokens, (at, end), &instead)
            })
            .flatten()
    }

    /// `- crowded weight 1`: a dash before each member, as lists have it elsewhere, and no comma behind it.
    fn listed(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let dash = *tokens.get(at)?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let end = self.line_end(tokens, at);
        let last = *tokens.get(end.checked_sub(1)?)?;
        // The next line has no dash that would bring the comma.
        let lacks = last.kind != Token::Comma
            && kind(tokens, end).is_some_and(Token::is_name)
            && last.kind.ends_operand();
        let begins = matches!(before.kind, Token::OpenBrace | Token::Comma);
        let is_item =
            (begins && lacks && dash.end < name.start) || self.is_list_with_dashes(tokens, at);
        if !self.fresh(tokens, at) || !is_item {
            return None;
        }
        let mut out = Vec::new();
        let mut edits = Vec::new();
        if !begins {
            out.push(empty(Token::Comma, before.end));
            edits.push((span(before.end, before.end), ",".to_owned()));
        }
        edits.push((span(dash.start, name.start), String::new()));
        let mut to = at + 1;
        if lacks {
            out.extend_from_slice(tokens.get(at + 1..end)?);
            out.push(empty(Token::Comma, last.end));
            edits.push((span(last.end, last.end), ",".to_owned()));
            to = end;
        }
        Some(Rewriting::written(
            (at, to),
            out,
            dash.span(),
            ("-", ""),
            edits,
        ))
    }

    /// Does every line between the braces around a place begin with a dash and a blank? Otherwise a dash is a sign.
    fn is_list_with_dashes(&self, tokens: &[Tok], at: usize) -> bool {
        let before = tokens.get(..at).unwrap_or_default();
        let Some(open) = before.iter().rposition(|t| t.kind == Token::OpenBrace) else {
            return false;
        };
        let end = self.closed(tokens, open).unwrap_or(tokens.len());
        let mut begins =
            (open + 1..end.saturating_sub(1)).filter(|place| self.fresh(tokens, *place));
        let is_dash = |place: usize| {
            let pair = (tokens.get(place), tokens.get(place + 1));
            matches!(pair, (Some(dash), Some(name)) if dash.kind == Token::Minus
                && name.kind.is_name() && dash.end < name.start)
        };
        let first = begins.next().is_some_and(is_dash);
        let mut others = 0;
        let all = begins.inspect(|_| others += 1).all(is_dash);
        first && all && others > 0
    }

    /// `$distance`
    fn marked_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let name = *tokens
            .get(at + 1)
            .filter(|t| t.kind == Token::Ident && t.start == sign.end)?;
        let known = self.declared.contains(self.slice(name));
        let found = self.slice(sign).to_owned();
        known.then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                sign.span(),
                (&found, ""),
                vec![(sign.span(), String::new())],
            )
        })
    }

    /// `~closed`: a sign in front of what it denies.
    fn tilde_for_not(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let before = kind(tokens, at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let denies = !before.ends_operand()
            && (next.kind.is_name() || next.kind == Token::OpenParen)
            && !self.fresh(tokens, at + 1);
        let instead = if sign.end == next.start {
            "not "
        } else {
            "not"
        };
        denies.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::Not)],
                sign.span(),
                ("~", "not"),
                vec![(sign.span(), instead.to_owned())],
            )
        })
    }

    /// `score rate = struck / rolls.`: no sign ends a line.
    fn full_stop(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let dot = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let ends = tokens.get(at + 1).is_none() || self.fresh(tokens, at + 1);
        (ends && before.kind.ends_operand() && before.end == dot.start).then(|| {
            Rewriting::written(
                (at, at + 1),
                Vec::new(),
                dot.span(),
                (".", ""),
                vec![(dot.span(), String::new())],
            )
        })
    }

    /// `[distance] > far`, `[@distance]`: names stand without brackets.
    fn bracketed_name(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (open, name, close) = (
            *tokens.get(at)?,
            *tokens.get(at + 1)?,
            *tokens
                .get(at + 2)
                .filter(|t| t.kind == Token::CloseBracket)?,
        );
        let before = kind(tokens, at.checked_sub(1)?)?;
        let word = self.slice(name);
        let known = self.known.values.contains(word) || self.known.yes.contains(word);
        // `[@distance]`, of the same row of a spreadsheet's table
        let of_row = self.written(open.end, name.start).trim() == "@";
        if of_row && known && !before.is_name() {
            let whole = span(open.start, close.end);
            let found = self.written(whole.start, whole.end).to_owned();
            let instead = word.to_owned();
            return Some(Rewriting::written(
                (at, at + 3),
                vec![name],
                whole,
                (&found, &instead),
                vec![(whole, instead.clone())],
            ));
        }
        let operates = |kind: Option<Token>| {
            matches!(
                kind,
                Some(
                    Token::Less
                        | Token::LessOrEqual
                        | Token::Greater
                        | Token::GreaterOrEqual
                        | Token::Plus
                        | Token::Minus
                        | Token::Star
                        | Token::Slash
                        | Token::And
                        | Token::Or
                )
            )
        };
        let beside = operates(kind(tokens, at + 3)) || operates(Some(before));
        (known && beside && !before.is_name()).then(|| {
            Rewriting::written(
                (at, at + 3),
                vec![name],
                span(open.start, close.end),
                ("[…]", ""),
                vec![(open.span(), String::new()), (close.span(), String::new())],
            )
        })
    }
}
