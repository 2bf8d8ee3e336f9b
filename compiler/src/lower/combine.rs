//! The ways in which a factor's members become one number. Sources: OECD and JRC, Handbook on
//! Constructing Composite Indicators (2008), step 6; the noisy or is Pearl's (1988).

use std::collections::BTreeMap;

use super::Lowerer;
use super::called::Frame;
use super::factors::Parts;
use super::lists::Items;
use super::value::Lowered;
use crate::checked::{Combine, FactorBody};
use crate::interval::Interval;
use crate::plan::outline::ItemOf;
use crate::plan::peers::During;
use crate::plan::{Binary, Compare, NodeId};

impl Lowerer<'_> {
    pub fn combine(&mut self, body: &FactorBody, parts: &Parts) -> NodeId {
        let hull = self.hull(&parts.nodes);
        match &body.combine {
            Combine::Mean | Combine::WeightedMean => {
                let mean = self.weighted(parts, &parts.nodes.clone());
                if parts.positive {
                    self.mean_of(mean, hull)
                } else {
                    let most = hull.low.abs().max(hull.high.abs());
                    self.kept_within(mean, Interval::new(-most, most))
                }
            }
            Combine::GeometricMean => {
                let items = parts.items();
                let equal = parts
                    .shares
                    .iter()
                    .all(|share| Some(share) == parts.shares.first());
                if equal {
                    self.geometric_mean(&items, parts.known_count)
                } else {
                    let mean = self.weighted_geometric(&items, &parts.shares, parts.known_size);
                    self.kept_within(mean, hull)
                }
            }
            Combine::HarmonicMean => {
                let inverse: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .zip(&parts.sizes)
                    .map(|(node, size)| {
                        let node = self.not_negative(*node);
                        self.binary(Binary::Divide, *size, node)
                    })
                    .collect();
                let items = Items {
                    nodes: inverse,
                    present: parts.present.clone(),
                };
                let terms = self.neutral(&items, 0.0);
                let total = self.add_all(&terms);
                let mean = self.guarded_divide(parts.known_size, total);
                self.kept_within(mean, hull)
            }
            Combine::PowerMean(power) => {
                let exponent = self.builder.number(*power);
                let raised: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .map(|node| {
                        let node = self.not_negative(*node);
                        self.binary(Binary::Power, node, exponent)
                    })
                    .collect();
                let mean = self.weighted(parts, &raised);
                let inverse = self.builder.number(1.0 / power);
                let mean = self.binary(Binary::Power, mean, inverse);
                self.kept_within(mean, hull)
            }
            Combine::Sum => {
                let terms: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .zip(&parts.weights)
                    .map(|(node, weight)| self.builder.binary(Binary::Multiply, *node, *weight))
                    .collect();
                let items = Items {
                    nodes: terms,
                    present: parts.present.clone(),
                };
                let terms = self.neutral(&items, 0.0);
                self.add_all(&terms)
            }
            Combine::Max => self.extreme(parts, Binary::Max, f64::NEG_INFINITY),
            Combine::Min => self.extreme(parts, Binary::Min, f64::INFINITY),
            Combine::Median => self.median(&parts.items()),
            Combine::NoisyOr => {
                let one = self.builder.number(1.0);
                let left: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .zip(&parts.weights)
                    .map(|(node, weight)| {
                        let acts = self.builder.binary(Binary::Multiply, *node, *weight);
                        self.builder.binary(Binary::Subtract, one, acts)
                    })
                    .collect();
                let items = Items {
                    nodes: left,
                    present: parts.present.clone(),
                };
                let terms = self.neutral(&items, 1.0);
                let none = self.multiply_all(&terms);
                self.builder.binary(Binary::Subtract, one, none)
            }
            Combine::ShareOfYes => {
                let terms = self.neutral(&parts.items(), 0.0);
                let yes = self.add_all(&terms);
                let share = self.guarded_divide(yes, parts.known_count);
                self.builder.narrow(share, Interval::UNIT);
                share
            }
            Combine::CountOfYes => {
                let terms = self.neutral(&parts.items(), 0.0);
                self.add_all(&terms)
            }
            Combine::AtLeast(least) => {
                // Members that are missing may be yes or no: the answer stands where that does not
                // matter.
                let zero = self.builder.number(0.0);
                let one = self.builder.number(1.0);
                let surely: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .map(|node| self.builder.binary(Binary::Coalesce, *node, zero))
                    .collect();
                let possibly: Vec<NodeId> = parts
                    .nodes
                    .iter()
                    .map(|node| self.builder.binary(Binary::Coalesce, *node, one))
                    .collect();
                // What is not there is neither.
                let mut there = |nodes| {
                    let present = parts.there.clone();
                    self.neutral(&Items { nodes, present }, 0.0)
                };
                let (surely, possibly) = (there(surely), there(possibly));
                let (surely, possibly) = (self.add_all(&surely), self.add_all(&possibly));
                let least = self.least_of(least);
                let yes = self.builder.compare(Compare::LessOrEqual, least, surely);
                let no = self.builder.compare(Compare::Less, possibly, least);
                let verdict = self.builder.verdict(yes, no);
                self.builder.indicate(verdict)
            }
            Combine::Function { .. } => {
                let items = parts
                    .nodes
                    .iter()
                    .map(|node| Lowered::Number(*node))
                    .collect();
                let list = Lowered::List {
                    items,
                    present: parts.present.clone(),
                };
                let weights = Lowered::List {
                    items: parts.weights.iter().copied().map(Lowered::Number).collect(),
                    present: parts.present.clone(),
                };
                let result = self.by_function(body, [list, weights], parts.names.clone());
                self.single(&result)
            }
        }
    }

    /// What the function that combines makes of the members and, if it asks for them, of their weights.
    pub fn by_function(
        &mut self,
        body: &FactorBody,
        [members, weights]: [Lowered; 2],
        names: Vec<ItemOf>,
    ) -> Lowered {
        let Combine::Function { function, weighted } = body.combine else {
            return Lowered::Number(self.broken());
        };
        let (args, items) = match weighted {
            true => (vec![members, weights], vec![names.clone(), names]),
            false => (vec![members], vec![names]),
        };
        let frame = Frame {
            args,
            masks: Vec::new(),
            items,
            units: BTreeMap::new(),
        };
        self.call(function, frame)
    }

    /// `Σ w x / Σ |w|` over what counts.
    fn weighted(&mut self, parts: &Parts, nodes: &[NodeId]) -> NodeId {
        let terms: Vec<NodeId> = nodes
            .iter()
            .zip(&parts.shares)
            .map(|(node, share)| self.builder.binary(Binary::Multiply, *node, *share))
            .collect();
        let items = Items {
            nodes: terms,
            present: parts.present.clone(),
        };
        let terms = self.neutral(&items, 0.0);
        let sum = self.add_all(&terms);
        self.guarded_divide(sum, parts.known_size)
    }

    /// How many have to be yes in the row's period.
    pub(super) fn least_of(&mut self, least: &[During<u32>]) -> NodeId {
        let missing = self.builder.missing();
        least.iter().fold(missing, |found, one| {
            let number = self.builder.number(f64::from(one.what));
            self.during(one.from, one.until, number, found)
        })
    }

    fn extreme(&mut self, parts: &Parts, op: Binary, neutral: f64) -> NodeId {
        let hull = self.hull(&parts.nodes);
        let terms = self.neutral(&parts.items(), neutral);
        let extreme = self.chain(&terms, op);
        self.builder.narrow(extreme, hull);
        extreme
    }
}
