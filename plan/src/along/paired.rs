//! Operations along time that read two numbers of each period: a value, and what says where to look.
//!
//! In: both columns of an entity, oldest first, up to the row's own period. Out: the operation's value
//! there. A window since an event is taken forwards from the event's period, so that evaluators keep one
//! part and begin anew with each event.

use super::{
    KnownPart, LastPart, LinePart, MaxPart, MeanPart, MinPart, Part, SpreadPart, SumPart, WHOLE,
    Window, finish, middle,
};

/// An operation along an entity's periods, of a value and of what says where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paired {
    /// A window from the last period in which the second number was 1, that period included. Missing
    /// where it never was, and where one that is missing comes after it: the window could begin there.
    /// `require` as of [`Along::Window`](super::Along::Window).
    Since { what: Window, require: u32 },
    /// The value in the period whose number is the second one; missing where that is none of the
    /// entity's periods so far.
    At,
}

impl Paired {
    /// Does an infinity say that there is no result? What else looks back hands on what it reads.
    #[must_use]
    pub fn has_results(self) -> bool {
        match self {
            Self::Since { .. } => true,
            Self::At => false,
        }
    }
}

/// The operation's value in the period `last`, which is that of the last cells. Both columns are of
/// the same length.
#[must_use]
pub fn paired(op: Paired, of: &[f64], by: &[f64], last: i64) -> f64 {
    match op {
        Paired::Since { what, require } => {
            let Some(start) = by.iter().rposition(|x| *x != 0.0) else {
                return f64::NAN;
            };
            match (by.get(start), of.get(start..)) {
                (Some(1.0), Some(cells)) => from_start(what, cells, require),
                _ => f64::NAN,
            }
        }
        Paired::At => {
            let wanted = by.last().copied().unwrap_or(f64::NAN);
            let ago = last as f64 - wanted;
            // A period that is no whole number, or missing, is none.
            if !(0.0..of.len() as f64).contains(&ago) || ago.fract() != 0.0 {
                return f64::NAN;
            }
            of.iter()
                .rev()
                .nth(ago as usize)
                .copied()
                .unwrap_or(f64::NAN)
        }
    }
}

/// A window's result from its cells, taken in their order.
pub(super) fn from_start(what: Window, cells: &[f64], require: u32) -> f64 {
    let require = if require == WHOLE {
        u32::try_from(cells.len()).unwrap_or(WHOLE)
    } else {
        require
    };
    match what {
        Window::Sum => forwards::<SumPart>(cells, require),
        Window::Mean => forwards::<MeanPart>(cells, require),
        Window::Min => forwards::<MinPart>(cells, require),
        Window::Max => forwards::<MaxPart>(cells, require),
        Window::Last => forwards::<LastPart>(cells, require),
        Window::Known => forwards::<KnownPart>(cells, 0),
        Window::StdDev => forwards::<SpreadPart>(cells, require.max(2)),
        Window::Trend => forwards::<LinePart>(cells, require.max(2)),
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

fn forwards<P: Part>(cells: &[f64], require: u32) -> f64 {
    let mut part = P::EMPTY;
    for (at, x) in (0..).zip(cells) {
        if !x.is_nan() {
            part = part.and(at, *x);
        }
    }
    finish(part, require)
}
