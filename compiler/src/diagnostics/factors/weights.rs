//! Weights and the evidence that a factor asks for.

use super::super::Diagnostic;
use crate::decimal;
use crate::numbers::show;
use crate::source::Span;
use forewarn_diagnostics::cause;

cause! {
    FW0604 WeightsAddToNothing {
        name: String,
        span: Span,
    }
}

impl WeightsAddToNothing {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("the weights of `{}` add up to zero", self.name),
            self.span,
            "nothing would count",
        )
        .note("a weighted mean divides by the sum of the weights")
        .help("give at least one member a weight, and check the signs of the others")
    }
}

/// What requires how much is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// `require 50% coverage` of a factor; the number stands there, and not in a param.
    Coverage { written: bool },
    /// `require 2 known` of a factor with so many members.
    Known(usize),
    /// `require: 2 known` of a function with so many values.
    OfValues(usize),
}

cause! {
    FW0605 CoverageImpossible {
        span: Span,
        /// What is asked for: `1.5`.
        found: f64,
        required: Required,
    }
}

impl CoverageImpossible {
    fn words(&self) -> Diagnostic {
        let found = match self.required {
            Required::Coverage { .. } => {
                format!("{} %", show(decimal::round(100.0 * self.found, 6)))
            }
            Required::Known(_) | Required::OfValues(_) => show(self.found),
        };
        let title = if self.found == 0.0 {
            format!("this rule asks for nothing: {found}")
        } else {
            format!("this rule can never be met: it asks for {found}")
        };
        let (most, help) = match self.required {
            Required::Coverage { written } => {
                let meant = (written && (2.0..=100.0).contains(&self.found))
                    .then(|| format!("{}%", show(self.found)));
                let most =
                    "more than 0 %, up to 100 %, the share of the weights that is known".to_owned();
                if let Some(meant) = meant {
                    let told = Diagnostic::about(self, title, self.span, format!("can be {most}"));
                    return told.mend(
                        format!("a share has its percent sign: `{meant}`"),
                        vec![(self.span, meant)],
                    );
                }
                (
                    most,
                    "ask for a share such as `require 50% coverage`".to_owned(),
                )
            }
            Required::Known(there) => (
                format!("1 to {there}, the number of members"),
                format!(
                    "ask for some members such as `require {} known`; without `require` all are needed",
                    there.div_ceil(2)
                ),
            ),
            Required::OfValues(there) => (
                format!("1 to {there}, the number of values"),
                format!(
                    "ask for some values such as `require: {} known`; without it all are needed",
                    there.div_ceil(2)
                ),
            ),
        };
        Diagnostic::about(self, title, self.span, format!("can be {most}")).help(help)
    }
}

cause! {
    FW0618 NoWeight {
        member: String,
        /// The weight with its word.
        span: Span,
        own: Span,
    }
}

impl NoWeight {
    fn words(&self) -> Diagnostic {
        let member = &self.member;
        Diagnostic::about(
            self,
            format!("`{member}` counts for nothing: its weight is 0"),
            self.span,
            "no weight at all",
        )
        .mark(self.own, "a member that changes nothing")
        .note("readers see a member, and the factor never looks at it")
        .help("give it a weight above 0, or take the member out")
    }
}

cause! {
    FW0608 WeightsIgnored {
        /// The way to combine: `max`.
        combine: String,
        combine_span: Span,
        /// Where combining can be written with weights: the words to put there.
        weighted: Option<(Span, &'static str)>,
        /// The weights that do nothing.
        weights: Vec<Span>,
        /// They stand in a list, or among several values.
        listed: bool,
    }
}

impl WeightsIgnored {
    fn words(&self) -> Diagnostic {
        let combine = &self.combine;
        let first = self.weights.first().copied().unwrap_or(self.combine_span);
        let others = self.weights.len().saturating_sub(1);
        let label = match others {
            0 => "has no effect".to_owned(),
            _ => format!(
                "has no effect, nor {} of other {}",
                if others == 1 {
                    "has that"
                } else {
                    "have those"
                },
                if self.listed { "values" } else { "members" }
            ),
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("`{combine}` does not look at weights"),
            first,
            label,
        )
        .mark(
            self.combine_span,
            if self.listed {
                "the values are put together by this"
            } else {
                "members are combined like this"
            },
        );
        if self.listed {
            return diagnostic.help("remove the weights, or take the `mean`, which looks at them");
        }
        match self.weighted {
            Some((place, words)) => diagnostic.mend(
                format!("write `combine {words}`, or remove the weights"),
                vec![(place, words.to_owned())],
            ),
            None => diagnostic.help("remove the weights, or combine by a `weighted mean`"),
        }
    }
}

cause! {
    FW0619 WeightNoChance {
        span: Span,
        /// `6`
        weight: String,
        /// The most that the member can be, where it is a chance itself.
        most: Option<String>,
        combine_span: Span,
        /// Further weights that are none.
        others: Vec<(Span, String)>,
    }
}

impl WeightNoChance {
    fn words(&self) -> Diagnostic {
        let Self { weight, most, .. } = self;
        let label = match most {
            Some(most) => format!("times {most}, the most that the member can be: more than sure"),
            None => "more than sure".to_owned(),
        };
        let told = Diagnostic::about(
            self,
            format!("`noisy or` takes chances from 0 to 1, and this weight is {weight}"),
            self.span,
            label,
        )
        .mark(self.combine_span, "members are combined like this");
        let others = self.others.iter();
        others
            .fold(told, |told, (span, weight)| {
                told.mark(*span, format!("and {weight} here"))
            })
            .note("a weight here is the chance that the member alone brings about what is feared")
            .help(
                "write the chance, such as `0.6` or `60%`; where weights are proportions, write \
             `combine weighted mean`",
            )
    }
}

cause! {
    FW0627 MemberNoChance {
        span: Span,
        /// The member, as written.
        member: String,
        /// `1..7`
        lies: String,
        /// A weight below 1.
        weight: Option<String>,
        /// The member brought onto 0..1.
        rescaled: Option<String>,
        combine_span: Span,
        /// Further members that are none, and where they lie.
        others: Vec<(Span, String)>,
    }
}

impl MemberNoChance {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`noisy or` takes chances from 0 to 1, and `{}` lies in {}",
            self.member, self.lies
        );
        let label = match &self.weight {
            Some(weight) => format!("times its weight {weight}: no chance"),
            None => "no chance".to_owned(),
        };
        let told = Diagnostic::about(self, title, self.span, label)
            .mark(self.combine_span, "members are combined like this");
        let others = self.others.iter();
        let told = others
            .fold(told, |told, (span, lies)| {
                told.mark(*span, format!("and this lies in {lies}"))
            })
            .note("a member here is the chance of one cause, and its weight makes that smaller");
        match &self.rescaled {
            Some(text) => told.mend(
                format!("bring it onto 0..1: `{text}`"),
                vec![(self.span, text.clone())],
            ),
            None => told.help("bring it onto 0..1 first, for example with `rescale`"),
        }
    }
}

cause! {
    FW0616 NegativeWeight {
        span: Span,
        combine: String,
        combine_span: Span,
    }
}

impl NegativeWeight {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("a weight under `{}` cannot be negative", self.combine),
            self.span,
            "below zero",
        )
        .mark(self.combine_span, "members are combined like this")
        .help("turn the member round, so that more of it means more risk, and give it a positive weight")
    }
}

cause! {
    FW0626 WeightNotHere {
        span: Span,
    }
}

impl WeightNotHere {
    fn words(&self) -> Diagnostic {
        let title = "a weight stands behind a member, a value of a list, or one of several values";
        Diagnostic::about(self, title, self.span, "weighs nothing here").help(
            "give it where several values are put together, as in `mean(a weight 2, b)`, or multiply by it",
        )
    }
}
