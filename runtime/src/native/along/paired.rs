//! Loops that read two columns: a value, and what says where to look.
//!
//! In: both columns of an entity. Out: the operation's, in one way through them: a window since an event
//! keeps the part that it has so far and begins anew with each event.

use std::marker::PhantomData;

use forewarn_plan::along::{KnownPart, LastPart, LinePart, Paired, SpreadPart, WHOLE, Window};

use super::blocks::TakePart;
use super::entity_loop::Require;
use super::median::Median;
use super::parts::{Extreme, Total};

/// An operation's way through entities, over two columns.
pub trait PairLoop {
    /// Fills `results`, which is as long as `cells` and `by`, for an entity whose first period is `first`.
    fn entity(&mut self, first: i64, cells: &[f64], by: &[f64], results: &mut [f64]);
}

/// The loop of an operation. Where there is no result although enough is known, it puts `none`.
pub fn pair_loop(op: Paired, none: f64) -> Box<dyn PairLoop> {
    match op {
        Paired::At => Box::new(At),
        Paired::Since { what, require } => match what {
            Window::Sum => since::<Total<false>>(require, 0, none),
            Window::Mean => since::<Total<true>>(require, 0, none),
            Window::Min => since::<Extreme<false>>(require, 0, none),
            Window::Max => since::<Extreme<true>>(require, 0, none),
            Window::Last => since::<LastPart>(require, 0, none),
            Window::Known => since::<KnownPart>(0, 0, none),
            Window::StdDev => since::<SpreadPart>(require, 2, none),
            Window::Trend => since::<LinePart>(require, 2, none),
            Window::Median => Box::new(MedianSince(Median::new(WHOLE, require, none))),
        },
    }
}

fn since<P: TakePart + 'static>(require: u32, least: u32, none: f64) -> Box<dyn PairLoop> {
    Box::new(SinceEvent::<P> {
        require: Require::of(WHOLE, require),
        least,
        none,
        part: PhantomData,
    })
}

struct SinceEvent<P> {
    require: Require,
    /// At least so many known values, whatever is required.
    least: u32,
    none: f64,
    part: PhantomData<P>,
}

impl<P: TakePart> PairLoop for SinceEvent<P> {
    fn entity(&mut self, _: i64, cells: &[f64], by: &[f64], results: &mut [f64]) {
        let mut start = Start::default();
        let mut part = P::EMPTY;
        for (row, ((x, event), result)) in cells.iter().zip(by).zip(results).enumerate() {
            let Some(from) = start.take(row, *event) else {
                *result = f64::NAN;
                continue;
            };
            if from == row {
                part = P::EMPTY;
            }
            let place = row - from;
            part = part.take(i32::try_from(place).unwrap_or(i32::MAX), *x);
            let require = self.require.at(place).max(self.least);
            *result = part.result(require, self.none);
        }
    }
}

/// Where the window begins.
#[derive(Default)]
pub(super) struct Start(Option<usize>);

impl Start {
    /// Takes what a row says of the event: none where nobody knows where the window begins.
    pub fn take(&mut self, row: usize, event: f64) -> Option<usize> {
        if event == 1.0 {
            self.0 = Some(row);
        } else if event != 0.0 {
            self.0 = None;
        }
        self.0
    }
}

struct MedianSince(Median);

impl PairLoop for MedianSince {
    fn entity(&mut self, _: i64, cells: &[f64], by: &[f64], results: &mut [f64]) {
        let mut start = Start::default();
        self.0
            .windows(cells, results, |row| start.take(row, by[row]));
    }
}

struct At;

impl PairLoop for At {
    fn entity(&mut self, first: i64, cells: &[f64], by: &[f64], results: &mut [f64]) {
        for (row, (wanted, result)) in by.iter().zip(results).enumerate() {
            let now = first + i64::try_from(row).unwrap_or(0);
            let ago = now as f64 - wanted;
            let is_one = (0.0..(row + 1) as f64).contains(&ago) && ago.fract() == 0.0;
            let x = if is_one {
                cells[row - ago as usize]
            } else {
                f64::NAN
            };
            // Results hold one quiet NaN.
            *result = if x.is_nan() { f64::NAN } else { x };
        }
    }
}
