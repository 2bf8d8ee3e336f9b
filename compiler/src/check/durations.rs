//! Durations as whole numbers of the panel's periods.
//!
//! In: an expression such as `12 months` or the name of a param that holds one. Out: how many
//! periods of the panel it is, or a diagnostic that says why it is no whole number of them:
//!
//! ```text
//! fn periods(&mut self, value: &ast::Expr, context: &str) -> Option<u32>
//! ```
//!
//! `context` is what asks for it, for the message: "`lag`", "`over:` of `mean`", "`cooldown`". The
//! result is at least 1 and below `WHOLE`. `None` was told. In a cross-section there are no periods:
//! callers tell that first, with what they are ([`NotInCrossSection`]); if not, it is told here.
//!
//! [`NotInCrossSection`]: crate::diagnostics::panel_functions::NotInCrossSection

use forewarn_grammar::ast::{self, ProductOp, SumOp};

use super::context::Checker;
use crate::checked::Body;
use crate::conversion::exactly;
use crate::diagnostics::durations::{DaysAndMonths, NotADuration, NotWholePeriods};
use crate::diagnostics::types::{NotConstant, VariesBy};
use crate::numbers::show;
use crate::plan::PeriodKind;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;
use crate::units::{Base, Unit};

/// Longer windows than a panel can have periods say nothing more.
const MOST: f64 = 1e9;

impl Checker<'_, '_> {
    /// A duration in whole periods of the panel, at least one; `None` where it is none, and told.
    pub fn periods(&mut self, value: &ast::Expr, context: &str) -> Option<u32> {
        let typed = self.expr(value, None);
        let typed = self.constant(typed, context);
        if typed.ty.is_error() {
            return None;
        }
        let span = typed.span;
        let Some(kind) = self.panel.period else {
            self.no_periods(context.trim_matches('`'), span);
            return None;
        };
        let period = period_word(kind);
        let Some((unit, base)) = as_time(&typed.ty) else {
            let found = self.show(&typed.ty);
            let plain = typed.as_number().filter(|_| typed.ty == Type::plain());
            let amount = plain.map(show);
            self.reports.add(NotADuration {
                span,
                context: context.to_owned(),
                found,
                amount,
                beside: self.bare_require.take(),
                period,
            });
            return None;
        };
        let Some(amount) = self.amount(&typed) else {
            // A param with dates, or a function's own parameter.
            let dated = self.dated_in(&typed);
            let by = match dated {
                Some(_) => VariesBy::Date,
                None => VariesBy::Call,
            };
            self.reports.add(NotConstant {
                span,
                context: context.to_owned(),
                why: span,
                name: dated.unwrap_or_default(),
                by,
            });
            return None;
        };
        let words = self.words(span);
        let panel = self.units.get(period).cloned().unwrap_or_default();
        let Some((num, den)) = unit.conversion(&panel) else {
            self.reports.add(DaysAndMonths {
                span,
                words,
                base,
                period,
            });
            return None;
        };
        let periods = exactly(amount, num, den);
        let whole = periods.round();
        // A whole number of months, written as years, may be off by rounding.
        if !(1.0..MOST).contains(&whole) || (periods - whole).abs() > whole * 1e-12 {
            self.odd_durations.push(NotWholePeriods {
                span,
                words,
                periods: show(crate::decimal::round(periods, 4)),
                period,
                others: Vec::new(),
                panel: None,
            });
            return None;
        }
        Some(whole as u32)
    }

    /// The value of a constant, as far as a duration is made of one: numbers, params without
    /// periods, and the four rules of arithmetic.
    pub fn amount(&self, value: &Typed) -> Option<f64> {
        self.amount_in(value, None)
    }

    /// The same in a period, where params may have dates.
    pub(super) fn amount_in(&self, value: &Typed, period: Option<i64>) -> Option<f64> {
        Some(match &value.kind {
            TypedKind::Number(x) => *x,
            TypedKind::Value(id) => match &self.values.get(id)?.body {
                Body::Param(param) => {
                    let mut dated = param.values.iter();
                    let own = dated.find(|one| match period {
                        Some(period) => {
                            one.from.is_none_or(|from| from <= period)
                                && one.until.is_none_or(|until| period <= until)
                        }
                        None => one.from.is_none() && one.until.is_none(),
                    });
                    self.amount_in(&own?.value, period)?
                }
                Body::Indicator(_)
                | Body::Expression { .. }
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken => return None,
            },
            TypedKind::Convert(inner, num, den) => {
                exactly(self.amount_in(inner, period)?, *num, *den)
            }
            TypedKind::Negate(inner) => -self.amount_in(inner, period)?,
            TypedKind::Sum(first, rest) => {
                let mut sum = self.amount_in(first, period)?;
                for (op, part) in rest {
                    let part = self.amount_in(part, period)?;
                    match op {
                        SumOp::Add => sum += part,
                        SumOp::Subtract => sum -= part,
                    }
                }
                sum
            }
            TypedKind::Product(first, rest) => {
                let mut product = self.amount_in(first, period)?;
                for (op, part) in rest {
                    let part = self.amount_in(part, period)?;
                    match op {
                        ProductOp::Multiply => product *= part,
                        ProductOp::Divide => product /= part,
                    }
                }
                product
            }
            TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::AsNumber(_)
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error => return None,
        })
    }
}

/// The unit, and `month` or `day`, if the type is a stretch of time.
fn as_time(ty: &Type) -> Option<(&Unit, &'static str)> {
    let Type::Number(unit) = ty else { return None };
    let base = ["month", "day"].into_iter().find(|base| {
        let known = Base::Named((*base).to_owned());
        unit.exponent(&known) == 1 && unit.bases().count() == 1
    })?;
    Some((unit, base))
}

/// `month`
pub(super) fn period_word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "day",
        PeriodKind::Week(_) => "week",
        PeriodKind::Month => "month",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Year => "year",
    }
}
