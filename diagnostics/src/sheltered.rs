//! Findings in data, without the words of the data.
//!
//! In: what was found in a file that also holds something an audience may not see. Out: the same
//! findings without the lines of the file, which show every cell of a row. Where a finding says what
//! stands in a line that could not be taken apart, only what its page is about is left.

use super::{Cause, Code, DataPlace, Diagnostic, Label, Place, Reports, Severity, Traits, info};

#[derive(Debug)]
struct Sheltered {
    cause: Box<dyn Cause>,
    /// Nothing but what its page is about is told.
    code_only: bool,
}

/// Takes the lines of files out of findings.
#[must_use]
pub fn without_lines(reports: Reports) -> Reports {
    sheltered(reports, false)
}

/// Leaves of findings only the file and what their pages are about.
#[must_use]
pub fn codes_only(reports: Reports) -> Reports {
    sheltered(reports, true)
}

fn sheltered(reports: Reports, code_only: bool) -> Reports {
    let causes = reports.causes.into_iter();
    let causes = causes.map(|cause| Box::new(Sheltered { cause, code_only }) as Box<dyn Cause>);
    Reports {
        causes: causes.collect(),
    }
}

impl Cause for Sheltered {
    fn code(&self) -> Code {
        self.cause.code()
    }

    fn severity(&self) -> Severity {
        self.cause.severity()
    }

    fn describe(&self) -> Diagnostic {
        let mut told = self.cause.describe();
        without_line(&mut told.primary);
        told.secondary.iter_mut().for_each(without_line);
        let code = told.code.0;
        let is_bare = self.code_only || told.code.has(Traits::QUOTES_LINES);
        if let Some(info) = info(code).filter(|_| is_bare) {
            info.title().clone_into(&mut told.title);
            "what stands there is withheld from this audience".clone_into(&mut told.primary.text);
            told.secondary.clear();
            told.notes.clear();
            told.help.clear();
            if let Place::Data(place) = &mut told.primary.place {
                *place = DataPlace {
                    file: std::mem::take(&mut place.file),
                    ..DataPlace::default()
                };
            }
            let help = format!("`forewarn explain-code {code}` says what to look for");
            told = told.help(help);
        }
        told
    }
}

fn without_line(label: &mut Label) {
    if let Place::Data(DataPlace { line, .. }) = &mut label.place {
        *line = None;
    }
}
