//! Entities that go through a ring side by side, and the blocks of periods that they go through.

use std::ops::Range;

use super::lanes::ROWS;

/// An entity's rows within a chunk.
#[derive(Clone, Debug)]
pub(super) struct EntityRows {
    pub rows: Range<usize>,
    /// Its first period.
    pub first: i64,
    /// Its place among the panel's.
    pub entity: u32,
}

/// Periods that are brought into turns at a time: what they take stays in the nearest cache.
pub(super) const BLOCK: usize = 64;
/// Doubles of a block.
pub(super) const CELLS: usize = BLOCK * ROWS;
/// Entities side by side.
pub(super) type Together = [Option<EntityRows>; ROWS];

/// The rows of a lane's entity in some turns.
pub(super) fn rows(of: &Together, lane: usize, first: usize, many: usize) -> Option<Range<usize>> {
    let own = of[lane].as_ref()?;
    let start = own.rows.start + first.min(own.rows.len());
    Some(start..(start + many).min(own.rows.end))
}
