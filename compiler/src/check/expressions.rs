//! Expressions: kinds and units from the leaves upwards.

use forewarn_grammar::ast::{self, Expr, ExprKind, TruthWord};

use super::context::Checker;
use crate::checked::Body;
use crate::diagnostics::durations::PeriodsNotHere;
use crate::diagnostics::factors::WeightNotHere;
use crate::diagnostics::tests::RepeatNotHere;
use crate::diagnostics::types::{BranchesDiffer, WantedNumber, WantedTruth};
use crate::diagnostics::units::FallbackUnit;
use crate::numbers::show;
use crate::source::Span;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;
use crate::units::{Base, Unit};

/// Frames of the checker are large and expressions nest: grow the stack rather than bound it.
pub(super) const RED_ZONE: usize = 128 * 1024;
pub(super) const STACK: usize = 2 * 1024 * 1024;

/// What a signal is called where it needs a yes or no.
pub(super) const SIGNAL: &str = "a signal";

impl Checker<'_, '_> {
    /// Checks an expression. `want` is what its place asks for, as far as that helps to read it.
    pub fn expr(&mut self, expr: &Expr, want: Option<&Type>) -> Typed {
        stacker::maybe_grow(RED_ZONE, STACK, || self.expr_here(expr, want))
    }

    fn expr_here(&mut self, expr: &Expr, want: Option<&Type>) -> Typed {
        let span = self.at(expr.span);
        let typed = |kind, ty| Typed { kind, ty, span };
        match &expr.kind {
            ExprKind::Number(number) => self.number(number),
            ExprKind::Truth(word) => {
                let (yes, no) = match word {
                    TruthWord::Yes => (true, false),
                    TruthWord::No => (false, true),
                    TruthWord::Unknown => (false, false),
                };
                typed(TypedKind::Truth { yes, no }, Type::Truth)
            }
            ExprKind::Missing => {
                let ty = match want {
                    Some(Type::List(_)) | None => Type::plain(),
                    Some(want) => want.clone(),
                };
                typed(TypedKind::Missing, ty)
            }
            ExprKind::Name(name) => self.name(name, want),
            ExprKind::Member { of, field } => self.field(of, field),
            ExprKind::Call { function, args } => self.call(function, args, span),
            ExprKind::List(parts) => self.list(parts, span, want),
            ExprKind::Alternatives(of) => self.alternatives(of, span),
            ExprKind::Paren(inner) => {
                let inner = self.expr(inner, want);
                Typed { span, ..inner }
            }
            ExprKind::Negate(inner) => {
                let inner = self.expr(inner, None);
                let inner = self.as_number(inner, "`-`");
                let ty = inner.ty.clone();
                typed(TypedKind::Negate(Box::new(inner)), ty)
            }
            ExprKind::Not(inner) => {
                let inner = self.expr(inner, Some(&Type::Truth));
                let inner = self.as_truth(inner, "`not`");
                let ty = inner.ty.clone();
                typed(TypedKind::Not(Box::new(inner)), ty)
            }
            ExprKind::Sum { first, rest } => self.sum(first, rest, span),
            ExprKind::Product { first, rest } => self.product(first, rest, span),
            ExprKind::Comparison { first, rest } => self.comparison(first, rest, span),
            ExprKind::Is { of, negated, what } => self.is(of, *negated, what, span),
            ExprKind::In { of, negated, set } => self.is_in(of, *negated, set, span),
            ExprKind::And(parts) => {
                let (parts, ty) = self.truths(parts, "`and`");
                typed(TypedKind::And(parts), ty)
            }
            ExprKind::Or(parts) => {
                let (parts, ty) = self.truths(parts, "`or`");
                typed(TypedKind::Or(parts), ty)
            }
            ExprKind::Fallback(parts) => {
                let mut checked = Vec::with_capacity(parts.len());
                for part in parts {
                    let first: Option<&Typed> = checked.first();
                    let wanted = first.map(|first| first.ty.clone());
                    checked.push(self.expr(part, wanted.as_ref().or(want)));
                }
                let ty = self.alike(&mut checked);
                typed(TypedKind::Fallback(checked), ty)
            }
            ExprKind::If { arms, otherwise } => self.choice(arms, otherwise, want, span),
            ExprKind::AtLeast { k, of } => self.at_least(k, of, span),
            ExprKind::Piecewise { of, pieces } => self.piecewise(of, pieces, span),
            ExprKind::Periods { .. } => {
                self.reports.add(PeriodsNotHere { span, known: false });
                self.poison(span)
            }
            ExprKind::Required(_) => {
                self.reports.add(PeriodsNotHere { span, known: true });
                self.poison(span)
            }
            ExprKind::Weighted { value, weight } => {
                drop(self.expr(value, want));
                let weight = self.at(weight.span);
                self.reports.add(WeightNotHere { span: weight });
                self.poison(span)
            }
            ExprKind::Repeat { .. } => {
                self.reports.add(RepeatNotHere { span });
                self.poison(span)
            }
            ExprKind::Error => self.poison(span),
        }
    }

    pub fn number(&mut self, number: &ast::Number) -> Typed {
        let span = self.at(number.span);
        let unit = match &number.unit {
            Some(name) => self.unit_named(name, &[]),
            None => Some(Unit::plain()),
        };
        let unit = unit.and_then(|unit| {
            if number.percent {
                unit.times(&Unit::percent())
            } else {
                Some(unit)
            }
        });
        match unit {
            Some(unit) => Typed {
                kind: TypedKind::Number(number.value),
                ty: Type::Number(unit),
                span,
            },
            None => self.poison(span),
        }
    }

    fn truths(&mut self, parts: &[Expr], context: &'static str) -> (Vec<Typed>, Type) {
        let mut ty = Type::Truth;
        let mut checked: Vec<Typed> = Vec::with_capacity(parts.len());
        let mut halves = 0;
        for (at, part) in parts.iter().enumerate() {
            if halves == 0 {
                let before = checked.iter().rev().find(|part| !part.ty.is_error());
                let rest = parts.get(at..).unwrap_or_default();
                halves = self.tells_half(before, rest, context);
            }
            if halves > 0 {
                halves -= 1;
                ty = Type::Error;
                checked.push(self.poison(self.at(part.span)));
                continue;
            }
            let part = self.expr(part, Some(&Type::Truth));
            let part = self.as_truth(part, context);
            if part.ty.is_error() {
                ty = Type::Error;
            } else if matches!(part.ty, Type::List(_)) && ty == Type::Truth {
                ty = part.ty.clone();
            }
            checked.push(part);
        }
        (checked, ty)
    }

    /// A truth (or several), or told.
    pub fn as_truth(&mut self, value: Typed, context: &'static str) -> Typed {
        let fits = match &value.ty {
            Type::Truth | Type::Error => true,
            Type::List(of) => matches!(**of, Type::Truth | Type::Error),
            Type::Number(_) | Type::Level(_) | Type::Category(_) | Type::Count => false,
        };
        if fits {
            return value;
        }
        let suggestion = match &value.ty {
            Type::Number(unit) => {
                let compared = format!(
                    "compare it with a threshold, such as `{}`",
                    self.threshold_on(&value, unit)
                );
                Some(match context {
                    SIGNAL => format!("{compared}; a number itself is declared as a `score`"),
                    _ => compared,
                })
            }
            Type::Level(_) => Some("compare it with one of its levels".to_owned()),
            Type::Count => Some("compare it with a number, such as `… >= 3`".to_owned()),
            Type::Truth | Type::Category(_) | Type::List(_) | Type::Error => None,
        };
        let found = self.shown_as(&value.ty);
        self.reports.add(WantedTruth {
            span: value.span,
            found,
            context,
            suggestion,
            edits: Vec::new(),
        });
        self.poison(value.span)
    }

    /// A comparison of a number with what lies in the middle of its declared range, or with what is not known.
    pub(super) fn threshold_on(&self, value: &Typed, unit: &Unit) -> String {
        let words = self.words(value.span);
        let words = if words.is_empty() { "…" } else { &words };
        let own = if let TypedKind::Value(id) = &value.kind {
            self.values.get(id)
        } else {
            None
        };
        let declared = own.and_then(|own| match &own.body {
            Body::Indicator(indicator) => indicator.declared,
            Body::Param(param) => param.declared,
            Body::Expression { declared, .. } => *declared,
            Body::Factor(_) | Body::Level(_) | Body::Table(_) | Body::Alert(_) | Body::Broken => {
                None
            }
        });
        let is_plain = unit.is_plain();
        let unit = self.units.show(unit);
        let is_name =
            !unit.is_empty() && unit.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let middle = declared
            .map(|declared| (declared.range.low + declared.range.high) / 2.0)
            .filter(|middle| middle.is_finite() && middle.abs() < 1e9)
            .map(|middle| {
                if middle.abs() >= 2.0 {
                    middle.round()
                } else {
                    middle
                }
            });
        let amount = match (middle, unit.as_str()) {
            (Some(middle), "percent" | "%") => format!("{}%", show(middle)),
            (None, "percent" | "%") => "50%".to_owned(),
            (Some(middle), _) if is_plain => show(middle),
            (None, _) if is_name && !is_plain => format!("1 {unit}"),
            (Some(middle), _) if is_name => format!("{} {unit}", show(middle)),
            (Some(_) | None, _) => "…".to_owned(),
        };
        format!("{words} >= {amount}")
    }

    /// A number (or several); a count counts as one. Else told.
    pub fn as_number(&mut self, value: Typed, context: &str) -> Typed {
        let fits = match &value.ty {
            Type::Number(_) | Type::Error => true,
            Type::Count => {
                let span = value.span;
                let kind = TypedKind::AsNumber(Box::new(value));
                return Typed {
                    kind,
                    ty: Type::plain(),
                    span,
                };
            }
            Type::List(of) => matches!(**of, Type::Number(_) | Type::Error),
            Type::Truth | Type::Level(_) | Type::Category(_) => false,
        };
        if fits {
            return value;
        }
        let words = if matches!(value.ty, Type::Truth) {
            self.words(value.span)
        } else {
            String::new()
        };
        self.reports.add(WantedNumber {
            words,
            span: value.span,
            found: self.shown_as(&value.ty),
            context: context.to_owned(),
            signal: None,
            counted: None,
        });
        self.poison(value.span)
    }

    /// The unit of a number or of the numbers of a list.
    pub fn unit_of(ty: &Type) -> Option<&Unit> {
        match ty {
            Type::Number(unit) => Some(unit),
            Type::List(of) => Self::unit_of(of),
            Type::Truth | Type::Level(_) | Type::Category(_) | Type::Count | Type::Error => None,
        }
    }

    /// The same quantity in another unit of its dimension.
    pub fn convert(value: Typed, to: &Unit) -> Option<Typed> {
        let from = Self::unit_of(&value.ty)?;
        if from == to {
            return Some(value);
        }
        let (num, den) = from.conversion(to)?;
        let span = value.span;
        let ty = match &value.ty {
            Type::List(_) => Type::List(Box::new(Type::Number(to.clone()))),
            Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::Error => Type::Number(to.clone()),
        };
        Some(Typed {
            kind: TypedKind::Convert(Box::new(value), num, den),
            ty,
            span,
        })
    }

    fn choice(
        &mut self,
        arms: &[(Expr, Expr)],
        otherwise: &Expr,
        want: Option<&Type>,
        span: Span,
    ) -> Typed {
        let mut conditions = Vec::with_capacity(arms.len());
        let mut values: Vec<Typed> = Vec::with_capacity(arms.len() + 1);
        let sides: Vec<&Expr> = arms.iter().map(|(_, value)| value).collect();
        let sides: Vec<&Expr> = sides.into_iter().chain([otherwise]).collect();
        let mut early = match want {
            Some(_) => None,
            None => self.kind_of_words(&sides),
        };
        let told = early.as_ref().map(|(_, early)| early.ty.clone());
        for (index, side) in sides.into_iter().enumerate() {
            if let Some((condition, _)) = arms.get(index) {
                let condition = self.expr(condition, Some(&Type::Truth));
                conditions.push(self.as_one_truth(condition, "the condition of `if`"));
            }
            let wanted = values.first().map(|first| first.ty.clone());
            let wanted = told.clone().or(wanted);
            values.push(match early.take_if(|(at, _)| *at == index) {
                Some((_, early)) => early,
                None => self.expr(side, wanted.as_ref().or(want)),
            });
        }
        let ty = self.alike(&mut values);
        if ty.is_error() || conditions.iter().any(|one| one.ty.is_error()) {
            return self.poison(span);
        }
        let Some(otherwise) = values.pop() else {
            return self.poison(span);
        };
        let arms = conditions.into_iter().zip(values).collect();
        Typed {
            kind: TypedKind::If {
                arms,
                otherwise: Box::new(otherwise),
            },
            ty,
            span,
        }
    }

    /// Brings several values to the kind of the first one that is not bare `missing`, and to one unit.
    pub fn alike(&mut self, values: &mut [Typed]) -> Type {
        let Some(first) = values
            .iter()
            .find(|value| value.kind != TypedKind::Missing && !value.ty.is_error())
            .or(values.first())
        else {
            return Type::Error;
        };
        let (first_span, mut ty) = (first.span, first.ty.clone());
        if ty == Type::Count {
            ty = Type::plain();
        }
        for value in values.iter_mut() {
            if value.ty == Type::Count {
                let own = std::mem::replace(value, self.poison(value.span));
                *value = self.as_number(own, "");
            }
        }
        let mut failed = values.iter().any(|value| value.ty.is_error());
        if !failed && matches!(ty, Type::Number(_)) {
            let numbers: Vec<&Typed> = values
                .iter()
                .filter(|value| matches!(value.ty, Type::Number(_)))
                .collect();
            if self.tells_bare_among(&numbers) {
                return Type::Error;
            }
            if let Some(unit) = self.unit_of_all(&numbers) {
                ty = Type::Number(unit);
            }
        }
        for value in values.iter_mut() {
            if value.ty.is_error() || ty.is_error() {
                continue;
            }
            if value.kind == TypedKind::Missing {
                value.ty = ty.clone();
                continue;
            }
            match (&ty, &value.ty) {
                (Type::Number(unit), Type::Number(own)) => {
                    let own = own.clone();
                    let taken = std::mem::replace(value, self.poison(value.span));
                    match Self::convert(taken, unit) {
                        Some(converted) => *value = converted,
                        None => {
                            self.reports.add(FallbackUnit {
                                left: first_span,
                                left_unit: self.units.show(unit),
                                right: value.span,
                                right_unit: self.units.show(&own),
                                literal: self.literal_amount(value.span),
                            });
                            failed = true;
                        }
                    }
                }
                (one, other) if one == other => {}
                (one, other) => {
                    let brackets = self
                        .compared
                        .filter(|_| *other == Type::Truth && *one != Type::Truth);
                    self.reports.add(BranchesDiffer {
                        brackets: brackets.map(|begin| {
                            (
                                empty_at(begin, begin.start),
                                empty_at(first_span, first_span.end),
                            )
                        }),
                        first: first_span,
                        first_kind: self.shown_as(one),
                        second: value.span,
                        second_kind: self.shown_as(other),
                    });
                    failed = true;
                }
            }
        }
        if failed { Type::Error } else { ty }
    }

    /// Where a value's unit comes from: the first declared thing in it.
    pub fn origin(&self, value: &Typed) -> Option<Span> {
        match &value.kind {
            TypedKind::Value(id) => self
                .framework
                .values
                .get(id.0 as usize)
                .map(crate::framework::Declared::span),
            TypedKind::Convert(inner, ..)
            | TypedKind::AsNumber(inner)
            | TypedKind::Negate(inner) => self.origin(inner),
            TypedKind::Sum(first, _) => self.origin(first),
            TypedKind::Product(first, rest) => self
                .origin(first)
                .or_else(|| rest.iter().find_map(|(_, part)| self.origin(part))),
            TypedKind::Builtin(_, args) | TypedKind::Call(_, args) | TypedKind::List(args) => {
                args.iter().find_map(|arg| self.origin(arg))
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Error => None,
        }
    }
}

/// One side is counted in months and the other in days.
pub(super) fn mixes_calendar(left: &Unit, right: &Unit) -> bool {
    let of = |unit: &Unit, name: &str| unit.exponent(&Base::Named(name.to_owned())) != 0;
    (of(left, "month") && of(right, "day")) || (of(left, "day") && of(right, "month"))
}

/// A place of no width.
fn empty_at(span: Span, place: u32) -> Span {
    Span {
        start: place,
        end: place,
        ..span
    }
}
