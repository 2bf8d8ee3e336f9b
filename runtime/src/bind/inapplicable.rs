//! Cells that say that there is no such value, once all columns stand in the panel.
//!
//! In: columns in which such a cell is a value of its own, so that it was carried forward and ran out of date as any
//! observation does. Out: the columns with nothing in its place, and beside each what says where the indicator
//! applies: yes in every row but those.

use super::InputSummary;
use crate::panel::Panel;
use forewarn_plan::{INAPPLICABLE, InputKind, Plan};

/// For each indicator that some cells may take out: its place, and that of what says where it applies.
fn pairs(plan: &Plan) -> impl Iterator<Item = (usize, usize)> {
    let inputs = plan.inputs.iter().enumerate();
    inputs.filter_map(|(by, info)| match info.kind {
        InputKind::Applies { of } => Some((of as usize, by)),
        InputKind::Number
        | InputKind::Truth
        | InputKind::Verification { .. }
        | InputKind::Age { .. }
        | InputKind::Key { .. }
        | InputKind::Level { .. }
        | InputKind::Category { .. } => None,
    })
}

/// What says of an indicator in which rows its cells take it out.
pub(crate) fn said_of(plan: &Plan, input: usize) -> Option<usize> {
    pairs(plan).find_map(|(of, by)| (of == input).then_some(by))
}

/// Takes such cells out of all columns.
pub(crate) fn settle(plan: &Plan, panel: &mut Panel) {
    for (of, by) in pairs(plan) {
        take_out(panel, of, by);
    }
}

/// The same of one column.
pub(super) fn take_out(panel: &mut Panel, of: usize, by: usize) {
    let mut answers = vec![1.0; panel.rows()];
    let values = panel.columns.get_mut(of).into_iter().flatten();
    for (value, answer) in values.zip(&mut answers) {
        if *value == INAPPLICABLE {
            (*value, *answer) = (f64::NAN, 0.0);
        }
    }
    if let Some(column) = panel.columns.get_mut(by) {
        *column = answers;
    }
}

/// Puts such cells back into a column.
pub(super) fn put_back(panel: &Panel, by: usize, column: &mut [f64]) {
    let answers = panel.columns.get(by).into_iter().flatten();
    for (value, answer) in column.iter_mut().zip(answers) {
        if *answer == 0.0 {
            *value = INAPPLICABLE;
        }
    }
}

/// Counts such cells as missing, from which what does not apply is taken again.
pub(super) fn count(plan: &Plan, panel: &Panel, summaries: &mut [InputSummary]) {
    for (of, by) in pairs(plan) {
        let answers = panel.columns.get(by).map_or(&[][..], Vec::as_slice);
        let rows = answers.iter().enumerate();
        let rows =
            rows.filter(|(row, answer)| **answer == 0.0 && panel.gaps.binary_search(row).is_err());
        let taken_out = rows.count() as u64;
        if let Some(summary) = summaries.get_mut(of) {
            summary.missing += taken_out;
        }
        if let Some(summary) = summaries.get_mut(by) {
            (summary.missing, summary.aside) = (0, true);
        }
    }
}
