//! A Plan over rows that come in blocks and do not stay.
//!
//! In: blocks, in any order and on any thread. Out: a [`Piece`] of results for each, the same bits as over the
//! whole panel: that is so where every result rests on its own row alone.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use forewarn_plan::{InputKind, NodeId, Plan, Stage};

use crate::bind::{Block, BlockReader};
use crate::faults::{FaultCount, FaultLog};
use crate::form;
use crate::history::History;
use crate::native::{self, Level, NativeProgram};
use crate::rows::Source;
use crate::run::RunError;
use crate::stopwatch::Stopwatch;

/// A Plan made ready for rows that flow.
#[derive(Debug)]
pub struct Flow<'p> {
    plan: &'p Plan,
    wanted: Vec<usize>,
    program: NativeProgram<'p>,
    /// How long making it ready took.
    pub compile: Duration,
    evaluate: Mutex<Duration>,
}

/// The results of a block.
#[derive(Debug, Default)]
pub struct Piece {
    /// In the order wanted.
    pub columns: Vec<Vec<f64>>,
    nothing: Vec<f64>,
    faults: Option<FaultLog>,
}

/// What was without a result, piece by piece.
#[derive(Debug, Default)]
pub struct Faults {
    log: Option<FaultLog>,
    rows: usize,
}

/// Does every output wanted rest on its own row of the data alone?
#[must_use]
pub fn flows(plan: &Plan, wanted: &[usize]) -> bool {
    let outputs = wanted.iter().filter_map(|&output| plan.outputs.get(output));
    let roots: Vec<NodeId> = outputs.map(|output| output.node).collect();
    let nodes = form::needed(plan, roots.into_iter());
    let mut nodes = nodes.into_iter().filter_map(|id| plan.node(id));
    let inputs_stay = plan.inputs.iter().all(|input| {
        let alone = match input.kind {
            InputKind::Number
            | InputKind::Truth
            | InputKind::Level { .. }
            | InputKind::Category { .. } => true,
            // Of the keys, or settled once all rows are there.
            InputKind::Key { .. }
            | InputKind::Verification { .. }
            | InputKind::Applies { .. }
            | InputKind::Age { .. } => false,
        };
        alone && input.carry_forward.is_none() && input.expires.is_none()
    });
    // Where indicators do not apply is counted once all rows are there.
    let all_apply = plan.declarations.iter().all(|one| one.applies.is_none());
    inputs_stay
        && all_apply
        && plan.alerts.is_empty()
        && plan.peers.is_empty()
        && !plan.looks_along_time()
        && nodes.all(|node| node.op.stage() == Stage::RowLocal)
}

impl<'p> Flow<'p> {
    /// Makes machine code for these outputs, of a Plan that [`flows`].
    ///
    /// # Errors
    /// There can be none.
    pub fn new(plan: &'p Plan, wanted: Vec<usize>) -> Result<Self, RunError> {
        let start = Stopwatch::start();
        let program = NativeProgram::compile(plan, &wanted, Level::Full)?;
        Ok(Self {
            plan,
            wanted,
            program,
            compile: start.elapsed(),
            evaluate: Mutex::default(),
        })
    }

    /// The outputs, in the order in which results come.
    #[must_use]
    pub fn wanted(&self) -> &[usize] {
        &self.wanted
    }

    /// How long evaluating took so far, of all threads together.
    #[must_use]
    pub fn evaluated(&self) -> Duration {
        *self.evaluate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Evaluates a block; the piece's memory is used again.
    pub fn evaluate(&self, reader: &BlockReader<'_>, block: &Block, piece: &mut Piece) {
        let start = Stopwatch::start();
        let rows = block.rows();
        piece.nothing.resize(rows, f64::NAN);
        piece.columns.resize_with(self.wanted.len(), Vec::new);
        for column in &mut piece.columns {
            column.resize(rows, 0.0);
        }
        let source = Source {
            inputs: reader.columns(block, self.plan.inputs.len(), &piece.nothing),
            entity_of: &[],
            periods: block.periods(),
            history: &History::World,
        };
        let mut outputs: Vec<&mut [f64]> =
            piece.columns.iter_mut().map(Vec::as_mut_slice).collect();
        let chunk = native::chunk(self.plan);
        let log = self
            .program
            .evaluate_rows(&source, 0..rows, &mut outputs, chunk);
        piece.faults = Some(log);
        *self.evaluate.lock().unwrap_or_else(PoisonError::into_inner) += start.elapsed();
    }
}

impl Faults {
    /// Adds those of the next piece.
    pub fn append(&mut self, piece: &mut Piece) {
        let first = self.rows;
        self.rows += piece.columns.first().map_or(0, Vec::len);
        if let Some(later) = piece.faults.take() {
            let log = self.log.get_or_insert_with(|| later.empty());
            log.append_from(first, later);
        }
    }

    /// The places where something happened, in the order of the Plan.
    #[must_use]
    pub fn finish(self) -> Vec<FaultCount> {
        self.log.map_or_else(Vec::new, FaultLog::finish)
    }
}
