//! Factors: members that are known count, if enough of the evidence is there.
//!
//! Weights that are decimals are scaled to whole numbers with the same proportions, so that sums
//! of weights are exact: a factor with half of its weight known has a coverage of exactly 50 %.

use super::Lowerer;
use super::intervals::is_end;
use super::lists::Items;
use super::value::{Bounds, Lowered};
use crate::check::takes_weights;
use crate::checked::{Body, CheckedMember, CheckedValue, Combine, FactorBody, Requirement};
use crate::diagnostics::factors::{
    CoverageImpossible, MemberNoChance, NegativeUnderGeometric, NegativeWeight, Required,
    WeightNoChance, WeightsAddToNothing, ZeroUnderGeometric,
};
use crate::diagnostics::wording;
use crate::digits::is_less;
use crate::interval::Interval;
use crate::numbers::{show, show_end};
use crate::plan::outline::ItemOf;
use crate::plan::{Binary, Compare, Evidence, FactorParts, MemberPart, NodeId, OutlineId, Unary};
use crate::source::Span;
use crate::typed::{Typed, ValueId};

/// The members of a factor, ready to be combined.
pub(super) struct Parts {
    /// Each as a number.
    pub nodes: Vec<NodeId>,
    /// Does each count? Absent where the factor asks for all of them, and all of them apply.
    pub present: Option<Vec<NodeId>>,
    /// Is each there? Absent where all always are.
    pub there: Option<Vec<NodeId>>,
    /// As the author wrote them.
    pub weights: Vec<NodeId>,
    /// In whole proportions.
    pub shares: Vec<NodeId>,
    /// The same without signs, and the sum of those that count.
    pub sizes: Vec<NodeId>,
    pub known_size: NodeId,
    pub known_count: NodeId,
    /// No weight is negative.
    pub positive: bool,
    /// What people know the members by.
    pub names: Vec<ItemOf>,
}

impl Parts {
    pub fn items(&self) -> Items {
        Items {
            nodes: self.nodes.clone(),
            present: self.present.clone(),
        }
    }
}

impl Lowerer<'_> {
    pub fn factor(&mut self, id: ValueId, value: &CheckedValue, body: &FactorBody) -> Lowered {
        self.come_from(body.combine_span);
        let nodes: Vec<NodeId> = body
            .members
            .iter()
            .map(|member| self.member(member))
            .collect();
        // Where the factor does not apply, none of its members counts.
        let own = body.applies.as_ref().map(|own| self.truth_told(own));
        let known: Vec<NodeId> = nodes
            .iter()
            .map(|node| self.builder.is_known(*node))
            .collect();
        let known = self.where_it_applies(body, known);
        let told: Vec<(NodeId, Option<OutlineId>)> = body
            .members
            .iter()
            .map(|member| match &member.weight {
                Some(weight) if takes_weights(&body.combine) => {
                    let node = self.number(weight);
                    (node, self.outlines.last())
                }
                _ => (self.builder.number(1.0), None),
            })
            .collect();
        let weights: Vec<NodeId> = told.iter().map(|(node, _)| *node).collect();
        self.judge_weights(body, &weights, value);
        self.judge_chances(body, &nodes, &weights);
        let shares = self.shares(&weights);
        let sizes: Vec<NodeId> = shares
            .iter()
            .map(|share| self.builder.unary(Unary::Abs, *share))
            .collect();
        let masks = self.masks_of(body);
        let one = self.one_of(&masks);
        self.factor_applies(id, one, own.and_then(|(_, outline)| outline));
        let there = self.present(masks);
        // Whether something was verified can be known where it does not apply: there it counts for nothing.
        let known = match &there {
            Some(there) => {
                let both = known.into_iter().zip(there);
                both.map(|(known, there)| self.builder.and(known, *there))
                    .collect()
            }
            None => known,
        };
        let applying = Items {
            nodes: sizes.clone(),
            present: there.clone(),
        };
        let applying = self.neutral(&applying, 0.0);
        let total = self.add_all(&applying);
        let all = matches!(body.require, Requirement::All);
        let every = Items {
            nodes: sizes.clone(),
            present: Some(known.clone()),
        };
        let parts = self.neutral(&every, 0.0);
        let known_size = self.add_all(&parts);
        let known_count = self.tally(&known);
        let coverage = self.guarded_divide(known_size, total);
        self.builder.narrow(coverage, Interval::UNIT);
        let positive = weights.iter().all(|weight| self.range(*weight).low >= 0.0);
        let mut parts = Parts {
            nodes: nodes.clone(),
            present: if all {
                there.clone()
            } else {
                Some(known.clone())
            },
            there: there.clone(),
            weights: weights.clone(),
            shares,
            sizes,
            known_size,
            known_count,
            positive,
            names: self.members_of(id),
        };
        if all {
            // With every member known the sums are the constants themselves.
            parts.known_size = total;
            parts.known_count = match &there {
                Some(there) => self.tally(there),
                None => self.builder.number(nodes.len() as f64),
            };
        }
        let asked = parts.known_count;
        self.judge_geometric(body, &parts);
        self.judge_ends(value, body);
        let decisive: Vec<_> = body
            .members
            .iter()
            .map(|member| self.decisive_part(body, member))
            .collect();
        self.judge_decisive(body, &nodes, &decisive);
        // What a factor is compared as is worked out once.
        let bounds = body
            .is_bounds()
            .then(|| self.bounded(id, body, &weights, &decisive));
        let combined = match bounds {
            Some(_) => self.builder.missing(),
            None => self.combine(body, &parts),
        };
        let by_function = matches!(body.combine, Combine::Function { .. });
        let outline = by_function.then(|| self.outlines.last()).flatten();
        let (enough, least_coverage, least_known) =
            self.enough(body, known_size, known_count, total, (nodes.len(), asked));
        let missing = self.builder.missing();
        let before = match body.require {
            // Any missing member makes the sum missing already, except where a combination can do
            // without; asking is the same for all.
            Requirement::All if all_needed(&body.combine) && there.is_none() => combined,
            Requirement::All | Requirement::Coverage(_) | Requirement::Known(_) => {
                self.builder.select(enough, combined, missing)
            }
        };
        let asks = match &body.require {
            Requirement::All => value.span,
            Requirement::Coverage(least) | Requirement::Known(least) => least.span,
        };
        let result = match bounds {
            Some((least, most)) => {
                Lowered::Between(Bounds::between(&mut self.builder, least, most))
            }
            None => {
                self.watch_factor(&value.name, asks, enough, &[before]);
                self.decided_by(body, before, &decisive)
            }
        };
        let has_decisive = decisive.iter().any(Option::is_some);
        let members = body.members.iter().zip(&nodes).zip(&told).zip(decisive);
        let members = members.map(|(((member, node), (weight, told)), decisive)| MemberPart {
            name: self.name_here(member.value),
            of: self.reference(member.value),
            weight: self.builder.constant(*weight).unwrap_or(f64::NAN),
            weight_node: *weight,
            weight_outline: *told,
            node: *node,
            decisive,
        });
        let members = members.collect();
        let number = match &body.combine {
            Combine::AtLeast(least) if least.len() > 1 => Some(self.least_of(least)),
            Combine::AtLeast(_)
            | Combine::PowerMean(_)
            | Combine::Mean
            | Combine::WeightedMean
            | Combine::GeometricMean
            | Combine::HarmonicMean
            | Combine::Sum
            | Combine::Max
            | Combine::Min
            | Combine::Median
            | Combine::NoisyOr
            | Combine::ShareOfYes
            | Combine::CountOfYes
            | Combine::Function { .. } => None,
        };
        let parts = FactorParts {
            enough: number,
            combine: body.words.clone(),
            words: match body.combine {
                Combine::AtLeast(ref least) => match least.as_slice() {
                    [only] => format!("{} {}", body.words, only.what),
                    // As it is written: `at least enough`.
                    _ => {
                        let words = self.words(body.combine_span).to_string();
                        let words = words.strip_prefix("combine").map(str::trim);
                        words.map_or_else(|| body.words.clone(), str::to_owned)
                    }
                },
                Combine::PowerMean(power) => format!("{} {}", body.words, show(power)),
                Combine::Mean
                | Combine::WeightedMean
                | Combine::GeometricMean
                | Combine::HarmonicMean
                | Combine::Sum
                | Combine::Max
                | Combine::Min
                | Combine::Median
                | Combine::NoisyOr
                | Combine::ShareOfYes
                | Combine::CountOfYes
                | Combine::Function { .. } => body.words.clone(),
            },
            power: if let Combine::PowerMean(power) = body.combine {
                Some(power)
            } else {
                None
            },
            outline,
            members,
            evidence: body.evidence.0,
            bounds,
            before_decisive: (has_decisive && bounds.is_none()).then_some(before),
            coverage,
            known: known_count,
            least_coverage,
            least_known,
        };
        self.factors.insert(id, parts);
        if body.evidence.0 != Evidence::Unsaid {
            self.bounds_of(id);
        }
        result
    }

    /// A member as a number: a truth as 1 or 0, an assessment as 0, 0.5 or 1.
    fn member(&mut self, member: &CheckedMember) -> NodeId {
        match self.declared(member.value) {
            Lowered::Level(bounds) => {
                let two = self.builder.number(2.0);
                self.builder.binary(Binary::Divide, bounds.exact, two)
            }
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. }) => self.single(&other),
        }
    }

    /// Weights in whole proportions where they are decimal constants, else as they are.
    pub(super) fn shares(&mut self, weights: &[NodeId]) -> Vec<NodeId> {
        let constants: Option<Vec<f64>> = weights
            .iter()
            .map(|weight| self.builder.constant(*weight))
            .collect();
        let Some(constants) = constants else {
            return weights.to_vec();
        };
        match whole_proportions(&constants) {
            Some(whole) => whole
                .into_iter()
                .map(|share| self.builder.number(share))
                .collect(),
            None => weights.to_vec(),
        }
    }

    fn judge_weights(&mut self, body: &FactorBody, weights: &[NodeId], value: &CheckedValue) {
        let constants: Option<Vec<f64>> = weights
            .iter()
            .map(|weight| self.builder.constant(*weight))
            .collect();
        let Some(constants) = constants else { return };
        if constants.iter().all(|weight| *weight == 0.0) {
            self.reports.add(WeightsAddToNothing {
                name: value.name.clone(),
                span: value.span,
            });
        }
        let signed = matches!(
            body.combine,
            Combine::Mean | Combine::WeightedMean | Combine::Sum
        );
        for (member, weight) in body.members.iter().zip(&constants) {
            if *weight < 0.0 && !signed {
                self.reports.add(NegativeWeight {
                    span: member
                        .weight
                        .as_ref()
                        .map_or(member.span, |weight: &Typed| weight.span),
                    combine: body.words.clone(),
                    combine_span: body.combine_span,
                });
            }
        }
    }

    /// Tells what under `noisy or` is no chance: weights with which a member acts by more than surely, and members
    /// that are certain to be beyond 0..1.
    fn judge_chances(&mut self, body: &FactorBody, nodes: &[NodeId], weights: &[NodeId]) {
        if body.combine != Combine::NoisyOr {
            return;
        }
        // One way to combine is one finding, however many weights it does not suit.
        let mut odd = Vec::new();
        let mut beyond = Vec::new();
        for ((member, node), weight) in body.members.iter().zip(nodes).zip(weights) {
            let Some(x) = self.builder.constant(*weight) else {
                continue;
            };
            let range = self.told(*node);
            let place = member.weight.as_ref();
            let place = place.map(|weight: &Typed| weight.span);
            if x > 1.0 && range.high * x > 1.0 {
                let most = (range.high <= 1.0).then(|| show(range.high));
                odd.push((place.unwrap_or(member.span), show(x), most));
            } else if (0.0..=1.0).contains(&x) {
                beyond.extend(self.no_chance(member, range, (x, body.combine_span)));
            }
        }
        let mut odd = odd.into_iter();
        let combine_span = body.combine_span;
        if let Some((span, weight, most)) = odd.next() {
            self.reports.add(WeightNoChance {
                span,
                weight,
                most,
                combine_span,
                others: odd.map(|(span, weight, _)| (span, weight)).collect(),
            });
        }
        let mut beyond = beyond.into_iter();
        if let Some(mut first) = beyond.next() {
            first.others = beyond.map(|one| (one.span, one.lies)).collect();
            // Where the factor lies follows from that.
            self.doubted.extend(self.current);
            self.reports.add(first);
        }
    }

    /// A member that is no chance in any row, or whose own range is declared beyond 0..1.
    fn no_chance(
        &self,
        member: &CheckedMember,
        range: Interval,
        (weight, combine_span): (f64, Span),
    ) -> Option<MemberNoChance> {
        let value = self.framework.value(member.value)?;
        let (low, high) = (range.low * weight, range.high * weight);
        let always = is_less(1.0, low) || is_less(high, 0.0);
        let closed = is_end(range.low) && is_end(range.high);
        let declared = matches!(value.body, Body::Indicator(_)) && closed;
        if !always && !(declared && (is_less(1.0, high) || is_less(low, 0.0))) {
            return None;
        }
        let words = self.sources.slice(member.span).to_owned();
        // What is worked out is brought onto 0..1 where that is done.
        let rescaled = closed && is_less(range.low, range.high) && words == value.name;
        let (from, to) = (show(range.low), show(range.high));
        Some(MemberNoChance {
            span: member.span,
            rescaled: rescaled.then(|| format!("rescale({words}, from: {from}, to: {to})")),
            member: words,
            lies: wording::range(&show_end(range.low), &show_end(range.high)),
            weight: (weight < 1.0).then(|| show(weight)),
            combine_span,
            others: Vec::new(),
        })
    }

    fn judge_geometric(&mut self, body: &FactorBody, parts: &Parts) {
        if !matches!(body.combine, Combine::GeometricMean) {
            return;
        }
        // One way to combine is one finding, however many members it does not suit.
        let mut negative: Vec<(String, Span, String)> = Vec::new();
        let mut zero: Vec<(String, Span)> = Vec::new();
        for (member, node) in body.members.iter().zip(&parts.nodes) {
            let range = self.told(*node);
            let name = self.sources.slice(member.span).to_owned();
            if range.low < 0.0 {
                negative.push((name, member.span, show(range.low)));
            } else if range.low == 0.0 {
                zero.push((name, member.span));
            }
        }
        let combine = body.combine_span;
        let mut negative = negative.into_iter();
        if let Some((member, span, low)) = negative.next() {
            let others = negative.map(|(name, span, _)| (name, span)).collect();
            self.reports.add(NegativeUnderGeometric {
                member,
                span,
                combine,
                low,
                others,
            });
        }
        let mut zero = zero.into_iter();
        if let Some((member, span)) = zero.next() {
            self.reports.add(ZeroUnderGeometric {
                member,
                span,
                combine,
                others: zero.collect(),
            });
        }
    }

    /// Is there enough evidence? With the least coverage or number of members, where constant.
    fn enough(
        &mut self,
        body: &FactorBody,
        known_size: NodeId,
        known_count: NodeId,
        total: NodeId,
        (members, asked): (usize, NodeId),
    ) -> (NodeId, Option<f64>, Option<u32>) {
        let one = self.builder.number(1.0);
        match &body.require {
            Requirement::All if self.builder.constant(asked).is_none() => {
                // As many as apply, and one at least.
                let all = self
                    .builder
                    .compare(Compare::LessOrEqual, asked, known_count);
                let any = self.builder.compare(Compare::LessOrEqual, one, known_count);
                (self.builder.and(all, any), Some(1.0), None)
            }
            Requirement::All => {
                let all = self.builder.number(members as f64);
                let enough = self.builder.compare(Compare::LessOrEqual, all, known_count);
                (enough, None, u32::try_from(members).ok())
            }
            Requirement::Coverage(least) => {
                let place = least.span;
                let least = self.number(least);
                let constant = self.builder.constant(least);
                if let Some(x) = constant
                    && !(x > 0.0 && x <= 1.0)
                {
                    self.doubted.extend(self.current);
                    self.reports.add(CoverageImpossible {
                        span: place,
                        found: x,
                        required: Required::Coverage { written: false },
                    });
                }
                // The product as decimals make it: 0.07 of 100 is 7.
                let needed = self.builder.binary(Binary::Multiply, least, total);
                let needed = self.builder.unary(Unary::Round(9), needed);
                let covered = self
                    .builder
                    .compare(Compare::LessOrEqual, needed, known_size);
                let any = self.builder.compare(Compare::LessOrEqual, one, known_count);
                // Nothing known is never enough.
                let needs_one = self.range(needed).low <= 0.0;
                let enough = if needs_one {
                    self.builder.and(covered, any)
                } else {
                    covered
                };
                (enough, constant, None)
            }
            Requirement::Known(least) => {
                let required = Required::Known(members);
                let (enough, constant) = self.enough_known(least, known_count, (members, required));
                (enough, None, constant.map(|x| x as u32))
            }
        }
    }
}

/// Does a missing member always make the combination missing, where nothing is dropped?
fn all_needed(combine: &Combine) -> bool {
    !matches!(combine, Combine::AtLeast(_) | Combine::Function { .. })
}

/// Whole numbers in the proportions of some decimals (`0.5, 0.3, 0.2` as `5, 3, 2`); `None` where
/// they have more than nine decimals or grow too large to add exactly.
fn whole_proportions(weights: &[f64]) -> Option<Vec<f64>> {
    (0..=9).find_map(|power| {
        let ten = 10_f64.powi(power);
        let scaled: Vec<f64> = weights
            .iter()
            .map(|weight| (weight * ten).round())
            .collect();
        let exact = scaled
            .iter()
            .zip(weights)
            .all(|(whole, weight)| whole / ten == *weight);
        (exact && scaled.iter().all(|whole| whole.abs() < 1e12)).then_some(scaled)
    })
}
