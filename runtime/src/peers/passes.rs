//! Across peers in passes over parts of the data: for whoever cannot hold all of them.
//!
//! In: a Plan with operations across peers. Out: for each of its phases two Plans without, or with nothing
//! but, such operations. The first works out the operands, and needs the rows of one entity at a time; the
//! second makes the operations' columns of them, and needs those of one period at a time. Between passes the
//! columns travel by name; the last Plan has them as inputs. The bits are those of one run over everything.

use forewarn_plan::{InputInfo, InputKind, Op, Output, OutputKind, PeerInfo, Plan};

use super::phases::{Phases, column_of_peers};

/// Plans for passes over parts of the data.
#[derive(Clone, Debug)]
pub struct Passes {
    /// By phase: the operands by entity, then the operations by period.
    pub phases: Vec<(Plan, Plan)>,
    /// The results, by entity, with the operations' columns as inputs.
    pub last: Plan,
}

/// The column of an operand, and of an operation's result.
const OPERAND: &str = "__operand_";
const RESULT: &str = "__peers_";

impl Passes {
    /// `None` where nothing compares peers, or where the parts would have to know more than their rows:
    /// with a baseline peers are those of other periods, groups of a key are known by their place among
    /// all keys, and a spell is an entity's own.
    #[must_use]
    pub fn of(plan: &Plan) -> Option<Self> {
        let is_apart = |one: &PeerInfo| {
            one.baseline.is_some() || one.by_key.is_some() || one.what.is_of_spells()
        };
        if plan.peers.iter().any(is_apart) {
            return None;
        }
        let roots = plan.outputs.iter().map(|output| output.node);
        let mut phases = Phases::of(plan, roots)?;
        let mut all = Vec::new();
        let mut done = 0;
        for phase in 0..phases.len() {
            phases.show_operands(phase);
            let mut operands = named(phases.plan(), plan.inputs.len());
            for (at, output) in operands.outputs.iter_mut().enumerate() {
                output.column = format!("{OPERAND}{at}");
            }
            let across = across(plan, &operands, &phases, phase, done);
            done += phases.operations_of(phase).len();
            all.push((operands, across));
        }
        phases.show_outputs();
        let last = named(phases.plan(), plan.inputs.len());
        Some(Self { phases: all, last })
    }
}

/// With names for the inputs that stand for operations across peers.
fn named(flat: &Plan, own: usize) -> Plan {
    let mut plan = flat.clone();
    for (at, input) in plan.inputs.iter_mut().skip(own).enumerate() {
        input.name = format!("{RESULT}{at}");
    }
    plan
}

/// The Plan of a phase's operations, with their operands as inputs.
fn across(plan: &Plan, operands: &Plan, phases: &Phases, phase: usize, done: usize) -> Plan {
    let mut across = plan.clone();
    // Nothing that is asked for rests on the Plan's own inputs any more.
    for input in &mut across.inputs {
        input.optional = true;
    }
    let own = u32::try_from(across.inputs.len()).unwrap_or(u32::MAX);
    let inputs = operands.outputs.iter().map(|output| InputInfo {
        name: output.column.clone(),
        kind: InputKind::Number,
        ..column_of_peers()
    });
    across.inputs.extend(inputs);
    for (input, output) in (own..).zip(&operands.outputs) {
        if let Some(node) = across.nodes.get_mut(output.node.index()) {
            node.op = Op::Input(input);
            node.checked = None;
        }
    }
    across.outputs = phases
        .operations_of(phase)
        .iter()
        .zip(done..)
        .map(|(operation, at)| Output {
            column: format!("{RESULT}{at}"),
            declaration: String::new(),
            label: String::new(),
            unit: String::new(),
            kind: OutputKind::Number,
            node: operation.node,
        })
        .collect();
    across
}
