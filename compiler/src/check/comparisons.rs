//! Comparisons: of numbers, levels, counts, categories and truths, and membership.

use forewarn_grammar::ast::{CompareOp, Expr, ExprKind, IsWhat, Operator};

use super::context::Checker;
use super::expressions::mixes_calendar;
use crate::diagnostics::types::{
    CannotCompareKinds, CategoriesHaveNoOrder, LevelNeedsContext, NoLevel, OtherScale,
};
use crate::diagnostics::units::{CannotCompareUnits, MonthsAndDays};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

impl Checker<'_, '_> {
    pub fn comparison(
        &mut self,
        first: &Expr,
        rest: &[(Operator<CompareOp>, Expr)],
        span: Span,
    ) -> Typed {
        // A level's name is read by what it is compared with: look for a side that has a kind.
        let sides: Vec<&Expr> = std::iter::once(first)
            .chain(rest.iter().map(|(_, side)| side))
            .collect();
        let before = self.at(first.span);
        let mut typed: Vec<Option<Typed>> = Vec::with_capacity(sides.len());
        for (place, side) in sides.iter().enumerate() {
            let takes = matches!(side.kind, ExprKind::Fallback(_)) && place > 0;
            let outer = std::mem::replace(&mut self.compared, takes.then_some(before));
            typed.push((!self.only_a_place(side)).then(|| self.expr(side, None)));
            self.compared = outer;
        }
        let want = typed
            .iter()
            .flatten()
            .map(|side| side.ty.clone())
            .find(|ty| !ty.is_error());
        let failed = typed.iter().flatten().any(|side| side.ty.is_error());
        for at in 0..sides.len() {
            let (Some(None), Some(side)) = (typed.get(at), sides.get(at)) else {
                continue;
            };
            if failed {
                continue;
            }
            let other = typed.iter().flatten().next().cloned();
            let sign = rest.first().map_or(String::new(), |(sign, _)| {
                self.sources.slice(self.at(sign.span)).to_owned()
            });
            let own = match other {
                Some(other) if self.tells_level_beside(side, &other, &sign) => {
                    self.poison(self.at(side.span))
                }
                _ => self.expr(side, want.as_ref()),
            };
            if let Some(slot) = typed.get_mut(at) {
                *slot = Some(own);
            }
        }
        let typed: Vec<Typed> = typed.into_iter().flatten().collect();
        if failed || typed.len() != sides.len() {
            return self.poison(span);
        }
        let mut parts = Vec::with_capacity(rest.len());
        for ((operator, _), pair) in rest.iter().zip(typed.windows(2)) {
            let [left, right] = pair else { continue };
            let operator_span = self.at(operator.span);
            let relation = Relation::Order(operator.op);
            // The parts of a chain share its words: they are one statement.
            parts.push(self.compare(left.clone(), relation, right.clone(), operator_span, span));
        }
        if parts.iter().any(|part| part.ty.is_error()) {
            return self.poison(span);
        }
        // `factors >= 0.6 >= 1`: what of several values is compared again?
        if parts.len() > 1 && parts.iter().any(|part| matches!(part.ty, Type::List(_))) {
            if let Some(first) = parts
                .into_iter()
                .find(|part| matches!(part.ty, Type::List(_)))
            {
                self.as_one_truth(first, "a chain of comparisons");
            }
            return self.poison(span);
        }
        match (parts.len(), parts.pop()) {
            (1, Some(only)) => Typed { span, ..only },
            (_, Some(last)) => {
                let ty = last.ty.clone();
                parts.push(last);
                Typed {
                    kind: TypedKind::And(parts),
                    ty,
                    span,
                }
            }
            (_, None) => self.poison(span),
        }
    }

    pub fn compare(
        &mut self,
        left: Typed,
        relation: Relation,
        right: Typed,
        operator: Span,
        span: Span,
    ) -> Typed {
        if left.ty.is_error() || right.ty.is_error() {
            return self.poison(span);
        }
        let list = matches!(left.ty, Type::List(_)) || matches!(right.ty, Type::List(_));
        let element = |ty: &Type| match ty {
            Type::List(of) => (**of).clone(),
            other @ (Type::Number(_)
            | Type::Truth
            | Type::Level(_)
            | Type::Category(_)
            | Type::Count
            | Type::Error) => other.clone(),
        };
        let (left_ty, right_ty) = (element(&left.ty), element(&right.ty));
        let ordered = matches!(relation, Relation::Order(_));
        let (left, right) = match (&left_ty, &right_ty) {
            (Type::Number(unit), Type::Number(own)) => {
                let (unit, own) = (unit.clone(), own.clone());
                if self.tells_bare_among(&[&left, &right]) {
                    return self.poison(span);
                }
                if unit.same_dimension(&own) {
                    self.tells_rates_compared(&left, &right);
                }
                let common = self.unit_to_compare(&[&left, &right]);
                let brought = common.and_then(|common| {
                    let left = Self::convert(left.clone(), &common)?;
                    Some((left, Self::convert(right.clone(), &common)?))
                });
                match brought {
                    Some(sides) => sides,
                    None => {
                        self.unlike_units(&left, &unit, &right, &own, operator);
                        return self.poison(span);
                    }
                }
            }
            (Type::Count, Type::Number(own)) if own.is_plain() => (left, right),
            (Type::Number(own), Type::Count) if own.is_plain() => (left, right),
            (Type::Count, Type::Count) => (left, right),
            (Type::Level(one), Type::Level(other)) if one == other => (left, right),
            (Type::Level(one), Type::Level(other)) => {
                let name = |checker: &Self, id| {
                    checker
                        .scale(id)
                        .map_or(String::new(), |scale| scale.name.clone())
                };
                self.reports.add(OtherScale {
                    left: left.span,
                    left_scale: name(self, *one),
                    right: right.span,
                    right_scale: name(self, *other),
                });
                return self.poison(span);
            }
            (Type::Category(one), Type::Category(other)) if one == other && !ordered => {
                (left, right)
            }
            (Type::Category(one), Type::Category(other)) if one == other => {
                let declared = self.category(*one).map(|category| category.span);
                self.reports.add(CategoriesHaveNoOrder {
                    span,
                    operator,
                    declared,
                });
                return self.poison(span);
            }
            (Type::Truth, Type::Truth) if !ordered => (left, right),
            (one, other) => {
                self.reports.add(CannotCompareKinds {
                    left: left.span,
                    left_kind: self.shown_as(one),
                    right: right.span,
                    right_kind: self.shown_as(other),
                    operator,
                    literal: [&left, &right]
                        .into_iter()
                        .find(|side| self.literal(side.span).is_some())
                        .map(|side| side.span),
                    levels: self
                        .level_names(one)
                        .or_else(|| self.level_names(other))
                        .unwrap_or_default(),
                    alone: self.truth_alone(&left, relation, &right),
                    unknown: (self.sources.slice(right.span) == "unknown" && *one != Type::Truth)
                        .then_some(right.span),
                });
                return self.poison(span);
            }
        };
        let ty = if list {
            Type::List(Box::new(Type::Truth))
        } else {
            Type::Truth
        };
        let (left, right) = (Box::new(left), Box::new(right));
        Typed {
            kind: TypedKind::Compare {
                relation,
                left,
                right,
            },
            ty,
            span,
        }
    }

    /// Tells the name of a level beside what is none: `hazard >= orange`.
    pub(super) fn tells_level_beside(
        &mut self,
        side: &Expr,
        other: &Typed,
        relation: &str,
    ) -> bool {
        let kind = match &other.ty {
            Type::Number(_) | Type::Count => "a number",
            Type::Truth => "yes or no",
            Type::Level(_) | Type::Category(_) | Type::List(_) | Type::Error => return false,
        };
        let ExprKind::Name(name) = &side.kind else {
            return false;
        };
        let text = name.text.as_str();
        let has =
            |scale: &&crate::checked::Scale| scale.levels.iter().any(|level| level.name == text);
        let scales: Vec<String> = self
            .scales
            .iter()
            .filter(has)
            .map(|scale| scale.name.clone())
            .collect();
        if scales.is_empty() {
            return false;
        }
        let levels = self.levels_on(&scales);
        self.reports.add(LevelNeedsContext {
            name: text.to_owned(),
            span: self.at(side.span),
            scales,
            again: None,
            on: Vec::new(),
            beside: Some(NoLevel {
                words: self.words(other.span),
                kind: kind.to_owned(),
                span: other.span,
                levels,
                relation: relation.to_owned(),
            }),
        });
        true
    }

    /// The values that stand on one of these scales, but for the one that is declared.
    pub fn levels_on(&self, scales: &[String]) -> Vec<String> {
        let values = self.framework.values.iter();
        let levels = values.filter_map(|value| {
            let ValueSource::Level(level) = value.what else {
                return None;
            };
            scales
                .contains(&level.scale.text)
                .then(|| value.name.text.clone())
        });
        levels.filter(|level| *level != self.declaring).collect()
    }

    /// The names of the levels, lowest first.
    fn level_names(&self, ty: &Type) -> Option<Vec<String>> {
        let Type::Level(id) = ty else { return None };
        let levels = &self.scale(*id)?.levels;
        Some(levels.iter().map(|level| level.name.clone()).collect())
    }

    /// `curfew is 1`, `curfew is 0`: what stands for the whole, and the edits that leave it.
    fn truth_alone(
        &self,
        left: &Typed,
        relation: Relation,
        right: &Typed,
    ) -> Option<(String, Vec<(Span, String)>)> {
        let name = matches!(left.kind, TypedKind::Value(_)) && left.ty == Type::Truth;
        let one = match self.literal(right.span).filter(|_| name)?.1.as_str() {
            "1" => true,
            "0" => false,
            _ => return None,
        };
        // As where yes is 1 and no is 0; what then always or never holds is no slip of this kind.
        let yes = match (relation, one) {
            (Relation::Is, _) => one,
            (Relation::IsNot, _) => !one,
            (Relation::Order(CompareOp::GreaterOrEqual), true)
            | (Relation::Order(CompareOp::Greater), false) => true,
            (Relation::Order(CompareOp::Less), true)
            | (Relation::Order(CompareOp::LessOrEqual), false) => false,
            (
                Relation::Order(
                    CompareOp::Less
                    | CompareOp::LessOrEqual
                    | CompareOp::Greater
                    | CompareOp::GreaterOrEqual,
                ),
                _,
            ) => return None,
        };
        let words = self.words(left.span);
        let rest = Span {
            start: left.span.end,
            end: right.span.end,
            ..left.span
        };
        let mut edits = vec![(rest, String::new())];
        if yes {
            return Some((words, edits));
        }
        let place = Span {
            end: left.span.start,
            ..left.span
        };
        edits.insert(0, (place, "not ".to_owned()));
        Some((format!("not {words}"), edits))
    }

    fn unlike_units(
        &mut self,
        left: &Typed,
        unit: &Unit,
        right: &Typed,
        own: &Unit,
        operator: Span,
    ) {
        let (left_unit, right_unit) = (self.units.show(unit), self.units.show(own));
        if mixes_calendar(unit, own) {
            self.reports.add(MonthsAndDays {
                left: left.span,
                right: right.span,
                operator,
                left_unit,
                right_unit,
            });
            return;
        }
        let literal = |checker: &Self, side: &Typed, other: &Unit| {
            let rate = other.bases().count() > 1;
            let other = checker.units.show(other);
            let own = Self::unit_of(&side.ty);
            if let Some(text) = checker.rate_in_words(side, &other) {
                return Some((side.span, text));
            }
            let (span, number) = checker.literal(side.span)?;
            // How many of the one for each of the other is no percentage, but may be written as one.
            if rate && own == Some(&Unit::percent()) {
                let share = format!("{number}%");
                return Some((span, crate::diagnostics::units::written(&share, &other)?));
            }
            // What measures the same in other steps is brought to them, and not called otherwise.
            let other_name = own.map_or(String::new(), |own| checker.units.show(own));
            if crate::diagnostics::units::related(&other_name, &other).is_some() {
                return None;
            }
            // `5% judges` beside a plain number is `5%`.
            let percentage = format!("{number}%");
            if other == checker.units.show(&Unit::plain())
                && checker.sources.slice(side.span).starts_with(&percentage)
            {
                return Some((span, percentage));
            }
            Some((span, crate::diagnostics::units::written(&number, &other)?))
        };
        let by_hand = self.by_hand(left, right);
        let whole = match (unit.is_part_of_whole(), own.is_part_of_whole()) {
            (false, true) => self.whole_of(left, unit),
            (true, false) => self.whole_of(right, own),
            // `deaths >= deaths / people`
            (false, false) => self
                .below(unit, own)
                .and_then(|below| self.whole_of(left, &below))
                .or_else(|| {
                    let below = self.below(own, unit)?;
                    self.whole_of(right, &below)
                }),
            (true, true) => None,
        };
        let literal = literal(self, right, unit).or_else(|| literal(self, left, own));
        let param = self
            .param_in(right, unit)
            .or_else(|| self.param_in(left, own));
        self.reports.add(CannotCompareUnits {
            left: left.span,
            left_text: self.words(left.span),
            right_text: self.words(right.span),
            left_unit,
            left_origin: self.origin(left),
            right: right.span,
            right_unit,
            right_origin: self.origin(right),
            operator,
            relation: self.sources.slice(operator).to_owned(),
            literal,
            by_hand,
            whole,
            param,
        });
    }

    /// A param whose value lacks this unit, and the value with it: `5 / 100_000` of deaths and people is
    /// `5 deaths / 100_000 people`.
    fn param_in(&self, side: &Typed, unit: &Unit) -> Option<(String, Span, String)> {
        if unit.is_plain() {
            return None;
        }
        let shown = self.units.show(unit);
        if let Some((name, place, number)) = self.bare_param(&side.kind) {
            let text = crate::diagnostics::units::written(&number, &shown)?;
            return Some((name, place, text));
        }
        let TypedKind::Value(id) = side.kind else {
            return None;
        };
        let declared = self.framework.values.get(id.0 as usize)?;
        let ValueSource::Param(param) = declared.what else {
            return None;
        };
        let ([only], None) = (param.values.as_slice(), &param.ty) else {
            return None;
        };
        let place = crate::framework::at(declared.file, only.value.span);
        let (number, of) = self.sources.slice(place).split_once('/')?;
        let (number, of) = (number.trim(), of.trim());
        let digits = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || "_.".contains(sign))
        };
        let (above, below) = shown.split_once(" / ")?;
        let counted = below
            .trim_start_matches('(')
            .trim_end_matches(')')
            .rsplit(' ')
            .next()?;
        (digits(number) && digits(of)).then(|| {
            (
                declared.name.text.clone(),
                place,
                format!("{number} {above} / {of} {counted}"),
            )
        })
    }

    /// `deaths / people * 100_000 >= 2`: what is taken out, and the threshold with its unit.
    fn by_hand(&self, left: &Typed, right: &Typed) -> Option<((Span, String), (Span, String))> {
        let (place, number) = self.literal(right.span)?;
        let unit = Self::unit_of(&left.ty)?;
        let shown = self.units.show(unit);
        let (above, below) = shown.split_once(" / ")?;
        let words = self.sources.slice(left.span);
        let (rate, factor) = words.rsplit_once('*')?;
        let digits: String = factor.trim().chars().filter(|sign| *sign != '_').collect();
        let grouped = match digits.as_str() {
            "1000" => "1_000",
            "10000" => "10_000",
            "100000" => "100_000",
            "1000000" => "1_000_000",
            _ => return None,
        };
        let plain = |word: &str| {
            word.chars()
                .all(|sign| sign.is_alphanumeric() || sign == '_')
        };
        let rest = u32::try_from(rate.trim_end().len()).ok()?;
        let times = Span {
            start: left.span.start + rest,
            ..left.span
        };
        (plain(above) && plain(below)).then(|| {
            (
                (times, format!("times {}", factor.trim())),
                (place, format!("{number} {above} / {grouped} {below}")),
            )
        })
    }

    /// `5 / 100_000`, `5 per 100_000` or `5 deaths / 100_000` beside deaths for each of so many people: with
    /// their units.
    fn rate_in_words(&self, side: &Typed, shown: &str) -> Option<String> {
        let (above, _) = shown.split_once(" / ")?;
        let words = self.sources.slice(side.span);
        let (number, of) = crate::diagnostics::units::bare_rate(words, above)?;
        crate::diagnostics::units::written(&format!("{number} / {of}"), shown)
    }

    /// What a count is divided by to become a rate of this unit: `people` of `deaths` and `deaths / people`.
    fn below(&self, count: &Unit, rate: &Unit) -> Option<Unit> {
        let (count, rate) = (self.units.show(count), self.units.show(rate));
        let below = rate.strip_prefix(&format!("{count} / "))?;
        let below = below.trim_start_matches('(').trim_end_matches(')');
        let name = below.rsplit(' ').next()?;
        self.units.get(name).cloned()
    }

    /// The one indicator of this unit that never is nothing, as a population is.
    fn whole_of(&self, count: &Typed, unit: &Unit) -> Option<String> {
        let framework = self.framework;
        let own = self.sources.slice(count.span);
        let mut wholes = framework
            .values
            .iter()
            .enumerate()
            .filter(|(index, value)| {
                let id = crate::typed::ValueId(crate::arena::next(*index));
                let ValueSource::Indicator { ty, .. } = value.what else {
                    return false;
                };
                let never_nothing = ty
                    .range
                    .as_ref()
                    .and_then(|range| range.low.as_ref())
                    .is_some_and(|low| !low.negative && low.number.value > 0.0);
                never_nothing
                    && value.name.text != own
                    && self.types.get(&id).and_then(Self::unit_of) == Some(unit)
            });
        let (_, whole) = wholes.next()?;
        wholes.next().is_none().then(|| whole.name.text.clone())
    }

    pub fn is(&mut self, of: &Expr, negated: bool, what: &IsWhat, span: Span) -> Typed {
        let value = self.expr(of, None);
        if value.ty.is_error() {
            return self.poison(span);
        }
        let list = matches!(value.ty, Type::List(_));
        let truth = if list {
            Type::List(Box::new(Type::Truth))
        } else {
            Type::Truth
        };
        let (inner, negated) = match what {
            IsWhat::Known(_) | IsWhat::Missing(_) => {
                let missing = matches!(what, IsWhat::Missing(_));
                let kind = TypedKind::IsKnown(Box::new(value));
                (
                    Typed {
                        kind,
                        ty: truth.clone(),
                        span,
                    },
                    negated != missing,
                )
            }
            IsWhat::Value(other)
                if self.only_a_place(other) && self.tells_level_beside(other, &value, "is") =>
            {
                return self.poison(span);
            }
            IsWhat::Value(other) => {
                let other = self.expr(other, Some(&value.ty.clone()));
                let relation = if negated {
                    Relation::IsNot
                } else {
                    Relation::Is
                };
                let between = Span {
                    start: value.span.end,
                    end: other.span.start,
                    ..span
                };
                let words = self.sources.slice(between);
                let blanks = u32::try_from(words.len() - words.trim_start().len()).unwrap_or(0);
                let length = u32::try_from(words.trim().len()).unwrap_or(0);
                let start = between.start + blanks;
                let operator = Span {
                    start,
                    end: start + length,
                    ..span
                };
                let inner = self.compare(value, relation, other, operator, span);
                (inner, false)
            }
        };
        if negated && !inner.ty.is_error() {
            return Typed {
                kind: TypedKind::Not(Box::new(inner)),
                ty: truth,
                span,
            };
        }
        inner
    }
}
