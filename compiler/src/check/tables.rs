//! Decision tables: what columns look at, and cells that fit them.

use forewarn_grammar::ast::{self, CompareOp, Expr, ExprKind};

use super::context::Checker;
use crate::checked::Body;
use crate::checked::tables::{CellKind, Edge, TableBody, TableCell, TableRow};
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::tables::{CellDoesNotFit, ColumnNotHere, WrongNumberOfCells};
use crate::diagnostics::types::{TypeNotHere, UnknownLevel};
use crate::source::Span;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;

impl Checker<'_, '_> {
    pub fn table(&mut self, table: &ast::Table) -> (Type, Body, Vec<String>) {
        let own = self.at(table.name.span);
        let attributes = self.published_attributes(&table.attrs, "a table", own);
        let mut ty = self.type_of(&table.ty, &[], "a table");
        if matches!(ty, Type::List(_)) {
            self.reports.add(TypeNotHere {
                span: self.type_span(&table.ty),
                found: "a list".to_owned(),
                context: "a table".to_owned(),
            });
            ty = Type::Error;
        }
        let declared = self.declared_range(&table.ty, &ty);
        let columns: Vec<Typed> = table.by.iter().map(|by| self.column(by)).collect();
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut failed = ty.is_error() || columns.iter().any(|column| column.ty.is_error());
        for row in &table.rows {
            match self.table_row(table, row, &columns, &ty) {
                Some(row) => rows.push(row),
                None => failed = true,
            }
        }
        if failed {
            return (Type::Error, Body::Broken, attributes.cites);
        }
        let body = TableBody {
            is_step: table.is_step,
            columns,
            rows,
            declared,
        };
        (ty, Body::Table(body), attributes.cites)
    }

    /// What a column looks at; told where a table cannot look at it.
    fn column(&mut self, by: &Expr) -> Typed {
        let column = self.expr(by, None);
        match &column.ty {
            Type::Number(_) | Type::Truth | Type::Level(_) | Type::Category(_) | Type::Error => {
                column
            }
            Type::Count => self.as_number(column, ""),
            Type::List(_) => {
                self.reports.add(ColumnNotHere {
                    span: column.span,
                    found: self.show(&column.ty),
                });
                self.poison(column.span)
            }
        }
    }

    fn table_row(
        &mut self,
        table: &ast::Table,
        row: &ast::TableRow,
        columns: &[Typed],
        ty: &Type,
    ) -> Option<TableRow> {
        let span = self.at(row.span);
        let head = match (row.cells.first(), row.cells.last()) {
            (Some(first), Some(last)) => self.at(first.span).to(self.at(last.span)),
            _ => span,
        };
        let otherwise = matches!(
            row.cells.as_slice(),
            [ast::Pattern { kind: ast::CellKind::Value(Expr { kind: ExprKind::Name(name), .. }), .. }]
                if name.text == "otherwise"
        );
        let then = self.expr(&row.then, Some(ty));
        let place = self.type_span(&table.ty);
        let then = match (&then.ty, ty) {
            (Type::Count, Type::Number(_)) => self.as_number(then, ""),
            _ => then,
        };
        let (_, then) = self.keeps(then, ty.clone(), place, &table.name.text);
        let cells: Option<Vec<TableCell>> = if otherwise {
            let any = |_| TableCell {
                kind: CellKind::Any,
                span: head,
            };
            Some(columns.iter().map(any).collect())
        } else if row.cells.len() != columns.len() {
            self.reports.add(WrongNumberOfCells {
                span: head,
                found: row.cells.len(),
                wanted: columns.len(),
                columns: columns
                    .iter()
                    .map(|column| self.words(column.span))
                    .collect(),
                declared: columns.iter().map(|column| column.span).reduce(Span::to)?,
            });
            None
        } else {
            let cells = row.cells.iter().zip(columns);
            let cells: Vec<_> = cells
                .map(|(cell, column)| self.table_cell(cell, column))
                .collect();
            cells.into_iter().collect()
        };
        let cells = cells?;
        (!then.ty.is_error()).then_some(TableRow {
            cells,
            then,
            span,
            head,
        })
    }

    fn table_cell(&mut self, cell: &ast::Pattern, column: &Typed) -> Option<TableCell> {
        if column.ty.is_error() {
            return None;
        }
        let span = self.at(cell.span);
        let kind = match &cell.kind {
            ast::CellKind::Value(Expr {
                kind: ExprKind::Name(name),
                ..
            }) if name.text == "any" => CellKind::Any,
            ast::CellKind::Value(Expr {
                kind: ExprKind::Missing,
                ..
            }) => CellKind::Missing,
            ast::CellKind::Value(_)
            | ast::CellKind::Range(_)
            | ast::CellKind::Compared(..)
            | ast::CellKind::Names(_) => match &column.ty {
                Type::Level(id) => {
                    let count = self.scale(*id).map_or(0, |scale| scale.levels.len());
                    CellKind::Places(self.places(cell, column, u32::try_from(count).ok()?)?)
                }
                Type::Category(_) => CellKind::Places(self.names_of_category(cell, column)?),
                Type::Truth => self.truth_cell(cell, column)?,
                Type::Number(_) | Type::Count | Type::List(_) | Type::Error => {
                    self.number_cell(cell, column)?
                }
            },
        };
        Some(TableCell { kind, span })
    }

    /// Tells a cell that does not ask what its column can answer.
    fn misfit<T>(&mut self, span: Span, column: &Typed) -> Option<T> {
        let known = match &column.ty {
            Type::Level(id) => self.scale(*id).map(|scale| &scale.levels),
            Type::Category(id) => self.category(*id).map(|category| &category.names),
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => None,
        };
        let known = known.map_or(Vec::new(), |known| {
            known.iter().map(|one| one.name.clone()).collect()
        });
        self.reports.add(CellDoesNotFit {
            span,
            cell: self.words(span),
            column: column.span,
            column_text: self.words(column.span),
            kind: self.show(&column.ty),
            level: matches!(column.ty, Type::Level(_)),
            number: matches!(column.ty, Type::Number(_)),
            known,
        });
        None
    }

    /// The place that an expression names on the column's scale or category.
    fn place(&mut self, expr: &Expr, column: &Typed) -> Option<u32> {
        let span = self.at(expr.span);
        let ExprKind::Name(name) = &expr.kind else {
            return self.misfit(span, column);
        };
        self.place_of(name, column)
    }

    fn place_of(&mut self, name: &ast::Name, column: &Typed) -> Option<u32> {
        let span = self.at(name.span);
        let (scale_kind, scale, declared, names) = match &column.ty {
            Type::Level(id) => {
                let scale = self.scale(*id)?;
                ("scale", scale.name.clone(), scale.span, &scale.levels)
            }
            Type::Category(id) => {
                let category = self.category(*id)?;
                ("category", String::new(), category.span, &category.names)
            }
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => {
                return self.misfit(span, column);
            }
        };
        if let Some(at) = names.iter().position(|known| known.name == name.text) {
            return u32::try_from(at).ok();
        }
        let known: Vec<String> = names.iter().map(|one| one.name.clone()).collect();
        let suggestion = suggest(&name.text, known.iter().map(String::as_str)).map(str::to_owned);
        self.unknown_level(UnknownLevel {
            name: name.text.clone(),
            span,
            scale_kind,
            scale,
            declared,
            known,
            suggestion,
            others: Vec::new(),
            meant_scale: None,
        });
        None
    }

    fn places_of(&mut self, names: &[ast::Name], column: &Typed) -> Option<Vec<u32>> {
        let places: Vec<_> = names
            .iter()
            .map(|name| self.place_of(name, column))
            .collect();
        let mut places: Vec<u32> = places.into_iter().collect::<Option<_>>()?;
        places.sort_unstable();
        places.dedup();
        Some(places)
    }

    /// The places of a level that a cell allows, ascending.
    fn places(&mut self, cell: &ast::Pattern, column: &Typed, count: u32) -> Option<Vec<u32>> {
        let (low, high) = match &cell.kind {
            ast::CellKind::Names(names) => return self.places_of(names, column),
            ast::CellKind::Value(value) => {
                let place = self.place(value, column)?;
                (place, place + 1)
            }
            ast::CellKind::Compared(op, value) => {
                let place = self.place(value, column)?;
                match op {
                    CompareOp::Less => (0, place),
                    CompareOp::LessOrEqual => (0, place + 1),
                    CompareOp::Greater => (place + 1, count),
                    CompareOp::GreaterOrEqual => (place, count),
                }
            }
            ast::CellKind::Range(range) => {
                let end = |checker: &mut Self, bound: &Option<Box<Expr>>| match bound {
                    Some(bound) => checker.place(bound, column).map(Some),
                    None => Some(None),
                };
                let (low, high) = (end(self, &range.low), end(self, &range.high));
                let (low, high) = (low?, high?);
                let high = high.map_or(count, |high| high + u32::from(!range.half_open));
                (low.unwrap_or(0), high)
            }
        };
        Some((low..high).collect())
    }

    fn names_of_category(&mut self, cell: &ast::Pattern, column: &Typed) -> Option<Vec<u32>> {
        match &cell.kind {
            ast::CellKind::Names(names) => self.places_of(names, column),
            ast::CellKind::Value(value) => Some(vec![self.place(value, column)?]),
            ast::CellKind::Compared(..) | ast::CellKind::Range(_) => {
                self.misfit(self.at(cell.span), column)
            }
        }
    }

    fn truth_cell(&mut self, cell: &ast::Pattern, column: &Typed) -> Option<CellKind> {
        if let ast::CellKind::Value(Expr {
            kind: ExprKind::Truth(word),
            ..
        }) = &cell.kind
        {
            return Some(match word {
                ast::TruthWord::Yes => CellKind::Truth(true),
                ast::TruthWord::No => CellKind::Truth(false),
                ast::TruthWord::Unknown => CellKind::Missing,
            });
        }
        self.misfit(self.at(cell.span), column)
    }

    fn number_cell(&mut self, cell: &ast::Pattern, column: &Typed) -> Option<CellKind> {
        let edge = |at: Typed, closed: bool| Edge {
            at: Box::new(at),
            closed,
        };
        Some(match &cell.kind {
            ast::CellKind::Names(_) => return self.misfit(self.at(cell.span), column),
            ast::CellKind::Value(value) => {
                let at = self.threshold(value, column)?;
                CellKind::Number(Box::new(at))
            }
            ast::CellKind::Compared(op, value) => {
                let at = self.threshold(value, column)?;
                let closed = matches!(op, CompareOp::LessOrEqual | CompareOp::GreaterOrEqual);
                let end = Some(edge(at, closed));
                match op {
                    CompareOp::Less | CompareOp::LessOrEqual => CellKind::Range {
                        low: None,
                        high: end,
                    },
                    CompareOp::Greater | CompareOp::GreaterOrEqual => CellKind::Range {
                        low: end,
                        high: None,
                    },
                }
            }
            ast::CellKind::Range(range) => {
                let mut end = |bound: &Option<Box<Expr>>, closed| match bound {
                    Some(bound) => {
                        let at = self.threshold(bound, column)?;
                        Some(Some(edge(at, closed)))
                    }
                    None => Some(None),
                };
                let (low, high) = (end(&range.low, true), end(&range.high, !range.half_open));
                CellKind::Range {
                    low: low?,
                    high: high?,
                }
            }
        })
    }

    /// A number that is the same for all rows, in the column's unit.
    fn threshold(&mut self, expr: &Expr, column: &Typed) -> Option<Typed> {
        if let ExprKind::Name(name) = &expr.kind
            && self.only_a_place(expr)
            && (self.scales.iter().flat_map(|scale| &scale.levels))
                .chain(self.categories.iter().flat_map(|category| &category.names))
                .any(|known| known.name == name.text)
        {
            return self.misfit(self.at(expr.span), column);
        }
        let value = self.expr(expr, Some(&column.ty));
        if value.ty.is_error() {
            return None;
        }
        if !matches!(value.ty, Type::Number(_)) || value.kind == TypedKind::Missing {
            return self.misfit(value.span, column);
        }
        let value = self.constant(value, "a cell of a table");
        let name = self.words(column.span);
        let (ty, value) = self.keeps(value, column.ty.clone(), column.span, &name);
        (!ty.is_error()).then_some(value)
    }
}
