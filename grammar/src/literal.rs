//! Numbers and quoted texts.
//!
//! In: a token's text. Out: its value, and what is wrong with it. The lexer takes anything that
//! looks like a number as one token, so that a slip such as `25deaths` is told here, once, and the
//! parser still sees a number.

use std::borrow::Cow;

use crate::ast::Span;
use crate::problem::{Problem, ProblemKind};

/// Longest piece of source that a message quotes, in characters.
const QUOTED: usize = 40;

/// The text, shortened so that a message stays readable whatever the file holds.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Signs that nobody sees: of no width, or only a place where a line may break.
pub(crate) const INVISIBLE: [char; 7] = [
    '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{200e}',
];

/// The hyphen, and those of texts that were set in print.
const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// The name that was meant by words with hyphens, blanks or invisible signs in them.
pub(crate) fn meant_name(words: &str) -> Cow<'_, str> {
    let is_gap = |sign: char| HYPHENS.contains(&sign) || sign.is_whitespace();
    let is_odd = |sign: char| is_gap(sign) || INVISIBLE.contains(&sign);
    if !words.contains(is_odd) {
        return Cow::Borrowed(words);
    }
    let parts = words.split(is_gap);
    let parts: Vec<String> = parts
        .map(|part| {
            part.chars()
                .filter(|sign| !INVISIBLE.contains(sign))
                .collect::<String>()
        })
        .filter(|part| !part.is_empty())
        .collect();
    Cow::Owned(parts.join("_"))
}

/// What is wrong with the text as a number, in words; `None` if it is one.
pub(crate) fn number_fault(text: &str) -> Option<String> {
    let body = text.strip_suffix('%').unwrap_or(text);
    if body.starts_with('.') {
        return Some(format!("a number begins with a digit: `0{}`", quoted(text)));
    }
    let mantissa_end = exponent_start(body).unwrap_or(body.len());
    let (mantissa, exponent) = body.split_at(mantissa_end);
    if let Some(at) = mantissa.find(|c: char| c.is_ascii_alphabetic()) {
        let (digits, rest) = text.split_at(at);
        let digits = digits.trim_end_matches('_');
        return Some(format!("put a space between: `{digits} {}`", quoted(rest)));
    }
    if mantissa.matches('.').count() > 1 {
        return Some("a number has one decimal point, and `_` between groups of digits".to_owned());
    }
    let lonely = |part: &str| part.ends_with('_') || part.contains("__");
    if mantissa.split('.').any(lonely) {
        return Some("each `_` in a number stands between two digits".to_owned());
    }
    // `100_00`: groups have three digits each, and two before the last ones where lakhs are counted.
    let groups: Vec<&str> = mantissa
        .split('.')
        .next()
        .unwrap_or_default()
        .split('_')
        .collect();
    if let Some((last, before)) = groups.split_last()
        && !before.is_empty()
    {
        let inner = before.get(1..).unwrap_or_default();
        let first = before.first().map_or(0, |first| first.len());
        let of = |length: usize| inner.iter().all(|group| group.len() == length) && first <= length;
        if last.len() != 3 || !(of(3) || of(2)) {
            let digits: String = groups.concat();
            return Some(format!(
                "groups of digits have three each, so this may be `{}` or lack a digit",
                in_groups(&digits)
            ));
        }
    }
    if exponent.contains('_') {
        return Some("the exponent of a number is plain digits, as in `1e-3`".to_owned());
    }
    match plain(body).parse::<f64>() {
        Ok(value) if value.is_finite() => None,
        Ok(_) => Some("it is larger than any number that can be calculated with".to_owned()),
        Err(_) => Some("write it with digits and a decimal point, such as `2.5`".to_owned()),
    }
}

/// `10_000`
pub(crate) fn in_groups(digits: &str) -> String {
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// Where the exponent begins: an `e` with a whole exponent behind it.
fn exponent_start(body: &str) -> Option<usize> {
    let at = body.rfind(['e', 'E'])?;
    let (before, exponent) = body.split_at(at);
    let digits = exponent.get(1..)?;
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let numeric = before
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'_' || b == b'.');
    (whole && numeric).then_some(at)
}

fn plain(body: &str) -> String {
    body.chars().filter(|c| *c != '_').collect()
}

/// The nearest double to the number as written (before any `%`), and whether it is a percentage.
/// A number with a fault, already told, reads as its leading digits.
pub(crate) fn number_value(text: &str) -> (f64, bool) {
    let (body, percent) = match text.strip_suffix('%') {
        Some(body) => (body.trim_end(), true),
        None => (text, false),
    };
    let digits = plain(body);
    let value = digits
        .parse::<f64>()
        .ok()
        .filter(|v| v.is_finite())
        .unwrap_or_else(|| {
            let end = digits
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(digits.len());
            digits
                .get(..end)
                .and_then(|d| d.parse().ok())
                .filter(|v: &f64| v.is_finite())
                .unwrap_or(0.0)
        });
    (value, percent)
}

/// The text between the quotes, with `\"`, `\\`, `\n` and `\t` replaced. Texts in other quotes,
/// already told, are read like ordinary ones.
pub(crate) fn text_value(token: &str) -> String {
    let inner = strip_quotes(token);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some(other) => value.push(other),
                None => {}
            },
            other => value.push(other),
        }
    }
    value
}

fn strip_quotes(token: &str) -> &str {
    let mut chars = token.chars();
    match chars.next() {
        Some('“' | '”' | '„' | '«' | '‘' | '"' | '\'') => {}
        _ => return token,
    }
    let inner = chars.as_str();
    inner
        .strip_suffix(['"', '\'', '”', '“', '’', '»'])
        .unwrap_or(inner)
}

/// Tells every escape in the text that means nothing.
pub(crate) fn bad_escapes(token: &str, start: usize, tell: &mut impl FnMut(Problem)) {
    let mut rest = token.char_indices();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            continue;
        }
        if let Some((next, escaped)) = rest.next()
            && !matches!(escaped, '"' | '\\' | 'n' | 't')
        {
            let span = Span::new(start + at, start + next + escaped.len_utf8());
            tell(Problem {
                kind: ProblemKind::BadEscape {
                    found: format!("\\{escaped}"),
                },
                span,
            });
        }
    }
}
