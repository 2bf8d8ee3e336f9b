//! The same slip several times in one declaration: `low, high, critical` in a scale, `0,2..<0,45` in a band.
//!
//! In: the problems of a file. Out: each kind of slip once a declaration, at its first place, with the edits of
//! all its places.

use crate::ast::Span;
use crate::problem::{Hint, Problem, ProblemKind};

/// Joins what is the same slip again.
pub(crate) fn gather(text: &str, problems: &mut Vec<Problem>) {
    if problems.len() < 2 {
        return;
    }
    let begins = declarations(text);
    let of = |span: Span| begins.partition_point(|start| *start <= span.start);
    let mut out: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in std::mem::take(problems) {
        let declaration = of(problem.span);
        let first = out
            .iter_mut()
            .rev()
            .take_while(|told| of(told.span) == declaration)
            .find(|told| is_again(&told.kind, &problem.kind));
        match first {
            Some(told) => join(told, problem),
            None => out.push(problem),
        }
    }
    *problems = lines(text, out);
}

/// Several words of other languages in one line are one formula of another language: told once, with the line
/// as it was meant.
fn lines(text: &str, problems: Vec<Problem>) -> Vec<Problem> {
    let together = |one: Span, other: Span| {
        let between = text.get(one.start as usize..other.start as usize);
        between.is_some_and(|between| !between.contains('\n'))
    };
    let mut out: Vec<Problem> = Vec::with_capacity(problems.len());
    for problem in problems {
        let joined = out
            .last()
            .filter(|told| in_words(&told.kind) && in_words(&problem.kind))
            .filter(|told| together(told.span, problem.span))
            .and_then(|told| as_one(text, told, &problem));
        match joined {
            Some(whole) => {
                out.pop();
                out.push(whole);
            }
            None => out.push(problem),
        }
    }
    out
}

/// Is it told of words that other languages have in formulas?
fn in_words(kind: &ProblemKind) -> bool {
    match kind {
        ProblemKind::ForeignOperator {
            instead,
            edits,
            found,
            ..
        } => !edits.is_empty() && instead != "//" && !found.contains("…\""),
        ProblemKind::BadNumber { edit, others, .. } => edit.is_some() && others.is_empty(),
        _ => false,
    }
}

/// Both as one stretch that is written anew.
fn as_one(text: &str, told: &Problem, again: &Problem) -> Option<Problem> {
    let mut edits = told.exchange()?;
    edits.extend(again.exchange()?);
    edits.sort_by_key(|(span, _)| *span);
    let apart = edits.windows(2).all(|pair| match pair {
        [(one, _), (other, _)] => one.end <= other.start,
        _ => true,
    });
    let start = edits
        .first()
        .map(|(span, _)| span.start)?
        .min(told.span.start);
    let end = edits
        .iter()
        .map(|(span, _)| span.end)
        .max()?
        .max(told.span.end)
        .max(again.span.end);
    let whole = text.get(start as usize..end as usize)?;
    if !apart || whole.contains('\n') {
        return None;
    }
    let mut instead = String::new();
    let mut from = start;
    for (span, words) in &edits {
        instead.push_str(text.get(from as usize..span.start as usize)?);
        instead.push_str(words);
        from = span.end;
    }
    instead.push_str(text.get(from as usize..end as usize)?);
    let span = Span { start, end };
    Some(Problem {
        kind: ProblemKind::ForeignOperator {
            found: crate::literal::quoted(whole),
            instead: instead.trim().to_owned(),
            edits,
            others: Vec::new(),
        },
        span,
    })
}

/// Where a line begins that is not indented, as those of declarations do.
fn declarations(text: &str) -> Vec<u32> {
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    lines
        .filter(|at| {
            text.get(*at..)
                .is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_alphabetic()))
        })
        .filter_map(|at| u32::try_from(at).ok())
        .collect()
}

fn is_again(told: &ProblemKind, problem: &ProblemKind) -> bool {
    match (told, problem) {
        (
            ProblemKind::ForeignOperator {
                found,
                instead,
                edits,
                ..
            },
            ProblemKind::ForeignOperator {
                found: again,
                instead: meant,
                edits: more,
                ..
            },
        ) => {
            let quotes = found.contains('…') && instead.starts_with('"');
            let same = found.eq_ignore_ascii_case(again)
                && (instead == meant || (quotes && meant.starts_with('"')));
            (same || (is_shaped(found, again) && is_shaped(instead, meant)))
                && !edits.is_empty()
                && !more.is_empty()
        }
        (
            ProblemKind::BadNumber { why, edit, .. },
            ProblemKind::BadNumber {
                why: reason,
                edit: meant,
                ..
            },
        ) => edit.is_some() && meant.is_some() && why.split(':').next() == reason.split(':').next(),
        (ProblemKind::NoQuotes { what, .. }, ProblemKind::NoQuotes { what: again, .. }) => {
            what == again
        }
        // The same word misspelt in the same way.
        (
            ProblemKind::Unexpected {
                found,
                hint: Hint::Instead(word),
                ..
            },
            ProblemKind::Unexpected {
                found: again,
                hint: Hint::Instead(meant),
                ..
            },
        ) => found == again && word == meant,
        (
            ProblemKind::ForeignOperator { found, instead, .. },
            ProblemKind::Unexpected {
                found: again,
                hint: Hint::Instead(meant),
                ..
            },
        ) => again.trim_matches('`') == found && instead == meant,
        (
            ProblemKind::Unexpected {
                missing_separator: Some((sign, _)),
                hint: Hint::None,
                ..
            },
            ProblemKind::Unexpected {
                missing_separator: Some((again, _)),
                hint: Hint::None,
                ..
            },
        ) => sign == again && matches!(sign.trim(), "," | "<" | "then"),
        _ => false,
    }
}

/// Are both of several words, and the same but for names and numbers: `3 * at_war` and `2 * flight`?
fn is_shaped(one: &str, other: &str) -> bool {
    let shape = |text: &str| {
        let mut shape = String::new();
        for sign in text.chars() {
            let sign = match sign {
                sign if sign.is_alphanumeric() || matches!(sign, '_' | '.') => 'x',
                sign => sign,
            };
            if !(sign == 'x' && shape.ends_with('x')) {
                shape.push(sign);
            }
        }
        shape
    };
    let (one, other) = (shape(one), shape(other));
    one == other && one.matches('x').count() > 1
}

fn join(told: &mut Problem, again: Problem) {
    // A misspelt word with further places is told as one word in the place of another.
    if let ProblemKind::Unexpected {
        found,
        hint: Hint::Instead(word),
        ..
    } = &told.kind
        && matches!(
            again.kind,
            ProblemKind::Unexpected {
                hint: Hint::Instead(_),
                ..
            }
        )
    {
        told.kind = ProblemKind::ForeignOperator {
            found: found.trim_matches('`').to_owned(),
            instead: word.clone(),
            edits: vec![(told.span, word.clone())],
            others: Vec::new(),
        };
    }
    match (&mut told.kind, again.kind) {
        (
            ProblemKind::NoQuotes { others, .. },
            ProblemKind::NoQuotes {
                text,
                others: further,
                ..
            },
        ) => {
            others.push((again.span, text));
            others.extend(further);
        }
        (
            ProblemKind::ForeignOperator { edits, others, .. },
            ProblemKind::Unexpected {
                hint: Hint::Instead(word),
                ..
            },
        ) => {
            edits.push((again.span, word));
            others.push(again.span);
        }
        (
            ProblemKind::ForeignOperator { edits, others, .. },
            ProblemKind::ForeignOperator {
                edits: more,
                others: further,
                ..
            },
        ) => {
            edits.extend(more);
            others.push(again.span);
            others.extend(further);
        }
        (
            ProblemKind::BadNumber { others, .. },
            ProblemKind::BadNumber {
                edit: Some(meant),
                others: further,
                ..
            },
        ) => {
            others.push((again.span, meant));
            others.extend(further);
        }
        (
            ProblemKind::Unexpected {
                missing_separator: Some((_, places)),
                ..
            },
            ProblemKind::Unexpected {
                missing_separator: Some((_, more)),
                ..
            },
        ) => places.extend(more),
        _ => {}
    }
}
