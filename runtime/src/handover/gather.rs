//! What a run hands over.
//!
//! In: a Plan, its panel and the columns that operations read. Out: by entity where its alerts stand behind its last
//! row and what later periods can still read. Entities without rows are handed on as they were given.

use super::marks::{mark, marks};
use super::observed::observed;
use super::readings::{Keep, Reading, last_of, operations};
use super::{AlertKey, EntityState, States, is_among};
use crate::history::History;
use crate::panel::Panel;
use crate::run::OutputColumn;
use forewarn_plan::alerts::ways::Way;
use forewarn_plan::alerts::{AlertState, step};
use forewarn_plan::{InputKind, NodeId, Op, Output, OutputKind, Plan};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The nodes whose columns are read: alerts' conditions, and what operations look back at.
fn nodes_read(plan: &Plan, operations: &[Reading]) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    let conditions = plan.alerts.iter().map(|alert| alert.conditions);
    for id in conditions.chain(operations.iter().map(|reading| reading.of)) {
        if observed_number(plan, id).is_none() && !nodes.contains(&id) {
            nodes.push(id);
        }
    }
    nodes
}

/// The place of the indicator that a node is, a number as it was observed: the panel has its column.
fn observed_number(plan: &Plan, id: NodeId) -> Option<usize> {
    let Op::Input(input) = plan.node(id)?.op else {
        return None;
    };
    let info = plan.inputs.get(input as usize)?;
    (info.kind == InputKind::Number).then_some(input as usize)
}

/// The Plan with further outputs: what [`gather`] reads and the panel does not have.
#[must_use]
pub fn with_outputs(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let nodes = nodes_read(&plan, &operations(&plan));
    plan.outputs.extend(nodes.into_iter().map(|node| Output {
        column: String::new(),
        declaration: String::new(),
        label: String::new(),
        unit: String::new(),
        kind: OutputKind::Number,
        node,
    }));
    plan
}

/// What is handed over, from the columns of the outputs that [`with_outputs`] added, in their order, and the panel;
/// of entities without rows what was handed over to this run.
/// `left_out`: whose rows were not read.
#[must_use]
pub fn gather(
    plan: &Plan,
    panel: &Panel,
    columns: &[OutputColumn],
    given: Option<&States>,
    left_out: &[String],
) -> States {
    let operations = operations(plan);
    let marks = marks(plan);
    let mut states = States {
        alerts: plan
            .alerts
            .iter()
            .map(|alert| AlertKey::of(alert, &marks))
            .collect(),
        operations: operations
            .iter()
            .filter_map(|reading| mark(&marks, reading.id, reading.side))
            .collect(),
        entities: BTreeMap::new(),
        from_nothing: match given {
            Some(given) => given.from_nothing,
            None => panel.history == History::World,
        },
        left_out: given.map_or_else(BTreeSet::new, |given| given.left_out.clone()),
    };
    if let Some(given) = given {
        states.entities = handed_on(plan, given, &states);
    }
    // Whoever had rows that were not read is not where the earlier run left it.
    let left_out: BTreeSet<String> = left_out.iter().cloned().collect();
    states.entities.retain(|name, _| !is_among(name, &left_out));
    states.left_out.extend(left_out);
    let nodes = nodes_read(plan, &operations);
    let column = |id: NodeId| -> Option<&[f64]> {
        if let Some(input) = observed_number(plan, id) {
            return panel.columns.get(input).map(Vec::as_slice);
        }
        let at = nodes.iter().position(|node| *node == id)?;
        columns.get(at).map(|column| column.values.as_slice())
    };
    let read: Vec<Option<&[f64]>> = operations
        .iter()
        .map(|reading| column(reading.of))
        .collect();
    let conditions = plan.alerts.iter().map(|alert| column(alert.conditions));
    let conditions: Vec<&[f64]> = conditions.map(Option::unwrap_or_default).collect();
    let mut start = 0;
    for rows in panel.entity_of.chunk_by(|one, other| one == other) {
        let range = start..start + rows.len();
        start = range.end;
        let Some(entity) = rows.first().copied() else {
            continue;
        };
        let own = panel.periods.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first().copied(), own.last().copied()) else {
            continue;
        };
        let name = panel.entities.get(entity as usize);
        let before = name.and_then(|name| given?.entities.get(name));
        let mut known = EntityState {
            last,
            began: before.map_or(first, |before| before.began.min(first)),
            ..EntityState::default()
        };
        for (index, (alert, column)) in (0_u32..).zip(plan.alerts.iter().zip(&conditions)) {
            let mut state = panel.history.state(&alert.rule, index, entity, first);
            let packed = column.get(range.clone()).unwrap_or_default();
            for (period, packed) in own.iter().zip(packed) {
                step(&alert.rule, &alert.reach, &mut state, *packed, *period);
            }
            known.firsts.push(state.first());
            known.alerts.push(state.ways().to_vec());
        }
        let cells = |at: usize| -> Cow<'_, [f64]> {
            let (Some(reading), Some(Some(column))) = (operations.get(at), read.get(at)) else {
                return Cow::Borrowed(&[]);
            };
            let cells = column.get(range.clone()).unwrap_or_default();
            let tail = panel.history.tail_of(reading.id, reading.side, entity);
            tail.map_or(Cow::Borrowed(cells), |tail| {
                Cow::Owned(tail.joined(first, cells).0)
            })
        };
        for (at, reading) in operations.iter().enumerate() {
            let all = cells(at);
            let mut beside = operations.iter();
            let begins = match reading.keep {
                Keep::Spell => beside.position(|other| other.id == reading.id && other.side == 1),
                Keep::All | Keep::Past { .. } | Keep::Along(_) => None,
            };
            let begins = begins.map(cells);
            known
                .read
                .push(last_of(reading.keep, &all, begins.as_deref()).to_vec());
        }
        if let Some(name) = name {
            known.observed = observed(plan, panel, name, range);
            // What is out of date stays on record.
            for one in before.into_iter().flat_map(|before| &before.observed) {
                if known.observed.iter().all(|own| own.input != one.input) {
                    known.observed.push(one.clone());
                }
            }
            // Where its data end no later than what was given, that knows more.
            if before.is_none_or(|before| before.last < last) {
                states.entities.insert(name.clone(), known);
            }
        }
    }
    states
}

/// What was given, as this Plan has it: where rules have changed since, what it does not have is left aside, and what
/// it did not have is as at the beginning of any data.
fn handed_on(plan: &Plan, given: &States, own: &States) -> BTreeMap<String, EntityState> {
    let same = own.alerts == given.alerts && own.operations == given.operations;
    if same {
        return given.entities.clone();
    }
    let alerts: Vec<Option<(usize, Vec<Option<u32>>)>> = plan
        .alerts
        .iter()
        .zip(&own.alerts)
        .map(|(alert, key)| {
            let at = given.alerts.iter().position(|known| known.is_of(alert))?;
            let known = given.alerts.get(at)?;
            Some((at, known.places(alert, known.conditions == key.conditions)))
        })
        .collect();
    let places = given.places();
    let read: Vec<Option<usize>> = own
        .operations
        .iter()
        .map(|mark| places.get(mark).copied())
        .collect();
    let one = |known: &EntityState| {
        let mut state = EntityState {
            last: known.last,
            began: known.began,
            observed: known.observed.clone(),
            ..EntityState::default()
        };
        for (alert, at) in plan.alerts.iter().zip(&alerts) {
            let handed = at.as_ref().and_then(|(at, places)| {
                let first = known.firsts.get(*at).copied()?;
                Some((first, renamed(known.alerts.get(*at)?, places)))
            });
            let (first, ways) = handed.unwrap_or_else(|| {
                let unseen = AlertState::unseen(&alert.rule, known.last.saturating_add(1));
                (unseen.first(), unseen.ways().to_vec())
            });
            state.firsts.push(first);
            state.alerts.push(ways);
        }
        let cells = |at: &Option<usize>| at.and_then(|at| known.read.get(at).cloned());
        state.read = read
            .iter()
            .map(|at| cells(at).unwrap_or_default())
            .collect();
        state
    };
    let entities = given.entities.iter();
    entities
        .map(|(name, known)| (name.clone(), one(known)))
        .collect()
}

/// Ways with the places that their clauses have in other rules; none where it is not there.
pub(super) fn renamed(ways: &[Way], places: &[Option<u32>]) -> Vec<Way> {
    let mut ways = ways.to_vec();
    for way in &mut ways {
        way.clause = way
            .clause
            .and_then(|clause| places.get(clause as usize).copied().flatten());
    }
    ways
}
