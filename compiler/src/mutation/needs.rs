//! Which tests rest on a declaration, and how closely.
//!
//! A change can only be noticed by a test that expects something of what the changed declaration goes
//! into; and the nearer it is, the sooner.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::checked::reads::{Dependency, Mention, Read, Reads, Role, What};
use crate::checked::tests::TestRows;
use crate::checked::{Body, CheckedFramework};
use crate::testing::is_indicator;
use crate::typed::{Field, FunctionId, ValueId};

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
        let reads = &framework.reads;
        let ids = || (0u32..).map(ValueId).zip(&framework.values);
        let alerts = ids().filter(|(_, value)| matches!(value.body, Body::Alert(_)));
        let functions = (0u32..).map(FunctionId).take(framework.functions.len());
        let things = |found: &[Read]| -> BTreeSet<Thing> {
            let found = found.iter().flat_map(|read| things_of(reads, read.mention));
            found.collect()
        };
        // A function for certain units is the one that was declared.
        let of_function = |id: FunctionId| {
            let declared = framework.function(id).and_then(|function| function.of);
            let mut found = things(reads.function(id));
            found.extend(declared.map(Thing::Function));
            found
        };
        Self {
            values: ids().map(|(id, _)| things(reads.value(id))).collect(),
            functions: functions.map(of_function).collect(),
            alerts: alerts.map(|(id, _)| Thing::Value(id)).collect(),
            everything: ids().map(|(id, _)| Thing::Value(id)).collect(),
        }
    }

    /// Everything that a test rests on, with the number of steps to it. What the test gives is not
    /// looked into.
    pub fn of_test(&self, framework: &CheckedFramework, rows: &TestRows) -> BTreeMap<Thing, u32> {
        let mut found = BTreeSet::new();
        let mut pinned = BTreeSet::new();
        for part in rows.parts() {
            match part.what {
                What::Expression(expression) => {
                    let mentions = expression.walk(part.role);
                    let mentions = mentions.filter_map(|seen| seen.expression.mention());
                    found.extend(mentions.flat_map(|one| things_of(&framework.reads, one)));
                }
                What::Value(id) if part.role == Role::Given => {
                    pinned.insert(id);
                }
                // Of a declaration that is given, too.
                What::Value(id) => {
                    found.insert(Thing::Part(id));
                }
                What::Function(id) => {
                    found.insert(Thing::Function(id));
                }
                What::EveryAlert => found.extend(&self.alerts),
                What::EveryValue | What::EveryIndicator => found.extend(&self.everything),
            }
        }
        pinned.retain(|id| !is_indicator(framework, *id));
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
        Thing::Part(_) | Thing::Function(_) => None,
    };
    let steps = reached.get(&thing).into_iter().chain(part);
    steps.min().copied()
}

/// What a mention goes to.
fn things_of(reads: &Reads, mention: Mention) -> Vec<Thing> {
    match mention {
        Mention::Value(id) | Mention::Field(id, Field::AtLeast | Field::AtMost) => {
            vec![Thing::Value(id)]
        }
        Mention::Field(id, Field::Coverage | Field::Known | Field::Members | Field::Verified) => {
            vec![Thing::Part(id)]
        }
        Mention::Function(id) => vec![Thing::Function(id)],
        Mention::Factors | Mention::Signals => {
            let all = reads.needs(Dependency::from(mention));
            all.filter_map(Dependency::as_value)
                .map(Thing::Value)
                .collect()
        }
    }
}
