//! Windows as merged parts, in time linear in rows.
//!
//! In: an entity's cells. Out: a window's result for each. Windows are cut where the period's number
//! is a multiple of their length, so between two cuts all windows share what comes after the earlier
//! cut, which grows row by row, and need of the block before it its last rows, fewer each time: those
//! are merged once per block, backwards. Results come in a loop of their own, which has no order to
//! keep and so takes several rows at once.

use forewarn_plan::along::{Part, finish};

use super::entity_loop::{EntityLoop, Require};

pub(super) struct Blocks<P> {
    over: u32,
    require: Require,
    /// At least so many known values, whatever is required.
    least: u32,
    /// In place of a result where there is none.
    none: f64,
    /// By row of a block: what its window has before the cut.
    before: Vec<P>,
    /// The same for the next block.
    next: Vec<P>,
    /// The windows whose results are still to come: the first so many.
    windows: Vec<P>,
    waiting: usize,
}

/// Results wait until there are about so many.
const TOGETHER: usize = 256;

/// A part that takes cells as they are.
pub(super) trait TakePart: Part {
    /// Takes a cell, unless it is missing.
    #[inline(always)]
    fn take(self, at: i32, x: f64) -> Self {
        if x.is_nan() { self } else { self.and(at, x) }
    }

    /// As [`finish`], but for what stands in place of a result where there is none.
    #[inline(always)]
    fn result(self, require: u32, none: f64) -> f64 {
        let value = finish(self, require);
        if value.is_infinite() { none } else { value }
    }
}

impl<P: TakePart> Blocks<P> {
    pub fn new(over: u32, require: u32, least: u32, none: f64) -> Self {
        Self {
            over,
            require: Require::of(over, require),
            least,
            none,
            before: Vec::new(),
            next: Vec::new(),
            windows: Vec::new(),
            waiting: 0,
        }
    }

    /// What the windows of the next block's `rows` rows have before the cut, out of `block`, the
    /// entity's rows before it, as far back as a window can reach.
    #[inline(always)]
    fn look_back(&mut self, block: &[f64], rows: usize) {
        // The last row of a full block sees nothing of the one before, the row before it one cell.
        let nearest = (self.over as usize - rows).min(block.len());
        let mut cells = (1..).zip(block.iter().rev());
        let mut part = P::EMPTY;
        if block.is_empty() {
            self.before.clear();
            self.before.resize(rows, part);
            return;
        }
        for (ago, x) in cells.by_ref().take(nearest) {
            part = part.take(-ago, *x);
        }
        self.before.clear();
        self.before.resize(rows, part);
        for before in self.before.iter_mut().rev().skip(1) {
            if let Some((ago, x)) = cells.next() {
                part = part.take(-ago, *x);
            }
            *before = part;
        }
    }

    /// A block that begins after the entity's beginning or ends before its end.
    #[inline(always)]
    fn part_of_block(&mut self, cells: &[f64], at: i32) {
        let windows = wait(&mut self.windows, &mut self.waiting, cells.len());
        let mut after = P::EMPTY;
        let rows = cells.iter().zip(&self.before).zip(windows);
        for (at, ((x, before), window)) in (at..).zip(rows) {
            after = after.take(at, *x);
            *window = before.merge(after);
        }
    }

    /// A full block, forwards for its own windows and at the same time backwards for the next
    /// block's: two sums that do not wait for each other.
    #[inline(always)]
    fn full_block(&mut self, cells: &[f64]) {
        let rows = cells.len();
        if self.next.len() < rows {
            self.next.resize(rows, P::EMPTY);
        }
        let windows = wait(&mut self.windows, &mut self.waiting, rows);
        let (mut after, mut back) = (P::EMPTY, P::EMPTY);
        let forwards = windows.iter_mut().zip(&self.before);
        let backwards = self.next[..rows].iter_mut().rev().zip(cells.iter().rev());
        let both = forwards.zip(backwards).zip(cells);
        for (row, (((window, before), (next, behind)), x)) in (0..).zip(both) {
            after = after.take(row, *x);
            *window = before.merge(after);
            // The next block's last window begins at its cut.
            *next = back;
            back = back.take(-1 - row, *behind);
        }
        std::mem::swap(&mut self.before, &mut self.next);
    }

    /// The results of the windows that wait; the last one's is `end`'s predecessor.
    #[inline(always)]
    fn results(&mut self, end: usize, results: &mut [f64]) {
        let start = end - self.waiting;
        self.waiting = 0;
        let results = results[start..end].iter_mut().zip(&self.windows);
        match self.require {
            Require::Known(require) => {
                let require = require.max(self.least);
                for (result, window) in results {
                    *result = window.result(require, self.none);
                }
            }
            Require::All => {
                for ((result, window), row) in results.zip(start..) {
                    let require = self.require.at(row).max(self.least);
                    *result = window.result(require, self.none);
                }
            }
        }
    }
}

/// Room for more windows.
#[inline(always)]
fn wait<'a, P: Part>(windows: &'a mut Vec<P>, waiting: &mut usize, more: usize) -> &'a mut [P] {
    let start = *waiting;
    *waiting += more;
    if windows.len() < *waiting {
        windows.resize(*waiting, P::EMPTY);
    }
    &mut windows[start..*waiting]
}

impl<P: TakePart> EntityLoop for Blocks<P> {
    #[inline(always)]
    fn entity(&mut self, first: i64, cells: &[f64], results: &mut [f64]) {
        let over = self.over as usize;
        // The first row's period counted from the cut before it, which the entity may not reach.
        let mut at = first.rem_euclid(i64::from(self.over));
        let mut start = 0;
        // Are the parts before the cut there already?
        let mut looked_back = false;
        while start < cells.len() {
            let rows = (cells.len() - start).min(over - at as usize);
            let block = &cells[start..start + rows];
            if !looked_back {
                self.look_back(&cells[start.saturating_sub(over)..start], rows);
            }
            looked_back = rows == over;
            if looked_back {
                self.full_block(block);
            } else {
                self.part_of_block(block, at as i32);
            }
            start += rows;
            at = 0;
            if self.waiting >= TOGETHER || start == cells.len() {
                self.results(start, results);
            }
        }
    }
}
