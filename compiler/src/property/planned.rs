//! A property over its Plan: the nodes of its subject, the inputs that move, and what is proved.

use std::collections::HashMap;
use std::sync::Arc;

use super::narrow::narrowed;
use super::signs::{Sign, signs};
use crate::checked::properties::{CheckedProperty, Claim, With, Without};
use crate::checked::{Body, CheckedFramework};
use crate::diagnostics::Reports;
use crate::interval::Interval;
use crate::lint::reads::Reads;
use crate::lower;
use crate::numbers::show;
use crate::plan::{Node, NodeId, Plan, Value};
use crate::source::{SourceMap, Span};
use crate::testing::{is_indicator, range_of};
use crate::typed::{Typed, ValueId};
use crate::types::Type;

/// A property ready to be judged.
#[derive(Clone, Debug)]
pub struct PlannedProperty {
    pub label: String,
    /// The label.
    pub span: Span,
    pub claim_span: Span,
    /// The claim as written, on one line.
    pub text: String,
    pub cites: Vec<String>,
    /// Where the claim moves declarations by themselves, they are inputs of it.
    pub plan: Arc<Plan>,
    pub subject: Subject,
    pub claim: PlannedClaim,
    pub proof: Proof,
}

/// What a property speaks of.
#[derive(Clone, Debug)]
pub struct Subject {
    pub name: String,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum PlannedClaim {
    Monotone {
        moves: Vec<Move>,
    },
    /// A level's places, or numbers.
    StaysIn {
        range: Interval,
        high_excluded: bool,
    },
    /// No input alone takes the subject from the lowest place to the highest, or further than so many
    /// places.
    NoneDecides {
        inputs: Vec<usize>,
        most: Option<u32>,
    },
    /// The subject is at least at that place in some row without each of these.
    Reaches {
        place: u32,
        without: Vec<Spared>,
        /// By input: higher is safer.
        protective: Vec<bool>,
    },
}

/// An input that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Index of [`Plan::inputs`].
    pub input: usize,
    /// The subject must not fall as it rises; else not rise.
    pub along: bool,
    /// It is proved.
    pub proved: bool,
}

/// What the subject is to do without.
#[derive(Clone, Debug)]
pub struct Spared {
    pub name: String,
    /// The inputs that it is made of.
    pub inputs: Vec<usize>,
}

/// What could be said without data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    Proved,
    Open,
    Refuted {
        why: String,
    },
    /// The subject does not depend on what is said to move it.
    Idle {
        of: String,
    },
}

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
        reads: Reads::of(checked),
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
    reads: Reads,
    /// By what is an input of its own: the Plan, its nodes with ranges that end, and where the Plan's
    /// nodes are among them.
    plans: HashMap<Vec<ValueId>, Arc<Ready>>,
}

struct Ready {
    plan: Arc<Plan>,
    nodes: Vec<Node>,
    places: Vec<NodeId>,
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
        let ready = self.ready(&pins, reports);
        let name = self.checked.value(property.subject)?.name.clone();
        let mut declarations = ready.plan.declarations.iter();
        let declared = declarations.find(|one| one.name == name)?;
        let subject = Subject {
            name,
            value: declared.value.clone(),
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
            let range = |id: &ValueId| (*id, range_of(self.checked, self.plan, *id));
            let pins = pins.iter().map(range).collect();
            lower::properties::with_inputs(self.checked, self.sources, reports, pins, &[]).0
        };
        let (nodes, places) = narrowed(&plan);
        let ready = Arc::new(Ready {
            plan: Arc::new(plan),
            nodes,
            places,
        });
        self.plans.insert(pins.to_vec(), Arc::clone(&ready));
        ready
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
                    Some(of) => self.reads.indicators(*of).collect(),
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
                let (_, found) = lower::properties::with_inputs(
                    self.checked,
                    self.sources,
                    reports,
                    no_pins,
                    &bounds,
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
                let own = self.reach(ready, &subject.value);
                let below = |x: f64| {
                    if high_excluded {
                        x < range.high
                    } else {
                        x <= range.high
                    }
                };
                let proof = if range.low <= own.low && below(own.high) {
                    Proof::Proved
                } else if own.high < range.low || !below(own.low) {
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
                let own = self.reach(ready, &subject.value);
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
                        let factors =
                            values.filter(|(_, value)| matches!(value.body, Body::Factor(_)));
                        factors.map(|(id, _)| id).collect()
                    }
                };
                let spared = ids.into_iter().filter_map(|id| {
                    let inputs = match without {
                        Without::Indicator => self.inputs(plan, std::iter::once(id)),
                        Without::Factor => self.inputs(plan, self.reads.indicators(id)),
                    };
                    let matters = inputs.iter().any(|input| read.get(*input) == Some(&true));
                    matters.then_some(Spared {
                        name: self.checked.value(id)?.name.clone(),
                        inputs,
                    })
                });
                let spared: Vec<Spared> = spared.collect();
                let own = self.reach(ready, &subject.value);
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

    /// Where the subject can lie, by ranges alone.
    fn reach(&self, ready: &Ready, value: &Value) -> Interval {
        let nodes = match value {
            Value::Level {
                at_least, at_most, ..
            }
            | Value::Count {
                at_least, at_most, ..
            } => vec![*at_least, *at_most],
            Value::Number { node, .. } => vec![*node],
            Value::Truth { .. } | Value::Category { .. } => return Interval::UNIT,
        };
        let ranges = nodes.into_iter().filter_map(|node| {
            let place = ready.places.get(node.index())?;
            Some(ready.nodes.get(place.index())?.range)
        });
        ranges.reduce(Interval::hull).unwrap_or(Interval::ALL)
    }
}

/// Which inputs a value depends on.
fn read_by(plan: &Plan, value: &Value) -> Vec<bool> {
    let mut read = vec![false; plan.inputs.len()];
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = value.nodes();
    while let Some(id) = open.pop() {
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let Some(node) = plan.node(id) else { continue };
        if let crate::plan::Op::Input(input) = node.op
            && let Some(read) = read.get_mut(input as usize)
        {
            *read = true;
        }
        open.extend(node.op.operands());
    }
    read
}

/// Marks the moves that can be proved: all at once if that can be done, else each by itself.
fn prove(ready: &Ready, value: &Value, moves: &mut [Move]) {
    let sign = |along: bool| if along { Sign::Up } else { Sign::Down };
    let all = {
        let mut by_input = vec![Sign::Same; ready.plan.inputs.len()];
        for one in moves.iter() {
            if let Some(slot) = by_input.get_mut(one.input) {
                *slot = slot.join(sign(one.along));
            }
        }
        rises(ready, value, &|input| {
            by_input.get(input as usize).copied().unwrap_or(Sign::Any)
        })
    };
    for one in moves {
        one.proved = all
            || rises(ready, value, &|input| {
                if input as usize == one.input {
                    sign(one.along)
                } else {
                    Sign::Same
                }
            });
    }
}

/// Does a value never fall if inputs move like this?
fn rises(ready: &Ready, value: &Value, moves: &dyn Fn(u32) -> Sign) -> bool {
    let facts = signs(&ready.nodes, moves);
    let fact = |node: NodeId| {
        let place = ready.places.get(node.index())?;
        facts.get(place.index())
    };
    let number = |node: NodeId| fact(node).is_some_and(|fact| fact.value().never_falls());
    match value {
        Value::Number { node, .. } => number(*node),
        Value::Truth { node } => fact(*node).is_some_and(|fact| fact.truth_sign().never_falls()),
        Value::Level {
            at_least, at_most, ..
        }
        | Value::Count {
            at_least, at_most, ..
        } => number(*at_least) && number(*at_most),
        Value::Category { .. } => false,
    }
}

fn in_words(value: &Value, x: f64) -> String {
    match value {
        Value::Level { names, .. } => names.get(x as usize).cloned().unwrap_or_default(),
        Value::Number { unit, .. } if !unit.is_empty() => format!("{} {unit}", show(x)),
        _ => show(x),
    }
}
