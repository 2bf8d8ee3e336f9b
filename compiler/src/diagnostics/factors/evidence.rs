//! What a factor's value is compared as, and members that decide alone.

use super::super::Diagnostic;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0621 EstimateRequires {
        name: String,
        /// `estimate`
        span: Span,
        /// Of its members.
        half: usize,
    }
}

impl EstimateRequires {
    fn words(&self) -> Diagnostic {
        let Self { name, span, half } = self;
        Diagnostic::about(
            self,
            format!("`{name}` is an estimate and does not say how much evidence that needs"),
            *span,
            "`require` is missing",
        )
        .help(format!(
            "add `require 50% coverage` or `require {half} known`, or write `evidence bounds`"
        ))
    }
}

cause! {
    FW0622 BoundsRequire {
        name: String,
        /// `bounds`
        span: Span,
        /// The whole of `require …`.
        require: Span,
    }
}

impl BoundsRequire {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            require,
        } = self;
        Diagnostic::about(
            self,
            format!("`{name}` is compared by its bounds, which ask for no evidence"),
            *require,
            "this says when an estimate is good enough",
        )
        .mark(*span, "bounds hold however little is known")
        .help("leave out `require …`, or write `evidence estimate`")
    }
}

cause! {
    FW0623 Mixed {
        /// The factor.
        name: String,
        /// It is compared by its bounds, and the member is an estimate; else the other way round.
        bounds: bool,
        member: String,
        span: Span,
        /// Where the member is declared.
        declared: Span,
    }
}

impl Mixed {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            bounds,
            member,
            span,
            declared,
        } = self;
        let (own, other, note) = if *bounds {
            (
                "compared by its bounds",
                "an estimate",
                "where the member has a value, what it does not know is left out of the bounds",
            )
        } else {
            (
                "an estimate",
                "compared by its bounds",
                "the member counts only where its bounds agree, so hardly ever while something is unknown",
            )
        };
        let word = if *bounds { "bounds" } else { "estimate" };
        Diagnostic::about(
            self,
            format!("`{name}` is {own}, and its member `{member}` is {other}"),
            *span,
            format!("`{member}` is {other}"),
        )
        .mark(*declared, "declared here")
        .note(note)
        .help(format!(
            "write `evidence {word}` in `{member}` too, or the other in `{name}`"
        ))
    }
}

cause! {
    FW0624 DecisiveNumber {
        /// The number behind `decisive`.
        span: Span,
        member: Span,
        /// What the member is, or else the number.
        found: String,
        of_member: bool,
        /// Where the factor lies, where the number lies beyond.
        beyond: Option<(String, String)>,
    }
}

impl DecisiveNumber {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            member,
            found,
            of_member,
            beyond,
        } = self;
        if let Some((low, high)) = beyond {
            let title = format!(
                "a decisive sign says which value the factor has at least, and the factor lies in {low}..{high}"
            );
            let diagnostic = Diagnostic::about(self, title, *span, "no value of the factor")
                .mark(*member, "decides here");
            return match found.as_str() {
                "" => diagnostic.help(format!(
                    "write a number from {low} to {high}, such as `decisive {high}`"
                )),
                share => diagnostic.help(format!(
                    "write a number from {low} to {high}; as a share it is `{share}`"
                )),
            };
        }
        if *of_member {
            return Diagnostic::about(
                self,
                "only what can be present is decisive".to_owned(),
                *member,
                format!("this is {found}"),
            )
            .mark(*span, "counts where the member is present")
            .help("make it a signal first, such as `signal grave = deaths >= 100 deaths`");
        }
        Diagnostic::about(
            self,
            "a decisive sign says which value the factor has at least".to_owned(),
            *span,
            format!("this is {found}"),
        )
        .help("write a plain number, such as `decisive 0.7`")
    }
}

cause! {
    FW0625 OpenMember {
        factor: String,
        member: String,
        span: Span,
        /// It has no lowest value; else no highest.
        low: bool,
    }
}

impl OpenMember {
    fn words(&self) -> Diagnostic {
        let Self {
            factor,
            member,
            span,
            low,
        } = self;
        let (end, bound) = if *low {
            ("lowest", "least")
        } else {
            ("highest", "most")
        };
        Diagnostic::about(
            self,
            format!(
                "`{member}` has no {end} value, so nothing is certain of `{factor}` without it"
            ),
            *span,
            format!("where this is missing, so is the {bound} that the factor can be"),
        )
        .help("bring it onto a scale with two ends first, for example with `rescale`")
    }
}
