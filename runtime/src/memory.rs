//! What a node that looks back knows of its entity's earlier rows.
//!
//! In: what its operands are in a row, row after row. Out: what it is there. The interpreter keeps one for each such
//! node, native code one for each that rests on its own past, for each entity that it goes through at a time.
#![deny(clippy::wildcard_enum_match_arm)]
#![allow(
    clippy::indexing_slicing,
    reason = "nodes, alerts and recalls are checked by `form` before they get here"
)]

use forewarn_plan::alerts::{self, AlertState};
use forewarn_plan::{Along, NodeId, Op, Plan, along};

use crate::history::even;
use crate::rows::Source;

/// What a node knows of its entity's earlier rows.
#[derive(Clone, Debug)]
pub(crate) enum Memory {
    Nothing,
    /// Its operand, oldest first.
    Cells(Vec<f64>),
    /// Both its operands, oldest first.
    Pairs(Vec<f64>, Vec<f64>),
    /// What a node was in the rows before this one, oldest first.
    Past(Vec<f64>),
    /// After the last row, and before it.
    Alert {
        now: AlertState,
        before: AlertState,
    },
}

impl Memory {
    /// Of nothing yet.
    pub fn of(op: &Op) -> Self {
        match op {
            Op::Along(..) => Self::Cells(Vec::new()),
            Op::Paired(..) => Self::Pairs(Vec::new(), Vec::new()),
            Op::Recall(..) => Self::Past(Vec::new()),
            Op::Alert { .. } => Self::Alert {
                now: AlertState::default(),
                before: AlertState::default(),
            },
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
            | Op::Peers { .. } => Self::Nothing,
        }
    }

    /// At an entity's beginning, before its first row.
    pub fn begin(&mut self, plan: &Plan, id: NodeId, source: &Source, row: usize) {
        let entity = source.entity_of.get(row).copied().unwrap_or(0);
        let op = plan.nodes[id.index()].op;
        match self {
            Self::Alert { now, before } => {
                let Op::Alert { alert, .. } = op else {
                    return;
                };
                let rule = &plan.alerts[alert as usize].rule;
                let first = source.periods.get(row).copied().unwrap_or(0);
                *now = source.history.state(rule, alert, entity, first);
                before.clone_from(now);
            }
            Self::Past(cells) => {
                cells.clear();
                let Op::Recall(recall, _) = op else {
                    return;
                };
                let gap = plan.recalls[recall as usize].gap;
                if let Some(tail) = source.history.tail(id, entity) {
                    let first = source.periods.get(row).copied().unwrap_or(0);
                    for x in tail.joined(first, &[]).0 {
                        along::remember(cells, gap, x);
                    }
                }
            }
            Self::Cells(cells) => {
                cells.clear();
                if let Some(tail) = source.history.tail(id, entity) {
                    let first = source.periods.get(row).copied().unwrap_or(0);
                    cells.extend(tail.joined(first, &[]).0);
                }
            }
            Self::Pairs(of, by) => {
                for (side, cells) in (0..).zip([&mut *of, &mut *by]) {
                    cells.clear();
                    if let Some(tail) = source.history.tail_of(id, side, entity) {
                        let first = source.periods.get(row).copied().unwrap_or(0);
                        cells.extend(tail.joined(first, &[]).0);
                    }
                }
                even(of, by);
            }
            Self::Nothing => {}
        }
    }

    /// Forgets the last row.
    pub fn back(&mut self) {
        match self {
            // The past does not know of the row.
            Self::Nothing | Self::Past(_) => {}
            Self::Cells(cells) => {
                cells.pop();
            }
            Self::Pairs(of, by) => {
                of.pop();
                by.pop();
            }
            Self::Alert { now, before } => now.clone_from(before),
        }
    }

    /// Takes note of what a node's operands are in a row; gives what the node is there.
    pub fn looked(
        &mut self,
        (plan, id): (&Plan, NodeId),
        source: &Source,
        row: usize,
        (of, by): (f64, f64),
    ) -> f64 {
        let period = source.periods.get(row).copied().unwrap_or(0);
        let entity = source.entity_of.get(row).copied().unwrap_or(0);
        // What an earlier run handed over stands in place of a row's own.
        let read = |side: u8, own: f64| {
            let tail = source.history.tail_of(id, side, entity);
            tail.map_or(own, |tail| tail.or_own(period, own))
        };
        let op = plan.nodes[id.index()].op;
        match self {
            Self::Cells(cells) => {
                cells.push(read(0, of));
                let Op::Along(op, _) = op else {
                    return f64::NAN;
                };
                looked_along(op, cells, period)
            }
            Self::Pairs(cells, others) => {
                cells.push(read(0, of));
                others.push(read(1, by));
                let Op::Paired(op, ..) = op else {
                    return f64::NAN;
                };
                along::paired(op, cells, others, period)
            }
            Self::Alert { now, before } => {
                before.clone_from(now);
                let Op::Alert { alert, part, .. } = op else {
                    return f64::NAN;
                };
                let info = &plan.alerts[alert as usize];
                alerts::step(&info.rule, &info.reach, now, of, period).part(part)
            }
            // They look at no operand of this row.
            Self::Nothing | Self::Past(_) => f64::NAN,
        }
    }
}

/// An operation of an entity's cells so far, oldest first; `period` is the newest's.
fn looked_along(op: Along, cells: &[f64], period: i64) -> f64 {
    let last = |over: u32| &cells[cells.len().saturating_sub(over as usize)..];
    match op {
        Along::Lag(ago) => {
            let then = cells.iter().rev().nth(ago as usize);
            then.copied().unwrap_or(f64::NAN)
        }
        Along::Window {
            what,
            over,
            require,
        } => along::window(what, last(over), period, over, require),
        Along::Every { over, require } => along::decided(last(over), 0.0, over, require),
        Along::Any { over, require } => along::decided(last(over), 1.0, over, require),
        Along::Since => along::since(cells),
    }
}
