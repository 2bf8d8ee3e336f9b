//! What needs no more than the cell that enters a window and the one that leaves it.
//!
//! In: an entity's cells. Out: earlier cells; whether all or any of a window's are 1; how long ago
//! one was.

use super::entity_loop::{EntityLoop, Require};
use forewarn_plan::along::WHOLE;

/// The value that many periods earlier.
pub(super) struct Lag(pub usize);

impl EntityLoop for Lag {
    #[inline(always)]
    fn entity(&mut self, _: i64, cells: &[f64], results: &mut [f64]) {
        let (early, rest) = results.split_at_mut(self.0.min(cells.len()));
        early.fill(f64::NAN);
        for (result, x) in rest.iter_mut().zip(cells) {
            // Results hold one quiet NaN.
            *result = if x.is_nan() { f64::NAN } else { *x };
        }
    }
}

/// Whether any cell of a window is 1 (`ANY`), or any is 0.
pub(super) struct Decided<const ANY: bool> {
    over: usize,
    require: Require,
    /// By row, from the entity's beginning to before it: how many cells decide, and above
    /// [`KNOWN`] how many are known. A window's counts are the difference of two.
    counts: Vec<u64>,
}

/// Where in a pair of counts the known ones begin.
const KNOWN: u32 = 32;

impl<const ANY: bool> Decided<ANY> {
    const DECIDES: f64 = if ANY { 1.0 } else { 0.0 };

    pub fn new(over: u32, require: u32) -> Self {
        Self {
            over: over as usize,
            require: match Require::of(over, require) {
                Require::Known(WHOLE) => Require::Known(over),
                require @ (Require::Known(_) | Require::All) => require,
            },
            counts: Vec::new(),
        }
    }

    #[inline(always)]
    fn count(&mut self, cells: &[f64]) {
        self.counts.clear();
        self.counts.push(0);
        self.counts.extend(cells.iter().map(|x| {
            let known = u64::from(!x.is_nan()) << KNOWN;
            known | u64::from(*x == Self::DECIDES)
        }));
        let mut all = 0;
        for count in &mut self.counts {
            all += *count;
            *count = all;
        }
    }

    #[inline(always)]
    fn answer(window: u64, require: u32) -> f64 {
        let decided = window as u32 != 0;
        let enough = (window >> KNOWN) as u32 >= require;
        let otherwise = if enough {
            1.0 - Self::DECIDES
        } else {
            f64::NAN
        };
        if decided { Self::DECIDES } else { otherwise }
    }
}

impl<const ANY: bool> EntityLoop for Decided<ANY> {
    #[inline(always)]
    fn entity(&mut self, _: i64, cells: &[f64], results: &mut [f64]) {
        self.count(cells);
        let counts = self.counts.split_at(1).1;
        let (early, late) = results.split_at_mut(self.over.min(cells.len()));
        let windows = counts[early.len()..].iter().zip(counts);
        match self.require {
            Require::Known(require) => {
                for (result, window) in early.iter_mut().zip(counts) {
                    *result = Self::answer(*window, require);
                }
                for (result, (now, left)) in late.iter_mut().zip(windows) {
                    *result = Self::answer(now - left, require);
                }
            }
            Require::All => {
                for ((row, result), window) in early.iter_mut().enumerate().zip(counts) {
                    *result = Self::answer(*window, self.require.at(row));
                }
            }
        }
    }
}

/// How many periods ago a cell was last 1.
pub(super) struct Since;

impl EntityLoop for Since {
    #[inline(always)]
    fn entity(&mut self, _: i64, cells: &[f64], results: &mut [f64]) {
        const NEVER: usize = usize::MAX;
        let mut last = NEVER;
        for ((row, result), x) in results.iter_mut().enumerate().zip(cells) {
            let changed = if *x == 1.0 { row } else { NEVER };
            last = if *x == 0.0 { last } else { changed };
            let ago = row.wrapping_sub(last) as i64 as f64;
            *result = if last == NEVER { f64::NAN } else { ago };
        }
    }
}
