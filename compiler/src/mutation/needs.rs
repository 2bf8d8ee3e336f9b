//! Which tests rest on a declaration, and how closely.
//!
//! A change can only be noticed by a test that expects something of what the changed declaration goes
//! into; and the nearer it is, the sooner.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::checked::tests::{Expected, TestRows};
use crate::checked::{Arms, Body, CheckedFramework, Combine, Requirement};
use crate::testing::is_indicator;
use crate::typed::{Field, FunctionId, Typed, TypedKind, ValueId};

/// Something that is declared and goes into other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Value(ValueId),
    /// A part of a value, which a test that gives the value does not put in place: a factor's coverage.
    Part(ValueId),
    Function(FunctionId),
}

/// What everything is made of.
pub(super) struct Needs {
    values: Vec<BTreeSet<Thing>>,
    functions: Vec<BTreeSet<Thing>>,
    alerts: BTreeSet<Thing>,
    everything: BTreeSet<Thing>,
}

impl Needs {
    pub fn of(framework: &CheckedFramework) -> Self {
        let values = framework.values.iter();
        let functions = framework.functions.iter();
        let ids = || (0u32..).map(ValueId).zip(&framework.values);
        let alerts = ids().filter(|(_, value)| matches!(value.body, Body::Alert(_)));
        Self {
            values: values
                .map(|value| made_of(framework, &value.body))
                .collect(),
            functions: functions
                .map(|function| {
                    let mut found = BTreeSet::new();
                    names(framework, &function.body, &mut found);
                    found
                })
                .collect(),
            alerts: alerts.map(|(id, _)| Thing::Value(id)).collect(),
            everything: ids().map(|(id, _)| Thing::Value(id)).collect(),
        }
    }

    /// Everything that a test rests on, with the number of steps to it. What the test gives is not
    /// looked into.
    pub fn of_test(&self, framework: &CheckedFramework, rows: &TestRows) -> BTreeMap<Thing, u32> {
        let mut found = BTreeSet::new();
        for given in &rows.given {
            for (cell, _) in &given.cells {
                names(framework, cell, &mut found);
            }
        }
        let pinned: BTreeSet<ValueId> = rows
            .given
            .iter()
            .map(|given| given.value)
            .filter(|id| !is_indicator(framework, *id))
            .collect();
        for expect in &rows.expects {
            match &expect.what {
                Expected::Holds(truth) => names(framework, truth, &mut found),
                Expected::Equals { of, values, .. } => {
                    names(framework, of, &mut found);
                    for (value, _) in values {
                        names(framework, value, &mut found);
                    }
                }
                Expected::NoEvents(None) => found.extend(&self.alerts),
                Expected::NoFaults(None) => found.extend(&self.everything),
                // Of a declaration that is given, too.
                Expected::Happens { alert: id, .. }
                | Expected::NoEvents(Some(id))
                | Expected::Faults(id)
                | Expected::NoFaults(Some(id)) => {
                    found.insert(Thing::Part(*id));
                }
                #[allow(unreachable_patterns, reason = "what is not known rests on everything")]
                _ => found.extend(&self.everything),
            }
        }
        self.reached(found, &pinned)
    }

    /// Everything that the values with these names are made of.
    pub fn of_names(
        &self,
        framework: &CheckedFramework,
        wanted: &BTreeSet<String>,
    ) -> BTreeMap<Thing, u32> {
        let ids = (0u32..).map(ValueId).zip(&framework.values);
        let own = ids.filter(|(_, value)| wanted.contains(&value.name));
        let own = own.map(|(id, _)| Thing::Value(id)).collect();
        self.reached(own, &BTreeSet::new())
    }

    fn reached(&self, first: BTreeSet<Thing>, pinned: &BTreeSet<ValueId>) -> BTreeMap<Thing, u32> {
        let mut steps: BTreeMap<Thing, u32> = BTreeMap::new();
        let mut open: VecDeque<(Thing, u32)> = first.into_iter().map(|thing| (thing, 0)).collect();
        while let Some((thing, away)) = open.pop_front() {
            if steps.contains_key(&thing) {
                continue;
            }
            steps.insert(thing, away);
            let parts = match thing {
                Thing::Value(id) if pinned.contains(&id) => None,
                Thing::Value(id) | Thing::Part(id) => self.values.get(id.0 as usize),
                Thing::Function(id) => self.functions.get(id.0 as usize),
            };
            open.extend(parts.into_iter().flatten().map(|part| (*part, away + 1)));
        }
        steps
    }
}

/// The steps to a declaration, or to a part of it.
pub(super) fn steps_to(reached: &BTreeMap<Thing, u32>, thing: Thing) -> Option<u32> {
    let part = match thing {
        Thing::Value(id) => reached.get(&Thing::Part(id)),
        _ => None,
    };
    let steps = reached.get(&thing).into_iter().chain(part);
    steps.min().copied()
}

fn made_of(framework: &CheckedFramework, body: &Body) -> BTreeSet<Thing> {
    let mut found = BTreeSet::new();
    let mut all = |typed: &Typed| names(framework, typed, &mut found);
    match body {
        Body::Indicator(indicator) => indicator.missing_means.iter().for_each(all),
        Body::Param(param) => param.values.iter().for_each(|dated| all(&dated.value)),
        Body::Expression { value, .. } => all(value),
        Body::Factor(factor) => {
            for member in &factor.members {
                member.weight.iter().for_each(&mut all);
            }
            match &factor.require {
                Requirement::All => {}
                Requirement::Coverage(least) | Requirement::Known(least) => all(least),
            }
            found.extend(
                factor
                    .members
                    .iter()
                    .map(|member| Thing::Value(member.value)),
            );
            if let Combine::Function(id) = factor.combine {
                found.insert(Thing::Function(id));
            }
        }
        Body::Level(level) => match &level.arms {
            Arms::Clauses { clauses, .. } => clauses.iter().for_each(|one| all(&one.condition)),
            Arms::Bands { of, bands } => {
                all(of);
                for band in bands {
                    band.low.iter().chain(&band.high).for_each(&mut all);
                }
            }
        },
        Body::Table(table) => table.parts().for_each(all),
        Body::Alert(alert) => {
            all(&alert.raise.condition);
            let more = alert.escalations.iter().chain(&alert.clear);
            more.for_each(|clause| all(&clause.condition));
            alert.bypass.iter().for_each(|(bypass, _)| all(bypass));
        }
        Body::Broken => {}
    }
    found
}

/// Whatever an expression names.
fn names(framework: &CheckedFramework, typed: &Typed, found: &mut BTreeSet<Thing>) {
    match &typed.kind {
        TypedKind::Value(id) => {
            found.insert(Thing::Value(*id));
        }
        TypedKind::Field(id, Field::AtLeast | Field::AtMost) => {
            found.insert(Thing::Value(*id));
        }
        TypedKind::Field(id, _) => {
            found.insert(Thing::Part(*id));
        }
        TypedKind::Call(id, _) => {
            found.insert(Thing::Function(*id));
        }
        TypedKind::AllFactors | TypedKind::AllSignals => {
            let ids = (0u32..).map(ValueId).zip(&framework.values);
            found.extend(ids.filter_map(|(id, value)| {
                matches!(value.body, Body::Factor(_) | Body::Expression { .. })
                    .then_some(Thing::Value(id))
            }));
        }
        _ => {}
    }
    for part in typed.parts() {
        names(framework, part, found);
    }
}
