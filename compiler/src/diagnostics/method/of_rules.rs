//! Lints that look at the rules alone.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoDirection::INFO,
    SourceTwice::INFO,
    ThresholdUncited::INFO,
    WeightsOff::INFO,
    WeightsNotTotal::INFO,
];

cause! {
    /// an indicator that does not say which way is worse
    ///
    /// ## What it means
    ///
    /// A number feeds a factor, and nothing says whether more of it means more risk. Told by
    /// `forewarn lint` alone.
    ///
    /// ## Why it matters
    ///
    /// A reversed scale is the commonest silent mistake in composite indicators. Said at the indicator,
    /// the direction can be checked against the formula.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator liberties "Civil liberties" : number in 0..1
    /// indicator arms "Arms in circulation" : number in 0..1  polarity harmful
    /// factor state { combine mean members { liberties, arms } }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator liberties "Civil liberties" : number in 0..1  polarity protective
    /// indicator arms "Arms in circulation" : number in 0..1  polarity harmful
    /// score closed = 1 - liberties
    /// factor state { combine mean members { closed, arms } }
    /// ```
    Warning "FW1101" NoDirection {
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
    /// a source that is counted twice in a factor
    ///
    /// ## What it means
    ///
    /// Two members of a factor rest on the same source, and others do not: an index of one publisher
    /// throughout is left alone. Told by `forewarn lint` alone.
    ///
    /// ## Why it matters
    ///
    /// What the source sees then weighs twice, and so does what it overlooks. Two numbers of one report
    /// are not two pieces of evidence.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// source events "Event data" { license "CC BY 4.0" }
    /// indicator killed : number in 0..1  from events  polarity harmful
    /// indicator battles : number in 0..1  from events  polarity harmful
    /// indicator displaced : number in 0..1  polarity harmful
    /// factor conflict { combine mean members { killed, battles, displaced } }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// source events "Event data" { license "CC BY 4.0" }
    /// source camps "Registration in camps" { license "CC BY 4.0" }
    /// indicator killed : number in 0..1  from events  polarity harmful
    /// indicator displaced : number in 0..1  from camps  polarity harmful
    /// factor conflict { combine mean members { killed, displaced } }
    /// ```
    Warning "FW1102" SourceTwice {
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
    /// a threshold without a citation
    ///
    /// ## What it means
    ///
    /// A number decides something, and nothing says where it comes from: the param, or the declaration in
    /// which it stands, has no `cite`. Zero needs none. Told by `forewarn lint` alone.
    ///
    /// ## Why it matters
    ///
    /// Thresholds are what a method is asked about first.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// signal war = deaths >= 1_000
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// param war_deaths = 1_000
    ///   cite "UCDP/PRIO Armed Conflict Dataset codebook"
    /// signal war = deaths >= war_deaths
    /// ```
    Warning "FW1103" ThresholdUncited {
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
    /// weights that almost add up
    ///
    /// ## What it means
    ///
    /// The weights of a factor look like shares or percentages, and their sum is near 1 or 100 without
    /// being it. Told by `forewarn lint` alone.
    ///
    /// ## Why it matters
    ///
    /// Weights are brought to a sum of one anyway, so the result is not wrong; but it is not the weighting
    /// that the author had in mind.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator a : number in 0..1  polarity harmful
    /// indicator b : number in 0..1  polarity harmful
    /// factor both { combine weighted mean members { a weight 0.33, b weight 0.66 } }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator a : number in 0..1  polarity harmful
    /// indicator b : number in 0..1  polarity harmful
    /// factor both { combine weighted mean members { a weight 1, b weight 2 } }
    /// ```
    Warning "FW1104" WeightsOff {
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
    /// weights that do not come to what is said
    ///
    /// ## What it means
    ///
    /// A factor says `total weight`, and its weights come to something else. Told by `forewarn lint` alone.
    ///
    /// ## Why it matters
    ///
    /// One of the two is a slip: a weight that was changed alone, or a member that was added or dropped.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator a : number in 0..1  polarity harmful
    /// indicator b : number in 0..1  polarity harmful
    /// factor both { combine weighted mean total weight 3 members { a weight 1, b weight 1 } }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator a : number in 0..1  polarity harmful
    /// indicator b : number in 0..1  polarity harmful
    /// factor both { combine weighted mean total weight 3 members { a weight 1, b weight 2 } }
    /// ```
    Warning "FW1105" WeightsNotTotal {
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
