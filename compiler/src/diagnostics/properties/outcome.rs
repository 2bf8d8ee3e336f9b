//! What came of properties.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    ClaimNeverHolds::INFO,
    PropertyRefuted::INFO,
    PropertyNotShown::INFO,
];

cause! {
    Error "FW1210" ClaimNeverHolds {
        span: Span,
        label: String,
        why: String,
    }
}

impl ClaimNeverHolds {
    fn words(&self) -> Diagnostic {
        let Self { span, label, why } = self;
        Diagnostic::about(
            self,
            format!("the property \"{label}\" cannot hold: {why}"),
            *span,
            why.clone(),
        )
        .help("correct the claim, or the method")
    }
}

cause! {
    Error "FW1290" PropertyRefuted {
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
    Error "FW1291" PropertyNotShown {
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
