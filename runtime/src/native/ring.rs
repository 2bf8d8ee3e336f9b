//! A ring's way through a chunk: from period to period, some entities side by side.
//!
//! In: a chunk's columns, row by row. Out: the same of what the ring writes, and where operations were without a result.
//! As many entities as a turn has lanes go together, each from its first period on; a block of periods is brought from
//! the columns into turns, gone through by the ring's kernel, and brought back. What is read of earlier periods stands
//! before the block. Lanes without an entity, or whose entity has ended, go through missing values, and nobody reads
//! what comes of it.

use std::ops::Range;

use forewarn_plan::FaultId;

use super::lanes::ROWS;
use super::pass::{Outside, Pass};
use super::ring_run::RingRun;
use super::together::{BLOCK, CELLS, Together, rows};
use crate::faults::FaultLog;

impl Pass<'_> {
    /// `place` is the step's among the program's, `rows` are the chunk's.
    pub fn ring(&mut self, place: usize, outside: Outside, rows: Range<usize>, log: &mut FaultLog) {
        let Some(mut run) = self.rings[place].take() else {
            return;
        };
        // Entities of about the same length go together.
        let mut entities = self.entities.clone();
        entities.sort_by_key(|own| std::cmp::Reverse(own.rows.len()));
        for own in entities.chunks(ROWS) {
            let together: Together = std::array::from_fn(|lane| own.get(lane).cloned());
            self.together(&mut run, outside, rows.start, &together, log);
        }
        self.rings[place] = Some(run);
    }

    fn together(
        &mut self,
        run: &mut RingRun,
        outside: Outside,
        start: usize,
        of: &Together,
        log: &mut FaultLog,
    ) {
        let program = self.program;
        let turns = of.iter().flatten().map(|own| own.rows.len());
        let turns = turns.max().unwrap_or(0);
        run.begin(self.source, program.plan(), start, of, turns);
        let handed = run.pasts.iter().map(|past| past.handed_turns(of));
        let handed = handed.max().unwrap_or(0);
        for first in (0..turns).step_by(BLOCK) {
            let many = BLOCK.min(turns - first);
            for at in 0..run.reads.len() {
                let (place, column) = run.reads[at];
                let column = self.column(column, outside);
                bring(column, of, first, many, run.block(place));
            }
            for at in 0..run.pasts.len() {
                if let Some(place) = run.pasts[at].nothing {
                    let block = &mut run.blocks[place * CELLS..][..CELLS];
                    run.pasts[at].say_nothing(first, block);
                }
            }
            let mut turn = 0;
            while turn < many && first + turn < handed {
                self.turns(run, turn..turn + 1);
                for past in &mut run.pasts {
                    past.hand(of, first + turn, turn);
                }
                turn += 1;
            }
            self.turns(run, turn..many);
            for at in 0..run.writes.len() {
                let (place, column) = run.writes[at];
                let column = self.column(column, outside);
                bring_back(run.block(place), of, first, many, column);
            }
            for at in 0..run.faults.len() {
                let (place, fault) = run.faults[at];
                self.without_result(run.block(place), of, first, many, fault, log);
            }
            for past in &mut run.pasts {
                past.pass_on(many);
            }
        }
    }

    /// Goes through some turns of a block.
    fn turns(&self, run: &mut RingRun, turns: Range<usize>) {
        if turns.is_empty() {
            return;
        }
        run.point(turns.start);
        let kernel = &self.program.code.kernels[run.kernel];
        // SAFETY: the kernel goes through as many turns of each stream of its table, not none. Those are blocks, which
        // have `BLOCK` turns; what is read and put down of a past, which has `BLOCK` turns behind those that are read
        // first, of which there is at least one; and memories of nodes, which it hands on. All of it belongs to `run`,
        // and nothing of it moves meanwhile.
        #[allow(unsafe_code)]
        unsafe {
            (kernel.entry)(run.table.as_ptr(), turns.len() * ROWS * 8);
        }
    }

    fn without_result(
        &mut self,
        block: &[f64],
        of: &Together,
        first: usize,
        many: usize,
        fault: FaultId,
        log: &mut FaultLog,
    ) {
        // Most often there is nothing: a look at all of them, without a branch on each.
        let met = block[..many * ROWS].iter();
        if met.fold(0, |any, x| any | x.to_bits()) == 0 {
            return;
        }
        for (lane, own) in of.iter().enumerate() {
            let Some(own) = own else { continue };
            for (turn, row) in own.rows.clone().skip(first).take(many).enumerate() {
                if block[turn * ROWS + lane].to_bits() != 0 {
                    log.count(fault, 1);
                    if log.needs_rows(fault) {
                        self.found.push((fault, row));
                    }
                }
            }
        }
    }
}

/// Brings a column's rows into a block of turns.
fn bring(column: *const f64, of: &Together, first: usize, many: usize, block: &mut [f64]) {
    for lane in 0..ROWS {
        let cells = rows(of, lane, first, many).map_or(&[][..], |rows| {
            // SAFETY: columns are at least as long as the chunk, which the entity's rows belong to, and nothing writes
            // to this one meanwhile.
            #[allow(unsafe_code)]
            unsafe {
                std::slice::from_raw_parts(column.wrapping_add(rows.start), rows.len())
            }
        });
        let (own, after) = block[..many * ROWS].split_at_mut(cells.len() * ROWS);
        for (cell, x) in own.iter_mut().skip(lane).step_by(ROWS).zip(cells) {
            *cell = *x;
        }
        for cell in after.iter_mut().skip(lane).step_by(ROWS) {
            *cell = f64::NAN;
        }
    }
}

/// Brings what a block says of each entity's periods into the rows of a column.
fn bring_back(block: &[f64], of: &Together, first: usize, many: usize, column: *mut f64) {
    for lane in 0..ROWS {
        let Some(rows) = rows(of, lane, first, many) else {
            continue;
        };
        // SAFETY: as above, and outputs and scratch columns are this pass's to write.
        #[allow(unsafe_code)]
        let cells =
            unsafe { std::slice::from_raw_parts_mut(column.wrapping_add(rows.start), rows.len()) };
        let turns = block.iter().skip(lane).step_by(ROWS);
        for (cell, x) in cells.iter_mut().zip(turns) {
            *cell = *x;
        }
    }
}
