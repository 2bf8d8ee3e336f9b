//! What a test gives.

use forewarn_grammar::ast::{self, Expr, ExprKind};

use super::Rows;
use crate::check::calls::UNVERIFIED;
use crate::check::context::Checker;
use crate::checked::Body;
use crate::checked::reads::Mention;
use crate::checked::tests::CheckedGiven;
use crate::diagnostics::evidence::UnverifiedNotHere;
use crate::diagnostics::tests::{CannotBeGiven, GivenOutside, GivenTwice, ParamInSeries};
use crate::framework::ValueSource;
use crate::numbers::show;
use crate::source::Span;
use crate::typed::{Typed, TypedKind, ValueId};
use crate::types::Type;

impl Checker<'_, '_> {
    pub(super) fn givens(
        &mut self,
        rows: &mut Rows,
        given: &[ast::Given],
    ) -> (Vec<CheckedGiven>, Vec<(String, Span)>) {
        let (mut values, mut params) = (Vec::new(), Vec::new());
        let mut circling = Vec::new();
        for given in given {
            let Some(id) = self.given_name(rows, &given.name) else {
                continue;
            };
            let is_param = self
                .framework
                .values
                .get(id.0 as usize)
                .is_some_and(|value| matches!(value.what, ValueSource::Param(_)));
            if is_param && matches!(given.value.kind, ExprKind::List(_)) {
                self.reports.add(ParamInSeries {
                    name: given.name.text.clone(),
                    span: self.at(given.value.span),
                });
                continue;
            }
            let mut unverified = Vec::new();
            let read = |checker: &mut Self, cell: &Expr| {
                let inner = checker.unverified_cell(id, cell)?;
                unverified.push(inner.is_some());
                checker.given_cell(id, inner.unwrap_or(cell))
            };
            let Some(cells) = self.cells(rows, &given.value, read) else {
                continue;
            };
            if is_param {
                circling.push((id, &given.value));
                params.push((given.name.text.clone(), self.at(given.value.span)));
            } else {
                values.push(CheckedGiven {
                    value: id,
                    cells,
                    unverified,
                    span: self.at(given.name.span),
                });
            }
        }
        self.circles_of_given(&circling);
        (values, params)
    }

    fn given_name(&mut self, rows: &mut Rows, name: &ast::Name) -> Option<ValueId> {
        let span = self.at(name.span);
        let typed = self.name(name, None);
        let id = match typed.mention() {
            Some(Mention::Value(id)) if !matches!(typed.ty, Type::List(_)) => id,
            _ if typed.kind == TypedKind::Error => return None,
            _ => {
                self.reports.add(CannotBeGiven {
                    name: name.text.clone(),
                    span,
                });
                return None;
            }
        };
        if let Some(first) = rows.given.insert(id, span) {
            self.reports.add(GivenTwice {
                name: name.text.clone(),
                first,
                second: span,
            });
            return None;
        }
        Some(id)
    }

    /// What stands in `unverified(…)`, if the cell is of that form; `None` where it does not fit, and
    /// told.
    fn unverified_cell<'t>(&mut self, id: ValueId, cell: &'t Expr) -> Option<Option<&'t Expr>> {
        let ExprKind::Call { function, args } = &cell.kind else {
            return Some(None);
        };
        let [ast::Arg { name: None, value }] = args.as_slice() else {
            return Some(None);
        };
        if function.text != UNVERIFIED {
            return Some(None);
        }
        if self.has_verification(id) {
            return Some(Some(value));
        }
        let declared = self.framework.values.get(id.0 as usize);
        self.reports.add(UnverifiedNotHere {
            span: self.at(cell.span),
            name: declared.map(|declared| declared.name.text.clone()),
        });
        None
    }

    /// One value, in the unit of what it stands for; `None` where it does not fit, and told.
    fn given_cell(&mut self, id: ValueId, cell: &Expr) -> Option<Typed> {
        let wanted = self.types.get(&id).cloned().unwrap_or(Type::Error);
        // Told already; what would fit is not known.
        if wanted.is_error() {
            return None;
        }
        // A count is given as the number that it is.
        let wanted = if wanted == Type::Count {
            Type::plain()
        } else {
            wanted
        };
        let value = self.expr(cell, Some(&wanted));
        let value = self.constant(value, "what a test gives");
        let value = self.one(value, "each row has one value");
        let declared = self.framework.values.get(id.0 as usize)?;
        let (name, place) = (declared.name.text.clone(), declared.span());
        let value = self.keeps(value, wanted.clone(), place, &name).1;
        if value.ty.is_error() {
            return None;
        }
        let range = self.values.get(&id).and_then(|value| match &value.body {
            Body::Indicator(body) => body.declared,
            Body::Param(body) => body.declared,
            Body::Expression { declared, .. } => *declared,
            Body::Factor(_) | Body::Level(_) | Body::Table(_) | Body::Alert(_) | Body::Broken => {
                None
            }
        });
        if let (Some(declared), Some((x, text))) = (range, self.shown_amount(&value))
            && !declared.takes(x)
        {
            self.reports.add(GivenOutside {
                name,
                span: value.span,
                value: text,
                low: show(declared.range.low),
                high: declared.high_words(),
                declared: declared.span,
            });
            return None;
        }
        Some(value)
    }
}
