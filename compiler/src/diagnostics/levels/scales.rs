//! Scales, and which of their levels a declaration can give.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0501 ScaleTooSmall {
        name: String,
        span: Span,
        count: usize,
    }
}

impl ScaleTooSmall {
    fn words(&self) -> Diagnostic {
        let has = match self.count {
            0 => "no levels",
            _ => "one level only",
        };
        Diagnostic::about(
            self,
            format!("scale `{}` has {has}", self.name),
            self.span,
            "a scale needs two levels at least",
        )
        .help("list the levels from the least to the most severe: `low < guarded < high`")
    }
}

cause! {
    FW0502 LevelNotTotal {
        name: String,
        /// The braces and what is between them.
        span: Span,
        /// The lowest level of the scale.
        lowest: String,
        /// Where that is to be said, and what is written there.
        edit: Option<(Span, String)>,
    }
}

impl LevelNotTotal {
    fn words(&self) -> Diagnostic {
        let lowest = &self.lowest;
        Diagnostic::about(
            self,
            format!(
                "`{}` does not say which level holds when no clause does",
                self.name
            ),
            self.span,
            "`otherwise` is missing",
        )
        .note("one where nothing happens would look the same as one without data")
        .mend(
            format!("end with `{lowest} otherwise`"),
            self.edit.iter().cloned().collect(),
        )
    }
}

cause! {
    FW0505 LevelNeverGiven {
        /// The level of the scale.
        level_name: String,
        /// The declaration.
        name: String,
        scale: Span,
        span: Span,
    }
}

impl LevelNeverGiven {
    fn words(&self) -> Diagnostic {
        let Self {
            level_name,
            name,
            scale,
            span,
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` never gives the level `{level_name}`"),
            *span,
            format!("nothing here leads to `{level_name}`"),
        )
        .mark(*scale, "the scale has it")
        .help(format!(
            "add a clause or a band for `{level_name}`, or take it out of the scale"
        ))
    }
}
