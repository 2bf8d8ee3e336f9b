//! What a factor can be at least and at most, and signs that decide alone.
//!
//! In: a factor and its members. Out: two numbers, each worked out as if every member were known: those
//! that are not stand at the end of their range at which the factor is least, or most. Every way of
//! combining rises with its members, or falls with those of negative weight; where members could lie
//! beyond that (below zero under a geometric mean), only the range of the whole is known while one is
//! missing. A function that combines is worked out over intervals.

use super::Lowerer;
use super::factors::Parts;
use super::intervals::is_end;
use super::lists::Items;
use super::value::{Bounds, Lowered};
use crate::checked::{Body, CheckedMember, CheckedValue, Combine, FactorBody};
use crate::coverage::{Outcome, Point, PointKind, Watch, When};
use crate::diagnostics::factors::{DecisiveNumber, OpenMember};
use crate::digits::is_less;
use crate::interval::Interval;
use crate::numbers::show;
use crate::plan::{Binary, Compare, DecisivePart, Evidence, NodeId, Output, OutputKind, Unary};
use crate::typed::ValueId;

impl Lowerer<'_> {
    /// The least and the most that a factor that has been lowered can be.
    pub fn bounds_of(&mut self, id: ValueId) -> (NodeId, NodeId) {
        let Some(parts) = self.factors.get(&id) else {
            let node = self.broken();
            return (node, node);
        };
        if let Some(bounds) = parts.bounds {
            return bounds;
        }
        let weights: Vec<NodeId> = parts.members.iter().map(|one| one.weight_node).collect();
        let decisive: Vec<Option<DecisivePart>> =
            parts.members.iter().map(|one| one.decisive).collect();
        let value = self.framework.value(id);
        let Some((value, Body::Factor(body))) = value.map(|value| (value, &value.body)) else {
            let node = self.broken();
            return (node, node);
        };
        let site = self.builder.site.clone();
        self.builder.site.declaration.clone_from(&value.name);
        self.builder.site.guard = None;
        let frames = std::mem::take(&mut self.frames);
        self.come_from(body.combine_span);
        let (least, most) = self.bounded(id, body, &weights, &decisive);
        self.frames = frames;
        self.builder.site = site;
        if let Some(parts) = self.factors.get_mut(&id) {
            parts.bounds = Some((least, most));
        }
        (least, most)
    }

    /// The bounds of a factor with these weights.
    pub(super) fn bounded(
        &mut self,
        id: ValueId,
        body: &FactorBody,
        weights: &[NodeId],
        decisive: &[Option<DecisivePart>],
    ) -> (NodeId, NodeId) {
        let ends: Vec<Bounds> = body
            .members
            .iter()
            .map(|member| self.member_ends(member))
            .collect();
        let masks = self.masks_of(body);
        let one = self.one_of(&masks);
        let there = self.present(masks);
        let (mut least, mut most) =
            self.at_ends(|lowerer| lowerer.combined_ends(id, body, weights, &ends, there.as_ref()));
        if let Some(one) = one {
            let missing = self.builder.missing();
            least = self.builder.select(one, least, missing);
            most = self.builder.select(one, most, missing);
        }
        for part in decisive.iter().flatten() {
            let surely = self.builder.surely(part.present);
            let raised = self.builder.binary(Binary::Max, least, part.least);
            // Also where nothing is known of the others.
            let raised = self.builder.binary(Binary::Coalesce, raised, part.least);
            least = self.builder.select(surely, raised, least);
            let possibly = self.builder.possibly(part.present);
            let raised = self.builder.binary(Binary::Max, most, part.least);
            most = self.builder.select(possibly, raised, most);
        }
        (least, most)
    }

    fn combined_ends(
        &mut self,
        id: ValueId,
        body: &FactorBody,
        weights: &[NodeId],
        ends: &[Bounds],
        there: Option<&Vec<NodeId>>,
    ) -> (NodeId, NodeId) {
        if let Combine::Function { .. } = body.combine {
            let spread = ends.iter().map(|end| match end {
                one if one.at_least == one.at_most => Lowered::Number(one.exact),
                one => Lowered::Between(*one),
            });
            let list = Lowered::List {
                items: spread.collect(),
                present: there.cloned(),
            };
            let names = self.members_of(id);
            let weights = Lowered::List {
                items: weights.iter().copied().map(Lowered::Number).collect(),
                present: there.cloned(),
            };
            let result = self.by_function(body, [list, weights], names);
            let result = self.spread(&result);
            return (result.at_least, result.at_most);
        }
        let hull = ends
            .iter()
            .flat_map(|one| [one.at_least, one.at_most])
            .map(|node| self.range(node))
            .reduce(Interval::hull)
            .unwrap_or(Interval::ALL);
        if !self.rises(body, weights, hull) {
            let exact: Vec<NodeId> = ends.iter().map(|one| one.exact).collect();
            let parts = self.parts_at(id, weights, exact, there);
            let value = self.combine(body, &parts);
            let whole = self.between_ends(value);
            return (whole.at_least, whole.at_most);
        }
        let signs: Vec<Option<bool>> = weights
            .iter()
            .map(|weight| {
                let range = self.range(*weight);
                if range.low >= 0.0 {
                    Some(true)
                } else if range.high <= 0.0 {
                    Some(false)
                } else {
                    None
                }
            })
            .collect();
        let end = |lowerer: &mut Self, least: bool| {
            let mut nodes = Vec::with_capacity(ends.len());
            for ((one, weight), sign) in ends.iter().zip(weights).zip(&signs) {
                let (up, down) = if least {
                    (one.at_least, one.at_most)
                } else {
                    (one.at_most, one.at_least)
                };
                nodes.push(match sign {
                    Some(true) => up,
                    Some(false) => down,
                    None => {
                        let zero = lowerer.builder.number(0.0);
                        let rises = lowerer.builder.compare(Compare::LessOrEqual, zero, *weight);
                        lowerer.builder.select(rises, up, down)
                    }
                });
            }
            let parts = lowerer.parts_at(id, weights, nodes, there);
            lowerer.combine(body, &parts)
        };
        let (least, most) = (end(self, true), end(self, false));
        // A mean that has no result at an end has that end for a limit.
        let has_limit = matches!(
            body.combine,
            Combine::GeometricMean | Combine::HarmonicMean | Combine::PowerMean(_)
        );
        if !has_limit {
            return (least, most);
        }
        let mut limit = |node, x: f64| {
            if !is_end(x) {
                return node;
            }
            let x = self.builder.number(x);
            self.builder.binary(Binary::Coalesce, node, x)
        };
        let (lowest, highest) = (limit(least, hull.low), limit(most, hull.high));
        // Where it may have no result at all, it may be anything once that is known.
        let has_result = self.builder.is_known(least);
        let end = if is_end(hull.high) {
            self.builder.number(hull.high)
        } else {
            self.builder.missing()
        };
        (lowest, self.builder.select(has_result, highest, end))
    }

    /// Does the way of combining rise with each member, or fall where its weight is negative?
    fn rises(&self, body: &FactorBody, weights: &[NodeId], hull: Interval) -> bool {
        match body.combine {
            Combine::Mean
            | Combine::WeightedMean
            | Combine::Sum
            | Combine::Max
            | Combine::Min
            | Combine::Median
            | Combine::ShareOfYes
            | Combine::CountOfYes
            | Combine::AtLeast(_) => true,
            Combine::GeometricMean | Combine::HarmonicMean | Combine::PowerMean(_) => {
                hull.low >= 0.0
            }
            // While no member takes away more than all.
            Combine::NoisyOr => weights.iter().all(|weight| {
                let weight = self.range(*weight);
                let acts = [hull.low, hull.high].map(|x| [x * weight.low, x * weight.high]);
                acts.as_flattened().iter().all(|act| *act <= 1.0)
            }),
            Combine::Function { .. } => false,
        }
    }

    /// All members that are there known, with these values.
    fn parts_at(
        &mut self,
        id: ValueId,
        weights: &[NodeId],
        nodes: Vec<NodeId>,
        there: Option<&Vec<NodeId>>,
    ) -> Parts {
        let shares = self.shares(weights);
        let sizes: Vec<NodeId> = shares
            .iter()
            .map(|share| self.builder.unary(Unary::Abs, *share))
            .collect();
        let applying = Items {
            nodes: sizes.clone(),
            present: there.cloned(),
        };
        let applying = self.neutral(&applying, 0.0);
        let known_size = self.add_all(&applying);
        let known_count = match there {
            Some(there) => self.tally(there),
            None => self.builder.number(nodes.len() as f64),
        };
        let positive = weights.iter().all(|weight| self.range(*weight).low >= 0.0);
        Parts {
            nodes,
            present: there.cloned(),
            there: there.cloned(),
            weights: weights.to_vec(),
            shares,
            sizes,
            known_size,
            known_count,
            positive,
            names: self.members_of(id),
        }
    }

    /// A member as a number, or the ends of what it can be.
    fn member_ends(&mut self, member: &CheckedMember) -> Bounds {
        let lowered = self.declared(member.value);
        if self.factors.contains_key(&member.value) {
            let (at_least, at_most) = self.bounds_of(member.value);
            let inner = self.framework.value(member.value).map(|value| &value.body);
            let estimate = matches!(inner, Some(Body::Factor(body)) if body.is_estimate());
            let value = self.single(&lowered);
            if !estimate {
                return Bounds {
                    exact: value,
                    at_least,
                    at_most,
                };
            }
            return Bounds {
                exact: value,
                at_least: self.builder.binary(Binary::Coalesce, value, at_least),
                at_most: self.builder.binary(Binary::Coalesce, value, at_most),
            };
        }
        match &lowered {
            Lowered::Level(bounds) => {
                let two = self.builder.number(2.0);
                let mut half = |node| self.builder.binary(Binary::Divide, node, two);
                Bounds {
                    exact: half(bounds.exact),
                    at_least: half(bounds.at_least),
                    at_most: half(bounds.at_most),
                }
            }
            Lowered::Truth(node) => {
                let exact = self.builder.indicate(*node);
                let (one, zero) = (self.builder.number(1.0), self.builder.number(0.0));
                let surely = self.builder.surely(*node);
                let possibly = self.builder.possibly(*node);
                Bounds {
                    exact,
                    at_least: self.builder.select(surely, one, zero),
                    at_most: self.builder.select(possibly, one, zero),
                }
            }
            other @ (Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. }) => self.spread(other),
        }
    }

    /// Tells members of which nothing is known where they are missing.
    pub(super) fn judge_ends(&mut self, value: &CheckedValue, body: &FactorBody) {
        if body.evidence.0 != Evidence::Bounds {
            return;
        }
        for member in &body.members {
            if self.factors.contains_key(&member.value) {
                continue;
            }
            let Lowered::Number(node) = self.declared(member.value) else {
                continue;
            };
            if !self.builder.uncertain(node) {
                continue;
            }
            let range = self.range(node);
            let open = if !is_end(range.low) {
                Some(true)
            } else if !is_end(range.high) {
                Some(false)
            } else {
                None
            };
            if let Some(low) = open {
                self.reports.add(OpenMember {
                    factor: value.name.clone(),
                    member: self.sources.slice(member.span).to_owned(),
                    span: member.span,
                    low,
                });
            }
        }
    }

    /// What makes a member decisive.
    pub(super) fn decisive_part(
        &mut self,
        body: &FactorBody,
        member: &CheckedMember,
    ) -> Option<DecisivePart> {
        let least = self.number(member.decisive.as_ref()?);
        let present = match self.declared(member.value) {
            Lowered::Truth(node) => node,
            Lowered::Level(bounds) => {
                let highest = self.builder.number(2.0);
                self.not_below(bounds, Bounds::one(highest))
            }
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.broken_truth(),
        };
        let present = match self.there(member.value) {
            Some(there) => self.builder.and(present, there),
            None => present,
        };
        let present = match self.own_condition(body) {
            Some(applies) => self.builder.and(present, applies),
            None => present,
        };
        Some(DecisivePart { least, present })
    }

    /// A decisive sign gives a value that the factor can have: where it is a mean or one of its members, it
    /// lies between the least and the most of them.
    pub(super) fn judge_decisive(
        &mut self,
        body: &FactorBody,
        nodes: &[NodeId],
        decisive: &[Option<DecisivePart>],
    ) {
        let range = match &body.combine {
            Combine::Mean
            | Combine::WeightedMean
            | Combine::GeometricMean
            | Combine::HarmonicMean
            | Combine::PowerMean(_)
            | Combine::Max
            | Combine::Min
            | Combine::Median => {
                let ranges = nodes.iter().map(|node| self.range(*node));
                ranges.reduce(Interval::hull)
            }
            Combine::NoisyOr | Combine::ShareOfYes => Some(Interval::UNIT),
            Combine::Sum | Combine::CountOfYes | Combine::AtLeast(_) | Combine::Function { .. } => {
                None
            }
        };
        let Some(range) = range.filter(|range| range.low.is_finite() && range.high.is_finite())
        else {
            return;
        };
        for (member, part) in body.members.iter().zip(decisive) {
            let (Some(written), Some(part)) = (&member.decisive, part) else {
                continue;
            };
            let least = self.range(part.least);
            if !(is_less(range.high, least.low) || is_less(least.high, range.low)) {
                continue;
            }
            let words = self.sources.slice(written.span).trim();
            let is_share = range == Interval::UNIT
                && words.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && least.low > 1.0
                && least.low <= 100.0;
            let tenths = if least.low > 10.0 { 100.0 } else { 10.0 };
            let found = if is_share {
                show(crate::conversion::exactly(least.low, 1.0, tenths))
            } else {
                String::new()
            };
            self.doubted.extend(self.current);
            self.reports.add(DecisiveNumber {
                span: written.span,
                member: member.span,
                found,
                of_member: false,
                beyond: Some((show(range.low), show(range.high))),
            });
        }
    }

    /// A factor's value with its decisive signs. Where there is none for want of evidence, it is at
    /// least what they say.
    pub(super) fn decided_by(
        &mut self,
        body: &FactorBody,
        value: NodeId,
        decisive: &[Option<DecisivePart>],
    ) -> Lowered {
        let mut raised = value;
        let mut floor: Option<NodeId> = None;
        let missing = self.builder.missing();
        for (part, member) in decisive.iter().zip(&body.members) {
            let Some(part) = part else { continue };
            let surely = self.builder.surely(part.present);
            let higher = self.builder.binary(Binary::Max, raised, part.least);
            let next = self.builder.select(surely, higher, raised);
            self.watch_decisive(member, *part, (raised, next));
            raised = next;
            let own = self.builder.select(surely, part.least, missing);
            floor = Some(match floor {
                None => own,
                Some(floor) => {
                    let higher = self.builder.binary(Binary::Max, floor, own);
                    let either = self.builder.binary(Binary::Coalesce, floor, own);
                    self.builder.binary(Binary::Coalesce, higher, either)
                }
            });
        }
        match floor {
            Some(floor) if self.builder.uncertain(raised) => Lowered::Between(Bounds {
                exact: raised,
                at_least: self.builder.binary(Binary::Coalesce, raised, floor),
                at_most: raised,
            }),
            _ => Lowered::Number(raised),
        }
    }

    /// A decisive sign raises the factor.
    fn watch_decisive(
        &mut self,
        member: &CheckedMember,
        part: DecisivePart,
        (before, after): (NodeId, NodeId),
    ) {
        if !self.is_watched() {
            return;
        }
        let lower = self.builder.compare(Compare::Less, before, part.least);
        let raises = self.builder.and(part.present, lower);
        let span = member.decisive.as_ref().map_or(member.span, |one| one.span);
        let name = self.words(member.span.to(span)).to_string();
        let never = self.builder.decided(Compare::Less, before, part.least) == Some(false);
        self.watch(Point {
            kind: PointKind::Factor,
            outcome: Outcome::Decides,
            span,
            declaration: String::new(),
            name,
            exactly: None,
            excluded: never.then(|| "the factor is never less".to_owned()),
            watches: vec![Watch {
                results: vec![after],
                asked: None,
                when: When::Answers(vec![(raises, Some(true))]),
            }],
        });
    }

    /// The columns of what a factor can be, where its author states its evidence.
    pub(super) fn bound_columns(
        &mut self,
        id: ValueId,
        value: &CheckedValue,
        body: &FactorBody,
        outputs: &mut Vec<Output>,
    ) {
        let states = match body.evidence.0 {
            Evidence::Unsaid => false,
            Evidence::Estimate | Evidence::Bounds => true,
        };
        if !states || !self.factors.contains_key(&id) {
            return;
        }
        let (least, most) = self.bounds_of(id);
        for (suffix, node) in [(".at_least", least), (".at_most", most)] {
            outputs.push(Output {
                column: format!("{}{suffix}", value.name),
                declaration: value.name.clone(),
                label: value.label.clone(),
                unit: self.unit_of(&value.ty),
                kind: OutputKind::Number,
                node,
            });
        }
    }
}
