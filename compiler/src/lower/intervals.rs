//! Numbers that are known only between bounds, through arithmetic.
//!
//! In: values of which at least one is such a number. Out: what the operation makes of the least and of
//! the most that each can be. A number that is missing counts with the ends of its range; where one is
//! open, nothing is known of the result at that end, and the bound is missing. Operations that neither
//! rise nor fall throughout go on with what is known alone.

use super::Lowerer;
use super::along_time::Back;
use super::value::{Bounds, Lowered, is_between};
use crate::interval::Interval;
use crate::plan::along::Window;
use crate::plan::{Binary, NodeId};
use crate::typed::{AlongTime, Builtin, TimeFunction};

/// Does a range end there?
pub(super) fn is_end(x: f64) -> bool {
    x.abs() < f64::MAX
}

impl Lowerer<'_> {
    /// What a single value can be.
    pub fn spread(&mut self, value: &Lowered) -> Bounds {
        match value {
            Lowered::Between(bounds) | Lowered::Level(bounds) | Lowered::Count(bounds) => *bounds,
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::List { .. }) => {
                let node = self.single(other);
                self.between_ends(node)
            }
        }
    }

    /// A number, or the ends of its range where it is missing.
    pub fn between_ends(&mut self, node: NodeId) -> Bounds {
        if !self.builder.uncertain(node) {
            return Bounds::one(node);
        }
        let range = self.range(node);
        let mut end = |x: f64| {
            if !is_end(x) {
                return node;
            }
            let x = self.builder.number(x);
            self.builder.binary(Binary::Coalesce, node, x)
        };
        Bounds {
            exact: node,
            at_least: end(range.low),
            at_most: end(range.high),
        }
    }

    /// Works out ends of a number: what is without a result there is no fault of the rules.
    pub fn at_ends<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let watched = std::mem::replace(&mut self.builder.site.watched, false);
        let result = f(self);
        self.builder.site.watched = watched;
        result
    }

    pub fn made_of(&mut self, at_least: NodeId, at_most: NodeId) -> Lowered {
        Lowered::Between(Bounds::between(&mut self.builder, at_least, at_most))
    }

    /// A function of one number that rises, through lists.
    pub fn rising(
        &mut self,
        value: &Lowered,
        f: impl Fn(&mut Self, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.either_way(value, true, f)
    }

    /// The same of one that falls.
    pub fn falling(
        &mut self,
        value: &Lowered,
        f: impl Fn(&mut Self, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.either_way(value, false, f)
    }

    fn either_way(
        &mut self,
        value: &Lowered,
        rises: bool,
        f: impl Fn(&mut Self, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.each(value, |lowerer, single| {
            if let Lowered::Between(bounds) = single {
                let (least, most) = lowerer
                    .at_ends(|lowerer| (f(lowerer, bounds.at_least), f(lowerer, bounds.at_most)));
                return if rises {
                    lowerer.made_of(least, most)
                } else {
                    lowerer.made_of(most, least)
                };
            }
            let node = lowerer.single(single);
            Lowered::Number(f(lowerer, node))
        })
    }

    /// `a + b` or `a - b`
    pub fn sum_between(&mut self, op: Binary, a: &Lowered, b: &Lowered) -> Lowered {
        let (a, b) = (self.spread(a), self.spread(b));
        let (less, more) = if op == Binary::Subtract {
            (b.at_most, b.at_least)
        } else {
            (b.at_least, b.at_most)
        };
        let least = self.builder.binary(op, a.at_least, less);
        let most = self.builder.binary(op, a.at_most, more);
        self.made_of(least, most)
    }

    /// `a * b` or `a / b`; a divisor that can be zero leaves what is known alone.
    pub fn product_between(&mut self, op: Binary, a: &Lowered, b: &Lowered) -> Lowered {
        let (left, right) = (self.spread(a), self.spread(b));
        let (x, y) = (self.hull_of(left), self.hull_of(right));
        if op == Binary::Divide && y.low <= 0.0 && y.high >= 0.0 {
            let (a, b) = (left.exact, right.exact);
            return Lowered::Number(self.binary(op, a, b));
        }
        self.at_ends(|lowerer| {
            let mut of = |a, b| lowerer.builder.binary(op, a, b);
            if x.low >= 0.0 && y.low >= 0.0 {
                let (less, more) = if op == Binary::Divide {
                    (right.at_most, right.at_least)
                } else {
                    (right.at_least, right.at_most)
                };
                let (least, most) = (of(left.at_least, less), of(left.at_most, more));
                return lowerer.made_of(least, most);
            }
            // By one number the ends move each by itself, so that an open one takes none from the other.
            let single = |one: Bounds| one.at_least == one.at_most;
            let (ends, by) = match (single(right), single(left)) {
                (true, _) => (Some((left, right.at_least, false)), y),
                (false, true) if op != Binary::Divide => (Some((right, left.at_least, true)), x),
                (false, _) => (None, y),
            };
            if let Some((ends, single, is_first)) = ends
                && (by.low >= 0.0 || by.high <= 0.0)
            {
                let mut of = |end| {
                    if is_first {
                        of(single, end)
                    } else {
                        of(end, single)
                    }
                };
                let (least, most) = (of(ends.at_least), of(ends.at_most));
                return if by.low >= 0.0 {
                    lowerer.made_of(least, most)
                } else {
                    lowerer.made_of(most, least)
                };
            }
            let corners = [
                of(left.at_least, right.at_least),
                of(left.at_least, right.at_most),
                of(left.at_most, right.at_least),
                of(left.at_most, right.at_most),
            ];
            let least = lowerer.chain(&corners, Binary::Min);
            let most = lowerer.chain(&corners, Binary::Max);
            lowerer.made_of(least, most)
        })
    }

    pub fn hull_of(&self, bounds: Bounds) -> Interval {
        self.range(bounds.at_least).hull(self.range(bounds.at_most))
    }

    /// Several values to one.
    pub fn reduced(&mut self, builtin: Builtin, list: &Lowered) -> Lowered {
        let Lowered::List { items, present } = list else {
            return Lowered::Number(self.reduce(builtin, list));
        };
        if !items.iter().any(is_between) {
            return Lowered::Number(self.reduce(builtin, list));
        }
        let spread: Vec<Bounds> = items.iter().map(|item| self.spread(item)).collect();
        let low = spread.iter().map(|one| self.hull_of(*one).low);
        let low = low.fold(f64::INFINITY, f64::min);
        let rises = match builtin {
            Builtin::Sum | Builtin::Mean | Builtin::Min | Builtin::Max | Builtin::Median => true,
            Builtin::Product | Builtin::GeometricMean => low >= 0.0,
            Builtin::HarmonicMean => low > 0.0,
            Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Round
            | Builtin::Truncate
            | Builtin::Count
            | Builtin::Any
            | Builtin::All
            | Builtin::KnownCount
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Verified(_)
            | Builtin::StdDev
            | Builtin::OfKnown
            | Builtin::Weighted
            | Builtin::Alternatives => false,
        };
        if !rises {
            return Lowered::Number(self.reduce(builtin, list));
        }
        let present = present.clone();
        self.at_ends(|lowerer| {
            let mut end = |pick: fn(&Bounds) -> NodeId| {
                let items = spread.iter().map(|one| Lowered::Number(pick(one)));
                let items = Lowered::List {
                    items: items.collect(),
                    present: present.clone(),
                };
                lowerer.reduce(builtin, &items)
            };
            let (least, most) = (end(|one| one.at_least), end(|one| one.at_most));
            lowerer.made_of(least, most)
        })
    }

    /// `any of { a, b }`: the highest that one of several may be.
    pub fn alternatives(&mut self, list: &Lowered) -> Lowered {
        let Lowered::List { items, present } = list else {
            return list.clone();
        };
        let levels = items.iter().all(|item| matches!(item, Lowered::Level(_)));
        let mut spread: Vec<Bounds> = items.iter().map(|item| self.spread(item)).collect();
        if let Some(present) = present {
            // One that is not there stands lowest.
            let low = spread.iter().map(|one| self.hull_of(*one).low);
            let low = low.fold(f64::INFINITY, f64::min);
            let low = self.builder.number(low);
            for (one, present) in spread.iter_mut().zip(present) {
                let mut here = |node| self.builder.select(*present, node, low);
                let (least, most) = (here(one.at_least), here(one.at_most));
                *one = Bounds::between(&mut self.builder, least, most);
            }
        }
        let mut highest = |pick: fn(&Bounds) -> NodeId| {
            let ends: Vec<NodeId> = spread.iter().map(pick).collect();
            self.chain(&ends, Binary::Max)
        };
        let (mut least, mut most) = (highest(|one| one.at_least), highest(|one| one.at_most));
        let one = present.iter().flatten().copied();
        if let Some(one) = one.reduce(|a, b| self.builder.or(a, b)) {
            let hull = self.range(least).hull(self.range(most));
            let (low, high) = (
                self.builder.number(hull.low),
                self.builder.number(hull.high),
            );
            least = self.builder.select(one, least, low);
            most = self.builder.select(one, most, high);
        }
        let bounds = Bounds::between(&mut self.builder, least, most);
        if levels {
            Lowered::Level(bounds)
        } else {
            Lowered::Between(bounds)
        }
    }

    /// A function along time of a number between bounds. What rises with each period is asked of both;
    /// what compares periods takes the one from the other; else what is known alone counts.
    pub fn between_series(&mut self, call: &AlongTime, of: Bounds, back: Back) -> Lowered {
        let lowered = |lowerer: &mut Self, x| {
            let result = lowerer.of_numbers(call.what, x, call, back);
            lowerer.single(&result)
        };
        match call.what {
            TimeFunction::Lag
            | TimeFunction::Baseline
            | TimeFunction::Window(
                Window::Sum | Window::Mean | Window::Min | Window::Max | Window::Median,
            ) => {
                let (least, most) = self.at_ends(|lowerer| {
                    (lowered(lowerer, of.at_least), lowered(lowerer, of.at_most))
                });
                self.made_of(least, most)
            }
            TimeFunction::Change => {
                let before = [of.at_least, of.at_most].map(|end| self.then(end, back));
                let [less, more] = before;
                let [least_now, most_now] =
                    [of.at_least, of.at_most].map(|end| self.now(end, back));
                let mut change = |now, before| {
                    let change = self.builder.binary(Binary::Subtract, now, before);
                    self.builder.without_noise(change)
                };
                let (least, most) = (change(least_now, more), change(most_now, less));
                self.made_of(least, most)
            }
            // The newest that is determined.
            TimeFunction::Window(Window::Last) | TimeFunction::Previous => {
                self.newest(call, &Lowered::Number(of.exact), back)
            }
            TimeFunction::Window(Window::Known | Window::StdDev | Window::Trend)
            | TimeFunction::Growth
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::At
            | TimeFunction::Recall
            | TimeFunction::Since => self.of_numbers(call.what, of.exact, call, back),
        }
    }
}
