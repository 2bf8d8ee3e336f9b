//! Where indicators do not apply, once all columns stand in the panel.
//!
//! In: the Plan, whose declarations say by a node where there is such a value, and the panel. Out: the
//! rows in which there is none, for whoever counts what is missing; results do not hang on it. Conditions
//! over values that a Plan for an audience gets later are unknown here, and taken for met.

use super::InputSummary;
use super::carry::Stray;
use super::carry::counted;
use super::recarry::{Without, recarry_by};
use crate::panel::Panel;
use forewarn_plan::Plan;

/// Takes back what was carried where an indicator does not apply, notes the rows in which it does not, and
/// counts their cells apart from missing ones. `strays` are the values of periods without a row, by input.
pub(super) fn settle(
    plan: &Plan,
    panel: &mut Panel,
    strays: &[Vec<Stray>],
    summaries: &mut [InputSummary],
) {
    let mut without = Without::of(plan);
    if without.inputs().is_empty() || panel.rows() == 0 {
        return;
    }
    for input in recarry_by(&mut without, panel, strays) {
        let cells = |of: &[Vec<_>]| of.get(input).map(|cells| counted(cells, &panel.gaps));
        let carried = cells(&panel.carried).unwrap_or_default();
        let expired = cells(&panel.expired).unwrap_or_default();
        if let Some(summary) = summaries.get_mut(input) {
            summary.missing += summary.carried.saturating_sub(carried.0);
            (summary.carried, summary.oldest_carried) = carried;
            (summary.expired, summary.oldest_expired) = expired;
        }
    }
    let inputs = without.inputs().to_vec();
    let Some(found) = without.all(panel) else {
        return;
    };
    panel.not_applicable = vec![Vec::new(); plan.inputs.len()];
    for (input, rows) in inputs.into_iter().zip(found) {
        let values = panel.columns.get(input).map_or(&[][..], Vec::as_slice);
        let (mut all, mut empty) = (0, 0);
        for row in &rows {
            if panel.gaps.binary_search(row).is_err() {
                all += 1;
                empty += u64::from(values.get(*row).is_some_and(|value| value.is_nan()));
            }
        }
        let carried = panel.carried.get(input).map_or(&[][..], Vec::as_slice);
        let carried = carried.iter().filter(|cell| {
            // That there is no such value is carried, too.
            rows.binary_search(&cell.row).is_ok() && panel.gaps.binary_search(&cell.row).is_err()
        });
        let carried = carried.count() as u64;
        if let Some(summary) = summaries.get_mut(input) {
            summary.not_applicable = all;
            summary.missing = summary.missing.saturating_sub(empty);
            summary.carried = summary.carried.saturating_sub(carried);
        }
        if let Some(slot) = panel.not_applicable.get_mut(input) {
            *slot = rows;
        }
    }
}
