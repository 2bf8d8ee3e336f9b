//! Lints that look at what rules give on data.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::super::wording::count;
use crate::source::Span;

pub(super) const CODES: &[CodeInfo] = &[
    LevelNeverReached::INFO,
    AlertOneWay::INFO,
    OneAnswer::INFO,
    ReviewDue::INFO,
];

cause! {
    /// a level that these data never reach
    ///
    /// ## What it means
    ///
    /// In no row of the data is the level determined at this place. Told by `forewarn lint --data` alone.
    ///
    /// ## Why it matters
    ///
    /// A level that years of data never reach warns of nothing, or waits for something that nobody measures.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// critical when deaths >= 1_000_000     // no row of ten years has a tenth of it
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// critical when deaths >= 10_000
    /// ```
    Warning "FW1111" LevelNeverReached {
        name: String,
        span: Span,
        /// Places on the scale, from less to more severe.
        places: Vec<String>,
        rows: usize,
    }
}

impl LevelNeverReached {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            places,
            rows,
        } = self;
        let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
        let title = format!(
            "`{name}` is never {} on these data",
            places.join(" and never ")
        );
        Diagnostic::about(
            self,
            title,
            *span,
            format!("{} and not one of them", count(*rows, "row")),
        )
        .help("look at its thresholds, or say why it waits: `allow FW1111 because \"…\"`")
    }
}

cause! {
    /// an alert that always or never stands on these data
    ///
    /// ## What it means
    ///
    /// The alert is never raised, or it stands in every row. Told by `forewarn lint --data` alone.
    ///
    /// ## Why it matters
    ///
    /// An alert that is always on is not heard, and one that never comes is not there.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// raise when deaths >= 1     // in a table of wars
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// raise when deaths >= 2 * lag(deaths, 12 months)
    /// ```
    Warning "FW1112" AlertOneWay {
        name: String,
        span: Span,
        always: bool,
        rows: usize,
    }
}

impl AlertOneWay {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            always,
            rows,
        } = self;
        let (title, label) = if *always {
            (
                format!("the alert `{name}` stands in every row of these data"),
                "it is never quiet",
            )
        } else {
            (
                format!("the alert `{name}` is never raised on these data"),
                "it is always quiet",
            )
        };
        Diagnostic::about(
            self,
            title,
            *span,
            format!("{}: {label}", count(*rows, "row")),
        )
        .help("look at its conditions, or say why: `allow FW1112 because \"…\"`")
    }
}

cause! {
    /// a signal with one answer on these data
    ///
    /// ## What it means
    ///
    /// The signal is yes in every row, or no in every row, or unknown in every row. Told by
    /// `forewarn lint --data` alone.
    ///
    /// ## Why it matters
    ///
    /// It tells no country from another.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// signal at_risk = index > 0     // every index of the data is
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// signal at_risk = index > 40
    /// ```
    Warning "FW1113" OneAnswer {
        name: String,
        span: Span,
        answer: &'static str,
        rows: usize,
    }
}

impl OneAnswer {
    fn words(&self) -> Diagnostic {
        let Self {
            name,
            span,
            answer,
            rows,
        } = self;
        let title = format!("`{name}` is {answer} in every row of these data");
        Diagnostic::about(self, title, *span, count(*rows, "row"))
            .help("look at its threshold and its data, or say why: `allow FW1113 because \"…\"`")
    }
}

cause! {
    /// a param past its review date
    ///
    /// ## What it means
    ///
    /// A param says until when its value holds without being looked at again, and the data go further. Told by
    /// `forewarn lint --data` alone.
    ///
    /// ## Why it matters
    ///
    /// Thresholds age: prices rise, sources change what they count. Whoever set the date wanted somebody to look.
    ///
    /// ## Wrong
    ///
    /// ```text
    /// param poverty_line = 2.15 review 2024        // with data of 2026
    /// ```
    ///
    /// ## Right
    ///
    /// ```text
    /// param poverty_line = 3 review 2028 because "World Bank, June 2025"
    /// ```
    Warning "FW1114" ReviewDue {
        param: String,
        span: Span,
        review: String,
        last: String,
    }
}

impl ReviewDue {
    fn words(&self) -> Diagnostic {
        Diagnostic::about(
            self,
            format!(
                "`{}` was to be looked at again after {}",
                self.param, self.review
            ),
            self.span,
            format!("the data go to {}", self.last),
        )
        .note("thresholds age: sources change what they count, and prices rise")
        .help("look at it again, and give it a new `review`")
    }
}
