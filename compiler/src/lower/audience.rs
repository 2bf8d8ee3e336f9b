//! The Plan that an audience may see.
//!
//! In: a checked framework with the standing of each value, and an audience. Out: a Plan without
//! anything that is more closed, and where a value is declassified for this audience a second Plan
//! that works it out. In the first the declassified value is an input: two numbers for a level, the
//! conditions for an alert, coverage and known members for a factor. No evaluator, explanation or
//! writer needs to know what to leave out, since it is not there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Lowerer;
use super::apart::Apart;
use super::value::{Bounds, Lowered};
use crate::checked::{Body, CheckedFramework, CheckedValue};
use crate::confidential::{self, Classification, Exposure};
use crate::diagnostics::Reports;
use crate::interval::Interval;
use crate::plan::{
    AlertInfo, AlertPart, Compare, Declaration, DeclarationKind, FactorParts, InputInfo, InputKind,
    Lane, NodeId, OnViolation, Op, Output, OutputKind, Plan, Sealed, Value, Withheld,
};
use crate::source::SourceMap;
use crate::typed::ValueId;

/// A Plan for an audience.
pub(crate) struct Visible {
    pub plan: Plan,
    /// Works out the sealed inputs of `plan`: the last outputs, in their order.
    pub sealing: Option<Plan>,
}

/// How open each declaration is, by name.
pub(super) fn declared_standings(framework: &CheckedFramework) -> BTreeMap<String, Exposure> {
    let values = (0..).map(ValueId).zip(&framework.values);
    values
        .map(|(id, value)| (value.name.clone(), framework.standing(id).clone()))
        .collect()
}

/// The Plan of what an audience may see; `None` where that is everything.
pub(crate) fn for_audience(
    framework: &CheckedFramework,
    sources: &SourceMap,
    whole: &Plan,
    audience: Classification,
    reports: &mut Reports,
) -> Option<Visible> {
    let ids = || (0..).map(ValueId).zip(&framework.values);
    let hidden: BTreeSet<ValueId> = ids()
        .filter(|(id, _)| framework.standing(*id).classification > audience)
        .map(|(id, _)| id)
        .collect();
    let is_indicator = |value: &CheckedValue| matches!(value.body, Body::Indicator(_));
    let sealed: Vec<ValueId> = ids()
        .filter(|(id, value)| {
            framework.standing(*id).is_sealed_for(audience) && !is_indicator(value)
        })
        .map(|(id, _)| id)
        .collect();
    let closed = framework.held.columns.iter();
    let closed = closed.filter(|(_, column)| column.classification > audience);
    let closed: Vec<String> = closed.map(|(column, _)| column.clone()).collect();
    if hidden.is_empty() && sealed.is_empty() && closed.is_empty() {
        return None;
    }
    // What is found has been told of the whole ruleset.
    let mut scratch = Reports::default();
    let sealing = (!sealed.is_empty()).then(|| {
        let needed = framework.reads.values_below(&sealed);
        let hidden = ids().filter(|(id, _)| !needed.contains(id));
        let apart = Apart {
            hidden: hidden.map(|(id, _)| id).collect(),
            ..Apart::default()
        };
        lower_apart(framework, sources, apart, &mut scratch).0
    });
    let apart_ids: Vec<ValueId> = hidden.iter().chain(&sealed).copied().collect();
    let apart = Apart {
        hidden,
        sealed: sealing
            .iter()
            .flat_map(|plan| sealed.iter().map(move |id| (*id, plan)))
            .collect(),
        parts: Vec::new(),
    };
    let (mut plan, parts) = lower_apart(framework, sources, apart, &mut scratch);
    scratch.retain(|cause| cause.severity() == crate::diagnostics::Severity::Error);
    reports.append(scratch);
    inputs_last(&mut plan, &parts);
    let sealed: BTreeSet<&str> = parts
        .iter()
        .map(|(_, one)| one.declaration.as_str())
        .collect();
    for declaration in &mut plan.declarations {
        if sealed.contains(declaration.name.as_str()) {
            declaration.factor = None;
            declaration.clauses = Vec::new();
        }
    }
    // What a declassified value looks back on is closed with it; how far it does is the method's.
    for alert in &mut plan.alerts {
        let known = whole.alerts.iter().find(|known| known.name == alert.name);
        if let Some(known) = known {
            alert.reach.clone_from(&known.reach);
        }
    }
    let told = &mut plan.confidentiality;
    told.audience = audience;
    told.withheld = withheld(framework, whole, audience);
    told.closed = closed;
    told.sealed = parts.into_iter().map(|(_, one)| one).collect();
    told.rests_on = confidential::names_of(framework, apart_ids.into_iter());
    let sealing = sealing.map(|mut sealing| {
        let parts = plan.confidentiality.sealed.iter();
        let outputs: Vec<Output> = parts.clone().map(|part| output(part, &sealing)).collect();
        sealing.outputs.extend(outputs);
        without_idle_verification(&mut sealing, parts.map(|part| part.node));
        sealing.confidentiality.beside_time = plan.looks_along_time();
        sealing
    });
    Some(Visible { plan, sealing })
}

fn lower_apart(
    framework: &CheckedFramework,
    sources: &SourceMap,
    apart: Apart<'_>,
    reports: &mut Reports,
) -> (Plan, Vec<(usize, Sealed)>) {
    let mut lowerer = Lowerer::of(framework, sources, reports, HashMap::new());
    lowerer.apart = apart;
    lowerer.values();
    let parts = std::mem::take(&mut lowerer.apart.parts);
    (lowerer.finish(), parts)
}

/// Sealed inputs behind those that are observed.
fn inputs_last(plan: &mut Plan, parts: &[(usize, Sealed)]) {
    let sealed: BTreeSet<usize> = parts.iter().map(|(input, _)| *input).collect();
    let is_sealed = |at: usize| sealed.contains(&at);
    let all = 0..plan.inputs.len();
    let (sealed, observed): (Vec<usize>, Vec<usize>) = all.partition(|at| is_sealed(*at));
    let order: Vec<usize> = observed.into_iter().chain(sealed).collect();
    reorder(plan, &order);
}

/// Leaves out what says which observations were verified where nothing that is worked out asks for it: it is withheld,
/// and so is not read.
fn without_idle_verification(plan: &mut Plan, worked_out: impl Iterator<Item = NodeId>) {
    let mut asked: BTreeSet<u32> = BTreeSet::new();
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    let mut open: Vec<NodeId> = worked_out.collect();
    while let Some(id) = open.pop() {
        let Some(node) = plan.nodes.get(id.index()).filter(|_| seen.insert(id)) else {
            continue;
        };
        open.extend(node.op.operands());
        if let Op::Input(input) = node.op {
            asked.insert(input);
        } else if let Op::Recall(recall, _) = node.op {
            let recall = plan.recalls.get(recall as usize);
            open.extend(recall.map(|recall| recall.of));
        }
    }
    let all = (0_u32..).zip(&plan.inputs);
    let kept = all.filter(|(at, input)| {
        !matches!(input.kind, InputKind::Verification { .. }) || asked.contains(at)
    });
    let order: Vec<usize> = kept.map(|(at, _)| at as usize).collect();
    if order.len() < plan.inputs.len() {
        reorder(plan, &order);
    }
}

/// The inputs of a Plan in another order, or some of them.
fn reorder(plan: &mut Plan, order: &[usize]) {
    let mut places = vec![0_u32; plan.inputs.len()];
    for (place, input) in (0..).zip(order) {
        if let Some(slot) = places.get_mut(*input) {
            *slot = place;
        }
    }
    let inputs = order.iter().filter_map(|input| plan.inputs.get(*input));
    plan.inputs = inputs.cloned().collect();
    for at in &mut plan.percentages {
        *at = places.get(*at).map_or(*at, |place| *place as usize);
    }
    plan.percentages.sort_unstable();
    for input in &mut plan.inputs {
        if let InputKind::Verification { of } | InputKind::Applies { of } | InputKind::Age { of } =
            &mut input.kind
            && let Some(place) = places.get(*of as usize)
        {
            *of = *place;
        }
    }
    for node in &mut plan.nodes {
        if let Op::Input(input) = &mut node.op
            && let Some(place) = places.get(*input as usize)
        {
            *input = *place;
        }
    }
}

/// The declarations that are left out, with their columns, in the order of the source.
fn withheld(framework: &CheckedFramework, whole: &Plan, audience: Classification) -> Vec<Withheld> {
    let declared = whole.declarations.iter();
    let kinds: BTreeMap<&str, DeclarationKind> =
        declared.map(|one| (one.name.as_str(), one.kind)).collect();
    let mut reads: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for input in &whole.inputs {
        let own = match input.kind {
            InputKind::Verification { of } => whole.inputs.get(of as usize),
            InputKind::Applies { .. } | InputKind::Age { .. } => None,
            InputKind::Number
            | InputKind::Truth
            | InputKind::Key { .. }
            | InputKind::Level { .. }
            | InputKind::Category { .. } => Some(input),
        };
        let column = input.column.as_ref().unwrap_or(&input.name);
        if let Some(own) = own {
            reads.entry(&own.name).or_default().push(column.clone());
        }
    }
    let mut columns: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for output in &whole.outputs {
        let own = columns.entry(&output.declaration).or_default();
        own.push(output.column.clone());
    }
    let values = (0..).map(ValueId).zip(&framework.values);
    let hidden = values.filter_map(|(id, value)| {
        let classification = framework.standing(id).classification;
        let name = value.name.as_str();
        (classification > audience).then(|| Withheld {
            name: value.name.clone(),
            label: value.label.clone(),
            // Lists have no declaration of their own in a Plan, and nothing that is written.
            kind: kinds.get(name).copied().unwrap_or(DeclarationKind::Let),
            classification,
            columns: columns.remove(name).unwrap_or_default(),
            reads: reads.remove(name).unwrap_or_default(),
        })
    });
    hidden.collect()
}

fn output(sealed: &Sealed, by: &Plan) -> Output {
    let lane = by.node(sealed.node).map(|node| node.op.lane());
    Output {
        column: sealed.column.clone(),
        declaration: sealed.declaration.clone(),
        label: String::new(),
        unit: String::new(),
        kind: match lane {
            Some(Lane::Truth) => OutputKind::Truth,
            _ => OutputKind::Number,
        },
        node: sealed.node,
    }
}

impl Lowerer<'_> {
    /// A declassified value as inputs.
    pub(super) fn sealed(
        &mut self,
        id: ValueId,
        value: &CheckedValue,
        by: &Plan,
    ) -> Option<Lowered> {
        let declared = by.declarations.iter().find(|one| one.name == value.name)?;
        if let Some(alert) = by.alerts.iter().find(|one| one.name == value.name) {
            return Some(self.sealed_alert(value, alert, by));
        }
        let lowered = match &declared.value {
            Value::Number { node, unit } => {
                let kind = InputKind::Number;
                Lowered::Number(self.part(value, "", kind, unit, *node, by))
            }
            Value::Truth { node } => {
                let known = self.part(value, "", InputKind::Truth, "", *node, by);
                let one = self.builder.number(1.0);
                Lowered::Truth(self.builder.compare(Compare::Equal, known, one))
            }
            Value::Category { names, node } => {
                let kind = InputKind::Category {
                    names: names.clone(),
                };
                Lowered::Category(self.part(value, "", kind, "", *node, by))
            }
            Value::Level {
                scale,
                names,
                at_least,
                at_most,
                ..
            } => {
                let kind = || InputKind::Level {
                    scale: scale.clone(),
                    names: names.clone(),
                };
                let least = self.part(value, ".at_least", kind(), "", *at_least, by);
                let most = self.part(value, ".at_most", kind(), "", *at_most, by);
                Lowered::Level(Bounds::between(&mut self.builder, least, most))
            }
            Value::Count {
                at_least, at_most, ..
            } => {
                let least = self.part(value, ".at_least", InputKind::Number, "", *at_least, by);
                let most = self.part(value, ".at_most", InputKind::Number, "", *at_most, by);
                Lowered::Count(Bounds::between(&mut self.builder, least, most))
            }
            Value::Between {
                exact,
                at_least,
                at_most,
                unit,
            } => {
                let number = InputKind::Number;
                let exact = self.part(value, "", number.clone(), unit, *exact, by);
                let least = self.part(value, ".at_least", number.clone(), unit, *at_least, by);
                let most = self.part(value, ".at_most", number, unit, *at_most, by);
                Lowered::Between(Bounds {
                    exact,
                    at_least: least,
                    at_most: most,
                })
            }
        };
        if let Some((node, _)) = declared.applies {
            let there = self.part(value, ".applies", InputKind::Truth, "", node, by);
            let one = self.builder.number(1.0);
            let there = self.builder.compare(Compare::Equal, there, one);
            let there = self.builder.possibly(there);
            self.applies_where(id, Some(there));
        }
        if let Some(factor) = &declared.factor {
            let parts = self.sealed_factor(value, declared, factor, by);
            self.factors.insert(id, parts);
        }
        Some(lowered)
    }

    /// How much evidence a factor rests on is declassified with it; its members are not.
    fn sealed_factor(
        &mut self,
        value: &CheckedValue,
        declared: &Declaration,
        factor: &FactorParts,
        by: &Plan,
    ) -> FactorParts {
        debug_assert_eq!(declared.name, value.name);
        let mut part =
            |suffix: &str, node| self.part(value, suffix, InputKind::Number, "", node, by);
        FactorParts {
            coverage: part(".coverage", factor.coverage),
            known: part(".known", factor.known),
            combine: factor.combine.clone(),
            words: factor.words.clone(),
            power: factor.power,
            enough: None,
            outline: None,
            members: Vec::new(),
            evidence: factor.evidence,
            bounds: factor.bounds.map(|(least, most)| {
                (
                    part(".bounds.at_least", least),
                    part(".bounds.at_most", most),
                )
            }),
            before_decisive: None,
            least_coverage: factor.least_coverage,
            least_known: factor.least_known,
        }
    }

    /// The answers of an alert's conditions are declassified with it: its state follows from them.
    fn sealed_alert(&mut self, value: &CheckedValue, alert: &AlertInfo, by: &Plan) -> Lowered {
        let kind = InputKind::Number;
        let conditions = self.part(value, "", kind, "", alert.conditions, by);
        let index = crate::arena::next(self.alerts.len());
        let mut parts = alert.parts.clone();
        // What its conditions are made of is not declassified with it.
        for part in &mut parts {
            part.outline = None;
        }
        self.alerts.push(AlertInfo {
            conditions,
            parts,
            ..alert.clone()
        });
        self.alert_value(index)
    }

    /// An input for a node of the Plan that works it out; it lies where that node does.
    fn part(
        &mut self,
        value: &CheckedValue,
        suffix: &str,
        kind: InputKind,
        unit: &str,
        node: NodeId,
        by: &Plan,
    ) -> NodeId {
        let is_truth = kind == InputKind::Truth;
        let range = match by.node(node) {
            Some(node) if !is_truth => node.range,
            _ => Interval::UNIT,
        };
        let column = format!("{}{suffix}", value.name);
        let index = self.inputs.len();
        self.apart.parts.push((
            index,
            Sealed {
                declaration: value.name.clone(),
                node,
                column: column.clone(),
            },
        ));
        self.inputs.push(InputInfo {
            name: column,
            label: value.label.clone(),
            column: None,
            kind,
            unit: unit.to_owned(),
            low: range.low,
            high: range.high,
            high_excluded: false,
            on_violation: OnViolation::Missing,
            optional: true,
            missing_means: None,
            carry_forward: None,
            expires: None,
            inapplicable: Vec::new(),
            changeable: None,
            span: value.span,
        });
        let input = crate::arena::next(index);
        self.builder.input(input, range)
    }

    /// The state of the alert with that index, as a level.
    pub(super) fn alert_state(&mut self, index: u32) -> Lowered {
        let highest = self.builder.number(2.0);
        let [at_least, at_most] = [AlertPart::Least, AlertPart::Most].map(|part| {
            let tier = self.read(index, part);
            // Escalated is one state, whichever of its tiers it may be.
            self.builder.binary(crate::plan::Binary::Min, tier, highest)
        });
        Lowered::Level(Bounds::between(&mut self.builder, at_least, at_most))
    }
}
