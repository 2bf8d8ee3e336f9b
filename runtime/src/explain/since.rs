//! What changed since the last period: inputs take their new values one after the other.
//!
//! The path begins with the result of the last period before of which data have a row, and ends with the
//! present one. First the time passes: every input's history stands as much later, so that whatever looks
//! back sees the same as before, and what rests on its own past goes on from where it stood. Then what is recalled gets
//! its own history back, as it really was, then each input in the order of the Plan, and last
//! the results across peers. Every sentence of that is undone in the present rows ([`sound`]): where one does not hold, or
//! where several histories are put together (since an event, in an alert) and the path is shorter so, the rows stand as
//! they are all the way, and each input takes its last value in them ([`super::last_cells`]). Each step begins where the
//! one before ends, so the steps add up to the difference, whatever the calculation; their sizes depend on the order where
//! inputs act together. What had to change before, so that a step could do what it did, is named beside it.

use forewarn_plan::{DeclarationKind, NodeId, Value, digits};

use super::applied::Applied;
use super::evidence::Evidence;
use super::last_cells::{Cell, Rows, by_last_cells, changed};
use super::path::{Path, applying, cell, is_same, later, restore};
use super::settle::input_value;
use super::sound;
use super::steps::{MOST_OPERATIONS, Steps};
use super::tree::{Moved, Shown, Since, SinceStep};
use crate::form;
use crate::panel::Panel;

pub(super) fn since(evidence: &Evidence, value: &Value) -> Option<Since> {
    let kind = evidence.plan.panel.period?;
    let last = evidence.last();
    let (before_row, was) = evidence.before.as_ref()?;
    let before_row = *before_row;
    let number = *evidence.own.periods.get(before_row)?;
    let path = Path::of(evidence, value);
    let before = path.told(was);
    let now = path.told(&evidence.values);
    let present = applying(evidence);
    let old = later(&present, last - before_row);
    let mut own = old.clone();
    let each = path.reach.earlier().len().saturating_mul(last) + path.nodes.len();
    let mut steps = Steps::begun(&path, old, before.clone(), each);
    steps.time(&present, last - before_row);
    for (recalled, columns) in path.recalled() {
        let moved = recalled.moved(evidence.plan, &evidence.values, was);
        steps.step(&columns, moved, &mut own, &present);
    }
    // Whether others apply is known before what they are.
    let conditions = conditions(evidence);
    // What the period that another value names holds is there before it is named.
    let named = path.of_named_periods();
    let used = used_in_order(&path, &[&conditions, &named]);
    let together = each.saturating_mul(used.len()) > MOST_OPERATIONS;
    let mut histories = Vec::new();
    let applied = Applied::of(evidence, before_row, &used);
    for (input, node) in used {
        if applied.is_taken_elsewhere(input) {
            continue;
        }
        if together && path.is_looked_back_on(node) {
            histories.push(input);
            continue;
        }
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let (from, to) = (cell(&own, input, last), cell(&present, input, last));
        let (name, label) = (info.name.clone(), info.label.clone());
        let what = if is_same(from, to) {
            Moved::Earlier { name, label }
        } else {
            Moved::Input {
                name,
                label,
                from: input_value(info, from),
                to: input_value(info, to),
            }
        };
        let what = applied.cause(input).cloned().unwrap_or(what);
        let mut columns = vec![(input, node)];
        columns.extend(applied.by(input));
        steps.step(&columns, what, &mut own, &present);
    }
    // Of others that are explained beside it nothing is known here.
    let has_peers = evidence.rests_on_others(value.nodes().into_iter());
    if histories.is_empty() {
        steps.came_back();
    }
    if !histories.is_empty() {
        restore(&mut own, &present, &histories);
        // With its own history and nothing to compare with, it is what it is.
        let after = if has_peers {
            path.read(&path.walked(&own, last))
        } else {
            now.clone()
        };
        steps.came_to(Moved::History, after);
    }
    if has_peers {
        let beyond = evidence.beyond(value.nodes().into_iter());
        let alone = beyond.peers.is_empty() && !beyond.spells.is_empty();
        let what = if alone {
            Moved::Spells
        } else {
            // What has a step of its own by other ways is told there.
            let has_step = |input: usize| {
                let mut inputs = evidence.input_nodes().iter();
                inputs.any(|(at, node)| *at == input && path.place(*node).is_some())
            };
            let own = beyond.peers.iter().filter(|input| !has_step(**input));
            let agos = evidence.peers_ago(value);
            let own = own.filter_map(|input| {
                let ago = agos.get(input).copied().flatten()?;
                compared(evidence, (*input, ago), (&steps.old, &present))
            });
            Moved::Peers { own: own.collect() }
        };
        steps.peers(what, &now);
    }
    let old = steps.old;
    let mut steps = steps.found;
    without_noise(&mut steps);
    if !named.is_empty() {
        without_detour(&mut steps);
    }
    // What peers do is not worked out again here.
    if !has_peers {
        let rows = Rows {
            old,
            present,
            before: before_row,
            last,
        };
        steps = sounder(&path, &rows, &conditions, (&before, &now), steps);
    }
    Some(Since {
        period: evidence.panel.period(kind, number),
        before,
        now,
        steps,
    })
}

/// The inputs on the path, those below some nodes first, in the order of the lists.
fn used_in_order(path: &Path<'_>, first: &[&[NodeId]]) -> Vec<(usize, NodeId)> {
    let inputs = path.evidence.input_nodes().iter().copied();
    let mut used: Vec<(usize, NodeId)> = inputs
        .filter(|(_, node)| path.place(*node).is_some())
        .collect();
    used.sort_by_key(|(_, node)| {
        let is_among = |nodes: &[NodeId]| nodes.binary_search(node).is_ok();
        first
            .iter()
            .map(|nodes| !is_among(nodes))
            .collect::<Vec<_>>()
    });
    used
}

/// May steps come from the histories of several inputs that stood at different times in between?
fn is_in_between(path: &Path<'_>, steps: &[SinceStep]) -> bool {
    let looked_back_on =
        |(_, node): &&(usize, NodeId)| path.place(*node).is_some() && path.is_looked_back_on(*node);
    let several = path.evidence.input_nodes().iter().filter(looked_back_on);
    let passed = |step: &SinceStep| matches!(step.what, Moved::Time | Moved::Params(_));
    let passed = steps.iter().any(passed);
    steps.len() > 1 && !passed && several.count() > 1 && path.recalled().is_empty()
}

/// The same steps, or where a sentence of them does not hold, or others are fewer, those by way of rows that stood as they
/// are: with what each cell of this period does told as it is with all others.
fn sounder(
    path: &Path<'_>,
    rows: &Rows,
    conditions: &[NodeId],
    (before, now): (&Shown, &Shown),
    steps: Vec<SinceStep>,
) -> Vec<SinceStep> {
    let events = path.of_events();
    let used = used_in_order(path, &[conditions, &events]);
    let applied = Applied::of(path.evidence, rows.before, &used);
    let mut cells = changed(path, rows, &used, &applied);
    sound::ask(path, rows, &mut cells, now);
    let faults = |steps: &[SinceStep], by_histories: bool| {
        sound::faults(path, (rows, now), &cells, (steps, by_histories))
    };
    let found = faults(&steps, true);
    if found == 0 && !is_in_between(path, &steps) {
        return steps;
    }
    let in_order: Vec<&Cell> = cells.iter().collect();
    let others = by_last_cells(path, rows, &in_order, before);
    if found == 0 {
        return if others.len() < steps.len() {
            others
        } else {
            steps
        };
    }
    let mut least = faults(&others, false);
    let mut best = if least <= found {
        others
    } else {
        least = found;
        steps
    };
    // What the result needs comes first, so that nothing before it does what it does alone; or last, so that nothing that
    // comes after it hides it.
    for first in [true, false] {
        if least == 0 {
            break;
        }
        let mut order = in_order.clone();
        order.sort_by_key(|cell| cell.is_needed != first);
        let others = by_last_cells(path, rows, &order, before);
        let left = faults(&others, false);
        if left < least {
            (least, best) = (left, others);
        }
    }
    best
}

/// What peers are compared with of the entity's own, so many periods ago, where that changed.
fn compared(
    evidence: &Evidence,
    (input, ago): (usize, u32),
    (old, present): (&Panel, &Panel),
) -> Option<Moved> {
    let info = evidence.plan.inputs.get(input)?;
    let row = evidence.last().checked_sub(ago as usize)?;
    let (from, to) = (cell(old, input, row), cell(present, input, row));
    let (name, label) = (info.name.clone(), info.label.clone());
    let (was, is) = (input_value(info, from), input_value(info, to));
    (!is_same(from, to)).then_some(match ago {
        0 => Moved::Input {
            name,
            label,
            from: was,
            to: is,
        },
        _ => Moved::Past {
            name,
            label,
            from: was,
            to: is,
        },
    })
}

/// That time passes moves where windows are put together, and with it digits that nobody reads.
fn without_noise(steps: &mut Vec<SinceStep>) {
    let [first, second, ..] = steps.as_mut_slice() else {
        return;
    };
    let is_noise = match (&first.before, &first.after) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => digits::is_same(*a, *b),
        (before, after) => before == after,
    };
    if first.what == Moved::Time && is_noise {
        second.before.clone_from(&first.before);
        // What comes back to the same digits is no step either.
        let also = usize::from(second.before == second.after);
        steps.drain(..=also);
    }
}

/// What stands in a named period stays there when time passes: that it was put later, and back, is no change.
fn without_detour(steps: &mut Vec<SinceStep>) {
    let Some(first) = steps.first().filter(|step| step.what == Moved::Time) else {
        return;
    };
    let before = first.before.clone();
    let back = steps.iter().skip(1);
    let back = back.take_while(|step| matches!(step.what, Moved::Earlier { .. }));
    let back = back.enumerate().filter(|(_, step)| step.after == before);
    if let Some(at) = back.map(|(at, _)| at).last() {
        steps.drain(..=at + 1);
    }
}

/// The nodes that say whether indicators apply, and what these rest on.
fn conditions(evidence: &Evidence) -> Vec<NodeId> {
    let declared = evidence.plan.declarations.iter();
    let indicators = declared.filter(|one| one.kind == DeclarationKind::Indicator);
    let there = indicators.filter_map(|one| one.applies.map(|(node, _)| node));
    form::needed(evidence.flat, there)
}
