//! What is found out of a file, and what of it that is found in.

use crate::grid::KeptRow;
use crate::recipe::Recipe;
use std::collections::BTreeSet;

/// What a file seems to be.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// What reads it, what was said already included.
    pub recipe: Recipe,
    /// What was seen that makes it another table than a plain one: `its years stand in columns`.
    pub seen: Vec<String>,
    /// What only people can say.
    pub asked: Vec<String>,
    /// Indicators of which several columns may be the one: it is asked which.
    pub undecided: Vec<String>,
    /// The row that shows it.
    pub row: Option<u64>,
    /// What shows it there.
    pub label: String,
    /// The first row that is the header once more.
    pub again: Option<u64>,
    /// Where that is the header of another table: the first row and the last of both.
    pub tables: Option<[(u64, u64); 2]>,
    /// Columns that seem to name several indicators, with what stands in them.
    pub naming: Vec<(String, Vec<String>)>,
    /// What the file is called, and its sheets, where it is a workbook.
    pub file: String,
    pub sheets: Vec<String>,
    /// Sheets of a workbook beside the one that is looked at.
    pub others: Vec<String>,
    /// The columns of the table, with a value of each.
    pub columns: Vec<(String, String)>,
}

impl Guess {
    pub(super) fn see(
        &mut self,
        what: impl Into<String>,
        row: Option<u64>,
        label: impl Into<String>,
    ) {
        self.seen.push(what.into());
        if self.label.is_empty() {
            (self.row, self.label) = (row, label.into());
        }
    }
}

/// A table without what is around it.
#[derive(Debug, Default)]
pub(crate) struct Framed {
    pub(crate) names: Vec<String>,
    /// Their tags, where the file has a row of them.
    pub(crate) tags: Vec<String>,
    pub(crate) header_row: Option<u64>,
    pub(crate) body: Vec<(u64, KeptRow)>,
    /// The last rows of the file, which may be among those of the body.
    pub(crate) ends: Vec<(u64, KeptRow)>,
}

pub(crate) fn text(row: &KeptRow, column: usize) -> String {
    row.cells
        .get(column)
        .map_or_else(String::new, |cell| cell.text())
}

/// What stands in a column, each once; blanks are left out.
pub(super) fn distinct(body: &Framed, column: usize) -> BTreeSet<String> {
    let values = body.body.iter().map(|(_, row)| text(row, column));
    values.filter(|value| !value.is_empty()).collect()
}
