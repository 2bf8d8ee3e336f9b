//! Membership and lists: `x %in% c("a")`, `inlist(x, a)`, `x.isin([…])`, `mean(a:b)`, `minmax(x, min: 0, max: 1)`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, kind, span};
use crate::token::{Tok, Token};

/// The longest function of another language that is read as one, in tokens.
const LONGEST: usize = 400;

/// Functions to which cells are given.
const OF_CELLS: [&str; 12] = [
    "sum",
    "mean",
    "average",
    "median",
    "min",
    "max",
    "product",
    "geometric_mean",
    "harmonic_mean",
    "any",
    "all",
    "known_count",
];

impl Habits<'_> {
    /// `x %in% c("a", "b")`
    pub(super) fn infix(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let word = match self.slice(sign).to_ascii_lowercase().as_str() {
            "%in%" | "in" => "in",
            "%notin%" | "%nin%" => "not in",
            _ => return None,
        };
        let open = at + 1 + usize::from(!kind(tokens, at + 1)?.opens());
        let end = match kind(tokens, open) {
            Some(sign) if sign.opens() => self.closed(tokens, open)?,
            _ => at + 2,
        };
        let mut names = Vec::new();
        for token in tokens.get(open.min(end - 1)..end)? {
            match token.kind {
                Token::Text => names.push(self.name_of_text(tokens, *token)?),
                kind if kind.is_name() => names.push(self.slice(*token).to_owned()),
                _ => {}
            }
        }
        let instead = format!("{word} {{{}}}", names.join(", "));
        self.anew(tokens, (at, end), &instead)
            .filter(|_| !names.is_empty())
    }

    /// `mean(a, b) %>% round(3)`: the value goes into the brackets.
    pub(super) fn piped(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at).filter(|sign| self.slice(**sign) == "%>%")?;
        let name = *tokens.get(at + 1).filter(|t| t.kind.is_name())?;
        if kind(tokens, at + 2)? != Token::OpenParen {
            return None;
        }
        let end = self.closed(tokens, at + 2)?;
        let from = (0..at)
            .rev()
            .take(LONGEST)
            .find(|place| matches!(kind(tokens, *place), Some(Token::Equals | Token::When)))?
            + 1;
        let value = self.words_of(tokens.get(from..at)?);
        let mut rest = self.words_of(tokens.get(at + 3..end - 1)?);
        // `fled %>% lag(1)`: how far back has its unit.
        if self.slice(name) == "lag"
            && !rest.is_empty()
            && rest.bytes().all(|b| b.is_ascii_digit())
            && let Some(period) = self.period(tokens)
        {
            rest = match rest.as_str() {
                "1" => format!("1 {period}"),
                more => format!("{more} {period}s"),
            };
        }
        let comma = if rest.is_empty() { "" } else { ", " };
        let instead = format!("{}({value}{comma}{rest})", self.slice(name));
        self.anew(tokens, (from, end), &instead)
            .filter(|_| sign.end <= name.start)
    }

    /// `incitement.lower()`, `df.x.str`: texts are not worked with.
    pub(super) fn of_a_text(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (name, method) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let fits = matches!(
            self.slice(method),
            "lower" | "upper" | "strip" | "trim" | "casefold" | "astype" | "title"
        ) && kind(tokens, at + 3)? == Token::OpenParen;
        let end = self.closed(tokens, at + 3).filter(|_| fits)?;
        let instead = self.slice(name).to_owned();
        self.anew(tokens, (at, end), &instead)
    }

    /// `factors.access`: what is declared is called by its name.
    pub(super) fn of_all(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (all, name) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let word = self.slice(all);
        let kinds = matches!(
            word,
            "factors" | "signals" | "indicators" | "params" | "scores" | "levels" | "factor"
        );
        let own = self.slice(name).to_owned();
        if !kinds || self.declared.contains(word) || !self.declared.contains(own.as_str()) {
            return None;
        }
        self.anew(tokens, (at, at + 3), &own)
    }

    /// `mean(a:b)`: there are no cells here, and so nothing that lies between two of them.
    pub(super) fn cells_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        let small = self.slice(name).to_ascii_lowercase();
        let here = match small.as_str() {
            "average" | "avg" => "mean",
            "geomean" => "geometric_mean",
            other => OF_CELLS.into_iter().find(|own| *own == other)?,
        };
        let (first, colon, last, close) = (
            *tokens.get(at + 2)?,
            *tokens.get(at + 3)?,
            *tokens.get(at + 4)?,
            *tokens.get(at + 5)?,
        );
        let both =
            self.declared.contains(self.slice(first)) && self.declared.contains(self.slice(last));
        if colon.kind != Token::Colon || close.kind != Token::CloseParen || !both {
            return None;
        }
        let instead = format!("{here}({}, {})", self.slice(first), self.slice(last));
        // Only two names: what lies between them in the file is not known to be meant.
        let shown = format!("{here}({}, …, {})", self.slice(first), self.slice(last));
        let whole = span(name.start, close.end);
        let out = self.tokens_of(&instead, whole.start, whole.end)?;
        let found = self.written(whole.start, whole.end).to_owned();
        let beside = self.are_neighbours(tokens, first, last);
        let edits = if beside {
            vec![(whole, instead.clone())]
        } else {
            Vec::new()
        };
        let said = if beside { &instead } else { &shown };
        Some(Rewriting::written(
            (at, at + 6),
            out,
            whole,
            (&found, said),
            edits,
        ))
    }

    /// Is nothing declared between the two?
    pub(super) fn are_neighbours(&self, tokens: &[Tok], first: Tok, last: Tok) -> bool {
        let place = |name: Tok| {
            (1..tokens.len()).find(|at| {
                tokens
                    .get(*at)
                    .is_some_and(|t| self.slice(*t) == self.slice(name))
                    && tokens.get(at - 1).is_some_and(|word| {
                        crate::token::declaration_word(self.slice(*word)).is_some()
                    })
            })
        };
        let (Some(one), Some(other)) = (place(first), place(last)) else {
            return false;
        };
        let declares = |at: usize| {
            at > 0
                && tokens
                    .get(at)
                    .is_some_and(|t| crate::token::declaration_word(self.slice(*t)).is_some())
                && self.fresh(tokens, at)
        };
        one < other && (one + 1..other).filter(|at| declares(*at)).count() <= 1
    }

    /// `inlist(x, "a", "b")`, `between(x, 0, 1)`, `minmax(x, min: 0, max: 10)`
    pub(super) fn function_of_lists(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let name = *tokens.get(at)?;
        if self.declared.contains(self.slice(name)) {
            return None;
        }
        let small = self.slice(name).to_ascii_lowercase();
        let end = self
            .closed(tokens, at + 1)
            .filter(|end| end - at < LONGEST)?;
        let parts = self.parts(tokens, at + 1, end - 1);
        let value = self.words_of(tokens.get(parts.first()?.0..parts.first()?.1)?);
        match small.as_str() {
            "inlist" | "is_in" | "isin" | "ismember" | "oneof" | "one_of" | "is.element"
            | "is_element" => {
                let mut names = Vec::new();
                for (from, to) in parts.iter().skip(1) {
                    for token in tokens.get(*from..*to)? {
                        match token.kind {
                            Token::Text => names.push(self.name_of_text(tokens, *token)?),
                            kind if kind.is_name() && self.slice(*token) != "c" => {
                                names.push(self.slice(*token).to_owned());
                            }
                            kind if kind.is_name() || kind.opens() || kind.closes() => {}
                            Token::Comma | Token::Semicolon => {}
                            _ => return None,
                        }
                    }
                }
                if names.is_empty() {
                    return None;
                }
                let instead = format!("{value} in {{{}}}", names.join(", "));
                self.anew(tokens, (at, end), &instead)
            }
            // `RANK(x; all of x; 1)`: the peers are those of the panel.
            "rank" | "rang" | "jerarquia" if parts.len() > 1 && parts.len() <= 3 => {
                let given = |at: usize| {
                    let (from, to) = *parts.get(at)?;
                    Some(self.words_of(tokens.get(from..to)?))
                };
                let order = match given(2).as_deref() {
                    None | Some("0") => "",
                    Some("1") => ", first: lowest",
                    Some(_) => return None,
                };
                (given(1)? == value)
                    .then(|| self.anew(tokens, (at, end), &format!("rank({value}{order})")))
                    .flatten()
            }
            "inrange" | "between" if parts.len() == 3 => {
                let low = self.words_of(tokens.get(parts.get(1)?.0..parts.get(1)?.1)?);
                let high = self.words_of(tokens.get(parts.get(2)?.0..parts.get(2)?.1)?);
                let instead = format!("{value} in {low}..{high}");
                self.anew(tokens, (at, end), &instead)
            }
            "minmax" | "normalise" | "normalize" | "min_max" | "scale" | "rescale" | "goalpost"
                if parts.len() == 3 =>
            {
                let mut ends = [None, None];
                for (from, to) in parts.iter().skip(1) {
                    let label = self.slice(*tokens.get(*from)?).to_ascii_lowercase();
                    let which = match label.as_str() {
                        "min" | "minimum" | "lower" | "lowest" | "lo" | "low" | "worst" => 0,
                        "max" | "maximum" | "upper" | "highest" | "hi" | "high" | "best" => 1,
                        _ => return None,
                    };
                    let sign = kind(tokens, from + 1)?;
                    if !matches!(sign, Token::Equals | Token::Colon) {
                        return None;
                    }
                    *ends.get_mut(which)? = Some(self.words_of(tokens.get(from + 2..*to)?));
                }
                let [Some(low), Some(high)] = ends else {
                    return None;
                };
                // These are what `goalpost` calls its ends.
                let own = small == "goalpost" && self.slice(*tokens.get(parts.get(1)?.0)?) == "low";
                let instead = match small.as_str() {
                    "goalpost" => format!("goalpost({value}, low: {low}, high: {high})"),
                    _ => format!("rescale({value}, from: {low}, to: {high})"),
                };
                if own {
                    return None;
                }
                self.anew(tokens, (at, end), &instead)
            }
            _ => None,
        }
    }

    /// `terrain.isin(["hills", "plain"])`
    pub(super) fn is_in(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let (value, method) = (*tokens.get(at)?, *tokens.get(at + 2)?);
        let fits = matches!(self.slice(method), "isin" | "is_in" | "between")
            && kind(tokens, at + 3)? == Token::OpenParen;
        let end = self.closed(tokens, at + 3).filter(|_| fits)?;
        let inner = tokens.get(at + 4..end - 1)?;
        let name = self.slice(value).to_owned();
        if self.slice(method) == "between" {
            let parts = self.parts(tokens, at + 3, end - 1);
            let [low, high] = parts.as_slice() else {
                return None;
            };
            let low = self.words_of(tokens.get(low.0..low.1)?);
            let high = self.words_of(tokens.get(high.0..high.1)?);
            return self.anew(tokens, (at, end), &format!("{name} in {low}..{high}"));
        }
        let mut names = Vec::new();
        for token in inner {
            match token.kind {
                Token::Text => names.push(self.name_of_text(tokens, *token)?),
                kind if kind.is_name() => names.push(self.slice(*token).to_owned()),
                _ => {}
            }
        }
        let instead = format!("{name} in {{{}}}", names.join(", "));
        self.anew(tokens, (at, end), &instead)
            .filter(|_| !names.is_empty())
    }
}
