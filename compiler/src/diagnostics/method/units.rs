//! A lint of units that nobody wrote.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0325 UnitUnwritten {
        name: String,
        span: Span,
        /// What its unit is written behind: its name or its label.
        behind: Span,
        unit: String,
    }
}

impl UnitUnwritten {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            behind,
            unit,
        } = self;
        let title = format!("`{name}` is published in {unit}, which is written nowhere");
        let end = Span {
            start: behind.end,
            ..*behind
        };
        Diagnostic::about(self, title, *span, "its unit follows from its formula")
            .note("who reads the results has to know what they are counted in")
            .mend(
                format!("write it: `{name} : {unit}`"),
                vec![(end, format!(" : {unit}"))],
            )
    }
}
