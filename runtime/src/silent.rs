//! Entities that stop reporting while the panel goes on.
//!
//! In: a panel. Out: the entities whose last row comes before the panel's last period. Nothing in
//! their own rows says so, and an alert that stood there stands for ever.

use crate::panel::Panel;

/// An entity that stopped reporting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Its place among the panel's.
    pub entity: u32,
    /// Its last row, and the period of it.
    pub row: usize,
    pub last: i64,
}

/// The entities that stopped reporting, and the panel's last period; nothing in a cross-section.
#[must_use]
pub fn stopped(panel: &Panel) -> Option<(Vec<Stopped>, i64)> {
    let end = panel.periods.iter().copied().max()?;
    let rows = panel.entity_of.iter().zip(&panel.periods).enumerate();
    let stopped = rows.filter_map(|(row, (entity, last))| {
        let is_last = panel.entity_of.get(row + 1) != Some(entity);
        (is_last && *last < end).then_some(Stopped {
            entity: *entity,
            row,
            last: *last,
        })
    });
    Some((stopped.collect(), end))
}
