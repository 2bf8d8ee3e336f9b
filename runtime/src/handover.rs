//! What a run hands over to the next.
//!
//! In: a Plan, a panel and the columns that its alerts and results rest on, worked out. Out: for each entity
//! where its alerts stand after its last period, and what operations along time will read of its last
//! periods; and back: a [`History`] for a panel that begins later. Values are the run's own, so that
//! later rows come out as if all data had been there. An operation is known by what it works out, not
//! by its place, so that rules may change elsewhere; what is no longer asked for is left aside, and an
//! alert whose conditions changed is blind as at the beginning of any data.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::bind::{Observed, written};
use crate::history::{Handed, History, Tail};
use crate::panel::Panel;
use crate::run::OutputColumn;
use forewarn_plan::alerts::ways::{Resumed, Way};
use forewarn_plan::alerts::{AlertRule, step};
use forewarn_plan::look_back::{look_back, periods};
use forewarn_plan::{
    AlertInfo, Along, InputKind, NodeId, Op, Output, OutputKind, Plan, along::WHOLE,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was handed over by a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct States {
    /// The alerts there were.
    pub alerts: Vec<AlertKey>,
    /// What operations along time work out, each as a number made of all that it rests on.
    pub operations: Vec<u64>,
    pub entities: BTreeMap<String, EntityState>,
}

/// An alert by its name and rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertKey {
    pub name: String,
    pub rule: AlertRule,
    /// What its conditions work out.
    pub conditions: u64,
}

impl AlertKey {
    fn of(alert: &AlertInfo, marks: &[u64]) -> Self {
        Self {
            name: alert.name.clone(),
            rule: alert.rule,
            conditions: marks.get(alert.conditions.index()).copied().unwrap_or(0),
        }
    }
}

/// What is known of one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityState {
    /// Its last period.
    pub last: i64,
    /// The first period of which conditions know; [`i64::MIN`] where nothing was before the data.
    pub first: i64,
    /// By alert: every way in which it may stand.
    pub alerts: Vec<Vec<Way>>,
    /// By operation: what it reads of the last periods, the newest last.
    pub read: Vec<Vec<f64>>,
    /// The last observations of indicators whose values stand for a while.
    pub observed: Vec<Observed>,
}

/// What could not be taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotTaken {
    /// Alerts that the earlier run did not have, or had with other rules.
    pub alerts: Vec<String>,
    /// Other results that look back on something that was not handed over.
    pub results: Vec<String>,
    /// Entities whose rows do not follow the earlier run's: with its last period and the first of
    /// theirs.
    pub apart: Vec<(String, i64, i64)>,
    /// Entities whose rows do not go beyond the earlier run's: with its last period and the last of
    /// theirs.
    pub over: Vec<(String, i64, i64)>,
    /// Entities of which the earlier run says nothing.
    pub new: Vec<String>,
    /// How many entities were taken over.
    pub taken: usize,
}

/// What an operation along time reads of one of its operands.
#[derive(Clone, Copy, Debug)]
struct Reading {
    id: NodeId,
    /// The operand's place.
    side: u8,
    of: NodeId,
    /// `None` where everything so far can be read again.
    along: Option<Along>,
}

/// The operations along time that a Plan's alerts and results rest on, with what they read.
fn operations(plan: &Plan) -> Vec<Reading> {
    let mut found: BTreeMap<(NodeId, u8), Reading> = BTreeMap::new();
    let conditions = plan.alerts.iter().map(|alert| alert.conditions);
    let roots: BTreeSet<NodeId> = conditions
        .chain(plan.outputs.iter().map(|output| output.node))
        .collect();
    for root in roots {
        for id in look_back(&plan.nodes, &plan.recalls, root).along {
            let Some(op) = plan.node(id).map(|node| node.op) else {
                continue;
            };
            let along = if let Op::Along(along, _) = op {
                Some(along)
            } else {
                None
            };
            if let Op::Recall(recall, _) = op {
                if let Some(recall) = plan.recalls.get(recall as usize) {
                    let reading = Reading {
                        id,
                        side: 0,
                        of: recall.of,
                        along: None,
                    };
                    found.insert((id, 0), reading);
                }
                continue;
            }
            for (side, of) in (0..).zip(op.operands()) {
                let reading = Reading {
                    id,
                    side,
                    of,
                    along,
                };
                found.insert((id, side), reading);
            }
        }
    }
    found.into_values().collect()
}

/// The Plan with further outputs: what [`gather`] reads, alerts' conditions first.
#[must_use]
pub fn with_outputs(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let conditions = plan.alerts.iter().map(|alert| alert.conditions);
    let nodes: Vec<NodeId> = conditions
        .chain(operations(&plan).into_iter().map(|reading| reading.of))
        .collect();
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

/// What is handed over, from the columns of the outputs that [`with_outputs`] added, in their order;
/// of entities without rows what was handed over to this run.
#[must_use]
pub fn gather(
    plan: &Plan,
    panel: &Panel,
    columns: &[OutputColumn],
    given: Option<&States>,
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
    };
    if let Some(given) =
        given.filter(|given| given.alerts == states.alerts && given.operations == states.operations)
    {
        states.entities.clone_from(&given.entities);
    }
    let (conditions, read) = columns.split_at(plan.alerts.len().min(columns.len()));
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
        let mut known = EntityState {
            last,
            first,
            ..EntityState::default()
        };
        for (index, (alert, column)) in (0_u32..).zip(plan.alerts.iter().zip(conditions)) {
            let mut state = panel.history.state(&alert.rule, index, entity, first);
            let packed = column.values.get(range.clone()).unwrap_or_default();
            for (period, packed) in own.iter().zip(packed) {
                step(&alert.rule, &alert.reach, &mut state, *packed, *period);
            }
            known.first = state.first();
            known.alerts.push(state.ways().to_vec());
        }
        for (reading, column) in operations.iter().zip(read) {
            let cells = column.values.get(range.clone()).unwrap_or_default();
            let tail = panel.history.tail_of(reading.id, reading.side, entity);
            let all = tail.map_or_else(|| cells.to_vec(), |tail| tail.joined(first, cells).0);
            known.read.push(last_of(reading.along, &all).to_vec());
        }
        if let Some(name) = panel.entities.get(entity as usize) {
            known.observed = observed(plan, panel, name, range);
            // What is out of date stays on record.
            let before = given.and_then(|given| given.entities.get(name));
            for one in before.into_iter().flat_map(|before| &before.observed) {
                if known.observed.iter().all(|own| own.input != one.input) {
                    known.observed.push(one.clone());
                }
            }
            states.entities.insert(name.clone(), known);
        }
    }
    states
}

/// What an entity's rows know last of each indicator whose values stand for a while.
fn observed(plan: &Plan, panel: &Panel, name: &str, rows: Range<usize>) -> Vec<Observed> {
    let standing = plan.inputs.iter().enumerate();
    let standing = standing.filter(|(_, info)| info.carry_forward.is_some());
    let last = standing.filter_map(|(input, info)| {
        let column = panel.columns.get(input)?;
        let row = rows.clone().rev().find(|row| {
            let x = column.get(*row);
            // What a cell holds where there is no such value is no observation.
            x.is_some_and(|x| !x.is_nan()) && panel.applies(input, *row)
        })?;
        let carried = panel.carried.get(input).map_or(&[][..], Vec::as_slice);
        let at = carried.binary_search_by_key(&row, |cell| cell.row).ok();
        let age = at.and_then(|at| carried.get(at)).map_or(0, |cell| cell.age);
        let by = plan.inputs.iter().position(
            |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
        );
        let verified = by.and_then(|by| panel.columns.get(by)?.get(row).map(|x| *x == 1.0));
        Some(Observed {
            entity: name.to_owned(),
            input: info.name.clone(),
            period: panel.periods.get(row)? - i64::from(age),
            value: written(info, *column.get(row)?)?,
            verified,
        })
    });
    last.collect()
}

/// What of an operation's cells later periods can still read.
fn last_of(along: Option<Along>, cells: &[f64]) -> &[f64] {
    let Some(along) = along else { return cells };
    let keep = match along {
        Along::Since => {
            let last = cells.iter().rposition(|cell| *cell == 1.0);
            last.map_or(0, |at| cells.len() - at)
        }
        Along::Window { over: WHOLE, .. }
        | Along::Every { over: WHOLE, .. }
        | Along::Any { over: WHOLE, .. } => cells.len(),
        Along::Lag(_) | Along::Window { .. } | Along::Every { .. } | Along::Any { .. } => {
            periods(along) as usize
        }
    };
    cells
        .get(cells.len().saturating_sub(keep)..)
        .unwrap_or_default()
}

/// A history for a panel from what an earlier run handed over.
#[must_use]
pub fn attach(states: &States, plan: &Plan, panel: &Panel) -> (History, NotTaken) {
    let operations = operations(plan);
    let marks = marks(plan);
    let place = |id: NodeId, side: u8| {
        let mark = mark(&marks, id, side)?;
        states.operations.iter().position(|known| *known == mark)
    };
    let mut told = NotTaken::default();
    // By alert of the Plan: its place among the states, and whether all that it looks back on is there.
    let mut alerts: Vec<(u32, usize, bool)> = Vec::new();
    for (index, alert) in (0_u32..).zip(&plan.alerts) {
        let own = AlertKey::of(alert, &marks);
        let mut known = states.alerts.iter();
        let at = known.position(|one| one.name == own.name && one.rule == own.rule);
        let is_same = states.alerts.contains(&own);
        let look = look_back(&plan.nodes, &plan.recalls, alert.conditions);
        let whole = look.along.iter().all(|id| place(*id, 0).is_some());
        if at.is_none() || !whole || !is_same {
            told.alerts.push(alert.name.clone());
        }
        alerts.extend(at.map(|at| (index, at, whole)));
    }
    told.results = not_handed(plan, |id| place(id, 0).is_some());
    let mut handed = BTreeMap::new();
    let mut start = 0;
    for rows in panel.entity_of.chunk_by(|one, other| one == other) {
        let end = start + rows.len();
        let own = panel.periods.get(start..end).unwrap_or_default();
        start = end;
        let (Some(entity), Some(first), Some(last)) = (rows.first(), own.first(), own.last())
        else {
            continue;
        };
        let Some(name) = panel.entities.get(*entity as usize) else {
            continue;
        };
        let Some(known) = states.entities.get(name) else {
            told.new.push(crate::panel::shown(name).into_owned());
            continue;
        };
        if known.last + 1 < *first || known.last >= *last {
            let shown = crate::panel::shown(name).into_owned();
            if known.last >= *last {
                told.over.push((shown, known.last, *last));
            } else {
                told.apart.push((shown, known.last, *first));
            }
            continue;
        }
        told.taken += 1;
        let resume = known.last + 1;
        let before = operations.iter().filter_map(|reading| {
            let cells = known.read.get(place(reading.id, reading.side)?)?.clone();
            // What reads an alert rests on all that was before.
            let look = look_back(&plan.nodes, &plan.recalls, reading.of);
            let reach = if look.alerts.is_empty() {
                i64::from(look.reach)
            } else {
                i64::MAX
            };
            let tail = Tail {
                first: resume - i64::try_from(cells.len()).unwrap_or(0),
                cells,
                until: resume.min(first.saturating_add(reach)),
            };
            Some(((reading.id, reading.side), tail))
        });
        let resumed = alerts.iter().filter_map(|(index, at, whole)| {
            let resumed = Resumed {
                from: known.last + 1,
                ways: known.alerts.get(*at)?.clone(),
                first: whole.then_some(known.first),
            };
            Some((*index, resumed))
        });
        let own = Handed {
            alerts: resumed.collect(),
            read: before.collect(),
        };
        handed.insert(*entity, own);
    }
    (History::Data(handed), told)
}

/// The declarations whose results look back on something that is not there; alerts are told by themselves.
fn not_handed(plan: &Plan, is_there: impl Fn(NodeId) -> bool) -> Vec<String> {
    let alerts: BTreeSet<&str> = plan
        .alerts
        .iter()
        .map(|alert| alert.name.as_str())
        .collect();
    let mut names: Vec<String> = Vec::new();
    for output in &plan.outputs {
        if alerts.contains(output.declaration.as_str()) || names.contains(&output.declaration) {
            continue;
        }
        let look = look_back(&plan.nodes, &plan.recalls, output.node);
        if !look.along.iter().all(|id| is_there(*id)) {
            names.push(output.declaration.clone());
        }
    }
    names
}

/// The mark of what an operation reads of one of its operands.
fn mark(marks: &[u64], id: NodeId, side: u8) -> Option<u64> {
    let own = marks.get(id.index())?;
    // Of the first operand alone it is the operation's own, as in files of earlier versions.
    Some(own.rotate_left(u32::from(side)))
}

/// What each node works out, as a number made of its operation and of those that it reads: the same
/// in every Plan that works out the same.
fn marks(plan: &Plan) -> Vec<u64> {
    let mut marks: Vec<u64> = Vec::with_capacity(plan.nodes.len());
    for node in &plan.nodes {
        let own = match node.op {
            Op::Input(input) => {
                let input = plan.inputs.get(input as usize);
                format!("input {}", input.map_or("", |input| &input.name))
            }
            Op::Alert { alert, part, .. } => {
                let alert = plan.alerts.get(alert as usize);
                format!("alert {} {part:?}", alert.map_or("", |alert| &alert.name))
            }
            Op::Peers { peers, .. } => {
                let peers = plan.peers.get(peers as usize);
                format!("peers {:?}", peers.map(|peers| (&peers.what, &peers.text)))
            }
            Op::Const(x) => format!("number {x:?}"),
            Op::Unary(op, _) => format!("{op:?}"),
            Op::Binary(op, ..) => format!("{op:?}"),
            Op::Compare(op, ..) => format!("{op:?}"),
            Op::Along(along, _) => format!("{along:?}"),
            Op::Paired(op, ..) => format!("{op:?}"),
            Op::Recall(recall, _) => {
                let recall = plan.recalls.get(recall as usize);
                let told = recall.map(|one| (&one.name, one.ago, one.gap));
                format!("recall {told:?}")
            }
            Op::Truth { yes, no } => format!("truth {yes} {no}"),
            Op::Period => "period".to_owned(),
            Op::Select { .. } => "select".to_owned(),
            Op::IsKnown(_) => "known".to_owned(),
            Op::Not(_) => "not".to_owned(),
            Op::And(..) => "and".to_owned(),
            Op::Or(..) => "or".to_owned(),
            Op::Surely(_) => "surely".to_owned(),
            Op::Possibly(_) => "possibly".to_owned(),
            Op::Verdict { .. } => "verdict".to_owned(),
            Op::Indicate(_) => "indicate".to_owned(),
        };
        let mut mark = Fnv::new();
        mark.take(own.as_bytes());
        // An alert is known by its name: what it asks for is its own.
        let operands = node.op.operands();
        for operand in operands.filter(|_| !matches!(node.op, Op::Alert { .. })) {
            let of = marks.get(operand.index()).copied().unwrap_or(0);
            mark.take(&of.to_le_bytes());
        }
        marks.push(mark.0);
    }
    marks
}

/// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits): the same on every machine and in every version.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
