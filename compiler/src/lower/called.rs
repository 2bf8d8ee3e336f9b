//! Calls that are being expanded, and how far expanding may go.

use std::collections::BTreeMap;

use super::recorded::Brought;
use super::value::Lowered;
use crate::plan::outline::ItemOf;
use crate::plan::{NodeId, OutlineId};
use crate::typed::FunctionId;
use crate::units::Unit;

/// The most operations that a ruleset may unfold into.
pub(super) const OPERATIONS: usize = 2_000_000;

/// Left on the stack where more is taken, and how much is taken then.
pub(super) const RED_ZONE: usize = 128 * 1024;
pub(super) const STACK: usize = 2 * 1024 * 1024;

/// A call: the function, its arguments, where they are there, and the guard around it.
pub(super) type Call = (
    FunctionId,
    Vec<Lowered>,
    Vec<Option<NodeId>>,
    Option<NodeId>,
);

/// What a call became, and how that is told for each set of names that its arguments brought along.
#[derive(Clone)]
pub(super) struct Called {
    pub lowered: Lowered,
    /// Something in it is only worked out where it is asked for.
    pub kept_back: bool,
    pub told: Vec<(Brought, OutlineId)>,
}

/// A function that is being expanded.
#[derive(Clone, Default)]
pub(super) struct Frame {
    pub args: Vec<Lowered>,
    /// For each of them where there is such a value; nothing where there always is.
    pub masks: Vec<Option<NodeId>>,
    /// What the items of arguments that are lists go back to.
    pub items: Vec<Vec<ItemOf>>,
    /// What the function's units stand for in this call.
    pub units: BTreeMap<String, Unit>,
}
