//! Numbers of unlike units side by side: added, compared, chosen between, raised to a power.

use super::super::Diagnostic;
use super::super::catalogue::{CodeInfo, cause};
use super::{counted, is_plain, plural};
use crate::source::Span;

fn or_dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

/// Both sides by their own words with their units; by the units alone where a side is too long.
fn sides(one: &str, one_unit: &str, other: &str, other_unit: &str) -> (String, String) {
    if one.is_empty() || other.is_empty() {
        return (one_unit.to_owned(), other_unit.to_owned());
    }
    (
        format!("`{one}` ({one_unit})"),
        format!("`{other}` ({other_unit})"),
    )
}

pub(super) const CODES: &[CodeInfo] = &[
    CannotAdd::INFO,
    MonthsAndDays::INFO,
    PowerOfUnit::INFO,
    FallbackUnit::INFO,
    CannotCompareUnits::INFO,
];

cause! {
    /// numbers of unlike units are added
    ///
    /// ## What it means
    ///
    /// Only numbers that count the same thing can be added or subtracted. Thousands of people and
    /// people can (they are converted); deaths and people cannot.
    ///
    /// ## Why it matters
    ///
    /// The sum would count nothing, and would change with the size of the units.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator displaced "Displaced people" : people in 0..
    /// score burden = killed + displaced
    /// ```
    ///
    /// ## Right
    ///
    /// Divide each by a unit or a reference value, so that plain numbers are added:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator displaced "Displaced people" : people in 0..
    /// score burden = killed / 1_000 deaths + displaced / 100_000 people
    /// ```
    Error "FW0302" CannotAdd {
        left: Span,
        /// The words of each side; empty where they are too long to name it.
        left_text: String,
        right_text: String,
        /// As people read it: `deaths / people`, `plain number`.
        left_unit: String,
        /// Where the unit comes from.
        left_origin: Option<Span>,
        right: Span,
        right_unit: String,
        right_origin: Option<Span>,
        operator: Span,
        subtract: bool,
    }
}

impl CannotAdd {
    fn words(&self) -> Diagnostic {
        let (left, right) = (plural(&self.left_unit), plural(&self.right_unit));
        let (title, label) = if self.subtract {
            let (right, left) = sides(&self.right_text, right, &self.left_text, left);
            (
                format!("{right} cannot be subtracted from {left}"),
                "subtracted here",
            )
        } else {
            let (left, right) = sides(&self.left_text, left, &self.right_text, right);
            (format!("{left} and {right} cannot be added"), "added here")
        };
        let diagnostic = Diagnostic::about(self, title, self.operator, label)
            .mark(self.left, counted(&self.left_unit))
            .mark(self.right, counted(&self.right_unit))
            .mark_if(self.left_origin, "the left side gets its unit here")
            .mark_if(self.right_origin, "the right side gets its unit here");
        match (is_plain(&self.left_unit), is_plain(&self.right_unit)) {
            (true, false) => diagnostic.help(format!(
                "give the left side its unit: `… {}`",
                self.right_unit
            )),
            (false, true) => diagnostic.help(format!(
                "give the right side its unit: `… {}`",
                self.left_unit
            )),
            _ => diagnostic.help(
                "divide each side by a reference value of its own unit, and add the plain numbers",
            ),
        }
    }
}

cause! {
    /// months and days are mixed
    ///
    /// ## What it means
    ///
    /// Months, quarters and years go together, and so do days and weeks. A month has no fixed number
    /// of days, so the two groups cannot be added or compared.
    ///
    /// ## Why it matters
    ///
    /// "30 days a month" is an assumption that would hide in the result.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator conflict_age "Age of the conflict" : months in 0..1200
    /// signal recent = conflict_age <= 90 days
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// indicator conflict_age "Age of the conflict" : months in 0..1200
    /// signal recent = conflict_age <= 3 months
    /// ```
    Error "FW0307" MonthsAndDays {
        left: Span,
        right: Span,
        operator: Span,
        left_unit: String,
        right_unit: String,
    }
}

impl MonthsAndDays {
    fn words(&self) -> Diagnostic {
        let Self {
            left,
            right,
            operator,
            left_unit,
            right_unit,
        } = self;
        Diagnostic::about(
            self,
            format!("{left_unit} and {right_unit} do not mix"),
            *operator,
            "a month has no fixed number of days",
        )
        .mark(*left, counted(left_unit))
        .mark(*right, counted(right_unit))
        .help("write both in months and years, or both in days and weeks")
    }
}

cause! {
    /// a power of a unit that is not fixed
    ///
    /// ## What it means
    ///
    /// A number with a unit can be raised to a fixed whole power only: `pow(distance, 2)` is counted
    /// in square kilometres. Here the power is broken, or differs from row to row.
    ///
    /// ## Why it matters
    ///
    /// Nobody can say what "deaths to the power of 1.5" counts.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// score severity = pow(killed, 1.5)
    /// ```
    ///
    /// ## Right
    ///
    /// Divide by a unit first:
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// score severity = pow(killed / 1 deaths, 1.5)
    /// ```
    Error "FW0308" PowerOfUnit {
        span: Span,
        unit: String,
        exponent: Span,
    }
}

impl PowerOfUnit {
    fn words(&self) -> Diagnostic {
        let unit = &self.unit;
        Diagnostic::about(
            self,
            "a number with a unit can be raised to a fixed whole power only",
            self.exponent,
            "not a fixed whole number",
        )
        .mark(self.span, counted(unit))
        .help(format!("divide by a unit first: `pow(… / 1 {unit}, …)`"))
    }
}

cause! {
    /// branches of unlike units
    ///
    /// ## What it means
    ///
    /// `if … then … else …`, `… ?? …` and the entries of a list must all count the same thing.
    ///
    /// ## Why it matters
    ///
    /// What comes out is compared and added further on; it cannot be deaths in one year and people
    /// in the next.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator displaced "Displaced people" : people in 0..
    /// score burden = killed ?? displaced
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// unit people
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// indicator displaced "Displaced people" : people in 0..
    /// score burden = killed / 1_000 deaths ?? displaced / 100_000 people
    /// ```
    Error "FW0310" FallbackUnit {
        left: Span,
        left_unit: String,
        right: Span,
        right_unit: String,
    }
}

impl FallbackUnit {
    fn words(&self) -> Diagnostic {
        let (left, right) = (&self.left_unit, &self.right_unit);
        let diagnostic = Diagnostic::about(
            self,
            format!(
                "this gives {} in one case and {} in another",
                plural(left),
                plural(right)
            ),
            self.right,
            counted(right),
        )
        .mark(self.left, counted(left));
        if is_plain(right) {
            diagnostic.help(format!("give the second its unit: `… {left}`"))
        } else if is_plain(left) {
            diagnostic.help(format!("give the first its unit: `… {right}`"))
        } else {
            diagnostic.help("divide each by a reference value of its own unit")
        }
    }
}

cause! {
    /// numbers of unlike units are compared
    ///
    /// ## What it means
    ///
    /// Only numbers that count the same thing can be compared. Often a threshold only lacks its
    /// unit, or a count is compared where a rate was meant.
    ///
    /// ## Why it matters
    ///
    /// "More deaths than people" has no meaning, and 25 is another threshold for deaths than for
    /// deaths per 100,000 people.
    ///
    /// ## Wrong
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// signal conflict = killed >= 25
    /// ```
    ///
    /// ## Right
    ///
    /// ```risk
    /// framework demo "Demo" version "1"
    /// panel country by year
    /// unit deaths
    /// indicator killed "Conflict deaths" : deaths in 0..
    /// signal conflict = killed >= 25 deaths
    /// ```
    Error "FW0312" CannotCompareUnits {
        left: Span,
        /// The words of each side; empty where they are too long to name it.
        left_text: String,
        right_text: String,
        left_unit: String,
        /// Where the unit comes from.
        left_origin: Option<Span>,
        right: Span,
        right_unit: String,
        right_origin: Option<Span>,
        operator: Span,
        /// A number that only lacks its unit, and the text that mends it: `25 deaths`.
        literal: Option<(Span, String)>,
    }
}

impl CannotCompareUnits {
    fn words(&self) -> Diagnostic {
        let (left, right) = (plural(&self.left_unit), plural(&self.right_unit));
        let diagnostic = Diagnostic::about(
            self,
            {
                let (left, right) = sides(&self.left_text, left, &self.right_text, right);
                format!("{left} and {right} cannot be compared")
            },
            self.operator,
            "compared here",
        )
        .mark(self.left, counted(&self.left_unit))
        .mark(self.right, counted(&self.right_unit))
        .mark_if(self.left_origin, "the left side gets its unit here")
        .mark_if(self.right_origin, "the right side gets its unit here");
        if let Some((place, text)) = &self.literal {
            return diagnostic.mend(
                format!("give the number its unit: `{text}`"),
                vec![(*place, text.clone())],
            );
        }
        match (is_plain(&self.left_unit), is_plain(&self.right_unit)) {
            (false, false) => diagnostic.help(format!(
                "for a rate, divide first and compare with a rate: `{} / {} >= 1 {left} / 100_000 {right}`",
                or_dots(&self.left_text),
                or_dots(&self.right_text),
            )),
            (true, _) => {
                diagnostic.help(format!("compare it with a plain number, or divide: `… / 1 {right}`"))
            }
            (_, true) => {
                diagnostic.help(format!("compare it with {left}, or divide: `… / 1 {left}`"))
            }
        }
    }
}
