//! Weights that almost add up.

use super::Linter;
use crate::checked::Body;
use crate::diagnostics::method::WeightsOff;
use crate::typed::TypedKind;

/// How near a sum must be to a round whole for the author to have meant it.
const NEAR: f64 = 0.05;

impl Linter<'_, '_> {
    pub fn weights(&mut self) {
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            let literal = |kind: &TypedKind| match kind {
                TypedKind::Number(x) => Some(*x),
                _ => None,
            };
            let weights: Option<Vec<f64>> = factor
                .members
                .iter()
                .map(|member| literal(&member.weight.as_ref()?.kind))
                .collect();
            let Some(weights) = weights.filter(|weights| weights.len() > 1) else {
                continue;
            };
            let sum: f64 = weights.iter().sum();
            let whole = [1.0, 100.0].into_iter().find(|whole: &f64| {
                let off = (sum - whole).abs() / whole;
                // Shares are given in shares or in percent, not as 1, 2, 3.
                let are_parts = weights.iter().all(|weight| *weight < *whole);
                are_parts && off < NEAR && off > 1e-9
            });
            if let Some(whole) = whole {
                self.reports.add(WeightsOff {
                    factor: value.name.clone(),
                    span: factor.span,
                    sum: crate::numbers::show(crate::decimal::round(sum, 9)),
                    whole: crate::numbers::show(whole),
                });
            }
        }
    }
}
