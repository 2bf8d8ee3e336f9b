//! Tells nesting beyond the limit before anything is parsed.
//!
//! In: the tokens of one declaration. Out: where they nest too deeply, if they do. The tree's own
//! limit (`tree`) is exact; this one keeps the parser's stack small on ten million brackets.

use crate::NESTING_LIMIT;
use crate::ast::Span;
use crate::token::{Tok, Token};

/// The braces of a declaration's body and of its members do not count as nesting.
const BODY_BRACES: usize = 2;

/// The first token that is nested too deeply.
pub(crate) fn too_deep(tokens: &[Tok]) -> Option<Span> {
    let limit = usize::from(NESTING_LIMIT) + BODY_BRACES;
    let mut brackets = 0_usize;
    let mut ifs = 0_usize;
    let mut prefixes = 0_usize;
    let mut before = None;
    let mut rest = tokens.iter().peekable();
    while let Some(token) = rest.next() {
        let kind = token.kind;
        if kind.opens() {
            brackets += 1;
        } else if kind.closes() {
            brackets = brackets.saturating_sub(1);
        }
        match kind {
            Token::If if before != Some(Token::Else) => ifs += 1,
            // An `else` without an `if` behind it ends its `if`.
            Token::Else if rest.peek().is_none_or(|next| next.kind != Token::If) => {
                ifs = ifs.saturating_sub(1);
            }
            _ => {}
        }
        prefixes = match kind {
            Token::Not | Token::Minus | Token::List | Token::Of => prefixes + 1,
            _ => 0,
        };
        if brackets + ifs + prefixes > limit {
            return Some(Span {
                start: token.start,
                end: token.end,
            });
        }
        before = Some(kind);
    }
    None
}
