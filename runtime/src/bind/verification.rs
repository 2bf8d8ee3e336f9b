//! Which observations were verified, once all columns stand in the panel.
//!
//! In: the columns of the indicators and of what says whether they were verified. Out: the latter with
//! yes or no in every row: nothing said is no, and a value that is carried forward was verified if the
//! observation that it stands for was.

use super::carry::Stray;
use super::{InputSummary, gaps};
use crate::panel::Panel;
use forewarn_plan::{InputKind, Plan};

/// Settles every column that says what was verified. `strays` are the values of periods without a row, by
/// input.
pub(super) fn settle(plan: &Plan, panel: &mut Panel, strays: &[Vec<Stray>]) {
    for (by, info) in plan.inputs.iter().enumerate() {
        let InputKind::Verification { of } = info.kind else {
            continue;
        };
        let of = of as usize;
        let mut answers = panel
            .columns
            .get_mut(by)
            .map(std::mem::take)
            .unwrap_or_default();
        for answer in &mut answers {
            if answer.is_nan() {
                *answer = 0.0;
            }
        }
        let own = carry_along(panel, of, &mut answers, strays.get(of), strays.get(by));
        if let Some(column) = panel.columns.get_mut(by) {
            *column = answers;
        }
        panel.answered.resize(plan.inputs.len(), Vec::new());
        if let Some(answered) = panel.answered.get_mut(by) {
            *answered = own;
        }
    }
}

/// Counts the observations that were not verified.
pub(super) fn count(plan: &Plan, panel: &Panel, summaries: &mut [InputSummary]) {
    for (by, info) in plan.inputs.iter().enumerate() {
        let InputKind::Verification { of } = info.kind else {
            continue;
        };
        let of = of as usize;
        let column = |input: usize| panel.columns.get(input).map_or(&[][..], Vec::as_slice);
        let mut gaps = panel.gaps.iter().copied().peekable();
        let unverified = column(of).iter().zip(column(by)).enumerate();
        let unverified = unverified.filter(|(row, (value, answer))| {
            !gaps::is_gap(&mut gaps, *row) && !value.is_nan() && **answer == 0.0
        });
        let unverified = unverified.count() as u64;
        if let Some(summary) = summaries.get_mut(of) {
            summary.unverified = Some(unverified);
        }
        if let Some(summary) = summaries.get_mut(by) {
            summary.missing = 0;
            summary.aside = true;
        }
    }
}

/// The answer of each carried value is that of the observation it stands for. Gives the rows whose own cell says
/// something else, with that.
fn carry_along(
    panel: &Panel,
    of: usize,
    answers: &mut [f64],
    values_of: Option<&Vec<Stray>>,
    answers_of: Option<&Vec<Stray>>,
) -> Vec<(usize, f64)> {
    let carried = panel.carried.get(of).map_or(&[][..], Vec::as_slice);
    let mut own = Vec::new();
    if carried.is_empty() {
        return own;
    }
    let mut carried = carried.iter().map(|cell| cell.row).peekable();
    let mut strays = values_of.into_iter().flatten().peekable();
    let values = panel.columns.get(of).map_or(&[][..], Vec::as_slice);
    let mut known = 0.0;
    let keys = panel.entity_of.iter().zip(&panel.periods);
    let rows = keys.zip(values).zip(answers).enumerate();
    for (row, (((entity, period), value), answer)) in rows {
        while let Some(stray) = strays.next_if(|at| (at.entity, at.period) < (*entity, *period)) {
            let same = |at: &&Stray| (at.entity, at.period) == (stray.entity, stray.period);
            let said = answers_of.into_iter().flatten().find(same);
            known = said.map_or(0.0, |said| said.value);
        }
        if carried.next_if_eq(&row).is_some() {
            if *answer != known {
                own.push((row, *answer));
            }
            *answer = known;
        } else if !value.is_nan() {
            known = *answer;
        }
    }
    own
}
