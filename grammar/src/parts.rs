//! Reading around a broken part of a declaration.
//!
//! In: a declaration with a body that does not read. Out: its tokens without the members, clauses,
//! levels or properties that do not read by themselves; those have been told. So one broken line of
//! a factor costs that line.

use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::expected;
use crate::failure::{Failure, Rereads};
use crate::token::{Tok, Token};

/// The declaration without its broken parts; `None` if none was found to be broken.
pub(crate) fn readable(
    reader: &mut impl Rereads,
    tokens: &[Tok],
    failure: &Failure,
) -> Option<Mended> {
    let declares = tokens
        .iter()
        .map(|t| t.kind)
        .find(|kind| !kind.is_prefix())?;
    let body = body(declares, tokens)?;
    if failure.at <= body.open {
        return None;
    }
    let mut mending = Mending {
        reader,
        tokens,
        out: Vec::with_capacity(tokens.len()),
        told: false,
        dropped: false,
    };
    mending.copy(0, body.open + 1);
    let (from, to) = (body.open + 1, body.close);
    match declares {
        Token::DeclareLevel => mending.list(Token::ReadArms, Token::Comma, from, to),
        Token::DeclareScale => mending.list(Token::ReadLevelNames, Token::Less, from, to),
        Token::DeclareSource => mending.lines(Token::ReadAttributes, from, to),
        Token::DeclareAlert => mending.lines(Token::ReadAlertParts, from, to),
        Token::DeclareTest => mending.lines(Token::ReadTestParts, from, to),
        _ => mending.lines(Token::ReadFactorParts, from, to),
    }
    mending.copy(to, tokens.len());
    let Mending {
        out: tokens,
        told,
        dropped,
        ..
    } = mending;
    told.then_some(Mended { tokens, dropped })
}

/// A declaration whose parts all read by themselves.
pub(crate) struct Mended {
    pub tokens: Vec<Tok>,
    /// Some of its parts are no longer in it.
    pub dropped: bool,
}

struct Body {
    open: usize,
    /// The closing brace, or the end of the tokens.
    close: usize,
}

fn body(declares: Token, tokens: &[Tok]) -> Option<Body> {
    let has_body = matches!(
        declares,
        Token::DeclareFactor
            | Token::DeclareLevel
            | Token::DeclareScale
            | Token::DeclareSource
            | Token::DeclareAlert
            | Token::DeclareTest
    );
    if !has_body {
        return None;
    }
    let mut before = declares;
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind == Token::OpenBrace && depth == 0 && before != Token::In {
            return Some(Body {
                open: at,
                close: closing(tokens, at, tokens.len()),
            });
        }
        depth = nested(depth, token.kind);
        before = token.kind;
    }
    None
}

fn nested(depth: usize, kind: Token) -> usize {
    if kind.opens() {
        depth + 1
    } else if kind.closes() {
        depth.saturating_sub(1)
    } else {
        depth
    }
}

/// Where the brace that opens at `open` closes, or `end`.
fn closing(tokens: &[Tok], open: usize, end: usize) -> usize {
    // Only braces count: a stray `)` inside must not close them.
    let mut depth = 0_usize;
    for at in open..end {
        match tokens.get(at).map(|t| t.kind) {
            Some(Token::OpenBrace) => depth += 1,
            Some(Token::CloseBrace) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    end
}

struct Mending<'r, 't, R> {
    reader: &'r mut R,
    tokens: &'t [Tok],
    out: Vec<Tok>,
    told: bool,
    dropped: bool,
}

impl<R: Rereads> Mending<'_, '_, R> {
    fn copy(&mut self, from: usize, to: usize) {
        self.out
            .extend_from_slice(self.tokens.get(from..to).unwrap_or_default());
    }

    /// Keeps the stretch if it reads, mended or not; says whether it is kept.
    fn part(&mut self, read: Token, from: usize, to: usize) -> bool {
        let own = self.tokens.get(from..to).unwrap_or_default().to_vec();
        // Not a comma that was put in where one was forgotten.
        let after = self
            .tokens
            .iter()
            .skip(to)
            .find(|t| t.end > t.start)
            .copied();

        let len = own.len();
        let (entry, mended) = self.reader.settle(read, own, after);
        match entry {
            Some(_) => {
                self.told |= mended.len() != len
                    || self
                        .tokens
                        .get(from..to)
                        .is_some_and(|own| own != mended.as_slice());
                self.out.extend(mended);
                true
            }
            None => {
                self.told = true;
                self.dropped = true;
                false
            }
        }
    }

    /// Entries with a sign between them.
    fn list(&mut self, read: Token, separator: Token, from: usize, to: usize) {
        let mut start = from;
        let mut depth = 0;
        for at in from..to {
            let Some(token) = self.tokens.get(at).copied() else {
                break;
            };
            if depth == 0 && token.kind == separator {
                let kept = if start == at {
                    self.empty(read, token);
                    false
                } else {
                    self.part(read, start, at)
                };
                if kept {
                    self.out.push(token);
                }
                start = at + 1;
            }
            depth = nested(depth, token.kind);
        }
        let kept = start < to && self.part(read, start, to);
        if !kept && separator == Token::Less {
            // A scale does not end with its sign.
            if self.out.last().is_some_and(|t| t.kind == Token::Less) {
                self.out.pop();
            }
        }
    }

    /// Two separators with nothing between them.
    fn empty(&mut self, read: Token, token: Tok) {
        self.told = true;
        let problem = expected::nothing_between(self.reader.text(), read, token);
        self.reader.tell(problem);
    }

    /// Parts that begin with a word of their own or on a line of their own.
    fn lines(&mut self, read: Token, from: usize, to: usize) {
        let mut start = from;
        let mut depth = 0;
        for at in from..to {
            let Some(token) = self.tokens.get(at).copied() else {
                break;
            };
            if depth == 0 && at > start && self.begins_part(read, at) {
                self.line(read, start, at);
                start = at;
            }
            depth = nested(depth, token.kind);
        }
        if start < to {
            self.line(read, start, to);
        }
    }

    fn line(&mut self, read: Token, from: usize, to: usize) {
        let kind = |at: usize| self.tokens.get(at).map(|t| t.kind);
        let is_members =
            kind(from) == Some(Token::Members) && kind(from + 1) == Some(Token::OpenBrace);
        let close = if is_members {
            closing(self.tokens, from + 1, to)
        } else {
            to
        };
        if is_members && close < to {
            self.copy(from, from + 2);
            self.list(Token::ReadMembers, Token::Comma, from + 2, close);
            self.copy(close, close + 1);
            if close + 1 < to {
                self.part(read, close + 1, to);
            }
        } else {
            self.part(read, from, to);
        }
    }

    fn begins_part(&self, read: Token, at: usize) -> bool {
        let (Some(token), Some(before)) = (
            self.tokens.get(at),
            at.checked_sub(1).and_then(|b| self.tokens.get(b)),
        ) else {
            return false;
        };
        if !before.kind.ends_operand() {
            return false;
        }
        let awaits = before.kind.begins_attribute()
            && !matches!(
                before.kind,
                Token::Optional | Token::Changeable | Token::Hindsight
            );
        let fresh = on_new_line(self.reader.text(), *before, *token);
        if read == Token::ReadAlertParts {
            let next = self.tokens.get(at + 1).map(|t| t.kind);
            // `for` and `unless` go on with the clause, on whichever line they stand.
            let goes_on = matches!(token.kind, Token::For | Token::Unless);
            return (token.kind.begins_attribute() && !awaits)
                || (token.kind.begins_clause() && next == Some(Token::When))
                || (token.kind == Token::Notice && next == Some(Token::Text))
                || (token.kind.is_name() && fresh && !goes_on);
        }
        if read == Token::ReadTestParts {
            let begins = matches!(token.kind, Token::Given | Token::Expect);
            return begins && before.kind != Token::Expect;
        }
        let is_word = token.kind.begins_attribute()
            || matches!(
                token.kind,
                Token::Combine | Token::Require | Token::Members | Token::Evidence
            );
        (is_word && !awaits) || (token.kind.is_name() && (fresh || before.kind == Token::Text))
    }
}

/// The stretch of a declaration.
pub(crate) fn extent(tokens: &[Tok]) -> Option<Span> {
    Some(Span {
        start: tokens.first()?.start,
        end: tokens.last()?.end,
    })
}
