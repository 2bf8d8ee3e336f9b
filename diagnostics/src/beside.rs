//! Findings in data, with the recipe by which the data were read.
//!
//! In: what was found in a file. Out: the same, each pointing into the recipe too.

use super::source::Span;
use super::{Cause, Code, Diagnostic, Label, Place, Reports, Severity};

#[derive(Debug)]
struct Beside {
    cause: Box<dyn Cause>,
    span: Span,
    text: &'static str,
}

/// Points to a place beside those that findings have; findings that point there already stay.
#[must_use]
pub fn beside(reports: Reports, span: Span, text: &'static str) -> Reports {
    let causes = reports.causes.into_iter();
    let causes = causes.map(|cause| Box::new(Beside { cause, span, text }) as Box<dyn Cause>);
    Reports {
        causes: causes.collect(),
    }
}

/// As [`beside`], with a place of its own for each code.
#[must_use]
pub fn beside_each(reports: Reports, span: impl Fn(Code) -> Span, text: &'static str) -> Reports {
    let causes = reports.causes.into_iter();
    let causes = causes.map(|cause| {
        let span = span(cause.code());
        Box::new(Beside { cause, span, text }) as Box<dyn Cause>
    });
    Reports {
        causes: causes.collect(),
    }
}

/// As [`beside`], of those alone of which a place is known.
#[must_use]
pub fn beside_some(
    reports: Reports,
    span: impl Fn(Code, &Place) -> Option<Span>,
    text: &'static str,
) -> Reports {
    let causes = reports.causes.into_iter();
    let causes = causes.map(|cause| {
        let place = cause.describe().primary.place;
        match span(cause.code(), &place) {
            Some(span) => Box::new(Beside { cause, span, text }) as Box<dyn Cause>,
            None => cause,
        }
    });
    Reports {
        causes: causes.collect(),
    }
}

impl Cause for Beside {
    fn code(&self) -> Code {
        self.cause.code()
    }

    fn severity(&self) -> Severity {
        self.cause.severity()
    }

    fn describe(&self) -> Diagnostic {
        let mut told = self.cause.describe();
        let here = Place::Source(self.span);
        // One that points at a key of it is told more exactly already.
        let same_file =
            |place: &Place| matches!(place, Place::Source(span) if span.file == self.span.file);
        if !same_file(&told.primary.place)
            && !told.secondary.iter().any(|label| same_file(&label.place))
        {
            told.secondary.push(Label {
                place: here,
                text: self.text.to_owned(),
            });
        }
        told
    }
}
