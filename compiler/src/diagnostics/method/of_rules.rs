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
            // A member that is written where it counts has no properties of its own.
            Some(of) if !of.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {
                Diagnostic::about(self, title, *span, format!("it decides in `{of}`")).help(
                    "make the number a param with a `cite \"…\"`, or the member a signal with one",
                )
            }
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
        /// Each weight, where they are few.
        weights: Vec<Span>,
        /// The same as whole numbers, `11, 6, 4`.
        proportions: Option<String>,
        /// Weights are brought to a whole; else members are added up as they are weighed.
        normalised: bool,
        /// Shares of 1 beside numbers of 100: the least and the most.
        apart: Option<(String, String)>,
    }
}

impl WeightsOff {
    fn words(&self) -> Diagnostic {
        let Self {
            factor,
            span,
            sum,
            whole,
            weights,
            proportions,
            normalised,
            apart,
        } = self;
        if let Some((least, most)) = apart {
            return Diagnostic::about(
                self,
                format!("the weights of `{factor}` are shares of 1 beside numbers of 100: {least} and {most}"),
                *span,
                format!("{most} outweighs all others"),
            )
            .help("write all of them as shares, or all as percentages");
        }
        let title = format!("the weights of `{factor}` add up to {sum}, not {whole}");
        let (first, others) = weights.split_first().unwrap_or((span, &[]));
        let mut diagnostic =
            Diagnostic::about(self, title, *first, "they look like parts of a whole");
        for other in others {
            diagnostic = diagnostic.mark(*other, "and this");
        }
        if *normalised {
            let as_proportions = match proportions {
                Some(proportions) => format!("as proportions: {proportions}"),
                None => "as proportions, in whole numbers".to_owned(),
            };
            diagnostic.help(format!(
                "correct one of them so that they add up to {whole}, or write them {as_proportions}"
            ))
        } else {
            diagnostic
                .note("members are added up as they are weighed, so that the whole is off as much")
                .help(format!(
                    "correct them so that they add up to {whole}, or write `combine weighted mean`"
                ))
        }
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

cause! {
    FW1106 AgainstPolarity {
        /// The comparison.
        span: Span,
        indicator: String,
        protective: bool,
        /// Where the indicator is declared that says so.
        declared: Span,
        /// The indicator that it rests on, where it is none itself.
        rests_on: Option<String>,
        factor: String,
        /// `not …` turns a member round that was right without it.
        negated: bool,
    }
}

impl AgainstPolarity {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            indicator,
            protective,
            declared,
            rests_on,
            factor,
            negated,
        } = self;
        let (more, side) = if *protective {
            ("safer", "high")
        } else {
            ("worse", "low")
        };
        Diagnostic::about(
            self,
            format!("this asks for a {side} `{indicator}`, of which more is {more}"),
            *span,
            format!("counts as a risk in the factor `{factor}`"),
        )
        .mark(
            *declared,
            match rests_on {
                Some(name) => format!("more of `{name}`, which it rests on, is {more}"),
                None => format!("more of it is {more}"),
            },
        )
        .note("a sign that points the wrong way looks like any other in the results")
        .help(match negated {
            true => "take the `not` out, or correct the polarity",
            false => "turn the comparison round, or correct the polarity",
        })
    }
}

cause! {
    FW1108 WeightAgainst {
        factor: String,
        member: String,
        /// The weight.
        span: Span,
        weight: String,
        /// The same without its sign.
        size: String,
        /// More of it is safer, as of the other.
        protective: bool,
        other: String,
        other_span: Span,
    }
}

impl WeightAgainst {
    fn words(&self) -> Diagnostic {
        let Self {
            factor,
            member,
            weight,
            size,
            other,
            ..
        } = self;
        let more = if self.protective { "safer" } else { "worse" };
        Diagnostic::about(
            self,
            format!(
                "the weight {weight} of `{member}` counts against the other members of `{factor}`"
            ),
            self.span,
            format!("more of `{member}` is {more}, and lowers the factor"),
        )
        .mark(
            self.other_span,
            format!("more of `{other}` is {more}, too, and raises it"),
        )
        .note("a sign that points the wrong way looks like any other in the results")
        .mend(
            format!("if it counts like the others, write `{size}`"),
            vec![(self.span, size.clone())],
        )
    }
}

cause! {
    FW1109 SameAnswer {
        /// The comparison.
        span: Span,
        left: String,
        right: String,
    }
}

impl SameAnswer {
    fn words(&self) -> Diagnostic {
        let Self { left, right, .. } = self;
        Diagnostic::about(
            self,
            format!("`{left} is {right}` is yes, too, where both are no"),
            self.span,
            "asks whether the answers are the same",
        )
        .note("`is` between two answers compares them, and does not ask for both")
        .mend(
            format!("if both are asked for, write `{left} and {right}`"),
            vec![(self.span, format!("{left} and {right}"))],
        )
    }
}

cause! {
    FW1141 LeftOut {
        /// The term beside `and`.
        span: Span,
        term: String,
        indicator: String,
        /// Where the indicator applies.
        condition: String,
    }
}

impl LeftOut {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            term,
            indicator,
            condition,
        } = self;
        let asked = match condition.contains(" or ") {
            true => format!("({condition})"),
            false => condition.clone(),
        };
        Diagnostic::about(
            self,
            format!("where `{indicator}` does not apply, the rest alone is enough here"),
            *span,
            format!("left out where `{condition}` is no"),
        )
        .note("`and` leaves out what is not applicable: a sign that there cannot be is not asked for")
        .help(format!(
            "if both are asked for, write `{asked} and {term}`; if the rest is to be enough, say so by \
             `allow FW1141 because \"…\"`"
        ))
    }
}

cause! {
    FW1142 ShareInHundredths {
        /// The number.
        span: Span,
        number: String,
        share: String,
        of: Span,
    }
}

impl ShareInHundredths {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            number,
            share,
            of,
        } = self;
        Diagnostic::about(
            self,
            format!("`{share}` is compared with {number}, which is {number} times as much"),
            *span,
            format!("{number} times, not {number} in 100"),
        )
        .mark(*of, "1 where both are the same")
        .mend(
            format!("if {number} in 100 are meant, write `{number}%`"),
            vec![(*span, format!("{number}%"))],
        )
        .help(format!(
            "if {number} times as much is meant, say so by `allow FW1142 because \"…\"`"
        ))
    }
}

cause! {
    FW1107 MembersApart {
        factor: String,
        span: Span,
        first: String,
        first_span: Span,
        second: String,
        second_span: Span,
        why: Apart,
    }
}

/// What keeps two members from being taken together.
#[derive(Clone, Debug)]
pub enum Apart {
    /// Their ranges, as people read them.
    Ranges(String, String),
    /// More of the one is worse, more of the other safer, which may be a yes.
    Polarity { truth: bool },
}

impl MembersApart {
    fn words(&self) -> Diagnostic {
        let Self {
            factor,
            span: _,
            first,
            first_span,
            second,
            second_span,
            why,
        } = self;
        match why {
            Apart::Ranges(one, other) => Diagnostic::about(
                self,
                format!("the members of `{factor}` are of very different size"),
                *second_span,
                format!("`{second}` can be {other}"),
            )
            .mark(*first_span, format!("`{first}` can be {one}"))
            .note("taken together as they are, the largest decides alone")
            .help("bring each to one range first, such as `rescale(x, from: …, to: …)` or `minmax(x)`"),
            Apart::Polarity { truth: true } => Diagnostic::about(
                self,
                format!("the members of `{factor}` point both ways"),
                *second_span,
                format!("`{second}` is safer where it is yes or present"),
            )
            .mark(*first_span, format!("more of `{first}` is worse"))
            .note("what is bad in the one makes up for what is good in the other")
            .mend(
                format!("where its absence is the danger, write `not {second}`"),
                vec![(*second_span, format!("not {second}"))],
            ),
            Apart::Polarity { truth: false } => Diagnostic::about(
                self,
                format!("the members of `{factor}` point both ways"),
                *second_span,
                format!("more of `{second}` is safer"),
            )
            .mark(*first_span, format!("more of `{first}` is worse"))
            .note("what is bad in the one makes up for what is good in the other")
            .help(format!(
                "turn it round where it is worked out, or in a score of its own: `score … = rescale({second}, from: …, to: …)`, the best end first"
            )),
        }
    }
}
