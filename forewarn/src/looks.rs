//! What results rest on beside their own row: for whoever splits data before applying rules to them.

use forewarn_plan::Plan;

/// What results rest on beside their own row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Other periods of the same entity: rows of one entity belong together.
    pub along_time: bool,
    /// Other entities of the same period: rows of one period belong together.
    pub across_peers: bool,
    /// Peers of other periods, too: nothing can be split between periods.
    pub baseline: bool,
}

impl Looks {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            along_time: plan.looks_along_time(),
            // A whole spell is of one entity.
            across_peers: plan.peers.iter().any(|one| !one.what.is_of_spells()),
            baseline: plan.peers.iter().any(|one| one.baseline.is_some()),
        }
    }
}
