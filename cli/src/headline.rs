//! Which results come first: what nothing else rests on is what the ruleset is for, and what it
//! rests on follows, step by step. In: a Plan. Out: its outputs in that order.

use forewarn_plan::{DeclarationKind, NodeId, Plan};
use std::collections::{HashMap, VecDeque};

/// Indices of [`Plan::outputs`], the conclusions first. Columns that belong to another (`.coverage`,
/// `.at_least`) are not among them.
#[must_use]
pub fn outputs(plan: &Plan) -> Vec<usize> {
    let depths = depths(plan);
    let mut order: Vec<(usize, bool, usize)> = plan
        .outputs
        .iter()
        .enumerate()
        .filter(|(_, output)| output.column == output.declaration)
        .map(|(index, output)| {
            let (depth, level) = depths
                .get(output.declaration.as_str())
                .copied()
                .unwrap_or((usize::MAX, false));
            (depth, !level, index)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(.., index)| index).collect()
}

/// For each published declaration, how many steps it stands below a conclusion, and whether it is
/// a level.
fn depths(plan: &Plan) -> HashMap<&str, (usize, bool)> {
    let published: Vec<_> = plan
        .declarations
        .iter()
        .filter(|declaration| {
            plan.outputs
                .iter()
                .any(|out| out.declaration == declaration.name)
        })
        .collect();
    // Equal expressions share a node: it belongs to the first declaration that has it.
    let mut owners: HashMap<NodeId, usize> = HashMap::new();
    for (index, declaration) in published.iter().enumerate() {
        for node in declaration.value.nodes() {
            owners.entry(node).or_insert(index);
        }
    }
    let below: Vec<Vec<usize>> = published
        .iter()
        .enumerate()
        .map(|(index, declaration)| {
            let mut parts = rests_on(plan, &owners, index, declaration.value.nodes());
            // What is said about a level, and an alert on it, does not make it a step on the way.
            let comments = matches!(
                declaration.kind,
                DeclarationKind::Score
                    | DeclarationKind::Signal
                    | DeclarationKind::Alert
                    | DeclarationKind::Notice
            );
            if comments {
                let is_level = |part: &usize| {
                    let part = published.get(*part);
                    part.is_some_and(|part| part.kind == DeclarationKind::Level)
                };
                parts.retain(|part| !is_level(part));
            }
            parts
        })
        .collect();
    let mut depths = vec![usize::MAX; published.len()];
    let mut next: VecDeque<usize> = (0..published.len())
        .filter(|index| !below.iter().any(|parts| parts.contains(index)))
        .collect();
    for index in &next {
        if let Some(depth) = depths.get_mut(*index) {
            *depth = 0;
        }
    }
    while let Some(index) = next.pop_front() {
        let depth = depths.get(index).map_or(0, |depth| depth + 1);
        for part in below.get(index).into_iter().flatten() {
            if let Some(known) = depths.get_mut(*part).filter(|known| **known == usize::MAX) {
                *known = depth;
                next.push_back(*part);
            }
        }
    }
    published
        .iter()
        .zip(depths)
        .map(|(declaration, depth)| {
            (
                declaration.name.as_str(),
                (
                    depth,
                    matches!(
                        declaration.kind,
                        DeclarationKind::Level | DeclarationKind::Table
                    ),
                ),
            )
        })
        .collect()
}

/// The declarations that one is made of, no further than the nearest.
fn rests_on(
    plan: &Plan,
    owners: &HashMap<NodeId, usize>,
    own: usize,
    start: Vec<NodeId>,
) -> Vec<usize> {
    let mut found = Vec::new();
    let mut seen = vec![false; plan.nodes.len()];
    let mut open = start;
    while let Some(id) = open.pop() {
        match seen.get_mut(id.index()) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        match owners.get(&id) {
            Some(owner) if *owner != own => {
                if !found.contains(owner) {
                    found.push(*owner);
                }
            }
            _ => open.extend(
                plan.node(id)
                    .into_iter()
                    .flat_map(|node| node.op.operands()),
            ),
        }
    }
    found
}
