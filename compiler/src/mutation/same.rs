//! Do two Plans mean the same, node by node?
//!
//! Where words stand and what they are called does not matter; a change that gives the same Plan is
//! none.

use crate::plan::mutants::same_inputs;
use crate::plan::{Op, Plan};

pub(super) fn same(a: &Plan, b: &Plan) -> bool {
    a.nodes.len() == b.nodes.len()
        && a.nodes
            .iter()
            .zip(&b.nodes)
            .all(|(a, b)| same_op(&a.op, &b.op) && a.checked == b.checked)
        && same_inputs(a, b)
        && a.recalls == b.recalls
        && a.outputs.len() == b.outputs.len()
        && a.outputs
            .iter()
            .zip(&b.outputs)
            .all(|(a, b)| a.column == b.column && a.node == b.node)
        && a.alerts.len() == b.alerts.len()
        && a.alerts
            .iter()
            .zip(&b.alerts)
            .all(|(a, b)| a.rule == b.rule && a.conditions == b.conditions)
        && a.peers.len() == b.peers.len()
        && a.peers
            .iter()
            .zip(&b.peers)
            .all(|(a, b)| a.what == b.what && a.baseline == b.baseline && a.groups == b.groups)
        && a.panel == b.panel
}

/// Equal numbers have equal bits, missing ones too.
fn same_op(a: &Op, b: &Op) -> bool {
    match (a, b) {
        (Op::Const(a), Op::Const(b)) => a.to_bits() == b.to_bits(),
        _ => a == b,
    }
}
