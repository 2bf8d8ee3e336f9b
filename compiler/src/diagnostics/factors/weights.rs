//! Weights and the evidence that a factor asks for.

use super::super::Diagnostic;
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

cause! {
    FW0605 CoverageImpossible {
        span: Span,
        /// What is asked for: `1.5`.
        found: String,
        /// What can be: `more than 0%, up to 100%`, `1 to 2, the number of members`.
        most: String,
    }
}

impl CoverageImpossible {
    fn words(&self) -> Diagnostic {
        let title = if self.found == "0" {
            "this rule asks for nothing: 0".to_owned()
        } else {
            format!("this rule can never be met: it asks for {}", self.found)
        };
        Diagnostic::about(
            self,
            title,
            self.span,
            format!("can be {}", self.most),
        )
        .help("ask for a share such as `require 50% coverage`, or for some members such as `require 2 known`")
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
                "has no effect, nor {} of other members",
                if others == 1 {
                    "has that"
                } else {
                    "have those"
                }
            ),
        };
        let diagnostic = Diagnostic::about(
            self,
            format!("`{combine}` does not look at weights"),
            first,
            label,
        )
        .mark(self.combine_span, "members are combined like this");
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
