//! A history for a panel from what an earlier run handed over.
//!
//! In: what was handed over, the Plan and a panel of later periods. Out: its history, and what of it does not fit.

use super::gather::renamed;
use super::marks::{mark, marks};
use super::readings::{Keep, in_hindsight, not_there, operations};
use super::{AlertKey, EntityState, States};
use crate::bind::{Standing, no_sum_of, standing};
use crate::history::{Handed, History, Tail};
use crate::panel::Panel;
use forewarn_plan::alerts::ways::{Resumed, Way};
use forewarn_plan::along::WHOLE;
use forewarn_plan::look_back::{look_back, periods};
use forewarn_plan::{Along, NodeId, Op, OutputKind, Plan};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What could not be taken over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotTaken {
    /// Alerts whose conditions have changed: they go on from where they stood.
    pub changed: Vec<String>,
    /// Alerts that go on from where they stood, and of which not all that their conditions look back on is there.
    pub short: Vec<String>,
    /// Alerts that the earlier run did not have, or had with another cooldown, other tiers, another rule of unknown
    /// conditions.
    pub alerts: Vec<String>,
    /// Alerts that rest on hindsight, where they stood may be another now.
    pub hindsight: Vec<String>,
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
    /// Entities whose rows the earlier run, or one before it, left out.
    pub left_out: Vec<String>,
    /// Observations that are something else to these rules.
    pub other: Vec<OtherNow>,
    /// Those that are there for the first time, since nothing was before the first of the earlier runs.
    pub first_time: Vec<String>,
    /// How many entities were taken over.
    pub taken: usize,
    /// Counts of periods that the earlier run knew, and of which the data now say less.
    pub less: Vec<LessNow>,
}

/// What is less now than the earlier run knew.
#[derive(Clone, Debug, PartialEq)]
pub struct LessNow {
    /// The indicator.
    pub name: String,
    pub entity: String,
    pub period: i64,
    pub was: f64,
    pub now: f64,
    /// The first period that the earlier run does not know.
    pub resume: i64,
}

/// The last observation of an indicator that the earlier run knew, as these rules take it.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherNow {
    /// The indicator.
    pub name: String,
    pub entity: String,
    pub period: i64,
    pub value: String,
    pub now: Standing,
}

/// An alert of the Plan that goes on.
struct GoingOn {
    alert: u32,
    /// Its place among the states.
    at: usize,
    /// All that it looks back on is there.
    whole: bool,
    places: Vec<Option<u32>>,
}

/// The Plan with the words of clauses of earlier rules, where alerts of these rules go on from what such a clause did.
#[must_use]
pub fn with_words<'p>(plan: &'p Plan, states: &States) -> Cow<'p, Plan> {
    let mut plan = Cow::Borrowed(plan);
    for index in 0..plan.alerts.len() {
        let Some(alert) = plan.alerts.get(index) else {
            continue;
        };
        let Some(at) = states.alerts.iter().position(|known| known.is_of(alert)) else {
            continue;
        };
        let Some(known) = states.alerts.get(at) else {
            continue;
        };
        let mut further: Vec<String> = Vec::new();
        let ways = states.entities.values();
        for way in ways.filter_map(|state| state.alerts.get(at)).flatten() {
            let words = way
                .clause
                .and_then(|clause| known.clauses.get(clause as usize));
            let new = words.filter(|words| !alert.clauses.contains(words));
            if let Some(words) = new.filter(|words| !further.contains(words)) {
                further.push(words.clone());
            }
        }
        if further.is_empty() {
            continue;
        }
        further.sort();
        let plan = plan.to_mut();
        let Some(alert) = plan.alerts.get_mut(index) else {
            continue;
        };
        alert.clauses.extend(further);
        let (column, all) = (format!("{}.why", alert.name), &alert.clauses);
        for output in &mut plan.outputs {
            if output.declaration != alert.name || output.column != column {
                continue;
            }
            if let OutputKind::Category { names, labels } = &mut output.kind {
                for own in [names, labels] {
                    own.extend(all.iter().skip(own.len()).cloned());
                }
            }
        }
    }
    plan
}

/// A history for a panel from what an earlier run handed over. The panel has a row for every period behind the
/// earlier run's last one of an entity.
#[must_use]
pub fn attach(states: &States, plan: &Plan, panel: &Panel) -> (History, NotTaken) {
    let operations = operations(plan);
    let marks = marks(plan);
    let hindsight = in_hindsight(plan);
    let known = states.places();
    let place = |id: NodeId, side: u8| known.get(&mark(&marks, id, side)?).copied();
    // By operation: its place among the states, and how far what it reads looks back itself.
    let far = reaches(plan);
    let read: Vec<(Option<usize>, i64)> = operations
        .iter()
        .map(|reading| {
            let far = far.get(reading.of.index()).copied().flatten();
            (place(reading.id, reading.side), far.unwrap_or(i64::MAX))
        })
        .collect();
    let is_read: BTreeSet<NodeId> = operations.iter().map(|reading| reading.id).collect();
    let is_there = |id: NodeId| is_read.contains(&id) && place(id, 0).is_some();
    let mut told = NotTaken::default();
    let mut alerts: Vec<GoingOn> = Vec::new();
    for (index, alert) in (0_u32..).zip(&plan.alerts) {
        let own = AlertKey::of(alert, &marks);
        let name = || alert.name.clone();
        if hindsight.get(alert.conditions.index()) == Some(&true) {
            told.hindsight.push(name());
            continue;
        }
        let mut known = states.alerts.iter().enumerate();
        let Some((at, key)) = known.find(|(_, known)| known.is_of(alert)) else {
            told.alerts.push(name());
            continue;
        };
        let look = look_back(&plan.nodes, &plan.recalls, alert.conditions);
        let whole = look.along.iter().all(|id| is_there(*id));
        if key.conditions != own.conditions {
            told.changed.push(name());
        }
        if !whole {
            told.short.push(name());
        }
        alerts.push(GoingOn {
            alert: index,
            at,
            whole,
            places: key.places(alert, key.conditions == own.conditions),
        });
    }
    told.results = not_there(plan, is_there);
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
        let shown = || crate::panel::shown(name).into_owned();
        let Some(known) = states.entities.get(name) else {
            if states.leaves_out(name) {
                told.left_out.push(shown());
            } else if states.from_nothing {
                told.first_time.push(shown());
                handed.insert(*entity, new(plan));
            } else {
                told.new.push(shown());
            }
            continue;
        };
        if known.last >= *last {
            told.over.push((shown(), known.last, *last));
            continue;
        }
        if known.last + 1 < *first && plan.looks_along_time() {
            told.apart.push((shown(), known.last, *first));
            continue;
        }
        told.taken += 1;
        told.other.extend(others(plan, known, *first));
        let resume = known.last + 1;
        for (reading, (at, _)) in operations.iter().zip(&read) {
            let cells = at.and_then(|at| known.read.get(at));
            let from = resume - cells.map_or(0, |cells| i64::try_from(cells.len()).unwrap_or(0));
            let known = (from..).zip(cells.into_iter().flatten().copied());
            for one in less(plan, panel, end - rows.len()..end, reading.of, known) {
                let one = LessNow {
                    entity: shown(),
                    resume,
                    ..one
                };
                if !told.less.contains(&one) {
                    told.less.push(one);
                }
            }
        }
        // Rows that begin no later than anything that is known of it, and that lack nothing, say all by themselves.
        let is_whole = *first <= known.began && says_all(plan, panel, end - rows.len(), resume);
        let before = operations
            .iter()
            .zip(&read)
            .filter_map(|(reading, (at, reach))| {
                let mut cells = known.read.get((*at)?)?.clone();
                let until = if is_whole {
                    *first
                } else {
                    resume.min(first.saturating_add(*reach))
                };
                let from = resume - i64::try_from(cells.len()).unwrap_or(0);
                // Of what lies before, nothing is read again, and the rows' own is not known.
                let (is_cut, begins) = match reading.keep {
                    Keep::Spell | Keep::Along(Along::Since) => (until > *first, *first),
                    Keep::Past { ago, .. } => {
                        let begins = first.saturating_sub(i64::from(ago)).max(known.began);
                        (known.began < *first && *first < resume, begins)
                    }
                    Keep::All | Keep::Along(_) => (false, *first),
                };
                let lacking = usize::try_from(from - begins).unwrap_or(0);
                if is_cut && lacking > 0 {
                    cells.splice(0..0, std::iter::repeat_n(f64::NAN, lacking));
                }
                let unless_known_until = match reading.keep {
                    // What it comes to is passed on by itself.
                    Keep::Past { .. } => until,
                    Keep::All | Keep::Along(_) | Keep::Spell => resume,
                };
                let tail = Tail {
                    first: resume - i64::try_from(cells.len()).unwrap_or(0),
                    cells,
                    until,
                    unless_known_until,
                };
                Some(((reading.id, reading.side), tail))
            });
        let resumed = alerts.iter().filter_map(|one| {
            let resumed = Resumed {
                from: resume,
                ways: renamed(known.alerts.get(one.at)?, &one.places),
                first: known.firsts.get(one.at).copied().filter(|_| one.whole),
            };
            Some((one.alert, resumed))
        });
        let own = Handed {
            began: known.began,
            alerts: resumed.collect(),
            read: before.collect(),
        };
        handed.insert(*entity, own);
    }
    (History::Data(handed), told)
}

/// Is every indicator known in an entity's rows before a period? `row` is its first.
fn says_all(plan: &Plan, panel: &Panel, row: usize, before: i64) -> bool {
    let own = panel.periods.get(row..).unwrap_or_default();
    let rows = own.iter().take_while(|period| **period < before).count();
    let is_said = |input: usize| {
        let column = panel.columns.get(input);
        let cells = column.and_then(|column| column.get(row..row + rows));
        cells.is_some_and(|cells| cells.iter().all(|x| !x.is_nan()))
    };
    let inputs = plan.inputs.iter().enumerate();
    let mut inputs = inputs.filter(|(_, info)| info.kind.is_indicator());
    inputs.all(|(input, _)| is_said(input))
}

/// What of a count that an operation reads is less in some rows of an entity than was known.
fn less(
    plan: &Plan,
    panel: &Panel,
    rows: Range<usize>,
    of: NodeId,
    known: impl Iterator<Item = (i64, f64)>,
) -> Vec<LessNow> {
    let Some(Op::Input(input)) = plan.node(of).map(|node| node.op) else {
        return Vec::new();
    };
    let input = input as usize;
    let (Some(info), Some(column)) = (plan.inputs.get(input), panel.columns.get(input)) else {
        return Vec::new();
    };
    if no_sum_of(plan, info).is_some() {
        return Vec::new();
    }
    let own = panel.periods.get(rows.clone()).unwrap_or_default();
    let is_less = |(period, was): (i64, f64)| {
        let row = rows.start + own.binary_search(&period).ok()?;
        let now = *column.get(row)?;
        (now < was).then(|| LessNow {
            name: info.name.clone(),
            entity: String::new(),
            period,
            was,
            now,
            resume: 0,
        })
    };
    known.filter_map(is_less).collect()
}

/// Observations that still stand in an entity's first row, and that are something else to these rules.
fn others(plan: &Plan, known: &EntityState, first: i64) -> Vec<OtherNow> {
    let found = known.observed.iter().filter_map(|one| {
        let mut inputs = plan.inputs.iter();
        let info = inputs.find(|info| info.name == one.input)?;
        let reach = one.period.saturating_add(info.carry_forward?.into());
        let now = standing(info, one);
        let is_other = !matches!(now, Standing::As(_));
        (is_other && one.period < first && reach >= first).then(|| OtherNow {
            name: one.input.clone(),
            entity: crate::panel::shown(&one.entity).into_owned(),
            period: one.period,
            value: one.value.clone(),
            now,
        })
    });
    found.collect()
}

/// By node: how many periods before its own its value can depend on, values that were carried among them; none where
/// that is everything before: an alert, its own past, all periods so far, since when something was so.
fn reaches(plan: &Plan) -> Vec<Option<i64>> {
    let mut all: Vec<Option<i64>> = Vec::with_capacity(plan.nodes.len());
    for node in &plan.nodes {
        let own = match node.op {
            Op::Input(input) => {
                let input = plan.inputs.get(input as usize);
                let carried = input.and_then(|input| input.carry_forward);
                Some(carried.map_or(0, i64::from))
            }
            Op::Along(along, _) => match along {
                Along::Since
                | Along::Window { over: WHOLE, .. }
                | Along::Every { over: WHOLE, .. }
                | Along::Any { over: WHOLE, .. } => None,
                Along::Lag(_) | Along::Window { .. } | Along::Every { .. } | Along::Any { .. } => {
                    Some(i64::from(periods(along)))
                }
            },
            Op::Paired(..) | Op::Recall(..) | Op::Alert { .. } => None,
            Op::Const(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Peers { .. } => Some(0),
        };
        let mut below = node.op.operands();
        let far = below.try_fold(0, |far: i64, id| {
            let of = all.get(id.index()).copied().flatten()?;
            Some(far.max(of))
        });
        all.push(own.zip(far).map(|(own, far)| own + far));
    }
    all
}

/// Of an entity before whose first row nothing was.
fn new(plan: &Plan) -> Handed {
    let nothing = || Resumed {
        from: i64::MIN,
        ways: vec![Way::default()],
        first: Some(i64::MIN),
    };
    let alerts = (0_u32..).zip(&plan.alerts);
    Handed {
        began: i64::MAX,
        alerts: alerts.map(|(index, _)| (index, nothing())).collect(),
        ..Handed::default()
    }
}
