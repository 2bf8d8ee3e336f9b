//! What was known last of indicators whose values stand for a while.
//!
//! In: an entity's rows of a panel. Out: for each such indicator its last observation, with its period.

use crate::bind::{Observed, said_of, written};
use crate::panel::Panel;
use forewarn_plan::{INAPPLICABLE, InputKind, Plan};
use std::ops::Range;

/// What an entity's rows know last of each indicator whose values stand for a while.
pub(super) fn observed(
    plan: &Plan,
    panel: &Panel,
    name: &str,
    rows: Range<usize>,
) -> Vec<Observed> {
    let standing = plan.inputs.iter().enumerate();
    let standing = standing.filter(|(_, info)| info.carry_forward.is_some());
    let last = standing.filter_map(|(input, info)| {
        let column = panel.columns.get(input)?;
        let answers = said_of(plan, input).and_then(|by| panel.columns.get(by));
        let is_taken_out = |row: usize| answers.and_then(|answers| answers.get(row)) == Some(&0.0);
        let row = rows.clone().rev().find(|row| {
            let x = column.get(*row);
            // What a cell holds where there is no such value is no observation, but that it says so is one.
            x.is_some_and(|x| !x.is_nan()) && panel.applies(input, *row) || is_taken_out(*row)
        })?;
        let value = match is_taken_out(row) {
            true => INAPPLICABLE,
            false => *column.get(row)?,
        };
        let carried = panel.carried.get(input).map_or(&[][..], Vec::as_slice);
        let at = carried.binary_search_by_key(&row, |cell| cell.row).ok();
        let age = at.and_then(|at| carried.get(at)).map_or(0, |cell| cell.age);
        let by = plan.inputs.iter().position(
            |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
        );
        let verified = by.and_then(|by| panel.columns.get(by)?.get(row).map(|x| *x == 1.0));
        Some(Observed {
            entity: name.to_owned(),
            input: info.name.clone(),
            period: panel.periods.get(row)? - i64::from(age),
            value: written(info, value)?,
            unit: matches!(info.kind, InputKind::Number).then(|| info.unit.clone()),
            verified,
        })
    });
    last.collect()
}
