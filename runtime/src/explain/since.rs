//! What changed since the last period: inputs take their new values one after the other.
//!
//! The path begins with the result of the period before and ends with the present one. First the
//! period passes: every input's history stands one period later, so that whatever looks back sees the
//! same as before. Then each input in the order of the Plan gets its own history back, and last the
//! results across peers. Each step begins where the one before ends, so the steps add up to the
//! difference, whatever the calculation; their sizes depend on the order where inputs act together.

use forewarn_plan::{NodeId, Op, Value};

use super::evidence::{Evidence, looked_back_on};
use super::nodes::shown;
use super::settle::input_value;
use super::tree::{Moved, Shown, Since, SinceStep};
use crate::form;
use crate::interpreter::{Cell, Source, Walk};
use crate::panel::Panel;
use crate::period::Period;

/// Histories are walked one by one as long as this many operations do; together otherwise.
const MOST_OPERATIONS: usize = 4_000_000;

pub(super) fn since(evidence: &Evidence, value: &Value) -> Option<Since> {
    let kind = evidence.plan.panel.period?;
    let last = evidence.last();
    let before_row = last.checked_sub(1)?;
    let number = *evidence.own.periods.get(before_row)?;
    let needed = form::needed(&evidence.flat, value.nodes().into_iter());
    let path = Path {
        evidence,
        value,
        earlier: looked_back_on(&evidence.flat, &needed),
        nodes: needed,
    };
    let before = path.at_row(&evidence.own, before_row);
    let now = path.at_row(&evidence.own, last);
    let mut own = later(&evidence.own);
    let mut steps = Vec::new();
    let mut stands = before.clone();
    // Where nothing looks back, only what an input moves is worked out again.
    let mut walk = Walk::new(&evidence.flat, path.nodes.clone());
    let step = |what: Moved, after: Shown, stands: &mut Shown, steps: &mut Vec<SinceStep>| {
        if !same(&after, stands) {
            let before = std::mem::replace(stands, after.clone());
            steps.push(SinceStep {
                what,
                before,
                after,
            });
        }
    };
    step(
        Moved::Time,
        path.at_row(&own, last),
        &mut stands,
        &mut steps,
    );
    walk.row(&Source::of(&own), last);
    let used: Vec<(usize, _)> = evidence
        .input_nodes()
        .into_iter()
        .filter(|(_, node)| path.nodes.binary_search(node).is_ok())
        .collect();
    let each = path.earlier.len().saturating_mul(last) + path.nodes.len();
    let together = each.saturating_mul(used.len()) > MOST_OPERATIONS;
    let is_looked_back_on = |node| {
        evidence.dependents(node).into_iter().any(|place| {
            let id = evidence.nodes.get(place);
            let id = id.filter(|id| path.nodes.binary_search(id).is_ok());
            let node = id.and_then(|id| evidence.flat.node(*id));
            node.is_some_and(|node| matches!(node.op, Op::Along(..) | Op::Alert { .. }))
        })
    };
    let mut histories = Vec::new();
    for (input, node) in used {
        if together && is_looked_back_on(node) {
            histories.push(input);
            continue;
        }
        let (from, to) = (cell(&own, input, last), cell(&evidence.own, input, last));
        if !restore(&mut own, &evidence.own, input) {
            continue;
        }
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let what = Moved::Input {
            name: info.name.clone(),
            from: input_value(info, from),
            to: input_value(info, to),
        };
        let after = if path.earlier.is_empty() {
            let mut nodes: Vec<NodeId> = evidence
                .dependents(node)
                .into_iter()
                .filter_map(|place| evidence.nodes.get(place).copied())
                .collect();
            nodes.insert(0, node);
            let places: Vec<usize> = nodes
                .iter()
                .filter_map(|node| path.nodes.binary_search(node).ok())
                .collect();
            walk.some(&Source::of(&own), last, &places);
            path.read(&walk)
        } else {
            path.at_row(&own, last)
        };
        step(what, after, &mut stands, &mut steps);
    }
    for input in histories {
        restore(&mut own, &evidence.own, input);
    }
    step(
        Moved::History,
        path.at_row(&own, last),
        &mut stands,
        &mut steps,
    );
    for column in evidence.plan.inputs.len()..own.columns.len() {
        restore(&mut own, &evidence.own, column);
    }
    step(
        Moved::Peers,
        path.at_row(&own, last),
        &mut stands,
        &mut steps,
    );
    Some(Since {
        period: Period { kind, number },
        before,
        now,
        steps,
    })
}

/// Every column one period later: the first row has nothing.
fn later(own: &Panel) -> Panel {
    let mut later = own.clone();
    for column in &mut later.columns {
        column.rotate_right(1);
        if let Some(first) = column.first_mut() {
            *first = f64::NAN;
        }
    }
    later
}

/// Gives a column its own values back; false where they were the same.
fn restore(own: &mut Panel, from: &Panel, column: usize) -> bool {
    let (Some(to), Some(from)) = (own.columns.get_mut(column), from.columns.get(column)) else {
        return false;
    };
    let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    let changed = !to.iter().zip(from).all(|(a, b)| same(a, b));
    to.clone_from(from);
    changed
}

fn cell(own: &Panel, input: usize, row: usize) -> f64 {
    let column = own.columns.get(input);
    column
        .and_then(|column| column.get(row))
        .copied()
        .unwrap_or(f64::NAN)
}

/// What a value needs, and how to work it out over some history.
struct Path<'p> {
    evidence: &'p Evidence<'p>,
    value: &'p Value,
    nodes: Vec<NodeId>,
    /// Places among them of what earlier rows need.
    earlier: Vec<usize>,
}

impl Path<'_> {
    fn at_row(&self, own: &Panel, row: usize) -> Shown {
        let source = Source::of(own);
        let mut walk = Walk::new(&self.evidence.flat, self.nodes.clone());
        if !self.earlier.is_empty() {
            for before in 0..row {
                walk.some(&source, before, &self.earlier);
            }
        }
        let all: Vec<usize> = (0..self.nodes.len()).collect();
        walk.some(&source, row, &all);
        self.read(&walk)
    }

    fn read(&self, walk: &Walk) -> Shown {
        shown(self.value, |node| {
            walk.cell(node).map_or(f64::NAN, Cell::as_number)
        })
    }
}

fn same(a: &Shown, b: &Shown) -> bool {
    match (a, b) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => {
            a == b || (a.is_nan() && b.is_nan())
        }
        _ => a == b,
    }
}
