//! What is found in a table that stands in no frame any more.

use super::found::{Framed, Guess, text};
use super::{across, cells, events, keys, names, shape, written};
use forewarn_plan::Plan;

/// As many rows at the beginning are looked at.
pub(super) const MOST: usize = 400;

/// Looks at its keys, names, shape and cells.
pub(super) fn found_in(framed: &Framed, plan: Option<&Plan>, guess: &mut Guess, several: bool) {
    if let Some(plan) = plan {
        keys::keys(framed, plan, guess);
        names::names(framed, plan, guess);
        names::totals(framed, plan, guess);
    }
    shape::shape(framed, plan, guess);
    if let Some(plan) = plan {
        across::across(framed, plan, guess);
    }
    cells::cells(framed, plan, guess);
    if let Some(plan) = plan {
        written::periods(framed, plan, guess);
        events::events(framed, plan, guess);
    }
    if let Some(plan) = plan.filter(|_| !several) {
        names::open(framed, plan, guess);
    }
    guess.naming = shape::several_named(framed);
    if !guess.seen.is_empty() {
        cells::words_for_missing(framed, guess);
    }
    guess.columns = framed
        .names
        .iter()
        .enumerate()
        .map(|(column, name)| {
            let values = framed.body.iter().map(|(_, row)| text(row, column));
            let value = values.into_iter().find(|value| !value.is_empty());
            (name.clone(), value.unwrap_or_default())
        })
        .collect();
}
