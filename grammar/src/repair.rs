//! How a slip may be mended.
//!
//! In: the tokens, and where the grammar stopped. Out: small edits worth trying. The reader keeps
//! the one after which the grammar reads on furthest, tells it as the slip that it mends, and so
//! finds what else is wrong in the same declaration without telling one thing twice.

use std::collections::BTreeSet;

use logos::Logos;

use crate::ast::Span;
use crate::declarations::{on_new_line, slice};
use crate::edit::{Edit, Told, in_scale, insertion};
use crate::expected;
use crate::failure::Failure;
use crate::slips::Written;
use crate::synonyms;
use crate::token::{Tok, Token};

/// Signs whose absence is worth trying, and how they are written behind what stands before them.
const SIGNS: [(&str, Token, &str); 17] = [
    (",", Token::Comma, ","),
    (")", Token::CloseParen, ")"),
    ("]", Token::CloseBracket, "]"),
    ("}", Token::CloseBrace, " }"),
    ("=", Token::Equals, " ="),
    (":", Token::Colon, ":"),
    ("{", Token::OpenBrace, " {"),
    ("then", Token::Then, " then"),
    ("when", Token::When, " when"),
    ("weight", Token::Weight, " weight"),
    ("for", Token::For, " for"),
    ("(", Token::OpenParen, "("),
    ("version", Token::Version, " version"),
    ("of", Token::Of, " of"),
    ("to", Token::To, " to"),
    ("after", Token::After, " after"),
    ("over", Token::Over, " over"),
];

/// The edits to try, likeliest first.
pub(crate) fn candidates(
    text: &str,
    read: Token,
    tokens: &[Tok],
    failure: &Failure,
    declared: &BTreeSet<String>,
    extends: bool,
) -> Vec<Edit> {
    let at = failure.at;
    let misspelt = misspelt_unit(text, tokens, failure);
    let written = Written {
        text,
        extends,
        read,
        tokens,
        failure,
    };
    let Some(token) = tokens.get(at).copied() else {
        return misspelt
            .into_iter()
            .chain(written.no_else())
            .chain(written.counted())
            .chain(written.replaces())
            .chain(written.dash_in_range())
            .chain(written.blanks(declared))
            .chain(written.binds())
            .chain(written.hole())
            .chain(last_comma(tokens, at))
            .chain(close_everything(tokens))
            .collect();
    };

    let expects = |sign: &str| failure.expected.iter().any(|e| e.trim_matches('"') == sign);
    let kind = |back: usize| {
        at.checked_sub(back)
            .and_then(|t| tokens.get(t))
            .map(|t| t.kind)
    };
    let replace = |kind: Token, told: Told| Edit {
        at,
        remove: 1,
        insert: vec![Tok { kind, ..token }],
        told,
    };
    let is_open = is_open_at(tokens, at);
    let mut edits = Vec::from_iter(misspelt);
    edits.extend(written.twice());
    edits.extend(written.lost());
    if token.kind.begins_attribute() {
        edits.extend(last_comma(tokens, at));
    }
    edits.extend(written.blanks(declared));
    edits.extend(written.replaces());
    edits.extend(written.dash_in_range());
    edits.extend(written.no_else());
    edits.extend(written.counted());
    edits.extend(written.otherwise());
    edits.extend(written.superfluous());
    edits.extend(written.instead());
    edits.extend(written.named_argument());
    edits.extend(written.binds());
    edits.extend(written.arrow());
    edits.extend(written.unopened());
    edits.extend(written.elsewhere());
    let (labels, later) = written.no_quotes();
    edits.extend(labels);
    if token.kind.is_reserved() && expects("name") {
        edits.push(replace(Token::Ident, Told::Reserved));
    }
    if token.kind == Token::Equals {
        let names_argument = matches!(kind(2), Some(Token::OpenParen | Token::Comma));
        if names_argument && expects(":") {
            edits.push(replace(Token::Colon, Told::Instead(":")));
        } else if expects("is") {
            edits.push(replace(Token::Is, Told::Instead("is")));
        }
    }
    if token.kind == Token::Comma && expects("<") && in_scale(read, tokens) {
        edits.push(replace(Token::Less, Told::Instead("<")));
    }
    if token.kind == Token::Colon && expects("=") && !expects(":") {
        edits.push(replace(Token::Equals, Told::Instead("=")));
    }
    if token.kind == Token::Ident
        && synonyms::meant(slice(text, token), &failure.expected).is_none()
        && let Some(word) = expected::meant(slice(text, token), &failure.expected)
        && let Some(Ok(kind)) = Token::lexer(word).next()
    {
        edits.push(replace(kind, Told::Misspelt(word.to_owned())));
    }
    // `number in 0..1 max(a, b)`: the name was taken for the unit of the range's end.
    if kind(1) == Some(Token::Ident)
        && kind(2) == Some(Token::Number)
        && token.kind == Token::OpenParen
    {
        edits.push(insertion(tokens, at - 1, Token::Equals, " ="));
    }
    // A unit on the next line, or with something behind it that no unit has, is the next entry:
    // `weight 3 repression weight 1`.
    let unit_before = kind(1) == Some(Token::Ident) && kind(2) == Some(Token::Number);
    let fresh = |at: usize| match (
        at.checked_sub(1).and_then(|b| tokens.get(b)),
        tokens.get(at),
    ) {
        (Some(before), Some(token)) => on_new_line(text, *before, *token),
        _ => false,
    };
    for (sign, kind, sign_text) in SIGNS {
        // Where a name may stand, `when` is only one more name.
        let doubled = kind.is_name()
            && at
                .checked_sub(1)
                .and_then(|b| tokens.get(b))
                .is_some_and(|b| b.kind == kind);
        // Brackets are opened where one is closed without.
        let opens = kind != Token::OpenParen || written.unmatched_close().is_some();
        if expects(sign) && opens && !doubled && !(kind.is_name() && expects("name")) {
            edits.push(insertion(tokens, at, kind, sign_text));
        }
    }
    // `overall unknown`, `at_war yes`: only `is` stands before such a word.
    let is_answer = matches!(
        token.kind,
        Token::Yes | Token::No | Token::Unknown | Token::Missing
    );
    if is_answer && expects("is") {
        edits.push(insertion(tokens, at, Token::Is, " is"));
    }
    if unit_before && at >= 1 {
        edits.push(insertion(tokens, at - 1, Token::Comma, ","));
    }
    // `members { a weight 1, require 50% coverage`: the word was taken for a member.
    if at >= 1 && kind(1).is_some_and(|k| k.is_contextual()) && (fresh(at - 1) || expects("}")) {
        edits.push(insertion(tokens, at - 1, Token::CloseBrace, " }"));
    }
    if expects("<") && in_scale(read, tokens) {
        edits.push(insertion(tokens, at, Token::Less, " <"));
    }
    edits.extend(later);
    if token.kind.closes() {
        for (sign, close, _) in SIGNS {
            if close.closes() && close != Token::CloseBrace && expects(sign) {
                edits.push(replace(close, Told::Instead(sign)));
            }
        }
    }
    edits.extend(written.substitutes(declared));
    edits.extend(written.other_words());
    edits.extend(written.hole());
    edits.extend(written.late_text());
    edits.extend(written.needless(declared));
    let is_written = token.end > token.start;
    let is_stray = match token.kind {
        Token::Comma => !is_open || kind(1).is_none_or(|k| k == Token::Comma || k.opens()),
        kind => kind.closes() && !is_open,
    };
    if is_written && is_stray {
        edits.push(Edit {
            at,
            remove: 1,
            insert: Vec::new(),
            told: Told::Stray,
        });
    }
    edits.retain(|edit| !puts_source(text, tokens, edit));
    edits
}

/// Is `from` put into a formula, where no source is named? `score s = u by v`
fn puts_source(text: &str, tokens: &[Tok], edit: &Edit) -> bool {
    let computed = || {
        let mut kinds = tokens.iter().map(|token| token.kind);
        kinds.find(|kind| !kind.is_prefix()).is_some_and(|kind| {
            matches!(
                kind,
                Token::DeclareLet | Token::DeclareScore | Token::DeclareSignal
            )
        })
    };
    let put = |token: &Tok| {
        let end = token.end.max(token.start) as usize;
        token.kind == Token::From && text.get(token.start as usize..end) != Some("from")
    };
    // The longest look comes last.
    edit.insert.iter().any(put) && computed() && !is_open_at(tokens, edit.at)
}

/// `require 50% covrage`: the misspelt word was taken for a unit.
fn misspelt_unit(text: &str, tokens: &[Tok], failure: &Failure) -> Option<Edit> {
    let at = failure.at.checked_sub(1)?;
    let unit = *tokens.get(at).filter(|t| t.kind == Token::Ident)?;
    tokens
        .get(at.checked_sub(1)?)
        .filter(|t| t.kind == Token::Number)?;
    let word = expected::meant(slice(text, unit), &failure.expected)?;
    let kind = Token::lexer(word).next()?.ok()?;
    let insert = vec![Tok { kind, ..unit }];
    Some(Edit {
        at,
        remove: 1,
        insert,
        told: Told::Misspelt(word.to_owned()),
    })
}

/// `score x = a + b,`: a comma behind the last value of a declaration.
fn last_comma(tokens: &[Tok], at: usize) -> Option<Edit> {
    let comma = at.checked_sub(1)?;
    let stands = tokens
        .get(comma)
        .is_some_and(|t| t.kind == Token::Comma && t.end > t.start);
    (stands && !is_open_at(tokens, comma)).then(|| Edit {
        at: comma,
        remove: 1,
        insert: Vec::new(),
        told: Told::Stray,
    })
}

/// Is a bracket open before the token?
fn is_open_at(tokens: &[Tok], at: usize) -> bool {
    let depth = |depth: usize, token: &Tok| match token.kind {
        kind if kind.opens() => depth + 1,
        kind if kind.closes() => depth.saturating_sub(1),
        _ => depth,
    };
    tokens.iter().take(at).fold(0, depth) > 0
}

/// Closes every open bracket at the end.
fn close_everything(tokens: &[Tok]) -> Option<Edit> {
    let mut open: Vec<Tok> = Vec::new();
    for token in tokens {
        if token.kind.opens() {
            open.push(*token);
        } else if token.kind.closes() {
            open.pop();
        }
    }
    let innermost = *open.last()?;
    let end = tokens.last().map_or(0, |t| t.end);
    let close = |t: &Tok| {
        t.kind.partner().map(|kind| Tok {
            kind,
            start: end,
            end,
        })
    };
    let insert = open.iter().rev().filter_map(close).collect();
    let sign = match innermost.kind {
        Token::OpenParen => ")",
        Token::OpenBracket => "]",
        _ => "}",
    };
    let span = Span {
        start: innermost.start,
        end: innermost.end,
    };
    Some(Edit {
        at: tokens.len(),
        remove: 0,
        insert,
        told: Told::Unclosed(span, sign),
    })
}

impl Edit {
    /// The tokens after the edit.
    pub fn applied<'t>(&'t self, tokens: &'t [Tok]) -> impl Iterator<Item = Tok> + 't {
        let before = tokens.iter().take(self.at);
        let after = tokens.iter().skip(self.at + self.remove);
        before.chain(&self.insert).chain(after).copied()
    }

    pub fn apply(self, tokens: &mut Vec<Tok>) {
        let at = self.at.min(tokens.len());
        let end = (self.at + self.remove).min(tokens.len());
        tokens.splice(at..end, self.insert);
    }

    /// How many tokens, from the first that did not fit, must read after the edit for it to be
    /// believed. A word put in another's place proves nothing by itself.
    pub fn proof(&self) -> usize {
        1 + usize::from(self.remove == 1 && self.insert.len() == 1)
    }

    /// Is what it puts in or takes out a guess, so that what is read of the declaration may not be what
    /// was meant?
    pub fn is_guess(&self) -> bool {
        match &self.told {
            Told::Missing(sign) => !matches!(sign.trim(), "coverage" | "known" | "when"),
            Told::Unclosed(..)
            | Told::Unexpected
            | Told::Stray
            | Told::Unread
            | Told::Unopened
            | Told::Elsewhere(_)
            | Told::OverridesWhole
            | Told::Plain
            | Told::NoProperty(_)
            | Told::Items(_)
            | Told::NoElse(_) => true,
            Told::Instead(_)
            | Told::Reserved
            | Told::Misspelt(_)
            | Told::Superfluous
            | Told::NoQuotes(_)
            | Told::Blanks
            | Told::Brackets(..)
            | Told::LeftOut
            | Told::Twice
            | Told::Address(_)
            | Told::Rewritten(_) => false,
        }
    }

    /// Is it believed only where all the rest reads?
    pub fn needs_all(&self) -> bool {
        match &self.told {
            Told::LeftOut
            | Told::Unread
            | Told::NoProperty(_)
            | Told::Items(_)
            | Told::Brackets(..) => true,
            Told::Missing(_)
            | Told::Instead(_)
            | Told::Reserved
            | Told::Unclosed(..)
            | Told::Misspelt(_)
            | Told::Superfluous
            | Told::NoQuotes(_)
            | Told::NoElse(_)
            | Told::Blanks
            | Told::OverridesWhole
            | Told::Plain
            | Told::Rewritten(_)
            | Told::Address(_)
            | Told::Stray
            | Told::Twice
            | Told::Unopened
            | Told::Elsewhere(_)
            | Told::Unexpected => false,
        }
    }

    /// The same sign put in once more, `at` a place in the tokens after this edit: what a list
    /// without any commas needs.
    pub fn again(&self, at: usize) -> Option<Self> {
        let is_sign = self.remove == 0 && self.insert.len() == 1;
        is_sign.then(|| Self { at, ..self.clone() })
    }
}
