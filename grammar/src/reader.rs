//! The reading of one file: tokens, declarations, trees, problems.
//!
//! In: text. Out: the tree of what could be read and every problem, in the order of the file.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use lalrpop_util::ParseError;

use crate::assemble::{Declared, Entry};
use crate::ast::{Comment, Item, ItemKind, Name, Span, Text};
use crate::declarations::{Chunk, Opening, slice, split};
use crate::edit::Edit;
use crate::expected;
use crate::failure::{Failure, Rereads};
use crate::grammar::EntryParser;
use crate::habits::{self, ReadAs};
use crate::lexer::{Lexed, PROBLEM_LIMIT, lex};
use crate::nesting;
use crate::place::{Around, Place};
use crate::problem::{Hint, Problem, ProblemKind};
use crate::repair::candidates;
use crate::separators::{
    completes_entry, forgotten_commas, mark_open_ranges, mark_pieces, mark_repeats,
};
use crate::token::{Tok, Token};
use crate::tree::{Context, TooDeep};
use crate::{NESTING_LIMIT, Parsed, parts};

/// Slips mended in one declaration, or one part of it, before the reading of it is given up.
const MENDS: usize = 12;

pub(crate) struct Reader<'s> {
    pub text: &'s str,
    read_as: &'s ReadAs,
    /// Names that the file declares.
    declared: &'s BTreeSet<String>,
    /// The file may be part of what extends another framework.
    extends: bool,
    parser: EntryParser,
    problems: Vec<Problem>,
    /// How many of the problems are the lexer's; they come first, in the order of the file.
    lexical: usize,
    /// Tokens that may still be read a second time to find out how to mend a slip.
    budget: usize,
    told_depth: bool,
    broken: Vec<Span>,
    /// Places where something was put in or taken out on a guess.
    doubtful: Vec<Span>,
}

/// Reads a whole file.
pub(crate) fn read(text: &str) -> Parsed {
    // Spans are 32 bits wide. What stands beyond is not read, and that is told.
    let limit = u32::MAX as usize - 1;
    let readable = match text.len() {
        len if len <= limit => text,
        _ => text
            .get(
                ..(0..=limit)
                    .rev()
                    .find(|at| text.is_char_boundary(*at))
                    .unwrap_or(0),
            )
            .unwrap_or(""),
    };
    let mut lexed = lex(readable);
    let read_as = habits::exchange(readable, &mut lexed);
    let Lexed {
        mut tokens,
        mut comments,
        docs,
        problems,
    } = lexed;
    let declared = habits::declared_names(readable, &tokens);
    let (chunks, misspelt) = split(readable, &mut tokens);
    let mut reader = Reader {
        text: readable,
        read_as: &read_as,
        declared: &declared,
        extends: tokens.iter().any(|t| t.kind == Token::Extends)
            || !tokens.iter().any(|t| t.kind == Token::DeclareFramework),
        doubtful: problems
            .iter()
            .filter(|told| told.is_guessed())
            .map(|told| told.span)
            .chain(read_as.doubtful.iter().copied())
            .collect(),
        parser: EntryParser::new(),
        lexical: problems.len(),
        problems,
        budget: 16 * tokens.len() + 10_000,
        told_depth: false,
        broken: Vec::new(),
    };
    for (token, word) in misspelt {
        let kind = ProblemKind::Unexpected {
            found: expected::found(readable, token),
            expected: vec![format!("`{word}`")],
            missing_separator: None,
            hint: Hint::Instead(word.to_owned()),
        };
        reader.tell(Problem {
            kind,
            span: token.span(),
        });
    }
    let mut docs = docs.into_iter().peekable();
    let mut items = Vec::with_capacity(chunks.len());
    let mut last_end = 0;
    for chunk in &chunks {
        let (Some(own), after) = (tokens.get(chunk.first..chunk.end), tokens.get(chunk.end)) else {
            continue;
        };
        // What is read behind the place where it stands is within its declaration all the same.
        let start = own.iter().map(|token| token.start).min();
        let end = own.iter().map(|token| token.end).max();
        let Some((start, end)) = start.zip(end) else {
            continue;
        };
        let span = Span { start, end };
        let mut own_docs = Vec::new();
        while let Some(doc) = docs.next_if(|doc| doc.span.start < span.start) {
            if doc.span.start >= last_end {
                own_docs.push(doc);
            } else {
                comments.push(misplaced(readable, &doc));
            }
        }
        let read = reader.chunk(chunk, own, after.copied(), last_end);
        let others = read.more.into_iter().map(|kind| Item {
            docs: own_docs.clone(),
            openness: read.openness,
            kind,
            because: read.because.clone(),
            span,
        });
        let others: Vec<Item> = others.collect();
        items.push(Item {
            docs: own_docs,
            openness: read.openness,
            kind: read.kind,
            because: read.because,
            span,
        });
        items.extend(others);
        last_end = span.end;
    }
    comments.extend(docs.map(|doc| misplaced(readable, &doc)));
    comments.sort_by_key(|comment| comment.span);
    if readable.len() < text.len() {
        let expected = vec!["a file of less than four gigabytes".to_owned()];
        let span = Span::new(limit, limit);
        reader.tell(Problem {
            kind: ProblemKind::UnexpectedEnd {
                expected,
                open: None,
            },
            span,
        });
    }
    // Of a declaration that was mended on a guess, or has lost a part, nothing more is certain.
    let guessed = reader.doubtful.iter().chain(&reader.broken);
    let mut doubtful: Vec<Span> = guessed
        .filter_map(|span| {
            let after = items.partition_point(|item: &Item| item.span.start <= span.start);
            items.get(after.checked_sub(1)?).map(|item| item.span)
        })
        .collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.span);
    words_for_names(&mut problems);
    habits::gather(text, &mut problems);
    told_once(&mut problems);
    problems.truncate(PROBLEM_LIMIT);
    Parsed {
        file: crate::ast::File { items, comments },
        problems,
        broken: reader.broken,
        doubtful,
    }
}

/// A word that stands for one of the language is told as that, and not as a name with odd letters.
fn words_for_names(problems: &mut Vec<Problem>) {
    let words: BTreeSet<Span> = problems
        .iter()
        .filter(|problem| matches!(problem.kind, ProblemKind::ForeignOperator { .. }))
        .map(|problem| problem.span)
        .collect();
    problems.retain(|problem| {
        !matches!(problem.kind, ProblemKind::NotAName { .. }) || !words.contains(&problem.span)
    });
}

/// A reserved word that is used as a name is one slip, wherever the name stands.
fn told_once(problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut merged: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in problems.drain(..) {
        if let ProblemKind::ReservedWord { word, .. } = &problem.kind {
            if let Some(ProblemKind::ReservedWord { others, .. }) = first
                .get(word)
                .and_then(|at| merged.get_mut(*at))
                .map(|told| &mut told.kind)
            {
                others.push(problem.span);
                continue;
            }
            first.insert(word.clone(), merged.len());
        }
        merged.push(problem);
    }
    *problems = merged;
}

/// What stands for a declaration that could not be read.
fn broken(kind: ItemKind) -> Declared {
    Declared {
        openness: None,
        kind,
        because: None,
        more: Vec::new(),
    }
}

/// A `///` line that no declaration follows is a comment.
fn misplaced(text: &str, doc: &Text) -> Comment {
    let body = text
        .get(doc.span.start as usize + 2..doc.span.end as usize)
        .unwrap_or_default();
    Comment {
        text: body.to_owned(),
        span: doc.span,
    }
}

impl Rereads for Reader<'_> {
    fn text(&self) -> &str {
        self.text
    }

    fn tell(&mut self, mut problem: Problem) {
        // Tokens that are read in another order than they stand in.
        let Span { start, end } = problem.span;
        problem.span = Span {
            start: start.min(end),
            end: start.max(end),
        };
        if self.problems.len() < PROBLEM_LIMIT * 2 {
            self.problems.push(problem);
        }
    }

    /// Reads the tokens as what `read` says, mending and telling what does not fit. Gives also the
    /// tokens as they were read in the end.
    fn settle(
        &mut self,
        read: Token,
        mut tokens: Vec<Tok>,
        after: Option<Tok>,
    ) -> (Option<Entry>, Vec<Tok>) {
        let around = Around {
            after,
            end: tokens.last().map_or(0, |t| t.end),
        };
        let mut parted = read != Token::ReadDeclaration;
        for mends in 0.. {
            let failure = match self.attempt(read, tokens.iter().copied()) {
                Ok((entry, slips)) => {
                    slips.into_iter().for_each(|slip| self.tell(slip));
                    return (Some(entry), tokens);
                }
                Err(failure) => failure,
            };
            if let Some(span) = failure.too_deep {
                self.tell_depth(span);
                break;
            }
            if mends < MENDS
                && let Some(edit) = self.mend(read, &tokens, &failure)
            {
                let problem = edit.problem(self.text, read, &tokens, &failure, around);
                if edit.is_guess() {
                    self.doubtful.push(problem.span);
                }
                self.tell_unless_told(&tokens, &failure, problem);
                edit.apply(&mut tokens);
                continue;
            }
            if !parted {
                parted = true;
                if let Some(mended) = parts::readable(self, &tokens, &failure) {
                    if mended.dropped {
                        self.broken.extend(parts::extent(&tokens));
                    }
                    tokens = mended.tokens;
                    continue;
                }
            }
            let place = Place::new(&tokens, failure.at, read);
            let problem = expected::problem(self.text, &tokens, &failure, &place, around);
            self.tell_unless_told(&tokens, &failure, problem);
            break;
        }
        (None, tokens)
    }
}

impl Reader<'_> {
    fn chunk(&mut self, chunk: &Chunk, own: &[Tok], after: Option<Tok>, gap: u32) -> Declared {
        let name_at = |at: usize| {
            own.get(at).filter(|t| t.kind.is_name()).map(|token| Name {
                text: slice(self.text, *token).to_owned(),
                span: Span {
                    start: token.start,
                    end: token.end,
                },
            })
        };
        let Some(first) = own.first().copied() else {
            return broken(ItemKind::Error { name: None });
        };
        match chunk.opening {
            Opening::Nothing => {
                let binds = own.get(1).is_some_and(|t| t.kind == Token::Equals);
                // `drowned "People drowned" : …`, `concern { low < high }`, `deaths`
                let names_itself = binds
                    || own.get(1).is_none_or(|t| {
                        matches!(t.kind, Token::Text | Token::Colon | Token::OpenBrace)
                    });
                let name = if names_itself { name_at(0) } else { name_at(1) };
                let span = Span {
                    start: first.start,
                    end: first.end,
                };
                if !self.told_between(gap, first.end) {
                    let kind = ProblemKind::Unexpected {
                        found: expected::found(self.text, first),
                        expected: expected::declaration(slice(self.text, first), binds),
                        missing_separator: None,
                        hint: Hint::None,
                    };
                    self.tell(Problem { kind, span });
                }
                broken(ItemKind::Error { name })
            }
            Opening::Declaration => {
                let prefixes = own.iter().take_while(|t| t.kind.is_prefix()).count();
                let names_itself = !own.iter().any(|t| {
                    use Token as T;
                    matches!(
                        t.kind,
                        T::DeclareOverride | T::DeclareDrop | T::DeclareMember
                    )
                });
                let name = name_at(prefixes + 1).filter(|_| names_itself);
                self.declaration(own, after)
                    .unwrap_or_else(|| broken(ItemKind::Error { name }))
            }
        }
    }

    fn declaration(&mut self, own: &[Tok], after: Option<Tok>) -> Option<Declared> {
        if let Some(span) = nesting::too_deep(own) {
            self.tell_depth(span);
            return None;
        }
        let mut tokens = own.to_vec();
        for at in forgotten_commas(self.text, &mut tokens) {
            // After `when` and the like more than the comma is missing: the grammar tells it.
            let is_all = at
                .checked_sub(1)
                .and_then(|b| tokens.get(b))
                .is_some_and(completes_entry);
            if let Some(token) = tokens.get(at + 1).filter(|_| is_all) {
                let place = Place::between_entries(own);
                let problem = expected::missing(self.text, &tokens, at, *token, ",", &place);
                self.tell(problem);
            }
        }
        mark_open_ranges(&mut tokens);
        mark_repeats(self.text, &mut tokens);
        mark_pieces(self.text, &mut tokens);
        let (entry, _) = self.settle(Token::ReadDeclaration, tokens, after);
        match entry {
            Some(Entry::Declaration(read)) => Some(*read),
            _ => None,
        }
    }

    fn tell_depth(&mut self, span: Span) {
        if !self.told_depth {
            self.told_depth = true;
            self.tell(Problem {
                kind: ProblemKind::NestedTooDeeply {
                    limit: NESTING_LIMIT,
                },
                span,
            });
        }
    }

    /// Tells the problem, unless the lexer told one in the same place.
    fn tell_unless_told(&mut self, tokens: &[Tok], failure: &Failure, problem: Problem) {
        let before = failure.at.checked_sub(1).and_then(|at| tokens.get(at));
        let from = before.map_or(problem.span.start, |t| t.start);
        let to = tokens.get(failure.at).map_or(problem.span.end, |t| t.end);
        // A word of another language is no name with odd letters.
        let lexical = self.problems.get(..self.lexical).unwrap_or_default();
        let is_word = matches!(problem.kind, ProblemKind::ForeignOperator { .. })
            && lexical.iter().any(|told| {
                told.span == problem.span && matches!(told.kind, ProblemKind::NotAName { .. })
            });
        if is_word || !self.told_between(from, to) {
            self.tell(problem);
        }
    }

    /// Did the lexer tell a problem that touches this stretch?
    fn told_between(&self, from: u32, to: u32) -> bool {
        let lexical = self.problems.get(..self.lexical).unwrap_or_default();
        let after = lexical.partition_point(|p| p.span.end < from);
        lexical.get(after).is_some_and(|p| p.span.start <= to)
    }

    /// One run of the grammar over the tokens.
    fn attempt(
        &self,
        read: Token,
        tokens: impl Iterator<Item = Tok>,
    ) -> Result<(Entry, Vec<Problem>), Failure> {
        let cx = Context::new(self.text, self.read_as);
        let taken = Cell::new(0_usize);
        let mut tokens = tokens.peekable();
        let start = tokens.peek().map_or(0, |t| t.start);
        let counted = tokens.map(|token| {
            taken.set(taken.get() + 1);
            (token.start, token.kind, token.end)
        });
        let input = std::iter::once((start, read, start)).chain(counted);
        let outcome = self.parser.parse(&cx, input);
        let fail = |at: usize, expected, too_deep| Err(Failure::at(at, expected, too_deep));
        match outcome {
            Ok(entry) => Ok((entry, cx.slips.into_inner())),
            Err(ParseError::UnrecognizedToken { expected, .. }) => {
                fail(taken.get().saturating_sub(1), expected, None)
            }
            Err(ParseError::UnrecognizedEof { expected, .. }) => fail(taken.get(), expected, None),
            Err(ParseError::ExtraToken { .. }) => {
                fail(taken.get().saturating_sub(1), Vec::new(), None)
            }
            Err(ParseError::InvalidToken { location }) => fail(
                taken.get(),
                Vec::new(),
                Some(Span {
                    start: location,
                    end: location,
                }),
            ),
            Err(ParseError::User {
                error: TooDeep(span),
            }) => fail(taken.get(), Vec::new(), Some(span)),
        }
    }

    /// The edit that lets the grammar read on furthest, if one lets it read on.
    fn mend(&mut self, read: Token, tokens: &[Tok], failure: &Failure) -> Option<Edit> {
        if self.problems.len() >= PROBLEM_LIMIT {
            return None;
        }
        let mut best: Option<(usize, Edit)> = None;
        for edit in candidates(
            self.text,
            read,
            tokens,
            failure,
            self.declared,
            self.extends,
        ) {
            if self.budget < tokens.len() {
                break;
            }
            self.budget -= tokens.len();
            // How many of the old tokens are read before the next failure.
            let reach = match self.attempt(read, edit.applied(tokens)) {
                Ok(_) => usize::MAX,
                Err(next) if next.too_deep.is_some() => continue,
                Err(next) => (next.at + edit.remove).saturating_sub(edit.insert.len()),
            };
            let is_better = best.as_ref().is_none_or(|(so_far, _)| reach > *so_far);
            let is_proved = if edit.needs_all() {
                reach == usize::MAX
            } else {
                reach >= failure.at + edit.proof()
            };
            if is_better
                && is_proved
                && (reach > failure.at + 1 || self.helps_again(read, tokens, &edit))
            {
                best = Some((reach, edit));
            }
            if reach == usize::MAX {
                break;
            }
        }
        best.map(|(_, edit)| edit)
    }

    /// After an edit that brings the grammar one token further only: would the same sign help
    /// there too, as in a list without any commas?
    fn helps_again(&mut self, read: Token, tokens: &[Tok], edit: &Edit) -> bool {
        let once: Vec<Tok> = edit.applied(tokens).collect();
        self.budget = self.budget.saturating_sub(2 * once.len());
        let Err(next) = self.attempt(read, once.iter().copied()) else {
            return true;
        };
        match edit.again(next.at) {
            None => edit.insert.is_empty(),
            Some(again) => match self.attempt(read, again.applied(&once)) {
                Ok(_) => true,
                Err(last) => last.at > next.at + 1,
            },
        }
    }
}
