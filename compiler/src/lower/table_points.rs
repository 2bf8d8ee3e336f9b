//! What tests can show of a decision table: each row that decides, and each number or place that a cell
//! compares its column with.

use super::Lowerer;
use super::tables::Row;
use super::value::Lowered;
use crate::checked::tables::{CellKind, Edge, TableBody, TableCell};
use crate::coverage::{Outcome, Point, PointKind, Watch, When};
use crate::plan::NodeId;
use crate::source::Span;
use crate::typed::Typed;
use crate::types::Type;

/// A column as it is written, with its nodes.
type Column<'t> = (&'t Typed, &'t Lowered);

impl Lowerer<'_> {
    /// The thresholds of a cell; `holds` is its answer.
    pub(super) fn watch_thresholds(&mut self, by: Column<'_>, cell: &TableCell, holds: NodeId) {
        if !self.is_watched() {
            return;
        }
        match &cell.kind {
            // The rows show these.
            CellKind::Any | CellKind::Missing | CellKind::Truth(_) => {}
            CellKind::Places(places) => self.watch_places(by, cell.span, places, holds),
            CellKind::Number(at) => self.watch_at(by, "is", at, holds),
            CellKind::Range { low, high } => {
                for (edge, closed, open) in [(low, ">=", ">"), (high, "<=", "<")] {
                    if let Some(Edge { at, closed: is_in }) = edge {
                        self.watch_at(by, if *is_in { closed } else { open }, at, holds);
                    }
                }
            }
        }
    }

    fn watch_at(&mut self, by: Column<'_>, asks: &str, at: &Typed, holds: NodeId) {
        let node = self.number(at);
        let exactly = self.exactly(at, &Lowered::Number(node));
        let words = self.words(at.span).to_string();
        self.watch_cell(by, (asks, at.span, &words), (node, exactly), holds);
    }

    /// A place of a level, or where the places of a cell begin or end that go to an end of its scale.
    fn watch_places(&mut self, by: Column<'_>, span: Span, places: &[u32], holds: NodeId) {
        let Type::Level(scale) = by.0.ty else {
            return;
        };
        let scale = self.framework.scale(scale);
        let Some(levels) = scale.map(|scale| &scale.levels) else {
            return;
        };
        let (Some(first), Some(last)) = (places.first(), places.last()) else {
            return;
        };
        let in_a_row = places
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a + 1 == *b));
        let top = *last as usize + 1 == levels.len();
        let (asks, place) = match (places.len(), top, *first == 0) {
            (1, ..) => ("is", *first),
            (_, true, false) if in_a_row => (">=", *first),
            (_, false, true) if in_a_row => ("<=", *last),
            _ => return,
        };
        let Some(named) = levels.get(place as usize) else {
            return;
        };
        let name = named.name.clone();
        let node = self.builder.number(f64::from(place));
        let exactly = Some(format!("`{name}`"));
        self.watch_cell(by, (asks, span, &name), (node, exactly), holds);
    }

    /// A row decides where it holds, no row above it does, and none above it is open but those that give
    /// way to it.
    pub(super) fn watch_rows(&mut self, body: &TableBody, rows: &[Row], result: &Lowered) {
        if !self.is_watched() {
            return;
        }
        let results = match result {
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => {
                vec![bounds.exact, bounds.at_least, bounds.at_most]
            }
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::List { .. }) => other.node().into_iter().collect(),
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
                name: self.words(written.head).to_string(),
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
