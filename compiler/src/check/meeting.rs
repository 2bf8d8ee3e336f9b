//! Numbers that meet: in which unit they do, and that no percentage meets a bare literal.
//!
//! In: checked values that are compared, added, chosen between or put into one list. Out: the unit in
//! which they meet, whatever their order, so that data are converted by dividing and what the author
//! wrote is converted as the decimal that it is. A percentage beside a number without a sign is told
//! ([`BareNumber`]): both 40 and 0.40 are meant in practice, and one of them is a hundred times the
//! other.

use super::context::Checker;
use crate::checked::Body;
use crate::conversion::exactly;
use crate::diagnostics::units::{BareLiteral, BareNumber};
use crate::framework::ValueSource;
use crate::numbers::show;
use crate::settings::GIVEN;
use crate::source::Span;
use crate::typed::{Builtin, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;
use forewarn_grammar::ast::BindingKind;
use std::collections::BTreeSet;

/// Where literals stand, and what each is unless it is worked out of several.
type Literals = Vec<(Span, Option<f64>)>;

/// What a name comes down to.
#[derive(Default)]
pub(super) struct Written<'v> {
    /// The names on the way, where they stand.
    pub(super) names: Vec<&'v Typed>,
    /// What is no such name.
    pub(super) ends: Vec<&'v Typed>,
}

impl Checker<'_, '_> {
    /// The unit in which values are compared. What is the same in every row comes to what data are
    /// counted in; data come to the largest unit among them, by dividing. `None` where dimensions
    /// differ.
    pub(super) fn unit_to_compare(&self, values: &[&Typed]) -> Option<Unit> {
        self.meeting(values, |_| false)
    }

    /// The unit of a sum, a list or a choice of values: as for comparing, but a percentage with a
    /// plain number gives a plain number, also where one of the two is a param.
    pub(super) fn unit_of_all(&self, values: &[&Typed]) -> Option<Unit> {
        self.meeting(values, Unit::is_dimensionless)
    }

    fn meeting(&self, values: &[&Typed], fixed_too: impl Fn(&Unit) -> bool) -> Option<Unit> {
        let unit = |value: &Typed| Self::unit_of(&value.ty).cloned();
        let is_known = |value: &&&Typed| value.kind != TypedKind::Missing;
        let first = unit(values.iter().find(is_known).or(values.first())?)?;
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            let own = unit(value)?;
            if value.kind == TypedKind::Missing {
                continue;
            }
            if !own.same_dimension(&first) {
                return None;
            }
            all.push((*value, own));
        }
        if all.iter().all(|(_, unit)| *unit == first) {
            return Some(first);
        }
        let taken = |wanted: &dyn Fn(&Typed) -> bool| {
            let taken = all.iter().filter(|(value, _)| wanted(value));
            taken
                .map(|(_, unit)| unit)
                .reduce(|most, own| if own.is_larger_than(most) { own } else { most })
        };
        let fixed_too = fixed_too(&first);
        let found = taken(&|value| bare(value).is_none() && (fixed_too || !self.is_fixed(value)))
            .or_else(|| taken(&|value| bare(value).is_none()))
            .or_else(|| taken(&|_| true));
        Some(found.cloned().unwrap_or(first))
    }

    /// Does it consist of what the author wrote alone: literals and params?
    fn is_fixed(&self, value: &Typed) -> bool {
        fn has_parameter(value: &Typed) -> bool {
            matches!(value.kind, TypedKind::Parameter(_))
                || value
                    .parts()
                    .into_iter()
                    .any(|(_, part)| has_parameter(part))
        }
        self.is_constant(value) && !has_parameter(value)
    }

    /// Tells the literals without a sign among values that meet a percentage; true where there are any.
    /// `beside` is the percentage, with what it is called.
    pub(super) fn tells_bare(
        &mut self,
        values: &[&Typed],
        beside: (Span, &str),
        unit: &Unit,
        instead: Option<(Span, String)>,
    ) -> bool {
        if self.concrete || !unit.is_part_of_whole() {
            return false;
        }
        if self.tells_hundred_by_hand(values, beside, unit) {
            return true;
        }
        let mut literals: Vec<BareLiteral> = Vec::new();
        let (mut is_bare, mut param) = (false, self.outside.then(|| self.declaring.clone()));
        for value in values {
            if let Some(found) = bare(value) {
                let found = found.into_iter();
                literals.extend(found.map(|(span, value)| self.bare_literal(span, value, unit)));
                continue;
            }
            let Some((id, found)) = self.bare_declared(value) else {
                let mut begins = Literals::new();
                beginnings(value, &mut begins);
                let begins = begins.into_iter();
                literals.extend(begins.map(|(span, value)| self.bare_literal(span, value, unit)));
                continue;
            };
            is_bare |= !found.is_empty();
            // Wherever it meets percentages, it is one slip.
            if found.is_empty() || !self.told_bare.insert(id) {
                continue;
            }
            let (name, share) = self.as_plain(id, &found);
            for (at, (span, number)) in found.into_iter().enumerate() {
                let mut literal = self.bare_literal(span, number, unit);
                literal.through = (at == 0).then(|| (value.span, name.clone()));
                literal.as_plain = share.clone().filter(|_| at == 0);
                literals.push(literal);
                let file = self.sources.get(span.file);
                if file.is_some_and(|file| file.name.starts_with(GIVEN)) {
                    param = Some(name.clone());
                }
            }
        }
        if literals.is_empty() {
            return is_bare;
        }
        self.reports.add(BareNumber {
            literals,
            unit: self.units.show(unit),
            beside: beside.0,
            beside_text: beside.1.to_owned(),
            instead,
            set: param,
            reach: self.reach_of(values),
        });
        true
    }

    /// The highest percentage for which an indicator among these is declared.
    fn reach_of(&self, values: &[&Typed]) -> Option<f64> {
        let ends = values.iter().filter_map(|value| {
            let mut inner: &Typed = value;
            while let TypedKind::Convert(of, ..) = &inner.kind {
                inner = of;
            }
            let TypedKind::Value(id) = inner.kind else {
                return None;
            };
            let declared = self.framework.values.get(id.0 as usize)?;
            let ValueSource::Indicator { ty, .. } = declared.what else {
                return None;
            };
            let is_percent = Self::unit_of(&inner.ty).is_some_and(|unit| *unit == Unit::percent());
            let range = ty.range.as_ref().filter(|_| is_percent)?;
            let high = range.high.as_ref();
            Some(high.map_or(f64::INFINITY, |high| high.number.value))
        });
        ends.reduce(f64::max)
    }

    /// The literals of a param, step or score that says nothing of its unit, neither by a type nor by a
    /// sign; also through another one that it takes its value from.
    fn bare_declared(&self, value: &Typed) -> Option<(ValueId, Literals)> {
        let (id, written) = self.comes_down_to(value)?;
        let found: Option<Vec<_>> = written.ends.into_iter().map(bare).collect();
        Some((id, found?.into_iter().flatten().collect()))
    }

    /// What a param, step or score that says nothing of its unit comes down to, through any that it takes its value
    /// from; each is looked into once, as those of a circle would lead back to themselves.
    pub(super) fn comes_down_to(&self, value: &Typed) -> Option<(ValueId, Written<'_>)> {
        let (id, held) = self.held_silently(value)?;
        let mut seen = BTreeSet::from([id]);
        let mut written = Written::default();
        let mut open: Vec<&Typed> = held.into_iter().rev().collect();
        while let Some(one) = open.pop() {
            match self.held_silently(one) {
                Some((id, held)) => {
                    written.names.push(one);
                    if seen.insert(id) {
                        open.extend(held.into_iter().rev());
                    }
                }
                None => written.ends.push(one),
            }
        }
        Some((id, written))
    }

    /// Does a value come down to what the author wrote without a sign, if only to begin its own past with?
    pub(super) fn is_bare(&self, value: &Typed) -> bool {
        let mut begins = Literals::new();
        bare(value).is_some() || self.bare_declared(value).is_some() || {
            beginnings(value, &mut begins);
            !begins.is_empty()
        }
    }

    /// What is held by a param, step or score that says nothing of its unit by a type.
    pub(super) fn held_silently(&self, value: &Typed) -> Option<(ValueId, Vec<&Typed>)> {
        let TypedKind::Value(id) = value.kind else {
            return None;
        };
        let declared = self.framework.values.get(id.0 as usize)?;
        let is_silent = match declared.what {
            ValueSource::Param(param) => param.ty.is_none(),
            ValueSource::Binding(one) => {
                matches!(one.kind, BindingKind::Let | BindingKind::Score) && one.ty.is_none()
            }
            ValueSource::Indicator { .. }
            | ValueSource::Factor(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => false,
        };
        let checked = self.values.get(&id).filter(|_| is_silent)?;
        let held: Vec<&Typed> = match &checked.body {
            Body::Param(param) => param.values.iter().map(|one| &one.value).collect(),
            Body::Expression { value, .. } => vec![value],
            Body::Indicator(_)
            | Body::Factor(_)
            | Body::Level(_)
            | Body::Table(_)
            | Body::Alert(_)
            | Body::Broken => Vec::new(),
        };
        Some((id, held))
    }

    /// The name of a param or step, and how it is said that its literals are shares, where they can be.
    fn as_plain(
        &self,
        id: ValueId,
        literals: &[(Span, Option<f64>)],
    ) -> (String, Option<(Span, String)>) {
        let Some(declared) = self.framework.values.get(id.0 as usize) else {
            return (String::new(), None);
        };
        let name = declared.name.text.clone();
        let end = declared
            .label
            .map_or(declared.name.span.end, |label| label.span.end);
        let can_be = literals.iter().all(|(span, value)| {
            span.file == declared.file && value.is_some_and(|x| (0.0..=1.0).contains(&x))
        });
        let place = Span {
            file: declared.file,
            start: end,
            end,
        };
        (name, can_be.then(|| (place, " : number".to_owned())))
    }

    fn bare_literal(&self, span: Span, value: Option<f64>, unit: &Unit) -> BareLiteral {
        let name = self.units.show(unit);
        let sign = if *unit == Unit::percent() {
            "%".to_owned()
        } else {
            format!(" {name}")
        };
        let named = sign == "%" || self.units.get(&name).is_some();
        let mut text = self.sources.slice(span).to_owned();
        // `(40)` is written `40%`.
        if let Some(x) = value.filter(|_| text.starts_with('(')) {
            text = show(x);
        }
        let (num, den) = (unit.scale().den as f64, unit.scale().num as f64);
        let (counted, share) = match value {
            Some(x) => (
                format!("{text}{sign}"),
                format!("{}{sign}", show(exactly(x, num, den))),
            ),
            None => (
                format!("({text}) * 1{sign}"),
                format!("({text}) * {}{sign}", show(num / den)),
            ),
        };
        BareLiteral {
            span,
            text,
            value,
            as_share: value.map(|x| show(exactly(x, den, num))),
            counted: named.then_some(counted),
            share: named.then_some(share),
            through: None,
            as_plain: None,
        }
    }

    /// As [`Checker::tells_bare`], among values of one list or choice: with any percentage there.
    pub(super) fn tells_bare_among(&mut self, values: &[&Typed]) -> bool {
        let part = values.iter().find_map(|value| {
            let unit = Self::unit_of(&value.ty)?;
            unit.is_part_of_whole().then(|| (value.span, unit.clone()))
        });
        let Some((span, unit)) = part else {
            return false;
        };
        let words = self.words(span);
        self.tells_bare(values, (span, &words), &unit, None)
    }
}

/// The literals without a unit that a value comes down to, apart from zero: the span of each, and its
/// value unless it is worked out of several. `None` where anything else is in it.
pub(super) fn bare(value: &Typed) -> Option<Literals> {
    match Checker::unit_of(&value.ty) {
        Some(unit) if unit.is_plain() => {}
        _ => return None,
    }
    let mut found = Vec::new();
    gather(value, &mut found).then_some(found)
}

fn gather(value: &Typed, found: &mut Vec<(Span, Option<f64>)>) -> bool {
    match &value.kind {
        TypedKind::Number(x) => {
            if *x != 0.0 {
                found.push((value.span, Some(*x)));
            }
            matches!(&value.ty, Type::Number(unit) if unit.is_plain())
        }
        TypedKind::Negate(inner) => gather(inner, found),
        TypedKind::List(parts) | TypedKind::Fallback(parts) => {
            parts.iter().all(|part| gather(part, found))
        }
        TypedKind::If { arms, otherwise } => {
            arms.iter().all(|(_, value)| gather(value, found)) && gather(otherwise, found)
        }
        TypedKind::Sum(..) | TypedKind::Product(..) => {
            let literals = value
                .parts()
                .into_iter()
                .all(|(_, part)| gather(part, &mut Vec::new()));
            found.push((value.span, None));
            literals
        }
        TypedKind::Missing
        | TypedKind::Truth { .. }
        | TypedKind::Position(_)
        | TypedKind::Value(_)
        | TypedKind::Parameter(_)
        | TypedKind::Earlier(_)
        | TypedKind::Field(..)
        | TypedKind::AllFactors
        | TypedKind::AllSignals
        | TypedKind::Convert(..)
        | TypedKind::AsNumber(_)
        | TypedKind::Not(_)
        | TypedKind::Compare { .. }
        | TypedKind::And(_)
        | TypedKind::Or(_)
        | TypedKind::IsKnown(_)
        | TypedKind::AtLeast { .. }
        | TypedKind::Along(_)
        | TypedKind::Peers(_)
        | TypedKind::Call(..)
        | TypedKind::Error => false,
        TypedKind::Builtin(Builtin::Piecewise, args) => written_beyond_the_whole(args, found),
        TypedKind::Builtin(..) => false,
    }
}

/// What pieces come to, where that is written and cannot be shares: `0..0.5 to 0..40`.
fn written_beyond_the_whole(args: &[Typed], found: &mut Literals) -> bool {
    let ends = args.get(1..).unwrap_or_default().chunks(4);
    let ends: Vec<&Typed> = ends.filter_map(|piece| piece.get(2..)).flatten().collect();
    let mut written = Literals::new();
    let literals = ends.into_iter().all(|end| gather(end, &mut written));
    let beyond = |(_, x): &(Span, Option<f64>)| x.is_some_and(|x| x.abs() > 1.0);
    let whole = literals && written.iter().any(beyond);
    if whole {
        written.retain(|one| !found.contains(one));
        found.append(&mut written);
    }
    whole
}

/// The literals that a value's own past begins with, where it is weighed by plain numbers alone.
fn beginnings(value: &Typed, found: &mut Literals) {
    match &value.kind {
        TypedKind::Along(along) if matches!(along.of.kind, TypedKind::Earlier(_)) => {
            if let Some((first, _)) = &along.recall {
                found.extend(bare(first).into_iter().flatten());
            }
        }
        TypedKind::Product(first, rest) => {
            let others = || rest.iter().map(|(_, part)| part).chain([&**first]);
            for (at, part) in others().enumerate() {
                let weights = others().enumerate().filter(|(other, _)| *other != at);
                if weights
                    .into_iter()
                    .all(|(_, weight)| bare(weight).is_some())
                {
                    beginnings(part, found);
                }
            }
        }
        TypedKind::Sum(..) | TypedKind::Negate(_) | TypedKind::Fallback(_) => {
            for (_, part) in value.parts() {
                beginnings(part, found);
            }
        }
        TypedKind::Builtin(Builtin::Round | Builtin::Truncate, args) => {
            args.iter().take(1).for_each(|arg| beginnings(arg, found));
        }
        TypedKind::Number(_)
        | TypedKind::Missing
        | TypedKind::Truth { .. }
        | TypedKind::Position(_)
        | TypedKind::Value(_)
        | TypedKind::Parameter(_)
        | TypedKind::Earlier(_)
        | TypedKind::Field(..)
        | TypedKind::AllFactors
        | TypedKind::AllSignals
        | TypedKind::List(_)
        | TypedKind::Convert(..)
        | TypedKind::AsNumber(_)
        | TypedKind::Not(_)
        | TypedKind::Compare { .. }
        | TypedKind::And(_)
        | TypedKind::Or(_)
        | TypedKind::IsKnown(_)
        | TypedKind::If { .. }
        | TypedKind::AtLeast { .. }
        | TypedKind::Builtin(..)
        | TypedKind::Along(_)
        | TypedKind::Peers(_)
        | TypedKind::Call(..)
        | TypedKind::Error => {}
    }
}
