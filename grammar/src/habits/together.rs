//! The same slip several times in one declaration: `low, high, critical` in a scale, `0,2..<0,45` in a band.
//!
//! In: the problems of a file. Out: each kind of slip once a declaration, at its first place, with the edits of
//! all its places.

use crate::ast::Span;
use crate::problem::{Problem, ProblemKind};

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
    *problems = out;
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
            found.eq_ignore_ascii_case(again)
                && (instead == meant || (quotes && meant.starts_with('"')))
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
        _ => false,
    }
}

fn join(told: &mut Problem, again: Problem) {
    match (&mut told.kind, again.kind) {
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
        _ => {}
    }
}
