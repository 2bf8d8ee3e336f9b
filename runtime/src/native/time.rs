//! The steps that look along time, over a chunk of whole entities.
//!
//! In: the operand's column. Out: the operation's, or those of what is read of an alert, and where a
//! window was without a result.

use forewarn_plan::FaultId;
use forewarn_plan::alerts::{self, AlertState};

use super::ahead::Ahead;
use super::pass::{EntityRows, Outside, Pass};
use super::step::{Operand, Task, TimeStep};
use crate::faults::{FIRST_ROWS, FaultLog};

impl Pass<'_> {
    /// `place` is the step's among the program's, `rows` how many the chunk has.
    pub fn time(
        &mut self,
        place: usize,
        step: &TimeStep,
        outside: Outside,
        ahead: &mut Ahead,
        rows: usize,
        log: &mut FaultLog,
    ) {
        let constant;
        let cells: *const f64 = match step.operand {
            Operand::Column(column) => self.column(column, outside),
            Operand::Constant(x) => {
                constant = vec![x; rows];
                constant.as_ptr()
            }
        };
        // SAFETY: columns are at least as long as the chunk. The operand's is not the result's:
        // inputs are never written, an output holds one node, and a scratch column is not given
        // away before its last reader is done.
        #[allow(unsafe_code)]
        let cells = unsafe { std::slice::from_raw_parts(cells, rows) };
        match &step.task {
            Task::Along { to, fault, .. } => {
                let results = self.column(*to, outside);
                // SAFETY: as above.
                #[allow(unsafe_code)]
                let results = unsafe { std::slice::from_raw_parts_mut(results, rows) };
                let Some(entity_loop) = &mut self.loops[place] else {
                    return;
                };
                for EntityRows { rows, first } in &self.entities {
                    ahead.ask();
                    entity_loop.entity(*first, &cells[rows.clone()], &mut results[rows.clone()]);
                }
                if let Some(fault) = *fault {
                    without_result(results, fault, &mut self.found, log);
                }
            }
            Task::Alert { rule, parts } => {
                let parts: Vec<_> = parts
                    .iter()
                    .map(|&(part, to)| (part, self.column(to, outside)))
                    .collect();
                for EntityRows { rows, first } in &self.entities {
                    let mut state = AlertState::default();
                    for (period, row) in (*first..).zip(rows.clone()) {
                        let shown = alerts::step(rule, &mut state, cells[row], period);
                        for &(part, column) in &parts {
                            // SAFETY: as above.
                            #[allow(unsafe_code)]
                            unsafe {
                                *column.add(row) = shown.part(part);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is infinite becomes missing, and is told.
fn without_result(
    results: &mut [f64],
    fault: FaultId,
    found: &mut Vec<(FaultId, usize)>,
    log: &mut FaultLog,
) {
    // Most often there is nothing: a look at all of them, without a branch on each.
    let most = f64::MAX;
    if !results.iter().fold(false, |any, x| any | (x.abs() > most)) {
        return;
    }
    let mut left = FIRST_ROWS;
    for (row, result) in results.iter_mut().enumerate() {
        if result.is_infinite() {
            *result = f64::NAN;
            log.count(fault, 1);
            if left > 0 && log.needs_rows(fault) {
                found.push((fault, row));
                left -= 1;
            }
        }
    }
}
