//! What a Plan means, one row at a time.
//!
//! In: a well-formed Plan and one row of a panel. Out: the value of every node in that row. This is
//! the definition that explanations are read from and that native code must match bit for bit; it
//! is meant to be short and obvious, not fast. Where a Plan looks along time, an entity's rows are
//! walked from its first one on, and each node that looks back keeps what it has read so far.
#![deny(clippy::wildcard_enum_match_arm)]
#![allow(
    clippy::indexing_slicing,
    reason = "operands stand before their node and columns have every row: `form` checks both"
)]

use std::ops::Range;
use std::sync::Arc;

use forewarn_plan::{Binary, FaultId, NodeId, Op, Plan, along, scalar};

use crate::faults::FaultLog;
use crate::form::{self, FormError};
use crate::held::Held;
use crate::memory::Memory;
use crate::panel::Panel;
use crate::rows::Source;

/// The value of one node in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeValue {
    /// NaN is missing.
    Number(f64),
    /// Surely yes, surely no, or neither: unknown. Never both.
    Truth { yes: bool, no: bool },
}

impl NodeValue {
    /// As a result column holds it: a truth as 1 and 0, missing and unknown as NaN.
    #[must_use]
    pub fn as_number(self) -> f64 {
        match self {
            Self::Number(x) if x.is_nan() => f64::NAN,
            Self::Number(x) => x,
            Self::Truth { yes: true, .. } => 1.0,
            Self::Truth { no: true, .. } => 0.0,
            Self::Truth { .. } => f64::NAN,
        }
    }

    /// Nothing that reads it can tell them apart.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => {
                a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
            }
            (Self::Truth { .. }, Self::Truth { .. }) => self == other,
            (Self::Number(_), Self::Truth { .. }) | (Self::Truth { .. }, Self::Number(_)) => false,
        }
    }
}

/// Every node's value in one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowValues {
    cells: Vec<NodeValue>,
    /// Where an operation was without a result, in the order of the nodes.
    pub faults: Vec<FaultId>,
}

impl RowValues {
    #[must_use]
    pub fn cell(&self, node: NodeId) -> Option<NodeValue> {
        self.cells.get(node.index()).copied()
    }

    /// The number, where it is known; 1 and 0 for a truth.
    #[must_use]
    pub fn known(&self, node: NodeId) -> Option<f64> {
        self.cell(node)
            .map(NodeValue::as_number)
            .filter(|x| !x.is_nan())
    }
}

/// Evaluates rows.
#[derive(Clone, Copy, Debug)]
pub struct Interpreter;

impl Interpreter {
    /// One row, wholly: after its entity's earlier rows, where the Plan looks along time.
    ///
    /// # Errors
    /// The Plan is malformed, the panel does not fit it, or there is no such row (told as a missing
    /// period).
    pub fn row(plan: &Plan, panel: &Panel, row: usize) -> Result<RowValues, FormError> {
        form::check_plan(plan, &[])?;
        form::check_panel(plan, panel)?;
        if row >= panel.rows() {
            return Err(FormError::Periods);
        }
        let source = Source::of(panel);
        let nodes: Vec<NodeId> = (0u32..).map(NodeId).take(plan.nodes.len()).collect();
        let mut walk = Walk::new(plan, &nodes);
        let first = if plan.looks_along_time() {
            source.first_of_entity(row)
        } else {
            row
        };
        for row in first..=row {
            walk.row(&source, row);
        }
        Ok(RowValues {
            cells: walk.cells,
            faults: walk.faults,
        })
    }
}

/// What is done at one place of a tape.
#[derive(Clone, Copy, Debug)]
struct Step {
    node: NodeId,
    op: Op,
    /// Set where the operation is tested for faults.
    checked: Option<FaultId>,
    /// Which of a walk's memories is its own, where it remembers something of earlier rows.
    memory: Option<u32>,
}

/// What walks over the same nodes have in common: their operations, without what the Plan says of them besides, so that
/// they lie close together.
#[derive(Debug)]
pub(crate) struct Tape {
    /// In the order of the Plan and closed: the operands of each stand before it.
    steps: Vec<Step>,
    /// By memory: its place among the steps.
    remembering: Vec<usize>,
    /// What rests on its own past: places among the steps.
    recalls: Vec<usize>,
}

impl Tape {
    /// Of closed nodes, in order.
    pub fn of(plan: &Plan, nodes: &[NodeId]) -> Arc<Self> {
        let mut steps = Vec::with_capacity(nodes.len());
        let (mut remembering, mut recalls) = (Vec::new(), Vec::new());
        for (place, id) in nodes.iter().enumerate() {
            let node = &plan.nodes[id.index()];
            let memory = match Memory::of(&node.op) {
                Memory::Nothing => None,
                Memory::Cells(_) | Memory::Pairs(..) | Memory::Past(_) | Memory::Alert { .. } => {
                    remembering.push(place);
                    u32::try_from(remembering.len() - 1).ok()
                }
            };
            if matches!(node.op, Op::Recall(..)) {
                recalls.push(place);
            }
            steps.push(Step {
                node: *id,
                op: node.op,
                checked: node.checked,
                memory,
            });
        }
        Arc::new(Self {
            steps,
            remembering,
            recalls,
        })
    }
}

/// What a walk knew of earlier rows at some places.
pub(crate) struct Remembered(Vec<(usize, Memory)>);

/// Evaluates some nodes of a Plan over rows, keeping its memory from row to row.
pub(crate) struct Walk<'a> {
    plan: Held<'a>,
    tape: Arc<Tape>,
    /// By node; what is not on the tape stays missing.
    cells: Vec<NodeValue>,
    /// As the tape numbers them.
    memory: Vec<Memory>,
    /// No row of the entity has been walked yet.
    fresh: bool,
    /// Of the last row.
    pub faults: Vec<FaultId>,
}

/// What a walk has come to, apart from its Plan and its tape: to go on from there.
#[derive(Debug)]
pub(crate) struct Halted {
    cells: Vec<NodeValue>,
    memory: Vec<Memory>,
    fresh: bool,
}

impl<'a> Walk<'a> {
    /// Goes on where a walk over the same tape was halted.
    pub fn resumed(plan: &'a Plan, tape: Arc<Tape>, halted: Halted) -> Self {
        Self {
            plan: plan.into(),
            tape,
            cells: halted.cells,
            memory: halted.memory,
            fresh: halted.fresh,
            faults: Vec::new(),
        }
    }

    /// Halts it; what is left must not go on.
    pub fn halted(&mut self) -> Halted {
        Halted {
            cells: std::mem::take(&mut self.cells),
            memory: std::mem::take(&mut self.memory),
            fresh: self.fresh,
        }
    }

    /// Takes over what another walk, over some of its nodes, remembers of earlier rows for some of these: `places` are
    /// the places in this walk and in the other. Gives what it remembered itself.
    pub fn remember_as(&mut self, other: &mut Walk<'_>, places: &[(usize, usize)]) -> Remembered {
        let memories = |walk: &Walk<'_>, place: usize| walk.tape.steps[place].memory;
        let mut kept = Vec::with_capacity(places.len());
        for (own, theirs) in places {
            let pair = memories(self, *own).zip(memories(other, *theirs));
            if let Some((own, theirs)) = pair {
                let own = own as usize;
                let taken = std::mem::replace(&mut other.memory[theirs as usize], Memory::Nothing);
                kept.push((own, std::mem::replace(&mut self.memory[own], taken)));
            }
        }
        Remembered(kept)
    }

    /// Remembers again what it did.
    pub fn recall(&mut self, remembered: Remembered) {
        for (own, memory) in remembered.0 {
            self.memory[own] = memory;
        }
    }

    pub fn new(plan: impl Into<Held<'a>>, nodes: &[NodeId]) -> Self {
        let plan = plan.into();
        let tape = Tape::of(&plan, nodes);
        Self::over(plan, tape)
    }

    /// Over a tape of the Plan.
    pub fn over(plan: impl Into<Held<'a>>, tape: Arc<Tape>) -> Self {
        let plan = plan.into();
        let cells = vec![NodeValue::Number(f64::NAN); plan.nodes.len()];
        let places = tape.remembering.iter();
        let memory = places.map(|place| Memory::of(&tape.steps[*place].op));
        Self {
            memory: memory.collect(),
            plan,
            tape,
            cells,
            fresh: true,
            faults: Vec::new(),
        }
    }

    /// Along time, an entity's rows come in order, the first one first.
    pub fn row(&mut self, source: &Source, row: usize) {
        self.faults.clear();
        if !self.memory.is_empty() && source.is_first_of_entity(row) {
            self.begin(source, row);
        }
        self.pass_on(source, row);
        for place in 0..self.len() {
            self.step(place, source, row);
        }
    }

    /// Begins an entity with its first row: with what was before it.
    pub fn begin(&mut self, source: &Source, row: usize) {
        self.fresh = true;
        for (memory, place) in self.memory.iter_mut().zip(&self.tape.remembering) {
            memory.begin(&self.plan, self.tape.steps[*place].node, source, row);
        }
    }

    /// Some of its nodes alone, by their places in ascending order: enough for an earlier row of
    /// which only what is looked back on is asked. The entity must be the one it began with.
    pub fn some(&mut self, source: &Source, row: usize, places: &[usize]) {
        self.faults.clear();
        self.pass_on(source, row);
        for place in places {
            self.step(*place, source, row);
        }
    }

    /// An earlier row of which only some values are needed: an operation that looks back and is not needed
    /// itself takes note of its operand alone. Rows come in order; one that nothing takes note of can be
    /// left out.
    pub fn earlier(
        &mut self,
        source: &Source,
        row: usize,
        places: &[usize],
        is_needed: impl Fn(usize) -> bool,
    ) {
        self.faults.clear();
        self.pass_on(source, row);
        for place in places {
            if is_needed(*place) {
                self.step(*place, source, row);
                continue;
            }
            let Step {
                node: id,
                op,
                memory: Some(memory),
                ..
            } = self.tape.steps[*place]
            else {
                continue;
            };
            let period = source.periods.get(row).copied().unwrap_or(0);
            let entity = source.entity_of.get(row).copied().unwrap_or(0);
            let mut operands = (0..).zip(op.operands());
            let mut read = || {
                let (side, of) = operands.next()?;
                let tail = source.history.tail_of(id, side, entity);
                let own = self.number(of);
                Some(tail.map_or(own, |tail| tail.or_own(period, own)))
            };
            let (x, at) = (read().unwrap_or(f64::NAN), read().unwrap_or(f64::NAN));
            match &mut self.memory[memory as usize] {
                Memory::Cells(cells) => cells.push(x),
                Memory::Pairs(of, by) => {
                    of.push(x);
                    by.push(at);
                }
                Memory::Nothing | Memory::Past(_) | Memory::Alert { .. } => {}
            }
        }
    }

    /// Before a row: what the last one came to is past now, or what an earlier run made of that period.
    fn pass_on(&mut self, source: &Source, row: usize) {
        if std::mem::replace(&mut self.fresh, false) {
            return;
        }
        let entity = source.entity_of.get(row).copied().unwrap_or(0);
        let before = source.periods.get(row).map(|period| period - 1);
        for place in &self.tape.recalls {
            let Step {
                node,
                op: Op::Recall(recall, _),
                memory: Some(memory),
                ..
            } = self.tape.steps[*place]
            else {
                continue;
            };
            let recall = &self.plan.recalls[recall as usize];
            let tail = source.history.tail(node, entity);
            let own = self.cells[recall.of.index()].as_number();
            let x = tail
                .zip(before)
                .map_or(own, |(tail, at)| tail.or_own(at, own));
            if let Memory::Past(cells) = &mut self.memory[memory as usize] {
                along::remember(cells, recall.gap, x);
            }
        }
    }

    /// The same in the row it stands in, as if that row were still to come: for trying out other
    /// values, set by [`Walk::put`].
    pub fn again(&mut self, source: &Source, row: usize, places: &[usize]) {
        self.faults.clear();
        for place in places {
            if let Some(memory) = self.tape.steps[*place].memory {
                self.memory[memory as usize].back();
            }
            self.step(*place, source, row);
        }
    }

    /// Sets a node's value in the row it stands in.
    pub fn put(&mut self, node: NodeId, cell: NodeValue) {
        self.cells[node.index()] = cell;
    }

    /// How many places it has.
    pub fn len(&self) -> usize {
        self.tape.steps.len()
    }

    /// The node at a place.
    pub fn node(&self, place: usize) -> Option<NodeId> {
        Some(self.tape.steps.get(place)?.node)
    }

    /// What it has worked out of the last row.
    pub fn values(&self) -> RowValues {
        RowValues {
            cells: self.cells.clone(),
            faults: self.faults.clone(),
        }
    }

    fn step(&mut self, place: usize, source: &Source, row: usize) {
        let Step {
            node: id,
            op,
            checked,
            memory,
        } = self.tape.steps[place];
        let memory = memory.map(|memory| memory as usize);
        let mut cell = match op {
            Op::Along(_, of) | Op::Alert { conditions: of, .. } => {
                let of = (self.number(of), f64::NAN);
                self.looked((memory, id), source, row, of)
            }
            Op::Paired(_, of, by) => {
                let both = (self.number(of), self.number(by));
                self.looked((memory, id), source, row, both)
            }
            Op::Recall(recall, first) => {
                let recall = &self.plan.recalls[recall as usize];
                NodeValue::Number(match memory.map(|memory| &self.memory[memory]) {
                    Some(Memory::Past(cells)) => {
                        let first = self.number(first);
                        along::recalled(cells, recall.ago, recall.gap, first)
                    }
                    Some(
                        Memory::Nothing
                        | Memory::Cells(_)
                        | Memory::Pairs(..)
                        | Memory::Alert { .. },
                    )
                    | None => f64::NAN,
                })
            }
            op @ (Op::Const(_)
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
            | Op::Peers { .. }) => self.evaluate(op, source, row),
        };
        if self.has_no_result(op, cell) {
            if let Some(fault) = checked {
                self.faults.push(fault);
            }
            if checked.is_some() || matches!(op, Op::Along(..) | Op::Paired(..)) {
                cell = NodeValue::Number(f64::NAN);
            }
        }
        self.cells[id.index()] = cell;
    }

    /// What a node that looks back is, of what it looks at.
    fn looked(
        &mut self,
        (memory, node): (Option<usize>, NodeId),
        source: &Source,
        row: usize,
        of: (f64, f64),
    ) -> NodeValue {
        let memory = memory.map(|memory| &mut self.memory[memory]);
        let looked = memory.map(|memory| memory.looked((&self.plan, node), source, row, of));
        NodeValue::Number(looked.unwrap_or(f64::NAN))
    }

    pub fn cell(&self, node: NodeId) -> Option<NodeValue> {
        self.cells.get(node.index()).copied()
    }

    fn evaluate(&self, op: Op, source: &Source, row: usize) -> NodeValue {
        let truth = |yes, no| NodeValue::Truth { yes, no };
        let number = NodeValue::Number;
        match op {
            Op::Const(x) => number(x),
            Op::Input(input) => number(source.inputs[input as usize][row]),
            Op::Period => number(source.periods.get(row).map_or(f64::NAN, |&p| p as f64)),
            Op::Unary(op, a) => number(scalar::unary(op, self.number(a))),
            Op::Binary(op, a, b) => number(scalar::binary(op, self.number(a), self.number(b))),
            Op::Select { condition, yes, no } => match self.truth(condition) {
                (true, _) => number(self.number(yes)),
                (_, true) => number(self.number(no)),
                _ => number(f64::NAN),
            },
            Op::Compare(op, a, b) => {
                let answer = scalar::compare(op, self.number(a), self.number(b));
                truth(answer == Some(true), answer == Some(false))
            }
            Op::IsKnown(a) => {
                let known = !self.number(a).is_nan();
                truth(known, !known)
            }
            Op::Truth { yes, no } => truth(yes, no),
            Op::Not(a) => {
                let (yes, no) = self.truth(a);
                truth(no, yes)
            }
            Op::And(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                truth(a.0 && b.0, a.1 || b.1)
            }
            Op::Or(a, b) => {
                let (a, b) = (self.truth(a), self.truth(b));
                truth(a.0 || b.0, a.1 && b.1)
            }
            Op::Surely(a) => {
                let (yes, _) = self.truth(a);
                truth(yes, !yes)
            }
            Op::Possibly(a) => {
                let (_, no) = self.truth(a);
                truth(!no, no)
            }
            Op::Verdict { yes, no } => truth(self.truth(yes).0, self.truth(no).0),
            Op::Indicate(a) => number(self.cells[a.index()].as_number()),
            // Those that look back are not computed here, and those across peers are columns by now.
            Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Alert { .. }
            | Op::Peers { .. } => number(f64::NAN),
        }
    }

    /// All operands are known, but the result is not a finite number; or a window says so.
    fn has_no_result(&self, op: Op, cell: NodeValue) -> bool {
        match (op, cell) {
            (Op::Along(along, _), NodeValue::Number(x)) => along.has_results() && x.is_infinite(),
            (Op::Paired(paired, ..), NodeValue::Number(x)) => {
                paired.has_results() && x.is_infinite()
            }
            (Op::Binary(Binary::Coalesce, ..), _) => false,
            (Op::Unary(..) | Op::Binary(..), NodeValue::Number(x)) => {
                !x.is_finite() && op.operands().all(|operand| !self.number(operand).is_nan())
            }
            _ => false,
        }
    }

    fn number(&self, id: NodeId) -> f64 {
        match self.cells[id.index()] {
            NodeValue::Number(x) => x,
            NodeValue::Truth { .. } => f64::NAN,
        }
    }

    fn truth(&self, id: NodeId) -> (bool, bool) {
        match self.cells[id.index()] {
            NodeValue::Truth { yes, no } => (yes, no),
            NodeValue::Number(_) => (false, false),
        }
    }
}

/// Rows one after the other, as a program goes through them: the columns of some nodes.
pub(crate) fn interpret(
    plan: &Plan,
    nodes: &[NodeId],
    source: &Source,
    range: Range<usize>,
    columns: &mut [&mut [f64]],
) -> FaultLog {
    let mut walk = Walk::new(plan, &form::needed(plan, nodes.iter().copied()));
    let mut log = FaultLog::new(plan.faults.len());
    for (place, row) in range.enumerate() {
        walk.row(source, row);
        for (column, node) in columns.iter_mut().zip(nodes) {
            if let (Some(cell), Some(value)) = (column.get_mut(place), walk.cell(*node)) {
                *cell = value.as_number();
            }
        }
        for &fault in &walk.faults {
            log.count(fault, 1);
            log.name_row(fault, row);
        }
    }
    log
}
