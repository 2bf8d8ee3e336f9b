//! Comparisons that ranges decide before any data: a rule that looks present and never speaks.

use forewarn_grammar::ast::CompareOp;

use super::Lowerer;
use super::value::Lowered;
use crate::checked::{Body, CheckedValue};
use crate::diagnostics::ranges::{
    AlwaysYes, Hundredths, NeverYes, OneWay, ParamThreshold, SaysNothingMore, WhereFrom,
};
use crate::digits::is_same;
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::{Compare, NodeId, Op, decided};
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};

/// One comparison of a chain: the result, how, and both sides with their nodes.
pub(super) type Link<'t> = (Lowered, Relation, &'t Typed, Lowered, &'t Typed, Lowered);

impl Lowerer<'_> {
    /// Tells a comparison that can only go one way.
    pub fn tell_decided(
        &mut self,
        result: &Lowered,
        relation: Relation,
        left: (&Typed, &Lowered),
        right: (&Typed, &Lowered),
        span: Span,
    ) {
        if !self.in_own_words() {
            return;
        }
        if let Some(answer) = self.with_itself(relation, left.1, right.1) {
            return self.tell_itself(answer, left, right, span);
        }
        match self.judge(relation, left.1, right.1) {
            Some(answer) => self.tell(answer, left, right, span),
            None => {
                // Levels and counts fold to a constant where their scale decides.
                if let Lowered::Truth(node) = result
                    && let Some(Op::Truth { yes, no }) = self.builder.op(*node)
                    && yes != no
                    && matches!(
                        left.1,
                        Lowered::Level(_) | Lowered::Count(_) | Lowered::Between(_)
                    )
                {
                    self.tell(yes, left, right, span);
                }
            }
        }
    }

    /// The answer of a comparison whose two sides are one value, wherever that is known.
    fn with_itself(&self, relation: Relation, left: &Lowered, right: &Lowered) -> Option<bool> {
        let (a, b) = match (left, right) {
            (Lowered::Number(a), Lowered::Number(b))
            | (Lowered::Category(a), Lowered::Category(b))
            | (Lowered::Truth(a), Lowered::Truth(b)) => (*a, *b),
            (Lowered::Level(a), Lowered::Level(b))
            | (Lowered::Count(a), Lowered::Count(b))
            | (Lowered::Between(a), Lowered::Between(b)) => (a.exact, b.exact),
            _ => return None,
        };
        let varies = !matches!(
            self.builder.op(a),
            None | Some(Op::Truth { .. } | Op::Const(_))
        );
        (a == b && varies && self.builder.constant(a).is_none()).then_some(match relation {
            Relation::Order(CompareOp::LessOrEqual | CompareOp::GreaterOrEqual) | Relation::Is => {
                true
            }
            Relation::Order(CompareOp::Less | CompareOp::Greater) | Relation::IsNot => false,
        })
    }

    /// Tells a threshold on one side of which a value always lies: it never gets to the other. `side` is what
    /// holds there where it has been crossed.
    pub(super) fn tell_never_crossed(
        &mut self,
        (of, x): (&Typed, NodeId),
        (written, threshold): (&Typed, NodeId),
        side: CompareOp,
    ) {
        if !self.in_own_words() {
            return;
        }
        let (x, threshold) = (Lowered::Number(x), Lowered::Number(threshold));
        if self.judge(Relation::Order(side), &x, &threshold).is_some() {
            self.tell(false, (of, &x), (written, &threshold), written.span);
        }
    }

    fn tell_itself(
        &mut self,
        answer: bool,
        left: (&Typed, &Lowered),
        right: (&Typed, &Lowered),
        span: Span,
    ) {
        let words = |span| self.sources.slice(span).to_owned();
        let (subject, other) = (words(left.0.span), words(right.0.span));
        let kind = self.framework.panel.period.filter(|_| {
            matches!(right.0.kind, TypedKind::Value(_)) && matches!(right.1, Lowered::Number(_))
        });
        let before = kind.map(|kind| {
            let period = crate::period::kind_name(kind);
            (right.0.span, format!("lag({other}, 1 {period})"))
        });
        let one_way = Some(OneWay::Itself(before));
        let (subject_span, condition) = (left.0.span, words(span));
        let (low, high) = (String::new(), String::new());
        if answer {
            self.reports.add(AlwaysYes {
                span,
                subject,
                subject_span,
                low,
                high,
                declared: None,
                condition,
                one_way,
            });
        } else {
            self.reports.add(NeverYes {
                span,
                subject,
                subject_span,
                low,
                high,
                declared: None,
                condition,
                percent: None,
                param: None,
                by_conditions: false,
                one_way,
            });
        }
    }

    /// `at least 0 of (…)`
    pub(super) fn tell_none_asked(&mut self, span: Span, number: Span) {
        self.reports.add(AlwaysYes {
            span,
            subject: String::new(),
            subject_span: number,
            low: String::new(),
            high: String::new(),
            declared: None,
            condition: String::new(),
            one_way: Some(OneWay::NoneAsked(number)),
        });
    }

    /// Tells a condition of several that says nothing beside another: only what is compared with a written
    /// number or level, since two params are their author's business.
    pub(super) fn tell_idle(&mut self, conditions: &[(NodeId, &Typed)], both: bool) {
        const MANY: usize = 40;
        if !self.in_own_words() || conditions.len() > MANY {
            return;
        }
        for (at, (node, typed)) in conditions.iter().enumerate() {
            if matches!(self.builder.op(*node), Some(Op::Truth { .. })) {
                continue;
            }
            let found = conditions.iter().enumerate().find(|(place, other)| {
                let words = |typed: &Typed| self.sources.slice(typed.span);
                let written = compares_with_written(typed) && compares_with_written(other.1);
                if other.0 == *node {
                    let same = written || words(typed) == words(other.1);
                    return *place < at && same;
                }
                let decided = matches!(self.builder.op(other.0), Some(Op::Truth { .. }));
                let (when, then) = if both {
                    (other.0, *node)
                } else {
                    (*node, other.0)
                };
                written && !decided && self.implies(when, then)
            });
            if let Some((_, (_, other))) = found {
                let words = |span| self.sources.slice(span).to_owned();
                let (idle, other_words) = (words(typed.span), words(other.span));
                self.reports.add(SaysNothingMore {
                    idle,
                    idle_span: typed.span,
                    other: other_words,
                    other_span: other.span,
                    both,
                });
                return;
            }
        }
    }

    pub fn tell_chain(&mut self, links: &[Link<'_>], span: Span) {
        if !self.in_own_words() {
            return;
        }
        let answers: Vec<Option<bool>> = links
            .iter()
            .map(|link| self.judge(link.1, &link.3, &link.5))
            .collect();
        let never = answers.iter().position(|answer| *answer == Some(false));
        let always = answers.iter().all(|answer| *answer == Some(true));
        let told = match (never, always) {
            (Some(at), _) => Some((at, false)),
            (None, true) => Some((0, true)),
            (None, false) => None,
        };
        if let Some((at, answer)) = told
            && let Some((_, _, left, a, right, b)) = links.get(at)
        {
            self.tell(answer, (left, a), (right, b), span);
        }
    }

    /// What the ranges say; nothing where both sides are constants of the method, which an author
    /// may well compare.
    fn judge(&self, relation: Relation, left: &Lowered, right: &Lowered) -> Option<bool> {
        if let Lowered::List { items, .. } = left {
            let mut answers = items.iter().map(|item| self.judge(relation, item, right));
            let first = answers.next()??;
            return answers.all(|answer| answer == Some(first)).then_some(first);
        }
        let (Lowered::Number(a), Lowered::Number(b)) = (left, right) else {
            return None;
        };
        let (a, b) = (*a, *b);
        if self.builder.constant(a).is_some() && self.builder.constant(b).is_some() {
            return None;
        }
        let everywhere = said(relation, self.builder.told(a), self.builder.told(b));
        // That a condition before has said the same already is no slip: `x < 10` behind `x >= 10`.
        let here = || said(relation, self.told(a), self.told(b)).filter(|answer| !answer);
        everywhere.or_else(here)
    }

    fn tell(
        &mut self,
        answer: bool,
        left: (&Typed, &Lowered),
        right: (&Typed, &Lowered),
        span: Span,
    ) {
        // The side that varies is what the message speaks of.
        let constant = |lowered: &Lowered| {
            lowered
                .node()
                .is_some_and(|node| self.builder.constant(node).is_some())
        };
        let ((subject, lowered), other) = if constant(left.1) {
            (right, left.0)
        } else {
            (left, right.0)
        };
        let range = match lowered {
            Lowered::Number(node) => self.told(*node),
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => {
                self.range(bounds.at_least).hull(self.range(bounds.at_most))
            }
            Lowered::List { items, .. } => items
                .iter()
                .filter_map(Lowered::node)
                .map(|node| self.told(node))
                .reduce(Interval::hull)
                .unwrap_or(Interval::ALL),
            Lowered::Truth(_) | Lowered::Category(_) => Interval::ALL,
        };
        let show = |x: f64| match (&subject.ty, lowered) {
            (crate::types::Type::Level(id), Lowered::Level(_)) => self
                .framework
                .scale(*id)
                .and_then(|scale| scale.levels.get(x as usize))
                .map_or(String::new(), |level| level.name.clone()),
            (crate::types::Type::Number(unit), Lowered::Number(_) | Lowered::List { .. })
                if *unit == crate::units::Unit::percent() && is_plain(x) =>
            {
                format!("{}%", crate::numbers::show_end(x))
            }
            _ => crate::numbers::show_end(x),
        };
        let (low, high) = (show(range.low), show(range.high));
        let by_conditions = lowered
            .node()
            .is_some_and(|node| self.told(node) != self.builder.told(node));
        let declared = if let TypedKind::Value(id) = subject.kind {
            self.framework.value(id).map(range_of)
        } else {
            None
        };
        let text = match self.items {
            0 => self.sources.slice(subject.span).to_owned(),
            _ => self.words_of(subject).to_string(),
        };
        let condition = self.sources.slice(span).to_owned();
        let subject_span = subject.span;
        if answer {
            self.reports.add(AlwaysYes {
                span,
                subject: text,
                subject_span,
                low,
                high,
                declared,
                condition,
                one_way: None,
            });
        } else {
            let param = self.param_threshold(other, range);
            if let Some(param) = param.as_ref().filter(|param| param.meant.is_some())
                && !self.told_params.insert(param.place)
            {
                // One number that was meant otherwise is one slip, however often it is compared.
                return;
            }
            self.reports.add(NeverYes {
                span,
                subject: text,
                subject_span,
                low,
                high,
                declared,
                condition,
                percent: bare_share(other),
                param,
                by_conditions,
                one_way: None,
            });
        }
    }
}

impl Lowerer<'_> {
    /// The param that a threshold is, and how its number is written where it was meant in hundredths of what is
    /// compared with it.
    fn param_threshold(&self, threshold: &Typed, range: Interval) -> Option<ParamThreshold> {
        let param = self.param_end(threshold, false)?;
        let number: Option<f64> = param.is.parse().ok();
        let number = number.filter(|x| x.abs() > 1.0 && x.abs() <= 100.0);
        let converts = matches!(&threshold.kind, TypedKind::Convert(_, num, den) if (*num, *den) == (100.0, 1.0));
        let of_whole = range.low >= 0.0 && is_same(range.high, 1.0);
        let meant = number.and_then(|x| {
            if converts {
                Some(Hundredths::Percent(format!("{}%", param.is)))
            } else {
                let share = crate::decimal::round(x / 100.0, 9);
                (of_whole && x >= 10.0).then(|| Hundredths::Share(show(share)))
            }
        });
        Some(ParamThreshold {
            name: param.name,
            is: param.is,
            place: param.value,
            meant,
        })
    }
}

fn said(relation: Relation, x: Interval, y: Interval) -> Option<bool> {
    match relation {
        Relation::Order(CompareOp::Less) => decided(Compare::Less, x, y),
        Relation::Order(CompareOp::LessOrEqual) => decided(Compare::LessOrEqual, x, y),
        Relation::Order(CompareOp::Greater) => decided(Compare::Less, y, x),
        Relation::Order(CompareOp::GreaterOrEqual) => decided(Compare::LessOrEqual, y, x),
        Relation::Is => decided(Compare::Equal, x, y),
        Relation::IsNot => decided(Compare::Equal, x, y).map(|same| !same),
    }
}

/// A bare number that was read as a share and set beside percentages (`>= 40` is 4,000 %), and how
/// a percentage is written.
fn bare_share(value: &Typed) -> Option<(Span, String)> {
    let TypedKind::Convert(inner, num, den) = &value.kind else {
        return None;
    };
    let TypedKind::Number(x) = inner.kind else {
        return None;
    };
    let from_share = (*num, *den) == (100.0, 1.0) && x.abs() > 1.0;
    from_share.then(|| (inner.span, format!("{}%", show(x))))
}

/// What says where a value lies.
fn range_of(value: &CheckedValue) -> WhereFrom {
    if let crate::types::Type::Level(_) = value.ty {
        return WhereFrom::Scale(value.span);
    }
    let stated = match &value.body {
        Body::Indicator(_) | Body::Param(_) => true,
        Body::Expression { declared, .. } => declared.is_some(),
        Body::Table(table) => table.declared.is_some(),
        Body::Factor(_) | Body::Level(_) | Body::Alert(_) | Body::Broken => false,
    };
    if stated {
        WhereFrom::Stated(value.span)
    } else {
        WhereFrom::Formula(value.span)
    }
}

/// Is it a comparison with a number or a level that is written?
fn compares_with_written(condition: &Typed) -> bool {
    let TypedKind::Compare { left, right, .. } = &condition.kind else {
        return false;
    };
    [left, right].into_iter().any(|side| {
        let mut side: &Typed = side;
        while let TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) = &side.kind {
            side = inner;
        }
        matches!(side.kind, TypedKind::Number(_) | TypedKind::Position(_))
    })
}

/// Is an end of a range a number as people write it, neither open nor the least above 0?
fn is_plain(end: f64) -> bool {
    end == 0.0 || (1e-6..1e12).contains(&end.abs())
}
