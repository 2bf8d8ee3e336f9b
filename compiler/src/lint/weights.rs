//! Weights that almost add up.

use super::Linter;
use crate::checked::{Body, CheckedMember, Combine};
use crate::diagnostics::method::{WeightsNotTotal, WeightsOff};
use crate::source::Span;
use crate::typed::{Typed, TypedKind};
use crate::units::gcd;

/// How near a sum must be to a round whole for the author to have meant it.
const NEAR: f64 = 0.15;

/// What nobody weighs beside a share of 1.
const MUCH: f64 = 10.0;

/// The least and the most of weights of which some are shares of 1 and others numbers of 100.
fn in_two_ways(weights: &[f64]) -> Option<(String, String)> {
    let shares = weights
        .iter()
        .filter(|weight| weight.fract() != 0.0 && **weight < 1.0);
    let least = shares.copied().reduce(f64::min)?;
    let most = weights.iter().copied().reduce(f64::max)?;
    (least > 0.0 && most >= MUCH).then(|| (crate::numbers::show(least), crate::numbers::show(most)))
}

/// Where weights are written, unless they are too many to be shown.
fn written(members: &[CheckedMember]) -> Vec<Span> {
    const MANY: usize = 6;
    if members.len() > MANY {
        return Vec::new();
    }
    let weights = members.iter().filter_map(|member| member.weight.as_ref());
    weights.map(|weight| weight.span).collect()
}

/// Weights of up to three decimals as the least whole numbers in their proportion.
fn proportions(weights: &[f64]) -> Option<String> {
    let thousandths = weights.iter().map(|weight| {
        let all = weight * 1000.0;
        let is_whole = (all - all.round()).abs() < 1e-6 && (1.0..1e6).contains(&all);
        is_whole.then_some(all.round() as u128)
    });
    let whole: Vec<u128> = thousandths.collect::<Option<_>>()?;
    let divisor = whole.iter().copied().reduce(gcd)?;
    let parts: Vec<String> = whole
        .iter()
        .map(|weight| (weight / divisor.max(1)).to_string())
        .collect();
    Some(parts.join(", "))
}

impl Linter<'_, '_> {
    /// A number, or a param that has one value.
    pub(super) fn constant(&self, weight: &Typed) -> Option<f64> {
        // `50%` of the whole.
        if let TypedKind::Convert(value, num, den) = &weight.kind {
            return Some(self.constant(value)? * num / den);
        }
        if let TypedKind::Negate(size) = &weight.kind {
            return self.constant(size).map(|size| -size);
        }
        let TypedKind::Value(id) = &weight.kind else {
            return weight.as_number();
        };
        let Body::Param(param) = &self.checked.value(*id)?.body else {
            return None;
        };
        let [only] = param.values.as_slice() else {
            return None;
        };
        only.value.as_number()
    }

    pub fn weights(&mut self) {
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            let weights: Option<Vec<f64>> = factor
                .members
                .iter()
                .map(|member| self.constant(member.weight.as_ref()?))
                .collect();
            if let (Some((total, stated)), Some(weights)) = (factor.total, &weights) {
                let sum: f64 = weights.iter().sum();
                if (sum - total).abs() > 1e-9 * total.abs().max(1.0) {
                    self.reports.add(WeightsNotTotal {
                        factor: value.name.clone(),
                        span: factor.span,
                        stated,
                        sum: crate::numbers::show(crate::decimal::round(sum, 9)),
                        total: crate::numbers::show(total),
                    });
                }
                continue;
            }
            let Some(weights) = weights.filter(|weights| weights.len() > 1) else {
                continue;
            };
            let sum: f64 = weights.iter().sum();
            if let Some(apart) = in_two_ways(&weights) {
                self.reports.add(WeightsOff {
                    normalised: true,
                    factor: value.name.clone(),
                    span: factor.span,
                    sum: String::new(),
                    whole: String::new(),
                    weights: Vec::new(),
                    proportions: None,
                    apart: Some(apart),
                });
                continue;
            }
            let whole = [1.0, 100.0].into_iter().find(|whole: &f64| {
                let off = (sum - whole).abs() / whole;
                // Shares are given in shares or in percent, not as 1, 2, 3.
                let are_parts = weights.iter().all(|weight| *weight < *whole);
                are_parts && off < NEAR && off > 1e-9
            });
            // Nobody reads parts of a whole in the weights of what is multiplied or counted.
            let normalised = match factor.combine {
                Combine::WeightedMean
                | Combine::GeometricMean
                | Combine::HarmonicMean
                | Combine::PowerMean(_) => Some(true),
                Combine::Sum => Some(false),
                Combine::Mean
                | Combine::Max
                | Combine::Min
                | Combine::Median
                | Combine::NoisyOr
                | Combine::ShareOfYes
                | Combine::CountOfYes
                | Combine::AtLeast(_)
                | Combine::Function { .. } => None,
            };
            if let (Some(whole), Some(normalised)) = (whole, normalised) {
                self.reports.add(WeightsOff {
                    normalised,
                    factor: value.name.clone(),
                    span: factor.span,
                    sum: crate::numbers::show(crate::decimal::round(sum, 9)),
                    whole: crate::numbers::show(whole),
                    weights: written(&factor.members),
                    proportions: proportions(&weights),
                    apart: None,
                });
            }
        }
    }
}
