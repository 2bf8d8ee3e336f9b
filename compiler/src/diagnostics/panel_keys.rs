//! How the panel's periods stand in the data: in one column or two, and how they are written.

use super::Diagnostic;
use super::catalogue::{CodeInfo, cause};
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    NoWayOfWriting::INFO,
    NoSecondColumn::INFO,
    OneKeyTwice::INFO,
];

cause! {
    /// `written` does not tell how the panel's periods are written
    ///
    /// ## What it means
    ///
    /// Behind `written` stands a pattern: `YYYY` for the year, `Q` for the quarter, `MM` for the month,
    /// `WW` for the ISO week, `DD` for the day (`M`, `W` and `D` for one digit or two), and signs that
    /// stand for themselves. It must tell the panel's kind of period: a month needs a year and a
    /// month. The usual ways (`2024-05`, `2024M05`) are read without it.
    ///
    /// ## Why it matters
    ///
    /// `010224` is read differently by different people.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month column "yyyymm" written "YYMM"
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month column "yyyymm" written "YYYYMM"
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0809" NoWayOfWriting {
        span: Span,
        /// The pattern.
        text: String,
        /// `month`
        period: String,
        /// What is wrong with it.
        why: String,
    }
}

impl NoWayOfWriting {
    fn words(&self) -> Diagnostic {
        let title = format!(
            "`{}` does not tell how a {} is written",
            self.text, self.period
        );
        let example = match self.period.as_str() {
            "year" => "YYYY",
            "quarter" => "YYYYQ",
            "week" => "YYYYWW",
            "day" => "YYYYMMDD",
            _ => "YYYYMM",
        };
        Diagnostic::about(self, title, self.span, self.why.clone())
            .help(format!("write a pattern such as `written \"{example}\"`"))
    }
}

cause! {
    /// a second column where the panel's period needs none
    ///
    /// ## What it means
    ///
    /// A quarter, a month or a week can stand in two columns, one with the year and one with its
    /// number within the year: `column "year", "month"`. A year is one number, and a day would need
    /// three. Where a period stands in two columns, `written` has nothing to say.
    ///
    /// ## Why it matters
    ///
    /// The second column would be passed over, or a period be put together wrongly.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year column "year", "month"
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by month column "year", "month"
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0810" NoSecondColumn {
        /// The second column.
        span: Span,
        /// `year`
        period: String,
        /// A pattern stands behind it.
        written: Option<Span>,
    }
}

impl NoSecondColumn {
    fn words(&self) -> Diagnostic {
        match self.written {
            Some(written) => Diagnostic::about(
                self,
                "a period in two columns has no way of writing",
                written,
                "of which column?",
            )
            .mark(self.span, "the second column")
            .help("keep one of the two: the second column, or `written`"),
            None => {
                let title = format!("a {} does not stand in two columns", self.period);
                Diagnostic::about(self, title, self.span, "the second column")
                    .help("keep one column; quarters, months and weeks can stand in two")
            }
        }
    }
}

cause! {
    /// both keys of a panel are the same
    ///
    /// ## What it means
    ///
    /// A panel may have two keys before its period, such as a country and a group within it. Each has a
    /// name and a column of its own.
    ///
    /// ## Why it matters
    ///
    /// A pair of a country with itself says no more than the country.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country column "iso3", group column "iso3" by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country column "iso3", group column "group" by month
    /// indicator deaths "Conflict deaths" : number in 0..
    /// score burden = deaths * 2
    /// ```
    Error "FW0815" OneKeyTwice {
        first: Span,
        second: Span,
        /// Of the second.
        name: String,
    }
}

impl OneKeyTwice {
    fn words(&self) -> Diagnostic {
        let title = format!("`{}` is the first key again", self.name);
        Diagnostic::about(self, title, self.second, "the same name or column")
            .mark(self.first, "the first key")
            .help("name another key and its column, or leave the second key out")
    }
}
