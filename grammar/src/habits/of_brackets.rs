//! Brackets that are not closed, or closed once too often: `any(factors >= 0.3 or sealed,`, `clamp(a / b), 0, 1)`,
//! `any factors >= 0.3)`, `round(mean(a, b, 3)`.
//!
//! In: the tokens of a file. Out: those with the brackets that were meant, where only one way leads to a formula.

use super::Habits;
use super::phrases::{empty, span};
use super::table::{Meaning, function};
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::token::{Tok, Token, declaration_word};

/// Functions with numbers behind what they are given, and how many.
const NUMBERS_BEHIND: [(&str, usize); 5] = [
    ("round", 1),
    ("truncate", 1),
    ("pow", 1),
    ("clamp", 2),
    ("lag", 1),
];

/// Functions whose ends are named, and how.
const NAMED_ENDS: [(&str, &[&str]); 6] = [
    ("goalpost", &["low", "high"]),
    ("log_goalpost", &["low", "high"]),
    ("rescale", &["from", "to"]),
    ("clamp", &["low", "high"]),
    ("middle_worst", &["low", "worst", "high"]),
    ("standardise", &["mean", "deviation"]),
];

/// Functions of a group or a list of answers.
const COUNTING: [&str; 3] = ["any", "all", "count"];

/// A bracket that is put in or taken out.
enum Mend {
    /// `)` before the token at a place; what begins with a name and ends before another place is told.
    Close {
        name: usize,
        before: usize,
        end: usize,
    },
    /// The `)` at a place is one too many.
    Out(usize),
    /// `(` behind the word at a place.
    Open(usize),
}

/// How many round and square brackets are opened between two places and not closed.
fn balance(tokens: &[Tok], from: usize, to: usize) -> i32 {
    let stretch = tokens.get(from..to).unwrap_or_default();
    stretch
        .iter()
        .map(|token| match token.kind {
            Token::OpenParen | Token::OpenBracket => 1,
            Token::CloseParen | Token::CloseBracket => -1,
            _ => 0,
        })
        .sum()
}

impl Habits<'_> {
    pub(super) fn brackets(&mut self, lexed: &mut Lexed) {
        let tokens = &lexed.tokens;
        let mut mends: Vec<Mend> = Vec::new();
        let mut first = 0;
        while first < tokens.len() {
            let behind = (first + 1..tokens.len())
                .find(|at| self.begins_declaration(tokens, *at))
                .unwrap_or(tokens.len());
            // Only where a declaration has one bracket too few or too many.
            let sum = balance(tokens, first, behind);
            let (mut from, mut depth) = (first, 0);
            while from < behind && sum.abs() == 1 {
                let end = self.formula_end(tokens, from).min(behind);
                let own = balance(tokens, from, end);
                if depth == 0 && own == sum {
                    mends.extend(self.bracket_of(tokens, from, end));
                }
                depth += own;
                from = end;
            }
            first = behind;
        }
        for mend in mends.into_iter().rev() {
            self.set_right(lexed, &mend);
        }
    }

    fn begins_declaration(&self, tokens: &[Tok], at: usize) -> bool {
        tokens.get(at).is_some_and(|token| {
            self.fresh(tokens, at)
                && !self.written(0, token.start).ends_with([' ', '\t'])
                && declaration_word(self.slice(*token)).is_some()
        })
    }

    /// One past the line that begins at a place, with the indented lines that go on with its formula.
    fn formula_end(&self, tokens: &[Tok], from: usize) -> usize {
        let mut at = from + 1;
        while let (Some(before), Some(token)) = (tokens.get(at - 1), tokens.get(at)) {
            if on_new_line(self.text, *before, *token) {
                let goes_on = matches!(
                    token.kind,
                    Token::And
                        | Token::Or
                        | Token::Plus
                        | Token::Minus
                        | Token::Star
                        | Token::Slash
                        | Token::Then
                        | Token::Else
                        | Token::CloseParen
                ) || matches!(
                    before.kind,
                    Token::And
                        | Token::Or
                        | Token::Plus
                        | Token::Star
                        | Token::Slash
                        | Token::OpenParen
                        | Token::Equals
                );
                if !goes_on {
                    return at;
                }
            }
            at += 1;
        }
        at
    }

    /// The one bracket that is wrong between two places.
    fn bracket_of(&self, tokens: &[Tok], from: usize, end: usize) -> Option<Mend> {
        let mut open: Vec<usize> = Vec::new();
        let mut stray = None;
        for at in from..end {
            let kind = tokens.get(at)?.kind;
            if matches!(kind, Token::OpenParen | Token::OpenBracket) {
                open.push(at);
            }
            let closes = matches!(kind, Token::CloseParen | Token::CloseBracket);
            let closes_nothing = closes && open.pop().is_none();
            if closes_nothing && stray.replace(at).is_some() {
                return None;
            }
        }
        match (stray, open.as_slice()) {
            (Some(stray), []) => self.one_too_many(tokens, from, stray),
            (None, [only]) => self.not_closed(tokens, *only, end),
            _ => None,
        }
    }

    fn called(&self, tokens: &[Tok], open: usize) -> Option<&str> {
        let name = tokens.get(open.checked_sub(1)?)?;
        let word = self.written(name.start, name.end);
        name.kind.is_name().then_some(word)
    }

    /// `clamp(a / b), 0, 1)`, `any factors >= 0.3)`
    fn one_too_many(&self, tokens: &[Tok], from: usize, stray: usize) -> Option<Mend> {
        // `any factors >= 0.3)`: it was not opened.
        let unopened = (from..stray).rev().find(|at| {
            tokens
                .get(*at)
                .is_some_and(|t| COUNTING.contains(&self.slice(*t)))
                && tokens
                    .get(*at + 1)
                    .is_some_and(|t| t.kind == Token::Ident && self.slice(*t) == "factors")
        });
        if let Some(word) = unopened {
            return Some(Mend::Open(word));
        }
        // A call that ends before the rest of its arguments.
        let mut depth = 0_usize;
        let mut early = None;
        for at in from..stray {
            match tokens.get(at)?.kind {
                Token::OpenParen | Token::OpenBracket => depth += 1,
                Token::CloseParen | Token::CloseBracket => depth = depth.checked_sub(1)?,
                Token::Comma if depth == 0 => {
                    let close = at.checked_sub(1).filter(|close| *close > from)?;
                    let closes = tokens.get(close)?.kind == Token::CloseParen;
                    if closes && early.is_none() {
                        early = Some(close);
                    } else if early.is_none() {
                        return None;
                    }
                }
                Token::Equals | Token::When if depth == 0 => early = None,
                _ => {}
            }
        }
        early.map(Mend::Out)
    }

    /// `any(factors >= 0.3 or sealed,`, `round(mean(a, b, 3)`
    fn not_closed(&self, tokens: &[Tok], open: usize, end: usize) -> Option<Mend> {
        tokens.get(open).filter(|t| t.kind == Token::OpenParen)?;
        let called = self.called(tokens, open)?;
        // What stands behind the line begins something else.
        let next = tokens.get(end);
        let over = next.is_none_or(|next| {
            declaration_word(self.slice(*next)).is_some()
                || next.kind == Token::CloseBrace
                || (next.kind.is_name()
                    && tokens.get(end + 1).is_some_and(|t| {
                        matches!(
                            t.kind,
                            Token::When | Token::Otherwise | Token::In | Token::Text
                        )
                    }))
                || next.kind.begins_clause()
                || matches!(next.kind, Token::Given | Token::Expect)
        });
        if !over {
            return None;
        }
        if COUNTING.contains(&called) {
            let group = tokens
                .get(open + 1)
                .is_some_and(|t| self.slice(*t) == "factors");
            let mut depth = 0_usize;
            let mut compared = false;
            for at in open + 1..end {
                let kind = tokens.get(at)?.kind;
                let compares = depth == 0
                    && matches!(
                        kind,
                        Token::Less | Token::LessOrEqual | Token::Greater | Token::GreaterOrEqual
                    );
                // `count(factors >= 0.6 >= 2`
                let again = compares && compared && called == "count";
                compared |= compares;
                if kind.opens() {
                    depth += 1;
                } else if kind.closes() {
                    depth = depth.checked_sub(1)?;
                } else if again || (depth == 0 && matches!(kind, Token::And | Token::Or) && group) {
                    return Some(Mend::Close {
                        name: open - 1,
                        before: at,
                        end: at,
                    });
                }
            }
            return None;
        }
        // The inner call has taken the ends that belong to the outer one.
        if let Some(before) = self.ends_of_outer(tokens, open, end, called) {
            return Some(Mend::Close {
                name: open - 1,
                before,
                end,
            });
        }
        // The inner call has taken the numbers of the outer one.
        let (_, count) = NUMBERS_BEHIND.iter().find(|(name, _)| *name == called)?;
        let inner = open + 2;
        tokens.get(inner).filter(|t| t.kind == Token::OpenParen)?;
        let inner_name = self.called(tokens, inner)?;
        let known = matches!(function(inner_name), Some(Meaning::Called(_)));
        let close = self.closed(tokens, inner)? - 1;
        let parts = self.parts(tokens, inner, close);
        let several = parts.len().checked_sub(*count).filter(|left| *left >= 1)?;
        let numbers = parts.get(several..)?.iter().all(|(from, to)| {
            to - from == 1 && tokens.get(*from).is_some_and(|t| t.kind == Token::Number)
                || (to - from == 2
                    && tokens.get(*from).is_some_and(|t| t.kind == Token::Number)
                    && tokens.get(from + 1).is_some_and(|t| t.kind == Token::Ident))
        });
        let (first, _) = *parts.get(several)?;
        let comma = first.checked_sub(1)?;
        (known && numbers && close + 1 == end).then_some(Mend::Close {
            name: open - 1,
            before: comma,
            end,
        })
    }

    /// `goalpost(mean(a, b, low: 0, high: 9)`: where the inner call ends.
    fn ends_of_outer(
        &self,
        tokens: &[Tok],
        open: usize,
        end: usize,
        called: &str,
    ) -> Option<usize> {
        let (_, names) = NAMED_ENDS.iter().find(|(name, _)| *name == called)?;
        let inner = open + 2;
        tokens.get(inner).filter(|t| t.kind == Token::OpenParen)?;
        let other = self.called(tokens, inner)?;
        let takes = NAMED_ENDS.iter().any(|(name, _)| *name == other);
        let close = self.closed(tokens, inner)? - 1;
        let parts = self.parts(tokens, inner, close);
        let (first, _) = parts.into_iter().skip(1).find(|(from, _)| {
            let named = tokens.get(*from).map_or("", |t| self.slice(*t));
            let colon = tokens.get(from + 1).is_some_and(|t| t.kind == Token::Colon);
            colon && names.contains(&named)
        })?;
        let comma = first.checked_sub(1)?;
        (!takes && close + 1 == end).then_some(comma)
    }

    fn set_right(&mut self, lexed: &mut Lexed, mend: &Mend) {
        match mend {
            Mend::Close { name, before, end } => {
                let (Some(first), Some(last), Some(until)) = (
                    lexed.tokens.get(*name).copied(),
                    before
                        .checked_sub(1)
                        .and_then(|last| lexed.tokens.get(last))
                        .copied(),
                    end.checked_sub(1)
                        .and_then(|last| lexed.tokens.get(last))
                        .copied(),
                ) else {
                    return;
                };
                lexed
                    .tokens
                    .insert(*before, empty(Token::CloseParen, last.end));
                let found = self.written(first.start, until.end).to_owned();
                let instead = format!(
                    "{}){}",
                    self.written(first.start, last.end),
                    self.written(last.end, until.end)
                );
                self.tell(
                    span(first.start, until.end),
                    &found,
                    &instead,
                    vec![(span(last.end, last.end), ")".to_owned())],
                );
            }
            Mend::Out(at) => {
                let Some(close) = lexed.tokens.get(*at).copied() else {
                    return;
                };
                lexed.tokens.remove(*at);
                self.tell(close.span(), ")", "", vec![(close.span(), String::new())]);
            }
            Mend::Open(at) => {
                let (Some(word), Some(next)) = (
                    lexed.tokens.get(*at).copied(),
                    lexed.tokens.get(*at + 1).copied(),
                ) else {
                    return;
                };
                lexed
                    .tokens
                    .insert(*at + 1, empty(Token::OpenParen, word.end));
                let found = self.slice(word).to_owned();
                let gap = span(word.end, next.start);
                self.tell(
                    word.span(),
                    &found,
                    &format!("{found}("),
                    vec![(gap, "(".to_owned())],
                );
            }
        }
    }
}
