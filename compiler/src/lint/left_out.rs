//! Terms beside `and` that are left out where they do not apply, so that the others alone are enough.
//!
//! In: what levels, alerts and signals ask. Out: terms that rest on an indicator with a condition of its own, beside
//! others that hold without it, where the condition is not asked for as well.

use std::collections::BTreeSet;

use super::Linter;
use crate::checked::Body;
use crate::checked::reads::Role;
use crate::diagnostics::method::LeftOut;
use crate::typed::{Builtin, Field, Typed, TypedKind, ValueId};
use crate::types::Type;

impl Linter<'_, '_> {
    pub fn left_out(&mut self) {
        let checked = self.checked;
        for value in &checked.values {
            for part in value.body.parts() {
                let is_truth = matches!(part.role, Role::Formula) && value.ty == Type::Truth;
                let asks =
                    is_truth || matches!(part.role, Role::Clause | Role::Raise | Role::Escalate);
                let Some(whole) = part.expression().filter(|_| asks) else {
                    continue;
                };
                for seen in whole.walk(part.role) {
                    if let TypedKind::And(terms) = &seen.expression.kind {
                        self.left_out_of(terms);
                    }
                }
            }
        }
    }

    fn left_out_of(&mut self, terms: &[Typed]) {
        let words = |of: &Typed| self.sources.slice(of.span).to_owned();
        let conditions: Vec<Option<(ValueId, String)>> = terms
            .iter()
            .map(|term| {
                let id = self.rests_on(term, &mut BTreeSet::new())?;
                Some((id, words(self.condition(id)?)))
            })
            .collect();
        let mut found = Vec::new();
        for (term, own) in terms.iter().zip(&conditions) {
            // Whether it was verified is asked of what there is.
            let Some((id, condition)) = own.as_ref().filter(|_| !asks_for_proof(term)) else {
                continue;
            };
            // Where all are left out together, nothing is left that could hold; and who asks for the condition, or
            // whether it is known, says what is to be where it does not apply.
            let with_it = |other: &Option<(ValueId, String)>| {
                other.as_ref().is_some_and(|(_, other)| other == condition)
            };
            let asks = |other: &Typed| {
                if let TypedKind::IsKnown(of) = &other.kind {
                    return self.rests_on(of, &mut BTreeSet::new()) == Some(*id);
                }
                words(other) == *condition
            };
            if conditions.iter().all(with_it) || terms.iter().any(asks) {
                continue;
            }
            let name = self.checked.value(*id).map(|value| value.name.clone());
            found.push(LeftOut {
                span: term.span,
                term: words(term),
                indicator: name.unwrap_or_default(),
                condition: condition.clone(),
            });
        }
        for one in found {
            self.reports.add(one);
        }
    }

    /// Where an indicator applies.
    fn condition(&self, id: ValueId) -> Option<&Typed> {
        match self.checked.value(id).map(|value| &value.body) {
            Some(Body::Indicator(body)) => body.applies.as_ref(),
            Some(
                Body::Param(_)
                | Body::Expression { .. }
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken,
            )
            | None => None,
        }
    }

    /// The first indicator with a condition of which a term is worked out, so that it is left out with it.
    fn rests_on(&self, term: &Typed, seen: &mut BTreeSet<ValueId>) -> Option<ValueId> {
        match &term.kind {
            TypedKind::Value(id) => {
                if self.condition(*id).is_some() {
                    return Some(*id);
                }
                let body = self.checked.value(*id).map(|value| &value.body);
                match body {
                    Some(Body::Expression { value, .. }) if seen.insert(*id) => {
                        self.rests_on(value, seen)
                    }
                    Some(
                        Body::Expression { .. }
                        | Body::Indicator(_)
                        | Body::Param(_)
                        | Body::Factor(_)
                        | Body::Level(_)
                        | Body::Table(_)
                        | Body::Alert(_)
                        | Body::Broken,
                    )
                    | None => None,
                }
            }
            TypedKind::Field(id, Field::AtLeast | Field::AtMost | Field::Verified) => {
                self.condition(*id).map(|_| *id)
            }
            TypedKind::Convert(of, ..)
            | TypedKind::AsNumber(of)
            | TypedKind::Negate(of)
            | TypedKind::Not(of) => self.rests_on(of, seen),
            TypedKind::Sum(one, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.first_of(std::iter::once(&**one).chain(rest), seen)
            }
            TypedKind::Product(one, rest) => {
                let rest = rest.iter().map(|(_, term)| term);
                self.first_of(std::iter::once(&**one).chain(rest), seen)
            }
            TypedKind::Compare { left, right, .. } => {
                let literal = |side: &Typed| matches!(side.kind, TypedKind::Truth { .. });
                if literal(left) || literal(right) {
                    return None;
                }
                self.first_of([&**left, &**right].into_iter(), seen)
            }
            // `0 <= x < 1` is one statement.
            TypedKind::And(parts) if parts.iter().all(|part| part.span == term.span) => {
                self.first_of(parts.iter(), seen)
            }
            TypedKind::Call(_, parts)
            | TypedKind::Builtin(Builtin::Verified(_) | Builtin::Abs | Builtin::Round, parts) => {
                self.first_of(parts.iter(), seen)
            }
            TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::Fallback(_)
            | TypedKind::Builtin(..)
            | TypedKind::Peers(_)
            | TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(_, Field::Coverage | Field::Known | Field::Members)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::IsKnown(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Along(_)
            | TypedKind::Error => None,
        }
    }

    fn first_of<'t>(
        &self,
        mut parts: impl Iterator<Item = &'t Typed>,
        seen: &mut BTreeSet<ValueId>,
    ) -> Option<ValueId> {
        parts.find_map(|part| self.rests_on(part, seen))
    }
}

/// `x.verified`, or that it is not.
fn asks_for_proof(term: &Typed) -> bool {
    let of: &Typed = if let TypedKind::Not(of) = &term.kind {
        of
    } else {
        term
    };
    matches!(of.kind, TypedKind::Field(_, Field::Verified))
}
