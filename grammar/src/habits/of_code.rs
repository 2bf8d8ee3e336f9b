//! Pieces of code: `` `held` / `staff` ``, `def f(x): return …`, `f <- function(x) …`, `if (c) {1} else {0}`, `"""…"""`,
//! `"a "b" c"`, `sum(x) by region`, `sum(x, in: region)`, `rank(x, order: desc)`, `>= 3 of (…)`, `25 <= x < 50` as a band.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use super::{Habits, take_back};
use crate::ast::Span;
use crate::lexer::Lexed;
use crate::problem::{Problem, ProblemKind};
use crate::token::{Tok, Token};

/// Functions over peers and along time that are asked for one group after the other.
const OF_PEERS: [&str; 13] = [
    "sum",
    "mean",
    "min",
    "max",
    "median",
    "stddev",
    "count",
    "rank",
    "zscore",
    "minmax",
    "percentile",
    "share",
    "impute_mean",
];

/// The most names in marks that are mended.
const MOST: usize = 100;

impl Habits<'_> {
    pub(super) fn in_code(
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
            Token::Text => self
                .doc_string(tokens, at)
                .or_else(|| self.quotes_within(tokens, at)),
            Token::If if stand.formula => self.branches_in_braces(tokens, at),
            Token::GreaterOrEqual if stand.formula => self.reaches_so_many(tokens, at),
            Token::CloseParen if stand.formula => self.grouped_behind(tokens, at),
            Token::In | Token::Within if stand.in_brackets() => self.group_argument(tokens, at),
            Token::Clear | Token::Raise | Token::Escalate => self.lasts_first(tokens, at),
            Token::Except | Token::Unless => self.unless_when(tokens, at),
            kind if kind.is_name() => self
                .function_of_code(tokens, at)
                .or_else(|| self.ordered_by(tokens, at))
                .or_else(|| self.group_argument(tokens, at))
                .or_else(|| {
                    (stand.within() == Some(Within::Level))
                        .then(|| self.band_between(tokens, at))
                        .flatten()
                }),
            _ => None,
        }
    }

    /// `` `held` ``: names stand without marks. All of them are one slip.
    pub(super) fn marked_names(&mut self, lexed: &mut Lexed) {
        let text = self.text;
        let edges = |token: &Tok| {
            let before = text.get(..token.start as usize)?.ends_with('`');
            let behind = text.get(token.end as usize..)?.starts_with('`');
            (before && behind && token.kind.is_name()).then(|| {
                (
                    span(token.start - 1, token.start),
                    span(token.end, token.end + 1),
                )
            })
        };
        let marks: Vec<(Span, Span)> = lexed.tokens.iter().filter_map(edges).take(MOST).collect();
        let Some((first, last)) = marks.first().copied() else {
            return;
        };
        let mut edits = Vec::with_capacity(marks.len() * 2);
        for (open, close) in &marks {
            take_back(&mut lexed.problems, *open);
            take_back(&mut lexed.problems, *close);
            edits.push((*open, String::new()));
            edits.push((*close, String::new()));
        }
        let whole = span(first.start, last.end);
        take_back(&mut lexed.problems, whole);
        let found = self.written(whole.start, whole.end).to_owned();
        let instead = found.trim_matches('`').to_owned();
        let others = marks
            .iter()
            .skip(1)
            .map(|(open, close)| span(open.start, close.end))
            .collect();
        self.push(Problem {
            kind: ProblemKind::ForeignOperator {
                found,
                instead,
                edits,
                others,
            },
            span: whole,
        });
    }

    /// `"""Everybody who is held."""`
    fn doc_string(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [open, text, close] = tokens.get(at..at + 3)? else {
            return None;
        };
        let empty = |token: &Tok| token.kind == Token::Text && self.slice(*token) == "\"\"";
        let fits = self.fresh(tokens, at)
            && empty(open)
            && empty(close)
            && text.kind == Token::Text
            && open.end == text.start
            && text.end == close.start;
        let inner = self.slice(*text).trim_matches('"').trim().to_owned();
        let instead = format!("/// {inner}");
        let whole = span(open.start, close.end);
        let alone = tokens.get(at + 3).is_none() || self.fresh(tokens, at + 3);
        (fits && alone).then(|| self.told_as((at, at + 3), Vec::new(), whole, &instead))
    }

    /// `"Crowding "real""`: a quotation within a text has its own sign.
    fn quotes_within(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let first = *tokens.get(at)?;
        let mut end = at + 1;
        let mut last = first;
        while let Some(next) = tokens.get(end).copied() {
            let near = !self.fresh(tokens, end) && end < at + 12;
            let within =
                next.kind.is_name() || next.kind.is_reserved() || next.kind == Token::Number;
            if !near || !(within || next.kind == Token::Text) {
                break;
            }
            end += 1;
            last = next;
            if next.kind == Token::Text {
                break;
            }
        }
        let touches = tokens
            .get(at + 1)
            .is_some_and(|next| next.start == first.end);
        let before_last = tokens.get(end.checked_sub(2)?)?;
        let closes = last.kind == Token::Text && before_last.end == last.start;
        if end < at + 3 || !touches || !closes {
            return None;
        }
        let whole = span(first.start, last.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let inner = found.get(1..found.len() - 1)?;
        let instead = format!("\"{}\"", inner.replace('"', "\\\""));
        let text = self.put(Token::Text, whole.start, whole.end, &instead);
        Some(Rewriting::written(
            (at, end),
            vec![text],
            whole,
            (&found, &instead),
            vec![(whole, instead.clone())],
        ))
    }

    /// `if (c) {1} else {0}`
    fn branches_in_braces(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let mut place = at;
        let mut instead = String::new();
        loop {
            let open = (place + 1..tokens.len().min(place + 60))
                .take_while(|next| {
                    !matches!(kind(tokens, *next), Some(Token::Then | Token::CloseBrace))
                })
                .find(|next| kind(tokens, *next) == Some(Token::OpenBrace))?;
            // `x in { a, b }` has braces of its own.
            if kind(tokens, open - 1)? == Token::In {
                return None;
            }
            let end = self.closed(tokens, open)?;
            let mut condition = tokens.get(place + 1..open)?;
            if let [first, inner @ .., last] = condition
                && first.kind == Token::OpenParen
                && last.kind == Token::CloseParen
                && self.closed(tokens, place + 1) == Some(open)
            {
                condition = inner;
            }
            let value = self.branch(tokens, open, end)?;
            let asked = self.words_of(condition);
            instead.push_str(&format!("if {asked} then {value} else "));
            if kind(tokens, end)? != Token::Else {
                return None;
            }
            match kind(tokens, end + 1)? {
                Token::If => place = end + 1,
                Token::OpenBrace => {
                    let last = self.closed(tokens, end + 1)?;
                    instead.push_str(&self.branch(tokens, end + 1, last)?);
                    return self.anew(tokens, (at, last), &instead);
                }
                _ => return None,
            }
        }
    }

    fn branch(&self, tokens: &[Tok], open: usize, end: usize) -> Option<String> {
        let mut inner = tokens.get(open + 1..end - 1)?;
        if inner.first().is_some_and(|t| self.slice(*t) == "return") {
            inner = inner.get(1..)?;
        }
        if inner.last().is_some_and(|t| t.kind == Token::Semicolon) {
            inner = inner.get(..inner.len() - 1)?;
        }
        (!inner.is_empty()).then(|| self.words_of(inner))
    }

    /// `>= 3 of (a, b, c)`
    fn reaches_so_many(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let before = kind(tokens, at.checked_sub(1)?)?;
        let [_, number, of] = tokens.get(at..at + 3)? else {
            return None;
        };
        let fits = number.kind == Token::Number
            && of.kind == Token::Of
            && !before.ends_operand()
            && before != Token::Comma;
        let instead = format!("at least {} of", self.slice(*number));
        fits.then(|| self.anew(tokens, (at, at + 3), &instead))
            .flatten()
    }

    /// `sum(x) by region`, `mean(x) per region`
    fn grouped_behind(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let close = *tokens.get(at)?;
        let word = *tokens.get(at + 1)?;
        let mut name_at = at + 2;
        let joins = match self.slice(word) {
            "by" | "per" | "within" | "among" | "across" | "in" => true,
            "grouped" => {
                name_at += 1;
                kind(tokens, at + 2)? == Token::By
            }
            _ => false,
        };
        let name = *tokens.get(name_at).filter(|t| t.kind.is_name())?;
        if !joins || self.fresh(tokens, at + 1) || !self.is_of_peers(tokens, name) {
            return None;
        }
        let open = (at.saturating_sub(80)..at)
            .rev()
            .find(|place| self.closed(tokens, *place) == Some(at + 1))?;
        let called = *tokens.get(open.checked_sub(1)?)?;
        let function = OF_PEERS.contains(&self.slice(called).to_ascii_lowercase().as_str());
        let args = tokens.get(open + 1..at)?;
        let looks_back = args.iter().any(|t| t.kind == Token::Over);
        if !function || looks_back {
            return None;
        }
        let own = self.slice(name).to_owned();
        let whole = span(close.start, name.end);
        let instead = format!(", among: {own})");
        self.anew(tokens, (at, name_at + 1), &instead)
            .filter(|change| change.span == whole)
    }

    /// Is a name a key of the panel, or that of a category?
    pub(super) fn is_of_peers(&self, tokens: &[Tok], name: Tok) -> bool {
        let own = self.slice(name);
        self.known.panel.contains(own)
            || tokens.windows(4).any(|four| match four {
                [one, colon, of, _] if colon.kind == Token::Colon => {
                    self.slice(*one) == own && of.kind == Token::Category
                }
                [one, label, colon, of] if label.kind == Token::Text => {
                    self.slice(*one) == own
                        && colon.kind == Token::Colon
                        && of.kind == Token::Category
                }
                _ => false,
            })
    }

    /// `sum(x, in: region)`, `sum(x, group = region)`
    fn group_argument(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, sign, name] = tokens.get(at..at + 3)? else {
            return None;
        };
        let says = matches!(
            self.slice(*word),
            "in" | "within" | "per" | "group" | "groups" | "partition" | "groupby" | "level"
        );
        let fits = says
            && matches!(sign.kind, Token::Colon | Token::Equals)
            && kind(tokens, at.checked_sub(1)?)? == Token::Comma
            && name.kind.is_name()
            && self.is_of_peers(tokens, *name);
        if !fits {
            return None;
        }
        let whole = span(word.start, sign.end);
        let found = self.written(whole.start, whole.end).to_owned();
        let among = self.named(word.start, word.end, "among");
        let colon = as_kind(*sign, Token::Colon);
        Some(Rewriting::written(
            (at, at + 2),
            vec![among, colon],
            whole,
            (&found, "among:"),
            vec![(whole, "among:".to_owned())],
        ))
    }

    /// `rank(x, order: desc)`, `rank(x, ascending = TRUE)`
    fn ordered_by(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [word, sign, value] = tokens.get(at..at + 3)? else {
            return None;
        };
        let binds = matches!(sign.kind, Token::Colon | Token::Equals)
            && kind(tokens, at.checked_sub(1)?)? == Token::Comma;
        let (own, to) = (
            self.slice(*word).to_ascii_lowercase(),
            self.slice(*value).trim_matches('"').to_ascii_lowercase(),
        );
        let lowest = match (own.as_str(), to.as_str()) {
            ("order" | "sort" | "direction" | "dir" | "first", "asc" | "ascending") => true,
            ("order" | "sort" | "direction" | "dir" | "first", "desc" | "descending") => false,
            ("ascending", "true" | "yes") | ("descending", "false" | "no") => true,
            ("ascending", "false" | "no") | ("descending", "true" | "yes") => false,
            _ => return None,
        };
        let ranked = matches!(
            self.called_around(tokens, at)?
                .to_ascii_lowercase()
                .as_str(),
            "rank" | "top"
        );
        if !(binds && ranked) {
            return None;
        }
        let first = if lowest { "lowest" } else { "highest" };
        let instead = format!("first: {first}");
        let whole = span(word.start, value.end);
        let named = self.named(word.start, word.end, "first");
        let end = self.named(value.start, value.end, first);
        Some(self.told_as(
            (at, at + 3),
            vec![named, as_kind(*sign, Token::Colon), end],
            whole,
            &instead,
        ))
    }

    /// `clear when for patience overall <= watch`: what has to hold stands first.
    fn lasts_first(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let clause = *tokens.get(at)?;
        let word = self.slice(clause).to_owned();
        let behind = *tokens.get(at + 1)?;
        // `clear after patience`
        if matches!(self.slice(behind), "after") {
            let (name, next) = (*tokens.get(at + 2)?, at + 3);
            let alone = next == tokens.len()
                || self.fresh(tokens, next)
                || kind(tokens, next)? == Token::CloseBrace;
            let whole = span(behind.start, name.end);
            let found = self.written(whole.start, whole.end).to_owned();
            let own = self.slice(name).to_owned();
            return (name.kind.is_name() && alone).then(|| {
                Rewriting::said(
                    (at, at + 3),
                    Vec::new(),
                    whole,
                    &found,
                    format!("say what has to hold for so long: `{word} when … for {own}`"),
                )
            });
        }
        if behind.kind != Token::When || kind(tokens, at + 2)? != Token::For {
            return None;
        }
        let counted = usize::from(kind(tokens, at + 3)? == Token::Number);
        let begins = at + 4 + counted;
        let end = self.line_end(tokens, at);
        let end = (begins..end)
            .find(|place| kind(tokens, *place) == Some(Token::CloseBrace))
            .unwrap_or(end);
        let lasts = self.words_of(tokens.get(at + 3..begins)?);
        let condition = tokens.get(begins..end).filter(|rest| rest.len() > 1)?;
        let instead = format!("when {} for {lasts}", self.words_of(condition));
        self.anew(tokens, (at + 1, end), &instead)
    }

    /// `except when c`, `unless if c`
    fn unless_when(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (word, next) = (*tokens.get(at)?, *tokens.get(at + 1)?);
        let asks = matches!(next.kind, Token::When | Token::If) || self.slice(next) == "where";
        let lasts =
            (at.saturating_sub(4)..at).any(|place| kind(tokens, place) == Some(Token::Cooldown));
        if !asks || !lasts {
            return None;
        }
        let whole = span(word.start, next.end);
        let found = self.written(whole.start, whole.end).to_owned();
        Some(Rewriting::written(
            (at, at + 2),
            vec![as_kind(word, Token::Unless)],
            whole,
            (&found, "unless"),
            vec![(whole, "unless".to_owned())],
        ))
    }

    /// `watch 25 <= total < 50` among the bands of `total`
    fn band_between(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let level = *tokens.get(at)?;
        let begins = matches!(
            kind(tokens, at.checked_sub(1)?)?,
            Token::OpenBrace | Token::Comma
        );
        let end = self.clause_end(tokens, at)?;
        let mut from = at + 1;
        from += usize::from(matches!(
            kind(tokens, from)?,
            Token::When | Token::If | Token::In | Token::Colon
        ));
        let [low, first, name, second, high] = tokens.get(from..end)? else {
            return None;
        };
        let shape = begins
            && self.known.levels.contains(self.slice(level))
            && low.kind == Token::Number
            && first.kind == Token::LessOrEqual
            && name.kind.is_name()
            && high.kind == Token::Number;
        let dots = match second.kind {
            Token::Less => "..<",
            Token::LessOrEqual => "..",
            _ => return None,
        };
        // Of clauses such a comparison is a condition.
        let banded = (at.saturating_sub(200)..at)
            .rev()
            .find(|place| self.slice(tokens.get(*place).copied().unwrap_or(level)) == "level")
            .is_some_and(|head| {
                (head..at)
                    .take_while(|place| kind(tokens, *place) != Some(Token::OpenBrace))
                    .any(|place| kind(tokens, place) == Some(Token::From))
            });
        let instead = format!("in {}{dots}{}", self.slice(*low), self.slice(*high));
        (shape && banded)
            .then(|| self.anew(tokens, (at + 1, end), &instead))
            .flatten()
    }

    /// `def damp(x): return x / 2`, `damp <- function(x) x / 2`, `function damp(x) { … }` without kinds
    fn function_of_code(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let outermost = !self.written(0, word.start).ends_with([' ', '\t']);
        if !outermost || !self.fresh(tokens, at) {
            return None;
        }
        let end = self.line_end(tokens, at);
        let (name, open) = match self.slice(word) {
            "def" => (*tokens.get(at + 1)?, at + 2),
            // `fn damp = (x) -> x / 2`
            "fn" if kind(tokens, at + 2)? == Token::Equals => (*tokens.get(at + 1)?, at + 3),
            _ => {
                // `damp <- function(x)`, of which `<-` was read as two signs.
                let function = (at + 1..end.min(at + 5))
                    .find(|place| self.is_word(tokens, *place, "function"))?;
                let signs = tokens.get(at + 1..function)?;
                let binds = signs
                    .iter()
                    .all(|t| matches!(t.kind, Token::Equals | Token::Less | Token::Minus));
                (!signs.is_empty() && binds).then_some(())?;
                (word, function + 1)
            }
        };
        let close = self.closed(tokens, open)?;
        let parts = self.parts(tokens, open, close - 1);
        let mut typed = Vec::with_capacity(parts.len());
        for (from, to) in &parts {
            // `x: float`
            let own = kind(tokens, from + 1) == Some(Token::Colon) && from + 3 == *to;
            (own || from + 1 == *to).then_some(())?;
            let name = *tokens.get(*from).filter(|t| t.kind.is_name())?;
            typed.push(format!("{}: number", self.slice(name)));
        }
        let mut begins = close;
        // `-> float`
        if kind(tokens, begins) == Some(Token::Arrow)
            && kind(tokens, begins + 2) == Some(Token::Colon)
        {
            begins += 2;
        }
        while kind(tokens, begins) == Some(Token::Colon)
            || matches!(
                kind(tokens, begins),
                Some(Token::OpenBrace | Token::Arrow | Token::GreaterOrEqual)
            )
            || self.is_word(tokens, begins, "return")
        {
            begins += 1;
        }
        let mut stop = end;
        while stop > begins
            && matches!(
                kind(tokens, stop - 1),
                Some(Token::CloseBrace | Token::Semicolon)
            )
        {
            stop -= 1;
        }
        let body = tokens.get(begins..stop).filter(|body| !body.is_empty())?;
        let instead = format!(
            "fn {}({}) -> number = {}",
            self.slice(name),
            typed.join(", "),
            self.words_of(body)
        );
        let mut change = self.anew(tokens, (at, end), &instead)?;
        if let Some(first) = change.tokens.first_mut() {
            first.kind = Token::DeclareFn;
        }
        Some(change)
    }

    fn is_word(&self, tokens: &[Tok], at: usize, word: &str) -> bool {
        tokens.get(at).is_some_and(|t| self.slice(*t) == word)
    }
}
