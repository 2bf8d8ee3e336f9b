//! One thread's way through its chunks.
//!
//! In: a chunk's columns. Out: the outputs' cells, and where operations were without a result. Kernels
//! go in turns of a few rows; the last rows of a chunk, fewer than a turn, pass through them in
//! copies, padded with the last row. Where a kernel counts something without a result, it is run
//! again over the rows one by one, until enough rows are named: it only reads what it does not
//! write, so that doing it again changes nothing.

use std::ops::Range;

use forewarn_plan::FaultId;

use super::NativeProgram;
use super::ahead::Ahead;
use super::along::{EntityLoop, PairLoop, entity_loop, pair_loop};
use super::function::Stream;
use super::jit::NativeKernel;
use super::lanes::ROWS;
use super::partition::Column;
use super::ring_run::RingRun;
use super::step::{Operand, Step, Task, TimeStep};
use super::together::EntityRows;
use crate::faults::{FIRST_ROWS, FaultLog};
use crate::rows::Source;

/// About how much memory the scratch columns of a chunk may take.
const SCRATCH_BYTES: usize = 1 << 20;
/// Where a program has rings, chunks may be so many times as long, to have entities side by side.
const LONGER: usize = 16;

/// A step's way through entities.
pub(super) enum Loop {
    Of(Box<dyn EntityLoop>),
    Pairs(Box<dyn PairLoop>),
}

/// The memory of one thread's way through its rows.
pub(super) struct Pass<'a> {
    pub program: &'a NativeProgram<'a>,
    pub source: &'a Source<'a>,
    /// A multiple of a turn.
    pub chunk: usize,
    /// Of the chunk, where the program looks along time.
    pub entities: Vec<EntityRows>,
    /// From one scratch column to the next; the one after the last holds the periods.
    stride: usize,
    scratch: Vec<f64>,
    /// By step; none for kernels and alerts.
    pub loops: Vec<Option<Loop>>,
    /// By step; none for all but rings.
    pub rings: Vec<Option<RingRun<'a>>>,
    /// By fault.
    counters: Vec<[i64; 2]>,
    /// A kernel's pointers.
    table: Vec<*mut f64>,
    /// The same for rows that are not a turn.
    padded: Vec<[f64; ROWS]>,
    /// Where in the chunk something was without a result, as far as rows are to be named.
    pub found: Vec<(FaultId, usize)>,
    needs_period: bool,
}

/// A chunk's columns from outside.
#[derive(Clone, Copy)]
pub(super) struct Outside<'a> {
    inputs: &'a [*const f64],
    outputs: &'a [*mut f64],
}

impl<'a> Pass<'a> {
    pub fn new(program: &'a NativeProgram, source: &'a Source, chunk: usize) -> Self {
        let columns = program.scratch + 1;
        let chunk = chunk.min(SCRATCH_BYTES / (8 * columns)).max(ROWS) / ROWS * ROWS;
        // Columns a power of two apart would compete for the same places of the cache.
        let stride = chunk + 8;
        let period = Column::Period;
        let needs_period = program.steps.iter().any(|step| match step {
            Step::Kernel(kernel) => program.code.kernels[*kernel]
                .streams
                .contains(&Stream::Column(period)),
            Step::Ring(ring) => program.code.kernels[ring.kernel]
                .streams
                .contains(&Stream::Column(period)),
            Step::Time(step) => step.reads(Operand::Column(period)),
        });
        let ring = |step: &Step| match step {
            Step::Ring(ring) => Some(RingRun::new(program, source, ring)),
            Step::Kernel(_) | Step::Time(_) => None,
        };
        let of_step = |step: &Step| match step {
            Step::Time(TimeStep {
                task: Task::Along { along, fault, .. },
                ..
            }) => {
                // Infinities are found again; nobody looks for missing ones.
                let none = fault.map_or(f64::NAN, |_| f64::INFINITY);
                Some(Loop::Of(entity_loop(*along, none)))
            }
            Step::Time(TimeStep {
                task: Task::Paired { op, fault, .. },
                ..
            }) => {
                let none = fault.map_or(f64::NAN, |_| f64::INFINITY);
                Some(Loop::Pairs(pair_loop(*op, none)))
            }
            Step::Kernel(_) | Step::Time(_) | Step::Ring(_) => None,
        };
        Self {
            program,
            source,
            chunk,
            entities: Vec::new(),
            stride,
            scratch: vec![0.0; stride * columns],
            loops: program.steps.iter().map(of_step).collect(),
            rings: program.steps.iter().map(ring).collect(),
            counters: vec![[0; 2]; program.plan.faults.len()],
            table: Vec::new(),
            padded: Vec::new(),
            found: Vec::new(),
            needs_period,
        }
    }

    /// The next chunk of whole entities, at least one: how many rows.
    pub fn next_entities(&mut self, row: usize, end: usize) -> usize {
        // Most panels have equally many periods of each entity.
        let mut probably = self.entities.pop().map_or(1, |before| before.rows.len());
        self.entities.clear();
        let mut rows = 0;
        let few = if self.program.has_rings() { ROWS } else { 0 };
        while row + rows < end {
            let next = self.source.end_of_entity(row + rows, probably).min(end) - row;
            let most = if self.entities.len() < few {
                self.chunk * LONGER
            } else {
                self.chunk
            };
            if next > most && rows > 0 {
                break;
            }
            probably = next - rows;
            self.entities.push(EntityRows {
                rows: rows..next,
                first: self.source.periods[row + rows],
                entity: self.source.entity_of[row + rows],
            });
            rows = next;
        }
        if rows > self.stride {
            self.stride = rows;
            let columns = self.program.scratch + 1;
            self.scratch.resize(self.stride * columns, 0.0);
        }
        rows
    }

    /// A chunk, straight from and to the columns. `outputs` point to as many cells.
    pub fn run(&mut self, rows: Range<usize>, outputs: &[*mut f64], log: &mut FaultLog) {
        self.fill_periods(rows.clone());
        let inputs: Vec<*const f64> = self
            .source
            .inputs
            .iter()
            .map(|column| column[rows.clone()].as_ptr())
            .collect();
        let outside = Outside {
            inputs: &inputs,
            outputs,
        };
        let program = self.program;
        let loops = self.loops.iter().flatten().count();
        let mut ahead = Ahead::new(
            inputs
                .iter()
                .copied()
                .chain(outputs.iter().map(|column| column.cast_const()))
                .map(|column| column.wrapping_add(rows.len())),
            rows.len(),
            loops * self.entities.len(),
        );
        for (place, step) in program.steps.iter().enumerate() {
            match step {
                Step::Kernel(kernel) => {
                    let kernel = &program.code.kernels[*kernel];
                    self.kernel(kernel, outside, rows.len(), log);
                }
                Step::Ring(_) => self.ring(place, outside, rows.clone(), log),
                Step::Time(step) => self.time(place, step, outside, &mut ahead, rows.len(), log),
            }
        }
        self.found.sort_unstable_by_key(|(_, row)| *row);
        for (fault, row) in self.found.drain(..) {
            log.name_row(fault, rows.start + row);
        }
    }

    pub fn column(&mut self, column: Column, outside: Outside) -> *mut f64 {
        let scratch = self.scratch.as_mut_ptr();
        match column {
            Column::Input(input) => outside.inputs[input as usize].cast_mut(),
            Column::Output(output) => outside.outputs[output as usize],
            Column::Scratch(slot) => scratch.wrapping_add(slot as usize * self.stride),
            Column::Period => scratch.wrapping_add(self.program.scratch * self.stride),
        }
    }

    fn kernel(&mut self, kernel: &NativeKernel, outside: Outside, rows: usize, log: &mut FaultLog) {
        let mut table = std::mem::take(&mut self.table);
        table.clear();
        table.extend(kernel.streams.iter().map(|stream| match *stream {
            Stream::Column(column) => self.column(column, outside),
            Stream::Counter(fault) => self.counters[fault.0 as usize].as_mut_ptr().cast(),
            // Rings are gone through by themselves.
            Stream::Ring(_) => std::ptr::null_mut(),
        }));
        let whole = rows / ROWS * ROWS;
        if whole > 0 {
            self.call(kernel, &table, whole);
            if self.counted(kernel) {
                let mut needs_rows = false;
                for &fault in &kernel.faults {
                    let count: i64 = self.counters[fault.0 as usize].iter().sum();
                    log.count(fault, count.unsigned_abs());
                    needs_rows |= count > 0 && log.needs_rows(fault);
                }
                if needs_rows {
                    self.name_rows(kernel, &table, whole, log);
                }
            }
        }
        if rows > whole {
            self.copied(kernel, &table, whole..rows);
            if self.counted(kernel) {
                for row in whole..rows {
                    self.copied(kernel, &table, row..row + 1);
                    for &fault in &kernel.faults {
                        let count: i64 = self.counters[fault.0 as usize].iter().sum();
                        // The one row was in all the lanes.
                        log.count(fault, count.unsigned_abs() / ROWS as u64);
                        if count > 0 && log.needs_rows(fault) {
                            self.found.push((fault, row));
                        }
                    }
                }
            }
        }
        self.table = table;
    }

    /// Did the last call count anything?
    fn counted(&self, kernel: &NativeKernel) -> bool {
        let mut faults = kernel.faults.iter();
        faults.any(|fault| self.counters[fault.0 as usize] != [0; 2])
    }

    /// Whole turns over the rows that a table points to. Counts from nothing.
    fn call(&mut self, kernel: &NativeKernel, table: &[*mut f64], rows: usize) {
        for fault in &kernel.faults {
            self.counters[fault.0 as usize] = [0; 2];
        }
        // SAFETY: the kernel reads and writes `rows` doubles, a multiple of a turn and not zero,
        // from each column in its table, and two numbers from each counter. Inputs and outputs
        // were sliced to at least `rows`, scratch columns are `stride >= rows` long, padded ones a
        // turn, and inputs are only read.
        #[allow(unsafe_code)]
        unsafe {
            (kernel.entry)(table.as_ptr(), rows * 8);
        }
    }

    /// At most a turn of rows, in copies; where there are fewer, the last one is repeated.
    fn copied(&mut self, kernel: &NativeKernel, table: &[*mut f64], rows: Range<usize>) {
        let mut padded = std::mem::take(&mut self.padded);
        padded.clear();
        padded.resize(table.len(), [0.0; ROWS]);
        let mut places = Vec::with_capacity(table.len());
        let columns = kernel.streams.iter().zip(table);
        for (cells, (stream, column)) in padded.iter_mut().zip(columns) {
            if let Stream::Column(_) = stream {
                for (lane, cell) in cells.iter_mut().enumerate() {
                    let row = (rows.start + lane).min(rows.end - 1);
                    // SAFETY: columns are at least as long as the chunk, which the row belongs to.
                    #[allow(unsafe_code)]
                    unsafe {
                        *cell = *column.add(row);
                    }
                }
                places.push(cells.as_mut_ptr());
            } else {
                places.push(*column);
            }
        }
        self.call(kernel, &places, ROWS);
        let columns = kernel.streams.iter().zip(table);
        for (cells, (stream, column)) in padded.iter().zip(columns) {
            if let Stream::Column(Column::Output(_) | Column::Scratch(_)) = stream {
                for (row, cell) in rows.clone().zip(cells) {
                    // SAFETY: as above, and outputs and scratch columns are this pass's to write.
                    #[allow(unsafe_code)]
                    unsafe {
                        *column.add(row) = *cell;
                    }
                }
            }
        }
        self.padded = padded;
    }

    /// Finds the first rows in which a kernel counts something.
    fn name_rows(
        &mut self,
        kernel: &NativeKernel,
        table: &[*mut f64],
        rows: usize,
        log: &FaultLog,
    ) {
        let mut left: Vec<(FaultId, usize)> = kernel
            .faults
            .iter()
            .filter(|fault| log.needs_rows(**fault) && self.counters[fault.0 as usize] != [0; 2])
            .map(|fault| (*fault, FIRST_ROWS))
            .collect();
        let mut moved = Vec::with_capacity(table.len());
        for turn in (0..rows).step_by(ROWS) {
            moved.clear();
            let places = kernel.streams.iter().zip(table);
            moved.extend(places.map(|(stream, place)| match stream {
                Stream::Column(_) => place.wrapping_add(turn),
                Stream::Counter(_) | Stream::Ring(_) => *place,
            }));
            self.call(kernel, &moved, ROWS);
            if !self.counted(kernel) {
                continue;
            }
            for row in turn..turn + ROWS {
                self.copied(kernel, table, row..row + 1);
                for (fault, left) in &mut left {
                    if *left > 0 && self.counters[fault.0 as usize] != [0; 2] {
                        self.found.push((*fault, row));
                        *left -= 1;
                    }
                }
            }
            if left.iter().all(|(_, left)| *left == 0) {
                break;
            }
        }
    }

    fn fill_periods(&mut self, rows: Range<usize>) {
        if !self.needs_period {
            return;
        }
        let start = self.program.scratch * self.stride;
        let column = &mut self.scratch[start..start + rows.len()];
        let mut periods = self.source.periods.iter().skip(rows.start);
        column.fill_with(|| periods.next().map_or(f64::NAN, |period| *period as f64));
    }
}
