//! Numbers without a sign beside parts of a whole that are not declared as such: `layoffs > 5`, of
//! `laid_off / employed`.
//!
//! In: a checked framework. Out: a warning for each number from 2 on that is compared with one amount divided
//! by another of its kind, where the rules take such a quotient for a percentage: 5 is 500 % of it. What is
//! held against its own past or its peers grows by factors, and is left alone; a growth is told from 5 on, which is
//! six times as much as before.

use std::collections::BTreeSet;

use crate::checked::{Body, CheckedFramework};
use crate::conversion::exactly;
use crate::diagnostics::Reports;
use crate::diagnostics::units::{BesideQuotient, Compared};
use crate::framework::{Framework, ValueSource};
use crate::numbers::show;
use crate::source::{SourceMap, Span};
use crate::typed::{TimeFunction, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;
use forewarn_grammar::ast::ProductOp;

/// How far declarations that stand for others are followed.
const DEEP: usize = 8;

/// Where numbers begin that are hardly parts of a whole.
const LEAST: f64 = 2.0;

/// Where numbers begin that hardly anything grows by.
const LEAST_GROWTH: f64 = 5.0;

/// The most of the usual that is written as a percentage.
const MOST_PERCENT: f64 = 500.0;

struct Quotients<'a, 'p> {
    framework: &'a Framework<'p>,
    checked: &'a CheckedFramework,
    sources: &'a SourceMap,
}

/// Tells numbers that lack their percent sign beside quotients of like amounts.
pub(super) fn tell(
    framework: &Framework<'_>,
    checked: &CheckedFramework,
    sources: &SourceMap,
    reports: &mut Reports,
) {
    let quotients = Quotients {
        framework,
        checked,
        sources,
    };
    let example = quotients.example();
    let mut told: BTreeSet<Span> = BTreeSet::new();
    for value in &checked.values {
        for part in value.body.parts() {
            let Some(whole) = part.expression() else {
                continue;
            };
            // What is wrong in itself is told as that.
            if whole
                .walk(part.role)
                .any(|one| one.expression.ty.is_error())
            {
                continue;
            }
            for one in whole.walk(part.role) {
                let TypedKind::Compare { left, right, .. } = &one.expression.kind else {
                    continue;
                };
                for (side, other) in [(left, right), (right, left)] {
                    if let Some((span, x, past)) = quotients.times_its_past(side, other)
                        && told.insert(span)
                        && let Some(found) = quotients.found(span, past, None)
                    {
                        reports.add(BesideQuotient {
                            as_percent: format!("{}%", show(exactly(x, 100.0, 1.0))),
                            of: Compared::Past,
                            ..found
                        });
                    }
                }
                for (number, quotient) in [(left, right), (right, left)] {
                    let grows = quotients.is_growth(quotient, DEEP);
                    let example = example.filter(|_| quotients.is_quotient(quotient, DEEP));
                    if !grows && example.is_none() {
                        continue;
                    }
                    let least = if grows { LEAST_GROWTH } else { LEAST };
                    for (span, x) in quotients.numbers(number) {
                        let is_new = x.abs() >= least && told.insert(span);
                        if is_new && let Some(found) = quotients.found(span, quotient, example) {
                            reports.add(BesideQuotient {
                                as_percent: format!("{}%", show(exactly(x, 100.0, 1.0))),
                                of: if grows {
                                    Compared::Growth
                                } else {
                                    Compared::Whole
                                },
                                used: (number.span != span).then_some(number.span),
                                ..found
                            });
                        }
                    }
                }
            }
        }
    }
}

fn unit(value: &Typed) -> Option<&Unit> {
    match &value.ty {
        Type::Number(unit) => Some(unit),
        Type::Truth
        | Type::Level(_)
        | Type::Category(_)
        | Type::Count
        | Type::List(_)
        | Type::Error => None,
    }
}

/// What a value is before it is brought to another unit.
fn plainly(value: &Typed) -> &Typed {
    let mut inner = value;
    while let TypedKind::Convert(of, ..) = &inner.kind {
        inner = of;
    }
    inner
}

fn is_plain(value: &Typed) -> bool {
    unit(value).is_some_and(Unit::is_plain)
}

impl Quotients<'_, '_> {
    fn found(&self, span: Span, quotient: &Typed, example: Option<Span>) -> Option<BesideQuotient> {
        let text = self.sources.slice(span).to_owned();
        let is_number = text
            .chars()
            .next()
            .is_some_and(|first| first.is_ascii_digit());
        is_number.then(|| BesideQuotient {
            span,
            text,
            as_percent: String::new(),
            quotient: quotient.span,
            quotient_text: self.sources.slice(quotient.span).to_owned(),
            example: example
                .filter(|example| *example != quotient.span)
                .map(|example| (example, format!("`{}`", self.sources.slice(example)))),
            used: None,
            of: Compared::Whole,
        })
    }

    /// `150 * usual` beside the value of which that is the past: more than a hundred times as much, and no round
    /// number. The number, and the past.
    fn times_its_past<'t>(&self, side: &'t Typed, now: &Typed) -> Option<(Span, f64, &'t Typed)> {
        let (side, now) = (plainly(side), plainly(now));
        let (TypedKind::Product(first, rest), TypedKind::Value(id)) = (&side.kind, &now.kind)
        else {
            return None;
        };
        let [(ProductOp::Multiply, second)] = rest.as_slice() else {
            return None;
        };
        let (number, past) = match first.as_number() {
            Some(_) => (&**first, second),
            None => (second, &**first),
        };
        let x = number.as_number().filter(|_| is_plain(number))?;
        let percent = x > 100.0 && x <= MOST_PERCENT && self.looks_aside(past, DEEP);
        (percent && self.rests_on(past, *id, DEEP)).then_some((number.span, x, past))
    }

    /// Does a formula name a value, through steps as well?
    fn rests_on(&self, value: &Typed, id: ValueId, deep: usize) -> bool {
        if let TypedKind::Value(own) = value.kind {
            let body = self.checked.value(own).map(|value| &value.body);
            return own == id
                || matches!(body, Some(Body::Expression { value, .. })
                    if deep > 0 && self.rests_on(value, id, deep - 1));
        }
        let parts = value.parts();
        parts.iter().any(|(_, part)| self.rests_on(part, id, deep))
    }

    /// A growth over some time, by itself or through a declaration.
    fn is_growth(&self, value: &Typed, deep: usize) -> bool {
        if let TypedKind::Value(id) = &value.kind
            && let Some(Body::Expression { value, .. }) =
                self.checked.value(*id).map(|value| &value.body)
        {
            return deep > 0 && is_plain(value) && self.is_growth(value, deep - 1);
        }
        if let TypedKind::Call(function, _) = &value.kind {
            let function = self.checked.function(*function);
            return function.is_some_and(|one| one.standard && one.name == "relative_change");
        }
        matches!(&value.kind, TypedKind::Along(along) if along.what == TimeFunction::Growth)
    }

    /// One amount divided by another of its kind, by itself or through a declaration: nothing is known of it
    /// from its own past or its peers.
    fn is_quotient(&self, value: &Typed, deep: usize) -> bool {
        if !is_plain(value) {
            return false;
        }
        if let TypedKind::Value(id) = &value.kind
            && let Some(Body::Expression { value, .. }) =
                self.checked.value(*id).map(|value| &value.body)
        {
            return deep > 0 && self.is_quotient(value, deep - 1);
        }
        let TypedKind::Product(first, rest) = &value.kind else {
            return false;
        };
        let amount = unit(first).is_some_and(|unit| !unit.is_dimensionless());
        let [(ProductOp::Divide, below)] = rest.as_slice() else {
            return false;
        };
        amount && !self.looks_aside(first, deep) && !self.looks_aside(below, deep)
    }

    /// Does it rest on other periods or rows?
    fn looks_aside(&self, value: &Typed, deep: usize) -> bool {
        match &value.kind {
            TypedKind::Along(_) | TypedKind::Peers(_) | TypedKind::Earlier(_) => return true,
            TypedKind::Value(id) => {
                let body = self.checked.value(*id).map(|value| &value.body);
                if let Some(Body::Expression { value, .. }) = body {
                    return deep == 0 || self.looks_aside(value, deep - 1);
                }
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Not(_)
            | TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Call(..)
            | TypedKind::Error => {}
        }
        let parts = value.parts();
        parts.iter().any(|(_, part)| self.looks_aside(part, deep))
    }

    /// Where the rules take a quotient of like amounts for a percentage: it is published as one, or compared
    /// with one.
    fn example(&self) -> Option<Span> {
        let quotient = |side: &Typed| {
            let mut inner = side;
            while let TypedKind::Convert(of, ..) = &inner.kind {
                inner = of;
            }
            self.is_quotient(inner, DEEP).then_some(inner.span)
        };
        let is_part = |side: &Typed| {
            let mut inner = side;
            let mut found = false;
            loop {
                found |= unit(inner).is_some_and(Unit::is_part_of_whole);
                let TypedKind::Convert(of, ..) = &inner.kind else {
                    break found;
                };
                inner = of;
            }
        };
        for value in &self.checked.values {
            for part in value.body.parts() {
                let Some(whole) = part.expression() else {
                    continue;
                };
                if is_part(whole)
                    && let Some(span) = quotient(whole)
                {
                    return Some(span);
                }
                for one in whole.walk(part.role) {
                    let TypedKind::Compare { left, right, .. } = &one.expression.kind else {
                        continue;
                    };
                    for (side, other) in [(left, right), (right, left)] {
                        if is_part(other)
                            && let Some(span) = quotient(side)
                        {
                            return Some(span);
                        }
                    }
                }
            }
        }
        None
    }

    /// The numbers without a sign that a side comes down to: written there, or as the values of a param that
    /// says nothing of its unit.
    fn numbers(&self, side: &Typed) -> Vec<(Span, f64)> {
        if !is_plain(side) {
            return Vec::new();
        }
        if let TypedKind::Value(id) = &side.kind {
            return self.of_param(*id);
        }
        let number = side.as_number().map(|x| (side.span, x));
        number.into_iter().collect()
    }

    fn of_param(&self, id: ValueId) -> Vec<(Span, f64)> {
        let declared = self.framework.values.get(id.0 as usize);
        let is_typed = |what: &ValueSource<'_>| matches!(what, ValueSource::Param(param) if param.ty.is_some());
        if declared.is_none_or(|declared| is_typed(&declared.what)) {
            return Vec::new();
        }
        let Some(Body::Param(param)) = self.checked.value(id).map(|value| &value.body) else {
            return Vec::new();
        };
        let values = param.values.iter();
        values
            .filter_map(|dated| Some((dated.value.span, dated.value.as_number()?)))
            .collect()
    }
}
