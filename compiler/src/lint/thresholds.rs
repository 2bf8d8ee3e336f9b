//! Thresholds that nobody can look up: params and numbers in comparisons without a citation.

use super::Linter;
use super::reads::{expressions, walk};
use crate::checked::{Arms, Body};
use crate::diagnostics::method::ThresholdUncited;
use crate::source::Span;
use crate::typed::{Typed, TypedKind, ValueId};
use crate::types::Type;
use std::collections::{BTreeMap, BTreeSet};

impl Linter<'_, '_> {
    pub fn thresholds(&mut self) {
        // Params by the first comparison that they stand in; numbers where they stand.
        let mut params: BTreeMap<ValueId, Span> = BTreeMap::new();
        let mut numbers: Vec<(String, Span)> = Vec::new();
        for value in &self.checked.values {
            let mut seen: Vec<&Typed> = Vec::new();
            // What stands in a function is the function's own.
            let mut none: BTreeSet<_> = (0u32..)
                .map(crate::typed::FunctionId)
                .take(self.checked.functions.len())
                .collect();
            for expression in expressions(&value.body) {
                walk(self.checked, expression, &mut none, &mut |part| {
                    if let TypedKind::Compare { left, right, .. } = &part.kind
                        && ![&left.ty, &right.ty].contains(&&Type::Count)
                    {
                        seen.extend([&**left, &**right]);
                    }
                });
            }
            if let Body::Level(level) = &value.body
                && let Arms::Bands { bands, .. } = &level.arms
            {
                // Where one band ends the next begins; the lowest begins where the score does.
                seen.extend(bands.iter().skip(1).filter_map(|band| band.low.as_ref()));
            }
            for side in seen {
                match threshold(side) {
                    Some(Threshold::Param(id)) if self.is_uncited_param(id) => {
                        params.entry(id).or_insert(side.span);
                    }
                    Some(Threshold::Number) if value.cites.is_empty() => {
                        let words = self.sources.slice(side.span);
                        let again = numbers.iter().any(|(of, span)| {
                            *of == value.name && self.sources.slice(*span) == words
                        });
                        if !again {
                            numbers.push((value.name.clone(), side.span));
                        }
                    }
                    _ => {}
                }
            }
        }
        for (id, used) in params {
            if let Some(param) = self.checked.value(id) {
                self.reports.add(ThresholdUncited {
                    span: param.span,
                    threshold: param.name.clone(),
                    of: None,
                    used: Some(used),
                });
            }
        }
        for (of, span) in numbers {
            self.reports.add(ThresholdUncited {
                span,
                threshold: self.sources.slice(span).to_owned(),
                of: Some(of),
                used: None,
            });
        }
    }

    fn is_uncited_param(&self, id: ValueId) -> bool {
        self.checked
            .value(id)
            .is_some_and(|value| matches!(value.body, Body::Param(_)) && value.cites.is_empty())
    }
}

enum Threshold {
    Param(ValueId),
    Number,
}

/// A number that something is compared with. Zero needs no citation, and neither do counts.
fn threshold(side: &Typed) -> Option<Threshold> {
    match &side.kind {
        TypedKind::Value(id) => Some(Threshold::Param(*id)),
        TypedKind::Number(x) if *x != 0.0 => Some(Threshold::Number),
        TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) => threshold(inner),
        _ => None,
    }
}
