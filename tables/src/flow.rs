//! Rows that flow from a file through the rules into a file, and do not stay in memory.
//!
//! In: rules whose results rest on their own row, a place to write to, and blocks of rows as the reader of a
//! file has them. Out: the file of results, as it would be written of the whole panel. Where rows turn out not
//! to flow (they are not in the panel's order, or something in them wants telling at length), the reader
//! gives up and reads the file again as a whole; what was written by then is of no use.

use crate::flows::Flows;
use crate::format::Format;
use crate::options::threads;
use crate::write::rows::{ROWS, RowsWriter, grows};
use forewarn_runtime::faults::FaultCount;
use forewarn_runtime::flow::{Faults, Flow, Piece};
use forewarn_runtime::result_table::{ResultColumn, ResultTable};
use std::cell::RefCell;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// A file of results that grows as rows flow.
pub struct Flowing<'f, W: Write + Send> {
    flow: Flow<'f>,
    /// Without values, one for each output that is evaluated.
    columns: Vec<ResultColumn>,
    format: Format,
    threads: usize,
    state: RefCell<State<W>>,
}

struct State<W: Write + Send> {
    /// Until it is written to.
    out: Option<W>,
    writer: Option<RowsWriter<W>>,
    /// Rows that wait to be a batch.
    waiting: Option<ResultTable>,
    faults: Faults,
    write: Duration,
    stage: Stage,
}

enum Stage {
    Open,
    Done,
    GivenUp,
    Failed(io::Error),
}

/// What came of rows that flowed.
#[derive(Debug)]
pub struct Flown {
    pub faults: Vec<FaultCount>,
    pub compile: Duration,
    /// Of all threads together.
    pub evaluate: Duration,
    pub write: Duration,
}

impl<'f, W: Write + Send> Flowing<'f, W> {
    /// Can results in this form flow?
    #[must_use]
    pub fn fits(format: Format) -> bool {
        grows(format)
    }

    /// `columns` are those of the outputs that `flow` evaluates, as they are to be written; at most so many
    /// threads, or as many as the machine has for 0.
    pub fn new(
        flow: Flow<'f>,
        columns: Vec<ResultColumn>,
        out: W,
        format: Format,
        most_threads: usize,
    ) -> Self {
        Self {
            flow,
            columns,
            format,
            threads: threads(most_threads),
            state: RefCell::new(State {
                out: Some(out),
                writer: None,
                waiting: None,
                faults: Faults::default(),
                write: Duration::ZERO,
                stage: Stage::Open,
            }),
        }
    }

    /// What came of it; none where rows did not flow.
    ///
    /// # Errors
    /// What the system says of the file that is written.
    pub fn finish(self) -> io::Result<Option<Flown>> {
        let state = self.state.into_inner();
        match state.stage {
            Stage::Open | Stage::GivenUp => Ok(None),
            Stage::Failed(error) => Err(error),
            Stage::Done => Ok(Some(Flown {
                faults: state.faults.finish(),
                compile: self.flow.compile,
                evaluate: self.flow.evaluated(),
                write: state.write,
            })),
        }
    }

    fn put(&self, state: &mut State<W>, mut keys: ResultTable, piece: &Piece) -> io::Result<()> {
        let columns = self.columns.iter().cloned();
        keys.columns = columns.collect();
        for (column, values) in keys.columns.iter_mut().zip(&piece.columns) {
            // A zero loses its sign, as in any table of results.
            column.values = values.iter().map(|value| value + 0.0).collect();
        }
        match &mut state.waiting {
            None => state.waiting = Some(keys),
            Some(waiting) => waiting.append(keys),
        }
        while state
            .waiting
            .as_ref()
            .is_some_and(|table| table.rows() >= ROWS)
        {
            let rest = state.waiting.as_mut().map(|table| table.split_off(ROWS));
            let whole = std::mem::replace(&mut state.waiting, rest);
            self.write(state, whole)?;
        }
        Ok(())
    }

    fn write(&self, state: &mut State<W>, table: Option<ResultTable>) -> io::Result<()> {
        let Some(table) = table else {
            return Ok(());
        };
        let start = Instant::now();
        if let Some(out) = state.out.take() {
            state.writer = Some(RowsWriter::new(out, self.format, &table, self.threads)?);
        }
        let written = match &mut state.writer {
            Some(writer) if table.rows() > 0 => writer.rows(&table),
            _ => Ok(()),
        };
        state.write += start.elapsed();
        written
    }
}

impl<W: Write + Send> Flows for Flowing<'_, W> {
    fn evaluator(&self) -> &Flow<'_> {
        &self.flow
    }

    fn take(&self, keys: ResultTable, piece: &mut Piece) -> bool {
        let mut state = self.state.borrow_mut();
        state.faults.append(piece);
        if let Err(error) = self.put(&mut state, keys, piece) {
            state.stage = Stage::Failed(error);
            return false;
        }
        true
    }

    fn end(&self) {
        let mut state = self.state.borrow_mut();
        let last = state.waiting.take();
        let mut ended = self.write(&mut state, last);
        if let (Ok(()), Some(writer)) = (&ended, state.writer.take()) {
            let start = Instant::now();
            ended = writer.finish();
            state.write += start.elapsed();
        }
        state.stage = match ended {
            Ok(()) => Stage::Done,
            Err(error) => Stage::Failed(error),
        };
    }

    fn give_up(&self) {
        self.state.borrow_mut().stage = Stage::GivenUp;
    }

    fn is_open(&self) -> bool {
        matches!(self.state.borrow().stage, Stage::Open)
    }
}
