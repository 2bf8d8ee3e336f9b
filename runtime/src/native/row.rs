//! One row at a time, without allocating.
//!
//! In: a program that looks at no other row. Out: the same bits as over columns. Each column of the
//! program is one turn long, and all pointers are worked out once: evaluating a row is one call for
//! each kernel. The row stands in all lanes, as a chunk's last rows do.

use std::sync::Arc;

use super::NativeProgram;
use super::function::Stream;
use super::lanes::ROWS;
use super::partition::Column;
use super::step::Step;
use forewarn_plan::{FaultId, Plan};

/// A row's worth of memory for a program.
pub struct RowProgram {
    program: Arc<NativeProgram<'static>>,
    /// Inputs, outputs, scratch and the period, a turn each, in this order.
    cells: Box<[[f64; ROWS]]>,
    counters: Box<[[i64; 2]]>,
    /// By kernel: where its streams lie, into `cells` and `counters`.
    tables: Vec<Vec<*mut f64>>,
    inputs: usize,
    /// By output wanted: its place in `cells`.
    places: Vec<usize>,
}

// SAFETY: the pointers lead into memory that this value owns and nobody else sees.
#[allow(unsafe_code)]
unsafe impl Send for RowProgram {}

impl std::fmt::Debug for RowProgram {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowProgram")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

impl RowProgram {
    /// `None` where the program looks along time.
    #[must_use]
    pub fn new(program: Arc<NativeProgram<'static>>) -> Option<Self> {
        if program.looks_along_time() {
            return None;
        }
        let inputs = program.plan().inputs.len();
        let outputs = program.outputs.len();
        let scratch = program.scratch;
        let mut cells = vec![[f64::NAN; ROWS]; inputs + outputs + scratch + 1].into_boxed_slice();
        let mut counters = vec![[0_i64; 2]; program.plan().faults.len()].into_boxed_slice();
        let first = cells.as_mut_ptr();
        let first_counter = counters.as_mut_ptr();
        let place = |stream: &Stream| match *stream {
            Stream::Column(column) => {
                let at = match column {
                    Column::Input(input) => input as usize,
                    Column::Output(output) => inputs + output as usize,
                    Column::Scratch(slot) => inputs + outputs + slot as usize,
                    Column::Period => inputs + outputs + scratch,
                };
                first.wrapping_add(at).cast::<f64>()
            }
            Stream::Counter(fault) => first_counter.wrapping_add(fault.0 as usize).cast(),
            // There is none in what looks at no other row.
            Stream::Ring(_) => std::ptr::null_mut(),
        };
        let kernels = program.code.kernels.iter();
        let tables = kernels.map(|kernel| kernel.streams.iter().map(place).collect());
        let tables = tables.collect();
        let mut places: Vec<usize> = (inputs..inputs + outputs).collect();
        for &(place, from) in &program.copies {
            places[place] = inputs + from;
        }
        Some(Self {
            program,
            cells,
            counters,
            tables,
            inputs,
            places,
        })
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.program.plan()
    }

    /// The value of an input of the Plan, by its place; NaN is missing. It stays until it is set anew.
    #[inline]
    pub fn set(&mut self, input: usize, value: f64) {
        if let Some(cell) = self.cells.get_mut(input).filter(|_| input < self.inputs) {
            *cell = [value; ROWS];
        }
    }

    pub fn evaluate(&mut self) {
        let program = &*self.program;
        for step in &program.steps {
            if let Step::Kernel(kernel) = step {
                let table = &self.tables[*kernel];
                // SAFETY: the kernel goes through one turn of each column of its table, and two
                // numbers of each counter; all of them lie in memory of that size that `self` owns,
                // which has not moved since, being boxed.
                #[allow(unsafe_code)]
                unsafe {
                    (program.code.kernels[*kernel].entry)(table.as_ptr(), ROWS * 8);
                }
            }
        }
    }

    /// The value of an output wanted, by its place among them: NaN is missing, a truth is 1 or 0.
    #[inline]
    #[must_use]
    pub fn get(&self, wanted: usize) -> f64 {
        let cell = self.places.get(wanted).and_then(|at| self.cells.get(*at));
        cell.map_or(f64::NAN, |cell| cell[0])
    }

    /// Where operations were without a result since the last time that was asked.
    pub fn take_faults(&mut self) -> Vec<FaultId> {
        let counters = (0u32..).map(FaultId).zip(self.counters.iter_mut());
        let found = counters.filter(|(_, count)| **count != [0; 2]);
        found
            .map(|(fault, count)| {
                *count = [0; 2];
                fault
            })
            .collect()
    }
}
