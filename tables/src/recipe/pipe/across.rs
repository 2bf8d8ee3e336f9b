//! Rows of a table with a column for each entity, on their way into the pipe.
//!
//! In: the names and rows of a file. Out: those of a table with one value in each row.

use super::Pipe;
use crate::grid::Cells;

impl Pipe<'_> {
    /// The names of a file's columns, or of what is made of them.
    pub(super) fn unfolded(&mut self, names: Vec<String>) -> Vec<String> {
        let Some(across) = &mut self.across else {
            return names;
        };
        let names = across.unfold(names);
        // What may not be seen is known by the names that the values have.
        self.hidden = self.hidden_of(&names);
        names
    }

    /// Takes a row whose columns are entities'; false where they are not.
    pub(super) fn unfolds(&mut self, number: u64, row: &impl Cells) -> bool {
        let Some(across) = &self.across else {
            return false;
        };
        match across.rows(row) {
            Some(rows) => {
                for row in &rows {
                    self.data_masked(number, row);
                }
            }
            None => {
                self.flush();
                self.last_row = number;
                self.put(number, row, false);
            }
        }
        true
    }

    /// The places in the file at hand that values are read from, with what their columns are called there.
    pub(super) fn places_of_entities(&self) -> Option<impl Iterator<Item = (usize, String)>> {
        let across = self.across.as_ref()?;
        let names = self
            .layout
            .as_ref()
            .map(|layout| layout.names.clone())
            .unwrap_or_default();
        let kept = across.kept.clone().into_iter().zip(names);
        Some(kept.chain(across.entities.clone()))
    }
}
