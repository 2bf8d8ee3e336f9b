//! The steps that look along time, over a chunk of whole entities.
//!
//! In: the operand's column. Out: the operation's, or those of what is read of an alert, and where a
//! window was without a result.

use forewarn_plan::FaultId;
use forewarn_plan::alerts;

use super::ahead::Ahead;
use super::pass::{Loop, Outside, Pass};
use super::step::{Operand, Task, TimeStep};
use crate::faults::{FIRST_ROWS, FaultLog};
use crate::history::{Tail, even};

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
        let mut constant = Vec::new();
        let cells = self.cells(step.operand, outside, rows, &mut constant);
        match &step.task {
            Task::Along {
                node, to, fault, ..
            } => {
                let results = self.column(*to, outside);
                // SAFETY: as above.
                #[allow(unsafe_code)]
                let results = unsafe { std::slice::from_raw_parts_mut(results, rows) };
                let Some(Loop::Of(entity_loop)) = &mut self.loops[place] else {
                    return;
                };
                for own in &self.entities {
                    ahead.ask();
                    let (cells, results) =
                        (&cells[own.rows.clone()], &mut results[own.rows.clone()]);
                    match self.source.history.tail(*node, own.entity) {
                        None => entity_loop.entity(own.first, cells, results),
                        Some(tail) => {
                            let (all, before) = tail.joined(own.first, cells);
                            let mut of_all = vec![f64::NAN; all.len()];
                            let first = own.first - i64::try_from(before).unwrap_or(0);
                            entity_loop.entity(first, &all, &mut of_all);
                            results.copy_from_slice(&of_all[before..]);
                        }
                    }
                }
                if let Some(fault) = *fault {
                    without_result(results, fault, &mut self.found, log);
                }
            }
            Task::Paired {
                node,
                by,
                to,
                fault,
                ..
            } => {
                let mut constant = Vec::new();
                let by = self.cells(*by, outside, rows, &mut constant);
                let results = self.column(*to, outside);
                // SAFETY: as of what is read.
                #[allow(unsafe_code)]
                let results = unsafe { std::slice::from_raw_parts_mut(results, rows) };
                let Some(Loop::Pairs(pair_loop)) = &mut self.loops[place] else {
                    return;
                };
                for own in &self.entities {
                    ahead.ask();
                    let rows = own.rows.clone();
                    let (cells, by) = (&cells[rows.clone()], &by[rows.clone()]);
                    let results = &mut results[rows];
                    let tail = |side| self.source.history.tail_of(*node, side, own.entity);
                    let (of, other) = (tail(0), tail(1));
                    if of.is_none() && other.is_none() {
                        pair_loop.entity(own.first, cells, by, results);
                        continue;
                    }
                    let joined = |tail: Option<&Tail>, cells: &[f64]| match tail {
                        Some(tail) => tail.joined(own.first, cells).0,
                        None => cells.to_vec(),
                    };
                    let (mut cells, mut by) = (joined(of, cells), joined(other, by));
                    even(&mut cells, &mut by);
                    let before = cells.len() - results.len();
                    let mut of_all = vec![f64::NAN; cells.len()];
                    let first = own.first - i64::try_from(before).unwrap_or(0);
                    pair_loop.entity(first, &cells, &by, &mut of_all);
                    results.copy_from_slice(&of_all[before..]);
                }
                if let Some(fault) = *fault {
                    without_result(results, fault, &mut self.found, log);
                }
            }
            Task::Alert {
                alert,
                rule,
                reach,
                parts,
            } => {
                let parts: Vec<_> = parts
                    .iter()
                    .map(|&(part, to)| (part, self.column(to, outside)))
                    .collect();
                for own in &self.entities {
                    let history = self.source.history;
                    let mut state = history.state(rule, *alert, own.entity, own.first);
                    for (period, row) in (own.first..).zip(own.rows.clone()) {
                        let shown = alerts::step(rule, reach, &mut state, cells[row], period);
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

impl Pass<'_> {
    /// What a step reads. `constant` is where a column of one number is made.
    fn cells<'c>(
        &mut self,
        operand: Operand,
        outside: Outside,
        rows: usize,
        constant: &'c mut Vec<f64>,
    ) -> &'c [f64] {
        let cells: *const f64 = match operand {
            Operand::Column(column) => self.column(column, outside),
            Operand::Constant(x) => {
                constant.resize(rows, x);
                constant.as_ptr()
            }
        };
        // SAFETY: columns are at least as long as the chunk. What is read is not what is written:
        // inputs are never written, an output holds one node, and a scratch column is not given
        // away before its last reader is done.
        #[allow(unsafe_code)]
        unsafe {
            std::slice::from_raw_parts(cells, rows)
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
