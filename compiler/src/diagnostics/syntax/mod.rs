//! What could not be read: characters, words, brackets, whole files.

mod files;
mod structure;
mod words;

pub use files::*;
pub use structure::*;
pub use words::*;

use super::Reports;
use crate::source::{FileId, Span};
use forewarn_grammar::{Problem, ProblemKind, ast};

/// What the grammar could not read in `file`, as causes.
pub fn from_problem(problem: &Problem, file: FileId, reports: &mut Reports) {
    let place = |span: ast::Span| Span {
        file,
        start: span.start,
        end: span.end,
    };
    let placed = |edits: Vec<(ast::Span, String)>| -> Vec<(Span, String)> {
        edits
            .into_iter()
            .map(|(span, text)| (place(span), text))
            .collect()
    };
    let span = place(problem.span);
    match problem.kind.clone() {
        ProblemKind::StrangeCharacters { found } => reports.add(StrangeCharacters { span, found }),
        ProblemKind::UnterminatedText { close, other } => reports.add(UnterminatedText {
            span,
            close: place(other.unwrap_or(ast::Span {
                start: close,
                end: close,
            })),
            other: other.is_some(),
        }),
        ProblemKind::ForeignOperator {
            found,
            instead,
            edits,
            others,
        } => {
            reports.add(ForeignOperator {
                span,
                found,
                instead,
                edits: placed(edits),
                others: others.into_iter().map(place).collect(),
            });
        }
        ProblemKind::BadNumber {
            found,
            why,
            edit,
            others,
        } => reports.add(BadNumber {
            span,
            found,
            why,
            edit,
            others: placed(others),
        }),
        ProblemKind::NotAName {
            found,
            meant,
            why,
            edits,
        } => reports.add(NotAName {
            span,
            found,
            meant,
            why,
            edits: placed(edits),
        }),
        ProblemKind::NoQuotes { what, text, others } => reports.add(NoQuotes {
            span,
            what,
            text,
            others: placed(others),
        }),
        ProblemKind::NoElse { insert, offset } => reports.add(NoElse {
            span,
            insert,
            at: place(ast::Span {
                start: offset,
                end: offset,
            }),
        }),
        ProblemKind::Unclosed {
            sign,
            open,
            of,
            insert,
            offset,
            next,
        } => reports.add(Unclosed {
            span,
            sign,
            open: place(open),
            of,
            insert: insert.to_owned(),
            at: place(ast::Span {
                start: offset,
                end: offset,
            }),
            next: place(next),
        }),
        ProblemKind::OverridesWhole { what } => reports.add(OverridesWhole { span, what }),
        ProblemKind::BadEscape { found } => reports.add(BadEscape { span, found }),
        ProblemKind::ReservedWord { word, others } => reports.add(ReservedWord {
            span,
            word,
            others: others.into_iter().map(place).collect(),
        }),
        ProblemKind::Unexpected {
            found,
            expected,
            missing_separator,
            hint,
        } => {
            let missing_separator = missing_separator.map(|(text, offsets)| {
                let places = offsets.into_iter().map(|offset| Span {
                    file,
                    start: offset,
                    end: offset,
                });
                (text, places.collect())
            });
            reports.add(Unexpected {
                span,
                found,
                expected,
                missing_separator,
                hint,
            });
        }
        ProblemKind::UnexpectedEnd { expected, open } => {
            reports.add(UnexpectedEnd {
                span,
                expected,
                open: open.map(place),
            });
        }
        ProblemKind::NestedTooDeeply { limit } => reports.add(NestedTooDeeply { span, limit }),
    }
}
