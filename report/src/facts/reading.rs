//! What can be read from a Plan, its panel and what was told without evaluating anything.

use std::collections::HashSet;

use forewarn_charts::Between;
use forewarn_plan::{NodeId, Plan};
use forewarn_runtime::explain::Shown;
use forewarn_runtime::panel::{Panel, aged};

/// The nodes below some, themselves among them.
pub(super) fn below(plan: &Plan, from: impl Iterator<Item = NodeId>) -> HashSet<NodeId> {
    let mut open: Vec<NodeId> = from.collect();
    let mut seen = HashSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id)
            && let Some(node) = plan.node(id)
        {
            open.extend(node.op.operands());
        }
    }
    seen
}

/// The nodes of a declared value that are its own: constants are everybody's.
pub(super) fn nodes(plan: &Plan, name: &str) -> Vec<NodeId> {
    let mut all = plan.declarations.iter();
    let own = all.find(|one| one.name == name);
    let mut nodes = own.map_or(Vec::new(), |one| one.value.nodes());
    nodes.retain(|id| {
        plan.node(*id)
            .is_some_and(|node| node.op.operands().next().is_some())
    });
    nodes
}

/// The last value of an input that was observed, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastKnown {
    pub row: usize,
    pub period: Option<i64>,
}

/// Where an input was last observed in an entity's rows, carried values left out.
#[must_use]
pub fn last_known(
    plan: &Plan,
    panel: &Panel,
    input: &str,
    first: usize,
    row: usize,
) -> Option<LastKnown> {
    let at = plan.inputs.iter().position(|one| one.name == input)?;
    let column = panel.columns.get(at)?;
    let is_known = |row: &usize| {
        column.get(*row).is_some_and(|value| !value.is_nan())
            && aged(panel.carried.get(at), *row).is_none()
    };
    let row = (first..=row).rev().find(is_known)?;
    Some(LastKnown {
        row,
        period: panel.periods.get(row).copied(),
    })
}

/// How many indicators are known in a row, and how many there are.
#[must_use]
pub fn share_known(plan: &Plan, panel: &Panel, row: usize) -> (usize, usize) {
    // Declassified values are no observations.
    let observed = plan.inputs.len() - plan.confidentiality.sealed.len();
    let inputs = plan.inputs.iter().zip(&panel.columns).take(observed);
    let inputs = inputs.enumerate();
    let inputs =
        inputs.filter(|(at, (input, _))| input.kind.is_indicator() && panel.applies(*at, row));
    let (mut known, mut all) = (0, 0);
    for (_, (_, column)) in inputs {
        all += 1;
        known += usize::from(column.get(row).is_some_and(|value| !value.is_nan()));
    }
    (known, all)
}

/// Where a level stands, of what is told.
pub(crate) fn between(shown: &Shown) -> Option<Between> {
    match shown {
        Shown::Level {
            at_least, at_most, ..
        } => Some(Between {
            least: *at_least,
            most: *at_most,
        }),
        Shown::Number { .. }
        | Shown::Truth(_)
        | Shown::Count { .. }
        | Shown::Between { .. }
        | Shown::Category(_)
        | Shown::Withheld(_) => None,
    }
}
