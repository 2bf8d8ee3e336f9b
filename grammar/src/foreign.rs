//! Signs of other languages, for which there is one of our own.
//!
//! In: nothing. Out: the table that the lexer exchanges them by.

use crate::token::Token;

/// A foreign sign, our spelling of it, and the tokens that it stands for. An empty spelling: leave
/// it out.
pub(crate) const FOREIGN: [(&str, &str, &[Token]); 37] = [
    ("==", "is", &[Token::Is]),
    ("===", "is", &[Token::Is]),
    ("!=", "is not", &[Token::Is, Token::Not]),
    ("!==", "is not", &[Token::Is, Token::Not]),
    ("<>", "is not", &[Token::Is, Token::Not]),
    ("≠", "is not", &[Token::Is, Token::Not]),
    ("±", "within", &[Token::Within]),
    ("≈", "is", &[Token::Is]),
    ("&&", "and", &[Token::And]),
    ("&", "and", &[Token::And]),
    ("||", "or", &[Token::Or]),
    ("|", "or", &[Token::Or]),
    ("!", "not ", &[Token::Not]),
    ("=<", "<=", &[Token::LessOrEqual]),
    ("≤", "<=", &[Token::LessOrEqual]),
    ("⩽", "<=", &[Token::LessOrEqual]),
    ("=>", ">=", &[Token::GreaterOrEqual]),
    ("≥", ">=", &[Token::GreaterOrEqual]),
    ("⩾", ">=", &[Token::GreaterOrEqual]),
    (":=", "=", &[Token::Equals]),
    ("...", "..", &[Token::DotDot]),
    ("…", "..", &[Token::DotDot]),
    ("×", "*", &[Token::Star]),
    ("·", "*", &[Token::Star]),
    ("÷", "/", &[Token::Slash]),
    ("−", "-", &[Token::Minus]),
    ("–", "-", &[Token::Minus]),
    ("—", "-", &[Token::Minus]),
    ("→", "->", &[Token::Arrow]),
    ("∧", "and", &[Token::And]),
    ("∨", "or", &[Token::Or]),
    ("¬", "not ", &[Token::Not]),
    ("∈", "in", &[Token::In]),
    ("∉", "not in", &[Token::Not, Token::In]),
    // Hyphens of texts that were set in print.
    ("‐", "-", &[Token::Minus]),
    ("‑", "-", &[Token::Minus]),
    (";", "", &[]),
];
