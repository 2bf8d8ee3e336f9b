//! What has been lowered over verified evidence: the state of [`super::verified`], below the lowerer that
//! carries it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::called::{Call, Called};
use super::value::{Applies, Lowered};
use crate::checked::reads::Dependency;
use crate::checked::{Body, CheckedFramework};
use crate::interval::Interval;
use crate::plan::outline::Reading;
use crate::plan::{BandParts, ClausePart, FactorParts, NodeId, OutlineId, TableParts};
use crate::typed::ValueId;

/// What has been lowered in the one way or the other.
#[derive(Default)]
pub(super) struct Memory {
    pub values: HashMap<ValueId, Lowered>,
    pub factors: HashMap<ValueId, FactorParts>,
    pub clauses: HashMap<ValueId, Vec<ClausePart>>,
    pub bands: HashMap<ValueId, BandParts>,
    pub told: HashMap<ValueId, OutlineId>,
    pub tables: HashMap<ValueId, TableParts>,
    pub calls: HashMap<Call, Called>,
    pub applies: HashMap<ValueId, Applies>,
}

/// The state of lowering over verified evidence.
#[derive(Default)]
pub(super) struct Verified {
    /// It is going on, in this way.
    pub on: Option<Reading>,
    /// While it is going on: what was lowered as it stands.
    pub plain: Memory,
    /// What was lowered in the ways that are not going on.
    pub sides: BTreeMap<Reading, Memory>,
    /// What rests on something that could be verified.
    pub touched: BTreeSet<Dependency>,
    /// What rests on a factor of bounds.
    pub bounded: BTreeSet<Dependency>,
    pub observed: HashMap<ValueId, Observed>,
}

/// An indicator of which data can call the value verified, or what its condition rests on.
pub(super) struct Observed {
    /// Does its cell say that there is such a value, by verified evidence? Nothing where no word says otherwise.
    pub applies: Option<NodeId>,
    /// Where its cells lie.
    pub range: Interval,
    /// Was the observation?
    pub verified: Option<NodeId>,
    /// The cell where only a verified one counts, by how others read.
    pub unknown: NodeId,
    pub least_alarming: NodeId,
}

impl Verified {
    pub fn of(framework: &CheckedFramework) -> Self {
        Self {
            touched: framework.verifiable(),
            bounded: framework.reads.resting_on(|id| {
                match framework.value(id).map(|value| &value.body) {
                    Some(Body::Factor(body)) => body.is_bounds(),
                    _ => false,
                }
            }),
            ..Self::default()
        }
    }

    pub fn touches(&self, id: ValueId) -> bool {
        self.touched.contains(&Dependency::Value(id))
    }

    /// Of an indicator that data can call verified: whether this observation was.
    pub fn observed(&self, id: ValueId) -> Option<NodeId> {
        self.observed.get(&id)?.verified
    }
}
