//! Is a Plan well-formed, and does a panel fit it?
//!
//! In: a Plan, the outputs wanted, a panel's columns. Out: nothing, or the first thing that does not
//! fit. Both evaluators ask here once, so that behind this door they may index by node, input and
//! output without a second look.

use forewarn_compiler::plan::{Lane, NodeId, Op, Plan};

use crate::panel::Panel;

/// Why a Plan cannot be evaluated over a panel. Never the fault of the person who wrote the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// A node reads a node that does not stand before it, or one with another kind of lane, or an
    /// input that the Plan does not have.
    Node(NodeId),
    /// An output names a node or, among those wanted, an output that does not exist.
    Output(usize),
    /// The panel has no column for this input, or one with another number of rows.
    Column(usize),
    /// The panel's periods are neither absent nor one per row.
    Periods,
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
        let input_exists = match node.op {
            Op::Input(input) => (input as usize) < plan.inputs.len(),
            _ => true,
        };
        let fault_exists = node
            .checked
            .is_none_or(|fault| (fault.0 as usize) < plan.faults.len());
        if !input_exists || !fault_exists || !operand_lanes(&node.op).all(stands_before) {
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

/// Checks that a panel has what a Plan reads.
///
/// # Errors
/// The first column that is absent or of another length.
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
    if panel.periods.is_empty() || panel.periods.len() == rows {
        Ok(())
    } else {
        Err(FormError::Periods)
    }
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
        _ => Lane::Number,
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
        }
    }
    (0u32..)
        .map(NodeId)
        .zip(wanted)
        .filter_map(|(id, wanted)| wanted.then_some(id))
        .collect()
}
