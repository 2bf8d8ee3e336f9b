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
    let span = place(problem.span);
    match problem.kind.clone() {
        ProblemKind::StrangeCharacters { found } => reports.add(StrangeCharacters { span, found }),
        ProblemKind::UnterminatedText => reports.add(UnterminatedText { span }),
        ProblemKind::ForeignOperator { found, instead } => {
            reports.add(ForeignOperator {
                span,
                found,
                instead,
            });
        }
        ProblemKind::BadNumber { found, why } => reports.add(BadNumber { span, found, why }),
        ProblemKind::BadEscape { found } => reports.add(BadEscape { span, found }),
        ProblemKind::ReservedWord { word } => reports.add(ReservedWord { span, word }),
        ProblemKind::Unexpected {
            found,
            expected,
            missing_separator,
        } => {
            let missing_separator = missing_separator.map(|(text, offset)| {
                (
                    text,
                    Span {
                        file,
                        start: offset,
                        end: offset,
                    },
                )
            });
            reports.add(Unexpected {
                span,
                found,
                expected,
                missing_separator,
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
