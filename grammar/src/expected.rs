//! What did not fit, told in words.
//!
//! In: where the grammar stopped, and what would mend it. Out: the problem, with what was found as
//! the reader knows it and what was expected in phrases, never a list of tokens.

use crate::ast::Span;
use crate::declarations::{on_new_line, slice};
use crate::failure::Failure;
use crate::literal::quoted;
use crate::phrases::{CLAUSE, LEVEL_NAME, MEMBER, after_colon, phrases};
use crate::place::{Around, Inside, Place};
use crate::problem::{Hint, Problem, ProblemKind};
use crate::spelling::closest;
use crate::token::{DECLARATION_WORDS, Tok, Token};

/// The token as the reader knows it.
pub(crate) fn found(text: &str, token: Tok) -> String {
    let word = quoted(slice(text, token));
    match token.kind {
        Token::Number => format!("the number `{word}`"),
        Token::Text => format!("the text `{word}`"),
        _ => format!("`{word}`"),
    }
}

fn unexpected(found: String, expected: Vec<String>, span: Span) -> Problem {
    Problem {
        kind: ProblemKind::Unexpected {
            found,
            expected,
            missing_separator: None,
            hint: Hint::None,
        },
        span,
    }
}

/// A sign is missing before the token.
pub(crate) fn missing(
    text: &str,
    tokens: &[Tok],
    at: usize,
    token: Tok,
    sign: &str,
    place: &Place,
) -> Problem {
    let offset = at
        .checked_sub(1)
        .and_then(|b| tokens.get(b))
        .map_or(token.start, |t| t.end);
    let phrase = match (sign.trim(), place.inside) {
        (",", Inside::Members) => "a comma between the members".to_owned(),
        (",", Inside::LevelBody) => "a comma between the lines of the level".to_owned(),
        (",", Inside::Names | Inside::ScaleBody) => "a comma between the names".to_owned(),
        (",", Inside::Parameters) => "a comma between the parameters".to_owned(),
        (",", _) => "a comma between the values".to_owned(),
        ("<", _) => "`<` between the levels, from lowest to highest".to_owned(),
        ("=", _) => "`=` and the value".to_owned(),
        (":", _) => after_colon(place),
        ("then", _) => "`then` and the value".to_owned(),
        ("when", _) => "`when` and the condition".to_owned(),
        ("{", _) => "`{`".to_owned(),
        (")" | "]" | "}", _) => format!("`{}` to close what was opened", sign.trim()),
        ("coverage", _) => {
            "what the number counts: `coverage`, the share of weights known".to_owned()
        }
        ("known", _) => "what the number counts: `known`, the members known".to_owned(),
        ("weight", _) => "`weight` and a number".to_owned(),
        ("for", _) => "`for` and a duration".to_owned(),
        (other, _) => format!("`{other}`"),
    };
    let before = at.checked_sub(1).and_then(|b| tokens.get(b)).copied();
    // The slip is where the line ends, not where the next one begins.
    let behind =
        before.filter(|before| before.end > before.start && on_new_line(text, *before, token));
    let kind = ProblemKind::Unexpected {
        found: found(text, behind.unwrap_or(token)),
        expected: vec![phrase],
        missing_separator: Some((sign.to_owned(), vec![offset])),
        hint: if behind.is_some() {
            Hint::Behind
        } else {
            Hint::None
        },
    };
    Problem {
        kind,
        span: behind.unwrap_or(token).span(),
    }
}

/// A bracket is never closed.
pub(crate) fn unclosed(
    text: &str,
    tokens: &[Tok],
    open: Span,
    sign: &'static str,
    around: Around,
) -> Problem {
    let Some(after) = around.after else {
        let expected = vec![format!("`{sign}` to close what was opened")];
        let kind = ProblemKind::UnexpectedEnd {
            expected,
            open: Some(open),
        };
        return Problem {
            kind,
            span: tokens.last().map_or(open, |t| t.span()),
        };
    };
    let of = tokens
        .get(1)
        .filter(|t| t.kind.is_name())
        .map(|t| quoted(slice(text, *t)));
    // A brace on a line of its own, as far left as the declaration, closes the whole of it.
    let inner = inner_open(text, tokens).filter(|_| sign == "}");
    if let Some((block, last)) = inner {
        return Problem {
            kind: ProblemKind::Unclosed {
                sign,
                open: block.span(),
                of,
                insert: "\n  }",
                offset: last.end,
                next: tokens.last().map_or(after.span(), |t| t.span()),
            },
            span: last.span(),
        };
    }
    let last = tokens.iter().rev().find(|t| t.end > t.start);
    Problem {
        kind: ProblemKind::Unclosed {
            sign,
            open,
            of,
            insert: if sign == "}" { "\n}" } else { sign },
            offset: around.end,
            next: after.span(),
        },
        span: last.map_or(open, |t| t.span()),
    }
}

/// The block within a declaration that its last brace closes, although it stands where the whole ends;
/// and the last token in it.
fn inner_open(text: &str, tokens: &[Tok]) -> Option<(Tok, Tok)> {
    let (close, rest) = tokens.split_last()?;
    let last = *rest.last()?;
    let column = |token: &Tok| {
        let before = text.get(..token.start as usize)?;
        Some(before.len() - before.rfind('\n').map_or(0, |at| at + 1))
    };
    let ends_whole = close.kind == Token::CloseBrace
        && on_new_line(text, last, *close)
        && column(close)? == column(tokens.first()?)?;
    if !ends_whole {
        return None;
    }
    let mut open: Vec<Tok> = Vec::new();
    for token in rest {
        if token.kind == Token::OpenBrace {
            open.push(*token);
        } else if token.kind == Token::CloseBrace {
            open.pop();
        }
    }
    open.last()
        .copied()
        .filter(|_| open.len() > 1)
        .map(|block| (block, last))
}

fn found_after(text: &str, after: Tok) -> String {
    if after.kind.declares() {
        format!("{}, which begins another declaration", found(text, after))
    } else {
        found(text, after)
    }
}

/// The grammar stopped, and nothing mends it.
pub(crate) fn problem(
    text: &str,
    tokens: &[Tok],
    failure: &Failure,
    place: &Place,
    around: Around,
) -> Problem {
    let expected = phrases(&failure.expected, place);
    let has = |sign: &str| failure.expected.iter().any(|e| e.trim_matches('"') == sign);
    // A sign put in by the reading itself has no text: the reader sees what follows it.
    let seen = tokens
        .iter()
        .skip(failure.at)
        .find(|t| t.end > t.start)
        .copied();
    let before = tokens
        .iter()
        .take(failure.at)
        .rev()
        .find(|t| t.end > t.start)
        .copied();
    let next = seen.or(around.after);
    // What stands before is not complete, and its line ends there.
    if let (Some(before), Some(next)) = (before, next)
        && !has("+")
        && !has("cite")
        && on_new_line(text, before, next)
        && !next.kind.closes()
        && failure.at > 0
    {
        let mut problem = unexpected(found(text, before), expected, before.span());
        if let ProblemKind::Unexpected { hint, .. } = &mut problem.kind {
            *hint = Hint::Behind;
        }
        return problem;
    }
    if let Some(token) = seen {
        let mut problem = unexpected(found(text, token), expected, token.span());
        if let ProblemKind::Unexpected { hint, .. } = &mut problem.kind
            && let Some(say) = unit_of_that_name(text, before, token)
                .or_else(|| belongs_elsewhere(token.kind, slice(text, token), place))
                .or_else(|| kind_is_missing(text, place, has(":")))
        {
            *hint = Hint::Say(say);
        }
        return problem;
    }
    if let Some(after) = around.after {
        return unexpected(found_after(text, after), expected, after.span());
    }
    let span = tokens.last().map_or(Span::default(), |t| t.span());
    Problem {
        kind: ProblemKind::UnexpectedEnd {
            expected,
            open: place.open,
        },
        span,
    }
}

/// Names of a file that one help repeats.
const NAMED: usize = 6;

/// Lines of a file among which its units are looked for.
const HEAD: usize = 200;

/// `3 weight`, where the file has `unit weight`: behind a number a word of the language is no unit.
fn unit_of_that_name(text: &str, before: Option<Tok>, token: Tok) -> Option<String> {
    let word = slice(text, token);
    let behind = before
        .is_some_and(|before| before.kind == Token::Number && !on_new_line(text, before, token));
    if !behind || !token.kind.is_contextual() {
        return None;
    }
    // Units stand at the head of a file.
    let declared = text.lines().take(HEAD).any(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some("unit") && words.next() == Some(word)
    });
    declared.then(|| {
        format!(
            "`{word}` is a word of the language, and behind a number no unit: call the unit otherwise, such as `{word}s`"
        )
    })
}

/// A level without its scale, an indicator without its kind: what there is, by the names of the file.
fn kind_is_missing(text: &str, place: &Place, colon: bool) -> Option<String> {
    if !colon || place.inside != Inside::Nothing {
        return None;
    }
    let declared = |word: &str| -> Vec<String> {
        let names = text.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            (words.next() == Some(word)).then(|| words.next())?
        });
        let names = names.map(|name| format!("`: {}`", quoted(name)));
        names.take(NAMED).collect()
    };
    match place.declares? {
        Token::DeclareLevel | Token::DeclareTable => {
            let scales = declared("scale");
            (!scales.is_empty()).then(|| {
                format!(
                    "say behind a colon on which scale it is: {}",
                    scales.join(" or ")
                )
            })
        }
        Token::DeclareIndicator | Token::DeclareIndicators => {
            let units = declared("unit");
            let units = match units.as_slice() {
                [] => String::new(),
                [one, ..] => format!(", or what is counted, such as {one}"),
            };
            Some(format!(
                "say behind a colon what kind of value it is: `: truth` for yes or no, `: assessment`, `: percent in \
                 0..100`, `: number in 0..10`{units}"
            ))
        }
        _ => None,
    }
}

/// Where a word that has no place here belongs.
pub(crate) fn belongs_elsewhere(kind: Token, word: &str, place: &Place) -> Option<String> {
    let word = quoted(word);
    let of_factor =
        kind.begins_attribute() || matches!(kind, Token::Combine | Token::Require | Token::Members);
    match place.inside {
        Inside::Members if of_factor => Some(format!(
            "`{word}` speaks of the whole factor: write it outside the braces of `members`"
        )),
        Inside::LevelBody if kind.begins_attribute() => Some(format!(
            "`{word}` speaks of the whole level: write it behind the closing brace"
        )),
        Inside::TestBody if kind.begins_attribute() => Some(format!(
            "a test has no `{word}`: say it in the test's own words, between its quotes"
        )),
        Inside::Nothing | Inside::Values
            if matches!(kind, Token::Combine | Token::Require | Token::Members)
                && place.declares != Some(Token::DeclareFactor) =>
        {
            Some(format!(
                "`{word}` is a part of a `factor`, between its braces"
            ))
        }
        Inside::Nothing
            if kind.begins_attribute()
                && matches!(
                    place.declares,
                    Some(
                        Token::DeclareUnit
                            | Token::DeclareFn
                            | Token::DeclarePanel
                            | Token::DeclareModule
                            | Token::DeclareUse
                    )
                ) =>
        {
            Some(format!(
                "this declaration takes no `{word}`: write it on what is made of it, or as a `///` line above"
            ))
        }
        _ => None,
    }
}

/// Two separators with nothing between them.
pub(crate) fn nothing_between(text: &str, read: Token, token: Tok) -> Problem {
    let phrase = match read {
        Token::ReadArms => CLAUSE,
        Token::ReadMembers => MEMBER,
        _ => LEVEL_NAME,
    };
    unexpected(found(text, token), vec![phrase.to_owned()], token.span())
}

/// The expected word that the reader probably meant.
pub(crate) fn meant<'e>(word: &str, expected: &'e [String]) -> Option<&'e str> {
    let words = expected.iter().map(|e| e.trim_matches('"'));
    closest(
        word,
        words.filter(|w| w.bytes().all(|b| b.is_ascii_lowercase())),
    )
}

/// What a line could begin with that declares nothing; `binds` if it goes on with `=`.
pub(crate) fn declaration(word: &str, binds: bool) -> Vec<String> {
    if binds {
        let phrase =
            |kind: &str| format!("`{kind}` before the name: `{kind} {} = …`", quoted(word));
        return ["let", "score", "signal"].into_iter().map(phrase).collect();
    }
    match closest(word, DECLARATION_WORDS.iter().map(|(known, _)| *known)) {
        Some(known) => vec![format!("`{known}`")],
        None => vec!["a declaration, such as `indicator`, `score` or `factor`".to_owned()],
    }
}
