//! From when on alerts can be relied on.
//!
//! In: a Plan, a panel whose data begin in the middle of the world, and the states of its alerts. Out:
//! for each alert and entity the period from which on its state is known and all that its conditions
//! look back on lies in the data, or that there is none; and which values begin anew with the data.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::form::needed;
use crate::history::History;
use crate::panel::Panel;
use crate::run::OutputColumn;
use forewarn_plan::look_back::look_back;
use forewarn_plan::{NodeId, Op, OutputKind, Plan};
use std::collections::BTreeSet;

/// From when on one alert can be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reliance {
    pub alert: String,
    /// How many periods before its own it looks at, by stated numbers of periods.
    pub looks_back: u32,
    /// It rests on everything that ever was.
    pub everything: bool,
    /// Its conditions rest on a value of its own past, which begins anew with the data.
    pub anew: bool,
    /// By entity of the panel that has rows: from which period on; none if that is not so at the end.
    pub from: Vec<(u32, Option<i64>)>,
    /// Entities whose state is known at the end although not all that the conditions look back on lies in the data.
    pub early: Vec<u32>,
}

impl Reliance {
    /// The entities whose state is unknown at the end.
    pub fn unknown(&self) -> impl Iterator<Item = u32> {
        let open = self.from.iter().filter(|(_, from)| from.is_none());
        let unknown = open.filter(|(entity, _)| self.early.binary_search(entity).is_err());
        unknown.map(|(entity, _)| *entity)
    }

    /// The last of the periods from which on entities can be relied on, and the first of these.
    #[must_use]
    pub fn latest(&self) -> Option<(u32, i64)> {
        let known = self.from.iter();
        let known = known.filter_map(|(entity, from)| Some((*entity, (*from)?)));
        known.min_by_key(|(entity, from)| (std::cmp::Reverse(*from), *entity))
    }

    /// Can all entities be relied on from the same period on?
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.from.windows(2).all(|two| match two {
            [(_, one), (_, other)] => one == other,
            _ => true,
        })
    }
}

/// From when on each alert can be relied on; nothing where the data are a world of their own.
#[must_use]
pub fn reliance(plan: &Plan, panel: &Panel, results: &[OutputColumn]) -> Vec<Reliance> {
    let History::Data(handed) = &panel.history else {
        return Vec::new();
    };
    let mut found = Vec::with_capacity(plan.alerts.len());
    for (index, alert) in (0_u32..).zip(&plan.alerts) {
        let output = plan
            .outputs
            .iter()
            .position(|output| output.column == alert.name);
        let states = results.iter().find(|column| Some(column.output) == output);
        let Some(states) = states else { continue };
        let on_own_past = rests_on_own_past(plan, alert.conditions);
        let mut anew = false;
        let mut from: Vec<(u32, Option<i64>)> = Vec::new();
        let mut early: Vec<u32> = Vec::new();
        let mut first = 0;
        let rows = panel.entity_of.iter().zip(&panel.periods);
        for ((entity, period), state) in rows.zip(&states.values) {
            if from.last().is_none_or(|(last, _)| last != entity) {
                from.push((*entity, None));
                first = *period + i64::from(alert.looks_back);
                let handed = handed.get(entity);
                let resumed = handed.and_then(|handed| handed.alerts.get(&index));
                let known = resumed.and_then(|resumed| Some((resumed.from, resumed.first?)));
                if known.is_none() && on_own_past {
                    anew = true;
                    first = i64::MAX;
                }
                if let Some((from, known)) = known {
                    first = known.saturating_add(alert.looks_back.into()).max(from);
                }
            }
            // Its rows stand together.
            if early.last() == Some(entity) {
                early.pop();
            }
            if !state.is_nan() && *period < first {
                early.push(*entity);
            }
            if let Some((_, since)) = from.last_mut() {
                *since = match *since {
                    _ if state.is_nan() => None,
                    None if *period < first => None,
                    None => Some(*period),
                    known => known,
                };
            }
        }
        early.sort_unstable();
        found.push(Reliance {
            alert: alert.name.clone(),
            looks_back: alert.looks_back,
            everything: alert.is_of_everything(),
            anew,
            from,
            early,
        });
    }
    found
}

/// Does a value have one of its own past below it?
fn rests_on_own_past(plan: &Plan, root: NodeId) -> bool {
    let op = |id: NodeId| plan.node(id).map(|node| node.op);
    needed(plan, std::iter::once(root))
        .into_iter()
        .any(|id| matches!(op(id), Some(Op::Recall(..))))
}

/// A published value that is known nowhere, and that looks further back than the data of any entity go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooFar {
    pub declaration: String,
    /// How many periods before its own it looks at.
    pub looks_back: u32,
    /// The most periods that an entity has.
    pub longest: u32,
}

/// The values that are known nowhere since no entity has as many periods as they look back on. What alerts look at is
/// told of them.
#[must_use]
pub fn too_far(plan: &Plan, panel: &Panel, results: &[OutputColumn]) -> Vec<TooFar> {
    // With the periods of earlier runs.
    let mut longest = 0_u32;
    let mut start = 0;
    for rows in panel.entity_of.chunk_by(|a, b| a == b) {
        let own = panel.periods.get(start..start + rows.len());
        start += rows.len();
        let (Some(entity), Some(first)) = (rows.first(), own.and_then(<[i64]>::first)) else {
            continue;
        };
        let before = first - panel.history.began(*entity, *first);
        let all = i64::try_from(rows.len())
            .unwrap_or(i64::MAX)
            .saturating_add(before);
        longest = longest.max(u32::try_from(all).unwrap_or(u32::MAX));
    }
    if longest == 0 || plan.panel.period.is_none() {
        return Vec::new();
    }
    let mut found: Vec<TooFar> = Vec::new();
    for column in results {
        let Some(output) = plan.outputs.get(column.output) else {
            continue;
        };
        let is_value = match output.kind {
            OutputKind::Number
            | OutputKind::Truth
            | OutputKind::Level { .. }
            | OutputKind::Category { .. } => output.column == output.declaration,
            OutputKind::Period(_) => false,
        };
        let is_alert = plan
            .alerts
            .iter()
            .any(|alert| alert.name == output.declaration);
        if !is_value || is_alert || column.values.iter().any(|x| !x.is_nan()) {
            continue;
        }
        let looks_back = look_back(&plan.nodes, &plan.recalls, output.node).reach;
        if looks_back >= longest {
            found.push(TooFar {
                declaration: output.declaration.clone(),
                looks_back,
                longest,
            });
        }
    }
    found
}

/// The declarations with a value from a stated beginning on (`lag` with `first:`), which begin anew with the data where
/// nobody said what was before.
#[must_use]
pub fn begun_anew(plan: &Plan, results: &[OutputColumn]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if plan.recalls.is_empty() {
        return names;
    }
    let outputs = results.iter();
    let outputs = outputs.filter_map(|column| plan.outputs.get(column.output));
    let published = outputs.map(|output| (output.declaration.as_str(), output.node));
    let alerts = plan.alerts.iter();
    let alerts = alerts.map(|alert| (alert.name.as_str(), alert.conditions));
    let mut seen: BTreeSet<(&str, NodeId)> = BTreeSet::new();
    for (declaration, root) in published.chain(alerts) {
        if !seen.insert((declaration, root)) {
            continue;
        }
        for id in needed(plan, std::iter::once(root)) {
            let Some(Op::Recall(recall, _)) = plan.node(id).map(|node| node.op) else {
                continue;
            };
            // A value of its own past by its name, another by what reads it.
            let recall = plan.recalls.get(recall as usize);
            let own = recall.filter(|recall| !recall.name.is_empty());
            names.push(own.map_or(declaration, |recall| &recall.name).to_owned());
        }
    }
    names.sort();
    names.dedup();
    names
}
