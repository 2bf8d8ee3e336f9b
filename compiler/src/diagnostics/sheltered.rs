//! Findings in data, without the words of the data.
//!
//! In: what was found in a file that also holds something an audience may not see. Out: the same
//! findings without the lines of the file, which show every cell of a row. Where a finding says what
//! stands in a line that could not be taken apart, only what its page is about is left.

use super::{Cause, Code, DataPlace, Diagnostic, Label, Place, Reports, Severity, info};

/// Codes of findings whose words quote a line that could not be taken into cells.
const QUOTE_LINES: [&str; 4] = ["FW0911", "FW0915", "FW0916", "FW0921"];

#[derive(Debug)]
struct Sheltered(Box<dyn Cause>);

/// Takes the lines of files out of findings.
#[must_use]
pub fn without_lines(reports: Reports) -> Reports {
    let causes = reports.causes.into_iter();
    let causes = causes.map(|cause| Box::new(Sheltered(cause)) as Box<dyn Cause>);
    Reports {
        causes: causes.collect(),
    }
}

impl Cause for Sheltered {
    fn code(&self) -> Code {
        self.0.code()
    }

    fn severity(&self) -> Severity {
        self.0.severity()
    }

    fn describe(&self) -> Diagnostic {
        let mut told = self.0.describe();
        without_line(&mut told.primary);
        told.secondary.iter_mut().for_each(without_line);
        let code = told.code.0;
        if let Some(info) = info(code).filter(|_| QUOTE_LINES.contains(&code)) {
            info.title().clone_into(&mut told.title);
            "what stands there is withheld from this audience".clone_into(&mut told.primary.text);
            told.secondary.clear();
            told.notes.clear();
        }
        told
    }
}

fn without_line(label: &mut Label) {
    if let Place::Data(DataPlace { line, .. }) = &mut label.place {
        *line = None;
    }
}
