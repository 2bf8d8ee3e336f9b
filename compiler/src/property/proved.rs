//! What signs and ranges prove of a subject.

use std::sync::Arc;

use super::signs::{Fact, Sign, Signs};
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::properties::Move;
use crate::plan::{Node, NodeId, Plan, Value};

/// A Plan, its nodes with ranges that end, and where its own nodes are among them.
pub(super) struct Ready {
    pub plan: Arc<Plan>,
    pub nodes: Vec<Node>,
    pub places: Vec<NodeId>,
}

/// Where the subject can lie, by ranges alone.
pub(super) fn reach(ready: &Ready, value: &Value) -> Interval {
    let nodes = match value {
        Value::Level {
            at_least, at_most, ..
        }
        | Value::Count {
            at_least, at_most, ..
        }
        | Value::Between {
            at_least, at_most, ..
        } => vec![*at_least, *at_most],
        Value::Number { node, .. } => vec![*node],
        Value::Truth { .. } | Value::Category { .. } => return Interval::UNIT,
    };
    let ranges = nodes.into_iter().filter_map(|node| {
        let place = ready.places.get(node.index())?;
        Some(ready.nodes.get(place.index())?.range)
    });
    ranges.reduce(Interval::hull).unwrap_or(Interval::ALL)
}

/// Which inputs a value depends on.
pub(super) fn read_by(plan: &Plan, value: &Value) -> Vec<bool> {
    let mut read = vec![false; plan.inputs.len()];
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = value.nodes();
    while let Some(id) = open.pop() {
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let Some(node) = plan.node(id) else { continue };
        if let crate::plan::Op::Input(input) = node.op
            && let Some(read) = read.get_mut(input as usize)
        {
            *read = true;
        }
        open.extend(node.op.operands());
    }
    read
}

/// Marks the moves that can be proved: all at once if that can be done, else each by itself.
pub(super) fn prove(ready: &Ready, value: &Value, moves: &mut [Move]) {
    let signs = Signs::new(&ready.nodes);
    let wanted = below(ready, value);
    let rises = |moves: &dyn Fn(u32) -> Sign| rises(ready, value, &signs.moved(&wanted, moves));
    let sign = |along: bool| if along { Sign::Up } else { Sign::Down };
    let all = {
        let mut by_input = vec![Sign::Same; ready.plan.inputs.len()];
        for one in moves.iter() {
            if let Some(slot) = by_input.get_mut(one.input) {
                *slot = slot.join(sign(one.along));
            }
        }
        rises(&|input| by_input.get(input as usize).copied().unwrap_or(Sign::Any))
    };
    for one in moves {
        one.proved = all
            || rises(&|input| {
                if input as usize == one.input {
                    sign(one.along)
                } else {
                    Sign::Same
                }
            });
    }
}

/// The nodes that a value rests on.
fn below(ready: &Ready, value: &Value) -> Vec<bool> {
    let mut wanted = vec![false; ready.nodes.len()];
    let places = value.nodes().into_iter();
    let mut open: Vec<NodeId> = places
        .filter_map(|node| ready.places.get(node.index()).copied())
        .collect();
    while let Some(id) = open.pop() {
        match wanted.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        open.extend(
            ready
                .nodes
                .get(id.index())
                .into_iter()
                .flat_map(|node| node.op.operands()),
        );
    }
    wanted
}

/// Does a value never fall if its nodes move like this?
fn rises(ready: &Ready, value: &Value, facts: &[Fact]) -> bool {
    let fact = |node: NodeId| {
        let place = ready.places.get(node.index())?;
        facts.get(place.index())
    };
    let number = |node: NodeId| fact(node).is_some_and(|fact| fact.value().never_falls());
    match value {
        Value::Number { node, .. } => number(*node),
        Value::Truth { node } => fact(*node).is_some_and(|fact| fact.truth_sign().never_falls()),
        Value::Level {
            at_least, at_most, ..
        }
        | Value::Count {
            at_least, at_most, ..
        }
        | Value::Between {
            at_least, at_most, ..
        } => number(*at_least) && number(*at_most),
        Value::Category { .. } => false,
    }
}

pub(super) fn in_words(value: &Value, x: f64) -> String {
    match value {
        Value::Level { names, .. } => names.get(x as usize).cloned().unwrap_or_default(),
        Value::Number { unit, .. } | Value::Between { unit, .. } if !unit.is_empty() => {
            format!("{} {unit}", show(x))
        }
        Value::Number { .. }
        | Value::Between { .. }
        | Value::Truth { .. }
        | Value::Category { .. }
        | Value::Count { .. } => show(x),
    }
}
