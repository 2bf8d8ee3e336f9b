//! What came of properties.

use forewarn_diagnostics::Diagnostic;
use forewarn_diagnostics::cause;
use forewarn_diagnostics::source::Span;

cause! {
    FW1290 PropertyRefuted {
        span: Span,
        label: String,
        /// What happens.
        why: String,
        /// The counterexample, a line for each input and for the result.
        lines: Vec<String>,
    }
}

impl PropertyRefuted {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            why,
            lines,
        } = self;
        let told = Diagnostic::about(
            self,
            format!("the property \"{label}\" does not hold"),
            *span,
            why.clone(),
        );
        told.note(lines.join("\n"))
    }
}

cause! {
    FW1291 PropertyNotShown {
        span: Span,
        label: String,
        why: String,
        tries: usize,
    }
}

impl PropertyNotShown {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            why,
            tries,
        } = self;
        Diagnostic::about(
            self,
            format!("no example shows the property \"{label}\""),
            *span,
            why.clone(),
        )
        .note(format!("{tries} rows were tried"))
        .help("search longer with `--tries`, or correct the claim or the method")
    }
}
