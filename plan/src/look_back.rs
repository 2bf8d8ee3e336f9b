//! How far a node looks back along time.
//!
//! In: nodes, and one of them. Out: how many periods before its own its value can depend on, which
//! alerts it reads and how long ago, and the operations along time that it rests on. Where the author
//! asks for everything so far, or since when something was so, what the data have is what is meant: that
//! looks back on nothing else. Neither does an alert, which knows by itself what it does not know.

use crate::{Along, Node, NodeId, Op, Recall, along::WHOLE};
use std::collections::{BTreeMap, BTreeSet};

/// What a node rests on in earlier periods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookBack {
    /// Periods before its own.
    pub reach: u32,
    /// The alerts that it reads, each with how many periods before its own it reads it at most.
    pub alerts: BTreeMap<u32, u32>,
    /// Operations along time, in the order of the Plan.
    pub along: Vec<NodeId>,
}

/// Follows a node down to what it rests on.
#[must_use]
pub fn look_back(nodes: &[Node], recalls: &[Recall], root: NodeId) -> LookBack {
    // By node: how many periods before the root's own it is read; operands stand before their node.
    let mut ago: Vec<Option<u32>> = vec![None; nodes.len()];
    if let Some(own) = ago.get_mut(root.index()) {
        *own = Some(0);
    }
    let mut found = LookBack::default();
    let mut along: BTreeSet<NodeId> = BTreeSet::new();
    let mut from = root.index();
    loop {
        // The last node that was first come to from one before it, by way of its past.
        let mut behind: Option<usize> = None;
        for at in (0..=from).rev() {
            let (Some(Some(own)), Some(node)) = (ago.get(at).copied(), nodes.get(at)) else {
                continue;
            };
            let further = match node.op {
                Op::Alert { alert, .. } => {
                    let known = found.alerts.entry(alert).or_default();
                    *known = own.max(*known);
                    continue;
                }
                Op::Along(operation, _) => {
                    along.extend(u32::try_from(at).map(NodeId));
                    own.saturating_add(periods(operation))
                }
                // From a stated beginning on. What stands behind it and has been gone through rests on its
                // own past.
                Op::Recall(recall, _) => {
                    along.extend(u32::try_from(at).map(NodeId));
                    let of = recalls.get(recall as usize).map(|recall| recall.of.index());
                    if let Some((of, slot)) = of.and_then(|of| Some((of, ago.get_mut(of)?))) {
                        if of > at && slot.is_none() {
                            behind = behind.max(Some(of));
                        }
                        if of < at || slot.is_none() {
                            *slot = Some(slot.map_or(own, |known| known.max(own)));
                        }
                    }
                    own
                }
                // Since an event, and in a period that another value names: what the data have is meant.
                Op::Paired(..) => {
                    along.extend(u32::try_from(at).map(NodeId));
                    own
                }
                Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::Unary(..)
                | Op::Binary(..)
                | Op::Select { .. }
                | Op::Compare(..)
                | Op::IsKnown(_)
                | Op::Truth { .. }
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::Surely(_)
                | Op::Possibly(_)
                | Op::Verdict { .. }
                | Op::Indicate(_)
                | Op::Peers { .. } => own,
            };
            found.reach = found.reach.max(further);
            for operand in node.op.operands() {
                if let Some(slot) = ago.get_mut(operand.index()) {
                    *slot = Some(slot.map_or(further, |known| known.max(further)));
                }
            }
        }
        match behind {
            Some(at) => from = at,
            None => break,
        }
    }
    found.along = along.into_iter().collect();
    found
}

/// How many periods before its own an operation reads.
#[must_use]
pub fn periods(along: Along) -> u32 {
    match along {
        Along::Lag(ago) => ago,
        Along::Window { over, .. } | Along::Every { over, .. } | Along::Any { over, .. } => {
            if over == WHOLE {
                0
            } else {
                over.saturating_sub(1)
            }
        }
        Along::Since => 0,
    }
}
