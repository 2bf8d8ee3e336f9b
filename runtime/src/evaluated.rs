//! A Plan for evaluators alone.
//!
//! In: a Plan. Out: what of it decides results, without the words of its authors.

use std::collections::BTreeMap;

use forewarn_plan::Plan;

/// What evaluators read of a Plan: without the words of its authors, of which there may be more than of
/// all else.
pub(crate) fn evaluated(plan: &Plan) -> Plan {
    Plan {
        framework: plan.framework.clone(),
        panel: plan.panel.clone(),
        inputs: plan.inputs.clone(),
        percentages: plan.percentages.clone(),
        // No cell is read for them.
        labels: BTreeMap::new(),
        nodes: plan.nodes.clone(),
        faults: plan.faults.clone(),
        peers: plan.peers.clone(),
        alerts: plan.alerts.clone(),
        recalls: plan.recalls.clone(),
        declarations: Vec::new(),
        params: Vec::new(),
        outputs: plan.outputs.clone(),
        confidentiality: plan.confidentiality.clone(),
        outlines: Vec::new(),
        hindsight: plan.hindsight.clone(),
        // Nobody names results here.
        groups: BTreeMap::new(),
    }
}
