//! Sums, products and quotients: what they are counted in.
//!
//! A sum is worked out in one unit, whatever the order of its parts. A product is counted in what does
//! not cancel; what cancels takes its factor along, and the value is converted by it: by dividing where
//! that is possible.

use forewarn_grammar::ast::{self, Expr, ExprKind, ProductOp, SumOp};

use super::context::Checker;
use super::expressions::mixes_calendar;
use crate::conversion::exactly;
use crate::diagnostics::types::WantedNumber;
use crate::diagnostics::units::{
    Against, ByHundred, CannotAdd, Hundred, MonthsAndDays, UnitTooLarge,
};
use crate::settings::GIVEN;
use crate::source::Span;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;
use crate::units::{Scale, Unit};

impl Checker<'_, '_> {
    pub(super) fn sum(
        &mut self,
        first: &Expr,
        rest: &[(ast::Operator<SumOp>, Expr)],
        span: Span,
    ) -> Typed {
        let (whole, start) = (first, self.at(first.span));
        let first = self.expr(first, None);
        // Yes and no alone, added up, are counted; that is told once.
        let mut ahead = Vec::new();
        if first.ty == Type::Truth {
            ahead.extend(rest.iter().map(|(_, part)| self.expr(part, None)));
            let adds = rest.iter().all(|(operator, _)| operator.op == SumOp::Add);
            if adds && ahead.iter().all(|part| part.ty == Type::Truth) {
                return self.truths_added(&first, &ahead, span);
            }
        }
        let mut ahead = ahead.into_iter();
        let mut first = self.as_number(first, "`+` and `-`");
        let mut failed = first.ty.is_error();
        let left_origin = self.origin(&first);
        let mut left_span = first.span;
        let mut known = SoFar::default();
        known.add(&first, self.is_bare(&first));
        let mut parts: Vec<(SumOp, Typed)> = Vec::with_capacity(rest.len());
        for (operator, part) in rest {
            let subtracted_from_one = operator.op == SumOp::Subtract
                && parts.is_empty()
                && matches!(&whole.kind, ExprKind::Number(one) if one.value == 1.0 && has_no_sign(one));
            if subtracted_from_one {
                self.complement = Some(start.to(self.at(part.span)));
            }
            let part = match ahead.next() {
                Some(read) => read,
                None => self.expr(part, None),
            };
            self.complement = None;
            let part = self.as_number(part, "`+` and `-`");
            let part_span = part.span;
            if failed || part.ty.is_error() {
                failed = true;
                left_span = left_span.to(part_span);
                continue;
            }
            let own = Self::unit_of(&part.ty).cloned().unwrap_or_default();
            if part.kind == TypedKind::Missing {
                parts.push((operator.op, part));
                left_span = left_span.to(part_span);
                continue;
            }
            let unit = known.unit.clone().unwrap_or_else(|| own.clone());
            if !unit.same_dimension(&own) {
                let operator_span = self.at(operator.span);
                let (left_unit, right_unit) = (self.units.show(&unit), self.units.show(&own));
                if mixes_calendar(&unit, &own) {
                    self.reports.add(MonthsAndDays {
                        left: left_span,
                        right: part_span,
                        operator: operator_span,
                        left_unit,
                        right_unit,
                    });
                } else {
                    let right_origin = self.origin(&part);
                    self.reports.add(CannotAdd {
                        left: left_span,
                        left_text: self.words(left_span),
                        right_text: self.words(part_span),
                        left_unit,
                        left_origin,
                        right: part_span,
                        right_unit,
                        right_origin,
                        operator: operator_span,
                        left_literal: self.literal_amount(left_span),
                        right_literal: self.literal_amount(part_span),
                        subtract: operator.op == SumOp::Subtract,
                        alike: match (&part.kind, unit.is_plain(), own.is_plain()) {
                            (TypedKind::Value(_), false, true) => self.counted_as(&unit),
                            (_, true, false) if matches!(first.kind, TypedKind::Value(_)) => {
                                self.counted_as(&own)
                            }
                            _ => Vec::new(),
                        },
                    });
                }
                failed = true;
            } else if self.tells_bare_beside(&first, &parts, (operator.op, &part), &known) {
                failed = true;
            } else {
                known.add(&part, self.is_bare(&part));
                parts.push((operator.op, part));
            }
            left_span = left_span.to(part_span);
        }
        if failed {
            return self.poison(span);
        }
        let all: Vec<&Typed> = std::iter::once(&first)
            .chain(parts.iter().map(|(_, part)| part))
            .collect();
        let list = all.iter().any(|part| matches!(part.ty, Type::List(_)));
        // A bare `missing` is in whatever unit stands beside it.
        let known: Vec<&Typed> = all
            .into_iter()
            .filter(|part| part.kind != TypedKind::Missing)
            .collect();
        let unit = self.unit_of_all(&known).unwrap_or_default();
        first = in_unit(first, &unit);
        let parts = parts
            .into_iter()
            .map(|(op, part)| (op, in_unit(part, &unit)))
            .collect();
        let ty = Type::Number(unit);
        Typed {
            kind: TypedKind::Sum(Box::new(first), parts),
            ty: if list { Type::List(Box::new(ty)) } else { ty },
            span,
        }
    }

    /// Tells a sum of yes and no: `a + b + c` for `count(a, b, c)`.
    fn truths_added(&mut self, first: &Typed, others: &[Typed], span: Span) -> Typed {
        let parts: Vec<&str> = std::iter::once(first)
            .chain(others)
            .map(|part| self.sources.slice(part.span))
            .collect();
        let counted = Some(format!("count({})", parts.join(", ")));
        self.reports.add(WantedNumber {
            span,
            found: self.shown_as(&first.ty),
            context: "`+` and `-`".to_owned(),
            words: String::new(),
            signal: None,
            counted,
        });
        self.poison(span)
    }

    /// Tells literals without a sign on one side of a `+` or `-` where the other is a percentage.
    fn tells_bare_beside(
        &mut self,
        first: &Typed,
        parts: &[(SumOp, Typed)],
        (op, part): (SumOp, &Typed),
        known: &SoFar,
    ) -> bool {
        let own = Self::unit_of(&part.ty).cloned().unwrap_or_default();
        if own.is_part_of_whole() && !known.other {
            let words = self.words(part.span);
            let instead = (parts.is_empty()
                && op == SumOp::Subtract
                && first.kind == TypedKind::Number(1.0)
                && own == Unit::percent()
                && !words.is_empty())
            .then(|| (first.span.to(part.span), format!("100% - {words}")));
            let all: Vec<&Typed> = std::iter::once(first)
                .chain(parts.iter().map(|(_, part)| part))
                .collect();
            return self.tells_bare(&all, (part.span, &words), &own, instead);
        }
        if let Some((place, unit)) = &known.part_of_whole
            && !known.other
        {
            let words = self.words(*place);
            return self.tells_bare(&[part], (*place, &words), unit, None);
        }
        false
    }

    pub(super) fn product(
        &mut self,
        first: &Expr,
        rest: &[(ast::Operator<ProductOp>, Expr)],
        span: Span,
    ) -> Typed {
        let complement = self.complement.take();
        let first = self.expr(first, None);
        let first = self.as_number(first, "`*` and `/`");
        let mut parts = Vec::with_capacity(rest.len());
        for (operator, part) in rest {
            let part = self.expr(part, None);
            parts.push((operator.op, self.as_number(part, "`*` and `/`")));
        }
        let failed = std::iter::once(&first)
            .chain(parts.iter().map(|(_, part)| part))
            .any(|part| part.ty.is_error());
        if failed || self.tells_hundred(&first, &parts, span, complement) {
            return self.poison(span);
        }
        let mut chain = Chain::new(first);
        for (op, part) in parts {
            if chain.step(op, part).is_none() {
                self.reports.add(UnitTooLarge { span });
                return self.poison(span);
            }
        }
        Typed {
            span,
            ..chain.whole()
        }
    }

    /// Tells a literal 100, or 0.01, that a percentage is multiplied or divided by.
    fn tells_hundred(
        &mut self,
        first: &Typed,
        parts: &[(ProductOp, Typed)],
        span: Span,
        complement: Option<Span>,
    ) -> bool {
        if self.concrete {
            return false;
        }
        let all: Vec<(ProductOp, &Typed)> = std::iter::once((ProductOp::Multiply, first))
            .chain(parts.iter().map(|(op, part)| (*op, part)))
            .collect();
        if let [(_, of), (ProductOp::Divide, whole)] = all.as_slice()
            && whole.kind == TypedKind::Number(100.0)
            && Self::unit_of(&whole.ty) == Some(&Unit::percent())
            && self.highest(of) == Some(100.0)
        {
            self.reports.add(ByHundred {
                span: whole.span,
                text: self.words(whole.span),
                of: Hundred::Plain {
                    of: of.span,
                    words: self.words(of.span),
                },
            });
            return true;
        }
        let hundred = all
            .iter()
            .find_map(|(op, part)| Some((*op, *part, self.hundredfold(*op, part)?)));
        let Some((op, hundred, more)) = hundred else {
            return false;
        };
        let net: i32 = all
            .iter()
            .map(|(op, part)| match op {
                ProductOp::Multiply => percentages(part),
                ProductOp::Divide => -percentages(part),
            })
            .sum();
        let Some((_, percentage)) = all.iter().find(|(_, part)| percentages(part) != 0) else {
            return false;
        };
        if net == 0 {
            return false;
        }
        let divided = !more;
        let is_hundred = (op == ProductOp::Multiply) == more;
        let words = self.words(percentage.span);
        let alone = all.len() == 2 && !words.is_empty();
        let number = (alone && !divided && net > 0).then(|| format!("{words} / 1%"));
        let complement = (alone && divided && is_hundred)
            .then_some(complement)
            .flatten();
        let against = (!divided && net > 0)
            .then(|| self.number_beside(span))
            .flatten();
        // What else is multiplied stays: which number is meant of the whole is not known.
        let words = match alone || against.is_none() {
            true => words,
            false => String::new(),
        };
        let share = if is_hundred {
            Some((hundred.span, "100%".to_owned()))
        } else {
            (alone && divided && net > 0).then(|| (span, format!("{words} / 100%")))
        };
        self.reports.add(ByHundred {
            span: hundred.span,
            text: self.words(hundred.span),
            of: Hundred::Percentage {
                whole: span,
                percentage: percentage.span,
                share,
                complement: complement.map(|span| (span, format!("100% - {words}"))),
                words,
                divided,
                number,
                against,
            },
        });
        true
    }
}

impl Checker<'_, '_> {
    /// The plain number with which the whole of a stretch is compared, right beside it.
    fn number_beside(&self, span: Span) -> Option<Against> {
        let file = self.sources.get(span.file)?;
        let text: &str = &file.text;
        let signs = [">=", "<=", ">", "<"];
        let is_digit = |sign: char| sign.is_ascii_digit() || sign == '.' || sign == '_';
        let begins = ["when", "if", "and", "or", "not", "=", "(", ",", "unless"];
        let ends = [
            "and", "or", "then", "for", ")", ",", "}", "because", "cite", "unless", "//",
        ];
        let behind = || {
            let rest = text.get(span.end as usize..)?;
            let from = rest.trim_start_matches([' ', '\t']);
            let sign = signs.iter().find(|sign| from.starts_with(**sign))?;
            let number = from.get(sign.len()..)?.trim_start_matches([' ', '\t']);
            let length = number.find(|sign| !is_digit(sign)).unwrap_or(number.len());
            let after = number.get(length..)?;
            let next = after.trim_start_matches([' ', '\t', '\r']);
            let stops = next.is_empty()
                || next.starts_with('\n')
                || ends.iter().any(|word| next.starts_with(*word));
            let start = text.len() - number.len();
            (stops && length > 0).then_some((start, start + length))
        };
        let before = || {
            let rest = text
                .get(..span.start as usize)?
                .trim_end_matches([' ', '\t']);
            let sign = signs.iter().find(|sign| rest.ends_with(**sign))?;
            let number = rest.get(..rest.len() - sign.len())?.trim_end();
            let start = number.trim_end_matches(is_digit).len();
            let leads = number.get(..start)?.trim_end();
            let stops = begins.iter().any(|word| leads.ends_with(*word));
            (stops && start < number.len()).then_some((start, number.len()))
        };
        let (start, end) = behind().or_else(before)?;
        let written = text.get(start..end)?;
        let value: f64 = written.replace('_', "").parse().ok()?;
        let percentage = crate::numbers::show(exactly(value, 100.0, 1.0));
        Some(Against {
            place: Span {
                start: u32::try_from(start).ok()?,
                end: u32::try_from(end).ok()?,
                ..span
            },
            value,
            counted: format!("{written}%"),
            share: format!("{percentage}%"),
        })
    }

    /// Does a factor, 100 or 0.01, make a hundred times as much of what it stands with, or a hundredth? `None`
    /// for any other. One with a name that says nothing of its unit is what the file holds for it.
    pub(super) fn hundredfold(&self, op: ProductOp, factor: &Typed) -> Option<bool> {
        let Some((_, written)) = self.comes_down_to(factor) else {
            return hundredfold(op, factor);
        };
        let is_given = |one: &&Typed| {
            let file = self.sources.get(one.span.file);
            file.is_some_and(|file| file.name.starts_with(GIVEN))
        };
        if written.names.iter().chain(&written.ends).any(is_given) {
            return None;
        }
        let mut answers = written.ends.into_iter().map(|one| hundredfold(op, one));
        let first = answers.next()??;
        answers.all(|other| other == Some(first)).then_some(first)
    }
}

fn hundredfold(op: ProductOp, factor: &Typed) -> Option<bool> {
    let TypedKind::Number(x) = factor.kind else {
        return None;
    };
    let times = op == ProductOp::Multiply;
    match x {
        _ if factor.ty != Type::plain() => None,
        100.0 => Some(times),
        0.01 => Some(!times),
        _ => None,
    }
}

/// What is known of a sum as far as it has been read.
#[derive(Default)]
struct SoFar {
    /// Of the first part that is not bare `missing`.
    unit: Option<Unit>,
    /// The first percentage.
    part_of_whole: Option<(Span, Unit)>,
    /// There is something that is neither a percentage nor a literal without a unit.
    other: bool,
}

impl SoFar {
    fn add(&mut self, part: &Typed, is_bare: bool) {
        let Some(unit) = Checker::unit_of(&part.ty) else {
            return;
        };
        if part.kind == TypedKind::Missing {
            return;
        }
        if unit.is_part_of_whole() {
            self.part_of_whole
                .get_or_insert_with(|| (part.span, unit.clone()));
        } else if !unit.is_plain() || !is_bare {
            self.other = true;
        }
        self.unit.get_or_insert_with(|| unit.clone());
    }
}

/// The same in another unit of its dimension, which has been looked at.
fn in_unit(value: Typed, unit: &Unit) -> Typed {
    let fallback = Typed {
        ty: Type::Number(unit.clone()),
        ..value.clone()
    };
    if value.kind == TypedKind::Missing {
        return fallback;
    }
    Checker::convert(value, unit).unwrap_or(fallback)
}

fn has_no_sign(number: &ast::Number) -> bool {
    !number.percent && number.unit.is_none()
}

/// How many percentages were multiplied in it, less those it was divided by.
fn percentages(value: &Typed) -> i32 {
    if let TypedKind::Product(first, rest) = &value.kind {
        let rest = rest.iter().map(|(op, part)| match op {
            ProductOp::Multiply => percentages(part),
            ProductOp::Divide => -percentages(part),
        });
        return percentages(first) + rest.sum::<i32>();
    }
    if let TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) = &value.kind {
        return percentages(inner);
    }
    i32::from(Checker::unit_of(&value.ty) == Some(&Unit::percent()))
}

/// A product as far as it has been read.
pub(super) struct Chain {
    first: Typed,
    parts: Vec<(ProductOp, Typed)>,
    unit: Unit,
    list: bool,
}

impl Chain {
    pub fn new(first: Typed) -> Self {
        Self {
            unit: Checker::unit_of(&first.ty).cloned().unwrap_or_default(),
            list: matches!(first.ty, Type::List(_)),
            first,
            parts: Vec::new(),
        }
    }

    /// One part more. `None` where the factors do not fit.
    pub fn step(&mut self, op: ProductOp, part: Typed) -> Option<()> {
        let own = Checker::unit_of(&part.ty).cloned().unwrap_or_default();
        self.list |= matches!(part.ty, Type::List(_));
        match op {
            // What is multiplied is divided once, behind the product, which is exact more often.
            ProductOp::Multiply => {
                let unit = self.unit.of_product(&own)?;
                self.unit = self.unit.times(&own)?;
                self.parts.push((op, part));
                if unit.scale() != self.unit.scale() {
                    self.first = Checker::convert(self.take(), &unit)?;
                }
                self.unit = unit;
            }
            // Counts are brought to the larger unit before one is divided by the other.
            ProductOp::Divide => {
                let unit = self.unit.of_quotient(&own)?;
                let factor = self.unit.scale().times(own.scale().inverse())?;
                let Scale { num, den } = factor.times(unit.scale().inverse())?;
                if den != 1 {
                    let larger = self.unit.scaled(Scale { num: den, den: 1 })?;
                    self.first = Checker::convert(self.take(), &larger)?;
                }
                let larger = own.scaled(Scale { num, den: 1 })?;
                self.parts.push((op, Checker::convert(part, &larger)?));
                self.unit = unit;
            }
        }
        Some(())
    }

    fn take(&mut self) -> Typed {
        let span = self
            .parts
            .last()
            .map_or(self.first.span, |(_, last)| self.first.span.to(last.span));
        let ty = self.ty();
        let nothing = Typed {
            kind: TypedKind::Missing,
            ty: Type::plain(),
            span,
        };
        let first = std::mem::replace(&mut self.first, nothing);
        let parts = std::mem::take(&mut self.parts);
        if parts.is_empty() {
            return first;
        }
        Typed {
            kind: TypedKind::Product(Box::new(first), parts),
            ty,
            span,
        }
    }

    fn ty(&self) -> Type {
        let ty = Type::Number(self.unit.clone());
        if self.list {
            Type::List(Box::new(ty))
        } else {
            ty
        }
    }

    pub fn whole(mut self) -> Typed {
        let ty = self.ty();
        Typed { ty, ..self.take() }
    }
}
