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

/// Where an estimate and bounds meet.
#[derive(Clone, Debug, PartialEq)]
pub enum Mix {
    /// A member of a factor is of the other kind, or rests on a factor that is.
    Member {
        factor: String,
        /// The factor is compared by its bounds, and the member is an estimate; else the other way round.
        bounds: bool,
        member: String,
        /// The factor that the member rests on, where it is not that factor itself.
        of: Option<String>,
        /// Where that is declared.
        declared: Span,
    },
    /// A member of bounds leaves out what is missing.
    MemberOfKnown {
        factor: String,
        member: String,
        /// `mean(a, b, require: 1 known)`
        at: Span,
    },
    /// One number, or one count, is made of both.
    Together {
        bounds: String,
        /// Where that is declared.
        declared: Span,
        /// The estimate; else what leaves out what is missing.
        estimate: Option<String>,
        /// Where that is declared, or stands.
        at: Span,
    },
    /// What counts what is known alone, and is given bounds.
    KnownOnly {
        /// `mean`
        function: String,
        of: String,
        declared: Span,
    },
}

cause! {
    FW0623 Mixed {
        /// The member, the call, or what is made of both.
        span: Span,
        mix: Mix,
    }
}

const LEFT_OUT_OF_BOUNDS: &str =
    "where it has a value, what it does not know is left out of the bounds";
const LEFT_OUT_OF_ESTIMATE: &str =
    "it counts only where its bounds agree, so hardly ever while something is unknown";

impl Mixed {
    fn words(&self) -> Diagnostic {
        let Self { span, mix } = self;
        match mix {
            Mix::Member {
                factor,
                bounds,
                member,
                of,
                declared,
            } => {
                let (own, other, note) = if *bounds {
                    ("compared by its bounds", "an estimate", LEFT_OUT_OF_BOUNDS)
                } else {
                    (
                        "an estimate",
                        "compared by its bounds",
                        LEFT_OUT_OF_ESTIMATE,
                    )
                };
                let word = if *bounds { "bounds" } else { "estimate" };
                let inner = of.as_ref().unwrap_or(member);
                let (is, mark) = match of {
                    None => (format!("is {other}"), format!("`{member}` is {other}")),
                    Some(of) => (
                        format!("rests on `{of}`, which is {other}"),
                        format!("this rests on `{of}`"),
                    ),
                };
                Diagnostic::about(
                    self,
                    format!("`{factor}` is {own}, and its member `{member}` {is}"),
                    *span,
                    mark,
                )
                .mark(*declared, format!("`{inner}` is declared here"))
                .note(note)
                .help(format!(
                    "write `evidence {word}` in `{inner}` too, or the other in `{factor}`"
                ))
            }
            Mix::MemberOfKnown { factor, member, at } => {
                let whole = span.file == at.file && span.start <= at.start && at.end <= span.end;
                let is = if whole {
                    "leaves out what is missing"
                } else {
                    "rests on what leaves out what is missing"
                };
                let diagnostic = Diagnostic::about(
                    self,
                    format!("`{factor}` is compared by its bounds, and its member `{member}` {is}"),
                    *span,
                    "with `require:`, what is known alone counts",
                );
                let diagnostic = if whole {
                    diagnostic
                } else {
                    diagnostic.mark(*at, "here")
                };
                diagnostic.note(LEFT_OUT_OF_BOUNDS).help(
                    "leave out `require:`, so that the least and the most count, or write `evidence \
                     estimate` and `require` in the factor",
                )
            }
            Mix::Together {
                bounds,
                declared,
                estimate: Some(estimate),
                at,
            } => Diagnostic::about(
                self,
                format!(
                    "`{bounds}` is compared by its bounds, and `{estimate}`, which is put together with it, is an estimate"
                ),
                *span,
                "this is made of both",
            )
            .mark(*declared, format!("`{bounds}` is declared here"))
            .mark(*at, format!("`{estimate}` is declared here"))
            .note(LEFT_OUT_OF_BOUNDS)
            .help(format!(
                "write `evidence bounds` in `{estimate}` too, or the other in `{bounds}`"
            )),
            Mix::Together {
                bounds,
                declared,
                estimate: None,
                at,
            } => Diagnostic::about(
                self,
                format!(
                    "`{bounds}` is compared by its bounds, and what is put together with it leaves out what is missing"
                ),
                *span,
                "this is made of both",
            )
            .mark(*declared, format!("`{bounds}` is declared here"))
            .mark(*at, "with `require:`, what is known alone counts")
            .note(LEFT_OUT_OF_BOUNDS)
            .help(format!(
                "leave out `require:`, so that the least and the most count, or write `evidence \
                 estimate` and `require` in `{bounds}`"
            )),
            Mix::KnownOnly {
                function,
                of,
                declared,
            } => Diagnostic::about(
                self,
                format!(
                    "`{function}` counts what is known here, and `{of}` is compared by its bounds"
                ),
                *span,
                format!("with `require:`, `{of}` counts where its bounds agree"),
            )
            .mark(*declared, format!("`{of}` is declared here"))
            .note(LEFT_OUT_OF_ESTIMATE)
            .help(format!(
                "leave out `require:`, so that the least and the most count, or write `evidence \
                 estimate` in `{of}`"
            )),
        }
    }
}

cause! {
    FW0624 DecisiveNumber {
        /// The number behind `decisive`.
        span: Span,
        member: Span,
        /// What the member is, or else the number; as a share, where it lies beyond.
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
                    "write a number from {low} to {high}, such as `{share}`"
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
