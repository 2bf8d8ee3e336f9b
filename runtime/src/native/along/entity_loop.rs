//! What every loop along time is: a way through one entity after the other.

use forewarn_plan::along::WHOLE;

/// An operation's way through entities.
pub trait EntityLoop {
    /// Fills `results`, which is as long as `cells`, for an entity whose first period is `first`.
    fn entity(&mut self, first: i64, cells: &[f64], results: &mut [f64]);
}

/// How many known values a window requires.
#[derive(Clone, Copy, Debug)]
pub enum Require {
    Known(u32),
    /// All of the entity's periods so far.
    All,
}

impl Require {
    pub fn of(over: u32, require: u32) -> Self {
        if over == WHOLE && require == WHOLE {
            Self::All
        } else {
            Self::Known(require)
        }
    }

    /// In the entity's row of that number, from 0.
    pub fn at(self, row: usize) -> u32 {
        match self {
            Self::Known(require) => require,
            Self::All => u32::try_from(row + 1).unwrap_or(WHOLE),
        }
    }
}
