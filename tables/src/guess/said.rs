//! What a cell of a key says, before how it is written.

use super::found::{Framed, Guess};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::bind::key_names;
use forewarn_runtime::period::{self, Period, Written};

/// The panel's period that a cell lies in, by the way in which it is written.
fn period_of(text: &str, kind: PeriodKind, written: Option<Written>) -> Option<String> {
    let (found, number) = written?.in_weeks_of(kind).read(text).ok()?;
    let number = period::around(found, number, kind);
    Some(Period::new(kind, number).to_string())
}

/// What a cell of a key says: of a period the one of the panel that it lies in.
pub(super) fn said_period(
    body: &Framed,
    plan: &Plan,
    guess: &Guess,
    column: usize,
    text: String,
) -> String {
    let keys = key_names(plan, &guess.recipe.map);
    let name = body.names.get(column);
    let is_period = name.is_some_and(|name| keys.period.contains(name));
    match plan.panel.period.filter(|_| is_period) {
        Some(kind) => period_of(&text, kind, guess.recipe.period).unwrap_or(text),
        None => text,
    }
}
