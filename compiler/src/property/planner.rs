//! From a checked property to its Plan, the inputs that it moves, and what can be said without data.

use std::collections::HashMap;
use std::sync::Arc;

use super::narrow::narrowed;
use super::proved::{Ready, in_words, prove, reach, read_by};
use crate::checked::properties::{CheckedProperty, Claim, With, Without};
use crate::checked::{Body, CheckedFramework};
use crate::diagnostics::Reports;
use crate::digits::{is_at_most, is_less};
use crate::interval::Interval;
use crate::lower;
use crate::plan::properties::{Move, PlannedClaim, PlannedProperty, Proof, Spared, Subject};
use crate::plan::{Plan, Value};
use crate::source::SourceMap;
use crate::testing::{is_indicator, range_of};
use crate::typed::{Field, Typed, TypedKind, ValueId};
use crate::types::Type;

/// Every property of a framework over its Plan.
pub(super) fn planned(
    checked: &CheckedFramework,
    plan: &Plan,
    sources: &SourceMap,
    proving: bool,
    reports: &mut Reports,
) -> Vec<PlannedProperty> {
    let mut planner = Planner {
        proving,
        checked,
        plan,
        sources,
        plans: HashMap::new(),
    };
    let properties = checked.properties.iter();
    properties
        .filter_map(|property| planner.property(property, reports))
        .collect()
}

struct Planner<'a> {
    /// Movements are proved, too; ranges always are looked at.
    proving: bool,
    checked: &'a CheckedFramework,
    plan: &'a Plan,
    sources: &'a SourceMap,
    /// By what is an input of its own: the Plan, its nodes with ranges that end, and where the Plan's
    /// nodes are among them.
    plans: HashMap<Vec<ValueId>, Arc<Ready>>,
}

fn readied(plan: Plan) -> Arc<Ready> {
    let (nodes, places) = narrowed(&plan);
    Arc::new(Ready {
        plan: Arc::new(plan),
        nodes,
        places,
    })
}

impl Planner<'_> {
    fn property(
        &mut self,
        property: &CheckedProperty,
        reports: &mut Reports,
    ) -> Option<PlannedProperty> {
        let moved = self.moved(&property.claim);
        let mut pins: Vec<ValueId> = moved.iter().map(|(id, _)| *id).collect();
        pins.retain(|id| !is_indicator(self.checked, *id));
        pins.sort_unstable();
        pins.dedup();
        let name = self.checked.value(property.subject)?.name.clone();
        let (ready, subject) = match &property.bound {
            None => {
                let ready = self.ready(&pins, reports);
                let mut declarations = ready.plan.declarations.iter();
                let declared = declarations.find(|one| one.name == name)?;
                let value = declared.value.clone();
                (Arc::clone(&ready), Subject { name, value })
            }
            Some(bound) => {
                let (ready, value) = self.ready_for(&pins, bound, reports);
                let is_most = matches!(bound.kind, TypedKind::Field(_, Field::AtMost));
                let suffix = if is_most { "at_most" } else { "at_least" };
                let name = format!("{name}.{suffix}");
                (
                    ready,
                    Subject {
                        name,
                        value: value?,
                    },
                )
            }
        };
        let (claim, proof) = self.claim(property, &ready, &subject, &moved, reports)?;
        let words = self.sources.slice(property.claim_span).split_whitespace();
        Some(PlannedProperty {
            label: property.label.clone(),
            span: property.span,
            claim_span: property.claim_span,
            text: words.collect::<Vec<_>>().join(" "),
            cites: property.cites.clone(),
            plan: Arc::clone(&ready.plan),
            subject,
            claim,
            proof,
        })
    }

    fn ready(&mut self, pins: &[ValueId], reports: &mut Reports) -> Arc<Ready> {
        if let Some(ready) = self.plans.get(pins) {
            return Arc::clone(ready);
        }
        let plan = if pins.is_empty() {
            self.plan.clone()
        } else {
            self.lowered(pins, None, reports).0
        };
        let ready = readied(plan);
        self.plans.insert(pins.to_vec(), Arc::clone(&ready));
        ready
    }

    /// The same with a bound that is asked for.
    fn ready_for(
        &self,
        pins: &[ValueId],
        bound: &Typed,
        reports: &mut Reports,
    ) -> (Arc<Ready>, Option<Value>) {
        let (plan, value) = self.lowered(pins, Some(bound), reports);
        (readied(plan), value)
    }

    fn lowered(
        &self,
        pins: &[ValueId],
        asked: Option<&Typed>,
        reports: &mut Reports,
    ) -> (Plan, Option<Value>) {
        let range = |id: &ValueId| (*id, range_of(self.checked, self.plan, *id));
        let pins = pins.iter().map(range).collect();
        let (plan, _, value) =
            lower::properties::with_inputs(self.checked, self.sources, reports, pins, &[], asked);
        (plan, value)
    }

    /// What moves: in which direction the subject is to go as it rises.
    fn moved(&self, claim: &Claim) -> Vec<(ValueId, bool)> {
        let Claim::Monotone { with, along } = claim else {
            return Vec::new();
        };
        match with {
            With::One(id) => vec![(*id, *along)],
            With::EveryMember(factor) => {
                match self.checked.value(*factor).map(|value| &value.body) {
                    Some(Body::Factor(factor)) => {
                        let members = factor.members.iter();
                        members.map(|member| (member.value, *along)).collect()
                    }
                    _ => Vec::new(),
                }
            }
            With::EveryIndicator { of, but } => {
                let all: Vec<ValueId> = match of {
                    Some(of) => self.indicators_below(*of),
                    None => self.indicators(),
                };
                let all = all.into_iter().filter(|id| Some(*id) != *but);
                let directed = all.filter_map(|id| {
                    let value = self.checked.value(id)?;
                    let Body::Indicator(body) = &value.body else {
                        return None;
                    };
                    let ordered =
                        matches!(value.ty, Type::Number(_) | Type::Truth | Type::Level(_));
                    ordered.then_some((id, *along != body.protective))
                });
                directed.collect()
            }
        }
    }

    fn indicators(&self) -> Vec<ValueId> {
        let values = (0_u32..).map(ValueId).zip(&self.checked.values);
        values
            .filter(|(_, value)| matches!(value.body, Body::Indicator(_)))
            .map(|(id, _)| id)
            .collect()
    }

    /// Those that a declaration rests on, itself if it is one.
    fn indicators_below(&self, id: ValueId) -> Vec<ValueId> {
        let below = self.checked.reads.values_below(&[id]).into_iter();
        below.filter(|id| is_indicator(self.checked, *id)).collect()
    }

    fn inputs(&self, plan: &Plan, ids: impl Iterator<Item = ValueId>) -> Vec<usize> {
        let at = |id| {
            let name = &self.checked.value(id)?.name;
            plan.inputs.iter().position(|input| input.name == *name)
        };
        ids.filter_map(at).collect()
    }

    fn claim(
        &self,
        property: &CheckedProperty,
        ready: &Ready,
        subject: &Subject,
        moved: &[(ValueId, bool)],
        reports: &mut Reports,
    ) -> Option<(PlannedClaim, Proof)> {
        let plan = &ready.plan;
        let read = read_by(plan, &subject.value);
        Some(match &property.claim {
            Claim::Monotone { .. } => {
                let moves = moved.iter().flat_map(|(id, along)| {
                    let inputs = self.inputs(plan, std::iter::once(*id));
                    inputs.into_iter().map(|input| Move {
                        input,
                        along: *along,
                        proved: false,
                    })
                });
                let mut moves: Vec<Move> = moves.collect();
                let idle = !moves.iter().any(|one| read.get(one.input) == Some(&true));
                if self.proving {
                    prove(ready, &subject.value, &mut moves);
                }
                let proof = if idle {
                    let names = moved.iter().filter_map(|(id, _)| self.checked.value(*id));
                    let names: Vec<&str> = names.map(|value| value.name.as_str()).collect();
                    Proof::Idle {
                        of: match names.as_slice() {
                            [one] => format!("`{one}`"),
                            _ => "any of them".to_owned(),
                        },
                    }
                } else if moves.iter().all(|one| one.proved) {
                    Proof::Proved
                } else {
                    Proof::Open
                };
                (PlannedClaim::Monotone { moves }, proof)
            }
            Claim::StaysIn {
                low,
                high,
                half_open,
            } => {
                let bounds: Vec<&Typed> = low.iter().chain(high).map(AsRef::as_ref).collect();
                let no_pins = HashMap::new();
                let (_, found, _) = lower::properties::with_inputs(
                    self.checked,
                    self.sources,
                    reports,
                    no_pins,
                    &bounds,
                    None,
                );
                let mut found = found.into_iter();
                // Of a param that changes, what holds in every period.
                let least = low
                    .as_ref()
                    .and_then(|_| found.next())
                    .map(|range| range.high);
                let most = high
                    .as_ref()
                    .and_then(|_| found.next())
                    .map(|range| range.low);
                let range = Interval {
                    low: least.unwrap_or(-f64::MAX),
                    high: most.unwrap_or(f64::MAX),
                };
                let high_excluded = *half_open && high.is_some();
                let own = reach(ready, &subject.value);
                let below = |x: f64| {
                    if high_excluded {
                        is_less(x, range.high)
                    } else {
                        is_at_most(x, range.high)
                    }
                };
                let proof = if is_at_most(range.low, own.low) && below(own.high) {
                    Proof::Proved
                } else if is_less(own.high, range.low) || !below(own.low) {
                    Proof::Refuted {
                        why: format!(
                            "`{}` lies in {}..{}",
                            subject.name,
                            in_words(&subject.value, own.low),
                            in_words(&subject.value, own.high)
                        ),
                    }
                } else {
                    Proof::Open
                };
                (
                    PlannedClaim::StaysIn {
                        range,
                        high_excluded,
                    },
                    proof,
                )
            }
            Claim::NoneDecides { most } => {
                let inputs = self.inputs(plan, self.indicators().into_iter());
                let inputs: Vec<usize> = inputs
                    .into_iter()
                    .filter(|input| read.get(*input) == Some(&true))
                    .collect();
                let own = reach(ready, &subject.value);
                let far = match (&subject.value, most) {
                    (_, Some(most)) => own.high - own.low > f64::from(*most),
                    (Value::Level { names, .. }, None) => {
                        own.low == 0.0 && own.high >= names.len().saturating_sub(1) as f64
                    }
                    _ => true,
                };
                let proof = if far && !inputs.is_empty() {
                    Proof::Open
                } else {
                    Proof::Proved
                };
                let most = *most;
                (PlannedClaim::NoneDecides { inputs, most }, proof)
            }
            Claim::Reaches { place, without } => {
                let ids: Vec<ValueId> = match without {
                    Without::Indicator => self.indicators(),
                    Without::Factor => {
                        let values = (0_u32..).map(ValueId).zip(&self.checked.values);
                        // Factors beside the subject say nothing of it.
                        let rests_on = self.checked.reads.values_below(&[property.subject]);
                        let factors = values.filter(|(id, value)| {
                            matches!(value.body, Body::Factor(_)) && rests_on.contains(id)
                        });
                        factors.map(|(id, _)| id).collect()
                    }
                };
                let spared = ids.into_iter().filter_map(|id| {
                    let inputs = match without {
                        Without::Indicator => self.inputs(plan, std::iter::once(id)),
                        Without::Factor => self.inputs(plan, self.indicators_below(id).into_iter()),
                    };
                    let matters = inputs.iter().any(|input| read.get(*input) == Some(&true));
                    matters.then_some(Spared {
                        name: self.checked.value(id)?.name.clone(),
                        inputs,
                    })
                });
                let spared: Vec<Spared> = spared.collect();
                let own = reach(ready, &subject.value);
                let proof = if own.high < f64::from(*place) {
                    Proof::Refuted {
                        why: format!(
                            "`{}` is never above {}",
                            subject.name,
                            in_words(&subject.value, own.high)
                        ),
                    }
                } else {
                    Proof::Open
                };
                let (place, without) = (*place, spared);
                let mut protective = vec![false; plan.inputs.len()];
                for value in &self.checked.values {
                    let at = plan.inputs.iter().position(|one| one.name == value.name);
                    if let (Body::Indicator(body), Some(at)) = (&value.body, at)
                        && let Some(slot) = protective.get_mut(at)
                    {
                        *slot = body.protective;
                    }
                }
                let claim = PlannedClaim::Reaches {
                    place,
                    without,
                    protective,
                };
                (claim, proof)
            }
        })
    }
}
