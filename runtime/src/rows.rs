//! The rows that evaluators go through: columns side by side, whatever made them.

use crate::history::History;
use crate::panel::Panel;

/// Where rows come from: the columns of a Plan's inputs, the entities and the periods as numbers.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    pub inputs: Vec<&'a [f64]>,
    /// By row, ascending; read only where a Plan looks along time.
    pub entity_of: &'a [u32],
    /// Empty in a cross-section.
    pub periods: &'a [i64],
    pub history: &'a History,
}

impl<'a> Source<'a> {
    #[must_use]
    pub fn of(panel: &'a Panel) -> Self {
        Self {
            inputs: panel.columns.iter().map(Vec::as_slice).collect(),
            entity_of: &panel.entity_of,
            periods: &panel.periods,
            history: &panel.history,
        }
    }

    /// One past the last row of the entity that the row belongs to, which probably has that many rows
    /// from there on; if not, in time logarithmic in its rows.
    #[must_use]
    pub fn end_of_entity(&self, row: usize, probably: usize) -> usize {
        let rest = self.entity_of.get(row..).unwrap_or_default();
        let same = |other: &u32| Some(other) == rest.first();
        let is_last = rest.get(probably.wrapping_sub(1)).is_some_and(same);
        if is_last && !rest.get(probably).is_some_and(same) {
            return row + probably;
        }
        // Twice as far each time, then back by halves.
        let mut reach = 1;
        while rest.get(reach).is_some_and(same) {
            reach *= 2;
        }
        let known = reach / 2;
        let open = rest.get(known..reach.min(rest.len())).unwrap_or_default();
        row + known + open.partition_point(same)
    }

    pub(crate) fn first_of_entity(&self, row: usize) -> usize {
        let entity = self.entity_of.get(row);
        let earlier = self.entity_of.iter().take(row).rev();
        row - earlier.take_while(|other| Some(*other) == entity).count()
    }

    pub(crate) fn is_first_of_entity(&self, row: usize) -> bool {
        row == 0 || self.entity_of.get(row) != self.entity_of.get(row - 1)
    }
}
