//! Params: constants of the method, also dated ones and those set from outside.

use forewarn_grammar::ast::{self, PeriodLit};

use super::context::Checker;
use crate::checked::{Body, DatedValue, ParamBody};
use crate::diagnostics::ranges::{DatedParam, OutsideRange};
use crate::diagnostics::types::TypeNotHere;
use crate::period;
use crate::period::Period;
use crate::plan::PeriodKind;
use crate::source::Span;
use crate::typed::ValueId;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;

impl<'p> Checker<'_, 'p> {
    pub fn param(
        &mut self,
        id: ValueId,
        param: &'p ast::Param,
        own: Span,
    ) -> (Type, Body, Vec<String>) {
        let name = &param.name.text;
        let wanted = param.ty.as_ref().map(|ty| {
            let found = self.type_of(ty, &[], "a param");
            if matches!(found, Type::List(_)) {
                let span = self.type_span(ty);
                let (found, context) = ("a list".to_owned(), "a param".to_owned());
                self.reports.add(TypeNotHere {
                    span,
                    found,
                    context,
                });
            }
            (found, self.type_span(ty))
        });
        let declared = param
            .ty
            .as_ref()
            .zip(wanted.as_ref())
            .and_then(|(ty, (found, _))| self.declared_range(ty, found));
        let attributes = self.param_attributes(&param.attrs, own);
        let review = attributes.review.and_then(|review| {
            let period = self.period(review, true)?;
            Some((review.text.clone(), period))
        });
        let mut ty = wanted.as_ref().map(|(ty, _)| ty.clone());
        let mut values: Vec<DatedValue> = Vec::with_capacity(param.values.len());
        let mut spans = Vec::with_capacity(param.values.len());
        // A value given from outside takes the place of all that the file says.
        let given = self.given.and_then(|given| given.of(name));
        let own_file = self.file;
        let (values_file, own_values) = self.framework.values_of(id, param);
        let (file, dated_values) = given.unwrap_or((values_file, own_values));
        if given.is_some() && ty.is_none() {
            ty = self.own_types.get(&id).cloned();
        }
        self.file = file;
        let mut readable = true;
        for dated in dated_values {
            self.outside = given.is_some();
            let value = self.expr(&dated.value, ty.as_ref());
            let value = if given.is_some() {
                in_unit_of(value, ty.as_ref())
            } else {
                value
            };
            let value = self.constant(value, "a param");
            let value = if value.ty == Type::Count {
                self.as_number(value, "")
            } else {
                value
            };
            let value = self.one(value, "a param holds one value");
            let value = match (&ty, &wanted) {
                (Some(wanted_ty), Some((_, place))) => {
                    self.keeps(value, wanted_ty.clone(), *place, name).1
                }
                (Some(first), None) => self.keeps(value, first.clone(), own, name).1,
                (None, _) => {
                    ty = Some(value.ty.clone());
                    value
                }
            };
            if let (TypedKind::Number(x), Some(declared)) = (&value.kind, &declared)
                && !declared.takes(*x)
            {
                self.reports.add(OutsideRange {
                    name: name.clone(),
                    span: value.span,
                    value: crate::numbers::show(*x),
                    low: crate::numbers::show(declared.range.low),
                    high: declared.high_words(),
                    declared: declared.span,
                    what: "param",
                });
            }
            // Periods of another kind are one slip.
            let mut end = |at: Option<&PeriodLit>, last: bool| {
                let at = at.filter(|_| readable)?;
                let period = self.period(at, last);
                readable = period.is_some();
                period
            };
            let from = end(dated.from.as_ref(), false);
            let until = end(dated.until.as_ref(), true);
            spans.push(self.at(dated.span));
            values.push(DatedValue { value, from, until });
        }
        self.outside = false;
        self.file = own_file;
        if readable {
            self.share_out(&mut values, &spans, dated_values);
        }
        (
            ty.unwrap_or(Type::Error),
            Body::Param(ParamBody {
                values,
                declared,
                review,
            }),
            attributes.cites,
        )
    }

    /// Dated values follow each other without overlap or hole.
    fn share_out(
        &mut self,
        values: &mut [DatedValue],
        spans: &[Span],
        written: &[ast::ParamValue],
    ) {
        let dated = |value: &ast::ParamValue| value.from.is_some() || value.until.is_some();
        if values.len() < 2 && !written.iter().any(dated) {
            return;
        }
        for (pair, places) in values.windows(2).zip(spans.windows(2)) {
            let ([before, after], [first, second]) = (pair, places) else {
                continue;
            };
            let (why, instead) = match (before.until, after.from) {
                (Some(until), Some(from)) if from == until + 1 => continue,
                (Some(until), Some(from)) if from > until => {
                    let (low, high) = (self.dated(until + 1), self.dated(from - 1));
                    // Whole years are written as years.
                    let years = whole_years(&low, &high);
                    let (low, high) = years.clone().unwrap_or((low, high));
                    let why = if low == high {
                        format!("no value holds for {low}, between these two")
                    } else {
                        format!("no value holds from {low} to {high}, between these two")
                    };
                    let (first, last) = years.unwrap_or_else(|| {
                        (
                            self.written_period(until + 1),
                            self.written_period(from - 1),
                        )
                    });
                    let instead =
                        format!("let the first hold `until {last}`, or the second `from {first}`");
                    (why, instead)
                }
                (Some(until), Some(_)) => (
                    "both hold for the same periods".to_owned(),
                    format!(
                        "let the second begin where the first has ended: `from {}`",
                        self.written_period(until + 1)
                    ),
                ),
                // One end is enough: the other value takes over where it ends.
                (Some(_), None) | (None, Some(_)) => continue,
                (None, None) => {
                    let kind = self.panel.period.unwrap_or(PeriodKind::Year);
                    let example = period::example(kind);
                    let example = if kind == PeriodKind::Year {
                        example.to_owned()
                    } else {
                        format!("\"{example}\"")
                    };
                    (
                        "it is not said where the one ends and the other begins".to_owned(),
                        format!("say where the second begins: `from {example}`"),
                    )
                }
            };
            let (span, other) = (*second, Some(*first));
            self.reports.add(DatedParam {
                span,
                no_period: None,
                why,
                other,
                instead: Some(instead),
                meant: None,
            });
        }
        // The missing end of a pair follows from the other one.
        let ends: Vec<_> = values
            .iter()
            .map(|value| (value.from, value.until))
            .collect();
        for (index, value) in values.iter_mut().enumerate() {
            if value.from.is_none() && index > 0 {
                let before = ends.get(index - 1).and_then(|(_, until)| *until);
                value.from = before.map(|until| until + 1);
            }
            if value.until.is_none() {
                let after = ends.get(index + 1).and_then(|(from, _)| *from);
                value.until = after.map(|from| from - 1);
            }
        }
    }

    /// A period in a rule file, in the panel's own kind. A year stands for its first period, or
    /// behind `until` for its last.
    pub fn period(&mut self, at: &PeriodLit, last: bool) -> Option<i64> {
        let span = self.at(at.span);
        let Some(kind) = self.panel.period else {
            // A period that nobody can read is told where it stands.
            if self.panel_broken {
                return None;
            }
            self.reports.add(DatedParam {
                span,
                no_period: None,
                why: "this panel has no periods, so a value cannot change with them".to_owned(),
                other: None,
                instead: Some("give the param one value".to_owned()),
                meant: None,
            });
            return None;
        };
        if let Ok(number) = period::parse(kind, &at.text) {
            return Some(number);
        }
        if let Ok(year) = period::parse(PeriodKind::Year, &at.text) {
            let next = if last { year + 1 } else { year };
            let first = match kind {
                PeriodKind::Year => Some(next),
                PeriodKind::Month => Some(next * 12),
                PeriodKind::Quarter => Some(next * 4),
                PeriodKind::Day => Some(period::days_from_civil(next, 1, 1)),
                PeriodKind::Week(_) => None,
            };
            if let Some(first) = first {
                return Some(if last { first - 1 } else { first });
            }
        }
        let kind_name = period::kind_name(kind);
        let example = period::example(kind);
        let why = format!("a {kind_name} is written like `{example}`");
        // `"2019-13"` in a panel by year.
        let year = at
            .text
            .get(..4)
            .filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
        let instead = match (kind, year) {
            (PeriodKind::Year, Some(year)) => format!("write the year: `{year}`"),
            (PeriodKind::Year, None) => format!("write a year: `{example}`"),
            _ => format!("write a {kind_name} that there is, such as `\"{example}\"`"),
        };
        self.reports.add(DatedParam {
            span,
            no_period: Some((at.text.clone(), kind_name)),
            why,
            other: None,
            instead: Some(instead),
            meant: super::other_dates::meant(kind, &at.text, last),
        });
        None
    }

    /// A period as people read it.
    fn dated(&self, number: i64) -> String {
        let kind = self.panel.period.unwrap_or(PeriodKind::Year);
        Period::new(kind, number).to_string()
    }

    /// A period as rules write it.
    fn written_period(&self, number: i64) -> String {
        let words = self.dated(number);
        if self.panel.period == Some(PeriodKind::Year) {
            words
        } else {
            format!("\"{words}\"")
        }
    }
}

/// A bare number given from outside is meant in the param's own unit, where a bare number could
/// mean nothing else; a share is read as the rule file would read it: `0.4` is 40 %.
fn in_unit_of(mut value: Typed, ty: Option<&Type>) -> Typed {
    if let (Type::Number(own), Some(Type::Number(unit))) = (&value.ty, ty)
        && own.is_plain()
        && !unit.is_dimensionless()
    {
        value.ty = Type::Number(unit.clone());
    }
    value
}

/// The years from the first to the last period, where these begin and end years: `2018-Q1` and `2018-Q4`.
fn whole_years(first: &str, last: &str) -> Option<(String, String)> {
    let begins = ["-Q1", "-01-01", "-01", "-W01"];
    let ends = ["-Q4", "-12-31", "-12"];
    let year = |text: &str, parts: &[&str]| {
        let year = parts.iter().find_map(|part| text.strip_suffix(part))?;
        (year.len() == 4).then(|| year.to_owned())
    };
    Some((year(first, &begins)?, year(last, &ends)?))
}
