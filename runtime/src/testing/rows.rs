//! The panel that tests are run over.

use std::ops::Range;

use forewarn_plan::tests::PlannedTest;
use forewarn_plan::tests::TestShape;
use forewarn_plan::{InputInfo, InputKind, PeriodKind, Plan};

use crate::bind::{recarry, settle_ages, settle_inapplicable};
use crate::panel::{Aged, Panel, joined};
use crate::period;

/// The first period of a test that says none: January 2020, where values of the method that change
/// in time are as they are today.
fn usual_first(kind: PeriodKind) -> i64 {
    match kind {
        PeriodKind::Year => 2020,
        PeriodKind::Quarter => 2020 * 4,
        PeriodKind::Month => 2020 * 12,
        PeriodKind::Day => period::days_from_civil(2020, 1, 1),
        // The week in which 1 January 2020 lies.
        PeriodKind::Week(from) => from.week_of(period::days_from_civil(2020, 1, 1)),
    }
}

/// A panel with the rows of all tests, and which rows are whose.
pub(super) fn panel(
    plan: &Plan,
    kind: Option<PeriodKind>,
    tests: &[&PlannedTest],
) -> (Panel, Vec<Range<usize>>) {
    let mut panel = Panel {
        columns: vec![Vec::new(); plan.inputs.len()],
        carried: vec![Vec::new(); plan.inputs.len()],
        expired: vec![Vec::new(); plan.inputs.len()],
        ..Panel::default()
    };
    let mut places = Vec::with_capacity(tests.len());
    for (at, test) in tests.iter().enumerate() {
        let start = panel.entity_of.len();
        let rows = test.shape.rows();
        let first = kind.map(|kind| test.first.unwrap_or_else(|| usual_first(kind)));
        let along = matches!(test.shape, TestShape::Along(_));
        for row in 0..rows {
            if row == 0 || !along {
                // Sorted as they are numbered.
                let (test, case) = (format!("test {at:06}"), format!("case {:06}", row + 1));
                let keys = plan.panel.keys.len();
                panel.entities.push(if keys > 1 {
                    // The cases of a test have all keys but the last in common.
                    let shared = std::iter::repeat_n(test, keys - 1);
                    joined(shared.chain([case]))
                } else {
                    format!("{test} {case}")
                });
            }
            let entity = panel.entities.len().saturating_sub(1);
            panel
                .entity_of
                .push(u32::try_from(entity).unwrap_or(u32::MAX));
            if let Some(first) = first {
                let later = if along { row as i64 } else { 0 };
                panel.periods.push(first + later);
            }
        }
        for (index, (column, info)) in panel.columns.iter_mut().zip(&plan.inputs).enumerate() {
            let cells_of = |wanted: usize| test.inputs.iter().find(|(input, _)| *input == wanted);
            let given = cells_of(index);
            if let (Some((_, answers)), InputKind::Verification { of: said }) = (given, &info.kind)
                && let (Some((_, cells)), Some(of)) =
                    (cells_of(*said as usize), plan.inputs.get(*said as usize))
            {
                let applies = plan.inputs.iter().position(
                    |other| matches!(other.kind, InputKind::Applies { of: own } if own == *said),
                );
                let applies = applies
                    .and_then(&cells_of)
                    .map(|(_, cells)| cells.as_slice());
                column.extend(as_verified(of, (cells, applies), answers, along));
                continue;
            }
            match given {
                Some((_, cells)) => {
                    let aged = (panel.carried.get_mut(index), panel.expired.get_mut(index));
                    column.extend(as_data(info, cells, along, start, aged));
                }
                // What is not given is missing, as a column that there is not.
                None => column.extend(std::iter::repeat_n(f64::NAN, rows)),
            }
        }
        places.push(start..start + rows);
    }
    for (index, info) in plan.inputs.iter().enumerate() {
        if let InputKind::Key { place } = info.kind {
            let column = panel.key_column(place);
            if let Some(slot) = panel.columns.get_mut(index) {
                *slot = column;
            }
        }
    }
    settle_inapplicable(plan, &mut panel);
    recarry(plan, &mut panel, &[]);
    settle_ages(plan, &mut panel);
    (panel, places)
}

/// Whether values were verified; a carried one is as that for which it stands. Where nothing is said, nothing was; that
/// there is no such value is said.
fn as_verified(
    info: &InputInfo,
    (cells, applies): (&[f64], Option<&[f64]>),
    answers: &[f64],
    along: bool,
) -> Vec<f64> {
    let mut known = 1.0;
    let rows = cells.iter().zip(answers).enumerate();
    rows.map(|(row, (cell, answer))| {
        let applies = applies.and_then(|applies| applies.get(row));
        if !cell.is_nan() {
            known = *answer;
        } else if along && info.carry_forward.is_some() {
            return known;
        } else if applies != Some(&0.0) {
            return 0.0;
        }
        *answer
    })
    .collect()
}

/// A `missing` that is given is an empty cell of the data: it stands for what the indicator says of
/// such cells, or for an earlier value that is carried forward.
/// Which of them are carried, and which are missing because the last observation is out of date, goes to the
/// two of `aged`, with rows counted from `start`.
fn as_data(
    info: &InputInfo,
    cells: &[f64],
    along: bool,
    start: usize,
    (mut carried_cells, mut expired): (Option<&mut Vec<Aged>>, Option<&mut Vec<Aged>>),
) -> Vec<f64> {
    let mut last: Option<(usize, f64)> = None;
    let mut column = Vec::with_capacity(cells.len());
    for (row, &cell) in cells.iter().enumerate() {
        if !cell.is_nan() {
            last = Some((row, cell));
            column.push(cell);
            continue;
        }
        let stood = last.filter(|_| along);
        let age = stood.and_then(|(at, _)| u32::try_from(row - at).ok());
        let carried = stood
            .zip(info.carry_forward)
            .filter(|((at, _), most)| row - at <= *most as usize)
            .map(|((_, value), _)| value);
        if let (Some(age), Some(_), Some(cells)) = (age, carried, &mut carried_cells) {
            let row = start + row;
            cells.push(Aged { row, age });
        }
        if let (Some(age), Some(expires)) = (age, info.expires)
            && age > expires
            && let Some(expired) = &mut expired
        {
            let row = start + row;
            expired.push(Aged { row, age });
        }
        column.push(carried.or(info.missing_means).unwrap_or(f64::NAN));
    }
    column
}
