//! Ranges as declared, and values outside of them.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::range;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    EmptyRange::INFO,
    OutsideRange::INFO,
    DatedParam::INFO,
    DeclaredRange::INFO,
];

cause! {
    /// a range without any number in it
    ///
    /// ## What it means
    ///
    /// A range is written from its lower to its upper end: `0..100`. Here the lower end is above the
    /// upper one, or a half-open range ends where it begins.
    ///
    /// ## Why it matters
    ///
    /// No value lies in such a range: every observation would be rejected, every question answered
    /// with no.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 100..0
    /// score poor = poverty / 100
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..100
    /// score poor = poverty / 100
    /// ```
    Error "FW0401" EmptyRange {
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
    /// a value outside its declared range
    ///
    /// ## What it means
    ///
    /// The value of a param, or the value that a missing observation stands for, is not within the
    /// range that the same declaration gives.
    ///
    /// ## Why it matters
    ///
    /// One of the two is wrong, often by a factor of 100: a share of 40 where 0.4 was meant.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// param threshold : number in 0..1 = 40
    /// signal poor = poverty >= threshold
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// param threshold : number in 0..1 = 0.4
    /// signal poor = poverty >= threshold
    /// ```
    Error "FW0402" OutsideRange {
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
    /// dated values do not fit together
    ///
    /// ## What it means
    ///
    /// A param may change with time: `= 90.1 until 2014, = 90 from 2015`. `until` includes its
    /// period. Each period must have exactly one value, so the values may neither overlap nor leave
    /// a hole, and the panel must have a period.
    ///
    /// ## Why it matters
    ///
    /// In a hole the param would be missing, and with it everything that rests on it.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator fragility "Fragility, total" : number in 0..120
    /// param alert_edge = 90.1 until 2014, = 90 from 2016
    /// signal alarm = fragility >= alert_edge
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator fragility "Fragility, total" : number in 0..120
    /// param alert_edge = 90.1 until 2014, = 90 from 2015
    /// signal alarm = fragility >= alert_edge
    /// ```
    Error "FW0405" DatedParam {
        span: Span,
        /// What does not fit: `no value for 2015`.
        why: String,
        /// The other value concerned.
        other: Option<Span>,
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
        .help("let each value begin in the period after the last one ends: `= 90.1 until 2014, = 90 from 2015`")
    }
}

cause! {
    /// a value that can leave its declared range
    ///
    /// ## What it means
    ///
    /// A score is declared to lie in a range. From the ranges of what it is made of, it can also
    /// take values outside.
    ///
    /// ## Why it matters
    ///
    /// Those who read the declaration rely on it: a score declared in 0..1 that reaches 2 breaks
    /// thresholds and charts without a word.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator hunger "Hunger" : number in 0..1
    /// score hardship : number in 0..1 = poverty + hunger
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator poverty "Poverty" : number in 0..1
    /// indicator hunger "Hunger" : number in 0..1
    /// score hardship : number in 0..1 = (poverty + hunger) / 2
    /// ```
    Warning "FW0406" DeclaredRange {
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
