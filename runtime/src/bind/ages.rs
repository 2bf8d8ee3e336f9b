//! How old values are, once all that is carried stands in the panel.

use super::InputSummary;
use crate::panel::Panel;
use forewarn_plan::{InputKind, Plan};

/// The inputs whose age is asked for, each with what takes it.
fn pairs(plan: &Plan) -> impl Iterator<Item = (usize, usize)> {
    let inputs = plan.inputs.iter().enumerate();
    inputs.filter_map(|(by, info)| match info.kind {
        InputKind::Age { of } => Some((of as usize, by)),
        InputKind::Number
        | InputKind::Truth
        | InputKind::Verification { .. }
        | InputKind::Applies { .. }
        | InputKind::Key { .. }
        | InputKind::Level { .. }
        | InputKind::Category { .. } => None,
    })
}

/// Fills in the ages: 0 of a row's own observation, nothing where none stands.
pub(crate) fn settle(plan: &Plan, panel: &mut Panel) {
    for (of, by) in pairs(plan) {
        let values = panel.columns.get(of).map_or(&[][..], Vec::as_slice);
        let mut ages: Vec<f64> = values
            .iter()
            .map(|value| if value.is_nan() { f64::NAN } else { 0.0 })
            .collect();
        for cell in panel.carried.get(of).into_iter().flatten() {
            if let Some(age) = ages.get_mut(cell.row).filter(|age| !age.is_nan()) {
                *age = f64::from(cell.age);
            }
        }
        for row in panel.not_applicable.get(of).into_iter().flatten() {
            if let Some(age) = ages.get_mut(*row) {
                *age = f64::NAN;
            }
        }
        if let Some(column) = panel.columns.get_mut(by) {
            *column = ages;
        }
    }
}

/// They are no indicators, of which something could be missing.
pub(super) fn count(plan: &Plan, summaries: &mut [InputSummary]) {
    for (_, by) in pairs(plan) {
        if let Some(summary) = summaries.get_mut(by) {
            (summary.missing, summary.aside) = (0, true);
        }
    }
}
