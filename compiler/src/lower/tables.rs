//! Decision tables: the first row that holds decides.
//!
//! A cell whose column is missing is unknown, unless it is `any` or `missing`, and so a row may be
//! open: neither no nor certain. Where the row that holds names `missing` in a column, it speaks for
//! what is missing there, and open rows above that ask for a value of that column give way to it.
//! What the table says lies between the least and the most of what the row that holds and the rows
//! still open above it say.

use std::collections::BTreeSet;

use super::Lowerer;
use super::table_states::{ColumnStates, as_counted};
use super::value::{Bounds, Lowered};
use crate::checked::tables::{CellKind, Edge, TableBody};
use crate::checked::{CheckedValue, runs};
use crate::plan::{
    Binary, CellPart, ColumnPart, Compare, Lies, NodeId, Op, OutlineId, RowPart, TableParts, Unary,
};
use crate::typed::ValueId;
use crate::types::Type;

/// A row with its nodes.
pub(super) struct Row {
    pub cells: Vec<CellPart>,
    /// A constant yes where every cell is `any`.
    pub condition: NodeId,
    pub then: Lowered,
    pub told: Option<OutlineId>,
    /// The least and the most that the row says, as numbers.
    pub ends: (NodeId, NodeId),
    /// Where these lie, where the row can hold; nothing where it says that there is no value.
    pub lies: Option<Lies>,
}

impl Row {
    /// The columns that the row names as missing.
    pub(super) fn names_missing(&self) -> BTreeSet<usize> {
        let cells = self.cells.iter().enumerate();
        cells
            .filter(|(_, cell)| cell.missing)
            .map(|(at, _)| at)
            .collect()
    }
}

/// What open rows say so far, as seen by rows that name these columns as missing.
struct Open {
    named: BTreeSet<usize>,
    ends: Option<(NodeId, NodeId)>,
}

impl Lowerer<'_> {
    pub fn table(&mut self, id: ValueId, value: &CheckedValue, body: &TableBody) -> Lowered {
        let (columns, told): (Vec<Lowered>, Vec<_>) = body
            .columns
            .iter()
            .map(|by| self.expr_told(as_counted(by)))
            .unzip();
        let rows = self.table_rows(body, &columns);
        let states: Option<Vec<ColumnStates>> = body
            .columns
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(at, (by, column))| self.states(body, at, by, column))
            .collect();
        let covered = states.is_some_and(|states| self.covers(value, body, &states, &rows));
        self.keep_parts(id, body, (&columns, &told), &rows);
        if !covered {
            return self.missing_of(&value.ty);
        }
        let ends = self.ends(&rows);
        let result = self.within(&value.ty, &rows, ends);
        if let Some(declared) = &body.declared {
            self.keeps_range(value, &result, declared);
        }
        self.watch_rows(body, &rows, &result);
        result
    }

    fn table_rows(&mut self, body: &TableBody, columns: &[Lowered]) -> Vec<Row> {
        let mut rows = Vec::with_capacity(body.rows.len());
        // A row's words are only asked for where none before it holds.
        let mut open = None;
        for row in &body.rows {
            let mut cells = Vec::with_capacity(row.cells.len());
            let mut condition = self.builder.truth(true, false);
            for ((cell, column), by) in row.cells.iter().zip(columns).zip(&body.columns) {
                self.builder.site.span = cell.span;
                let node = self.table_cell(&cell.kind, column);
                if let Some(node) = node {
                    self.watch_thresholds((by, column), cell, node);
                }
                cells.push(CellPart {
                    condition: node,
                    missing: matches!(cell.kind, CellKind::Missing),
                    span: cell.span,
                });
                if let Some(node) = node {
                    condition = self.builder.and(condition, node);
                }
            }
            let possible = self.builder.possibly(condition);
            let asked = self.both(open, possible);
            self.builder.site.guard = Some(asked);
            let (then, told) = self.expr_told(&row.then);
            self.builder.site.guard = None;
            let not = self.builder.not(condition);
            let still = self.builder.possibly(not);
            open = Some(self.both(open, still));
            let ends = match &then {
                Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => {
                    (bounds.at_least, bounds.at_most)
                }
                other @ (Lowered::Number(_)
                | Lowered::Truth(_)
                | Lowered::Category(_)
                | Lowered::List { .. }) => {
                    let node = self.single(other);
                    (node, node)
                }
            };
            let facts = self.builder.facts(asked, true);
            let lies = [ends.0, ends.1].map(|end| match self.builder.constant(end) {
                Some(x) if x.is_nan() => None,
                _ => self.builder.lies_where(end, &facts),
            });
            let lies = lies.into_iter().flatten().reduce(Lies::hull);
            rows.push(Row {
                cells,
                condition,
                then,
                told,
                ends,
                lies,
            });
        }
        rows
    }

    /// Does a cell hold? `None` for `any`.
    fn table_cell(&mut self, cell: &CellKind, column: &Lowered) -> Option<NodeId> {
        Some(match (cell, column) {
            (CellKind::Any, _) => return None,
            (CellKind::Missing, _) => {
                let known = match self.is_known(column) {
                    Lowered::Truth(node) => node,
                    Lowered::Number(_)
                    | Lowered::Category(_)
                    | Lowered::Level(_)
                    | Lowered::Count(_)
                    | Lowered::Between(_)
                    | Lowered::List { .. } => self.broken_truth(),
                };
                self.builder.not(known)
            }
            (CellKind::Truth(yes), Lowered::Truth(node)) => {
                if *yes {
                    *node
                } else {
                    self.builder.not(*node)
                }
            }
            (CellKind::Places(places), Lowered::Level(bounds)) => self.among(places, *bounds),
            (CellKind::Places(codes), column) => {
                let node = self.single(column);
                let mut any = self.builder.truth(false, true);
                for code in codes {
                    let code = self.builder.number(f64::from(*code));
                    let same = self.builder.compare(Compare::Equal, node, code);
                    any = self.builder.or(any, same);
                }
                any
            }
            (CellKind::Number(at), Lowered::Count(bounds) | Lowered::Between(bounds)) => {
                let at = self.number(at);
                self.same(*bounds, Bounds::one(at))
            }
            (CellKind::Range { low, high }, Lowered::Count(bounds) | Lowered::Between(bounds)) => {
                self.lies_between(*bounds, low.as_ref(), high.as_ref())
            }
            (CellKind::Number(at), column) => {
                let (node, at) = (self.single(column), self.number(at));
                self.builder.compare(Compare::Equal, node, at)
            }
            (CellKind::Range { low, high }, column) => {
                let node = self.single(column);
                let mut all = self.builder.truth(true, false);
                for (edge, is_low) in [(low, true), (high, false)] {
                    let Some(Edge { at, closed }) = edge else {
                        continue;
                    };
                    let at = self.number(at);
                    let (a, b) = if is_low { (at, node) } else { (node, at) };
                    let compare = if *closed {
                        Compare::LessOrEqual
                    } else {
                        Compare::Less
                    };
                    let inside = self.builder.compare(compare, a, b);
                    all = self.builder.and(all, inside);
                }
                all
            }
            (CellKind::Truth(_), _) => self.broken_truth(),
        })
    }

    /// Does what is known only between bounds lie in a range, as far as these tell?
    fn lies_between(&mut self, x: Bounds, low: Option<&Edge>, high: Option<&Edge>) -> NodeId {
        let mut all = self.builder.truth(true, false);
        if let Some(Edge { at, closed }) = low {
            let at = Bounds::one(self.number(at));
            let above = if *closed {
                self.not_below(x, at)
            } else {
                self.below(at, x)
            };
            all = self.builder.and(all, above);
        }
        if let Some(Edge { at, closed }) = high {
            let at = Bounds::one(self.number(at));
            let under = if *closed {
                self.not_below(at, x)
            } else {
                self.below(x, at)
            };
            all = self.builder.and(all, under);
        }
        all
    }

    /// Is a level one of these places, as far as its bounds tell? Runs of places are asked as one,
    /// so that a level between `low` and `guarded` is certainly one of the two.
    fn among(&mut self, places: &[u32], bounds: Bounds) -> NodeId {
        let possible = self.range(bounds.at_least).hull(self.range(bounds.at_most));
        let mut any = self.builder.truth(false, true);
        for (first, last) in runs(places.iter().copied()) {
            let (first, last) = (f64::from(first), f64::from(last));
            let mut inside = self.builder.truth(true, false);
            if first > possible.low {
                let edge = self.place(first);
                let part = self.reaches(bounds, edge);
                inside = self.builder.and(inside, part);
            }
            if last < possible.high {
                let edge = self.place(last);
                let part = self.reaches(edge, bounds);
                inside = self.builder.and(inside, part);
            }
            any = self.builder.or(any, inside);
        }
        any
    }

    /// `a >= b`, a plain comparison where both are determined.
    fn reaches(&mut self, a: Bounds, b: Bounds) -> NodeId {
        if a.at_least == a.at_most && b.at_least == b.at_most {
            return self.builder.compare(Compare::LessOrEqual, b.exact, a.exact);
        }
        self.not_below(a, b)
    }

    fn place(&mut self, place: f64) -> Bounds {
        let node = self.builder.number(place);
        Bounds {
            exact: node,
            at_least: node,
            at_most: node,
        }
    }

    /// The least and the most that the table says.
    fn ends(&mut self, rows: &[Row]) -> (NodeId, NodeId) {
        let mut seen_by: Vec<Open> = Vec::new();
        let kinds: BTreeSet<BTreeSet<usize>> = rows.iter().map(Row::names_missing).collect();
        for named in std::iter::once(BTreeSet::new()).chain(kinds) {
            if !seen_by.iter().any(|open| open.named == named) {
                seen_by.push(Open { named, ends: None });
            }
        }
        // What the table says if the row is the first that holds.
        let mut said = Vec::with_capacity(rows.len());
        for row in rows {
            let named = row.names_missing();
            let above = seen_by.iter().find(|open| open.named == named);
            said.push(match above.and_then(|open| open.ends) {
                Some(above) => self.both_ends(above, row.ends),
                None => row.ends,
            });
            if self.builder.uncertain(row.condition) {
                for open in &mut seen_by {
                    open.ends = Some(self.opened(row, open));
                }
            }
        }
        let all_open = seen_by.first().and_then(|open| open.ends);
        let always = |row: &Row, lowerer: &Self| {
            matches!(
                lowerer.builder.op(row.condition),
                Some(Op::Truth { yes: true, .. })
            )
        };
        let mut rest = match (rows.last(), said.last(), all_open) {
            (Some(last), Some(said), _) if always(last, self) => *said,
            (_, _, Some(open)) => open,
            // Every row is certain, and together they leave nothing out.
            (_, Some(said), None) => *said,
            _ => {
                let missing = self.builder.missing();
                (missing, missing)
            }
        };
        for (row, said) in rows.iter().zip(said).rev() {
            let holds = self.builder.surely(row.condition);
            rest = (
                self.builder.select(holds, said.0, rest.0),
                self.builder.select(holds, said.1, rest.1),
            );
        }
        rest
    }

    fn both_ends(&mut self, a: (NodeId, NodeId), b: (NodeId, NodeId)) -> (NodeId, NodeId) {
        (
            self.builder.binary(Binary::Min, a.0, b.0),
            self.builder.binary(Binary::Max, a.1, b.1),
        )
    }

    /// What open rows say, this one among them where it is open.
    fn opened(&mut self, row: &Row, open: &Open) -> (NodeId, NodeId) {
        let before = open.ends.unwrap_or_else(|| {
            (
                self.builder.number(f64::INFINITY),
                self.builder.number(f64::NEG_INFINITY),
            )
        });
        let mut possible = self.builder.truth(true, false);
        for (at, cell) in row.cells.iter().enumerate() {
            let Some(condition) = cell.condition else {
                continue;
            };
            let part = if open.named.contains(&at) {
                self.builder.surely(condition)
            } else {
                self.builder.possibly(condition)
            };
            possible = self.builder.and(possible, part);
        }
        let with = self.both_ends(before, row.ends);
        (
            self.builder.select(possible, with.0, before.0),
            self.builder.select(possible, with.1, before.1),
        )
    }

    /// The table's value from its ends.
    fn within(&mut self, ty: &Type, rows: &[Row], ends: (NodeId, NodeId)) -> Lowered {
        // One of the rows holds or is open, so the neutral ends are never left standing.
        let lies = rows.iter().filter_map(|row| row.lies).reduce(Lies::hull);
        for end in [ends.0, ends.1] {
            if let Some(lies) = lies
                && self.builder.constant(end).is_none()
                && !rows.iter().any(|row| is_end(row, end))
            {
                self.builder.lie_in(end, lies);
            }
        }
        let bounds = Bounds::between(&mut self.builder, ends.0, ends.1);
        match ty {
            Type::Level(_) => Lowered::Level(bounds),
            Type::Category(_) => Lowered::Category(bounds.exact),
            Type::Truth => {
                let one = self.builder.number(1.0);
                Lowered::Truth(self.builder.compare(Compare::Equal, bounds.exact, one))
            }
            Type::Number(_) | Type::Count | Type::List(_) | Type::Error => {
                Lowered::Number(bounds.exact)
            }
        }
    }

    fn keep_parts(
        &mut self,
        id: ValueId,
        body: &TableBody,
        (columns, told): (&[Lowered], &[Option<OutlineId>]),
        rows: &[Row],
    ) {
        let columns = body.columns.iter().zip(columns).zip(told);
        let columns = columns.filter_map(|((by, lowered), told)| {
            Some(ColumnPart {
                value: self.value_of(&by.ty, lowered)?,
                outline: *told,
                span: by.span,
            })
        });
        let columns = columns.collect();
        let parts = rows.iter().zip(&body.rows);
        let parts = parts.filter_map(|(row, written)| {
            let always = row.cells.iter().all(|cell| cell.condition.is_none());
            Some(RowPart {
                cells: row.cells.clone(),
                condition: (!always).then_some(row.condition),
                then: self.value_of(&written.then.ty, &row.then)?,
                span: written.span,
                head: written.head,
                words: self.words(written.head),
                outline: row.told,
            })
        });
        let rows = parts.collect();
        self.tables.insert(id, TableParts { columns, rows });
    }

    /// Does a number have whole values alone, or so many decimals?
    pub(super) fn decimals(&self, node: NodeId) -> Option<i8> {
        match self.builder.op(node)? {
            Op::Unary(Unary::Round(decimals) | Unary::Truncate(decimals), _) => Some(decimals),
            Op::Unary(Unary::Floor | Unary::Ceil, _) => Some(0),
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => None,
        }
    }
}

fn is_end(row: &Row, end: NodeId) -> bool {
    row.ends.0 == end || row.ends.1 == end
}
