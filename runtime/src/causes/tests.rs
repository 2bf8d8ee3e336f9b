//! What came out of a test.

use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;
use forewarn_diagnostics::{DataPlace, Place};

cause! {
    FW1090 TestFailed {
        title: String,
        span: Span,
        expected: String,
        actual: String,
        reads: Vec<(String, String, Option<Span>)>,
        notes: Vec<String>,
    }
}

impl TestFailed {
    fn words(&self) -> Diagnostic {
        let label = format!("expected {}", self.expected);
        let mut told = Diagnostic::about(self, self.title.clone(), self.span, label)
            .note(format!("it is {}", self.actual));
        for (name, value, _) in &self.reads {
            told = told.note(format!("`{name}` is {value}"));
        }
        for note in &self.notes {
            told = told.note(note.clone());
        }
        told
    }
}

cause! {
    FW1091 CaseFailed {
        label: String,
        span: Span,
        file: String,
        column: String,
        key: String,
        expected: String,
        actual: String,
    }
}

impl CaseFailed {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` of {} is {}, not {}",
            self.column, self.key, self.actual, self.expected
        );
        let place = Place::Data(DataPlace {
            file: self.file.clone(),
            column: Some(self.column.clone()),
            key: Some(self.key.clone()),
            ..DataPlace::default()
        });
        Diagnostic::at(self, title, place, format!("{} here", self.expected))
            .mark(self.span, "read by this test")
            .note(format!("the result is {}", self.actual))
    }
}

cause! {
    FW1092 EnginesDiffer {
        label: String,
        span: Span,
        what: String,
    }
}

impl EnginesDiffer {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "native code and interpreter differ in the test \"{}\"",
            self.label
        );
        Diagnostic::about(self, title, self.span, self.what.clone())
            .note("this is a fault of the tool: please report it with the ruleset")
    }
}

cause! {
    FW1315 TableOutside {
        file: String,
        label: String,
        span: Span,
        root: String,
    }
}

impl TableOutside {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` is a link that leads out of `{}`",
            self.file, self.root
        );
        let label = format!("read by the test \"{}\"", self.label);
        Diagnostic::about(self, title, self.span, label)
            .note("a package has all that its tests read, and links that lead out of it are not followed")
            .help("put the table itself beside the rules, in place of the link")
    }
}

cause! {
    FW1093 CannotRun {
        label: String,
        span: Span,
        why: String,
    }
}

impl CannotRun {
    fn words(&self) -> Diagnostic {
        let title = format!("the test \"{}\" could not be run", self.label);
        Diagnostic::about(self, title, self.span, self.why.clone())
            .help("look at what it gives and expects")
    }
}
