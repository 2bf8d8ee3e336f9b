//! What happened to alerts, as a table of its own.
//!
//! In: a Plan, the keys of its panel and the result columns of its alerts. Out: one row for each
//! alert that was raised, escalated, cleared or suppressed in a period, in the order of entity,
//! period and alert; how often each happened; and in how many rows an unknown condition alone kept
//! an alert from changing. Periods without a row of data count too: a month without data can clear
//! an alert, if its rule says so.

use forewarn_plan::alerts::{AlertEvent, OnUnknown};
use forewarn_plan::{AlertInfo, Output, OutputKind, Plan};

use crate::panel::Panel;
use crate::result_table::ResultTable;
use crate::run::OutputColumn;
use crate::silent::{Away, silence};
use std::collections::{BTreeMap, HashMap};

/// The columns of an alert that say what happened, by their ending.
const PARTS: [&str; 5] = ["", ".event", ".why", ".suppressed_by", ".held"];

/// What happened to all alerts of a ruleset.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    /// The keys, and `alert`, `event`, `state`, `why` and `suppressed_by`; and `reasons`, where they are told.
    pub table: ResultTable,
    /// How often each of [`AlertEvent::ALL`] happened to alerts, in that order.
    pub counts: [usize; AlertEvent::ALL.len()],
    /// How often notices began and ended.
    pub noticed: [usize; 2],
    /// Alerts that are not known to be quiet after an entity's last row, where the panel goes on: by
    /// entity the alert's name and its state, if known.
    pub left: BTreeMap<u32, Vec<(String, Option<&'static str>)>>,
    /// Rows in which an unknown condition held an alert where it stood, as its rule says or because
    /// it says nothing.
    pub held: usize,
}

/// Indices of [`Plan::outputs`] that [`gather`] reads.
#[must_use]
pub fn outputs(plan: &Plan) -> Vec<usize> {
    let alerts = plan.alerts.iter();
    alerts
        .flat_map(|alert| PARTS.iter().filter_map(|part| output(plan, alert, part)))
        .collect()
}

fn output(plan: &Plan, alert: &AlertInfo, part: &str) -> Option<usize> {
    plan.outputs.iter().position(|output| {
        output.declaration == alert.name && output.column.strip_prefix(&alert.name) == Some(part)
    })
}

/// The result columns of one alert.
struct Columns<'r> {
    state: &'r [f64],
    event: &'r [f64],
    why: &'r [f64],
    suppressed_by: &'r [f64],
    held: &'r [f64],
}

impl<'r> Columns<'r> {
    fn of(plan: &Plan, alert: &AlertInfo, results: &'r [OutputColumn]) -> Self {
        let column = |part| {
            let index = output(plan, alert, part);
            let found = results.iter().find(|column| Some(column.output) == index);
            found.map_or(&[][..], |column| column.values.as_slice())
        };
        let [state, event, why, suppressed_by, held] = PARTS.map(column);
        Self {
            state,
            event,
            why,
            suppressed_by,
            held,
        }
    }
}

/// What a table of events holds, column by column.
#[derive(Default)]
struct Found {
    rows: Vec<usize>,
    alert: Vec<f64>,
    event: Vec<f64>,
    state: Vec<f64>,
    why: Vec<f64>,
    suppressed_by: Vec<f64>,
    /// Places among the words below.
    reasons: Vec<f64>,
    words: Vec<String>,
    place_of: HashMap<String, usize>,
    /// Rows that stand for the period behind them, of which the entity has none.
    behind: Vec<bool>,
}

impl Found {
    /// What a clause asked in a row, in words.
    fn reason(&mut self, words: String) {
        let place = if words.is_empty() {
            f64::NAN
        } else if let Some(place) = self.place_of.get(&words) {
            *place as f64
        } else {
            let place = self.words.len();
            self.words.push(words.clone());
            self.place_of.insert(words, place);
            place as f64
        };
        self.reasons.push(place);
    }

    /// By entity, period and alert, though rows of other entities were added behind.
    fn sort(&mut self, keys: &ResultTable) {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        let key = |at: &usize| {
            let row = self.rows.get(*at).copied().unwrap_or(0);
            let entity = keys.entity_of.get(row).copied().unwrap_or(0);
            let period = keys.periods.get(row).copied().unwrap_or(0);
            let behind = self.behind.get(*at).copied().unwrap_or(false);
            (
                keys.entities.get(entity as usize),
                period + i64::from(behind),
                *at,
            )
        };
        order.sort_by_key(key);
        fn put<T: Copy>(order: &[usize], cells: &mut Vec<T>) {
            *cells = order
                .iter()
                .filter_map(|at| cells.get(*at).copied())
                .collect();
        }
        put(&order, &mut self.rows);
        put(&order, &mut self.alert);
        put(&order, &mut self.event);
        put(&order, &mut self.state);
        put(&order, &mut self.why);
        put(&order, &mut self.suppressed_by);
        put(&order, &mut self.reasons);
        put(&order, &mut self.behind);
    }
}

/// What an entity's silence is called in the table of events.
pub const SILENT: &str = "silent";

/// The states of alerts, in their order.
pub const STATES: [&str; 3] = ["quiet", "raised", "escalated"];
/// What notices begin and end with, and their states, behind the words of alerts.
const NOTICED: [&str; 2] = ["began", "ended"];
const STANDING: [&str; 2] = ["no", "yes"];

/// Gathers the events of the rows wanted (ascending), or of all. Where an entity stops reporting while
/// the panel goes on, that too is an event of each of its alerts, in the first period without a row.
///
/// `keys` are those of the whole panel, without columns; `results` hold at least [`outputs`]. `away` are those that an
/// earlier run had: that they are silent happens in the first of these periods alone. `reasons` says what a clause of an
/// alert asked in a row, by the alert's place, the clause and the row.
#[must_use]
pub fn gather(
    plan: &Plan,
    mut keys: ResultTable,
    panel: &Panel,
    results: &[OutputColumn],
    wanted: Option<&[usize]>,
    away: &[Away],
    reasons: Option<&dyn Fn(usize, usize, usize) -> String>,
) -> Events {
    let columns: Vec<Columns<'_>> = plan
        .alerts
        .iter()
        .map(|alert| Columns::of(plan, alert, results))
        .collect();
    // Clauses of all alerts share one dictionary: those of an alert begin at its offset.
    let mut clauses: Vec<String> = Vec::new();
    let mut offsets = Vec::with_capacity(plan.alerts.len());
    for alert in &plan.alerts {
        offsets.push(clauses.len() as f64);
        clauses.extend(alert.clauses.iter().cloned());
    }
    let at = |column: &[f64], row: usize| column.get(row).copied().unwrap_or(f64::NAN);
    let mut found = Found::default();
    let mut counts = [0; AlertEvent::ALL.len()];
    let mut noticed = [0; 2];
    // Codes of notices stand behind those of alerts.
    let is_notice = |index: usize| plan.alerts.get(index).is_some_and(|alert| alert.notice);
    let state_of = |index: usize, state: f64| {
        if is_notice(index) {
            state + STATES.len() as f64
        } else {
            state
        }
    };
    let mut held = 0;
    let mut left: BTreeMap<u32, Vec<(String, Option<&'static str>)>> = BTreeMap::new();
    let silence = silence(plan, panel).unwrap_or_default();
    let mut stopped = silence.stopped.into_iter().peekable();
    let mut visit = |row: usize| {
        for (index, (alert, offset)) in columns.iter().zip(&offsets).enumerate() {
            let holds = plan
                .alerts
                .get(index)
                .is_some_and(|alert| alert.rule.on_unknown == OnUnknown::Hold);
            if holds && at(alert.held, row) == 1.0 {
                held += 1;
            }
            let event = at(alert.event, row);
            let Some(happened) = (event >= 0.0)
                .then(|| AlertEvent::ALL.get(event as usize))
                .flatten()
            else {
                continue;
            };
            let turn = match happened {
                AlertEvent::Raised => Some(0_usize),
                AlertEvent::Cleared => Some(1),
                AlertEvent::Escalated
                | AlertEvent::Suppressed
                | AlertEvent::Standing
                | AlertEvent::Lowered => None,
            };
            let turn = turn.filter(|_| is_notice(index));
            let count = match turn {
                Some(turn) => noticed.get_mut(turn),
                None => counts.get_mut(event as usize),
            };
            if let Some(count) = count {
                *count += 1;
            }
            found.rows.push(row);
            found.alert.push(index as f64);
            let behind = (AlertEvent::ALL.len() + 1) as f64;
            found
                .event
                .push(turn.map_or(event, |turn| behind + turn as f64));
            found.state.push(state_of(index, at(alert.state, row)));
            let why = at(alert.why, row);
            found.why.push(offset + why);
            if let Some(reasons) = reasons {
                let clause = (why >= 0.0).then_some(why as usize);
                found.reason(clause.map_or(String::new(), |clause| reasons(index, clause, row)));
            }
            found.suppressed_by.push(at(alert.suppressed_by, row));
            found.behind.push(false);
        }
        while stopped.next_if(|one| one.row < row).is_some() {}
        let Some(last) = stopped.next_if(|one| one.row == row) else {
            return;
        };
        for (index, (info, alert)) in plan.alerts.iter().zip(&columns).enumerate() {
            // How it stands in the end, where its rows go on without anything in them.
            let state = at(alert.state, last.end);
            let word = (state >= 0.0).then(|| STATES.get(state as usize).copied());
            let word = word.flatten();
            let word = match word {
                Some("raised") if info.notice => Some("yes"),
                word => word,
            };
            if word != Some("quiet") {
                let own = left.entry(last.entity).or_default();
                own.push((info.name.clone(), word));
            }
            found.rows.push(row);
            found.alert.push(index as f64);
            found.event.push(AlertEvent::ALL.len() as f64);
            found.state.push(state_of(index, state));
            found.why.push(f64::NAN);
            found.suppressed_by.push(f64::NAN);
            found.reasons.push(f64::NAN);
            found.behind.push(true);
        }
    };
    match wanted {
        Some(rows) => rows.iter().copied().for_each(&mut visit),
        None => (0..panel.rows()).for_each(&mut visit),
    }
    let begin = panel.periods.iter().copied().min();
    for one in away {
        if begin.is_none_or(|begin| one.last + 1 < begin) {
            continue;
        }
        let row = keys.entity_of.len();
        let entity = u32::try_from(keys.entities.len()).unwrap_or(u32::MAX);
        keys.entities.push(one.entity.clone());
        keys.entity_of.push(entity);
        keys.periods.push(one.last);
        for (index, tier) in &one.alerts {
            let state = tier.map_or(f64::NAN, |tier| f64::from(tier.min(2)));
            found.rows.push(row);
            found.alert.push(*index as f64);
            found.event.push(AlertEvent::ALL.len() as f64);
            found.state.push(state_of(*index, state));
            found.why.push(f64::NAN);
            found.suppressed_by.push(f64::NAN);
            found.reasons.push(f64::NAN);
            found.behind.push(true);
        }
    }
    if !away.is_empty() {
        found.sort(&keys);
    }
    let table = tabulate(plan, keys, found, clauses, reasons.is_some());
    Events {
        table,
        counts,
        noticed,
        left,
        held,
    }
}

fn tabulate(
    plan: &Plan,
    mut table: ResultTable,
    found: Found,
    clauses: Vec<String>,
    has_reasons: bool,
) -> ResultTable {
    let rows = || found.rows.iter();
    table.periods = rows()
        .zip(&found.behind)
        .filter_map(|(row, behind)| Some(table.periods.get(*row)? + i64::from(*behind)))
        .collect();
    table.entity_of = rows()
        .filter_map(|row| table.entity_of.get(*row).copied())
        .collect();
    let both = |names: Vec<String>| (names.clone(), names);
    let category =
        |(names, labels): (Vec<String>, Vec<String>)| OutputKind::Category { names, labels };
    let alerts = plan.alerts.iter();
    let alerts = alerts.map(|alert| (alert.name.clone(), alert.label.clone()));
    let words = AlertEvent::ALL.iter().map(|event| event.word());
    let words = words.chain([SILENT]);
    let has_notices = plan.alerts.iter().any(|alert| alert.notice);
    let further = |words: [&'static str; 2]| words.into_iter().filter(move |_| has_notices);
    let words = words.chain(further(NOTICED)).map(str::to_owned);
    let states = STATES.into_iter().chain(further(STANDING));
    let states: Vec<String> = states.map(str::to_owned).collect();
    let mut columns = vec![
        ("alert", category(alerts.unzip()), found.alert),
        ("event", category(both(words.collect())), found.event),
        (
            "state",
            OutputKind::Level {
                labels: states.clone(),
                names: states,
            },
            found.state,
        ),
        ("why", category(both(clauses)), found.why),
    ];
    if let Some(kind) = plan.panel.period {
        let kind = OutputKind::Period(kind);
        columns.push(("suppressed_by", kind, found.suppressed_by));
    }
    if has_reasons {
        columns.push(("reasons", category(both(found.words)), found.reasons));
    }
    // A panel by state and month has a `state` already: the alert's is then `alert.state`.
    let keys: Vec<String> = table.names().map(str::to_lowercase).collect();
    for (name, kind, values) in columns {
        let mut column = name.to_owned();
        while keys.contains(&column) {
            column.insert_str(0, "alert.");
        }
        let output = Output {
            column,
            declaration: String::new(),
            label: String::new(),
            unit: String::new(),
            kind,
            node: forewarn_plan::NodeId(0),
        };
        table.push(&output, values);
    }
    table
}
