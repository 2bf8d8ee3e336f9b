//! How far a node looks back along time.
//!
//! In: nodes, and one of them. Out: how many periods before its own its value can depend on, which
//! alerts it reads and how long ago, and the operations along time that it rests on. An alert knows by
//! itself what it does not know, so that it is followed no further.
//!
//! What asks for everything so far, or since when something was so, has no number of periods: of the
//! results it means what the data have ([`look_back`]), and of an alert everything that ever was
//! ([`blind_reach`]).

use crate::{Along, Compare, Node, NodeId, Op, Recall, along::WHOLE};
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

/// Follows a node down to what it rests on, by stated numbers of periods.
#[must_use]
pub fn look_back(nodes: &[Node], recalls: &[Recall], root: NodeId) -> LookBack {
    follow(nodes, recalls, root, &|op| {
        if let Op::Along(along, _) = *op {
            periods(along)
        } else {
            0
        }
    })
}

/// How many periods before its own can make an unknown truth another one; [`WHOLE`] for all there ever were.
///
/// An absent cell may stand for an observation so many periods ago as `carried` says of its input. With
/// `as_no`, unknown and no come to the same: that an event was so many periods ago at most then looks back on
/// these alone.
#[must_use]
pub fn blind_reach(
    nodes: &[Node],
    recalls: &[Recall],
    root: NodeId,
    carried: &dyn Fn(u32) -> u32,
    as_no: bool,
) -> u32 {
    let mut most = 0;
    let mut open = vec![(root, 0_u32)];
    // Asked for already, with how many periods before the root's own.
    let mut asked: BTreeMap<NodeId, u32> = BTreeMap::new();
    while let Some((id, ago)) = open.pop() {
        if asked.get(&id).is_some_and(|known| *known >= ago) {
            continue;
        }
        asked.insert(id, ago);
        let below = if as_no { within(nodes, id) } else { None };
        match below {
            Some(below) => open.extend(
                below
                    .into_iter()
                    .map(|(operand, further)| (operand, ago.saturating_add(further))),
            ),
            None => {
                let own = follow(nodes, recalls, id, &|op| everything(op, carried)).reach;
                most = most.max(ago.saturating_add(own));
            }
        }
    }
    most
}

/// The operands of a truth that is yes only where they are, each with how many periods before its own it is read;
/// none where it has no such operands.
fn within(nodes: &[Node], id: NodeId) -> Option<Vec<(NodeId, u32)>> {
    let op = |id: NodeId| nodes.get(id.index()).map(|node| node.op);
    if let Op::And(a, b) | Op::Or(a, b) = op(id)? {
        return Some(vec![(a, 0), (b, 0)]);
    }
    let Op::Compare(compare, number, with) = op(id)? else {
        return None;
    };
    let (Op::Along(along, of), Op::Const(with)) = (op(number)?, op(with)?) else {
        return None;
    };
    let Op::Indicate(asked) = op(of)? else {
        return None;
    };
    let ago = match (along, compare) {
        (Along::Every { over, .. } | Along::Any { over, .. }, Compare::Equal) => {
            (over != WHOLE && with == 1.0).then(|| periods(along))
        }
        (Along::Since, Compare::Less | Compare::LessOrEqual) => {
            let is_stated = (0.0..f64::from(WHOLE)).contains(&with);
            is_stated.then_some(with.ceil() as u32)
        }
        (Along::Every { .. } | Along::Any { .. }, Compare::Less | Compare::LessOrEqual)
        | (Along::Since, Compare::Equal)
        | (Along::Lag(_) | Along::Window { .. }, _) => None,
    };
    Some(vec![(asked, ago?)])
}

/// How many periods before its own an operation rests on, where it may be all of them.
fn everything(op: &Op, carried: &dyn Fn(u32) -> u32) -> u32 {
    match *op {
        Op::Along(along, _) if along.is_of_everything() => WHOLE,
        Op::Along(along, _) => periods(along),
        Op::Paired(..) => WHOLE,
        Op::Input(input) => carried(input),
        Op::Const(_)
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
        | Op::Recall(..)
        | Op::Peers { .. }
        | Op::Alert { .. } => 0,
    }
}

/// Follows a node down to what it rests on; `further` says how many periods before its own an operation reads.
fn follow(
    nodes: &[Node],
    recalls: &[Recall],
    root: NodeId,
    further: &dyn Fn(&Op) -> u32,
) -> LookBack {
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
            let earlier = own.saturating_add(further(&node.op));
            let further = match node.op {
                Op::Alert { alert, .. } => {
                    let known = found.alerts.entry(alert).or_default();
                    *known = own.max(*known);
                    continue;
                }
                // In a period that another value names, or since an event, too.
                Op::Along(..) | Op::Paired(..) => {
                    along.extend(u32::try_from(at).map(NodeId));
                    earlier
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
                | Op::Peers { .. } => earlier,
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
