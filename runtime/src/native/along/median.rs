//! The median of a sliding window.
//!
//! In: an entity's cells. Out: the middle value of each window. The entity's known values are sorted
//! once; the window is then a set of places in that order, kept as a binary indexed tree (P. Fenwick,
//! "A new data structure for cumulative frequency tables", Software: Practice and Experience 24,
//! 1994), which finds the k-th of them in logarithmic time.

use forewarn_plan::along::middle;

use super::entity_loop::{EntityLoop, Require};

pub(super) struct Median {
    over: usize,
    require: Require,
    /// In place of a result where there is none.
    none: f64,
    /// The rows with known values, by value.
    sorted: Vec<u32>,
    /// By row, its place in that order.
    place: Vec<u32>,
    /// How many of the places below each belong to the window; from 1, as binary indexed trees are.
    tree: Vec<u32>,
}

impl Median {
    pub fn new(over: u32, require: u32, none: f64) -> Self {
        Self {
            over: over as usize,
            require: Require::of(over, require),
            none,
            sorted: Vec::new(),
            place: Vec::new(),
            tree: Vec::new(),
        }
    }

    fn sort(&mut self, cells: &[f64]) {
        self.sorted.clear();
        let rows = (0u32..).zip(cells);
        self.sorted
            .extend(rows.filter(|(_, x)| !x.is_nan()).map(|(row, _)| row));
        self.sorted
            .sort_unstable_by(|a, b| cells[*a as usize].total_cmp(&cells[*b as usize]));
        self.place.clear();
        self.place.resize(cells.len(), 0);
        for (place, row) in (0u32..).zip(&self.sorted) {
            self.place[*row as usize] = place;
        }
        self.tree.clear();
        self.tree.resize(self.sorted.len() + 1, 0);
    }

    /// Takes a row into the window, or out of it.
    fn change(&mut self, row: usize, by: i32) {
        let mut at = self.place[row] as usize + 1;
        while let Some(count) = self.tree.get_mut(at) {
            *count = count.wrapping_add_signed(by);
            at += at & at.wrapping_neg();
        }
    }

    /// The value of that rank in the window, from 0.
    fn ranked(&self, cells: &[f64], rank: u32) -> f64 {
        let mut below = 0;
        let mut left = rank;
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            if let Some(&count) = self.tree.get(below + step)
                && count <= left
            {
                below += step;
                left -= count;
            }
            step /= 2;
        }
        self.sorted
            .get(below)
            .map_or(f64::NAN, |row| cells[*row as usize])
    }
}

impl Median {
    /// Windows that begin where `start` says, never before the last one's beginning; none where there is
    /// no beginning.
    pub fn windows(
        &mut self,
        cells: &[f64],
        results: &mut [f64],
        mut start: impl FnMut(usize) -> Option<usize>,
    ) {
        self.sort(cells);
        let mut known = 0u32;
        let mut from = 0;
        for (row, result) in results.iter_mut().enumerate() {
            if !cells[row].is_nan() {
                known += 1;
                self.change(row, 1);
            }
            let Some(begins) = start(row) else {
                *result = f64::NAN;
                continue;
            };
            while from < begins {
                if !cells[from].is_nan() {
                    known -= 1;
                    self.change(from, -1);
                }
                from += 1;
            }
            let value = if known == 0 || known < self.require.at(row - from) {
                f64::NAN
            } else if known % 2 == 1 {
                middle(&[self.ranked(cells, known / 2)])
            } else {
                let ranked = |rank| self.ranked(cells, rank);
                middle(&[ranked(known / 2 - 1), ranked(known / 2)])
            };
            // Results hold one quiet NaN.
            *result = match value {
                x if x.is_nan() => f64::NAN,
                x if x.is_infinite() => self.none,
                x => x,
            };
        }
    }
}

impl EntityLoop for Median {
    fn entity(&mut self, _: i64, cells: &[f64], results: &mut [f64]) {
        let over = self.over;
        self.windows(cells, results, |row| Some((row + 1).saturating_sub(over)));
    }
}
