//! Formulas: `c ? a : b`, `a if c else b`, `x[-3]`, `COUNTIF(list; ">=1")`, `at least two of`, `$5`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::of_declarations::period_word;
use super::phrases::{Rewriting, Stand, as_kind, empty, kind, span};
use crate::declarations::on_new_line;
use crate::token::{Tok, Token, declaration_word};

impl Habits<'_> {
    pub(super) fn in_formula(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        match token.kind {
            Token::Question => self.question(tokens, at),
            Token::Currency => self.currency(tokens, at),
            Token::If if stand.formula => self
                .condition_behind(tokens, at)
                .or_else(|| self.colons_of_if(tokens, at)),
            Token::OpenBracket => self
                .earlier(tokens, at)
                .or_else(|| self.slice_of_past(tokens, at)),
            Token::At if matches!(kind(tokens, at + 1), Some(Token::Least | Token::Most)) => {
                self.number_in_words(tokens, at + 2)
            }
            Token::Ident if self.slice(token) == "exactly" => self.number_in_words(tokens, at + 1),
            Token::Ident if kind(tokens, at.checked_sub(1)?) == Some(Token::Number) => {
                self.adjective(tokens, at)
            }
            Token::Ident if super::table::counts_if(self.slice(token)) => self
                .count_if(tokens, at)
                .or_else(|| self.asked_in_quotes(tokens, at)),
            Token::Ident
                if kind(tokens, at + 1) == Some(Token::OpenParen)
                    && matches!(
                        super::function(self.slice(token)),
                        Some(super::Meaning::Words(_))
                    ) =>
            {
                self.asked_in_quotes(tokens, at)
            }
            Token::Colon if stand.formula => self.divided(tokens, at),
            _ => None,
        }
    }

    /// Where the operand begins that stands before a place: behind what it cannot go beyond.
    fn operand_begins(&self, tokens: &[Tok], at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut from = at;
        while let Some(before) = from.checked_sub(1) {
            let token = tokens.get(before)?;
            match token.kind {
                kind if kind.closes() => depth += 1,
                kind if kind.opens() => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return Some(from),
                },
                Token::Equals
                | Token::Comma
                | Token::Semicolon
                | Token::Then
                | Token::Else
                | Token::When
                | Token::Colon
                    if depth == 0 =>
                {
                    return Some(from);
                }
                _ => {}
            }
            if declaration_word(self.slice(*token)).is_some() && self.fresh(tokens, before) {
                return None;
            }
            from = before;
        }
        None
    }

    /// Where the operand ends that begins at a place: one past it.
    fn operand_stops(&self, tokens: &[Tok], from: usize) -> usize {
        let mut depth = 0_usize;
        for at in from..tokens.len() {
            let Some(token) = tokens.get(at) else { break };
            match token.kind {
                kind if kind.opens() => depth += 1,
                kind if kind.closes() => match depth.checked_sub(1) {
                    Some(less) => depth = less,
                    None => return at,
                },
                Token::Comma | Token::Semicolon | Token::Colon | Token::Else | Token::Then
                    if depth == 0 =>
                {
                    return at;
                }
                _ => {}
            }
            let fresh = depth == 0 && at > from && self.fresh(tokens, at);
            let goes_on = at
                .checked_sub(1)
                .and_then(|before| kind(tokens, before))
                .is_some_and(|before| !before.ends_operand())
                || super::pieces::is_operator(token.kind);
            if fresh && !goes_on {
                return at;
            }
        }
        tokens.len()
    }

    /// `c ? a : b`
    fn question(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let from = self.operand_begins(tokens, at).filter(|from| *from < at)?;
        let colon = self.operand_stops(tokens, at + 1);
        let other = *tokens
            .get(colon)
            .filter(|t| t.kind == Token::Colon && colon > at + 1)?;
        let end = self.operand_stops(tokens, colon + 1);
        let first = *tokens.get(from)?;
        let last = tokens.get(end.checked_sub(1).filter(|last| *last > colon)?)?;
        let mut out = vec![empty(Token::If, first.start)];
        out.extend_from_slice(tokens.get(from..at)?);
        out.push(as_kind(sign, Token::Then));
        out.extend_from_slice(tokens.get(at + 1..colon)?);
        out.push(as_kind(other, Token::Else));
        out.extend_from_slice(tokens.get(colon + 1..end)?);
        let whole = span(first.start, last.end);
        let part = |from: u32, to: u32| self.written(from, to).trim().to_owned();
        let instead = format!(
            "if {} then {} else {}",
            part(first.start, sign.start),
            part(sign.end, other.start),
            part(other.end, last.end)
        );
        Some(Rewriting::written(
            (from, end),
            out,
            whole,
            ("… ? … : …", "if … then … else …"),
            vec![(whole, instead)],
        ))
    }

    /// `a if c else b`, as Python has it.
    fn condition_behind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        kind(tokens, at.checked_sub(1)?).filter(|kind| kind.ends_operand())?;
        let from = self.operand_begins(tokens, at).filter(|from| *from < at)?;
        let turn = self.operand_stops(tokens, at + 1);
        let other = *tokens
            .get(turn)
            .filter(|t| t.kind == Token::Else && turn > at + 1)?;
        let end = self.operand_stops(tokens, turn + 1);
        let first = *tokens.get(from)?;
        let last = *tokens.get(end.checked_sub(1).filter(|last| *last > turn)?)?;
        let mut out = vec![empty(Token::If, first.start)];
        out.extend_from_slice(tokens.get(at + 1..turn)?);
        out.push(as_kind(word, Token::Then));
        out.extend_from_slice(tokens.get(from..at)?);
        out.push(other);
        let part = |from: u32, to: u32| self.written(from, to).trim().to_owned();
        let mut instead = format!(
            "if {} then {} else ",
            part(word.end, other.start),
            part(first.start, word.start),
        );
        // `a if c else b if d else e`
        let (mut begin, mut end, mut last) = (turn + 1, end, last);
        let next_if =
            |from: usize, to: usize| (from..to).find(|at| kind(tokens, *at) == Some(Token::If));
        while let Some(again) = next_if(begin, end).filter(|again| *again > begin) {
            let Some(otherwise) = tokens.get(end).copied().filter(|t| t.kind == Token::Else) else {
                break;
            };
            let stop = self.operand_stops(tokens, end + 1);
            let (value, sign) = (*tokens.get(begin)?, *tokens.get(again)?);
            out.push(empty(Token::If, value.start));
            out.extend_from_slice(tokens.get(again + 1..end)?);
            out.push(as_kind(sign, Token::Then));
            out.extend_from_slice(tokens.get(begin..again)?);
            out.push(otherwise);
            instead.push_str(&format!(
                "if {} then {} else ",
                part(sign.end, otherwise.start),
                part(value.start, sign.start)
            ));
            begin = end + 1;
            end = stop;
            last = *tokens.get(end.checked_sub(1).filter(|last| *last >= begin)?)?;
        }
        out.extend_from_slice(tokens.get(begin..end)?);
        instead.push_str(&part(tokens.get(begin)?.start, last.end));
        let whole = span(first.start, last.end);
        Some(Rewriting::written(
            (from, end),
            out,
            whole,
            ("… if … else …", "if … then … else …"),
            vec![(whole, instead)],
        ))
    }

    /// `if c: a else: b`
    fn colons_of_if(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let then = self.operand_stops(tokens, at + 1);
        let first = *tokens.get(then).filter(|t| t.kind == Token::Colon)?;
        let turn = self.operand_stops(tokens, then + 1);
        let other = *tokens.get(turn).filter(|t| t.kind == Token::Else)?;
        let mut out = tokens.get(at..then)?.to_vec();
        out.push(as_kind(first, Token::Then));
        out.extend_from_slice(tokens.get(then + 1..=turn)?);
        let mut edits = vec![(first.span(), " then".to_owned())];
        let mut end = turn + 1;
        if let Some(second) = tokens.get(turn + 1).filter(|t| t.kind == Token::Colon) {
            edits.push((second.span(), String::new()));
            end += 1;
        }
        Some(Rewriting::written(
            (at, end),
            out,
            first.span(),
            (self.slice(first), "then"),
            edits,
        ))
        .filter(|_| other.end > first.start)
    }

    /// `x[-3]`, `x[t-1]`: an earlier period.
    fn earlier(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let open = *tokens.get(at).filter(|open| open.start == name.end)?;
        let minus = at + 1 + usize::from(kind(tokens, at + 1)?.is_name());
        let back = *tokens.get(minus + 1).filter(|t| t.kind == Token::Number)?;
        let close = *tokens
            .get(minus + 2)
            .filter(|t| t.kind == Token::CloseBracket)?;
        if kind(tokens, minus)? != Token::Minus || open.end > close.start {
            return None;
        }
        let period = self.period(tokens)?;
        let count = self.slice(back).to_owned();
        let unit = if count == "1" {
            period.to_owned()
        } else {
            format!("{period}s")
        };
        let instead = format!("lag({}, {count} {unit})", self.slice(name));
        let whole = span(name.start, close.end);
        let function = self.named(name.start, name.start, "lag");
        let of = self.named(close.start, close.end, &unit);
        Some(Rewriting::written(
            (at - 1, minus + 3),
            vec![
                function,
                empty(Token::OpenParen, name.start),
                name,
                as_kind(open, Token::Comma),
                back,
                of,
                empty(Token::CloseParen, close.end),
            ],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `mean(x[-2:0])`, `sum(x[t-5:t])`: a window.
    fn slice_of_past(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind.is_name())?;
        let open = *tokens
            .get(at)
            .filter(|open| open.kind == Token::OpenBracket && open.start == name.end)?;
        let end = self.closed(tokens, at)?;
        let close = *tokens.get(end - 1)?;
        let inner = tokens
            .get(at + 1..end - 1)
            .filter(|inner| inner.len() <= 8)?;
        let colon = inner
            .iter()
            .position(|t| matches!(t.kind, Token::Colon | Token::DotDot | Token::Comma))?;
        let back = |part: &[Tok]| {
            let number = part.iter().find(|t| t.kind == Token::Number);
            number.map_or(Some(0), |t| self.slice(*t).parse::<u32>().ok())
        };
        let (from, until) = (back(inner.get(..colon)?)?, back(inner.get(colon + 1..)?)?);
        let count = from.max(until) - from.min(until) + 1;
        let period = self.period(tokens)?;
        let plural = if count == 1 { "" } else { "s" };
        let window = format!("over: {count} {period}{plural}");
        let whole = span(open.start, close.end);
        let found = self.written(name.start, whole.end).to_owned();
        let alone = kind(tokens, at.checked_sub(2)?)? == Token::OpenParen
            && kind(tokens, end)? == Token::CloseParen
            && from.min(until) == 0;
        if !alone {
            let own = self.slice(name).to_owned();
            return Some(Rewriting::said(
                (at, end),
                Vec::new(),
                whole,
                &found,
                format!("say what is made of these periods, such as `mean({own}, {window})`"),
            ));
        }
        let instead = format!("{}, {window}", self.slice(name));
        let out = self.tokens_of(&format!(", {window}"), whole.start, whole.end)?;
        Some(Rewriting::written(
            (at, end),
            out,
            span(name.start, close.end),
            (&found, &instead),
            vec![(whole, format!(", {window}"))],
        ))
    }

    /// The period of the panel that this file declares.
    pub(super) fn period(&self, tokens: &[Tok]) -> Option<&'static str> {
        if let Some(known) = self.period.get() {
            return known;
        }
        let found = self.declared_period(tokens);
        self.period.set(Some(found));
        found
    }

    fn declared_period(&self, tokens: &[Tok]) -> Option<&'static str> {
        let panel = (0..tokens.len()).find(|at| {
            tokens.get(*at).is_some_and(|t| self.slice(*t) == "panel") && self.fresh(tokens, *at)
        })?;
        let end = self.line_end(tokens, panel);
        let by = (panel..end).find(|at| kind(tokens, *at) == Some(Token::By))?;
        period_word(self.slice(*tokens.get(by + 1)?))
    }

    /// `at least two of (…)`, `at least 2 out of (…)`
    fn number_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let out = tokens
            .get(at + 1)
            .is_some_and(|t| self.slice(*t) == "out" && !self.declared.contains("out"));
        let of = at + 1 + usize::from(out);
        if kind(tokens, of)? != Token::Of {
            return None;
        }
        let word = *tokens.get(at)?;
        if out && word.kind == Token::Number {
            let (out, of) = (*tokens.get(at + 1)?, *tokens.get(of)?);
            return Some(Rewriting::written(
                (at + 1, at + 2),
                Vec::new(),
                span(out.start, of.end),
                ("out of", "of"),
                vec![(span(out.start, of.end), "of".to_owned())],
            ));
        }
        if word.kind != Token::Ident || self.declared.contains(self.slice(word)) {
            return None;
        }
        let number = match self.slice(word).to_ascii_lowercase().as_str() {
            "one" => "1",
            "two" => "2",
            "three" => "3",
            "four" => "4",
            "five" => "5",
            "six" => "6",
            "seven" => "7",
            "eight" => "8",
            "nine" => "9",
            "ten" => "10",
            _ => return None,
        };
        let whole = span(word.start, tokens.get(of - 1)?.end);
        let written = self.put(Token::Number, whole.start, whole.end, number);
        Some(Rewriting::written(
            (at, of),
            vec![written],
            whole,
            (self.written(whole.start, whole.end), number),
            vec![(whole, number.to_owned())],
        ))
    }

    /// `COUNTIF(factors; ">=0.6")`
    fn count_if(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let (open, list, comma, text, close) = (
            *tokens.get(at + 1)?,
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
            *tokens.get(at + 4)?,
            *tokens.get(at + 5)?,
        );
        // What is no list of several values is not counted.
        let one = self.known.values.contains(self.slice(list));
        let fits = open.kind == Token::OpenParen
            && list.kind.is_name()
            && !one
            && matches!(comma.kind, Token::Comma | Token::Semicolon)
            && text.kind == Token::Text
            && close.kind == Token::CloseParen;
        let asked = self.slice(text).trim_matches('"').trim();
        let split = asked
            .find(|sign: char| !"<>=".contains(sign))
            .filter(|_| fits)?;
        let (sign, number) = asked.split_at(split);
        let number = number.trim();
        let plain = !number.is_empty()
            && number
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_'));
        let (kind, sign) = match sign {
            ">=" => (Token::GreaterOrEqual, ">="),
            ">" => (Token::Greater, ">"),
            "<=" => (Token::LessOrEqual, "<="),
            "<" => (Token::Less, "<"),
            _ => return None,
        };
        if !plain {
            return None;
        }
        let number = number.to_owned();
        let whole = span(word.start, close.end);
        let instead = format!("count({} {sign} {number})", self.slice(list));
        let count = self.named(word.start, word.end, "count");
        let number = self.put(Token::Number, text.start, text.end, &number);
        Some(Rewriting::written(
            (at, at + 6),
            vec![count, open, list, as_kind(comma, kind), number, close],
            whole,
            (&format!("{}(…)", self.slice(word)), &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `SOMME.SI(a; ">200")`: a spreadsheet's function whose condition is a text, which has no form of ours.
    fn asked_in_quotes(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let Some(super::Meaning::Words(say)) = super::function(self.slice(word)) else {
            return None;
        };
        if kind(tokens, at + 1)? != Token::OpenParen || self.declared.contains(self.slice(word)) {
            return None;
        }
        let end = (at + 2..tokens.len().min(at + 60))
            .find(|place| kind(tokens, *place) == Some(Token::CloseParen))?;
        let inner = tokens.get(at + 2..end)?;
        let asks = |t: &Tok| {
            t.kind == Token::Text
                && self
                    .slice(*t)
                    .trim_matches('"')
                    .trim_start()
                    .starts_with(['<', '>', '='])
        };
        if !inner.iter().any(asks) || inner.iter().any(|t| t.kind.opens()) {
            return None;
        }
        let whole = span(word.start, tokens.get(end)?.end);
        let hole = Tok {
            kind: Token::Hole,
            start: whole.start,
            end: whole.end,
        };
        let found = format!("{}(…)", self.slice(word));
        Some(Rewriting::said(
            (at, end + 1),
            vec![hole],
            whole,
            &found,
            say.to_owned(),
        ))
    }

    /// `(a - b) : (c - b)`, as fractions are written by hand.
    fn divided(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let before = *tokens
            .get(at.checked_sub(1)?)
            .filter(|t| t.kind == Token::CloseParen)?;
        let after = *tokens.get(at + 1).filter(|t| t.kind == Token::OpenParen)?;
        let beside = !on_new_line(self.text, before, sign) && !on_new_line(self.text, sign, after);
        beside.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::Slash)],
                sign.span(),
                (":", "/"),
                vec![(sign.span(), "/".to_owned())],
            )
        })
    }

    /// `$75_000`: a currency is a unit like any other.
    fn currency(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let beside = |place: Option<usize>| {
            let token = tokens.get(place?).copied();
            token.filter(|t| t.kind == Token::Number)
        };
        let before = beside(at.checked_sub(1));
        let touching = before.filter(|before| before.end == sign.start);
        // `45 £`, with nothing behind it that the sign could belong to.
        let apart = before.filter(|before| {
            let between = self.written(before.end, sign.start);
            !on_new_line(self.text, *before, sign) && between.trim().is_empty()
        });
        let behind = touching.or(apart.filter(|_| beside(Some(at + 1)).is_none()));
        let number = behind.or_else(|| beside(Some(at + 1)))?;
        let from = at - usize::from(behind.is_some());
        let unit = ["dollars", "usd", "euros", "euro", "eur", "pounds", "gbp"]
            .into_iter()
            .filter(|unit| match self.slice(sign) {
                "$" => matches!(*unit, "dollars" | "usd"),
                "€" => unit.starts_with("eur"),
                _ => matches!(*unit, "pounds" | "gbp"),
            });
        let known: Vec<&str> = unit
            .clone()
            .filter(|unit| self.declared.contains(unit))
            .collect();
        let whole = span(sign.start.min(number.start), sign.end.max(number.end));
        let Some(unit) = known.first().copied() else {
            let unit = unit.clone().next()?;
            let say = format!(
                "write the unit in words, `{} {unit}`, once it is declared: `unit {unit}`",
                self.words_of(&[number])
            );
            let found = self.written(whole.start, whole.end).to_owned();
            return Some(Rewriting::said(
                (from, from + 2),
                vec![empty(Token::Hole, whole.start)],
                whole,
                &found,
                say,
            ));
        };
        let instead = format!("{} {unit}", self.words_of(&[number]));
        let named = self.named(number.end, number.end, unit);
        Some(Rewriting::written(
            (from, from + 2),
            vec![number, named],
            whole,
            (self.written(whole.start, whole.end), &instead),
            vec![(whole, instead.clone())],
        ))
    }
}
