//! Functions of other languages that are forms of our own: `IF(a>b;1;0)`, `AND(a;b)`, `CASE WHEN …`.
//!
//! In: tokens. Out: the tokens of the form that was meant, and one problem with the whole written anew.

use std::collections::BTreeMap;

use super::pieces::{Piece, has_operator, is_operator, line, spelling, tightness, top_level};
use super::table::{Meaning, function};
use super::{Habits, is_written_anew, take_back};
use crate::ast::Span;
use crate::declarations::on_new_line;
use crate::lexer::Lexed;
use crate::token::{Tok, Token};

/// The longest `case … end` that is read as one, in tokens.
const LONGEST_CASE: usize = 1_000;

/// How deep functions of other languages are read in one another.
const DEEP: usize = 60;

impl Habits<'_> {
    pub(super) fn calls(&mut self, lexed: &mut Lexed) {
        let tokens = std::mem::take(&mut lexed.tokens);
        let all = tokens.len();
        let brackets = Brackets::of(&tokens);
        let mut reading = Reading {
            tokens: &tokens,
            brackets,
            lexed,
            quiet: 0,
            depth: 0,
        };
        let pieces = self.stretch(&mut reading, 0, all);
        lexed.tokens = pieces.into_iter().map(|piece| piece.token).collect();
    }

    pub(super) fn piece(&self, token: Tok) -> Piece {
        let words = match self.read_as.get(token.start, token.end) {
            Some(meant) => meant.to_owned(),
            None if token.end == token.start => String::new(),
            None => match spelling(token.kind) {
                Some(word) => word.to_owned(),
                None if token.kind == Token::Ident => {
                    crate::literal::meant_name(self.slice(token)).into_owned()
                }
                None => self.slice(token).to_owned(),
            },
        };
        // `!=` is two tokens, the second without a place of its own.
        let words = if words.is_empty() {
            spelling(token.kind).unwrap_or_default().to_owned()
        } else {
            words
        };
        Piece { token, words }
    }

    pub(super) fn stretch(
        &mut self,
        reading: &mut Reading<'_, '_>,
        from: usize,
        to: usize,
    ) -> Vec<Piece> {
        let mut out: Vec<Piece> = Vec::with_capacity(to.saturating_sub(from));
        let mut at = from;
        reading.depth += 1;
        while at < to {
            let Some(token) = reading.tokens.get(at).copied() else {
                break;
            };
            if reading.depth > DEEP {
                let mut piece = self.piece(token);
                if token.kind == Token::Semicolon {
                    piece.token.kind = Token::Comma;
                }
                out.push(piece);
                at += 1;
                continue;
            }
            if let Some(next) = self.form(reading, at, to, &mut out) {
                at = next;
                continue;
            }
            // Within what is written anew, `TRUE` is too.
            if reading.quiet > 0
                && token.kind == Token::Ident
                && !self.declared.contains(self.slice(token))
                && let Some(word) = super::value(self.slice(token))
            {
                let kind = match word {
                    "yes" => Token::Yes,
                    "no" => Token::No,
                    _ => Token::Missing,
                };
                let words = word.to_owned();
                out.push(Piece {
                    token: Tok { kind, ..token },
                    words,
                });
                at += 1;
                continue;
            }
            if let Some(next) = self.word(reading, at, to, &mut out) {
                at = next;
                continue;
            }
            if token.kind == Token::Semicolon {
                self.semicolon(reading, at, token);
                let comma = Tok {
                    kind: Token::Comma,
                    ..token
                };
                out.push(Piece {
                    token: comma,
                    words: ",".to_owned(),
                });
                at += 1;
                continue;
            }
            out.push(self.piece(token));
            at += 1;
        }
        reading.depth -= 1;
        out
    }

    /// `;` between values: told once for its bracket.
    fn semicolon(&mut self, reading: &mut Reading<'_, '_>, at: usize, token: Tok) {
        if reading.quiet > 0 {
            return;
        }
        let Some(others) = reading.brackets.separators(at) else {
            return;
        };
        // Of a function that is not there with these arguments, that is told instead.
        if let Some(name) = reading
            .brackets
            .owner(at)
            .and_then(|at| reading.tokens.get(at))
            && name.kind == Token::Ident
            && !self.declared.contains(self.slice(*name))
            && matches!(function(self.slice(*name)), Some(Meaning::Words(_)))
        {
            return;
        }
        let edits = others
            .iter()
            .filter_map(|at| reading.tokens.get(*at))
            .map(|token| (token.span(), ",".to_owned()))
            .collect();
        self.tell(token.span(), ";", ",", edits);
    }

    /// A call that is a form of our own, or has another name here. Gives where reading goes on.
    fn form(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        if let Some(next) = self.case(reading, at, to, out) {
            return Some(next);
        }
        // `is.na(x)`
        let dotted = token.kind == Token::Is
            && reading.kind(at + 1) == Some(Token::Dot)
            && reading
                .tokens
                .get(at + 2)
                .is_some_and(|t| matches!(self.slice(*t), "na" | "null" | "nan"));
        // `np.where`, which is one token here.
        let bare = |token: Tok| self.slice(token).rsplit('.').next().unwrap_or_default();
        let (name_end, meaning) = if dotted {
            (at + 2, Meaning::Missing)
        } else {
            let plain = matches!(
                token.kind,
                Token::Ident | Token::If | Token::And | Token::Or | Token::Not | Token::List
            ) || (token.kind == Token::Missing && begins_value(out));
            if !plain || reading.kind(at + 1) != Some(Token::OpenParen) {
                return None;
            }
            // What was written anew is no longer called what stands in the text.
            let meaning = match self.read_as.get(token.start, token.end) {
                Some(meant) => function(meant),
                None => function(self.slice(token)).or_else(|| function(bare(token))),
            };
            (at, meaning?)
        };
        let open = name_end + 1;
        if reading.kind(open) != Some(Token::OpenParen) {
            return None;
        }
        let name = self.slice(token);
        if self.declared.contains(name) {
            return None;
        }
        let close = reading.partner(open).filter(|close| *close < to)?;
        let args = reading.arguments(open, close);
        let last = reading.tokens.get(close).copied()?;
        let whole = Span {
            start: token.start,
            end: last.end,
        };
        let is_small = name.bytes().all(|b| !b.is_ascii_uppercase());
        let reserved = token.kind.is_reserved() && !dotted;
        let before = out.last().map(|piece| piece.token.kind);
        let fits = match meaning {
            Meaning::If => {
                (2..=3).contains(&args.len()) && (args.len() == 3 || !reserved || !is_small)
            }
            Meaning::And | Meaning::Or => {
                args.len() >= 2 && (!reserved || !before.is_some_and(Token::ends_operand))
            }
            Meaning::Not => args.len() == 1 && !is_small,
            Meaning::Missing => args.len() == 1,
            Meaning::Fallback => args.len() == 2,
            Meaning::Called(_) => !is_small && token.kind == Token::Ident,
            Meaning::Words(_) => return None,
        };
        if !fits || args.iter().any(|(from, to)| from >= to) {
            return None;
        }
        if let Meaning::Called(here) = meaning {
            return self.renamed(reading, at, (open, close), here, out);
        }
        let told = reading.quiet == 0;
        reading.quiet += 1;
        let mut parts: Vec<Vec<Piece>> = Vec::with_capacity(args.len());
        for (index, (from, to)) in args.iter().enumerate() {
            let mut part = self.stretch(reading, *from, *to);
            let condition = match meaning {
                Meaning::If => index == 0,
                Meaning::And | Meaning::Or | Meaning::Not => true,
                Meaning::Missing | Meaning::Fallback | Meaning::Called(_) | Meaning::Words(_) => {
                    false
                }
            };
            if condition {
                equals_as_is(&mut part);
            }
            parts.push(part);
        }
        reading.quiet -= 1;
        if matches!(meaning, Meaning::If | Meaning::Fallback) {
            let first = usize::from(meaning == Meaning::If);
            self.branches(parts.get_mut(first..).unwrap_or_default());
        }
        let after = reading.tokens.get(close + 1).copied();
        let own = match meaning {
            Meaning::If => 0,
            Meaning::Or => 1,
            Meaning::And => 2,
            Meaning::Not => 3,
            Meaning::Missing => 4,
            Meaning::Fallback => 5,
            Meaning::Called(_) | Meaning::Words(_) => 9,
        };
        let beside = after.map_or(0, |after| {
            match self.slice(after).to_ascii_lowercase().as_str() {
                "and" => 2,
                "or" => 1,
                _ => tightness(after.kind),
            }
        });
        let tightest = before.map_or(0, tightness).max(beside);
        let apart = tightest > own || (own == 4 && tightest == 4);
        let commas: Vec<Tok> = args
            .iter()
            .skip(1)
            .filter_map(|(from, _)| reading.tokens.get(from - 1).copied())
            .collect();
        let mut form = Form {
            pieces: Vec::new(),
            apart: apart && meaning != Meaning::Not,
        };
        let open_token = reading.tokens.get(open).copied()?;
        form.open(open_token);
        match meaning {
            Meaning::If => {
                let zero = parts.get(1).map_or_else(
                    || (Token::Missing, "missing".to_owned()),
                    |part| otherwise(part),
                );
                let mut parts = parts.into_iter();
                form.word(Token::If, token);
                form.all(parts.next().unwrap_or_default(), true);
                form.word(Token::Then, *commas.first()?);
                form.all(parts.next().unwrap_or_default(), true);
                match (parts.next(), commas.get(1)) {
                    (Some(part), Some(comma)) => {
                        form.word(Token::Else, *comma);
                        form.all(part, false);
                    }
                    _ => {
                        let end = Tok {
                            kind: Token::Else,
                            start: last.start,
                            end: last.start,
                        };
                        form.pieces.push(Piece {
                            token: end,
                            words: "else".to_owned(),
                        });
                        let (kind, words) = zero;
                        form.pieces.push(Piece {
                            token: Tok {
                                kind,
                                start: last.start,
                                end: last.start,
                            },
                            words: words.clone(),
                        });
                        if kind == Token::Number {
                            self.read_as.put_in.insert(last.start, words);
                        }
                    }
                }
            }
            Meaning::And | Meaning::Or => {
                let sign = if meaning == Meaning::And {
                    Token::And
                } else {
                    Token::Or
                };
                for (index, part) in parts.into_iter().enumerate() {
                    if let Some(comma) = index.checked_sub(1).and_then(|i| commas.get(i)) {
                        form.word(sign, *comma);
                    }
                    let loose = top_level(&part).any(|kind| {
                        matches!(kind, Token::If) || (sign == Token::And && kind == Token::Or)
                    });
                    form.bracketed(part, loose);
                }
            }
            Meaning::Not => {
                form.word(Token::Not, token);
                let part = parts.into_iter().next().unwrap_or_default();
                let loose = has_operator(&part);
                form.bracketed(part, loose);
            }
            Meaning::Missing => {
                let part = parts.into_iter().next().unwrap_or_default();
                let loose = has_operator(&part);
                form.bracketed(part, loose);
                form.word(
                    Token::Is,
                    Tok {
                        start: last.start,
                        end: last.start,
                        ..last
                    },
                );
                form.word(
                    Token::Missing,
                    Tok {
                        start: last.start,
                        end: last.start,
                        ..last
                    },
                );
            }
            Meaning::Fallback => {
                let mut parts = parts.into_iter();
                let first = parts.next().unwrap_or_default();
                let loose = top_level(&first).any(|kind| is_operator(kind) && kind != Token::Dot);
                form.bracketed(first, loose);
                let comma = *commas.first()?;
                form.pieces.push(Piece {
                    token: Tok {
                        kind: Token::Fallback,
                        ..comma
                    },
                    words: "??".to_owned(),
                });
                let second = parts.next().unwrap_or_default();
                let loose = has_operator(&second);
                form.bracketed(second, loose);
            }
            Meaning::Called(_) | Meaning::Words(_) => {}
        }
        form.close(last);
        let mut whole = whole;
        // `!missing(x)`
        if meaning == Meaning::Missing
            && told
            && out
                .last()
                .is_some_and(|p| p.token.kind == Token::Not && p.token.end == token.start)
            && let Some(not) = out.pop()
        {
            whole.start = not.token.start;
            let place = form.pieces.len().saturating_sub(2);
            form.pieces.insert(
                place,
                Piece {
                    token: Tok {
                        start: last.start,
                        end: last.start,
                        ..not.token
                    },
                    words: "not".to_owned(),
                },
            );
        }
        if told {
            let written = line(&form.pieces);
            take_back(&mut reading.lexed.problems, whole);
            self.problems.retain(|told| !is_written_anew(told, whole));
            let found = super::slice_of(self.text, whole.start, open_token.start).trim();
            let instead = match meaning {
                Meaning::If => "if … then … else …",
                Meaning::And => "… and …",
                Meaning::Or => "… or …",
                Meaning::Not => "not …",
                Meaning::Missing if whole.start < token.start => "… is not missing",
                Meaning::Missing => "… is missing",
                Meaning::Fallback => "… ?? …",
                Meaning::Called(_) | Meaning::Words(_) => "",
            };
            let found = format!("{found}(…)");
            self.tell(whole, &found, instead, vec![(whole, written)]);
        }
        out.extend(form.pieces);
        Some(close + 1)
    }

    /// What may stand for one another: `""` is no value, and a plain number beside an indicator has its unit.
    fn branches(&mut self, parts: &mut [Vec<Piece>]) {
        for part in parts.iter_mut() {
            if let [only] = part.as_mut_slice()
                && only.token.kind == Token::Text
                && super::known::bare(&only.words).is_empty()
            {
                only.token.kind = Token::Missing;
                only.words = "missing".to_owned();
            }
        }
        let unit = parts.iter().find_map(|part| match part.as_slice() {
            [only] => self.known.unit_of.get(only.words.as_str()).copied(),
            _ => None,
        });
        let Some(unit) = unit else { return };
        for part in parts {
            let number = match part.as_slice() {
                [only] if only.token.kind == Token::Number && !only.words.ends_with('%') => {
                    only.token
                }
                _ => continue,
            };
            let token = self.put(Token::Ident, number.end, number.end, unit);
            let words = unit.to_owned();
            part.push(Piece { token, words });
        }
    }

    /// `CASE WHEN a THEN b WHEN c THEN d ELSE e END`
    fn case(
        &mut self,
        reading: &mut Reading<'_, '_>,
        at: usize,
        to: usize,
        out: &mut Vec<Piece>,
    ) -> Option<usize> {
        let token = *reading.tokens.get(at)?;
        let is = |place: usize, word: &str| {
            reading.tokens.get(place).is_some_and(|t| {
                super::slice_of(self.text, t.start, t.end).eq_ignore_ascii_case(word)
            })
        };
        if !is(at, "case") || !is(at + 1, "when") {
            return None;
        }
        let mut depth = 0_usize;
        let mut end = None;
        let mut marks: Vec<(usize, Token)> = Vec::new();
        for place in at + 1..to.min(at + LONGEST_CASE) {
            let kind = reading.kind(place)?;
            if kind.opens() {
                depth += 1;
            } else if kind.closes() {
                depth = depth.checked_sub(1)?;
            }
            if depth > 0 {
                continue;
            }
            if is(place, "when") {
                marks.push((place, Token::If));
            } else if is(place, "then") {
                marks.push((place, Token::Then));
            } else if is(place, "else") {
                marks.push((place, Token::Else));
            } else if is(place, "end") {
                end = Some(place);
                break;
            }
        }
        let end = end?;
        let last = *reading.tokens.get(end)?;
        let told = reading.quiet == 0;
        reading.quiet += 1;
        let mut form: Vec<Piece> = Vec::new();
        let mut has_else = false;
        for (index, (place, kind)) in marks.iter().enumerate() {
            let sign = *reading.tokens.get(*place)?;
            let until = marks.get(index + 1).map_or(end, |(next, _)| *next);
            if *kind == Token::If && index > 0 {
                form.push(Piece {
                    token: Tok {
                        kind: Token::Else,
                        end: sign.start,
                        ..sign
                    },
                    words: "else".to_owned(),
                });
            }
            has_else |= *kind == Token::Else;
            form.push(Piece {
                token: Tok {
                    kind: *kind,
                    ..sign
                },
                words: spelling(*kind).unwrap_or_default().to_owned(),
            });
            let mut part = self.stretch(reading, place + 1, until);
            if *kind == Token::If {
                equals_as_is(&mut part);
            }
            form.extend(part);
        }
        if !has_else {
            for (kind, words) in [(Token::Else, "else"), (Token::Missing, "missing")] {
                form.push(Piece {
                    token: Tok {
                        kind,
                        start: last.start,
                        end: last.start,
                    },
                    words: words.to_owned(),
                });
            }
        }
        reading.quiet -= 1;
        if told {
            let whole = Span {
                start: token.start,
                end: last.end,
            };
            let written = line(&form);
            take_back(&mut reading.lexed.problems, whole);
            self.problems.retain(|told| !is_written_anew(told, whole));
            self.tell(
                whole,
                "case when …",
                "if … then … else …",
                vec![(whole, written)],
            );
        }
        out.extend(form);
        Some(end + 1)
    }
}

/// What an `IF` without its third part gives: spreadsheets have `FALSE`, which counts as 0.
fn otherwise(value: &[Piece]) -> (Token, String) {
    match value {
        [only] if only.token.kind == Token::Number => {
            let sign = if only.words.ends_with('%') { "0%" } else { "0" };
            (Token::Number, sign.to_owned())
        }
        [only] if matches!(only.token.kind, Token::Yes | Token::No) => (Token::No, "no".to_owned()),
        _ => (Token::Missing, "missing".to_owned()),
    }
}

/// May a value begin here, so that `missing(` is a call rather than the end of `x is missing`?
fn begins_value(before: &[Piece]) -> bool {
    let kind = |back: usize| {
        let at = before.len().checked_sub(back)?;
        before.get(at).map(|piece| piece.token.kind)
    };
    match kind(1) {
        Some(Token::Is) => false,
        Some(Token::Not) => kind(2) != Some(Token::Is),
        Some(before) => !before.ends_operand(),
        None => false,
    }
}

/// `=` in a condition compares.
fn equals_as_is(pieces: &mut [Piece]) {
    for piece in pieces {
        if piece.token.kind == Token::Equals {
            piece.token.kind = Token::Is;
            piece.words = "is".to_owned();
        }
    }
}

struct Form {
    pieces: Vec<Piece>,
    /// Something stands beside it that would bind tighter: brackets belong around it.
    apart: bool,
}

impl Form {
    fn word(&mut self, kind: Token, place: Tok) {
        self.pieces.push(Piece {
            token: Tok { kind, ..place },
            words: spelling(kind).unwrap_or_default().to_owned(),
        });
    }

    fn open(&mut self, place: Tok) {
        let words = if self.apart { "(" } else { "" };
        self.pieces.push(Piece {
            token: Tok {
                kind: Token::OpenParen,
                start: place.start,
                end: place.start,
            },
            words: words.to_owned(),
        });
    }

    fn close(&mut self, place: Tok) {
        let words = if self.apart { ")" } else { "" };
        self.pieces.push(Piece {
            token: Tok {
                kind: Token::CloseParen,
                start: place.start,
                end: place.start,
            },
            words: words.to_owned(),
        });
    }

    /// A part of an `if`; one that is an `if` itself stands in brackets, but at the end.
    fn all(&mut self, part: Vec<Piece>, brackets: bool) {
        let loose = brackets && top_level(&part).any(|kind| kind == Token::If);
        // A form that has become part of an `else` needs its own brackets no more.
        let is_chain = !brackets
            && part
                .get(1)
                .is_some_and(|piece| piece.token.kind == Token::If)
            && part.first().is_some_and(|piece| {
                piece.token.kind == Token::OpenParen && piece.words.is_empty()
            });
        if is_chain {
            let inner = part.len().saturating_sub(1);
            self.pieces.extend(part.into_iter().take(inner).skip(1));
            return;
        }
        self.bracketed(part, loose);
    }

    fn bracketed(&mut self, part: Vec<Piece>, brackets: bool) {
        let place = |pieces: &[Piece], last: bool| {
            let piece = if last { pieces.last() } else { pieces.first() };
            piece.map_or(0, |p| if last { p.token.end } else { p.token.start })
        };
        if !brackets {
            self.pieces.extend(part);
            return;
        }
        let (from, to) = (place(&part, false), place(&part, true));
        self.pieces.push(Piece {
            token: Tok {
                kind: Token::OpenParen,
                start: from,
                end: from,
            },
            words: "(".to_owned(),
        });
        self.pieces.extend(part);
        self.pieces.push(Piece {
            token: Tok {
                kind: Token::CloseParen,
                start: to,
                end: to,
            },
            words: ")".to_owned(),
        });
    }
}

/// The tokens being read.
pub(super) struct Reading<'t, 'l> {
    pub tokens: &'t [Tok],
    brackets: Brackets,
    pub lexed: &'l mut Lexed,
    /// How many forms around are written anew as a whole, so that nothing in them is told.
    pub quiet: usize,
    depth: usize,
}

impl Reading<'_, '_> {
    pub fn kind(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub fn partner(&self, open: usize) -> Option<usize> {
        let close = self.brackets.partners.get(open).copied();
        close.filter(|close| *close > open)
    }

    /// The arguments between two brackets: where each begins and ends.
    pub fn arguments(&self, open: usize, close: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut from = open + 1;
        let mut at = from;
        while at < close {
            match self.kind(at) {
                Some(Token::Comma | Token::Semicolon) => {
                    parts.push((from, at));
                    from = at + 1;
                }
                Some(kind) if kind.opens() => {
                    at = self.partner(at).unwrap_or(at);
                }
                _ => {}
            }
            at += 1;
        }
        parts.push((from, close));
        parts
    }
}

/// How brackets pair, and the `;` in each.
struct Brackets {
    /// For each opening bracket the one that closes it.
    partners: Vec<usize>,
    /// The `;` of one bracket together, by the first of them.
    separators: BTreeMap<usize, Vec<usize>>,
    /// What stands before the bracket of the first `;`.
    owners: BTreeMap<usize, usize>,
}

impl Brackets {
    fn of(tokens: &[Tok]) -> Self {
        let mut partners = vec![0; tokens.len()];
        let mut separators = BTreeMap::new();
        let mut open: Vec<(usize, Token, Vec<usize>)> = Vec::new();
        let mut owners = BTreeMap::new();
        let mut keep = |signs: Vec<usize>, open: Option<usize>| {
            if let Some(first) = signs.first().copied() {
                if let Some(owner) = open.and_then(|open| open.checked_sub(1)) {
                    owners.insert(first, owner);
                }
                separators.insert(first, signs);
            }
        };
        for (at, token) in tokens.iter().enumerate() {
            if let Some(partner) = token.kind.partner() {
                open.push((at, partner, Vec::new()));
            } else if token.kind == Token::Semicolon {
                match open.last_mut() {
                    Some((_, _, signs)) => signs.push(at),
                    None => keep(vec![at], None),
                }
            } else if token.kind.closes()
                && open.last().is_some_and(|(_, kind, _)| *kind == token.kind)
                && let Some((from, _, signs)) = open.pop()
            {
                keep(signs, Some(from));
                if let Some(slot) = partners.get_mut(from) {
                    *slot = at;
                }
            }
        }
        open.into_iter()
            .for_each(|(at, _, signs)| keep(signs, Some(at)));
        Self {
            partners,
            separators,
            owners,
        }
    }

    /// The token before the bracket whose first `;` stands here.
    fn owner(&self, at: usize) -> Option<usize> {
        self.owners.get(&at).copied()
    }

    /// All the `;` of a bracket whose first stands here.
    fn separators(&self, at: usize) -> Option<&Vec<usize>> {
        self.separators.get(&at)
    }
}

/// Is the token the first of its line?
pub(super) fn fresh(text: &str, before: Option<Tok>, token: Tok) -> bool {
    before.is_none_or(|before| on_new_line(text, before, token))
}
