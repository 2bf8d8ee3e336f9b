//! One row after another, by whichever evaluator there is.
//!
//! In: a Plan that looks at no other row, and values by their places. Out: the same bits as over columns.
//! Machine code works a row out in some tens of nanoseconds; a build or a processor without it interprets,
//! with the same answers.

use std::sync::Arc;

use forewarn_plan::{FaultId, NodeId, Op, Plan};

use crate::form;
use crate::history::History;
use crate::interpreter::{NodeValue, Walk};
use crate::native::RowProgram;
use crate::rows::Source;

/// A row's worth of memory. Evaluating does not allocate.
#[derive(Debug)]
pub struct OneRow(Way);

#[derive(Debug)]
enum Way {
    Native(RowProgram),
    Interpreted(Box<Interpreted>),
}

impl OneRow {
    pub(crate) fn native(row: RowProgram) -> Self {
        Self(Way::Native(row))
    }

    /// The nodes of the outputs wanted must be there and look at no other row.
    pub(crate) fn interpreted(plan: &Arc<Plan>, outputs: Vec<NodeId>) -> Self {
        Self(Way::Interpreted(Box::new(Interpreted::new(plan, outputs))))
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        match &self.0 {
            Way::Native(row) => row.plan(),
            Way::Interpreted(row) => &row.plan,
        }
    }

    /// The value of an input of the Plan, by its place; NaN is missing. It stays until it is set anew.
    #[inline]
    pub fn set(&mut self, input: usize, value: f64) {
        match &mut self.0 {
            Way::Native(row) => row.set(input, value),
            Way::Interpreted(row) => row.set(input, value),
        }
    }

    #[inline]
    pub fn evaluate(&mut self) {
        match &mut self.0 {
            Way::Native(row) => row.evaluate(),
            Way::Interpreted(row) => row.evaluate(),
        }
    }

    /// The value of an output wanted, by its place among them: NaN is missing, a truth is 1 or 0.
    #[inline]
    #[must_use]
    pub fn get(&self, wanted: usize) -> f64 {
        match &self.0 {
            Way::Native(row) => row.get(wanted),
            Way::Interpreted(row) => row.get(wanted),
        }
    }

    /// Where operations were without a result since the last time that was asked.
    pub fn take_faults(&mut self) -> Vec<FaultId> {
        match &mut self.0 {
            Way::Native(row) => row.take_faults(),
            Way::Interpreted(row) => row.take_faults(),
        }
    }
}

struct Interpreted {
    plan: Arc<Plan>,
    walk: Walk<'static>,
    /// One for each input.
    values: Box<[f64]>,
    /// Nodes that are the value of an input.
    reads: Vec<(NodeId, usize)>,
    /// Places of all other nodes, in the order of the Plan.
    places: Vec<usize>,
    /// By output wanted.
    outputs: Vec<NodeId>,
    /// By fault: whether it was met.
    faults: Box<[bool]>,
}

impl std::fmt::Debug for Interpreted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interpreted")
            .field("outputs", &self.outputs)
            .finish_non_exhaustive()
    }
}

impl Interpreted {
    fn new(plan: &Arc<Plan>, outputs: Vec<NodeId>) -> Self {
        let nodes = form::needed(plan, outputs.iter().copied());
        let mut reads = Vec::new();
        let mut places = Vec::new();
        for (place, id) in nodes.iter().enumerate() {
            if let Some(Op::Input(input)) = plan.node(*id).map(|node| node.op) {
                reads.push((*id, input as usize));
            } else {
                places.push(place);
            }
        }
        Self {
            walk: Walk::new(Arc::clone(plan), &nodes),
            values: vec![f64::NAN; plan.inputs.len()].into(),
            reads,
            places,
            outputs,
            faults: vec![false; plan.faults.len()].into(),
            plan: Arc::clone(plan),
        }
    }

    fn set(&mut self, input: usize, value: f64) {
        if let Some(cell) = self.values.get_mut(input) {
            *cell = value;
        }
    }

    fn evaluate(&mut self) {
        for (node, input) in &self.reads {
            let value = self.values.get(*input).copied().unwrap_or(f64::NAN);
            self.walk.put(*node, NodeValue::Number(value));
        }
        let source = Source {
            inputs: Vec::new(),
            entity_of: &[],
            periods: &[],
            history: &History::World,
        };
        self.walk.some(&source, 0, &self.places);
        for fault in &self.walk.faults {
            if let Some(met) = self.faults.get_mut(fault.0 as usize) {
                *met = true;
            }
        }
    }

    fn get(&self, wanted: usize) -> f64 {
        let node = self.outputs.get(wanted);
        let cell = node.and_then(|node| self.walk.cell(*node));
        cell.map_or(f64::NAN, NodeValue::as_number)
    }

    fn take_faults(&mut self) -> Vec<FaultId> {
        let met = (0u32..).map(FaultId).zip(self.faults.iter_mut());
        met.filter_map(|(fault, met)| std::mem::take(met).then_some(fault))
            .collect()
    }
}
