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
        let mut walk = Walk::new(plan, (0u32..).map(NodeId).take(plan.nodes.len()).collect());
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

/// What a walk knew of earlier rows at some places.
pub(crate) struct Remembered(Vec<(usize, Memory)>);

/// Evaluates some nodes of a Plan over rows, keeping its memory from row to row.
pub(crate) struct Walk<'a> {
    plan: Held<'a>,
    /// In the order of the Plan and closed: the operands of each stand before it.
    nodes: Vec<NodeId>,
    /// By node; what is not among `nodes` stays missing.
    cells: Vec<NodeValue>,
    /// By place among `nodes`.
    memory: Vec<Memory>,
    /// What remembers something of earlier rows: places among `nodes`.
    remembering: Vec<usize>,
    /// What rests on its own past: places among `nodes`.
    recalls: Vec<usize>,
    /// No row of the entity has been walked yet.
    fresh: bool,
    /// Of the last row.
    pub faults: Vec<FaultId>,
}

/// What a walk has come to, apart from its Plan: to go on from there.
#[derive(Debug)]
pub(crate) struct Halted {
    nodes: Vec<NodeId>,
    cells: Vec<NodeValue>,
    memory: Vec<Memory>,
    remembering: Vec<usize>,
    recalls: Vec<usize>,
    fresh: bool,
}

impl<'a> Walk<'a> {
    /// Goes on where a walk over the same Plan was halted.
    pub fn resumed(plan: &'a Plan, halted: Halted) -> Self {
        Self {
            plan: plan.into(),
            nodes: halted.nodes,
            cells: halted.cells,
            memory: halted.memory,
            remembering: halted.remembering,
            recalls: halted.recalls,
            fresh: halted.fresh,
            faults: Vec::new(),
        }
    }

    /// Halts it; what is left knows of no nodes.
    pub fn halted(&mut self) -> Halted {
        Halted {
            nodes: std::mem::take(&mut self.nodes),
            cells: std::mem::take(&mut self.cells),
            memory: std::mem::take(&mut self.memory),
            remembering: std::mem::take(&mut self.remembering),
            recalls: std::mem::take(&mut self.recalls),
            fresh: self.fresh,
        }
    }

    /// Takes over what another walk, over some of its nodes, remembers of earlier rows for some of these: `places` are
    /// the places in this walk and in the other. Gives what it remembered itself.
    pub fn remember_as(&mut self, other: &mut Walk<'_>, places: &[(usize, usize)]) -> Remembered {
        let swapped = places.iter().map(|(own, theirs)| {
            let taken = std::mem::replace(&mut other.memory[*theirs], Memory::Nothing);
            (*own, std::mem::replace(&mut self.memory[*own], taken))
        });
        Remembered(swapped.collect())
    }

    /// Remembers again what it did.
    pub fn recall(&mut self, remembered: Remembered) {
        for (place, memory) in remembered.0 {
            self.memory[place] = memory;
        }
    }

    pub fn new(plan: impl Into<Held<'a>>, nodes: Vec<NodeId>) -> Self {
        let plan = plan.into();
        let cells = vec![NodeValue::Number(f64::NAN); plan.nodes.len()];
        let start = |id: &NodeId| Memory::of(&plan.nodes[id.index()].op);
        let memory: Vec<Memory> = nodes.iter().map(start).collect();
        let remembering: Vec<usize> = (0..nodes.len())
            .filter(|place| !matches!(memory[*place], Memory::Nothing))
            .collect();
        let recalls = remembering.iter().copied();
        let recalls = recalls
            .filter(|place| matches!(memory[*place], Memory::Past(_)))
            .collect();
        Self {
            plan,
            nodes,
            cells,
            memory,
            remembering,
            recalls,
            fresh: true,
            faults: Vec::new(),
        }
    }

    /// Along time, an entity's rows come in order, the first one first.
    pub fn row(&mut self, source: &Source, row: usize) {
        self.faults.clear();
        if !self.remembering.is_empty() && source.is_first_of_entity(row) {
            self.begin(source, row);
        }
        self.pass_on(source, row);
        for place in 0..self.nodes.len() {
            self.step(place, source, row);
        }
    }

    /// Begins an entity with its first row: with what was before it.
    pub fn begin(&mut self, source: &Source, row: usize) {
        self.fresh = true;
        for place in &self.remembering {
            self.memory[*place].begin(&self.plan, self.nodes[*place], source, row);
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
            let id = self.nodes[*place];
            let op = self.plan.nodes[id.index()].op;
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
            match &mut self.memory[*place] {
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
        for at in 0..self.recalls.len() {
            let place = self.recalls[at];
            let Op::Recall(recall, _) = self.plan.nodes[self.nodes[place].index()].op else {
                continue;
            };
            let recall = &self.plan.recalls[recall as usize];
            let tail = source.history.tail(self.nodes[place], entity);
            let own = self.cells[recall.of.index()].as_number();
            let x = tail
                .zip(before)
                .map_or(own, |(tail, at)| tail.or_own(at, own));
            if let Memory::Past(cells) = &mut self.memory[place] {
                along::remember(cells, recall.gap, x);
            }
        }
    }

    /// The same in the row it stands in, as if that row were still to come: for trying out other
    /// values, set by [`Walk::put`].
    pub fn again(&mut self, source: &Source, row: usize, places: &[usize]) {
        self.faults.clear();
        for place in places {
            self.memory[*place].back();
            self.step(*place, source, row);
        }
    }

    /// Sets a node's value in the row it stands in.
    pub fn put(&mut self, node: NodeId, cell: NodeValue) {
        self.cells[node.index()] = cell;
    }

    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// What it has worked out of the last row.
    pub fn values(&self) -> RowValues {
        RowValues {
            cells: self.cells.clone(),
            faults: self.faults.clone(),
        }
    }

    fn step(&mut self, place: usize, source: &Source, row: usize) {
        let id = self.nodes[place];
        let node = &self.plan.nodes[id.index()];
        let (op, checked) = (node.op, node.checked);
        let mut cell = match op {
            Op::Along(_, of) | Op::Alert { conditions: of, .. } => {
                let of = (self.number(of), f64::NAN);
                let memory = &mut self.memory[place];
                NodeValue::Number(memory.looked((&self.plan, id), source, row, of))
            }
            Op::Paired(_, of, by) => {
                let both = (self.number(of), self.number(by));
                let memory = &mut self.memory[place];
                NodeValue::Number(memory.looked((&self.plan, id), source, row, both))
            }
            Op::Recall(recall, first) => {
                let recall = &self.plan.recalls[recall as usize];
                NodeValue::Number(match &self.memory[place] {
                    Memory::Past(cells) => {
                        let first = self.number(first);
                        along::recalled(cells, recall.ago, recall.gap, first)
                    }
                    Memory::Nothing
                    | Memory::Cells(_)
                    | Memory::Pairs(..)
                    | Memory::Alert { .. } => f64::NAN,
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
    let mut walk = Walk::new(plan, form::needed(plan, nodes.iter().copied()));
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
