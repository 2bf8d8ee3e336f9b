//! A text's words on one line, as a formatter would write them.
//!
//! In: the text of a rule file, or of a part of it. Out: its tokens in a line, without comments, with one
//! space where one belongs; and of every span of the text the part of that line. What people are told of
//! a term is such a part: nobody searches the text itself for words.

use std::ops::Range;

use crate::ast::Span;
use crate::lexer::lex;
use crate::token::{Tok, Token};

/// A text on one line.
#[derive(Clone, Debug, Default)]
pub struct OneLine {
    line: String,
    tokens: Vec<Placed>,
}

/// A token and where it stands in the line.
#[derive(Clone, Debug)]
struct Placed {
    token: Tok,
    part: Range<usize>,
}

impl OneLine {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut line = String::with_capacity(text.len());
        let mut tokens: Vec<Placed> = Vec::new();
        for token in lex(text).tokens {
            let mut before = tokens.iter().rev().map(|placed| placed.token);
            if let Some(last) = before.next()
                && is_apart(before.next(), last, token)
            {
                line.push(' ');
            }
            let from = line.len();
            let words = text.get(token.start as usize..token.end as usize);
            let words = words.unwrap_or_default();
            if token.kind == Token::Number {
                // `40 %` is one token.
                line.extend(words.split_whitespace());
            } else {
                line.push_str(words);
            }
            let part = from..line.len();
            tokens.push(Placed { token, part });
        }
        Self { line, tokens }
    }

    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The part of the line that a span of the text became, without brackets around the whole of it.
    #[must_use]
    pub fn part(&self, span: Span) -> Range<usize> {
        let tokens = &self.tokens;
        let first = tokens.partition_point(|placed| placed.token.start < span.start);
        let after = tokens.partition_point(|placed| placed.token.end <= span.end);
        let mut inside = tokens.get(first..after).unwrap_or_default();
        while let Some(bare) = without_brackets(inside) {
            inside = bare;
        }
        match (inside.first(), inside.last()) {
            (Some(first), Some(last)) => first.part.start..last.part.end,
            _ => 0..0,
        }
    }
}

/// A text's words on one line.
///
/// ```
/// use forewarn_grammar::words::one_line;
///
/// assert_eq!(one_line("a>=3 // enough\n  and -b < sum( c,over:12 months )"), "a >= 3 and -b < sum(c, over: 12 months)");
/// ```
#[must_use]
pub fn one_line(text: &str) -> String {
    OneLine::of(text).line
}

/// The names that a text refers to by themselves: not what stands behind a dot, nor what names an argument.
///
/// ```
/// use forewarn_grammar::words::names_in;
///
/// assert_eq!(names_in("rate(x, low: floor) * concern.high // of y"), ["rate", "x", "floor", "concern"]);
/// ```
#[must_use]
pub fn names_in(text: &str) -> Vec<&str> {
    let tokens = lex(text).tokens;
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let next = tokens.get(at + 1);
        let is_part = before.is_some_and(|before| before.kind == Token::Dot)
            || next.is_some_and(|next| next.kind == Token::Colon);
        if token.kind.is_name() && !is_part {
            names.extend(text.get(token.start as usize..token.end as usize));
        }
    }
    names
}

/// What a pair of brackets that holds all of some tokens holds.
fn without_brackets(tokens: &[Placed]) -> Option<&[Placed]> {
    let [open, inside @ .., close] = tokens else {
        return None;
    };
    let is_pair = open.token.kind == Token::OpenParen && close.token.kind == Token::CloseParen;
    if !is_pair || inside.is_empty() {
        return None;
    }
    let mut depth = 0_usize;
    for placed in inside {
        if placed.token.kind == Token::OpenParen {
            depth += 1;
        } else if placed.token.kind == Token::CloseParen {
            depth = depth.checked_sub(1)?;
        }
    }
    Some(inside)
}

/// Does a space stand between two tokens? `earlier` is the one before both.
fn is_apart(earlier: Option<Tok>, before: Tok, next: Tok) -> bool {
    let tight_after = before.kind.opens()
        || matches!(before.kind, Token::Dot | Token::DotDot | Token::DotDotLess);
    let tight_before = next.kind.closes()
        || matches!(
            next.kind,
            Token::Comma
                | Token::Colon
                | Token::Dot
                | Token::DotDot
                | Token::DotDotLess
                | Token::Percent
        );
    if tight_after || tight_before {
        return false;
    }
    let was_apart = before.end < next.start;
    match (before.kind, next.kind) {
        (Token::Ident, Token::OpenParen | Token::OpenBracket) => false,
        // `count(…)` is a call, `at least 3 of (…)` is none.
        (word, Token::OpenParen | Token::OpenBracket) if word.is_contextual() => was_apart,
        // A sign of one number.
        (Token::Minus, _) => earlier.is_some_and(|earlier| ends_operand(earlier.kind)),
        _ => true,
    }
}

/// Can an operand end here, so that a minus after it takes away?
fn ends_operand(kind: Token) -> bool {
    kind.is_name()
        || kind.closes()
        || matches!(
            kind,
            Token::Number
                | Token::Text
                | Token::Percent
                | Token::Yes
                | Token::No
                | Token::Unknown
                | Token::Missing
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(text: &str, line: &str) {
        assert_eq!(one_line(text), line);
        // What is written so stays as it is.
        assert_eq!(one_line(line), line);
    }

    #[test]
    fn spaces_stand_where_a_formatter_puts_them() {
        same(
            "if a>b then-1 else  2*( a+b )",
            "if a > b then -1 else 2 * (a + b)",
        );
        same("a-b - -c", "a - b - -c");
        same("at least 2 of ( a,b )", "at least 2 of (a, b)");
        same("x in 0 ..< 1", "x in 0..<1");
        same("region in { west,central }", "region in {west, central}");
        same("f . coverage>=40 %", "f.coverage >= 40%");
        same(
            "percentile( x, among:region )",
            "percentile(x, among: region)",
        );
    }

    #[test]
    fn comments_are_no_words() {
        same("a // b and c\n + /// d\n 1", "a + 1");
        // Nor is what looks like one in a text.
        same("\"http://x\" // y", "\"http://x\"");
    }

    #[test]
    fn parts_are_without_brackets_around_them() {
        let text = "x = ( ( a+b ) ) * (c) // d";
        let line = OneLine::of(text);
        let part = |from: &str, to: &str| {
            let start = text.find(from).expect("a start");
            let end = text.find(to).expect("an end") + to.len();
            line.line()[line.part(Span::new(start, end))].to_owned()
        };
        assert_eq!(part("( ( a", "b ) )"), "a + b");
        assert_eq!(part("( ( a", "(c)"), "((a + b)) * (c)");
        assert_eq!(part("(c)", "(c)"), "c");
    }
}
