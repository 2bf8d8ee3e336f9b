//! What is known of rows whose values have flown away: how many there were, and what their columns were like.

use super::traits::Traits;

/// Of a builder's rows, the first ones.
#[derive(Debug, Default)]
pub(super) struct Flown {
    pub(super) rows: usize,
    /// One for each input, once any row has flown.
    pub(super) traits: Vec<Traits>,
    /// The entity and period of the last row.
    pub(super) last: Option<(u32, i64)>,
}

impl Flown {
    /// Where the value of a row stands among those that are still here.
    pub(super) fn place(&self, row: usize) -> usize {
        row - self.rows
    }
}
