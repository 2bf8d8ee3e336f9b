//! Ranges as declared, and values outside of them.

use super::super::Diagnostic;
use super::super::wording::range;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0401 EmptyRange {
        span: Span,
        low: String,
        high: String,
    }
}

impl EmptyRange {
    fn words(&self) -> Diagnostic {
        let Self { span, low, high } = self;
        let title = format!("no number lies in the range from {low} to {high}");
        if low == high {
            return Diagnostic::about(self, title, *span, "ends where it begins")
                .help(format!("write `{low}..{high}` for this one value alone"));
        }
        Diagnostic::about(self, title, *span, "the lower end is above the upper end").mend(
            format!("write the lower end first: `{high}..{low}`"),
            vec![(*span, format!("{high}..{low}"))],
        )
    }
}

cause! {
    FW0402 OutsideRange {
        name: String,
        span: Span,
        value: String,
        low: String,
        high: String,
        declared: Span,
        /// `param` or `missing means`.
        what: &'static str,
    }
}

impl OutsideRange {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            value,
            low,
            high,
            declared,
            what,
        } = self;
        let range = range(low, high);
        let title = if *what == "missing means" {
            format!("a missing `{name}` cannot mean {value}: it is declared in {range}")
        } else {
            format!("`{name}` is {value}, but declared in {range}")
        };
        Diagnostic::about(self, title, *span, "outside the range")
            .mark(*declared, "the range is declared here")
            .help("correct the value or the range")
    }
}

cause! {
    FW0405 DatedParam {
        span: Span,
        /// What does not fit: `no value for 2015`.
        why: String,
        /// The other value concerned.
        other: Option<Span>,
        /// What to do, in the periods of the panel.
        instead: Option<String>,
    }
}

impl DatedParam {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "the dated values of this param do not fit together",
            self.span,
            self.why.clone(),
        )
        .mark_if(self.other, "the other value")
        .help(self.instead.clone().unwrap_or_else(|| {
            "let each value begin in the period after the last one ends".to_owned()
        }))
    }
}

cause! {
    FW0406 DeclaredRange {
        name: String,
        declared: Span,
        span: Span,
        found_low: String,
        found_high: String,
        low: String,
        high: String,
    }
}

impl DeclaredRange {
    fn words(&self) -> Diagnostic {
        let found = range(&self.found_low, &self.found_high);
        let declared = range(&self.low, &self.high);
        Diagnostic::about(
            self,
            format!(
                "`{}` is declared in {declared}, but can be {found}",
                self.name
            ),
            self.span,
            format!("can be {found}"),
        )
        .mark(self.declared, "declared here")
        .help("correct the formula or the range, or cut the value at the ends with `clamp(…)`")
    }
}
