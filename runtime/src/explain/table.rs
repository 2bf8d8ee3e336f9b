//! Which row of a decision table decided, and which were possible.

use forewarn_plan::{Declaration, RowState};

use super::nodes::shown;
use super::reason::Teller;
use super::tree::{How, Reason, TableRow};

impl<'e> Teller<'e> {
    pub(super) fn table(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let Some(table) = &declaration.table else {
            return;
        };
        let standings = table.standings(|node| self.truth(node));
        let rows = table.rows.iter().zip(standings.iter().copied());
        let rows = rows.map(|(row, standing)| TableRow {
            text: row.words.to_string(),
            says: shown(&row.then, |node| self.number(node)),
            standing,
        });
        reason.how = How::Table(rows.collect());
        let columns = table.columns.iter().filter_map(|column| column.outline);
        reason.params = self.params_of(columns.clone());
        for column in columns {
            self.leaves(column, depth, &mut reason.because);
        }
        // What the row that decides says, where that is more than a word.
        let decides = table.rows.iter().zip(&standings);
        for (row, _) in decides.filter(|(_, standing)| **standing == RowState::Holds) {
            if let Some(says) = row.outline {
                self.leaves(says, depth, &mut reason.because);
            }
        }
    }
}
