//! Lints that look at the rules alone.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1101 NoDirection {
        name: String,
        span: Span,
        factor: String,
    }
}

impl NoDirection {
    fn words(&self) -> Diagnostic {
        let Self { name, span, factor } = self;
        let title = format!("`{name}` does not say which way is worse");
        Diagnostic::about(
            self,
            title,
            *span,
            format!("the factor `{factor}` rests on it"),
        )
        .help("add `polarity harmful` (more is worse) or `polarity protective` (more is safer)")
    }
}

cause! {
    FW1102 SourceTwice {
        source: String,
        factor: String,
        first: String,
        first_span: Span,
        second: String,
        second_span: Span,
        /// Members that rest on it besides these two.
        more: usize,
    }
}

impl SourceTwice {
    fn words(&self) -> Diagnostic {
        let Self {
            source,
            factor,
            first,
            first_span,
            second,
            second_span,
            more,
        } = self;
        let title = match more {
            0 => format!("`{factor}` counts the source `{source}` twice"),
            more => format!("`{factor}` counts the source `{source}` {} times", more + 2),
        };
        let rests = |name: &str| format!("`{name}` rests on `{source}`");
        let diagnostic = Diagnostic::about(self, title, *second_span, rests(second))
            .mark(*first_span, rests(first));
        let diagnostic = match more {
            0 => diagnostic,
            1 => diagnostic.note("and so does one more member"),
            more => diagnostic.note(format!("and so do {more} more members")),
        };
        diagnostic
            .help("join them into one member, or say why both count: `allow FW1102 because \"…\"`")
    }
}

cause! {
    FW1103 ThresholdUncited {
        span: Span,
        /// The param's name or the number's words.
        threshold: String,
        /// The declaration in which a number stands.
        of: Option<String>,
        /// Where a param is compared.
        used: Option<Span>,
    }
}

impl ThresholdUncited {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            threshold,
            of,
            used,
        } = self;
        let title = format!("the threshold `{threshold}` has no citation");
        match of {
            Some(of) => Diagnostic::about(self, title, *span, format!("it decides in `{of}`"))
                .help(format!(
                    "add `cite \"…\"` to `{of}`, or make the number a param with one"
                )),
            None => Diagnostic::about(self, title, *span, "declared here")
                .mark_if(*used, "something is compared with it here")
                .help("add `cite \"…\"` behind its value"),
        }
    }
}

cause! {
    FW1104 WeightsOff {
        factor: String,
        span: Span,
        sum: String,
        whole: String,
    }
}

impl WeightsOff {
    fn words(&self) -> Diagnostic {
        let Self {
            factor,
            span,
            sum,
            whole,
        } = self;
        let title = format!("the weights of `{factor}` add up to {sum}, not {whole}");
        Diagnostic::about(self, title, *span, "they look like parts of a whole").help(format!(
            "correct them so that they add up to {whole}, or write them as proportions: 1, 2, 2"
        ))
    }
}

cause! {
    FW1105 WeightsNotTotal {
        factor: String,
        span: Span,
        stated: Span,
        sum: String,
        total: String,
    }
}

impl WeightsNotTotal {
    fn words(&self) -> Diagnostic {
        let Self {
            factor, sum, total, ..
        } = self;
        Diagnostic::about(
            self,
            format!("the weights of `{factor}` come to {sum}, not {total}"),
            self.stated,
            "said here",
        )
        .help(format!("correct a weight, or write `total weight {sum}`"))
    }
}
