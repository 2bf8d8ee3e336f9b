//! `at`: the value of a period that is named, by an event, a year or its parts.

use super::super::context::Checker;
use super::super::named_arguments::Arguments;
use crate::diagnostics::panel_functions::NoPeriod;
use crate::plan::PeriodKind;
use crate::typed::{AlongTime, Builtin, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

/// The names of arguments of `at` in a panel: an event, or the parts of a period.
pub(super) fn names_of_at(kind: PeriodKind) -> &'static [&'static str] {
    match kind {
        PeriodKind::Year => &["when", "year"],
        PeriodKind::Quarter => &["when", "year", "quarter"],
        PeriodKind::Month => &["when", "year", "month"],
        PeriodKind::Week(_) => &["when", "year", "week"],
        PeriodKind::Day => &["when", "year", "month", "day"],
    }
}

/// By what the periods of a panel are named: `at(x, year: 2024, month: 5)`.
pub(super) fn parts_of(kind: PeriodKind) -> &'static [&'static str] {
    names_of_at(kind).get(1..).unwrap_or_default()
}

impl Checker<'_, '_> {
    /// `at(x, 2015)`: a year, in a panel by year.
    pub(super) fn at_period(
        &mut self,
        mut call: AlongTime,
        arguments: &Arguments<'_>,
        kind: PeriodKind,
    ) -> Typed {
        let span = arguments.span;
        let Some(period) = arguments.placed.get(1) else {
            return match self.period_by_parts(arguments, kind) {
                Some(period) => {
                    call.threshold = Some(period);
                    self.series(call, arguments, kind)
                }
                None => self.poison(span),
            };
        };
        let period = self.expr(period, None);
        if period.ty == Type::Truth {
            // `at(x, vote)`: the event is there, its name is not.
            let words = self.words(period.span);
            let written = (!words.is_empty()).then(|| format!("when: {words}"));
            self.missing_argument("when", period.span, written, arguments.call());
            return self.poison(span);
        }
        let period = self.as_one_number(period, "the period of `at`");
        if period.ty.is_error() {
            return self.poison(span);
        }
        let is_plain = Self::unit_of(&period.ty).is_some_and(Unit::is_plain);
        if kind != PeriodKind::Year || !is_plain {
            let found = self.show(&period.ty);
            self.reports.add(NoPeriod {
                span: period.span,
                found,
                kind,
                meant: self.at_by_parts(kind),
            });
            return self.poison(span);
        }
        call.threshold = Some(period);
        self.series(call, arguments, kind)
    }

    /// How the periods of a panel are named in `at`.
    fn at_by_parts(&self, kind: PeriodKind) -> String {
        let parts = parts_of(kind).iter().map(|part| match *part {
            "year" => "year: 2015".to_owned(),
            other => format!("{other}: 3"),
        });
        format!("at(x, {})", parts.collect::<Vec<_>>().join(", "))
    }

    /// `at(x, year: y, month: m)`: the number of that period.
    fn period_by_parts(&mut self, arguments: &Arguments<'_>, kind: PeriodKind) -> Option<Typed> {
        let mut parts = Vec::new();
        let mut failed = false;
        for name in parts_of(kind) {
            let Some(part) = arguments.named(name) else {
                self.missing_argument(name, arguments.span, None, arguments.call());
                return None;
            };
            let part = self.expr(part, Some(&Type::plain()));
            let part = self.as_one_number(part, "a part of the period of `at`");
            failed |= part.ty.is_error();
            if !part.ty.is_error() && part.ty != Type::plain() {
                let found = self.show(&part.ty);
                self.reports.add(NoPeriod {
                    span: part.span,
                    found,
                    kind,
                    meant: self.at_by_parts(kind),
                });
                failed = true;
            }
            parts.push(part);
        }
        let span = parts.first().zip(parts.last());
        let span = span.map(|(first, last)| first.span.to(last.span))?;
        (!failed).then(|| Typed {
            kind: TypedKind::Builtin(Builtin::PeriodOf(kind), parts),
            ty: Type::plain(),
            span,
        })
    }
}
