//! Where in a declaration something stands.
//!
//! In: the tokens before it. Out: what the innermost bracket holds and what stands just before, from
//! which the words of a message are chosen.

use crate::ast::Span;
use crate::token::{Tok, Token};

/// What the innermost open bracket holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    Nothing,
    FactorBody,
    Members,
    LevelBody,
    ScaleBody,
    SourceBody,
    AlertBody,
    TestBody,
    Names,
    Parameters,
    Values,
    Parentheses,
    Unit,
}

/// Where in a declaration a slip is.
pub(crate) struct Place {
    pub declares: Option<Token>,
    pub before: Option<Token>,
    pub inside: Inside,
    pub open: Option<Span>,
}

impl Place {
    /// Between the members of a factor or the lines of a level.
    pub fn between_entries(tokens: &[Tok]) -> Self {
        let declares = tokens.first().map(|t| t.kind);
        let inside = match declares {
            Some(Token::DeclareFactor) => Inside::Members,
            _ => Inside::LevelBody,
        };
        Self {
            declares,
            before: None,
            inside,
            open: None,
        }
    }

    /// The place before the token at `at`.
    pub fn new(tokens: &[Tok], at: usize, read: Token) -> Self {
        let declares = tokens
            .iter()
            .map(|t| t.kind)
            .find(|kind| !kind.is_prefix())
            .filter(|kind| kind.declares());
        let outer = match read {
            Token::ReadFactorParts => Inside::FactorBody,
            Token::ReadMembers => Inside::Members,
            Token::ReadArms => Inside::LevelBody,
            Token::ReadLevelNames => Inside::ScaleBody,
            Token::ReadAttributes => Inside::SourceBody,
            Token::ReadAlertParts => Inside::AlertBody,
            Token::ReadTestParts => Inside::TestBody,
            _ => Inside::Nothing,
        };
        let mut open = vec![(outer, None)];
        let mut before = None;
        for token in tokens.iter().take(at) {
            let span = Span {
                start: token.start,
                end: token.end,
            };
            let has_body = open.iter().all(|(inside, _)| *inside == Inside::Nothing);
            let inside = match (token.kind, before) {
                (Token::OpenBrace, Some(Token::Members)) => Inside::Members,
                (Token::OpenBrace, Some(Token::In | Token::Category)) => Inside::Names,
                (Token::OpenBrace, _) if has_body => match declares {
                    Some(Token::DeclareFactor) => Inside::FactorBody,
                    Some(Token::DeclareLevel) => Inside::LevelBody,
                    Some(Token::DeclareScale) => Inside::ScaleBody,
                    Some(Token::DeclareSource) => Inside::SourceBody,
                    Some(Token::DeclareAlert) => Inside::AlertBody,
                    Some(Token::DeclareTest) => Inside::TestBody,
                    _ => Inside::Names,
                },
                (Token::OpenBrace, _) => Inside::Names,
                (Token::OpenParen, Some(_)) if declares == Some(Token::DeclareFn) && has_body => {
                    Inside::Parameters
                }
                (Token::OpenParen, Some(before)) if before.is_name() => Inside::Values,
                (Token::OpenParen, _) => Inside::Parentheses,
                (Token::OpenBracket, Some(Token::NumberWord)) => Inside::Unit,
                (Token::OpenBracket, _) => Inside::Values,
                _ => {
                    if token.kind.closes() && open.len() > 1 {
                        open.pop();
                    }
                    before = Some(token.kind);
                    continue;
                }
            };
            open.push((inside, Some(span)));
            before = Some(token.kind);
        }
        let (inside, open) = open.last().copied().unwrap_or((outer, None));
        Self {
            declares,
            before,
            inside,
            open,
        }
    }
}

/// What stands behind the tokens that are being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// The next token of the file.
    pub after: Option<Tok>,
    /// Where the tokens end in the file, whatever has been taken out of them.
    pub end: u32,
}
