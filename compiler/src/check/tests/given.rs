//! What a test gives.

use forewarn_grammar::ast::{self, Expr, ExprKind};

use super::Rows;
use crate::check::calls::UNVERIFIED;
use crate::check::context::Checker;
use crate::checked::Body;
use crate::checked::reads::Mention;
use crate::checked::tests::CheckedGiven;
use crate::diagnostics::evidence::{NeverInapplicable, UnverifiedNotHere};
use crate::diagnostics::tests::{
    CannotBeGiven, GivenOutside, GivenToNone, GivenTwice, ParamInSeries,
};
use crate::framework::ValueSource;
use crate::numbers::show;
use crate::source::Span;
use crate::typed::{Typed, TypedKind, ValueId};
use crate::types::{ASSESSMENT, Type};
use crate::units::Unit;

impl Checker<'_, '_> {
    pub(super) fn givens(
        &mut self,
        rows: &mut Rows,
        given: &[ast::Given],
    ) -> (Vec<CheckedGiven>, Vec<(String, Span)>) {
        let (mut values, mut params) = (Vec::new(), Vec::new());
        let mut circling = Vec::new();
        for given in given {
            let ast::GivenTo::One(name) = &given.to else {
                continue;
            };
            let Some(id) = self.given_name(rows, name) else {
                continue;
            };
            let is_param = self
                .framework
                .values
                .get(id.0 as usize)
                .is_some_and(|value| matches!(value.what, ValueSource::Param(_)));
            if is_param && matches!(given.value.kind, ExprKind::List(_)) {
                self.reports.add(ParamInSeries {
                    name: name.text.clone(),
                    span: self.at(given.value.span),
                });
                continue;
            }
            let span = self.at(name.span);
            let Some(checked) = self.given_value(rows, id, &given.value, span, false) else {
                continue;
            };
            if is_param {
                circling.push((id, &given.value));
                params.push((name.text.clone(), self.at(given.value.span)));
            } else {
                values.push(checked);
            }
        }
        self.circles_of_given(&circling);
        self.given_to_every(rows, given, &mut values);
        (values, params)
    }

    /// What a test gives to several: members of a factor, and then all assessments, each of which has no
    /// value from a narrower part of the test. Of two factors that share a member the first one gives it.
    fn given_to_every(
        &mut self,
        rows: &mut Rows,
        given: &[ast::Given],
        values: &mut Vec<CheckedGiven>,
    ) {
        let mut widest = Vec::new();
        for given in given {
            let ast::GivenTo::Every { kind, of, span } = &given.to else {
                continue;
            };
            let span = self.at(*span);
            match (kind.text.as_str(), of) {
                ("member", Some(factor)) => {
                    if let Some(members) = self.members_named(factor, span) {
                        self.give_each(rows, &members, &given.value, span, values);
                    }
                }
                ("assessment", None) => widest.push((given, span)),
                _ => self.reports.add(GivenToNone { span }),
            }
        }
        if widest.is_empty() {
            return;
        }
        let all: Vec<ValueId> = self
            .values
            .iter()
            .filter(|(_, value)| {
                matches!(value.body, Body::Indicator(_)) && value.ty == Type::Level(ASSESSMENT)
            })
            .map(|(id, _)| *id)
            .collect();
        for (given, span) in widest {
            self.give_each(rows, &all, &given.value, span, values);
        }
    }

    /// The same to each that is given nothing yet; what does not fit is told once.
    fn give_each(
        &mut self,
        rows: &mut Rows,
        ids: &[ValueId],
        value: &Expr,
        span: Span,
        values: &mut Vec<CheckedGiven>,
    ) {
        for id in ids {
            if rows.given.contains_key(id) {
                continue;
            }
            rows.given.insert(*id, span);
            match self.given_value(rows, *id, value, span, true) {
                Some(checked) => values.push(checked),
                None => return,
            }
        }
    }

    fn members_named(&mut self, factor: &ast::Name, span: Span) -> Option<Vec<ValueId>> {
        let typed = self.name(factor, None);
        if typed.kind == TypedKind::Error {
            return None;
        }
        let body = match typed.mention() {
            Some(Mention::Value(id)) => self.values.get(&id).map(|value| &value.body),
            _ => None,
        };
        match body {
            Some(Body::Factor(body)) => Some(body.members.iter().map(|one| one.value).collect()),
            // Told already.
            Some(Body::Broken) => None,
            Some(
                Body::Indicator(_)
                | Body::Param(_)
                | Body::Expression { .. }
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_),
            )
            | None => {
                self.reports.add(GivenToNone { span });
                None
            }
        }
    }

    fn given_value(
        &mut self,
        rows: &Rows,
        id: ValueId,
        value: &Expr,
        span: Span,
        is_one_of_several: bool,
    ) -> Option<CheckedGiven> {
        let (mut unverified, mut inapplicable) = (Vec::new(), Vec::new());
        // Of several, those that nothing can be verified of are given the value alone.
        let can_be = !is_one_of_several || self.has_verification(id);
        let read = |checker: &mut Self, cell: &Expr| {
            inapplicable.push(checker.says_inapplicable(cell));
            if inapplicable.last() == Some(&true) {
                unverified.push(false);
                return checker.inapplicable_cell(id, cell);
            }
            let inner = match unverified_inside(cell) {
                Some(inner) if !can_be => return checker.given_cell(id, inner),
                _ => checker.unverified_cell(id, cell)?,
            };
            unverified.push(inner.is_some());
            checker.given_cell(id, inner.unwrap_or(cell))
        };
        let cells = self.cells(rows, value, read)?;
        unverified.resize(cells.len(), false);
        inapplicable.resize(cells.len(), false);
        Some(CheckedGiven {
            value: id,
            cells,
            unverified,
            inapplicable,
            span,
        })
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
        let Some(value) = unverified_inside(cell) else {
            return Some(None);
        };
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

    /// `not applicable`, unless something is called `applicable`.
    fn says_inapplicable(&self, cell: &Expr) -> bool {
        let ExprKind::Not(inner) = &cell.kind else {
            return false;
        };
        self.is_called_applicable(inner)
    }

    /// The word of `not applicable`, unless something is called so.
    pub(super) fn is_called_applicable(&self, word: &Expr) -> bool {
        let is_word = matches!(&word.kind, ExprKind::Name(name) if name.text == "applicable");
        is_word
            && !self
                .framework
                .values
                .iter()
                .any(|value| value.name.text == "applicable")
    }

    /// A cell that says that there is no such value; `None` where none can, and told.
    fn inapplicable_cell(&mut self, id: ValueId, cell: &Expr) -> Option<Typed> {
        let span = self.at(cell.span);
        let body = self.values.get(&id).map(|value| &value.body);
        let (is_indicator, can_be) = match body {
            Some(Body::Indicator(body)) => (true, body.inapplicable.is_some()),
            // Told already.
            Some(Body::Broken) => return None,
            Some(
                Body::Param(_)
                | Body::Expression { .. }
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_),
            )
            | None => (false, false),
        };
        if can_be {
            return Some(Typed {
                kind: TypedKind::Missing,
                ty: self.types.get(&id).cloned().unwrap_or(Type::Error),
                span,
            });
        }
        let declared = self.framework.values.get(id.0 as usize)?;
        self.reports.add(NeverInapplicable {
            span,
            name: declared.name.text.clone(),
            is_indicator,
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
            let percent = Type::Number(Unit::percent());
            let sign = if wanted == percent { "%" } else { "" };
            let signed = |end: String| match end.ends_with(|last: char| last.is_ascii_digit()) {
                true => format!("{end}{sign}"),
                false => end,
            };
            self.reports.add(GivenOutside {
                name,
                span: value.span,
                value: signed(text),
                low: signed(show(declared.range.low)),
                high: signed(declared.high_words()),
                declared: declared.span,
            });
            return None;
        }
        Some(value)
    }
}

/// What stands in `unverified(…)`, if that is what the cell is.
fn unverified_inside(cell: &Expr) -> Option<&Expr> {
    let ExprKind::Call { function, args } = &cell.kind else {
        return None;
    };
    match args.as_slice() {
        [ast::Arg { name: None, value }] if function.text == UNVERIFIED => Some(value),
        _ => None,
    }
}
