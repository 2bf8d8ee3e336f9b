//! Keys that stand in one cell, as the TSV of Eurostat has them: `freq,unit,geo\TIME_PERIOD` over `A,NR,AV`.
//!
//! In: rows as they are set apart by tabs. Out: rows with a cell for each of these keys, once the header has shown
//! how many there are.

use crate::grid::{Cells, Kept, KeptRow};

#[derive(Debug, Default)]
pub(super) struct KeysInOne {
    /// How many keys the first cell holds.
    parts: Option<usize>,
    /// Cells are set apart by tabs.
    tabs: bool,
}

impl KeysInOne {
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            parts: None,
            tabs: delimiter == b'\t',
        }
    }

    /// Does the file have such a cell, as far as was seen?
    pub(super) fn is_found(&self) -> bool {
        self.parts.is_some()
    }

    /// The row with its keys set apart; `None` where it is one already.
    pub(super) fn parted(&mut self, row: &impl Cells) -> Option<KeptRow> {
        if !self.tabs {
            return None;
        }
        let first = row.text(0);
        let keys = match self.parts {
            Some(_) => first.as_str(),
            // What stands behind the sign names the columns of periods.
            None => first.split_once('\\')?.0,
        };
        let keys: Vec<&str> = keys.split(',').map(str::trim).collect();
        if keys.len() != *self.parts.get_or_insert(keys.len()) {
            return None;
        }
        let mut kept = KeptRow::of(row);
        let keys = keys.into_iter().map(|key| Kept::Text(key.to_owned()));
        kept.cells.splice(..1, keys);
        Some(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> KeptRow {
        KeptRow {
            cells: cells
                .iter()
                .map(|cell| Kept::Text((*cell).to_owned()))
                .collect(),
            line: None,
        }
    }

    #[test]
    fn keys_are_set_apart_below_a_header_that_names_them() {
        let mut keys = KeysInOne::new(b'\t');
        assert_eq!(keys.parted(&row(&["Title, with a comma", ""])), None);
        let header = keys.parted(&row(&["freq,unit,geo\\TIME_PERIOD", "2023"]));
        assert_eq!(header, Some(row(&["freq", "unit", "geo", "2023"])));
        let data = keys.parted(&row(&["A,NR,AV", "13 p"]));
        assert_eq!(data, Some(row(&["A", "NR", "AV", "13 p"])));
        // It has not as many as the header.
        assert_eq!(keys.parted(&row(&["A,NR", "13 p"])), None);
        assert!(keys.is_found());
        let mut commas = KeysInOne::new(b',');
        assert_eq!(commas.parted(&row(&["a,b\\c", "2023"])), None);
    }
}
