//! What is known of periods before an entity's first row.
//!
//! In: what an earlier run handed over, by operation and operand. Out: by node that is looked back on, its value in
//! these periods, as explanations tell it.

use crate::panel::Panel;
use forewarn_plan::{Along, NodeId, Op, Plan};
use std::collections::{BTreeMap, HashMap};

/// By node: its value in the periods before the first row of the panel, which holds one entity; the last of them
/// last. What is not known is missing.
pub(super) fn before(plan: &Plan, own: &Panel) -> HashMap<NodeId, Vec<f64>> {
    let (Some(entity), Some(first)) = (own.entity_of.first(), own.periods.first()) else {
        return HashMap::new();
    };
    let mut found: HashMap<NodeId, BTreeMap<i64, f64>> = HashMap::new();
    for ((id, side), tail) in own.history.tails(*entity) {
        let Some(operand) = operand(plan, id, side) else {
            continue;
        };
        for (node, ago) in below(plan, operand) {
            let cells = found.entry(node).or_default();
            let periods = tail.first - ago..;
            let earlier = periods.zip(&tail.cells).take_while(|(at, _)| at < first);
            for (period, x) in earlier {
                cells.entry(period).or_insert(*x);
            }
        }
    }
    truths(plan, &mut found);
    let cells = |cells: BTreeMap<i64, f64>| {
        let from = cells.keys().next().copied().unwrap_or(*first);
        let known = |period: i64| cells.get(&period).copied().unwrap_or(f64::NAN);
        (from..*first).map(known).collect()
    };
    let found = found.into_iter();
    found.map(|(node, known)| (node, cells(known))).collect()
}

/// Of a truth that is counted, both its ends are handed over: where it is surely yes, and where it is possibly yes.
fn truths(plan: &Plan, found: &mut HashMap<NodeId, BTreeMap<i64, f64>>) {
    let mut ends: HashMap<NodeId, [Option<NodeId>; 2]> = HashMap::new();
    for id in found.keys() {
        let op = plan.node(*id).map(|node| node.op);
        if let Some(Op::Surely(of)) = op {
            ends.entry(of).or_default()[0] = Some(*id);
        } else if let Some(Op::Possibly(of)) = op {
            ends.entry(of).or_default()[1] = Some(*id);
        }
    }
    for (of, ends) in ends {
        let [Some(surely), Some(possibly)] = ends.map(|end| found.get(&end?)) else {
            continue;
        };
        let both = surely.iter().filter_map(|(period, surely)| {
            let truth = match (*surely == 1.0, *possibly.get(period)? == 0.0) {
                (true, _) => 1.0,
                (_, true) => 0.0,
                (false, false) => f64::NAN,
            };
            Some((*period, truth))
        });
        let both: Vec<(i64, f64)> = both.collect();
        let cells = found.entry(of).or_default();
        for (period, truth) in both {
            cells.entry(period).or_insert(truth);
        }
    }
}

/// A node that is looked back on, a period of the entity's own rows, and what stands there in place of the row's own
/// cell, which is given.
type InPlace<'p> = (NodeId, i64, Box<dyn Fn(f64) -> f64 + 'p>);

/// What stands in place of cells of the entity's own rows.
pub(super) fn within<'p>(plan: &Plan, own: &'p Panel) -> Vec<InPlace<'p>> {
    let (Some(entity), Some(first)) = (own.entity_of.first(), own.periods.first().copied()) else {
        return Vec::new();
    };
    let mut found: Vec<InPlace<'p>> = Vec::new();
    for ((id, side), tail) in own.history.tails(*entity) {
        let Some(operand) = operand(plan, id, side) else {
            continue;
        };
        let end = tail.until.max(tail.unless_known_until);
        for (node, ago) in below(plan, operand) {
            for period in first..end {
                let instead = move |own: f64| tail.or_own(period, own);
                found.push((node, period - ago, Box::new(instead)));
            }
        }
    }
    found
}

/// What an operation reads of earlier periods.
fn operand(plan: &Plan, id: NodeId, side: u8) -> Option<NodeId> {
    let op = plan.node(id)?.op;
    if let Op::Recall(recall, _) = op {
        return Some(plan.recalls.get(recall as usize)?.of);
    }
    op.operands().nth(side.into())
}

/// The nodes whose value one is, of so many periods before.
fn below(plan: &Plan, of: NodeId) -> Vec<(NodeId, i64)> {
    let (mut at, mut ago) = (of, 0);
    let mut found = vec![(at, ago)];
    loop {
        let op = plan.node(at).map(|node| node.op);
        if let Some(Op::Indicate(below)) = op {
            at = below;
        } else if let Some(Op::Select { condition, yes, no }) = op
            && is_constant(plan, yes, 1.0)
            && is_constant(plan, no, 0.0)
        {
            at = condition;
        } else if let Some(Op::Along(Along::Lag(back), below)) = op {
            (at, ago) = (below, ago + i64::from(back));
        } else {
            return found;
        }
        found.push((at, ago));
    }
}

fn is_constant(plan: &Plan, node: NodeId, is: f64) -> bool {
    let op = plan.node(node).map(|node| node.op);
    matches!(op, Some(Op::Const(x)) if x == is)
}
