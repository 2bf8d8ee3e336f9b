//! What a program does with a chunk of rows, one step after the other.
//!
//! In: a stretch of the schedule. Out: which kernel it is, or what it looks back at along time, from
//! which column to which.

use forewarn_plan::{AlertPart, AlertRule, Along, FaultId, NodeId, Op, Paired, Plan};

use super::partition::{Column, Stretch};

#[derive(Clone, Debug)]
pub(super) enum Step {
    /// By its place among the program's functions.
    Kernel(usize),
    Time(TimeStep),
    Ring(RingStep),
}

/// A ring: a kernel that goes from period to period, some entities side by side.
#[derive(Clone, Debug)]
pub(super) struct RingStep {
    /// By its place among the program's functions.
    pub kernel: usize,
    pub nodes: Vec<NodeId>,
    pub writes: Vec<Column>,
}

/// An operation along time.
#[derive(Clone, Debug)]
pub(super) struct TimeStep {
    pub operand: Operand,
    pub task: Task,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operand {
    Column(Column),
    Constant(f64),
}

#[derive(Clone, Debug)]
pub(super) enum Task {
    Along {
        node: NodeId,
        along: Along,
        to: Column,
        /// Counted where a window has no result.
        fault: Option<FaultId>,
    },
    Paired {
        node: NodeId,
        op: Paired,
        /// What says where to look.
        by: Operand,
        to: Column,
        fault: Option<FaultId>,
    },
    /// What is read of one alert.
    Alert {
        alert: u32,
        rule: AlertRule,
        reach: Vec<u32>,
        parts: Vec<(AlertPart, Column)>,
    },
}

impl RingStep {
    /// Of the last of the kernels.
    pub fn of(kernels: &[Stretch]) -> Self {
        let last = kernels.last();
        let writes = last.into_iter().flat_map(|ring| &ring.writes);
        Self {
            kernel: kernels.len().saturating_sub(1),
            nodes: last.map_or_else(Vec::new, |ring| ring.nodes.clone()),
            writes: writes.map(|(_, column)| *column).collect(),
        }
    }
}

impl Operand {
    /// Where a stretch reads a node.
    fn of(plan: &Plan, stretch: &Stretch, id: NodeId) -> Option<Self> {
        let read = stretch.reads.iter().find(|(read, _)| *read == id);
        Some(match plan.nodes[id.index()].op {
            Op::Const(x) => Self::Constant(x),
            Op::Input(input) => Self::Column(Column::Input(input)),
            Op::Period => Self::Column(Column::Period),
            Op::Unary(..)
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
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => Self::Column(read?.1),
        })
    }
}

impl TimeStep {
    pub fn reads(&self, operand: Operand) -> bool {
        let other = match &self.task {
            Task::Paired { by, .. } => Some(*by),
            Task::Along { .. } | Task::Alert { .. } => None,
        };
        self.operand == operand || other == Some(operand)
    }

    /// Nothing, where the stretch is a kernel.
    pub fn of(plan: &Plan, stretch: &Stretch) -> Option<Self> {
        let first = stretch.looks_back(plan)?;
        let node = &plan.nodes[first.index()];
        let operand = Operand::of(plan, stretch, node.op.operands().next()?)?;
        let task = match node.op {
            Op::Alert { alert, .. } => Task::Alert {
                alert,
                rule: plan.alerts[alert as usize].rule,
                reach: plan.alerts[alert as usize].reach.clone(),
                parts: stretch
                    .writes
                    .iter()
                    .filter_map(|&(id, to)| match plan.nodes[id.index()].op {
                        Op::Alert { part, .. } => Some((part, to)),
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
                        | Op::Along(..)
                        | Op::Paired(..)
                        | Op::Recall(..)
                        | Op::Peers { .. } => None,
                    })
                    .collect(),
            },
            Op::Along(along, _) => Task::Along {
                node: first,
                along,
                to: stretch.writes.first()?.1,
                fault: node.checked,
            },
            Op::Paired(op, _, by) => Task::Paired {
                node: first,
                op,
                by: Operand::of(plan, stretch, by)?,
                to: stretch.writes.first()?.1,
                fault: node.checked,
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
            | Op::Recall(..)
            | Op::Peers { .. } => return None,
        };
        Some(Self { operand, task })
    }
}
