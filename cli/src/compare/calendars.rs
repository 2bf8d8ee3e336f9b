//! Runs that go by other periods.
//!
//! In: what two runs go by. Out: a refusal where no period of one is one of the other: `2024-W02` is another week where
//! weeks begin on Thursday than where they begin on Monday.

use crate::failure::Failure;
use forewarn_plan::PeriodKind;
use forewarn_runtime::period;

/// Refuses to compare what goes by other periods; `first` and `second` are what people call the two.
#[must_use]
pub fn other_periods(first: (&str, PeriodKind), second: (&str, PeriodKind)) -> Failure {
    let [one, other] = period::apart(first.1, second.1);
    let message = format!(
        "{} goes by the {one}, {} by the {other}: no period of one is one of the other, and nothing can be compared",
        first.0, second.0
    );
    Failure::new(message).help(
        "compare what goes by the same periods: run one of the two again with the panel of the other",
    )
}
