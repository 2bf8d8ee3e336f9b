//! How far back each node's value is asked for.
//!
//! In: a Plan, the nodes that are worked out, and what is read of earlier rows besides. Out: for each of
//! them the number of rows back to which its value is needed. Earlier rows are then walked no further and
//! no more of them is worked out than that: a window remembers what it reads, and is itself only worked out
//! where another operation reads it.

use std::collections::HashMap;

use forewarn_plan::along::{Along, WHOLE};
use forewarn_plan::{NodeId, Op, Plan};

use crate::interpreter::Walk;
use crate::rows::Source;

/// By place among the nodes: to how many rows back its value is needed; 0 for the last row alone.
pub(super) struct Reach {
    rows: Vec<u32>,
    /// Places that earlier rows need or that remember something of them, in order.
    earlier: Vec<usize>,
    farthest: u32,
}

impl Reach {
    /// `nodes` are closed and in order; `also` are read of as many earlier rows as is said.
    pub fn of(plan: &Plan, nodes: &[NodeId], also: &HashMap<NodeId, u32>) -> Self {
        // By node, its place and one; searching for each operand takes longer than all the rest.
        let mut place_of = vec![0_usize; plan.nodes.len()];
        for (place, id) in nodes.iter().enumerate() {
            if let Some(of) = place_of.get_mut(id.index()) {
                *of = place + 1;
            }
        }
        let place_of = |id: NodeId| place_of.get(id.index())?.checked_sub(1);
        let mut rows = vec![0_u32; nodes.len()];
        let mut remembers = vec![false; nodes.len()];
        for (node, far) in also {
            if let Some(place) = place_of(*node)
                && let Some(own) = rows.get_mut(place)
            {
                *own = (*own).max(*far);
            }
        }
        // What rests on its own past is worked out in every row, and so is what it rests on.
        for (place, id) in nodes.iter().enumerate() {
            let Some(Op::Recall(recall, _)) = plan.node(*id).map(|node| node.op) else {
                continue;
            };
            let of = plan.recalls.get(recall as usize).map(|recall| recall.of);
            let of = of.and_then(|of| nodes.binary_search(&of).ok());
            for at in [Some(place), of].into_iter().flatten() {
                if let Some(own) = rows.get_mut(at) {
                    *own = WHOLE;
                }
            }
        }
        // Operands stand before their nodes.
        for (place, id) in nodes.iter().enumerate().rev() {
            let Some(op) = plan.node(*id).map(|node| node.op) else {
                continue;
            };
            let own = rows.get(place).copied().unwrap_or(0);
            let below = match op {
                Op::Along(along, _) => own.saturating_add(looks(along)),
                Op::Paired(..) | Op::Recall(..) | Op::Alert { .. } => WHOLE,
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
            if let Some(flag) = remembers.get_mut(place) {
                *flag = matches!(
                    op,
                    Op::Along(..) | Op::Paired(..) | Op::Recall(..) | Op::Alert { .. }
                );
            }
            // An alert's state goes from row to row.
            if let (Op::Alert { .. }, Some(own)) = (op, rows.get_mut(place)) {
                *own = WHOLE;
            }
            for operand in op.operands() {
                if let Some(at) = place_of(operand)
                    && let Some(far) = rows.get_mut(at)
                {
                    *far = (*far).max(below);
                }
            }
        }
        let earlier = (0..nodes.len())
            .filter(|place| {
                rows.get(*place).is_some_and(|rows| *rows > 0)
                    || remembers.get(*place) == Some(&true)
            })
            .collect();
        Self {
            farthest: rows.iter().copied().max().unwrap_or(0),
            rows,
            earlier,
        }
    }

    /// To how many rows back the value at a place is needed.
    pub fn rows_back(&self, place: usize) -> u32 {
        self.rows.get(place).copied().unwrap_or(0)
    }

    /// The places that earlier rows need.
    pub fn earlier(&self) -> &[usize] {
        &self.earlier
    }

    /// Walks to a row, whose nodes are then all worked out; `each` sees every row that is walked, with its
    /// number.
    pub fn walk(
        &self,
        walk: &mut Walk,
        source: &Source,
        row: usize,
        each: impl FnMut(&Walk, usize),
    ) {
        self.walk_by_way_of(walk, source, (None, row), each);
    }

    /// Walks to a row, and works out all nodes of an earlier one as well, where one is wanted.
    pub fn walk_by_way_of(
        &self,
        walk: &mut Walk,
        source: &Source,
        (wanted, row): (Option<usize>, usize),
        mut each: impl FnMut(&Walk, usize),
    ) {
        let all: Vec<usize> = (0..walk.len()).collect();
        let wanted = wanted.filter(|wanted| *wanted < row);
        // What the earlier one needs is needed of as many rows more.
        let until = wanted.unwrap_or(row);
        let farthest = usize::try_from(self.farthest).unwrap_or(usize::MAX);
        let first = if self.earlier.is_empty() {
            until
        } else {
            until.saturating_sub(farthest)
        };
        walk.begin(source, first);
        for before in first..row {
            if wanted == Some(before) {
                walk.some(source, before, &all);
            } else if !self.earlier.is_empty() {
                let back = until.saturating_sub(before).max(1);
                let back = u32::try_from(back).unwrap_or(WHOLE);
                let is_needed =
                    |place: usize| self.rows.get(place).is_some_and(|rows| *rows >= back);
                walk.earlier(source, before, &self.earlier, is_needed);
            }
            each(walk, before);
        }
        walk.some(source, row, &all);
        each(walk, row);
    }
}

/// How many rows back an operation reads.
fn looks(along: Along) -> u32 {
    match along {
        Along::Lag(ago) => ago,
        Along::Window { over, .. } | Along::Every { over, .. } | Along::Any { over, .. } => {
            if over == WHOLE {
                WHOLE
            } else {
                over.saturating_sub(1)
            }
        }
        Along::Since => WHOLE,
    }
}
