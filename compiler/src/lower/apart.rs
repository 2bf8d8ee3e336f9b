//! What is lowered in another way than it stands: not at all, or as an input that another Plan works out.

use crate::plan::{Plan, Sealed};
use crate::typed::ValueId;
use std::collections::{BTreeMap, BTreeSet};

/// What is lowered in another way than it stands.
#[derive(Default)]
pub(super) struct Apart<'a> {
    /// Not at all.
    pub hidden: BTreeSet<ValueId>,
    /// As inputs, with the Plan that works them out.
    pub sealed: BTreeMap<ValueId, &'a Plan>,
    /// Index of the input, and the part it stands for.
    pub parts: Vec<(usize, Sealed)>,
}
