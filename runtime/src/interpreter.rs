//! What a Plan means, one row at a time.
//!
//! In: a well-formed Plan and one row of a panel. Out: the value of every node in that row. This is
//! the definition that explanations are read from and that native code must match bit for bit; it
//! is meant to be short and obvious, not fast.

#![allow(
    clippy::indexing_slicing,
    reason = "operands stand before their node and columns have every row: `form` checks both"
)]

use forewarn_compiler::plan::{Binary, FaultId, NodeId, Op, Plan, scalar};

use crate::form::{self, FormError};
use crate::panel::Panel;

/// The value of one node in one row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// NaN is missing.
    Number(f64),
    /// Surely yes, surely no, or neither: unknown. Never both.
    Truth { yes: bool, no: bool },
}

impl Cell {
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
}

/// Every node's value in one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowValues {
    cells: Vec<Cell>,
    /// Where an operation was without a result, in the order of the nodes.
    pub faults: Vec<FaultId>,
}

impl RowValues {
    #[must_use]
    pub fn cell(&self, node: NodeId) -> Option<Cell> {
        self.cells.get(node.index()).copied()
    }

    /// The number, where it is known; 1 and 0 for a truth.
    #[must_use]
    pub fn known(&self, node: NodeId) -> Option<f64> {
        self.cell(node).map(Cell::as_number).filter(|x| !x.is_nan())
    }
}

/// Evaluates rows.
#[derive(Clone, Copy, Debug)]
pub struct Interpreter;

impl Interpreter {
    /// One row, wholly.
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
        walk.row(&source, row);
        Ok(RowValues {
            cells: walk.cells,
            faults: walk.faults,
        })
    }
}

/// Where rows come from: the columns of a Plan's inputs and the periods as numbers.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    pub inputs: Vec<&'a [f64]>,
    /// Empty in a cross-section.
    pub periods: &'a [i64],
}

impl<'a> Source<'a> {
    #[must_use]
    pub fn of(panel: &'a Panel) -> Self {
        Self {
            inputs: panel.columns.iter().map(Vec::as_slice).collect(),
            periods: &panel.periods,
        }
    }
}

/// Evaluates some nodes of a Plan over rows, keeping its memory from row to row.
pub(crate) struct Walk<'a> {
    plan: &'a Plan,
    /// In the order of the Plan and closed: the operands of each stand before it.
    nodes: Vec<NodeId>,
    /// By node; what is not among `nodes` stays missing.
    cells: Vec<Cell>,
    /// Of the last row.
    pub faults: Vec<FaultId>,
}

impl<'a> Walk<'a> {
    pub fn new(plan: &'a Plan, nodes: Vec<NodeId>) -> Self {
        let cells = vec![Cell::Number(f64::NAN); plan.nodes.len()];
        Self {
            plan,
            nodes,
            cells,
            faults: Vec::new(),
        }
    }

    pub fn row(&mut self, source: &Source, row: usize) {
        self.faults.clear();
        for place in 0..self.nodes.len() {
            let id = self.nodes[place];
            let node = &self.plan.nodes[id.index()];
            let mut cell = self.evaluate(node.op, source, row);
            if let Some(fault) = node.checked
                && self.has_no_result(node.op, cell)
            {
                cell = Cell::Number(f64::NAN);
                self.faults.push(fault);
            }
            self.cells[id.index()] = cell;
        }
    }

    pub fn cell(&self, node: NodeId) -> Option<Cell> {
        self.cells.get(node.index()).copied()
    }

    fn evaluate(&self, op: Op, source: &Source, row: usize) -> Cell {
        let truth = |yes, no| Cell::Truth { yes, no };
        let number = Cell::Number;
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
        }
    }

    /// All operands are known, but the result is not a finite number.
    fn has_no_result(&self, op: Op, cell: Cell) -> bool {
        matches!(op, Op::Unary(..) | Op::Binary(..))
            && matches!(cell, Cell::Number(x) if !x.is_finite())
            && op.operands().all(|operand| !self.number(operand).is_nan())
            && !matches!(op, Op::Binary(Binary::Coalesce, ..))
    }

    fn number(&self, id: NodeId) -> f64 {
        match self.cells[id.index()] {
            Cell::Number(x) => x,
            Cell::Truth { .. } => f64::NAN,
        }
    }

    fn truth(&self, id: NodeId) -> (bool, bool) {
        match self.cells[id.index()] {
            Cell::Truth { yes, no } => (yes, no),
            Cell::Number(_) => (false, false),
        }
    }
}
