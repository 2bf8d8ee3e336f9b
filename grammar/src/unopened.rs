//! A closing bracket whose opening one is nowhere: `u + v) / 2`.
//!
//! In: the tokens of a declaration, and the place of the bracket. Out: whether it is all the same where it was to
//! be opened, so that it may as well be taken out.

use crate::token::{Tok, Token};

/// What a token of a formula is to the brackets around it.
enum Part {
    /// How tightly it binds, and whether it may be put together in any order: `a + (b + c)`.
    Operator(u8, bool),
    Operand,
    /// A formula begins behind it.
    Begins,
    /// Nobody can say.
    Other,
}

fn part(kind: Token) -> Part {
    match kind {
        Token::Equals | Token::When => Part::Begins,
        Token::If | Token::Then | Token::Else => Part::Operator(0, true),
        Token::Or => Part::Operator(1, true),
        Token::And => Part::Operator(2, true),
        Token::Not => Part::Operator(3, false),
        Token::Less
        | Token::LessOrEqual
        | Token::Greater
        | Token::GreaterOrEqual
        | Token::Is
        | Token::In
        | Token::DotDot
        | Token::DotDotLess
        | Token::DotDotOpen => Part::Operator(4, false),
        Token::Plus => Part::Operator(5, true),
        Token::Minus => Part::Operator(5, false),
        Token::Star => Part::Operator(6, true),
        Token::Slash => Part::Operator(6, false),
        Token::Number
        | Token::Text
        | Token::Dot
        | Token::Yes
        | Token::No
        | Token::Missing
        | Token::Unknown => Part::Operand,
        kind if kind.is_name() => Part::Operand,
        _ => Part::Other,
    }
}

/// Is the value the same, wherever the bracket at a place is opened?
pub(crate) fn same_wherever_opened(tokens: &[Tok], at: usize) -> bool {
    let mut depth = 0_usize;
    // From the bracket back: how tightly what stands there binds.
    let mut operators: Vec<(u8, bool)> = Vec::new();
    for token in tokens.iter().take(at).rev() {
        if token.kind.closes() {
            depth += 1;
        } else if token.kind.opens() {
            let Some(less) = depth.checked_sub(1) else {
                break;
            };
            depth = less;
        } else if depth == 0 {
            match part(token.kind) {
                Part::Operator(binds, any_order) => operators.push((binds, any_order)),
                Part::Operand => {}
                Part::Begins => break,
                Part::Other => return false,
            }
        }
    }
    let behind = match tokens.get(at + 1).map(|next| part(next.kind)) {
        Some(Part::Operator(binds, _)) => Some(binds),
        Some(Part::Other | Part::Operand | Part::Begins) | None => None,
    };
    let looser = |than: u8| operators.iter().any(|(binds, _)| *binds < than);
    if behind.is_some_and(looser)
        || tokens
            .get(at + 1)
            .is_some_and(|next| next.kind == Token::Dot)
    {
        return false;
    }
    // `a * (b + c)`, `a - (b + c)`: what stands before the group takes it as a whole.
    operators
        .iter()
        .enumerate()
        .all(|(index, (binds, any_order))| {
            let later = operators.get(..index).unwrap_or_default();
            later
                .iter()
                .all(|(later, _)| later > binds || (later == binds && *any_order))
        })
}
