//! Several values with weights to one: `mean([a weight 2, b])`.
//!
//! In: a list, and what its values weigh. Out: what a factor that combines its members in the same way would make of
//! them, so that there is one formula for both.

use super::Lowerer;
use super::factors::Parts;
use super::lists::Items;
use super::value::{Bounds, Lowered, is_between};
use crate::checked::weights::{looks_at_weights, weights_of};
use crate::checked::{Combine, FactorBody, Requirement};
use crate::diagnostics::factors::{NegativeWeight, WeightsAddToNothing};
use crate::plan::{Evidence, NodeId, Unary};
use crate::source::Span;
use crate::typed::{Builtin, Typed};

impl Lowerer<'_> {
    /// What the values of a list weigh, where the function looks at that.
    pub fn weights_in(&mut self, builtin: Builtin, list: &Typed) -> Option<Vec<NodeId>> {
        if !looks_at_weights(builtin) {
            return None;
        }
        let framework = self.framework;
        let body = |id| framework.value(id).map(|value| &value.body);
        let weights = weights_of(list, &body)?;
        // They are told with the list.
        self.outlines.enter(true);
        let weights = weights.into_iter().map(|weight| match weight {
            Some(weight) => self.number(weight),
            None => self.builder.number(1.0),
        });
        let weights = weights.collect();
        self.outlines.leave();
        Some(weights)
    }

    /// Tells weights of which nothing can come.
    pub fn judge_listed(&mut self, builtin: Builtin, weights: Option<&[NodeId]>, span: Span) {
        let constants: Option<Vec<f64>> = weights
            .unwrap_or_default()
            .iter()
            .map(|weight| self.builder.constant(*weight))
            .collect();
        let Some(constants) = constants.filter(|all| !all.is_empty()) else {
            return;
        };
        if constants.iter().all(|weight| *weight == 0.0) {
            let name = self.words(span).to_string();
            self.reports.add(WeightsAddToNothing { name, span });
        }
        let of_logs = matches!(builtin, Builtin::GeometricMean | Builtin::HarmonicMean);
        if of_logs && constants.iter().any(|weight| *weight < 0.0) {
            self.reports.add(NegativeWeight {
                span,
                combine: builtin.name().to_owned(),
                combine_span: span,
            });
        }
    }

    pub fn reduced_weighted(
        &mut self,
        builtin: Builtin,
        list: &Lowered,
        weights: &[NodeId],
    ) -> Lowered {
        let Lowered::List { items, present } = list else {
            return Lowered::Number(self.broken());
        };
        let positive = weights.iter().all(|weight| self.range(*weight).low >= 0.0);
        let exact = self.items(list);
        let spread: Vec<Bounds> = items.iter().map(|item| self.spread(item)).collect();
        let low = spread.iter().map(|one| self.hull_of(*one).low);
        let low = low.fold(f64::INFINITY, f64::min);
        let rises = low > 0.0
            || low == 0.0 && builtin != Builtin::HarmonicMean
            || matches!(builtin, Builtin::Sum | Builtin::Mean);
        if !(items.iter().any(is_between) && positive && rises) {
            return Lowered::Number(self.weigh(builtin, exact, weights));
        }
        let present = present.clone();
        self.at_ends(|lowerer| {
            let mut end = |pick: fn(&Bounds) -> NodeId| {
                let items = Items {
                    nodes: spread.iter().map(pick).collect(),
                    present: present.clone(),
                };
                lowerer.weigh(builtin, items, weights)
            };
            let (least, most) = (end(|one| one.at_least), end(|one| one.at_most));
            lowerer.made_of(least, most)
        })
    }

    fn weigh(&mut self, builtin: Builtin, items: Items, weights: &[NodeId]) -> NodeId {
        let shares = self.shares(weights);
        let sizes: Vec<NodeId> = shares
            .iter()
            .map(|share| self.builder.unary(Unary::Abs, *share))
            .collect();
        let counting = Items {
            nodes: sizes.clone(),
            present: items.present.clone(),
        };
        let counting = self.neutral(&counting, 0.0);
        let known_size = self.add_all(&counting);
        let known_count = match &items.present {
            Some(present) => self.tally(present),
            None => self.builder.number(items.nodes.len() as f64),
        };
        let parts = Parts {
            nodes: items.nodes,
            present: items.present,
            there: None,
            weights: weights.to_vec(),
            shares,
            sizes,
            known_size,
            known_count,
            positive: weights.iter().all(|weight| self.range(*weight).low >= 0.0),
            names: Vec::new(),
        };
        let span = self.builder.site.span;
        let body = FactorBody {
            applies: None,
            combine: combine_of(builtin),
            words: builtin.name().to_owned(),
            combine_span: span,
            members: Vec::new(),
            require: Requirement::All,
            total: None,
            evidence: (Evidence::Unsaid, span),
            span,
        };
        self.combine(&body, &parts)
    }
}

/// How a factor combines that does the same.
fn combine_of(builtin: Builtin) -> Combine {
    if builtin == Builtin::GeometricMean {
        Combine::GeometricMean
    } else if builtin == Builtin::HarmonicMean {
        Combine::HarmonicMean
    } else if builtin == Builtin::Sum {
        Combine::Sum
    } else {
        Combine::WeightedMean
    }
}
