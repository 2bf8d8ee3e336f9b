//! Rows through a program.
//!
//! In: a program, the columns, a range of rows. Out: the outputs' columns over that range, and what
//! was without a result. A chunk of rows goes through all steps before the next one does, so that
//! what crosses steps stays in the cache. Where the program looks along time, a chunk is whole
//! entities.

use std::ops::Range;

use forewarn_plan::Plan;

use super::NativeProgram;
use super::pass::Pass;
use crate::faults::{FaultCount, FaultLog};
use crate::history::History;
use crate::rows::Source;

/// Rows in a chunk, unless told otherwise.
const CHUNK: usize = 1024;
/// The same where a Plan looks along time: each step goes through a column by itself, and hardware
/// takes a while to see that one is being walked.
const CHUNK_ALONG_TIME: usize = 4096;

/// A good number of rows for a chunk.
pub(crate) fn chunk(plan: &Plan) -> usize {
    if plan.looks_along_time() {
        CHUNK_ALONG_TIME
    } else {
        CHUNK
    }
}

impl NativeProgram<'_> {
    /// Evaluates all rows on this thread, for a Plan that does not look along time. `inputs` are the
    /// columns of the Plan's inputs, `periods` one for each row or empty, `outputs` the columns
    /// wanted, in the order they were wanted.
    ///
    /// # Panics
    /// When the columns are not all as long as the outputs, or the Plan looks along time.
    pub fn evaluate(
        &self,
        inputs: &[&[f64]],
        periods: &[i64],
        outputs: &mut [Vec<f64>],
    ) -> Vec<FaultCount> {
        assert!(
            !self.looks_along_time(),
            "which rows are an entity's is not told"
        );
        let rows = outputs.first().map_or(0, Vec::len);
        let source = Source {
            inputs: inputs.to_vec(),
            entity_of: &[],
            periods,
            history: &History::World,
        };
        let mut outputs: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
        self.evaluate_rows(&source, 0..rows, &mut outputs, CHUNK)
            .finish()
    }

    /// Evaluates a contiguous range of rows, of whole entities where the Plan looks along time.
    /// `outputs` are the columns wanted, in the order they were wanted, each as long as the range.
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
        let along_time = self.looks_along_time();
        assert!(
            outputs.len() == self.outputs.len()
                && source.inputs.len() >= self.plan.inputs.len()
                && outputs.iter().all(|column| column.len() == range.len())
                && source.inputs.iter().all(|column| column.len() >= range.end)
                && (!along_time || source.periods.len() >= range.end),
            "columns must cover the rows"
        );
        let mut log = FaultLog::new(self.plan.faults.len());
        let mut pass = Pass::new(self, source, chunk);
        let mut row = range.start;
        while row < range.end {
            let rows = if along_time {
                pass.next_entities(row, range.end)
            } else {
                pass.chunk.min(range.end - row)
            };
            let starts: Vec<*mut f64> = outputs
                .iter_mut()
                .map(|column| column[row - range.start..][..rows].as_mut_ptr())
                .collect();
            pass.run(row..row + rows, &starts, &mut log);
            row += rows;
        }
        for &(place, from) in &self.copies {
            let (before, after) = outputs.split_at_mut(place);
            after[0].copy_from_slice(before[from]);
        }
        log
    }
}
