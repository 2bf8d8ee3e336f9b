//! What is read again in later runs.
//!
//! In: a Plan. Out: the operands of its operations along time, and of those over whole spells, with how much of them
//! later periods can still read.

use crate::form::needed;
use forewarn_plan::along::{OUTSIDE, WHOLE};
use forewarn_plan::look_back::periods;
use forewarn_plan::{Along, Gap, NodeId, Op, Plan};
use std::collections::BTreeSet;

/// What an operation reads of one of its operands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub id: NodeId,
    /// The operand's place.
    pub side: u8,
    pub of: NodeId,
    pub keep: Keep,
}

/// How much of it later periods can still read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keep {
    All,
    /// What it was so many periods ago, and where nothing is known of that, what its author says.
    Past {
        ago: u32,
        gap: Gap,
    },
    Along(Along),
    /// The spell in which the last period lies.
    Spell,
}

/// Does an operation look at whole spells?
fn is_of_spells(plan: &Plan, op: Op) -> bool {
    let Op::Peers { peers, .. } = op else {
        return false;
    };
    let info = plan.peers.get(peers as usize);
    info.is_some_and(|info| info.what.is_of_spells())
}

/// By node: does it rest on later periods than its own?
pub(super) fn in_hindsight(plan: &Plan) -> Vec<bool> {
    let mut rests = vec![false; plan.nodes.len()];
    // What is recalled may stand behind what recalls it.
    loop {
        let before = rests.iter().filter(|rests| **rests).count();
        for (at, node) in plan.nodes.iter().enumerate() {
            let recalled = if let Op::Recall(recall, _) = node.op {
                plan.recalls.get(recall as usize).map(|recall| recall.of)
            } else {
                None
            };
            let mut below = node.op.operands().chain(recalled);
            let own = is_of_spells(plan, node.op)
                || below.any(|id| rests.get(id.index()).copied().unwrap_or(false));
            if let Some(slot) = rests.get_mut(at) {
                *slot |= own;
            }
        }
        if rests.iter().filter(|rests| **rests).count() == before {
            return rests;
        }
    }
}

/// The operations that a Plan's alerts and results look back by, with what they read.
pub(super) fn operations(plan: &Plan) -> Vec<Reading> {
    let conditions = plan.alerts.iter().map(|alert| alert.conditions);
    let roots = conditions.chain(plan.outputs.iter().map(|output| output.node));
    let hindsight = in_hindsight(plan);
    let mut found = Vec::new();
    for id in needed(plan, roots) {
        let Some(op) = plan.node(id).map(|node| node.op) else {
            continue;
        };
        let keep = match op {
            Op::Recall(recall, _) => {
                let recall = plan.recalls.get(recall as usize);
                found.extend(recall.map(|recall| Reading {
                    id,
                    side: 0,
                    of: recall.of,
                    keep: Keep::Past {
                        ago: recall.ago,
                        gap: recall.gap,
                    },
                }));
                continue;
            }
            Op::Along(along, _) => Keep::Along(along),
            Op::Paired(..) => Keep::All,
            // Without a period for every row, a spell's rows do not tell their periods.
            Op::Peers { .. } if is_of_spells(plan, op) && plan.looks_along_time() => Keep::Spell,
            Op::Peers { .. }
            | Op::Const(_)
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
            | Op::Alert { .. } => continue,
        };
        for (side, of) in (0..).zip(op.operands()) {
            found.push(Reading { id, side, of, keep });
        }
    }
    // What was known of a spell that goes on is known otherwise when it has.
    let stays = |id: &NodeId| !hindsight.get(id.index()).copied().unwrap_or(false);
    let changes: BTreeSet<NodeId> = found
        .iter()
        .filter(|reading| !stays(&reading.of))
        .map(|reading| reading.id)
        .collect();
    found.retain(|reading| !changes.contains(&reading.id));
    found
}

/// Does anything of it go on from earlier runs: alerts, what looks back, values that stand for a while?
#[must_use]
pub fn remembers(plan: &Plan) -> bool {
    let mut inputs = plan.inputs.iter();
    !plan.alerts.is_empty()
        || inputs.any(|info| info.carry_forward.is_some())
        || !operations(plan).is_empty()
}

/// The operations that declarations look back by, apart from alerts, which are told by themselves: for each
/// declaration whose results need one of them that is not there, its name.
pub(super) fn not_there(plan: &Plan, is_there: impl Fn(NodeId) -> bool) -> Vec<String> {
    let is_alert = |name: &str| plan.alerts.iter().any(|alert| alert.name == name);
    let looks = |id: &NodeId| {
        let op = plan.node(*id).map(|node| node.op);
        op.is_some_and(|op| match op {
            Op::Along(..) | Op::Paired(..) | Op::Recall(..) => true,
            Op::Peers { .. } => is_of_spells(plan, op),
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
            | Op::Alert { .. } => false,
        })
    };
    let lacking: Vec<NodeId> = (0u32..)
        .map(NodeId)
        .take(plan.nodes.len())
        .filter(|id| looks(id) && !is_there(*id))
        .collect();
    let mut names: Vec<String> = Vec::new();
    if lacking.is_empty() {
        return names;
    }
    for output in &plan.outputs {
        if is_alert(&output.declaration) || names.contains(&output.declaration) {
            continue;
        }
        let below = below_alerts(plan, output.node);
        if lacking.iter().any(|id| below.binary_search(id).is_ok()) {
            names.push(output.declaration.clone());
        }
    }
    names
}

/// The nodes that one rests on, down to alerts, which know by themselves what they do not know.
fn below_alerts(plan: &Plan, root: NodeId) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        let fresh = seen.get_mut(id.index());
        if fresh.is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        found.push(id);
        let Some(op) = plan.node(id).map(|node| node.op) else {
            continue;
        };
        if matches!(op, Op::Alert { .. }) {
            continue;
        }
        open.extend(op.operands());
        if let Op::Recall(recall, _) = op {
            open.extend(plan.recalls.get(recall as usize).map(|recall| recall.of));
        }
    }
    found.sort_unstable();
    found
}

/// What of an operation's cells later periods can still read; `begins` says of each when the spell began in which it
/// lies, where spells are looked at.
pub(super) fn last_of<'c>(keep: Keep, cells: &'c [f64], begins: Option<&[f64]>) -> &'c [f64] {
    let count = match keep {
        Keep::All => cells.len(),
        Keep::Past { ago, gap } => {
            let read = (ago.max(1) as usize).min(cells.len());
            let before = cells.get(..=cells.len() - read).unwrap_or_default();
            let known = match gap {
                Gap::Missing | Gap::First => None,
                // The last that is known stands in for it.
                Gap::Last => before.iter().rposition(|cell| !cell.is_nan()),
            };
            known.map_or(read, |known| cells.len() - known)
        }
        Keep::Spell => match begins {
            None => cells.len(),
            Some(begins) => {
                let last = begins.last().copied().unwrap_or(f64::NAN);
                let same = begins.iter().rev().take_while(|begin| **begin == last);
                if last > OUTSIDE { same.count() } else { 0 }
            }
        },
        Keep::Along(along) => match along {
            Along::Since => {
                let last = cells.iter().rposition(|cell| *cell == 1.0);
                last.map_or(0, |at| cells.len() - at)
            }
            Along::Window { over: WHOLE, .. }
            | Along::Every { over: WHOLE, .. }
            | Along::Any { over: WHOLE, .. } => cells.len(),
            Along::Lag(_) | Along::Window { .. } | Along::Every { .. } | Along::Any { .. } => {
                periods(along) as usize
            }
        },
    };
    cells
        .get(cells.len().saturating_sub(count)..)
        .unwrap_or_default()
}
