//! What stands for a while where there may be no such value.
//!
//! In: a panel whose absent cells took earlier values, and the conditions that say where an indicator
//! applies. Out: the same without what stood for a cell in which it did not apply: what holds such a cell is no
//! observation, and nothing is carried into one. Conditions may rest on what is carried themselves, so
//! indicators are gone through in the order in which one rests on another, which is that of the inputs.

use super::carry::Stray;
use crate::panel::{Aged, Panel};
use crate::run::{RunOptions, run};
use forewarn_plan::{InputKind, NodeId, Output, OutputKind, Plan};

/// The inputs that apply in some rows alone, with the nodes that say in which, in their order.
pub(super) fn conditions(plan: &Plan) -> Vec<(usize, NodeId)> {
    let place = |name: &str| {
        let mut inputs = plan.inputs.iter();
        inputs.position(|input| input.name == name && input.kind.is_indicator())
    };
    let declared = plan
        .declarations
        .iter()
        .filter(|one| one.verified.is_none());
    let mut found: Vec<(usize, NodeId)> = declared
        .filter_map(|one| Some((place(&one.name)?, one.applies?.0)))
        .collect();
    found.sort_unstable();
    found
}

/// For each of these conditions the rows in which it is no; nothing where they cannot be worked out yet.
pub(super) fn rows_without(
    plan: &Plan,
    panel: &Panel,
    nodes: &[NodeId],
) -> Option<Vec<Vec<usize>>> {
    let outputs = nodes.iter().map(|node| Output {
        column: String::new(),
        declaration: String::new(),
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Truth,
        node: *node,
    });
    let asked = Plan {
        outputs: outputs.collect(),
        ..plan.clone()
    };
    let results = run(&asked, panel, &RunOptions::default()).ok()?;
    let columns = results.columns.into_iter().map(|column| {
        let rows = column.values.iter().enumerate();
        let rows = rows.filter(|(_, there)| **there == 0.0);
        rows.map(|(row, _)| row).collect()
    });
    Some(columns.collect())
}

/// Takes back what was carried out of cells in which an indicator does not apply, or into them. `strays` are
/// the values of periods without a row, by input. Gives the inputs of which something was taken back.
pub(crate) fn recarry(plan: &Plan, panel: &mut Panel, strays: &[Vec<Stray>]) -> Vec<usize> {
    let mut changed = Vec::new();
    for (input, node) in conditions(plan) {
        let has = |cells: &[Vec<Aged>]| cells.get(input).is_some_and(|cells| !cells.is_empty());
        if !has(&panel.carried) && !has(&panel.expired) {
            continue;
        }
        let without = rows_without(plan, panel, &[node]).and_then(|mut all| all.pop());
        let Some(without) = without.filter(|rows| !rows.is_empty()) else {
            continue;
        };
        again(plan, panel, input, &without, strays);
        changed.push(input);
    }
    changed
}

/// What was known of an entity last.
#[derive(Clone, Copy)]
struct Known {
    entity: u32,
    period: i64,
    value: f64,
    verified: f64,
}

fn again(plan: &Plan, panel: &mut Panel, input: usize, without: &[usize], strays: &[Vec<Stray>]) {
    let Some(info) = plan.inputs.get(input) else {
        return;
    };
    let Some(most) = info.carry_forward else {
        return;
    };
    let by = plan.inputs.iter().position(
        |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
    );
    let take = |all: &mut [Vec<Aged>]| all.get_mut(input).map(std::mem::take).unwrap_or_default();
    let (was_carried, was_expired) = (take(&mut panel.carried), take(&mut panel.expired));
    let mut column = panel
        .columns
        .get_mut(input)
        .map(std::mem::take)
        .unwrap_or_default();
    let answers = by.and_then(|by| panel.columns.get_mut(by));
    let mut answers = answers.map(std::mem::take);
    let said = by
        .and_then(|by| strays.get(by))
        .map_or(&[][..], Vec::as_slice);
    let mut strays = strays
        .get(input)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .peekable();
    let mut was_carried = was_carried.into_iter().peekable();
    let mut was_expired = was_expired.into_iter().peekable();
    let mut without = without.iter().copied().peekable();
    let (mut carried, mut expired) = (Vec::new(), Vec::new());
    let mut known: Option<Known> = None;
    // Where a cell last held something though it did not apply.
    let mut hidden: Option<(u32, i64)> = None;
    let keys = panel.entity_of.iter().zip(&panel.periods);
    for (row, ((entity, period), cell)) in keys.zip(&mut column).enumerate() {
        let (entity, period) = (*entity, *period);
        while let Some(stray) = strays.next_if(|at| (at.entity, at.period) < (entity, period)) {
            let same = |at: &&Stray| (at.entity, at.period) == (stray.entity, stray.period);
            known = Some(Known {
                entity: stray.entity,
                period: stray.period,
                value: stray.value,
                verified: said.iter().find(same).map_or(0.0, |said| said.value),
            });
        }
        let applies = without.next_if_eq(&row).is_none();
        let answer = answers
            .as_ref()
            .and_then(|answers| answers.get(row))
            .copied();
        let verified = answer.unwrap_or(0.0);
        let stood = was_carried.next_if(|cell| cell.row == row);
        let is_late = was_expired.next_if(|cell| cell.row == row).is_some();
        if stood.is_none() && !is_late {
            if cell.is_nan() {
                continue;
            }
            if applies {
                known = Some(Known {
                    entity,
                    period,
                    value: *cell,
                    verified,
                });
            } else {
                hidden = Some((entity, period));
            }
            continue;
        }
        if let Some(age) = stood.map(|cell| i64::from(cell.age))
            && hidden != Some((entity, period - age))
        {
            let period = period - age;
            known = Some(Known {
                entity,
                period,
                value: *cell,
                verified,
            });
        }
        *cell = f64::NAN;
        let mut says = 0.0;
        let last = known.filter(|known| known.entity == entity && applies);
        if let Some(last) = last
            && let Ok(age) = u32::try_from(period - last.period)
        {
            let aged = Aged { row, age };
            if age <= most {
                (*cell, says) = (last.value, last.verified);
                carried.push(aged);
            } else if info.expires.is_some_and(|expires| age > expires) {
                expired.push(aged);
            }
        }
        if let Some(answer) = answers.as_mut().and_then(|answers| answers.get_mut(row)) {
            *answer = says;
        }
    }
    let put = |all: &mut [Vec<Aged>], cells| {
        if let Some(slot) = all.get_mut(input) {
            *slot = cells;
        }
    };
    put(&mut panel.carried, carried);
    put(&mut panel.expired, expired);
    for (at, values) in [(Some(input), Some(column)), (by, answers)] {
        if let (Some(values), Some(slot)) = (values, at.and_then(|at| panel.columns.get_mut(at))) {
            *slot = values;
        }
    }
}
