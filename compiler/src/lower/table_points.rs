//! What tests can show of a decision table: each row that decides.

use super::Lowerer;
use super::tables::Row;
use super::value::Lowered;
use crate::checked::tables::TableBody;
use crate::coverage::{Outcome, Point, PointKind, Watch, When};

impl Lowerer<'_> {
    /// A row decides where it holds, no row above it does, and none above it is open but those that give
    /// way to it.
    pub(super) fn watch_rows(&mut self, body: &TableBody, rows: &[Row], result: &Lowered) {
        if !self.is_watched() {
            return;
        }
        let results = match result {
            Lowered::Level(bounds) | Lowered::Count(bounds) => {
                vec![bounds.exact, bounds.at_least, bounds.at_most]
            }
            other => other.node().into_iter().collect(),
        };
        for (at, (row, written)) in rows.iter().zip(&body.rows).enumerate() {
            let named = row.names_missing();
            let mut answers = vec![(row.condition, Some(true))];
            for above in rows.iter().take(at) {
                let cells = above.cells.iter().enumerate();
                let mut asked = cells.filter(|(_, cell)| cell.condition.is_some());
                let gives_way = asked.any(|(at, cell)| named.contains(&at) && !cell.missing);
                let condition = if gives_way {
                    // Already there: the table's ends are made of it.
                    self.builder.surely(above.condition)
                } else {
                    above.condition
                };
                answers.push((condition, Some(false)));
            }
            let point = Point {
                kind: PointKind::Row,
                outcome: Outcome::Decides,
                span: written.span,
                declaration: String::new(),
                name: self.on_one_line(written.head),
                exactly: None,
                excluded: None,
                watches: vec![Watch {
                    results: results.clone(),
                    asked: None,
                    when: When::Answers(answers),
                }],
            };
            self.watch(point);
        }
    }
}
