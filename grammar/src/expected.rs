//! What did not fit, told in words.
//!
//! In: where the grammar stopped, and what would mend it. Out: the problem, with what was found as
//! the reader knows it and what was expected in phrases, never a list of tokens.

use crate::ast::Span;
use crate::declarations::slice;
use crate::failure::Failure;
use crate::literal::quoted;
use crate::phrases::{CLAUSE, LEVEL_NAME, MEMBER, after_colon, phrases};
use crate::place::{Around, Inside, Place};
use crate::problem::{Problem, ProblemKind};
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
        (other, _) => format!("`{other}` to close what was opened"),
    };
    let kind = ProblemKind::Unexpected {
        found: found(text, token),
        expected: vec![phrase],
        missing_separator: Some((sign.to_owned(), offset)),
    };
    Problem {
        kind,
        span: token.span(),
    }
}

/// A bracket is never closed.
pub(crate) fn unclosed(
    text: &str,
    tokens: &[Tok],
    open: Span,
    sign: &str,
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
    let opened = text
        .get(open.start as usize..open.end as usize)
        .unwrap_or_default();
    let owner = tokens
        .get(1)
        .filter(|t| t.kind.is_name())
        .map(|t| quoted(slice(text, *t)));
    let phrase = match owner {
        Some(name) => format!("`{sign}` to close the `{opened}` of `{name}`"),
        None => format!("`{sign}` to close the `{opened}`"),
    };
    let written = if sign == "}" { "\n}" } else { sign };
    let kind = ProblemKind::Unexpected {
        found: found_after(text, after),
        expected: vec![phrase],
        missing_separator: Some((written.to_owned(), around.end)),
    };
    Problem {
        kind,
        span: after.span(),
    }
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
    let expected = match hyphenated(text, tokens, failure.at) {
        Some(name) => vec![format!("`_` within a name: `{name}`")],
        None => phrases(&failure.expected, place),
    };
    // A sign put in by the reading itself has no text: the reader sees what follows it.
    let seen = tokens.iter().skip(failure.at).find(|t| t.end > t.start);
    if let Some(token) = seen {
        return unexpected(found(text, *token), expected, token.span());
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

/// `armed-conflict` as the name of a declaration, with `_` for `-`.
fn hyphenated(text: &str, tokens: &[Tok], at: usize) -> Option<String> {
    let [declares, name, minus, rest] = tokens.get(..4)? else {
        return None;
    };
    let is_name = at == 2
        && declares.kind.declares()
        && minus.kind == Token::Minus
        && name.end == minus.start
        && minus.end == rest.start
        && rest.kind.is_name();
    is_name.then(|| {
        format!(
            "{}_{}",
            quoted(slice(text, *name)),
            quoted(slice(text, *rest))
        )
    })
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
