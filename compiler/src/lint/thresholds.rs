//! Thresholds that nobody can look up: params and numbers in comparisons without a citation.

use super::Linter;
use crate::checked::reads::Role;
use crate::checked::{Arms, Band, Body};
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
            let mut told: BTreeSet<&str> = BTreeSet::new();
            for side in thresholds_of(&value.body) {
                match threshold(side) {
                    Some(Threshold::Param(id)) if self.is_uncited_param(id) => {
                        params.entry(id).or_insert(side.span);
                    }
                    Some(Threshold::Number) if value.cites.is_empty() => {
                        // The formula of a group's items stands in one place for all of them.
                        let again = numbers.iter().any(|(_, span)| *span == side.span);
                        if !again && told.insert(self.sources.slice(side.span)) {
                            numbers.push((value.name.clone(), side.span));
                        }
                    }
                    Some(Threshold::Param(_) | Threshold::Number) | None => {}
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

/// What a declaration compares with; what stands in a function is the function's own.
fn thresholds_of(body: &Body) -> Vec<&Typed> {
    let mut seen: Vec<&Typed> = Vec::new();
    for part in body.parts() {
        let Some(whole) = part.expression() else {
            continue;
        };
        if part.role == Role::Cell {
            seen.push(whole);
        }
        for one in whole.walk(part.role) {
            if let TypedKind::Compare { left, right, .. } = &one.expression.kind
                && ![&left.ty, &right.ty].contains(&&Type::Count)
            {
                seen.extend([&**left, &**right]);
            }
        }
    }
    if let Body::Level(level) = body
        && let Arms::Bands { bands, .. } = &level.arms
    {
        // Where one band ends the next begins; the lowest begins where the score does.
        let lowest = if falling(bands) { bands.len() - 1 } else { 0 };
        let others = bands.iter().enumerate().filter(|(at, _)| *at != lowest);
        seen.extend(others.filter_map(|(_, band)| band.low.as_ref()));
    }
    seen
}

/// Are bands written from the highest to the lowest?
fn falling(bands: &[Band]) -> bool {
    let begins = |band: Option<&Band>| band?.low.as_ref()?.as_number();
    match (begins(bands.first()), begins(bands.last())) {
        (Some(first), Some(last)) => first > last,
        // The lowest band needs no beginning.
        (Some(_), None) => bands.last().is_some_and(|band| band.low.is_none()),
        (None, _) => false,
    }
}

enum Threshold {
    Param(ValueId),
    Number,
}

/// A number that something is compared with. Zero needs no citation, and neither do counts.
fn threshold(side: &Typed) -> Option<Threshold> {
    let mut side = side;
    while let TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) = &side.kind {
        side = inner;
    }
    if let TypedKind::Value(id) = side.kind {
        return Some(Threshold::Param(id));
    }
    let x = side.as_number()?;
    (x != 0.0).then_some(Threshold::Number)
}
