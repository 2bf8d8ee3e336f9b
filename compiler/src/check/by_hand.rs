//! What is scaled by hand although its unit does it: `share * 100` where a percentage is wanted, `cases / people *
//! 100_000` where a rate is.
//!
//! In: values that meet a percentage or a rate. Out: an error where one of them is a plain number that was multiplied
//! by 100 (or divided by 0.01): units are converted where they meet, and 0.4 would be 4,000 %. A warning where a rate
//! was multiplied by 1,000 or another power of ten.

use super::context::Checker;
use super::expressions::{RED_ZONE, STACK};
use crate::diagnostics::units::{ByHundred, Hundred, TimesByHand};
use crate::framework::ValueSource;
use crate::numbers::show;
use crate::plan::Peers;
use crate::plan::along::Window;
use crate::plan::outline::{PeerFunction, TimeFunction};
use crate::source::Span;
use crate::typed::{Builtin, Typed, TypedKind, ValueId};
use crate::types::Type;
use crate::units::Unit;
use forewarn_grammar::ast::ProductOp;
use std::collections::BTreeSet;

/// What is looked for.
#[derive(Clone, Copy)]
enum Sought<'u> {
    /// A plain number that became a percentage.
    Percent,
    /// A rate of this unit's dimension, multiplied. `by` is the factor that its unit takes care of.
    Rate { unit: &'u Unit, by: Option<f64> },
}

/// The least power of ten that nobody means as that many times a rate.
const MANY: f64 = 1_000.0;

impl Sought<'_> {
    fn fits(self, value: &Typed) -> bool {
        Checker::unit_of(&value.ty).is_some_and(|own| match self {
            Self::Percent => own.is_plain(),
            Self::Rate { unit, .. } => own.same_dimension(unit),
        })
    }
}

/// Is something counted for each of something else?
fn is_rate(unit: &Unit) -> bool {
    let above = unit.bases().any(|(_, exponent)| exponent > 0);
    above && unit.bases().any(|(_, exponent)| exponent < 0)
}

/// A power of ten that is written as a plain number.
fn power_of_ten(value: &Typed) -> Option<f64> {
    let TypedKind::Number(x) = value.kind else {
        return None;
    };
    let zeros = x.log10();
    (value.ty == Type::plain() && zeros >= 1.0 && zeros.fract() == 0.0).then_some(x)
}

/// What was found in one value.
#[derive(Default)]
struct Found {
    /// The first factor that does it, and whether it is `/ 0.01`.
    factor: Option<(Span, bool)>,
    edits: Vec<(Span, String)>,
    /// Numbers without a sign beside it, which are then percentages too: the 100 of `100 - s * 100`.
    beside: Vec<(Span, String)>,
    /// The step, score or function that holds it, and where that meets the percentage.
    through: Option<(Span, String)>,
    names: Vec<ValueId>,
    /// It is in one that was told before.
    told: bool,
    /// The names that lead to where it is looked for.
    way: BTreeSet<ValueId>,
}

impl Found {
    /// Nothing yet, on a way that goes on.
    fn on(way: &mut BTreeSet<ValueId>) -> Self {
        Self {
            way: std::mem::take(way),
            ..Self::default()
        }
    }

    /// What was found in something that stands elsewhere, and is called `name` here.
    fn take(&mut self, inner: Self, here: Span, name: &str, id: Option<ValueId>) {
        self.told |= inner.told;
        let Some(factor) = inner.factor else {
            return;
        };
        if self.factor.is_none() {
            self.factor = Some(factor);
            self.through = Some((here, name.to_owned()));
        }
        self.edits.extend(inner.edits);
        self.beside.extend(inner.beside);
        self.names.extend(inner.names.into_iter().chain(id));
    }
}

/// Is what a function gives counted as its argument is?
fn keeps_what_is_counted(builtin: Builtin) -> bool {
    match builtin {
        Builtin::Abs
        | Builtin::Floor
        | Builtin::Ceil
        | Builtin::Round
        | Builtin::Truncate
        | Builtin::Min
        | Builtin::Max
        | Builtin::Sum
        | Builtin::Mean
        | Builtin::Median
        | Builtin::GeometricMean
        | Builtin::HarmonicMean
        | Builtin::StdDev
        | Builtin::OfKnown
        | Builtin::Weighted
        | Builtin::Alternatives
        | Builtin::Verified(_) => true,
        Builtin::Sqrt
        | Builtin::Exp
        | Builtin::Ln
        | Builtin::Log2
        | Builtin::Log10
        | Builtin::Pow
        | Builtin::Product
        | Builtin::Count
        | Builtin::Any
        | Builtin::All
        | Builtin::KnownCount
        | Builtin::Position
        | Builtin::Piecewise
        | Builtin::PeriodOf(_) => false,
    }
}

impl Checker<'_, '_> {
    /// Tells what became a percentage by hand among values that meet one; true where something did. `beside` is
    /// the percentage, with what it is called.
    pub(super) fn tells_hundred_by_hand(
        &mut self,
        values: &[&Typed],
        beside: (Span, &str),
        unit: &Unit,
    ) -> bool {
        if self.concrete || *unit != Unit::percent() {
            return false;
        }
        let mut found = Found::default();
        for value in values {
            if Sought::Percent.fits(value) {
                self.gather_by_hand(Sought::Percent, value, &mut found);
            }
        }
        let Some((times, divided)) = found.factor else {
            return found.told;
        };
        self.told_bare.extend(found.names.iter().copied());
        found.edits.append(&mut found.beside);
        self.reports.add(ByHundred {
            span: times,
            text: self.words(times),
            of: Hundred::Share {
                meets: beside.0,
                meets_text: beside.1.to_owned(),
                divided,
                edits: found.edits,
                through: found.through,
            },
        });
        true
    }

    /// Tells a rate that is multiplied by hand where one is declared, or meets another.
    pub(super) fn tells_rate_by_hand(
        &mut self,
        value: &Typed,
        (meets, name): (Span, &str),
        unit: &Unit,
        declared: bool,
    ) {
        if let Some(found) = self.rate_by_hand(value, unit, declared)
            && let Some((times, _)) = found.factor
        {
            self.reports.add(TimesByHand {
                name: name.to_owned(),
                meets,
                declared,
                unit: self.units.show(unit),
                times,
                factor: self.sources.slice(times).to_owned(),
                edits: found.edits,
                through: found.through,
            });
        }
    }

    /// As [`Checker::tells_rate_by_hand`], of two that are compared: with the same done to both, they are alike.
    pub(super) fn tells_rates_compared(&mut self, left: &Typed, right: &Typed) {
        let Some(unit) = Self::unit_of(&left.ty).cloned() else {
            return;
        };
        let scaled = [(left, right), (right, left)]
            .map(|(side, _)| self.rate_by_hand(side, &unit, false).is_some());
        let (side, other) = match scaled {
            [true, false] => (left, right),
            [false, true] => (right, left),
            [true, true] | [false, false] => return,
        };
        if let Some(unit) = Self::unit_of(&other.ty).cloned() {
            let words = self.words(side.span);
            self.tells_rate_by_hand(side, (other.span, &words), &unit, false);
        }
    }

    fn rate_by_hand(&self, value: &Typed, unit: &Unit, declared: bool) -> Option<Found> {
        if self.concrete || !is_rate(unit) {
            return None;
        }
        let own = Self::unit_of(&value.ty)?;
        let by = own.conversion(unit).map(|(num, den)| num / den);
        let sought = Sought::Rate {
            unit,
            by: by.filter(|by| declared && *by > 1.0),
        };
        let mut found = Found::default();
        if sought.fits(value) {
            self.gather_by_hand(sought, value, &mut found);
        }
        found.factor.is_some().then_some(found)
    }

    /// Is a factor of a product what is sought?
    fn is_by_hand(
        &self,
        sought: Sought<'_>,
        (op, factor): (ProductOp, &Typed),
        beside: Option<&Typed>,
    ) -> bool {
        match sought {
            Sought::Percent => {
                self.hundredfold(op, factor) == Some(true) || self.fills_hundred(op, factor, beside)
            }
            Sought::Rate { by, .. } => {
                op == ProductOp::Multiply
                    && power_of_ten(factor).is_some_and(|x| x >= MANY || Some(x) == by)
            }
        }
    }

    /// Does a factor bring the range of an indicator to 0 to 100: 10 of what lies in 0..10?
    fn fills_hundred(&self, op: ProductOp, factor: &Typed, beside: Option<&Typed>) -> bool {
        let (TypedKind::Number(x), Some(beside)) = (&factor.kind, beside) else {
            return false;
        };
        let high = self.highest(beside);
        op == ProductOp::Multiply
            && factor.ty == Type::plain()
            && high.is_some_and(|high| high > 1.0 && high * x == 100.0)
    }

    /// The upper end of the range of an indicator that is a plain number from 0 on.
    pub(super) fn highest(&self, value: &Typed) -> Option<f64> {
        let TypedKind::Value(id) = value.kind else {
            return None;
        };
        let ValueSource::Indicator { ty, .. } = self.framework.values.get(id.0 as usize)?.what
        else {
            return None;
        };
        let range = ty.range.as_ref().filter(|_| value.ty == Type::plain())?;
        let low = range
            .low
            .as_ref()
            .is_some_and(|low| low.number.value == 0.0);
        low.then(|| range.high.as_ref().map(|high| high.number.value))?
    }

    /// The factors of a product, through what is converted on the way.
    fn factors<'t>(value: &'t Typed, all: &mut Vec<(ProductOp, &'t Typed)>) {
        if let TypedKind::Convert(inner, ..) = &value.kind {
            Self::factors(inner, all);
        } else if let TypedKind::Product(first, rest) = &value.kind {
            Self::factors(first, all);
            all.extend(rest.iter().map(|(op, part)| (*op, part)));
        } else {
            all.push((ProductOp::Multiply, value));
        }
    }

    fn gather_rate(&self, sought: Sought<'_>, value: &Typed, found: &mut Found) {
        let mut all = Vec::new();
        Self::factors(value, &mut all);
        let divides = |(op, part): &(ProductOp, &Typed)| {
            *op == ProductOp::Divide
                && matches!(part.kind, TypedKind::Number(_))
                && part.ty == Type::plain()
        };
        if all.iter().any(divides) {
            return;
        }
        let place = all
            .iter()
            .position(|(op, part)| self.is_by_hand(sought, (*op, part), None));
        if let Some(at) = place
            && let Some((_, part)) = all.get(at)
        {
            let before = at.checked_sub(1).and_then(|before| all.get(before));
            let gone = match (before, all.get(at + 1)) {
                (Some((_, before)), _) => Span {
                    start: before.span.end,
                    ..part.span
                },
                (None, Some((ProductOp::Multiply, next))) => Span {
                    end: next.span.start,
                    ..part.span
                },
                (None, _) => return,
            };
            found.factor.get_or_insert((part.span, false));
            found.edits.push((gone, String::new()));
            return;
        }
        for (op, part) in all {
            if op == ProductOp::Multiply && part.span != value.span && sought.fits(part) {
                self.gather_by_hand(sought, part, found);
            }
        }
    }

    fn gather_by_hand(&self, sought: Sought<'_>, value: &Typed, found: &mut Found) {
        stacker::maybe_grow(RED_ZONE, STACK, || {
            self.gather_by_hand_here(sought, value, found);
        });
    }

    fn gather_by_hand_here(&self, sought: Sought<'_>, value: &Typed, found: &mut Found) {
        match &value.kind {
            TypedKind::Negate(inner) => self.gather_by_hand(sought, inner, found),
            TypedKind::List(parts) | TypedKind::Fallback(parts) => {
                for part in parts {
                    self.gather_by_hand(sought, part, found);
                }
            }
            TypedKind::If { arms, otherwise } => {
                for (_, part) in arms {
                    self.gather_by_hand(sought, part, found);
                }
                self.gather_by_hand(sought, otherwise, found);
            }
            TypedKind::Sum(..) => {
                for (_, part) in value.parts() {
                    if let TypedKind::Number(x) = part.kind
                        && x != 0.0
                        && matches!(sought, Sought::Percent)
                    {
                        found.beside.push((part.span, format!("{}%", show(x))));
                    } else {
                        self.gather_by_hand(sought, part, found);
                    }
                }
            }
            TypedKind::Product(..) | TypedKind::Convert(..)
                if matches!(sought, Sought::Rate { .. }) =>
            {
                self.gather_rate(sought, value, found);
            }
            TypedKind::Product(first, rest) => {
                let mut before = first.span;
                let all = std::iter::once((ProductOp::Multiply, &**first));
                for (op, part) in all.chain(rest.iter().map(|(op, part)| (*op, part))) {
                    let beside = match rest.as_slice() {
                        [(ProductOp::Multiply, only)] if part.span == only.span => Some(&**first),
                        [(ProductOp::Multiply, only)] => Some(only),
                        _ => None,
                    };
                    if self.is_by_hand(sought, (op, part), beside) {
                        let divided = op == ProductOp::Divide;
                        found.factor.get_or_insert((part.span, divided));
                        found.edits.push(if divided {
                            (self.behind_the_sign(before, part.span), String::new())
                        } else {
                            let text = self.sources.slice(part.span);
                            let literal = matches!(part.kind, TypedKind::Number(_));
                            let number = if literal { text } else { "100" };
                            (part.span, format!("{number}%"))
                        });
                        return;
                    }
                    before = part.span;
                }
            }
            TypedKind::Value(id) => {
                let Some((_, held)) = self.held_silently(value) else {
                    return;
                };
                // Those of a circle lead back to themselves.
                if !found.way.insert(*id) {
                    return;
                }
                let mut inner = Found::on(&mut found.way);
                for one in held.into_iter().filter(|one| sought.fits(one)) {
                    self.gather_by_hand(sought, one, &mut inner);
                }
                found.way = std::mem::take(&mut inner.way);
                found.way.remove(id);
                if inner.factor.is_some() && self.told_bare.contains(id) {
                    found.told = true;
                } else {
                    found.take(inner, value.span, self.sources.slice(value.span), Some(*id));
                }
            }
            TypedKind::Call(id, _) => {
                // Those of the standard library say what they give.
                let function = self.functions.get(id).filter(|one| !one.standard);
                let Some(function) = function.filter(|one| sought.fits(&one.body)) else {
                    return;
                };
                let mut inner = Found::on(&mut found.way);
                self.gather_by_hand(sought, &function.body, &mut inner);
                found.way = std::mem::take(&mut inner.way);
                found.take(inner, value.span, &function.name, None);
            }
            TypedKind::Builtin(builtin, args) if keeps_what_is_counted(*builtin) => {
                if let Some(of) = args.first() {
                    self.gather_by_hand(sought, of, found);
                }
            }
            TypedKind::Along(along) => match along.what {
                TimeFunction::Lag
                | TimeFunction::Change
                | TimeFunction::Baseline
                | TimeFunction::Previous
                | TimeFunction::At
                | TimeFunction::Recall
                | TimeFunction::Window(
                    Window::Sum
                    | Window::Mean
                    | Window::Min
                    | Window::Max
                    | Window::Last
                    | Window::StdDev
                    | Window::Median
                    | Window::Trend,
                ) => self.gather_by_hand(sought, &along.of, found),
                TimeFunction::Window(Window::Known)
                | TimeFunction::Growth
                | TimeFunction::CountYes
                | TimeFunction::Sustained
                | TimeFunction::Ever
                | TimeFunction::Since
                | TimeFunction::CrossesAbove
                | TimeFunction::CrossesBelow
                | TimeFunction::RecordHigh
                | TimeFunction::RecordLow => {}
            },
            TypedKind::Peers(call) => match call.what {
                PeerFunction::Plain(
                    Peers::Aggregate(_) | Peers::Winsorise { .. } | Peers::Impute,
                ) => self.gather_by_hand(sought, &call.of, found),
                PeerFunction::Plain(
                    Peers::Rank { .. } | Peers::Percentile | Peers::Spell { .. },
                )
                | PeerFunction::ZScore
                | PeerFunction::MinMax
                | PeerFunction::Share
                | PeerFunction::Top(..)
                | PeerFunction::Quantile(_) => {}
            },
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
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
            | TypedKind::Builtin(..)
            | TypedKind::Error => {}
        }
    }

    /// The sign before a factor, with the blanks before it, and the factor.
    fn behind_the_sign(&self, before: Span, factor: Span) -> Span {
        let between = Span {
            start: before.end,
            end: factor.start,
            ..factor
        };
        let text = self.sources.slice(between);
        // What closes brackets stays.
        let kept = text.rfind('/').map_or(0, |at| {
            text.get(..at).map_or(0, |before| before.trim_end().len())
        });
        Span {
            start: before.end + u32::try_from(kept).unwrap_or_default(),
            ..factor
        }
    }
}
