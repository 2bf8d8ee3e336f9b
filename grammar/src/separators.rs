//! What a line break tells that the signs do not.
//!
//! In: the tokens of one declaration. Out: the same, with the commas that were forgotten between
//! the members of a factor and the clauses of a level, and with every `..` marked after which the
//! range is open. Without the first, `at_war weight 3` followed by a line with `repression` would
//! read as three of a unit called `repression`.

use crate::declarations::{on_new_line, slice};
use crate::token::{Tok, Token};

/// Puts in the commas that are missing at line ends; gives the places in the new tokens.
pub(crate) fn forgotten_commas(text: &str, tokens: &mut Vec<Tok>) -> Vec<usize> {
    let Some(first) = tokens.first().map(|t| t.kind) else {
        return Vec::new();
    };
    if !matches!(first, Token::DeclareFactor | Token::DeclareLevel) {
        return Vec::new();
    }
    let mut missing = Vec::new();
    // For each open bracket, whether it opens such a list.
    let mut open: Vec<bool> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|b| tokens.get(b)).copied();
        if open.last() == Some(&true)
            && let Some(before) = before
            && begins_entry(text, first, tokens, at)
            && (completes_entry(&before) || awaits_in_vain(&before, tokens, at))
            && on_new_line(text, before, *token)
        {
            missing.push(at);
        }
        if token.kind.opens() {
            let is_list = match first {
                Token::DeclareFactor => before.is_some_and(|b| b.kind == Token::Members),
                _ => open.is_empty() && before.is_some_and(|b| b.kind != Token::In),
            };
            open.push(is_list && token.kind == Token::OpenBrace);
        } else if token.kind.closes() {
            open.pop();
        }
    }
    if missing.is_empty() {
        return missing;
    }
    let mut mended = Vec::with_capacity(tokens.len() + missing.len());
    let mut places = Vec::with_capacity(missing.len());
    let mut next = missing.iter().peekable();
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        if next.next_if(|m| **m == at).is_some() {
            places.push(mended.len());
            mended.push(Tok {
                kind: Token::Comma,
                start: end,
                end,
            });
        }
        mended.push(*token);
        end = token.end;
    }
    *tokens = mended;
    places
}

/// Could the entry end with this token?
pub(crate) fn completes_entry(before: &Tok) -> bool {
    let kind = before.kind;
    kind.ends_operand() && (!kind.is_contextual() || kind == Token::Otherwise)
}

/// `mid when` at a line's end, and `low otherwise` or `low when` on the next.
fn awaits_in_vain(before: &Tok, tokens: &[Tok], at: usize) -> bool {
    let next = tokens.get(at + 1).map(|t| t.kind);
    !matches!(before.kind, Token::Comma | Token::OpenBrace)
        && matches!(next, Some(Token::When | Token::Otherwise))
        && tokens.get(at).is_some_and(|t| t.kind == Token::Ident)
}

/// `repression weight`, `high when`: a name, and behind it what follows the name of an entry.
fn begins_entry(text: &str, declares: Token, tokens: &[Tok], at: usize) -> bool {
    let is_name = |at: usize| tokens.get(at).is_some_and(|t| t.kind.is_name());
    let next = tokens.get(at + 1).map(|t| t.kind);
    if !is_name(at) {
        return false;
    }
    match declares {
        Token::DeclareFactor => {
            let ends_line = || match (tokens.get(at), tokens.get(at + 1)) {
                (Some(token), Some(next)) => {
                    next.kind.is_name() && on_new_line(text, *token, *next)
                }
                _ => false,
            };
            (matches!(next, Some(Token::Weight | Token::Comma | Token::CloseBrace)) || ends_line())
                && tokens.get(at).is_some_and(|t| t.kind != Token::Weight)
        }
        _ => matches!(next, Some(Token::When | Token::Otherwise | Token::In)),
    }
}

/// Marks the `x` of `[5 deaths x 12]`, where a test is read: a name, between a value and a number.
pub(crate) fn mark_repeats(text: &str, tokens: &mut [Tok]) {
    let mut declares = tokens.iter().map(|t| t.kind);
    if declares.find(|kind| !kind.is_prefix()) != Some(Token::DeclareTest) {
        return;
    }
    for at in 1..tokens.len() {
        let kind = |at: usize| tokens.get(at).map(|t| t.kind);
        let between = kind(at - 1).is_some_and(Token::ends_operand)
            && kind(at) == Some(Token::Ident)
            && kind(at + 1) == Some(Token::Number);
        if let Some(token) = tokens.get_mut(at).filter(|_| between)
            && matches!(slice(text, *token), "x" | "×")
        {
            token.kind = Token::Times;
        }
    }
}

/// Marks the word of `piecewise x { 0..50 to 0..12 }`: a value follows it, and then a brace.
pub(crate) fn mark_pieces(text: &str, tokens: &mut [Tok]) {
    for at in 0..tokens.len() {
        let is_word =
            |token: &Tok| token.kind == Token::Ident && slice(text, *token) == "piecewise";
        if !tokens.get(at).is_some_and(is_word) {
            continue;
        }
        let mut open: Vec<Token> = Vec::new();
        let mut any = false;
        for token in tokens.get(at + 1..).unwrap_or_default() {
            let kind = token.kind;
            if open.is_empty() && kind == Token::OpenBrace {
                if any && let Some(token) = tokens.get_mut(at) {
                    token.kind = Token::Piecewise;
                }
                break;
            }
            if let Some(close) = kind.partner() {
                open.push(close);
            } else if open.last() == Some(&kind) {
                open.pop();
            } else if open.is_empty() && !kind.is_name() && kind != Token::Dot {
                break;
            }
            any = true;
        }
    }
}

/// Marks each `..` that has no upper end.
pub(crate) fn mark_open_ranges(tokens: &mut [Tok]) {
    for at in 0..tokens.len() {
        let kind = |ahead: usize| tokens.get(at + ahead).map(|t| t.kind);
        let before = at
            .checked_sub(1)
            .and_then(|b| tokens.get(b))
            .map(|t| t.kind);
        // `"2010-01".."2019-12"`
        let of_periods = before == Some(Token::Text) || kind(1) == Some(Token::Text);
        let is_open =
            kind(0) == Some(Token::DotDot) && !of_periods && !begins_value(kind(1), kind(2));
        if let Some(token) = tokens.get_mut(at).filter(|_| is_open) {
            token.kind = Token::DotDotOpen;
        }
    }
}

/// Could a value begin here? A word such as `cite` is a name unless what follows it shows that it
/// begins a property.
fn begins_value(token: Option<Token>, next: Option<Token>) -> bool {
    let Some(token) = token else { return false };
    match token {
        Token::Cite
        | Token::Column
        | Token::License
        | Token::Url
        | Token::Updated
        | Token::Except
        | Token::Written
        | Token::Because => next != Some(Token::Text),
        Token::Until => !matches!(next, Some(Token::Text | Token::Number)),
        Token::From => {
            !next.is_some_and(|n| n.is_name() || matches!(n, Token::Text | Token::Number))
        }
        Token::Classification | Token::Polarity | Token::Nature | Token::Allow => {
            !next.is_some_and(Token::is_name)
        }
        Token::Raise | Token::Escalate | Token::Clear => next != Some(Token::When),
        // Behind a value, what follows them is a value too.
        Token::For | Token::Cooldown | Token::Unless => !next
            .is_some_and(|n| n.is_name() || matches!(n, Token::Number | Token::Not | Token::If)),
        Token::Missing => next != Some(Token::Means),
        Token::On => !matches!(next, Some(Token::Violation | Token::Unknown)),
        Token::Carry => next != Some(Token::Forward),
        Token::Applies => !matches!(next, Some(Token::When | Token::Unless)),
        Token::Expires => next != Some(Token::After),
        Token::Changeable if next == Some(Token::Cost) => false,
        Token::Optional | Token::Changeable | Token::Hindsight => {
            next.is_some_and(|n| !n.begins_attribute())
        }
        Token::Number
        | Token::Minus
        | Token::OpenParen
        | Token::OpenBracket
        | Token::Yes
        | Token::No
        | Token::Unknown => true,
        other => other.is_name(),
    }
}
