//! What a test expects.

use forewarn_grammar::ast::{self, CompareOp, Expr, ExprKind, IsWhat};

use super::Rows;
use crate::check::context::Checker;
use crate::checked::tests::{CheckedExpect, Expected, TestShape};
use crate::diagnostics::names::UnknownWord;
use crate::diagnostics::tests::{
    ExpectsWithoutIs, NoSuchRow, NothingHappens, SayWhen, ToleranceNotHere,
};
use crate::framework::ValueSource;
use crate::plan::alerts::AlertEvent;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    pub(super) fn expect(&mut self, rows: &Rows, expect: &ast::Expect) -> Option<CheckedExpect> {
        let told = self.reports.iter().count();
        let row = match &expect.at {
            None => None,
            Some(at) => Some(self.row(rows, at)?),
        };
        let (what, span, of_all) = match &expect.kind {
            ast::ExpectKind::Holds { value, within } => {
                let span = self.at(value.span);
                let (what, of_all) = self.value_expected(rows, value, within.as_ref())?;
                (what, span, of_all)
            }
            ast::ExpectKind::Happens { of, what } => {
                let span = self.at(of.span).to(self.at(what.span));
                (self.happens(rows, of, what)?, span, false)
            }
            ast::ExpectKind::Nothing { what, of } => {
                let whole = self.at(expect.span);
                let last = of.as_ref().map_or(what.span, |of| of.span);
                let span = Span {
                    end: last.end,
                    ..whole
                };
                (self.nothing(rows, what, of.as_ref())?, span, true)
            }
        };
        if row.is_none() && !of_all && matches!(rows.shape, TestShape::Along(_)) {
            // Unless something else is wrong with it.
            if self.reports.iter().count() == told {
                self.reports.add(SayWhen {
                    span,
                    word: rows.word.clone(),
                    rows: rows.shape.rows(),
                });
            }
            return None;
        }
        let whole = self.at(expect.span);
        Some(CheckedExpect {
            what,
            row,
            span,
            whole,
        })
    }

    /// `at month 24`, as a row from 0.
    fn row(&mut self, rows: &Rows, at: &ast::ExpectAt) -> Option<usize> {
        let word = at.word.text.strip_suffix('s').unwrap_or(&at.word.text);
        let number = at.number.value;
        let fits = rows.over.is_some()
            && word == rows.word
            && at.number.unit.is_none()
            && !at.number.percent
            && number.fract() == 0.0
            && (1.0..=rows.shape.rows() as f64).contains(&number);
        if !fits {
            let span = self.at(at.word.span).to(self.at(at.number.span));
            self.reports.add(NoSuchRow {
                span,
                found: self.sources.slice(span).to_owned(),
                rows: rows.shape.rows(),
                word: rows.word.clone(),
                over: rows.over,
                meant: Vec::new(),
            });
            return None;
        }
        Some(number as usize - 1)
    }

    /// A truth, a value that must not be there, or a value with the one expected; and whether it speaks of all rows.
    fn value_expected(
        &mut self,
        rows: &Rows,
        value: &Expr,
        within: Option<&Expr>,
    ) -> Option<(Expected, bool)> {
        if within.is_none()
            && let ExprKind::Is {
                of,
                negated: true,
                what: IsWhat::Value(word),
            } = &value.kind
            && self.is_called_applicable(word)
        {
            let of = self.expr(of, None);
            let of = self.one(of, "each row has one value");
            return (!of.ty.is_error()).then_some((Expected::NotApplicable(of), false));
        }
        if let ExprKind::Is {
            of,
            negated: false,
            what,
        } = &value.kind
            && let Some(found) = self.equals(rows, of, what, within)
        {
            return found;
        }
        if let Some(within) = within {
            let span = self.at(within.span);
            self.reports.add(ToleranceNotHere { span });
            return None;
        }
        let truth = self.expr(value, Some(&Type::Truth));
        let truth = self.as_one_truth(truth, "what is expected");
        (!truth.ty.is_error()).then_some((Expected::Holds(truth), false))
    }

    /// `x is 0.35`, `x is missing`, `x is [0, 1]`. The outer `None`: it is to be read as a truth.
    #[allow(
        clippy::option_option,
        reason = "the inner one is a slip that was told"
    )]
    fn equals(
        &mut self,
        rows: &Rows,
        of: &Expr,
        what: &IsWhat,
        within: Option<&Expr>,
    ) -> Option<Option<(Expected, bool)>> {
        if matches!(what, IsWhat::Known(_)) {
            return None;
        }
        let of = self.expr(of, None);
        if of.ty.is_error() {
            return Some(None);
        }
        if matches!(of.ty, Type::List(_)) {
            return None;
        }
        let tolerance = match (&of.ty, within) {
            (_, None) => None,
            (Type::Number(unit), Some(within)) => match self.tolerance(within, unit) {
                Some(tolerance) => Some(tolerance),
                None => return Some(None),
            },
            (Type::Count, Some(within)) => match self.tolerance(within, &Unit::plain()) {
                Some(tolerance) => Some(tolerance),
                None => return Some(None),
            },
            (_, Some(within)) => {
                let span = self.at(within.span);
                self.reports.add(ToleranceNotHere { span });
                return Some(None);
            }
        };
        let written = match what {
            IsWhat::Value(value) => self.at(value.span),
            IsWhat::Missing(span) | IsWhat::Known(span) => self.at(*span),
        };
        let (values, series) = match what {
            IsWhat::Value(value) => {
                let read = |checker: &mut Self, cell: &Expr| checker.expected_cell(&of, cell);
                let series = matches!(value.kind, ExprKind::List(_));
                (self.cells(rows, value, read), series)
            }
            IsWhat::Missing(span) | IsWhat::Known(span) => {
                let missing = Typed {
                    kind: TypedKind::Missing,
                    ty: of.ty.clone(),
                    span: self.at(*span),
                };
                (Some(vec![(missing, 1)]), false)
            }
        };
        Some(values.map(|values| {
            let expected = Expected::Equals {
                of,
                values,
                written,
                tolerance,
            };
            (expected, series)
        }))
    }

    /// One value expected of another, in its unit.
    fn expected_cell(&mut self, of: &Typed, cell: &Expr) -> Option<Typed> {
        if self.only_a_place(cell) && self.tells_level_beside(cell, of, "is") {
            return None;
        }
        let value = self.expr(cell, Some(&of.ty));
        if value.kind == TypedKind::Missing {
            let ty = of.ty.clone();
            return Some(Typed { ty, ..value });
        }
        let value = self.one(value, "each row has one value");
        if value.ty.is_error() {
            return None;
        }
        // Judged as a comparison is, which converts units and tells what does not fit.
        let relation = match of.ty {
            Type::Number(_) | Type::Count => Relation::Order(CompareOp::LessOrEqual),
            Type::Truth | Type::Level(_) | Type::Category(_) | Type::List(_) | Type::Error => {
                Relation::Is
            }
        };
        if value.ty.is_error() {
            return None;
        }
        let wanted = match &of.ty {
            Type::Number(unit) => Some(unit.clone()),
            Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::List(_)
            | Type::Error => None,
        };
        let expected = value.clone();
        let span = of.span.to(value.span);
        let between = Span {
            start: of.span.end,
            end: value.span.start.max(of.span.end),
            ..of.span
        };
        let compared = self.compare(of.clone(), relation, value, between, span);
        // What is compared may have been brought to another unit; what is expected is not.
        if let TypedKind::Compare { right, .. } = compared.kind {
            match wanted {
                Some(unit) => Self::convert(expected, &unit),
                None => Some(*right),
            }
        } else {
            None
        }
    }

    /// `early_warning raised`, `ratio faults`
    fn happens(&mut self, rows: &Rows, of: &ast::Name, what: &ast::Name) -> Option<Expected> {
        let typed = self.name(of, None);
        let TypedKind::Value(id) = typed.kind else {
            return None;
        };
        if what.text == "faults" {
            return Some(Expected::Faults(id));
        }
        let source = self.framework.values.get(id.0 as usize);
        let is_notice =
            source.is_some_and(|one| matches!(one.what, ValueSource::Alert(alert) if alert.notice));
        let event = AlertEvent::IN_TESTS
            .into_iter()
            .find(|event| event.word_of(is_notice) == what.text);
        let Some(event) = event else {
            // A level whose clauses are wrong is on its scale all the same.
            let source = self
                .framework
                .values
                .get(id.0 as usize)
                .map(|one| &one.what);
            let scale = if let Type::Level(scale) = &typed.ty {
                Some(*scale)
            } else if let Some(ValueSource::Level(level)) = source {
                self.scale_names.get(&level.scale.text).copied()
            } else {
                None
            };
            if scale
                .and_then(|scale| self.scale(scale))
                .is_some_and(|scale| scale.levels.iter().any(|level| level.name == what.text))
            {
                self.reports.add(ExpectsWithoutIs {
                    of: of.text.clone(),
                    word: what.text.clone(),
                    span: self.at(what.span),
                });
                return None;
            }
            self.reports.add(UnknownWord {
                what: "thing that happens called".to_owned(),
                word: what.text.clone(),
                span: self.at(what.span),
                known: if is_notice {
                    vec!["began", "ended", "faults"]
                } else {
                    vec![
                        "raised",
                        "escalated",
                        "lowered",
                        "cleared",
                        "suppressed",
                        "faults",
                    ]
                },
            });
            return None;
        };
        self.is_live_alert(rows, id, of)
            .then_some(Expected::Happens { alert: id, event })
    }

    /// `no faults`, `no events of early_warning`
    fn nothing(
        &mut self,
        rows: &Rows,
        what: &ast::Name,
        of: Option<&ast::Name>,
    ) -> Option<Expected> {
        let id = match of {
            None => None,
            Some(name) => {
                let TypedKind::Value(id) = self.name(name, None).kind else {
                    return None;
                };
                Some(id)
            }
        };
        match what.text.as_str() {
            "faults" => Some(Expected::NoFaults(id)),
            "events" => {
                if let (Some(id), Some(name)) = (id, of)
                    && !self.is_live_alert(rows, id, name)
                {
                    return None;
                }
                Some(Expected::NoEvents(id))
            }
            _ => {
                self.reports.add(UnknownWord {
                    what: "thing that happens called".to_owned(),
                    word: what.text.clone(),
                    span: self.at(what.span),
                    known: vec!["faults", "events"],
                });
                None
            }
        }
    }

    /// An alert whose state the test does not give; else told.
    fn is_live_alert(&mut self, rows: &Rows, id: ValueId, name: &ast::Name) -> bool {
        let Some(value) = self.framework.values.get(id.0 as usize) else {
            return false;
        };
        let given = rows.given.get(&id).copied();
        let is_alert = matches!(value.what, ValueSource::Alert(_));
        if is_alert && given.is_none() {
            return true;
        }
        self.reports.add(NothingHappens {
            name: name.text.clone(),
            kind: value.what.kind(),
            span: self.at(name.span),
            given: given.filter(|_| is_alert),
        });
        false
    }
}
