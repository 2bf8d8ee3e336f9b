//! Along time: what an operation makes of an entity's periods up to the row's own.
//!
//! A panel that a Plan looks along has every period of an entity from its first to its last, one
//! row each, gaps as rows of missing values; so "three periods ago" is three rows up. Operands and
//! results are numbers; truths go through as 1, 0 and missing.
//!
//! Windows are defined so that they can be computed in time linear in rows, without running sums,
//! which drift, and so that a result depends on the window's own values alone: a window of `n`
//! periods is cut where the period's number is a multiple of `n`. The part before the cut is taken
//! from the cut backwards, the part after it forwards, and the two are merged. The functions here
//! say that for one window; evaluators that keep the parts of neighbouring windows give the same
//! bits.

mod paired;
mod parts;
mod recalled;
mod spell;

pub use paired::{Paired, paired};
pub use parts::{
    KnownPart, LastPart, LinePart, MaxPart, MeanPart, MinPart, Part, SpreadPart, SumPart, finish,
};
pub use recalled::{Gap, Recall, Side, recalled, remember};
pub use spell::{OUTSIDE, OfSpell, Spell, spell, spells};

/// An operation along an entity's periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Along {
    /// The value that many periods earlier; missing before the entity's first period.
    Lag(u32),
    /// Over that many periods, the row's own the last: missing with fewer known values than
    /// `require`, which is at least 1.
    Window {
        what: Window,
        over: u32,
        require: u32,
    },
    /// Of 1, 0 and missing: 0 if any is 0; else 1 if at least `require` are known; else missing.
    /// Periods before the entity's first one are not known. `over` may be [`WHOLE`].
    Every { over: u32, require: u32 },
    /// Of 1, 0 and missing: 1 if any is 1; else 0 if at least `require` are known; else missing.
    Any { over: u32, require: u32 },
    /// Of 1, 0 and missing: how many periods ago it was last 1 (0: it is now); missing if it never
    /// was, or if a missing one comes after.
    Since,
}

impl Along {
    /// Does an infinity say that there is no result? What else looks back hands on what it reads.
    #[must_use]
    pub fn has_results(self) -> bool {
        match self {
            Self::Window { .. } => true,
            Self::Lag(_) | Self::Every { .. } | Self::Any { .. } | Self::Since => false,
        }
    }
}

impl Along {
    /// Does it read all of the entity's periods so far, be they in the data or before them?
    #[must_use]
    pub fn is_of_everything(self) -> bool {
        match self {
            Self::Window { over, .. } | Self::Every { over, .. } | Self::Any { over, .. } => {
                over == WHOLE
            }
            Self::Since => true,
            Self::Lag(_) => false,
        }
    }
}

/// In place of a window's length: all of the entity's periods so far. In place of what it requires:
/// every period of the window.
pub const WHOLE: u32 = u32::MAX;

/// What is made of the known values of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    Sum,
    /// The sum by the number of known values.
    Mean,
    Min,
    Max,
    /// The newest known value.
    Last,
    /// How many are known; never missing.
    Known,
    /// The sample standard deviation (by n - 1); missing with fewer than two known values.
    StdDev,
    /// The middle value, or the mean of the two in the middle.
    Median,
    /// The slope of the least-squares line through the known values, per period; missing with fewer
    /// than two.
    Trend,
}

/// A window's result from its cells, oldest first (fewer than `over` near the entity's beginning);
/// `last` is the period of the newest.
#[must_use]
pub fn window(what: Window, cells: &[f64], last: i64, over: u32, require: u32) -> f64 {
    let require = if require == WHOLE && over == WHOLE {
        u32::try_from(cells.len()).unwrap_or(WHOLE)
    } else {
        require
    };
    match what {
        Window::Sum => parts::<SumPart>(cells, last, over, require),
        Window::Mean => parts::<MeanPart>(cells, last, over, require),
        Window::Min => parts::<MinPart>(cells, last, over, require),
        Window::Max => parts::<MaxPart>(cells, last, over, require),
        Window::Last => parts::<LastPart>(cells, last, over, require),
        Window::Known => parts::<KnownPart>(cells, last, over, require),
        Window::StdDev => parts::<SpreadPart>(cells, last, over, require.max(2)),
        Window::Trend => parts::<LinePart>(cells, last, over, require.max(2)),
        Window::Median => {
            let mut known: Vec<f64> = cells.iter().copied().filter(|x| !x.is_nan()).collect();
            if known.len() < require as usize {
                return f64::NAN;
            }
            known.sort_unstable_by(f64::total_cmp);
            middle(&known)
        }
    }
}

/// The middle of sorted values, or the mean of the two in the middle; missing where there are none.
#[must_use]
pub fn middle(sorted: &[f64]) -> f64 {
    let high = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    if sorted.len() % 2 == 1 {
        return high;
    }
    let low = sorted.len() / 2;
    let low = low.checked_sub(1).and_then(|low| sorted.get(low)).copied();
    // Half of each first, so that the sum of two large values is finite.
    low.map_or(f64::NAN, |low| low / 2.0 + high / 2.0)
}

fn parts<P: Part>(cells: &[f64], last: i64, over: u32, require: u32) -> f64 {
    let after = (last.rem_euclid(i64::from(over)) + 1) as usize;
    let (before, after) = cells.split_at(cells.len().saturating_sub(after));
    let mut earlier = P::EMPTY;
    for (at, x) in (1..).zip(before.iter().rev()) {
        if !x.is_nan() {
            earlier = earlier.and(-at, *x);
        }
    }
    let mut later = P::EMPTY;
    // Near the entity's beginning, the first cell may stand some periods after the cut.
    let first = last.rem_euclid(i64::from(over)) + 1 - after.len() as i64;
    for (at, x) in (0..).zip(after) {
        if !x.is_nan() {
            later = later.and((first + at) as i32, *x);
        }
    }
    finish(earlier.merge(later), require)
}

/// `Every` (`decides` 0) and `Any` (`decides` 1) of the cells of a window.
#[must_use]
pub fn decided(cells: &[f64], decides: f64, over: u32, require: u32) -> f64 {
    if cells.contains(&decides) {
        return decides;
    }
    let known = cells.iter().filter(|x| !x.is_nan()).count();
    let all = if over == WHOLE {
        cells.len()
    } else {
        over as usize
    };
    let require = if require == WHOLE {
        all
    } else {
        require as usize
    };
    if known >= require {
        1.0 - decides
    } else {
        f64::NAN
    }
}

/// `Since`, of all cells so far, oldest first.
#[must_use]
pub fn since(cells: &[f64]) -> f64 {
    match cells.iter().rev().position(|x| *x != 0.0) {
        Some(ago) if cells.iter().rev().nth(ago) == Some(&1.0) => ago as f64,
        _ => f64::NAN,
    }
}
