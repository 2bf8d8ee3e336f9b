//! Neighbouring bands of a score: without a score, overlapping, with a hole between them.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] =
    &[BandsWithoutScore::INFO, BandsOverlap::INFO, BandsHole::INFO];

cause! {
    /// bands without a score
    ///
    /// ## What it means
    ///
    /// A band such as `high in 5..10` says where a score must lie. The level does not say which
    /// score.
    ///
    /// ## Why it matters
    ///
    /// Nothing can be put into the bands.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// score risk_rounded = round(risk, 1)
    /// scale risk_class { low < high }
    /// level class : risk_class {
    ///   low in 0..<5,
    ///   high in 5..10,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// score risk_rounded = round(risk, 1)
    /// scale risk_class { low < high }
    /// level class : risk_class from risk_rounded {
    ///   low in 0..<5,
    ///   high in 5..10,
    /// }
    /// ```
    Error "FW0508" BandsWithoutScore {
        name: String,
        span: Span,
        arm: Span,
    }
}

impl BandsWithoutScore {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("`{}` has bands, but no score to put into them", self.name),
            self.arm,
            "a band of what?",
        )
        .mark(self.span, "no score is named here")
        .help(format!(
            "name the score behind the scale: `level {} : … from my_score {{`",
            self.name
        ))
    }
}

cause! {
    /// bands overlap
    ///
    /// ## What it means
    ///
    /// Some values lie in two bands at once. A closed range holds both of its ends: `0..5` and
    /// `5..10` share 5.
    ///
    /// ## Why it matters
    ///
    /// A value in both bands has two levels. Nobody decided which of them it should get.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < high }
    /// level class : risk_class from risk {
    ///   low in 0..5,
    ///   high in 5..10,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// Half-open bands leave their upper end to the next one:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < high }
    /// level class : risk_class from risk {
    ///   low in 0..<5,
    ///   high in 5..10,
    /// }
    /// ```
    Error "FW0516" BandsOverlap {
        /// The band with the lower values, and where it ends.
        first: Span,
        first_high: String,
        /// The band with the higher values, and where it starts.
        second: Span,
        second_low: String,
    }
}

impl BandsOverlap {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_high,
            second,
            second_low,
        } = self;
        let shared = first_high == second_low;
        let title = if shared {
            format!("two bands share the value {first_high}")
        } else {
            format!("the bands overlap between {second_low} and {first_high}")
        };
        // The band's words end with its edge, so a plain number there can be made half-open.
        let plain = first_high
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"._".contains(&byte));
        let edits = u32::try_from(first_high.len())
            .ok()
            .filter(|_| shared && plain)
            .and_then(|length| first.end.checked_sub(length))
            .map(|at| {
                (
                    Span {
                        start: at,
                        end: at,
                        ..*first
                    },
                    "<".to_owned(),
                )
            });
        Diagnostic::about(self, title, *first, format!("ends at {first_high}"))
            .mark(*second, format!("starts at {second_low}"))
            .note(format!("a value of {second_low} would have two levels"))
            .mend(
                format!("end the first band before the second begins: `..<{second_low}`"),
                edits.into_iter().collect(),
            )
    }
}

cause! {
    /// bands leave a hole
    ///
    /// ## What it means
    ///
    /// Between two bands there are values that lie in neither.
    ///
    /// ## Why it matters
    ///
    /// Tables in print often give bands such as "0 to 1.9" and "2.0 to 3.4", which work only for
    /// values rounded to one decimal. A value of 1.95 would have no level.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < high }
    /// level class : risk_class from risk {
    ///   low in 0..4.9,
    ///   high in 5.0..10,
    /// }
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator risk "Risk" : number in 0..10
    /// scale risk_class { low < high }
    /// level class : risk_class from risk {
    ///   low in 0..<5.0,
    ///   high in 5.0..10,
    /// }
    /// ```
    Error "FW0517" BandsHole {
        /// The band with the lower values, and where it ends.
        first: Span,
        first_high: String,
        /// The band with the higher values, and where it starts.
        second: Span,
        second_low: String,
        /// A value in the hole.
        example: String,
        /// The score, as written.
        score: String,
    }
}

impl BandsHole {
    fn words(&self) -> Diagnostic {
        let Self {
            first,
            first_high,
            second,
            second_low,
            example,
            score,
        } = self;
        let diagnostic = if first_high == second_low {
            Diagnostic::about(
                self,
                format!("no band holds the value {first_high}"),
                *first,
                format!("ends just before {first_high}"),
            )
            .mark(*second, format!("starts just above {second_low}"))
        } else {
            Diagnostic::about(
                self,
                format!("the bands leave a hole between {first_high} and {second_low}"),
                *first,
                format!("ends at {first_high}"),
            )
            .mark(*second, format!("starts at {second_low}"))
        };
        diagnostic
            .note(format!("a score of {example} would have no level"))
            .help(if score.starts_with("round(") {
                format!("write half-open bands: let the first end with `..<{second_low}`")
            } else {
                let decimals = decimals(first_high).max(decimals(second_low));
                format!(
                    "write half-open bands: let the first end with `..<{second_low}`; or round \
                     the score first: `from round({score}, {decimals})`"
                )
            })
    }
}

/// How many decimals a number is written with.
fn decimals(number: &str) -> usize {
    number
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}
