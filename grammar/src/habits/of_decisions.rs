//! Cells and heads of decision tables as they are drawn elsewhere: `[watch..extreme]`, `calm to watch`, `null`,
//! `hit policy first`, `any output 20`.
//!
//! In: one place in the tokens. Out: what was meant there.

use super::Habits;
use super::phrases::{Rewriting, Stand, Within, as_kind, kind, span};
use crate::token::{Tok, Token};

/// Words between the cells of a row and what follows from them.
const GIVES: [&str; 10] = [
    "output", "outputs", "result", "results", "gives", "give", "yields", "returns", "implies", "do",
];

impl Habits<'_> {
    pub(super) fn in_decisions(
        &mut self,
        tokens: &[Tok],
        at: usize,
        stand: &Stand,
    ) -> Option<Rewriting> {
        let token = *tokens.get(at)?;
        if self.is_put(token) {
            return None;
        }
        if stand.is_free() && stand.declares(Token::DeclareLevel) && token.kind == Token::Equals {
            return self.bands_of(tokens, at);
        }
        if stand.is_free() && stand.declares(Token::DeclareTable) {
            return self.hit_policy(tokens, at);
        }
        if stand.within() != Some(Within::Table) {
            return None;
        }
        match token.kind {
            Token::OpenBracket => self.closed_stretch(tokens, at),
            Token::To | Token::Minus => self.stretch_in_words(tokens, at),
            Token::Ident if GIVES.contains(&self.slice(token)) => self.gives(tokens, at),
            Token::Ident => self.nothing_known(tokens, at),
            _ => None,
        }
    }

    /// `level class : grade = round(index, 1) {`: bands are taken from a score.
    fn bands_of(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let sign = *tokens.get(at)?;
        let typed = kind(tokens, at.checked_sub(2)?)? == Token::Colon;
        let end = self.line_end(tokens, at);
        let block = kind(tokens, end.checked_sub(1)?)? == Token::OpenBrace && end > at + 2;
        let banded = tokens.get(end + 1).is_some_and(|t| t.kind == Token::In);
        (typed && block && banded).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(sign, Token::From)],
                sign.span(),
                ("=", "from"),
                vec![(sign.span(), "from".to_owned())],
            )
        })
    }

    fn starts_cell(&self, tokens: &[Tok], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| kind(tokens, before));
        matches!(before, Some(Token::Comma | Token::OpenBrace)) || self.fresh(tokens, at)
    }

    fn stops_cell(&self, tokens: &[Tok], at: usize) -> bool {
        matches!(kind(tokens, at), Some(Token::Comma | Token::Then))
    }

    /// `[watch..extreme]`, `[0.2..0.5)`
    fn closed_stretch(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let [low, dots, high, close] = tokens.get(at + 1..at + 5)? else {
            return None;
        };
        let end = |t: &Tok| t.kind.is_name() || t.kind == Token::Number;
        let half = match close.kind {
            Token::CloseBracket => false,
            Token::CloseParen | Token::OpenBracket => true,
            _ => return None,
        };
        let fits = end(low)
            && end(high)
            && matches!(
                dots.kind,
                Token::DotDot | Token::Minus | Token::To | Token::Semicolon
            )
            && self.starts_cell(tokens, at)
            && self.stops_cell(tokens, at + 5);
        let sign = if half { "..<" } else { ".." };
        let instead = format!("{}{sign}{}", self.slice(*low), self.slice(*high));
        fits.then(|| self.anew(tokens, (at, at + 5), &instead))
            .flatten()
    }

    /// `calm to watch`, `calm - watch`: from the one level to the other.
    fn stretch_in_words(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let from = at.checked_sub(1)?;
        let (low, high) = (*tokens.get(from)?, *tokens.get(at + 1)?);
        let level = |t: Tok| t.kind.is_name() && self.declared.contains(self.slice(t));
        let fits = level(low)
            && level(high)
            && self.starts_cell(tokens, from)
            && self.stops_cell(tokens, at + 2);
        let instead = format!("{}..{}", self.slice(low), self.slice(high));
        fits.then(|| self.anew(tokens, (from, at + 2), &instead))
            .flatten()
    }

    /// `null`, `NA`: a cell where nothing is known.
    fn nothing_known(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let own = self.slice(word);
        // `none` and `blank` may be levels or categories of another file.
        let small = own.to_ascii_lowercase();
        let nothing =
            matches!(small.as_str(), "null" | "na" | "nan" | "nil") && !self.declared.contains(own);
        let found = own.to_owned();
        (nothing && self.starts_cell(tokens, at) && self.stops_cell(tokens, at + 1)).then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::Missing)],
                word.span(),
                (&found, "missing"),
                vec![(word.span(), "missing".to_owned())],
            )
        })
    }

    /// `any output 20`: what follows stands behind `then`.
    fn gives(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = *tokens.get(at)?;
        let before = *tokens.get(at.checked_sub(1)?)?;
        let next = *tokens.get(at + 1)?;
        let found = self.slice(word).to_owned();
        let end = self.line_end(tokens, at);
        let says = tokens.get(at..end)?.iter().any(|t| t.kind == Token::Then);
        let cell = before.kind.is_name() || before.kind.ends_operand();
        let fits = !says
            && cell
            && !self.declared.contains(found.as_str())
            && (next.kind.is_name() || matches!(next.kind, Token::Number | Token::Yes | Token::No))
            && !self.fresh(tokens, at)
            && !self.fresh(tokens, at + 1);
        fits.then(|| {
            Rewriting::written(
                (at, at + 1),
                vec![as_kind(word, Token::Then)],
                word.span(),
                (&found, "then"),
                vec![(word.span(), "then".to_owned())],
            )
        })
    }

    /// `table t "T" hit policy first : …`: the first row that holds decides, always.
    fn hit_policy(&mut self, tokens: &[Tok], at: usize) -> Option<Rewriting> {
        let word = |place: usize| tokens.get(place).map(|t| self.slice(*t).to_lowercase());
        let first = word(at)?;
        let end = match (first.as_str(), word(at + 1).as_deref()) {
            ("hit", Some("policy")) => at + 2,
            ("hit_policy" | "hitpolicy", _) => at + 1,
            _ => return None,
        };
        let sign = matches!(kind(tokens, end), Some(Token::Colon | Token::Equals))
            && kind(tokens, end + 2) != Some(Token::By);
        let which = end + usize::from(sign);
        let says = word(which)?;
        let takes_first = matches!(
            says.as_str(),
            "first" | "f" | "\"first\"" | "\"f\"" | "unique" | "u"
        );
        let behind = which + 1;
        let whole = span(tokens.get(at)?.start, tokens.get(which)?.end);
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let begins = !self.fresh(tokens, at)
            && (before(1).is_some_and(|t| t.kind == Token::Text)
                || before(2).is_some_and(|t| self.slice(*t) == "table"));
        let found = self.written(whole.start, whole.end).to_owned();
        if !begins {
            return None;
        }
        if takes_first {
            let gone = span(tokens.get(at - 1)?.end, whole.end);
            return Some(Rewriting::written(
                (at, behind),
                Vec::new(),
                whole,
                (&found, ""),
                vec![(gone, String::new())],
            ));
        }
        Some(Rewriting::said(
            (at, behind),
            Vec::new(),
            whole,
            &found,
            "rows are read from the first to the last, and the first that holds decides: order them so".to_owned(),
        ))
    }
}
