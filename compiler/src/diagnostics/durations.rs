//! Durations that are no whole number of the panel's periods, and ranges of periods out of place.

use super::Diagnostic;
use super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[&[CodeInfo]] = &[&[
    NotADuration::INFO,
    DaysAndMonths::INFO,
    NotWholePeriods::INFO,
    PeriodsNotHere::INFO,
    TwoWaysForAbsent::INFO,
]];

cause! {
    /// a duration is needed here
    ///
    /// ## What it means
    ///
    /// How far back a rule looks, how long a condition must last and how long an alert rests are
    /// durations: a number with `days`, `weeks`, `months`, `quarters` or `years`.
    ///
    /// ## Why it matters
    ///
    /// A bare `12` means a year on a monthly panel and twelve years on a yearly one. With the unit,
    /// the rule says the same wherever it is read.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score year_before = lag(deaths, 12)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score year_before = lag(deaths, 12 months)
    /// ```
    Error "FW0731" NotADuration {
        span: Span,
        /// What asks for it, quoted where it is a word of the language.
        context: String,
        /// The kind of value it is.
        found: String,
        /// The number, where it lacks only its unit.
        amount: Option<String>,
        /// The panel's period.
        period: &'static str,
    }
}

impl NotADuration {
    fn words(&self) -> Diagnostic {
        let Self {
            span,
            context,
            found,
            amount,
            period,
        } = self;
        let title = format!("{context} takes a duration");
        let diagnostic = Diagnostic::about(self, title, *span, format!("this is {found}"));
        match amount {
            Some(amount) => {
                let unit = if amount == "1" {
                    (*period).to_owned()
                } else {
                    format!("{period}s")
                };
                diagnostic.mend(
                    format!("say of what: `{amount} {unit}`"),
                    vec![(*span, format!("{amount} {unit}"))],
                )
            }
            None => diagnostic.help(format!("write a length of time, such as `3 {period}s`")),
        }
    }
}

cause! {
    /// days and months in one duration
    ///
    /// ## What it means
    ///
    /// The duration counts days or weeks, and the panel counts months, quarters or years, or the
    /// other way round. A month has 28 to 31 days, so the one is never a fixed number of the other.
    ///
    /// ## Why it matters
    ///
    /// "30 days ago" is sometimes this month and sometimes the one before last. A result must not
    /// depend on how many days February has.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score before = lag(deaths, 90 days)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score before = lag(deaths, 3 months)
    /// ```
    Error "FW0732" DaysAndMonths {
        span: Span,
        /// As written.
        words: String,
        /// What the duration counts, `day` or `month`.
        base: &'static str,
        /// The panel's period.
        period: &'static str,
    }
}

impl DaysAndMonths {
    fn words(&self) -> Diagnostic {
        let (words, base, period) = (named(&self.words), self.base, self.period);
        let title = format!("{words} is no fixed number of {period}s");
        Diagnostic::about(self, title, self.span, format!("counted in {base}s"))
            .note(format!(
                "the panel has one row for each {period}; days and months never mix, since months \
                 differ in length"
            ))
            .help(format!("write it in {period}s, such as `3 {period}s`"))
    }
}

cause! {
    /// a duration is no whole number of periods
    ///
    /// ## What it means
    ///
    /// The panel has one row for each period, and the duration ends between two of them, is shorter
    /// than one period, or is nothing at all. A year has 4 quarters and 12 months, a week 7 days.
    ///
    /// ## Why it matters
    ///
    /// On a yearly panel there is no row three months ago. Rounding to the nearest period would
    /// answer another question than the one that was asked.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score before = lag(deaths, 3 months)
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score before = lag(deaths, 1 year)
    /// ```
    Error "FW0733" NotWholePeriods {
        span: Span,
        /// As written.
        words: String,
        /// How many periods it is: `1.5`.
        periods: String,
        /// The panel's period.
        period: &'static str,
    }
}

impl NotWholePeriods {
    fn words(&self) -> Diagnostic {
        let (words, periods, period) = (named(&self.words), &self.periods, self.period);
        let amount = periods.parse::<f64>().unwrap_or(0.0);
        let title = if amount <= 0.0 {
            format!("{words} is no length of time to look along")
        } else {
            format!("{words} is no whole number of {period}s")
        };
        let unit = if periods == "1" {
            period.to_owned()
        } else {
            format!("{period}s")
        };
        Diagnostic::about(self, title, self.span, format!("{periods} {unit}"))
            .note(format!(
                "the panel has one row for each {period}, and nothing between them"
            ))
            .help(format!("write at least `1 {period}`, and whole {period}s"))
    }
}

cause! {
    /// a range of periods out of place
    ///
    /// ## What it means
    ///
    /// `2010..2020` as an argument is a range of periods. It stands behind `baseline:` alone, where
    /// it says from which periods goalposts are taken.
    ///
    /// ## Why it matters
    ///
    /// Elsewhere a period is no value that could be calculated with.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// fn twice(x: number) -> number = 2 * x
    /// score burden = twice(x: 2010..2020) + deaths
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator deaths "Conflict deaths" : number in 0..
    /// fn twice(x: number) -> number = 2 * x
    /// score burden = twice(x: deaths)
    /// ```
    Error "FW0734" PeriodsNotHere {
        span: Span,
    }
}

impl PeriodsNotHere {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            "a range of periods has no value",
            self.span,
            "periods, from the first to the last",
        )
        .help("a range of periods stands behind `baseline:` alone")
    }
}

cause! {
    /// two ways to fill absent cells
    ///
    /// ## What it means
    ///
    /// `missing means` and `carry forward` both say what an absent cell of the indicator stands for:
    /// a fixed value, or the last one known.
    ///
    /// ## Why it matters
    ///
    /// An absent cell has one meaning. A source that lists only what happened leaves out zeros; a
    /// source that is slower than the panel leaves out what has not changed.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    ///   missing means 0 because "the source lists every event"
    ///   carry forward at most 12 months
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month
    /// indicator deaths "Conflict deaths" : number in 0..
    ///   missing means 0 because "the source lists every event"
    /// score burden = deaths * 2
    /// ```
    Error "FW0735" TwoWaysForAbsent {
        name: String,
        means: Span,
        carry: Span,
    }
}

impl TwoWaysForAbsent {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!("an absent cell of `{}` stands for two things", self.name),
            self.carry,
            "here for the last value known",
        )
        .mark(self.means, "here for a fixed value")
        .help("keep the one that is true of the source")
    }
}

/// The user's words, where they are short enough to quote.
fn named(words: &str) -> String {
    if words.is_empty() {
        "this duration".to_owned()
    } else {
        format!("`{words}`")
    }
}
