//! Several values to one: counts, sums, means.
//!
//! Where a factor hands over its members, only those present count; the others give each operation
//! its neutral element. All go from the first item to the last, so the order of rounding is fixed.

use super::Lowerer;
use super::value::{Bounds, Lowered};
use crate::interval::Interval;
use crate::plan::{Binary, Compare, NodeId, Unary};
use crate::typed::Builtin;

/// The items of a list as numbers, and which of them count.
pub(super) struct Items {
    pub nodes: Vec<NodeId>,
    pub present: Option<Vec<NodeId>>,
}

impl Lowerer<'_> {
    pub fn items(&mut self, list: &Lowered) -> Items {
        match list {
            Lowered::List { items, present } => {
                let nodes = items.iter().map(|item| self.single(item)).collect();
                Items {
                    nodes,
                    present: present.clone(),
                }
            }
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)) => Items {
                nodes: vec![self.single(other)],
                present: None,
            },
        }
    }

    fn truths(&mut self, list: &Lowered) -> Vec<NodeId> {
        let items = match list {
            Lowered::List { items, .. } => items.as_slice(),
            Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_) => std::slice::from_ref(list),
        };
        let nodes = items.iter().map(|item| match item {
            Lowered::Truth(node) => *node,
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.broken_truth(),
        });
        nodes.collect()
    }

    /// The same where items that do not count say yes, or no.
    fn truths_with(&mut self, list: &Lowered, absent: bool) -> Vec<NodeId> {
        let truths = self.truths(list);
        let Lowered::List {
            present: Some(present),
            ..
        } = list
        else {
            return truths;
        };
        let both = truths.into_iter().zip(present);
        both.map(|(truth, present)| {
            if absent {
                let not = self.builder.not(*present);
                self.builder.or(truth, not)
            } else {
                self.builder.and(truth, *present)
            }
        })
        .collect()
    }

    /// How many are yes: at least those that surely are, at most those that can be.
    pub fn count(&mut self, list: &Lowered) -> Bounds {
        let truths = self.truths_with(list, false);
        let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
        let mut counted = |pick: fn(&mut crate::plan::PlanBuilder, NodeId) -> NodeId| {
            let mut total = None;
            for truth in &truths {
                let picked = pick(&mut self.builder, *truth);
                let unit = self.builder.select(picked, one, zero);
                total = Some(match total {
                    Some(total) => self.builder.binary(Binary::Add, total, unit),
                    None => unit,
                });
            }
            total.unwrap_or(zero)
        };
        let at_least = counted(crate::plan::PlanBuilder::surely);
        let at_most = counted(crate::plan::PlanBuilder::possibly);
        Bounds::between(&mut self.builder, at_least, at_most)
    }

    pub fn any(&mut self, list: &Lowered) -> NodeId {
        let truths = self.truths_with(list, false);
        let either = truths.into_iter().reduce(|a, b| self.builder.or(a, b));
        either.unwrap_or_else(|| self.builder.truth(false, true))
    }

    pub fn every(&mut self, list: &Lowered) -> NodeId {
        let truths = self.truths_with(list, true);
        let both = truths.into_iter().reduce(|a, b| self.builder.and(a, b));
        let both = both.unwrap_or_else(|| self.builder.truth(true, false));
        let Lowered::List {
            present: Some(present),
            ..
        } = list
        else {
            return both;
        };
        // Of nothing that is there it is not said that all of it is so.
        let mut there = present.iter().copied();
        let first = there.next();
        let one = first.map(|first| there.fold(first, |a, b| self.builder.or(a, b)));
        one.map_or(both, |one| self.truth_where(both, one))
    }

    pub fn known_count(&mut self, list: &Lowered) -> NodeId {
        let items = self.items(list);
        let known: Vec<NodeId> = items
            .nodes
            .iter()
            .map(|node| self.builder.is_known(*node))
            .collect();
        self.tally(&known)
    }

    /// How many of some truths, none of them unknown, are yes.
    pub fn tally(&mut self, truths: &[NodeId]) -> NodeId {
        let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
        let units: Vec<NodeId> = truths
            .iter()
            .map(|truth| self.builder.select(*truth, one, zero))
            .collect();
        self.add_all(&units)
    }

    /// From the first to the last; nothing adds to zero.
    pub fn add_all(&mut self, nodes: &[NodeId]) -> NodeId {
        let total = nodes
            .iter()
            .copied()
            .reduce(|a, b| self.builder.binary(Binary::Add, a, b));
        total.unwrap_or_else(|| self.builder.number(0.0))
    }

    /// Items that do not count replaced by a neutral element.
    pub fn neutral(&mut self, items: &Items, neutral: f64) -> Vec<NodeId> {
        let Some(present) = &items.present else {
            return items.nodes.clone();
        };
        let neutral = self.builder.number(neutral);
        let pairs = items.nodes.iter().zip(present);
        pairs
            .map(|(node, present)| self.builder.select(*present, *node, neutral))
            .collect()
    }

    /// How many items count.
    fn size(&mut self, items: &Items) -> NodeId {
        match &items.present {
            None => self.builder.number(items.nodes.len() as f64),
            Some(present) => {
                let present = present.clone();
                self.tally(&present)
            }
        }
    }

    /// What holds for every item.
    pub fn hull(&self, nodes: &[NodeId]) -> Interval {
        let ranges = nodes.iter().map(|node| self.range(*node));
        ranges.reduce(Interval::hull).unwrap_or(Interval::ALL)
    }

    pub fn reduce(&mut self, builtin: Builtin, list: &Lowered) -> NodeId {
        let items = self.items(list);
        if items.nodes.is_empty() {
            return self.builder.missing();
        }
        let hull = self.hull(&items.nodes);
        match builtin {
            Builtin::Sum => {
                let parts = self.neutral(&items, 0.0);
                self.add_all(&parts)
            }
            Builtin::Product => {
                let parts = self.neutral(&items, 1.0);
                self.multiply_all(&parts)
            }
            Builtin::Mean => {
                let parts = self.neutral(&items, 0.0);
                let total = self.add_all(&parts);
                let size = self.size(&items);
                let mean = self.guarded_divide(total, size);
                self.mean_of(mean, hull)
            }
            Builtin::Min => {
                let parts = self.neutral(&items, f64::INFINITY);
                let least = self.chain(&parts, Binary::Min);
                self.builder.narrow(least, hull);
                least
            }
            Builtin::Max => {
                let parts = self.neutral(&items, f64::NEG_INFINITY);
                let most = self.chain(&parts, Binary::Max);
                self.builder.narrow(most, hull);
                most
            }
            Builtin::Median => self.median(&items),
            Builtin::GeometricMean => {
                let size = self.size(&items);
                self.geometric_mean(&items, size)
            }
            Builtin::HarmonicMean => {
                let one = self.builder.number(1.0);
                let inverses: Vec<NodeId> = items
                    .nodes
                    .iter()
                    .map(|node| {
                        let node = self.not_negative(*node);
                        self.binary(Binary::Divide, one, node)
                    })
                    .collect();
                let inverses = Items {
                    nodes: inverses,
                    present: items.present.clone(),
                };
                let parts = self.neutral(&inverses, 0.0);
                let total = self.add_all(&parts);
                let size = self.size(&items);
                let mean = self.binary(Binary::Divide, size, total);
                self.kept_within(mean, hull)
            }
            Builtin::StdDev => self.spread_of(&items, hull),
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
            | Builtin::OfKnown
            | Builtin::Weighted
            | Builtin::Alternatives => self.broken(),
        }
    }

    /// The sample standard deviation: 0 where all are equal to 14 digits, missing of fewer than two.
    fn spread_of(&mut self, items: &Items, hull: Interval) -> NodeId {
        if items.nodes.len() < 2 {
            return self.builder.missing();
        }
        let parts = self.neutral(items, 0.0);
        let total = self.add_all(&parts);
        let size = self.size(items);
        let mean = self.guarded_divide(total, size);
        let squares: Vec<NodeId> = items
            .nodes
            .iter()
            .map(|node| {
                let off = self.builder.binary(Binary::Subtract, *node, mean);
                let square = self.builder.binary(Binary::Multiply, off, off);
                self.builder.narrow(square, Interval::new(0.0, f64::MAX));
                square
            })
            .collect();
        let squares = Items {
            nodes: squares,
            present: items.present.clone(),
        };
        let squares = self.neutral(&squares, 0.0);
        let squares = self.add_all(&squares);
        let one = self.builder.number(1.0);
        let others = self.builder.binary(Binary::Subtract, size, one);
        let variance = self.guarded_divide(squares, others);
        self.builder.narrow(variance, Interval::new(0.0, f64::MAX));
        let spread = self.builder.unary(Unary::Sqrt, variance);
        let (least, most) = (
            self.neutral(items, f64::INFINITY),
            self.neutral(items, f64::NEG_INFINITY),
        );
        let least = self.chain(&least, Binary::Min);
        let most = self.chain(&most, Binary::Max);
        let equal = self.builder.compare(Compare::Equal, least, most);
        let zero = self.builder.number(0.0);
        let spread = self.builder.select(equal, zero, spread);
        let enough = self.builder.compare(Compare::LessOrEqual, one, others);
        let missing = self.builder.missing();
        let spread = self.builder.select(enough, spread, missing);
        let width = (hull.high - hull.low).min(f64::MAX);
        self.builder.narrow(spread, Interval::new(0.0, width));
        spread
    }

    /// A member of a mean that is one only of what is not negative: else it would not lie between its
    /// members. A negative one has no result, as under a root.
    pub fn not_negative(&mut self, x: NodeId) -> NodeId {
        let range = self.range(x);
        if range.low >= 0.0 {
            return x;
        }
        let root = self.builder.unary(Unary::Sqrt, x);
        let zero = self.builder.number(0.0);
        // Nothing, where there is a root.
        let nothing = self.builder.binary(Binary::Multiply, root, zero);
        let own = self.builder.binary(Binary::Add, x, nothing);
        let known = Interval::new(0.0, range.high.max(0.0));
        self.builder.narrow(own, known);
        own
    }

    /// Division whose divisor is zero only where the result is not asked for.
    pub fn guarded_divide(&mut self, a: NodeId, b: NodeId) -> NodeId {
        let watched = std::mem::replace(&mut self.builder.site.watched, false);
        let result = self.builder.binary(Binary::Divide, a, b);
        self.builder.site.watched = watched;
        result
    }

    pub fn multiply_all(&mut self, nodes: &[NodeId]) -> NodeId {
        let total = nodes
            .iter()
            .copied()
            .reduce(|a, b| self.builder.binary(Binary::Multiply, a, b));
        total.unwrap_or_else(|| self.builder.number(1.0))
    }

    pub fn chain(&mut self, nodes: &[NodeId], op: Binary) -> NodeId {
        let all = nodes
            .iter()
            .copied()
            .reduce(|a, b| self.builder.binary(op, a, b));
        all.unwrap_or_else(|| self.builder.missing())
    }

    /// The root of the product where the ranges allow it (one logarithm instead of many), else
    /// through logarithms. Zero makes zero; a negative item faults.
    pub fn geometric_mean(&mut self, items: &Items, size: NodeId) -> NodeId {
        let hull = self.hull(&items.nodes);
        // The logarithms of the product's largest and smallest possible sizes.
        let span: f64 = items
            .nodes
            .iter()
            .map(|node| {
                let range = self.range(*node);
                let least = if range.low > 0.0 {
                    range.low.ln().abs()
                } else {
                    0.0
                };
                range.high.ln().abs().max(least)
            })
            .sum();
        let mean = if hull.low >= 0.0 && span < 690.0 {
            let parts = self.neutral(items, 1.0);
            let product = self.multiply_all(&parts);
            let one = self.builder.number(1.0);
            let exponent = self.guarded_divide(one, size);
            let watched = std::mem::replace(&mut self.builder.site.watched, false);
            let root = self.builder.binary(Binary::Power, product, exponent);
            self.builder.site.watched = watched;
            root
        } else {
            let weights = self.neutral_ones(items);
            self.weighted_geometric(items, &weights, size)
        };
        self.kept_within(mean, hull)
    }

    /// An arithmetic mean with whole weights: rounding never falls or rises past whole ends, so
    /// there nothing has to be cut.
    pub fn mean_of(&mut self, mean: NodeId, hull: Interval) -> NodeId {
        let whole = |x: f64| x.fract() == 0.0 && x.abs() < 1e6;
        if whole(hull.low) && whole(hull.high) {
            self.builder.narrow(mean, hull);
            return mean;
        }
        self.kept_within(mean, hull)
    }

    /// A mean never leaves the range of what it is made of; rounding must not carry it out.
    pub fn kept_within(&mut self, mean: NodeId, hull: Interval) -> NodeId {
        if !hull.is_finite() || hull.low == -f64::MAX || hull.high == f64::MAX {
            return mean;
        }
        let (low, high) = (
            self.builder.number(hull.low),
            self.builder.number(hull.high),
        );
        let mean = self.builder.binary(Binary::Max, mean, low);
        self.builder.binary(Binary::Min, mean, high)
    }

    fn neutral_ones(&mut self, items: &Items) -> Vec<NodeId> {
        let one = self.builder.number(1.0);
        vec![one; items.nodes.len()]
    }

    /// `exp(Σ w ln x / Σ w)`: `total` is the weight of what counts.
    pub fn weighted_geometric(
        &mut self,
        items: &Items,
        weights: &[NodeId],
        total: NodeId,
    ) -> NodeId {
        let mut terms = Vec::with_capacity(items.nodes.len());
        for (node, weight) in items.nodes.iter().zip(weights) {
            let log = self.logarithm_with_zero(*node);
            // The logarithm of zero is allowed to be infinite here.
            let watched = std::mem::replace(&mut self.builder.site.watched, false);
            terms.push(self.builder.binary(Binary::Multiply, log, *weight));
            self.builder.site.watched = watched;
        }
        let terms = Items {
            nodes: terms,
            present: items.present.clone(),
        };
        let parts = self.neutral(&terms, 0.0);
        let watched = std::mem::replace(&mut self.builder.site.watched, false);
        let sum = self.add_all(&parts);
        let mean = self.builder.binary(Binary::Divide, sum, total);
        let result = self.builder.unary(Unary::Exp, mean);
        self.builder.site.watched = watched;
        result
    }

    /// The natural logarithm, where that of zero is below every number instead of a fault.
    fn logarithm_with_zero(&mut self, x: NodeId) -> NodeId {
        let range = self.range(x);
        if range.low > 0.0 {
            return self.builder.unary(Unary::Ln, x);
        }
        let zero = self.builder.number(0.0);
        let is_zero = self.builder.compare(Compare::Equal, x, zero);
        let bottom = self.builder.number(f64::NEG_INFINITY);
        // Not asked for at zero, so no fault there; a negative number is one.
        let positive = self.builder.not(is_zero);
        let missing = self.builder.missing();
        let guarded = self.builder.select(positive, x, missing);
        let log = self.builder.unary(Unary::Ln, guarded);
        self.builder.select(is_zero, bottom, log)
    }
}
