//! Rows through kernels.
//!
//! In: a program, the columns, a range of rows. Out: the outputs' columns over that range, and what
//! was without a result. A chunk of rows goes through all kernels before the next one does, so that
//! what crosses kernels stays in the cache. The last few rows, fewer than a turn of the loop, pass
//! through the same kernels padded with missing values.

use std::ops::Range;

use forewarn_compiler::plan::{FaultId, NodeId};

use super::NativeProgram;
use super::function::Stream;
use super::lanes::ROWS;
use super::partition::Column;
use crate::faults::{FaultCount, FaultLog};
use crate::interpreter::{Source, Walk};

/// Rows in a chunk, unless told otherwise.
pub(crate) const CHUNK: usize = 1024;
/// About how much memory the scratch columns of a chunk may take.
const SCRATCH_BYTES: usize = 1 << 20;

impl NativeProgram<'_> {
    /// Evaluates all rows on this thread. `inputs` are the columns of the Plan's inputs, `periods`
    /// one for each row or empty, `outputs` the columns wanted, in the order they were wanted.
    ///
    /// # Panics
    /// When the columns are not all as long as the outputs.
    pub fn evaluate(
        &self,
        inputs: &[&[f64]],
        periods: &[i64],
        outputs: &mut [Vec<f64>],
    ) -> Vec<FaultCount> {
        let rows = outputs.first().map_or(0, Vec::len);
        let source = Source {
            inputs: inputs.to_vec(),
            periods,
        };
        let mut outputs: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.evaluate_rows(&source, 0..rows, &mut outputs, CHUNK)
            .finish()
    }

    /// Evaluates a contiguous range of rows. `outputs` are the columns wanted, in the order they
    /// were wanted, each as long as the range.
    ///
    /// # Panics
    /// When a column is shorter than the range asks for: the caller's mistake, never the data's.
    pub(crate) fn evaluate_rows(
        &self,
        source: &Source,
        range: Range<usize>,
        outputs: &mut [&mut [f64]],
        chunk: usize,
    ) -> FaultLog {
        assert!(
            outputs.len() == self.outputs.len()
                && source.inputs.len() >= self.plan.inputs.len()
                && outputs.iter().all(|column| column.len() == range.len())
                && source.inputs.iter().all(|column| column.len() >= range.end),
            "columns must cover the rows"
        );
        let mut log = FaultLog::new(self.plan.faults.len());
        let mut pass = Pass::new(self, source, chunk);
        let mut row = range.start;
        while range.end - row >= ROWS {
            let rows = pass.chunk.min((range.end - row) / ROWS * ROWS);
            let starts: Vec<*mut f64> = outputs
                .iter_mut()
                .map(|column| column[row - range.start..][..rows].as_mut_ptr())
                .collect();
            pass.run(row, rows, &starts, &mut log);
            row += rows;
        }
        if row < range.end {
            pass.run_tail(row..range.end, row - range.start, outputs, &mut log);
        }
        for &(place, from) in &self.copies {
            let (before, after) = outputs.split_at_mut(place);
            after[0].copy_from_slice(before[from]);
        }
        log
    }
}

/// The memory of one thread's way through its rows.
struct Pass<'a> {
    program: &'a NativeProgram<'a>,
    source: &'a Source<'a>,
    /// A multiple of a turn.
    chunk: usize,
    /// From one scratch column to the next; the one after the last holds the periods.
    stride: usize,
    scratch: Vec<f64>,
    /// By fault.
    counters: Vec<[i64; 2]>,
    /// A kernel's pointers.
    table: Vec<*mut f64>,
    needs_period: bool,
}

impl<'a> Pass<'a> {
    fn new(program: &'a NativeProgram, source: &'a Source, chunk: usize) -> Self {
        let columns = program.scratch + 1;
        let chunk = chunk.min(SCRATCH_BYTES / (8 * columns)).max(ROWS) / ROWS * ROWS;
        // Columns a power of two apart would compete for the same places of the cache.
        let stride = chunk + 8;
        let needs_period = program
            .code
            .kernels
            .iter()
            .any(|kernel| kernel.streams.contains(&Stream::Column(Column::Period)));
        Self {
            program,
            source,
            chunk,
            stride,
            scratch: vec![0.0; stride * columns],
            counters: vec![[0; 2]; program.plan.faults.len()],
            table: Vec::new(),
            needs_period,
        }
    }

    /// A full turn or more, straight from and to the columns.
    fn run(&mut self, row: usize, rows: usize, outputs: &[*mut f64], log: &mut FaultLog) {
        self.fill_periods(row, rows);
        let inputs: Vec<*const f64> = self
            .source
            .inputs
            .iter()
            .map(|column| column[row..][..rows].as_ptr())
            .collect();
        self.call(&inputs, outputs, rows);
        // Several nodes may count at one place.
        for sites in self.program.faults.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(fault, _)) = sites.first() else {
                continue;
            };
            let count: i64 = self.counters[fault.0 as usize].iter().sum();
            if count > 0 {
                log.count(fault, count.unsigned_abs());
                if log.needs_rows(fault) {
                    self.name_rows(sites, row..row + rows, log);
                }
            }
        }
    }

    /// Less than a turn, through padded copies. What has no result is left to the interpreter, so
    /// that the padding is not counted.
    fn run_tail(
        &mut self,
        rows: Range<usize>,
        place: usize,
        outputs: &mut [&mut [f64]],
        log: &mut FaultLog,
    ) {
        self.fill_periods(rows.start, rows.len());
        let padded: Vec<[f64; ROWS]> = self
            .source
            .inputs
            .iter()
            .map(|column| {
                let mut cells = column[rows.clone()].iter();
                std::array::from_fn(|_| cells.next().copied().unwrap_or(f64::NAN))
            })
            .collect();
        let inputs: Vec<*const f64> = padded.iter().map(|cells| cells.as_ptr()).collect();
        let mut results = vec![[0.0; ROWS]; outputs.len()];
        let starts: Vec<*mut f64> = results.iter_mut().map(|cells| cells.as_mut_ptr()).collect();
        self.call(&inputs, &starts, ROWS);
        for (column, cells) in outputs.iter_mut().zip(&results) {
            column[place..].copy_from_slice(&cells[..rows.len()]);
        }
        if !self.program.faults.is_empty() {
            let mut walk = self
                .program
                .walk(self.program.faults.iter().map(|(_, node)| *node));
            for row in rows {
                walk.row(self.source, row);
                for &fault in &walk.faults {
                    log.count(fault, 1);
                    log.name_row(fault, row);
                }
            }
        }
    }

    fn call(&mut self, inputs: &[*const f64], outputs: &[*mut f64], rows: usize) {
        self.counters.fill([0; 2]);
        let Self {
            program,
            scratch,
            counters,
            table,
            stride,
            ..
        } = self;
        let scratch = scratch.as_mut_ptr();
        for kernel in &program.code.kernels {
            table.clear();
            table.extend(kernel.streams.iter().map(|stream| match *stream {
                Stream::Column(Column::Input(input)) => inputs[input as usize].cast_mut(),
                Stream::Column(Column::Output(output)) => outputs[output as usize],
                Stream::Column(Column::Scratch(slot)) => {
                    scratch.wrapping_add(slot as usize * *stride)
                }
                Stream::Column(Column::Period) => scratch.wrapping_add(program.scratch * *stride),
                Stream::Counter(fault) => counters[fault.0 as usize].as_mut_ptr().cast(),
            }));
            // SAFETY: the kernel reads and writes `rows` doubles, a multiple of a turn and not zero,
            // from each column in its table, and two numbers from each counter. Inputs and outputs
            // were sliced to `rows`, scratch columns are `stride >= chunk >= rows` long, and inputs
            // are only read.
            #[allow(unsafe_code)]
            unsafe {
                (kernel.entry)(table.as_ptr(), rows * 8);
            }
        }
    }

    fn fill_periods(&mut self, row: usize, rows: usize) {
        if !self.needs_period {
            return;
        }
        let start = self.program.scratch * self.stride;
        let column = &mut self.scratch[start..start + self.chunk];
        column.fill(f64::NAN);
        for (cell, period) in column
            .iter_mut()
            .zip(self.source.periods.iter().skip(row).take(rows))
        {
            *cell = *period as f64;
        }
    }

    /// Finds the rows of a chunk in which a fault was counted.
    fn name_rows(&self, sites: &[(FaultId, NodeId)], rows: Range<usize>, log: &mut FaultLog) {
        let Some(&(fault, _)) = sites.first() else {
            return;
        };
        let mut walk = self.program.walk(sites.iter().map(|(_, node)| *node));
        for row in rows {
            walk.row(self.source, row);
            if walk.faults.contains(&fault) {
                log.name_row(fault, row);
                if !log.needs_rows(fault) {
                    break;
                }
            }
        }
    }
}

impl NativeProgram<'_> {
    fn walk(&self, nodes: impl Iterator<Item = NodeId>) -> Walk<'_> {
        Walk::new(self.plan, crate::form::needed(self.plan, nodes))
    }
}
