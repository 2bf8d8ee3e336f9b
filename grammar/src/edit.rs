//! A small change of tokens that may let the grammar read on, and as what it is told.
//!
//! In: nothing. Out: the types and the few questions that both `repair` and `slips` ask of tokens.

use crate::ast::Span;
use crate::token::{Tok, Token};

/// Tokens to take out and to put in.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub at: usize,
    pub remove: usize,
    pub insert: Vec<Tok>,
    pub told: Told,
}

/// As what the slip is told.
#[derive(Clone, Debug)]
pub(crate) enum Told {
    /// This sign is missing.
    Missing(&'static str),
    /// Another sign is meant.
    Instead(&'static str),
    /// A reserved word where a name was to be.
    Reserved,
    /// The bracket that is never closed, and what closes it.
    Unclosed(Span, &'static str),
    /// A word of the language, misspelt.
    Misspelt(String),
    /// A sign too many.
    Superfluous,
    /// Words that are to stand between quotes, and as what.
    NoQuotes(&'static str),
    /// `if … then …` without `else`: what is likely meant.
    NoElse(String),
    /// A name with blanks in it.
    Blanks,
    /// A whole declaration is overridden.
    OverridesWhole,
    /// A change of another framework, where none is extended.
    Plain,
    /// Other words are meant for all that is taken out.
    Rewritten(String),
    /// A bracket or a comma too many.
    Stray,
    /// Arguments without their opening bracket.
    Unopened,
    /// Words that belong elsewhere: where.
    Elsewhere(String),
    /// Other brackets, or none, around what stands between two.
    Brackets(&'static str, &'static str),
    /// A word or a sign without which everything else reads.
    LeftOut,
    /// A word that says something, without which everything else reads.
    Unread,
    /// A word or a sign that stands there twice.
    Twice,
    /// A property that is not there: what to say instead.
    NoProperty(String),
    /// A list of levels or categories, as it is written here.
    Items(String),
    /// An address without quotes, and where it ends.
    Address(u32),
    /// Only that it does not fit.
    Unexpected,
}

pub(crate) fn insertion(tokens: &[Tok], at: usize, kind: Token, written: &'static str) -> Edit {
    let end = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .map_or(0, |t| t.end);
    let insert = vec![Tok {
        kind,
        start: end,
        end,
    }];
    Edit {
        at,
        remove: 0,
        insert,
        told: Told::Missing(written),
    }
}

pub(crate) fn in_scale(read: Token, tokens: &[Tok]) -> bool {
    read == Token::ReadLevelNames
        || tokens
            .first()
            .is_some_and(|t| t.kind == Token::DeclareScale)
}

pub(crate) fn takes_text(word: Token) -> bool {
    matches!(
        word,
        Token::Cite
            | Token::Column
            | Token::License
            | Token::Url
            | Token::Updated
            | Token::Except
            | Token::Written
            | Token::Because
            | Token::Version
    )
}

/// The `if` before the token that has no `else` yet.
pub(crate) fn open_if(tokens: &[Tok], at: usize) -> Option<Tok> {
    let mut closed = 0_usize;
    let mut place = at;
    while place > 0 {
        place -= 1;
        let token = *tokens.get(place)?;
        let before = place
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .map(|t| t.kind);
        match token.kind {
            Token::Else if tokens.get(place + 1).is_none_or(|t| t.kind != Token::If) => closed += 1,
            // `else if` goes on with its chain.
            Token::If if before == Some(Token::Else) => {}
            Token::If if closed == 0 => return Some(token),
            Token::If => closed -= 1,
            _ => {}
        }
    }
    None
}
