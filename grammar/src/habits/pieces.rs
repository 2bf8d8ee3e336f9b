//! Tokens with the words that they would be written with.
//!
//! In: tokens, and what stands for them. Out: the line to write instead.

use crate::token::{Tok, Token};
use crate::words::one_line;

/// A token and its words; a token without words is only there for the parser.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub token: Tok,
    pub words: String,
}

/// The pieces in one line.
pub(super) fn line(pieces: &[Piece]) -> String {
    let words: Vec<&str> = pieces
        .iter()
        .map(|piece| piece.words.as_str())
        .filter(|words| !words.is_empty())
        .collect();
    one_line(&words.join(" "))
}

/// How a token of this kind is always written.
pub(super) fn spelling(kind: Token) -> Option<&'static str> {
    Some(match kind {
        Token::If => "if",
        Token::Then => "then",
        Token::Else => "else",
        Token::And => "and",
        Token::Or => "or",
        Token::Not => "not",
        Token::Is => "is",
        Token::In => "in",
        Token::Yes => "yes",
        Token::No => "no",
        Token::Missing => "missing",
        Token::Less => "<",
        Token::LessOrEqual => "<=",
        Token::Greater => ">",
        Token::GreaterOrEqual => ">=",
        Token::Plus => "+",
        Token::Minus => "-",
        Token::Star => "*",
        Token::Slash => "/",
        Token::Comma => ",",
        Token::DotDot => "..",
        _ => return None,
    })
}

/// Does it bind looser than a comparison's operand, so that brackets belong around it?
pub(super) fn has_operator(pieces: &[Piece]) -> bool {
    top_level(pieces)
        .any(|kind| is_operator(kind) || matches!(kind, Token::If | Token::Then | Token::Else))
}

/// The kinds that stand outside brackets.
pub(super) fn top_level(pieces: &[Piece]) -> impl Iterator<Item = Token> {
    let mut depth = 0_usize;
    pieces.iter().filter_map(move |piece| {
        let kind = piece.token.kind;
        // A bracket without words is there for the parser alone.
        if piece.words.is_empty() && (kind.opens() || kind.closes()) {
            return None;
        }
        if kind.opens() {
            depth += 1;
            return None;
        }
        if kind.closes() {
            depth = depth.saturating_sub(1);
            return None;
        }
        (depth == 0).then_some(kind)
    })
}

pub(super) fn is_operator(kind: Token) -> bool {
    matches!(
        kind,
        Token::And
            | Token::Or
            | Token::Not
            | Token::Is
            | Token::In
            | Token::Less
            | Token::LessOrEqual
            | Token::Greater
            | Token::GreaterOrEqual
            | Token::Plus
            | Token::Minus
            | Token::Star
            | Token::Slash
            | Token::Fallback
            | Token::Dot
    )
}

/// How tightly an operator binds; a form of our own stands in brackets beside a tighter one.
pub(super) fn tightness(kind: Token) -> u8 {
    match kind {
        Token::Or => 1,
        Token::And => 2,
        Token::Not => 3,
        Token::Is
        | Token::In
        | Token::Less
        | Token::LessOrEqual
        | Token::Greater
        | Token::GreaterOrEqual => 4,
        Token::Fallback => 5,
        Token::Plus | Token::Minus => 6,
        Token::Star | Token::Slash => 7,
        Token::Dot => 8,
        _ => 0,
    }
}
