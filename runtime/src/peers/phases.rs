//! The order of a Plan's operations across peers, and the Plan without them.

use forewarn_diagnostics::source::Span;
use forewarn_plan::{InputInfo, InputKind, NodeId, OnViolation, Op, Output, OutputKind, Plan};

use crate::evaluated::evaluated;
use crate::form;

/// One operation across peers: the node, and where its operands are among a phase's columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub node: NodeId,
    /// Index into [`Plan::peers`].
    pub peers: u32,
    pub of: usize,
    pub among: Option<usize>,
}

/// A Plan in which operations across peers are columns, and what each phase works out.
pub(super) struct Phases {
    flat: Plan,
    outputs: Vec<Output>,
    phases: Vec<Phase>,
    operations: usize,
}

#[derive(Default)]
struct Phase {
    operations: Vec<Operation>,
    /// The nodes that they read.
    operands: Vec<NodeId>,
}

impl Phases {
    /// `None` where nothing wanted compares peers.
    pub fn of(plan: &Plan, roots: impl Iterator<Item = NodeId>) -> Option<Self> {
        let needed = form::needed(plan, roots);
        let depth = depths(plan, &needed);
        let mut phases: Vec<Phase> = Vec::new();
        for id in needed {
            let Some(node) = plan.node(id) else { continue };
            if let Op::Peers { peers, of, among } = node.op {
                let own = depth.get(id.index()).copied().unwrap_or(1);
                if phases.len() < own {
                    phases.resize_with(own, Phase::default);
                }
                if let Some(phase) = own.checked_sub(1).and_then(|at| phases.get_mut(at)) {
                    let of = phase.column(of);
                    let among = among.map(|among| phase.column(among));
                    phase.operations.push(Operation {
                        node: id,
                        peers,
                        of,
                        among,
                    });
                }
            }
        }
        if phases.is_empty() {
            return None;
        }
        let mut flat = evaluated(plan);
        let mut operations = 0;
        for operation in phases.iter().flat_map(|phase| &phase.operations) {
            let input = u32::try_from(flat.inputs.len()).unwrap_or(u32::MAX);
            flat.inputs.push(column_of_peers());
            if let Some(node) = flat.nodes.get_mut(operation.node.index()) {
                node.op = Op::Input(input);
                // Its faults are counted by the step itself.
                node.checked = None;
            }
            operations += 1;
        }
        let outputs = flat.outputs.clone();
        Some(Self {
            flat,
            outputs,
            phases,
            operations,
        })
    }

    pub fn len(&self) -> usize {
        self.phases.len()
    }

    /// How many operations there are, in all phases.
    pub fn operations(&self) -> usize {
        self.operations
    }

    /// For evaluators alone: without outlines and declarations.
    pub fn plan(&self) -> &Plan {
        &self.flat
    }

    /// The same with what its authors wrote.
    pub fn told(self, plan: &Plan) -> Plan {
        Plan {
            declarations: plan.declarations.clone(),
            params: plan.params.clone(),
            outlines: plan.outlines.clone(),
            ..self.flat
        }
    }

    pub fn operations_of(&self, phase: usize) -> &[Operation] {
        self.phases
            .get(phase)
            .map_or(&[], |phase| phase.operations.as_slice())
    }

    /// Makes the operands of a phase the Plan's outputs.
    pub fn show_operands(&mut self, phase: usize) {
        let operands = self.phases.get(phase).map(|phase| &phase.operands);
        self.flat.outputs = operands
            .into_iter()
            .flatten()
            .map(|node| Output {
                column: String::new(),
                declaration: String::new(),
                label: String::new(),
                unit: String::new(),
                kind: OutputKind::Number,
                node: *node,
            })
            .collect();
    }

    pub fn show_outputs(&mut self) {
        self.flat.outputs = std::mem::take(&mut self.outputs);
    }

    /// Marks the faults that the Plan's present outputs meet: each is counted in one phase alone.
    pub fn mark_faults(&self, told: &mut [bool]) {
        let roots = self.flat.outputs.iter().map(|output| output.node);
        for id in form::needed(&self.flat, roots) {
            let fault = self.flat.node(id).and_then(|node| node.checked);
            if let Some(slot) = fault.and_then(|fault| told.get_mut(fault.0 as usize)) {
                *slot = true;
            }
        }
    }
}

/// By node: does its value rest on a comparison of peers?
pub(crate) fn rest_on_peers(plan: &Plan) -> Vec<bool> {
    let all: Vec<NodeId> = (0u32..).map(NodeId).take(plan.nodes.len()).collect();
    depths(plan, &all)
        .into_iter()
        .map(|phases| phases > 0)
        .collect()
}

/// By node: after how many phases its value can be known. What rests on its own past rests on nodes
/// behind it, so that they are gone through until nothing changes; no such circle goes by way of peers.
fn depths(plan: &Plan, needed: &[NodeId]) -> Vec<usize> {
    let mut depth = vec![0usize; plan.nodes.len()];
    for _ in 0..=plan.recalls.len() {
        let mut changed = false;
        for id in needed {
            let Some(node) = plan.node(*id) else { continue };
            let past = if let Op::Recall(recall, _) = node.op {
                plan.recalls.get(recall as usize).map(|one| one.of)
            } else {
                None
            };
            let below = node.op.operands().chain(past);
            let below = below.filter_map(|operand| depth.get(operand.index()).copied());
            let own = below.max().unwrap_or(0) + usize::from(matches!(node.op, Op::Peers { .. }));
            if let Some(slot) = depth.get_mut(id.index())
                && *slot != own
            {
                *slot = own;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    depth
}

impl Phase {
    fn column(&mut self, node: NodeId) -> usize {
        let known = self.operands.iter().position(|known| *known == node);
        known.unwrap_or_else(|| {
            self.operands.push(node);
            self.operands.len() - 1
        })
    }
}

/// A column that no data has.
pub(super) fn column_of_peers() -> InputInfo {
    InputInfo {
        name: String::new(),
        label: String::new(),
        column: None,
        kind: InputKind::Number,
        unit: String::new(),
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        high_excluded: false,
        on_violation: OnViolation::Missing,
        optional: true,
        missing_means: None,
        carry_forward: None,
        expires: None,
        inapplicable: Vec::new(),
        changeable: None,
        span: Span::default(),
    }
}
