//! Changes to decision tables: what cells ask for, which rows there are, in which order they decide.

use forewarn_grammar::ast::{CellKind, CompareOp, Pattern, Table};

use super::ChangeKind as Kind;
use super::walk::Walk;

impl Walk<'_> {
    pub fn table(&mut self, table: &mut Table) {
        for of in &mut table.by {
            self.expr(of);
        }
        for row in &mut table.rows {
            for cell in &mut row.cells {
                self.cell(cell);
            }
            self.expr(&mut row.then);
        }
        for index in 0..table.rows.len() {
            let (_, rest) = table.rows.split_at_mut(index);
            let Some((row, rest)) = rest.split_first_mut() else {
                return;
            };
            let span = row.span;
            if let Some(next) = rest.first_mut() {
                let swapped = self.offer(Kind::Order, span.to(next.span), |walk| {
                    let of = walk.declaration();
                    let (a, b) = (walk.words(span), walk.words(next.span));
                    format!("`{a}` and `{b}` in `{of}` exchanged what follows")
                });
                if swapped {
                    std::mem::swap(&mut row.then, &mut next.then);
                    return;
                }
            }
            if table.rows.len() > 1 && self.without(Kind::Clause, span) {
                table.rows.remove(index);
                return;
            }
        }
    }

    fn cell(&mut self, cell: &mut Pattern) {
        let span = cell.span;
        match &mut cell.kind {
            CellKind::Value(value) => self.told_with(value, span),
            CellKind::Range(range) => self.range(range),
            CellKind::Compared(operator, value) => {
                let (other, sign) = match operator {
                    CompareOp::Less => (CompareOp::LessOrEqual, "<="),
                    CompareOp::LessOrEqual => (CompareOp::Less, "<"),
                    CompareOp::Greater => (CompareOp::GreaterOrEqual, ">="),
                    CompareOp::GreaterOrEqual => (CompareOp::Greater, ">"),
                };
                let words = format!("{sign} {}", self.words(value.span));
                if self.instead(Kind::Operator, span, &words) {
                    *operator = other;
                }
                self.told_with(value, span);
            }
            CellKind::Names(names) if names.len() > 1 => {
                for index in 0..names.len() {
                    let span = names.get(index).map_or(span, |name| name.span);
                    if self.without(Kind::Member, span) {
                        names.remove(index);
                        return;
                    }
                }
            }
            CellKind::Names(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn cells_and_rows_are_changed() {
        let text = "table response : action by overall, rate {\n\
                    >= high, 0.5.. then convene,\n{low, guarded}, 3 then review,\n\
                    otherwise then none,\n}";
        let mut parsed = forewarn_grammar::parse(text);
        assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
        let item = parsed.file.items.first_mut().unwrap();
        let before = item.kind.clone();
        let mut walk = Walk::new(text, FileId::default(), "response", None);
        walk.item(&mut item.kind);
        assert_eq!(item.kind, before, "telling changes nothing");
        let told: Vec<String> = walk.told.into_iter().map(|change| change.words).collect();
        for words in [
            "`>= high` in `response` were `> high`",
            "`0.5` in `response` were `0.6`",
            "`low` in `response` were not there",
            "`3` in `response` were `4`",
            "`otherwise then none` in `response` were not there",
        ] {
            assert!(
                told.iter().any(|known| known == words),
                "{words}: {told:#?}"
            );
        }
        for (number, words) in told.iter().enumerate() {
            let mut changed = before.clone();
            let mut walk = Walk::new(text, FileId::default(), "response", Some(number));
            walk.item(&mut changed);
            assert!(walk.made && changed != before, "{words}");
        }
    }
}
