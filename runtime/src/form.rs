//! Is a Plan well-formed, and does a panel fit it?
//!
//! In: a Plan, the outputs wanted, a panel's columns. Out: nothing, or the first thing that does not
//! fit. Both evaluators ask here once, so that behind this door they may index by node, input and
//! output without a second look.
#![deny(clippy::wildcard_enum_match_arm)]

use forewarn_plan::{Along, Lane, NodeId, Op, Plan};

use crate::panel::Panel;
use crate::rows::Source;

/// Why a Plan cannot be evaluated over a panel. Never the fault of the person who wrote the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// A node reads a node that does not stand before it, or one with another kind of lane, an input
    /// or an alert that the Plan does not have, or a window of no periods.
    Node(NodeId),
    /// An output names a node or, among those wanted, an output that does not exist.
    Output(usize),
    /// The panel has no column for this input, or one with another number of rows.
    Column(usize),
    /// The panel's periods are neither absent nor one per row; or absent, where the Plan looks along
    /// time.
    Periods,
    /// The Plan looks along time, but the entity that begins in this row does not have all periods
    /// from its first to its last, or its rows do not stand together.
    Time(usize),
}

impl std::fmt::Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Node(node) => write!(f, "the plan's node {} is malformed", node.0),
            Self::Output(output) => write!(f, "the plan's output {output} does not exist"),
            Self::Column(input) => {
                write!(
                    f,
                    "the panel has no full column for the plan's input {input}"
                )
            }
            Self::Periods => write!(f, "the panel does not have one period for each row"),
            Self::Time(row) => write!(
                f,
                "the panel's entity in row {row} does not have its periods one after the other"
            ),
        }
    }
}

impl std::error::Error for FormError {}

/// Checks the nodes and the outputs wanted, in time linear in nodes.
///
/// # Errors
/// The first node or output that is malformed.
pub(crate) fn check_plan(plan: &Plan, wanted: &[usize]) -> Result<(), FormError> {
    for (node, id) in plan.nodes.iter().zip((0u32..).map(NodeId)) {
        let stands_before = |(operand, lane): (NodeId, Lane)| {
            operand < id
                && plan
                    .node(operand)
                    .is_some_and(|node| node.op.lane() == lane)
        };
        let exists = match node.op {
            Op::Input(input) => (input as usize) < plan.inputs.len(),
            Op::Alert { alert, .. } => (alert as usize) < plan.alerts.len(),
            Op::Recall(recall, _) => plan.recalls.get(recall as usize).is_some_and(|recall| {
                let of = plan.node(recall.of);
                recall.ago > 0 && of.is_some_and(|of| of.op.lane() == Lane::Number)
            }),
            Op::Along(
                Along::Window { over, .. } | Along::Every { over, .. } | Along::Any { over, .. },
                _,
            ) => over > 0,
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
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Peers { .. } => true,
        };
        let fault_exists = node
            .checked
            .is_none_or(|fault| (fault.0 as usize) < plan.faults.len());
        if !exists || !fault_exists || !operand_lanes(&node.op).all(stands_before) {
            return Err(FormError::Node(id));
        }
    }
    for &output in wanted {
        let exists = |node: NodeId| plan.node(node).is_some();
        if !plan
            .outputs
            .get(output)
            .is_some_and(|output| exists(output.node))
        {
            return Err(FormError::Output(output));
        }
    }
    Ok(())
}

/// Checks that a panel has what a Plan reads. Where the Plan looks along time, each entity's rows
/// stand together, one for each period, so that evaluators find the period before in the row above.
///
/// # Errors
/// The first column that is absent or of another length, or the first entity with a gap.
pub(crate) fn check_panel(plan: &Plan, panel: &Panel) -> Result<(), FormError> {
    let rows = panel.rows();
    for input in 0..plan.inputs.len() {
        if panel
            .columns
            .get(input)
            .is_none_or(|column| column.len() != rows)
        {
            return Err(FormError::Column(input));
        }
    }
    let along_time = plan.looks_along_time();
    if panel.periods.len() != rows && (along_time || !panel.periods.is_empty()) {
        return Err(FormError::Periods);
    }
    if along_time {
        check_time(panel)
    } else {
        Ok(())
    }
}

/// Rows are sorted and no key comes twice, as in every panel; so an entity has all periods between its
/// first and its last if they are as far apart as its rows are many.
fn check_time(panel: &Panel) -> Result<(), FormError> {
    let source = Source::of(panel);
    let (mut row, mut length) = (0, 1);
    while row < panel.rows() {
        let end = source.end_of_entity(row, length);
        length = end - row;
        let is_later = row == 0 || panel.entity_of.get(row) > panel.entity_of.get(row - 1);
        let whole = match (panel.periods.get(row), panel.periods.get(end - 1)) {
            (Some(first), Some(last)) => {
                let apart = last.checked_sub(*first);
                apart.and_then(|apart| usize::try_from(apart).ok()) == Some(length - 1)
            }
            _ => false,
        };
        if !is_later || !whole {
            return Err(FormError::Time(row));
        }
        row = end;
    }
    Ok(())
}

/// The operands with the kind of lane each must fill.
fn operand_lanes(op: &Op) -> impl Iterator<Item = (NodeId, Lane)> + use<> {
    let kind = match op {
        Op::Not(_)
        | Op::And(..)
        | Op::Or(..)
        | Op::Surely(_)
        | Op::Possibly(_)
        | Op::Verdict { .. }
        | Op::Indicate(_) => Lane::Truth,
        Op::Const(_)
        | Op::Input(_)
        | Op::Period
        | Op::Unary(..)
        | Op::Binary(..)
        | Op::Select { .. }
        | Op::Compare(..)
        | Op::IsKnown(_)
        | Op::Truth { .. }
        | Op::Along(..)
        | Op::Paired(..)
        | Op::Recall(..)
        | Op::Peers { .. }
        | Op::Alert { .. } => Lane::Number,
    };
    let first = if matches!(op, Op::Select { .. }) {
        Lane::Truth
    } else {
        kind
    };
    op.operands()
        .enumerate()
        .map(move |(place, id)| (id, if place == 0 { first } else { kind }))
}

/// Does a node rest on one of these inputs?
pub(crate) fn reads(plan: &Plan, root: NodeId, inputs: &[usize]) -> bool {
    let below = needed(plan, std::iter::once(root));
    below.into_iter().any(|id| {
        let op = plan.node(id).map(|node| node.op);
        if let Some(Op::Input(input)) = op {
            inputs.contains(&(input as usize))
        } else {
            false
        }
    })
}

/// The nodes that the roots need, themselves included, in order.
pub(crate) fn needed(plan: &Plan, roots: impl Iterator<Item = NodeId>) -> Vec<NodeId> {
    let mut wanted = vec![false; plan.nodes.len()];
    let mut mark = |id: NodeId| {
        if let Some(slot) = wanted.get_mut(id.index()) {
            !std::mem::replace(slot, true)
        } else {
            false
        }
    };
    let mut open: Vec<NodeId> = roots.filter(|&root| mark(root)).collect();
    while let Some(id) = open.pop() {
        if let Some(node) = plan.node(id) {
            open.extend(node.op.operands().filter(|&operand| mark(operand)));
            if let Op::Recall(recall, _) = node.op {
                let of = plan.recalls.get(recall as usize).map(|recall| recall.of);
                open.extend(of.filter(|&of| mark(of)));
            }
        }
    }
    (0u32..)
        .map(NodeId)
        .zip(wanted)
        .filter_map(|(id, wanted)| wanted.then_some(id))
        .collect()
}
