//! Does one condition hold whenever another does, whatever the data?
//!
//! In: two truths of the Plan that is being built. Out: yes where that is certain: by what they are made of
//! and by the thresholds they compare with, never by their words. Not certain is no.

use super::Lowerer;
use crate::diagnostics::ranges::{AlwaysYes, NeverBoth, OneWay};
use crate::plan::{Compare, NodeId, Op};
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};

/// How deep the two are looked into.
const DEEP: usize = 24;

/// More conditions than are held against each other.
const MANY: usize = 40;

/// `owner is not state`, `owner is not party`: what is asked, and the two that it is not.
fn unlike(first: &Typed, second: &Typed) -> Option<(Span, Span, Span)> {
    let parts = |condition: &Typed| {
        let TypedKind::Compare {
            relation: Relation::IsNot,
            left,
            right,
        } = &condition.kind
        else {
            return None;
        };
        if let (TypedKind::Value(id), TypedKind::Position(at)) = (&left.kind, &right.kind) {
            Some((*id, *at, left.span, right.span))
        } else {
            None
        }
    };
    let ((id, one, of, first), (other_id, other, _, second)) = (parts(first)?, parts(second)?);
    (id == other_id && one != other).then_some((of, first, second))
}

/// Where a number has to lie for a comparison to be yes.
#[derive(Clone, Copy)]
struct Stretch {
    of: NodeId,
    low: f64,
    low_open: bool,
    high: f64,
    high_open: bool,
}

impl Stretch {
    fn lies_in(self, other: Self) -> bool {
        let above =
            self.low > other.low || (self.low == other.low && (self.low_open || !other.low_open));
        let below = self.high < other.high
            || (self.high == other.high && (self.high_open || !other.high_open));
        self.of == other.of && above && below
    }

    fn is_apart(self, other: Self) -> bool {
        let before = |one: Self, next: Self| {
            one.high < next.low || (one.high == next.low && (one.high_open || next.low_open))
        };
        self.of == other.of && (before(self, other) || before(other, self))
    }
}

impl Lowerer<'_> {
    /// Is `then` certainly yes wherever `when` is certainly yes?
    pub(super) fn implies(&self, when: NodeId, then: NodeId) -> bool {
        self.implied(when, then, DEEP)
    }

    /// Tells two conditions of one `and` that no number meets together.
    pub(super) fn tell_exclusive(&mut self, conditions: &[(NodeId, Span)], whole: Span) -> bool {
        if !self.in_own_words() {
            return false;
        }
        let stretches: Vec<(Stretch, Span)> = conditions
            .iter()
            .filter_map(|(node, span)| Some((self.stretch(*node)?, *span)))
            .collect();
        let mut later = stretches.as_slice();
        while let Some(((one, first), rest)) = later.split_first() {
            if let Some((_, second)) = rest.iter().find(|(other, _)| one.is_apart(*other)) {
                self.reports.add(NeverBoth {
                    whole,
                    first: *first,
                    second: *second,
                });
                return true;
            }
            later = rest;
        }
        false
    }

    /// Tells two conditions of one `or` of which one holds whatever the value is.
    pub(super) fn tell_exhaustive(&mut self, conditions: &[(NodeId, &Typed)]) -> bool {
        if !self.in_own_words() || conditions.len() > MANY {
            return false;
        }
        for (at, (node, typed)) in conditions.iter().enumerate() {
            let mut before = conditions.iter().take(at);
            let found = before.find(|(other, first)| {
                unlike(first, typed).is_some() || self.leaves_nothing(*other, *node)
            });
            let Some((_, first)) = found else {
                continue;
            };
            let words = |span| self.sources.slice(span).to_owned();
            let instead = unlike(first, typed).map(|(of, one, other)| {
                let text = format!("{} not in {{{}, {}}}", words(of), words(one), words(other));
                (first.span.to(typed.span), text)
            });
            let instead = instead.filter(|_| {
                conditions
                    .get(at.wrapping_sub(1))
                    .is_some_and(|one| one.1.span == first.span)
            });
            self.reports.add(AlwaysYes {
                span: typed.span,
                subject: String::new(),
                subject_span: typed.span,
                low: String::new(),
                high: String::new(),
                declared: None,
                condition: String::new(),
                one_way: Some(OneWay::Either {
                    first: first.span,
                    instead,
                }),
            });
            return true;
        }
        false
    }

    /// Is the second certainly yes wherever the first is no?
    fn leaves_nothing(&self, first: NodeId, second: NodeId) -> bool {
        let decided = |node| matches!(self.builder.op(node), None | Some(Op::Truth { .. }));
        if decided(first) || decided(second) {
            return false;
        }
        let opposite =
            |one, other| matches!(self.builder.op(one), Some(Op::Not(inner)) if inner == other);
        if opposite(first, second) || opposite(second, first) {
            return true;
        }
        if let Some(Op::Verdict { no, .. }) = self.builder.op(first) {
            return !decided(no) && self.implies(no, second);
        }
        match (self.stretch_where(first, false), self.stretch(second)) {
            (Some(rest), Some(second)) => rest.lies_in(second),
            _ => false,
        }
    }

    fn implied(&self, when: NodeId, then: NodeId, deep: usize) -> bool {
        if when == then {
            return true;
        }
        let Some(deep) = deep.checked_sub(1) else {
            return false;
        };
        let (Some(from), Some(to)) = (self.builder.op(when), self.builder.op(then)) else {
            return false;
        };
        // What is made of several is taken apart first: all of `or`, any of `and`.
        if let Op::And(a, b) = to {
            return self.implied(when, a, deep) && self.implied(when, b, deep);
        }
        if let Op::Or(a, b) = from {
            return self.implied(a, then, deep) && self.implied(b, then, deep);
        }
        if let Op::Or(a, b) = to
            && (self.implied(when, a, deep) || self.implied(when, b, deep))
        {
            return true;
        }
        if let Op::And(a, b) = from {
            return self.implied(a, then, deep) || self.implied(b, then, deep);
        }
        match (from, to) {
            (Op::Truth { yes: false, .. }, _) | (_, Op::Truth { yes: true, .. }) => true,
            (Op::Surely(a), _) => self.implied(a, then, deep),
            (_, Op::Surely(b)) => self.implied(when, b, deep),
            (Op::Verdict { yes: a, .. }, Op::Verdict { yes: b, .. }) => self.implied(a, b, deep),
            (Op::Verdict { yes, .. }, _) => self.implied(yes, then, deep),
            (_, Op::Verdict { yes, .. }) => self.implied(when, yes, deep),
            _ => match (self.stretch(when), self.stretch(then)) {
                (Some(a), Some(b)) => a.lies_in(b),
                _ => false,
            },
        }
    }

    /// A comparison of something with a constant.
    fn stretch(&self, node: NodeId) -> Option<Stretch> {
        self.stretch_where(node, true)
    }

    /// Where a number has to lie for a comparison to be yes, or no.
    fn stretch_where(&self, node: NodeId, yes: bool) -> Option<Stretch> {
        let (negated, node) = if let Op::Not(inner) = self.builder.op(node)? {
            (yes, inner)
        } else {
            (!yes, node)
        };
        let Op::Compare(op, a, b) = self.builder.op(node)? else {
            return None;
        };
        let everything = |of| Stretch {
            of,
            low: f64::NEG_INFINITY,
            low_open: true,
            high: f64::INFINITY,
            high_open: true,
        };
        let (left, right) = (self.builder.constant(a), self.builder.constant(b));
        let (of, at, is_below) = match (left, right) {
            (None, Some(at)) => (a, at, true),
            (Some(at), None) => (b, at, false),
            _ => return None,
        };
        if at.is_nan() {
            return None;
        }
        let below = |open| Stretch {
            high: at,
            high_open: open,
            ..everything(of)
        };
        let above = |open| Stretch {
            low: at,
            low_open: open,
            ..everything(of)
        };
        Some(match (op, is_below, negated) {
            (Compare::Less, true, false) => below(true),
            (Compare::LessOrEqual, true, false) => below(false),
            (Compare::Less, false, false) => above(true),
            (Compare::LessOrEqual, false, false) => above(false),
            (Compare::Less, true, true) => above(false),
            (Compare::LessOrEqual, true, true) => above(true),
            (Compare::Less, false, true) => below(false),
            (Compare::LessOrEqual, false, true) => below(true),
            (Compare::Equal, _, false) => Stretch {
                of,
                low: at,
                low_open: false,
                high: at,
                high_open: false,
            },
            (Compare::Equal, _, true) => return None,
        })
    }
}
