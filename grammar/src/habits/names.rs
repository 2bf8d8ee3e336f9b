//! Names with a hyphen, a blank or an invisible sign in them.
//!
//! In: tokens. Out: one name where one was meant, with `_`, told once for all its places.

use std::collections::{BTreeMap, BTreeSet};

use super::letters::plain_letters;
use super::{Habits, take_back};
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::literal::{INVISIBLE, meant_name};
use crate::problem::{Problem, ProblemKind, WhyNoName};
use crate::spelling::closest;
use crate::token::{Tok, Token, declaration_word};

/// The most words of a name that are put together.
const LONGEST: usize = 12;

/// The most names that are told, and places of them that are mended.
const MOST: usize = 100;

/// A name in several tokens: how many of them, and what it is to be.
struct Broken {
    span: Span,
    why: WhyNoName,
    places: Vec<Span>,
}

impl Habits<'_> {
    pub(super) fn names(&mut self, lexed: &mut Lexed) {
        self.superscripts(lexed);
        self.dotted_functions(lexed);
        self.odd_letters(lexed);
        let items = self.items(&lexed.tokens);
        let mut found: BTreeMap<String, Broken> = BTreeMap::new();
        let spoken = spoken(self.text, &lexed.tokens);
        let mut at = 0;
        while at < lexed.tokens.len() && found.len() < MOST {
            let declared = at
                .checked_sub(1)
                .and_then(|b| lexed.tokens.get(b))
                .is_some_and(|before| declaration_word(self.slice(*before)).is_some());
            let tokens = &lexed.tokens;
            let hyphens = self.hyphenated(tokens, at);
            let item = tokens
                .get(at)
                .is_some_and(|token| items.contains(&token.start));
            let (parts, why) =
                if hyphens > 1 && (declared || item || self.names_another(tokens, at, hyphens)) {
                    (hyphens, WhyNoName::Hyphen)
                } else if item && let Some(parts) = self.item_with_blanks(tokens, at) {
                    (parts, WhyNoName::Blank)
                } else if declared && let Some(parts) = self.blanks(tokens, at, &spoken) {
                    (parts, WhyNoName::Blank)
                } else {
                    at += 1;
                    continue;
                };
            self.join(lexed, at, parts, why, &mut found);
            at += 1;
        }
        // The same name with the same slip where it is used.
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in found.keys() {
            let first = name.split('_').next().unwrap_or_default();
            names
                .entry(first.to_owned())
                .or_default()
                .push(name.clone());
        }
        let mut at = 0;
        let mut joined = 0;
        while at < lexed.tokens.len() && joined < MOST && !names.is_empty() {
            let token = lexed.tokens.get(at).copied();
            let word = token.map(|token| self.slice(token)).unwrap_or_default();
            for name in names.get(word).into_iter().flatten() {
                let count = name.split('_').count();
                if let Some(parts) = self.parts_of(&lexed.tokens, at, name, count) {
                    self.join(lexed, at, parts, WhyNoName::Blank, &mut found);
                    joined += 1;
                    break;
                }
            }
            at += 1;
        }
        for (mut meant, broken) in found {
            // `signal mass flight`, which the rest of the file calls `flight`.
            if broken.why == WhyNoName::Blank
                && !is_used(self.text, &lexed.tokens, &meant)
                && let Some(part) = self.used_part(&lexed.tokens, &meant)
            {
                for span in &broken.places {
                    self.read_as.written.insert(span.start, part.clone());
                }
                meant = part;
            }
            let edits = broken
                .places
                .iter()
                .map(|span| (*span, meant.clone()))
                .collect();
            self.push(Problem {
                kind: ProblemKind::NotAName {
                    found: self.slice_at(broken.span).to_owned(),
                    meant,
                    why: broken.why,
                    edits,
                },
                span: broken.span,
            });
        }
    }

    /// The one part of a name that the file speaks of though nothing declares it.
    fn used_part(&self, tokens: &[Tok], meant: &str) -> Option<String> {
        let mut parts = meant
            .split('_')
            .filter(|part| !self.declared.contains(part) && is_used(self.text, tokens, part));
        let part = parts.next()?.to_owned();
        parts.next().is_none().then_some(part)
    }

    fn slice_at(&self, span: Span) -> &str {
        super::slice_of(self.text, span.start, span.end)
    }

    /// Makes one name of several tokens.
    fn join(
        &mut self,
        lexed: &mut Lexed,
        at: usize,
        parts: usize,
        why: WhyNoName,
        found: &mut BTreeMap<String, Broken>,
    ) {
        let (Some(first), Some(last)) = (lexed.tokens.get(at), lexed.tokens.get(at + parts - 1))
        else {
            return;
        };
        let whole = Tok {
            kind: Token::Ident,
            start: first.start,
            end: last.end,
        };
        lexed.tokens.splice(at..at + parts, [whole]);
        take_back(&mut lexed.problems, whole.span());
        let meant = meant_name(self.slice(whole)).into_owned();
        found
            .entry(meant)
            .or_insert(Broken {
                span: whole.span(),
                why,
                places: Vec::new(),
            })
            .places
            .push(whole.span());
    }

    /// How many tokens `killed-rate` is made of; 1 without a hyphen.
    fn hyphenated(&self, tokens: &[Tok], at: usize) -> usize {
        let mut parts = 1;
        let Some(mut last) = tokens.get(at).filter(|token| token.kind.is_name()) else {
            return parts;
        };
        while let (Some(minus), Some(next)) = (tokens.get(at + parts), tokens.get(at + parts + 1)) {
            let part = next.kind.is_name() || next.kind.is_reserved() || next.kind == Token::Number;
            if parts > LONGEST
                || minus.kind != Token::Minus
                || last.end != minus.start
                || minus.end != next.start
                || !part
            {
                break;
            }
            parts += 2;
            last = next;
        }
        parts
    }

    /// Is it a name that is declared with `_`, while its parts are declared nowhere?
    fn names_another(&self, tokens: &[Tok], at: usize, parts: usize) -> bool {
        let (Some(first), Some(last)) = (tokens.get(at), tokens.get(at + parts - 1)) else {
            return false;
        };
        let whole = super::slice_of(self.text, first.start, last.end);
        let declared = |part: &Tok| self.declared.contains(self.slice(*part));
        let parts = tokens.get(at..at + parts).unwrap_or_default();
        self.declared.contains(meant_name(whole).as_ref())
            && !parts
                .iter()
                .filter(|part| part.kind != Token::Minus)
                .all(declared)
    }

    /// How many tokens `food price` is made of, where a declaration's name stands.
    fn blanks(&self, tokens: &[Tok], at: usize, spoken: &Spoken<'_>) -> Option<usize> {
        let leads = *tokens.get(at.checked_sub(1)?)?;
        let declares = declaration_word(self.slice(leads))?;
        // The last word of the declaration above it, which is a name: `signal here = level`.
        let is_above = tokens
            .get(at)
            .is_some_and(|first| on_new_line(self.text, leads, *first));
        if is_above && self.declared.contains(self.slice(leads)) {
            return None;
        }
        let takes_label = matches!(
            declares,
            Token::DeclareParam
                | Token::DeclareIndicator
                | Token::DeclareLet
                | Token::DeclareScore
                | Token::DeclareSignal
                | Token::DeclareFactor
                | Token::DeclareLevel
                | Token::DeclareAlert
                | Token::DeclareNotice
                | Token::DeclareTable
                | Token::DeclareScale
                | Token::DeclareCategory
                | Token::DeclareFramework
                | Token::DeclareSource
        );
        // `override param x`, `drop indicator x` have no label.
        let changes = at
            .checked_sub(2)
            .and_then(|b| tokens.get(b))
            .is_some_and(|before| matches!(self.slice(*before), "override" | "drop"));
        if !takes_label || changes {
            return None;
        }
        let mut parts = 1;
        while let (Some(last), Some(next)) = (tokens.get(at + parts - 1), tokens.get(at + parts)) {
            if parts > LONGEST || !next.kind.is_name() || on_new_line(self.text, *last, *next) {
                break;
            }
            parts += 1;
        }
        let run = tokens.get(at..at + parts)?;
        run.first().filter(|first| first.kind.is_name())?;
        let next = tokens.get(at + parts)?;
        let ends = match next.kind {
            Token::Text => {
                declares != Token::DeclareScale
                    || tokens
                        .get(at + parts + 1)
                        .is_some_and(|t| t.kind == Token::OpenBrace)
            }
            Token::Colon => declares != Token::DeclareSource,
            Token::Equals => matches!(
                declares,
                Token::DeclareParam
                    | Token::DeclareLet
                    | Token::DeclareScore
                    | Token::DeclareSignal
            ),
            Token::OpenBrace => matches!(
                declares,
                Token::DeclareFactor
                    | Token::DeclareAlert
                    | Token::DeclareScale
                    | Token::DeclareCategory
            ),
            _ => false,
        };
        let (first, rest) = run.split_first()?;
        // `signal signal x`
        if self.slice(*first) == self.slice(leads) {
            return None;
        }
        // `let level step`, and `add indicator x to factor money because "…"` are words of the language.
        let own = |token: &Tok| matches!(self.slice(*token), "level" | "table");
        let is_step = declares == Token::DeclareLet && own(first);
        let gives_reason = rest
            .last()
            .is_some_and(|last| self.slice(*last) == "because");
        if parts < 2 || !ends || is_step || gives_reason {
            return None;
        }
        let last = rest.last().map(|token| self.slice(*token))?;
        let awaits_text = next.kind == Token::Text
            && matches!(
                rest.last()?.kind,
                Token::Version
                    | Token::Column
                    | Token::Cite
                    | Token::License
                    | Token::Url
                    | Token::Updated
            );
        // `param d deaths = 3` lacks its colon.
        let is_type = next.kind == Token::Equals
            && (matches!(last, "number" | "truth" | "assessment" | "percent")
                || self.declared.contains(last));
        // `framework f verson "1"`
        let is_misspelt = rest.iter().any(|token| {
            token.kind == Token::Ident
                && closest(
                    self.slice(*token),
                    ["version", "extends", "license", "column"].into_iter(),
                )
                .is_some()
        });
        // Without a label between quotes, only its uses show that several words are one name.
        let whole = super::slice_of(self.text, run.first()?.start, run.last()?.end);
        let is_used = || {
            spoken.names.contains(meant_name(whole).as_ref())
                || run.windows(2).all(|pair| match pair {
                    [one, next] => spoken
                        .pairs
                        .get(&(self.slice(*one), self.slice(*next)))
                        .is_some_and(|count| *count > 1),
                    _ => false,
                })
        };
        let is_proved = next.kind != Token::Equals || is_used();
        // A label without quotes, rather than a name.
        let is_label = next.kind != Token::Text
            && rest.iter().any(|token| {
                self.slice(*token)
                    .chars()
                    .next()
                    .is_some_and(char::is_uppercase)
            });
        // The first word is a name that is used elsewhere: the others are its label.
        let spoken_of = next.kind != Token::Text
            && run
                .first()
                .is_some_and(|first| spoken.names.contains(self.slice(*first)));
        (!awaits_text && !is_type && !is_label && !spoken_of && !is_misspelt && is_proved)
            .then_some(parts)
    }

    /// How many tokens from `at` on make up the name, with hyphens or blanks for its `_`.
    fn parts_of(&self, tokens: &[Tok], at: usize, name: &str, words: usize) -> Option<usize> {
        let first = tokens.get(at)?;
        if !first.kind.is_name() || !name.starts_with(self.slice(*first)) {
            return None;
        }
        for parts in [words, 2 * words - 1] {
            let Some(last) = tokens.get(at + parts - 1) else {
                continue;
            };
            let whole = super::slice_of(self.text, first.start, last.end);
            if parts > 1 && !whole.contains('\n') && whole != name && meant_name(whole) == name {
                return Some(parts);
            }
        }
        None
    }

    /// Signs that nobody sees, and letters that names do not have; each name is told once.
    fn odd_letters(&mut self, lexed: &mut Lexed) {
        let mut odd: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for token in &lexed.tokens {
            let word = super::slice_of(self.text, token.start, token.end);
            if token.kind != Token::Ident || word.is_ascii() {
                continue;
            }
            // What other languages have for a value or a function is told where it is looked up.
            let known = super::value(word).is_some()
                || (super::function(word).is_some() && !self.declared.contains(word));
            if !known {
                take_back(&mut lexed.problems, token.span());
                odd.entry(word).or_default().push(token.span());
            }
        }
        for (word, places) in odd {
            let Some(first) = places.first().copied() else {
                continue;
            };
            let seen: String = word
                .chars()
                .filter(|sign| !INVISIBLE.contains(sign))
                .collect();
            let (why, edits) = if seen.is_ascii() {
                let signs = |span: &Span| {
                    let start = span.start as usize;
                    let hidden = word
                        .char_indices()
                        .filter(|(_, sign)| INVISIBLE.contains(sign));
                    let ends = hidden
                        .map(move |(at, sign)| Span::new(start + at, start + at + sign.len_utf8()));
                    ends.map(|span| (span, String::new())).collect::<Vec<_>>()
                };
                (
                    WhyNoName::Invisible,
                    places.iter().flat_map(signs).collect(),
                )
            } else {
                let plain = plain_letters(&seen);
                // Read as it was meant, wherever it stands.
                for span in &places {
                    if let Some(plain) = &plain {
                        self.read_as.written.insert(span.start, plain.clone());
                    }
                }
                let edits = places
                    .iter()
                    .filter_map(|span| Some((*span, plain.clone()?)))
                    .collect();
                (WhyNoName::Letter, edits)
            };
            self.push(Problem {
                kind: ProblemKind::NotAName {
                    found: word.to_owned(),
                    meant: plain_letters(&seen).unwrap_or(seen),
                    why,
                    edits,
                },
                span: first,
            });
        }
    }
}

/// Does the name stand somewhere by itself?
fn is_used(text: &str, tokens: &[Tok], name: &str) -> bool {
    tokens
        .iter()
        .any(|t| t.kind == Token::Ident && super::slice_of(text, t.start, t.end) == name)
}

/// Names as they are used.
#[derive(Default)]
struct Spoken<'s> {
    /// Those that stand by themselves.
    names: BTreeSet<&'s str>,
    /// How often two stand side by side.
    pairs: BTreeMap<(&'s str, &'s str), usize>,
}

fn spoken<'s>(text: &'s str, tokens: &[Tok]) -> Spoken<'s> {
    let mut spoken = Spoken::default();
    for (at, token) in tokens.iter().enumerate() {
        let alone = tokens.get(at + 1).is_none_or(|next| !next.kind.is_name());
        if token.kind == Token::Ident && alone {
            spoken
                .names
                .insert(super::slice_of(text, token.start, token.end));
        }
        if let Some(next) = tokens.get(at + 1)
            && token.kind.is_name()
            && next.kind.is_name()
        {
            let word = |token: &Tok| super::slice_of(text, token.start, token.end);
            *spoken.pairs.entry((word(token), word(next))).or_default() += 1;
        }
    }
    spoken
}
