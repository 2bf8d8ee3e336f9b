//! The words of properties.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW1201 NoSuchClaim {
        span: Span,
    }
}

impl NoSuchClaim {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "this is no claim that can be judged",
            self.span,
            "not one of the forms that there are",
        )
        .note(
            "claims are `S rises with every indicator`, `S falls with X`, `S never falls when X rises`, \
             `S stays in 0..10`, `no single indicator decides S`, `no single indicator moves S by more \
             than one level`, `S reaches high without any one factor`",
        )
        .help("write it in one of these forms")
    }
}

cause! {
    FW1202 ClaimOfNoOrder {
        name: String,
        span: Span,
        why: String,
        declared: Option<Span>,
    }
}

impl ClaimOfNoOrder {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            why,
            declared,
        } = self;
        Diagnostic::about(
            self,
            format!("a property cannot be about `{name}` in this way: {why}"),
            *span,
            why.clone(),
        )
        .mark_if(*declared, "declared here")
        .help("speak of a number, a level, a factor, a signal or an indicator that has an order")
    }
}

cause! {
    FW1203 ClaimNeedsRange {
        span: Span,
    }
}

impl ClaimNeedsRange {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(self, "`stays` wants a range", self.span, "stays where?")
            .help("say where: `stays in 0..10`, `stays in guarded..high`")
    }
}

cause! {
    FW1204 PropertyTwice {
        label: String,
        first: Span,
        second: Span,
    }
}

impl PropertyTwice {
    fn words(&self) -> Diagnostic {
        let Self {
            label,
            first,
            second,
        } = self;
        Diagnostic::about(
            self,
            format!("the property \"{label}\" is there twice"),
            *second,
            "the same name again",
        )
        .mark(*first, "the first one")
        .help("give it a name that says what it claims")
    }
}

cause! {
    FW1205 ClaimIdle {
        span: Span,
        label: String,
        subject: String,
        of: String,
    }
}

impl ClaimIdle {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            label,
            subject,
            of,
        } = self;
        Diagnostic::about(
            self,
            format!(
                "the property \"{label}\" cannot be broken: `{subject}` does not depend on {of}"
            ),
            *span,
            "an empty claim",
        )
        .help("name what it depends on, or remove the property")
    }
}

cause! {
    FW1210 ClaimNeverHolds {
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
