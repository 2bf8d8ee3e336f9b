//! What flows into a value.
//!
//! In: what declarations name ([`Reads`]). Out: for each value what flows into it, function bodies and
//! everything that only decides *whether* or *how much* included: conditions, weights, what a factor
//! requires, groups of peers.

use std::collections::{BTreeMap, BTreeSet};

use crate::arena::Arena;
use crate::checked::reads::{Dependency, Mention, Read, Reads};
use crate::checked::{Body, CheckedFramework};
use crate::typed::{Field, ValueId};

/// One thing that flows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Flow {
    pub of: Of,
    pub how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Of {
    Value(ValueId),
    /// All factors of the framework.
    Factors,
    /// All signals of the framework.
    Signals,
}

/// In which way something flows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum How {
    /// As it is published.
    Published,
    /// As what it is made of, whatever was declassified: a factor's members one by one.
    Inside,
    /// As verified evidence alone makes it: all below it that could be verified is worked out anew, and
    /// what was declassified of it is another value.
    Verified,
}

impl Flow {
    /// The same as verified evidence alone makes it.
    pub fn verified(self) -> Self {
        let how = How::Verified;
        Self { how, ..self }
    }
}

/// What flows into each value, each thing once.
pub(super) struct Flows<'c> {
    reads: &'c Reads,
    values: Arena<ValueId, Vec<Flow>>,
    /// What rests on evidence that could be verified.
    verifiable: BTreeSet<Dependency>,
}

impl<'c> Flows<'c> {
    pub fn of(framework: &'c CheckedFramework) -> Self {
        let reads = &framework.reads;
        let mut functions: BTreeMap<Dependency, BTreeSet<Flow>> = BTreeMap::new();
        for one in reads.order() {
            if let Dependency::Function(id) = one {
                let flows = flowing(reads.function(*id), &functions);
                functions.insert(*one, flows);
            }
        }
        let values = framework.values.map(|(id, _)| {
            let flows = flowing(reads.value(id), &functions);
            flows.into_iter().collect()
        });
        Self {
            reads,
            values,
            verifiable: framework.verifiable(),
        }
    }

    pub fn to(&self, id: ValueId) -> &[Flow] {
        self.values.of(id)
    }

    /// The values that a flow comes from.
    pub fn from<'f>(&'f self, flow: &'f Flow) -> &'f [ValueId] {
        match &flow.of {
            Of::Value(id) => std::slice::from_ref(id),
            Of::Factors => self.reads.factors(),
            Of::Signals => self.reads.signals(),
        }
    }

    /// How a flow passes through one of the values that it comes from: what rests on nothing that could
    /// be verified is as it is published.
    pub fn through(&self, flow: Flow, id: ValueId) -> How {
        let is_verifiable = self.verifiable.contains(&Dependency::Value(id));
        match flow.how {
            How::Verified if !is_verifiable => How::Published,
            How::Published | How::Inside | How::Verified => flow.how,
        }
    }
}

impl CheckedFramework {
    /// Everything that rests on an indicator whose observations could be verified.
    pub(crate) fn verifiable(&self) -> BTreeSet<Dependency> {
        self.reads
            .resting_on(|id| match self.value(id).map(|value| &value.body) {
                Some(Body::Indicator(body)) => body.verification.is_some(),
                _ => false,
            })
    }
}

/// What flows in by what is named, functions seen through; what stands in `verified(…)` is verified all
/// the way.
fn flowing(reads: &[Read], functions: &BTreeMap<Dependency, BTreeSet<Flow>>) -> BTreeSet<Flow> {
    let mut flows = BTreeSet::new();
    for read in reads {
        let mut add = |of: Of, how: How| {
            let how = if read.verified { How::Verified } else { how };
            flows.insert(Flow { of, how });
        };
        match read.mention {
            // A factor's members are its parts, whatever is said of the factor itself.
            Mention::Field(id, Field::Members) => add(Of::Value(id), How::Inside),
            Mention::Value(id)
            | Mention::Field(
                id,
                Field::Coverage | Field::Known | Field::AtLeast | Field::AtMost | Field::Verified,
            ) => add(Of::Value(id), How::Published),
            Mention::Factors => add(Of::Factors, How::Published),
            Mention::Signals => add(Of::Signals, How::Published),
            Mention::Function(id) => {
                let inner = functions.get(&Dependency::Function(id));
                for flow in inner.into_iter().flatten() {
                    add(flow.of, flow.how);
                }
            }
        }
    }
    flows
}

/// The names of what flows into some values, in the order of the source.
pub(crate) fn names_of(
    framework: &CheckedFramework,
    wanted: impl Iterator<Item = ValueId>,
) -> BTreeMap<String, Vec<String>> {
    let flows = Flows::of(framework);
    let name = |id: ValueId| framework.value(id).map(|value| value.name.clone());
    let named = |id: ValueId| {
        let from = flows.to(id).iter().flat_map(|flow| flows.from(flow));
        let ids: BTreeSet<ValueId> = from.copied().collect();
        Some((name(id)?, ids.into_iter().filter_map(name).collect()))
    };
    wanted.filter_map(named).collect()
}
