//! Which row of a decision table decided, and which were possible.

use forewarn_plan::Declaration;

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
        let rows = table.rows.iter().zip(standings);
        let rows = rows.map(|(row, standing)| TableRow {
            text: self.words(row.head),
            says: shown(&row.then, |node| self.number(node)),
            standing,
        });
        reason.how = How::Table(rows.collect());
        for column in &table.columns {
            if let Some(node) = column.value.nodes().first() {
                let part = self.operand(*node, depth);
                reason.because.push(part);
            }
        }
    }
}
