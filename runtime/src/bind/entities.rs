//! Names of entities, each kept once.

use super::Cell;
use std::collections::HashMap;

/// Gives each name a number, in the order in which names first appear.
#[derive(Debug, Default)]
pub(super) struct Entities {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    /// Rows of one entity mostly follow each other.
    last: u32,
    /// The cell that named the last one, as it stands in its file.
    cell: String,
}

impl Entities {
    /// The number of the last entity, where the same cell names it again.
    #[inline]
    pub(super) fn again(&self, cell: &str) -> Option<u32> {
        (!cell.is_empty() && self.cell == cell).then_some(self.last)
    }

    /// The number of a name that a cell gives.
    pub(super) fn number_of_cell(&mut self, name: &str, cell: Cell<'_>) -> u32 {
        let number = self.number(name);
        if let Cell::Text(text) = cell {
            text.clone_into(&mut self.cell);
        }
        number
    }

    pub(super) fn number(&mut self, name: &str) -> u32 {
        if self
            .names
            .get(self.last as usize)
            .is_some_and(|last| last == name)
        {
            return self.last;
        }
        self.cell.clear();
        self.last = match self.numbers.get(name) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
                self.names.push(name.to_owned());
                self.numbers.insert(name.to_owned(), number);
                number
            }
        };
        self.last
    }

    /// Forgets all names.
    pub(super) fn clear(&mut self) {
        self.names.clear();
        self.numbers.clear();
        self.last = 0;
        self.cell.clear();
    }

    /// All names, each at the place of its number.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The names sorted bytewise, and for each number its place among them.
    pub(super) fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut order: Vec<(String, u32)> = self.names.into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut places = vec![0; order.len()];
        for (place, (_, number)) in (0..).zip(&order) {
            if let Some(slot) = places.get_mut(*number as usize) {
                *slot = place;
            }
        }
        (order.into_iter().map(|(name, _)| name).collect(), places)
    }
}
