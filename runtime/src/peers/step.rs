//! One operation across peers, over all rows.
//!
//! In: the operand's column, the groups' column, the panel's rows by period. Out: the operation's column.
//! Rows are gathered by period and group in the order of the panel; for what is asked of whole spells, by entity.

use forewarn_plan::along::spells;
use forewarn_plan::peers::{Aggregate, PeerInfo, Peers, aggregate, held, winsorise};
use forewarn_plan::{NodeId, Plan};
use std::borrow::Cow;

use super::goalposts::{Goalpost, GoalpostKey, Uses};
use super::peerage::Peerage;
use super::phases::Operation;
use super::record::{PeerRecord, Treated, Treatment};
use super::standing::Standing;
use crate::faults::FaultLog;
use crate::panel::Panel;
use crate::spell_cells::SpellCells;
use crate::threads::together;

/// Rows of one group, with the group's code.
type Group<'r> = (Option<usize>, Cow<'r, [u32]>);

fn grouped<'r>(rows: &'r [u32], among: Option<&[f64]>) -> Vec<Group<'r>> {
    let Some(among) = among else {
        return vec![(None, Cow::Borrowed(rows))];
    };
    let code = |row: u32| {
        let code = among.get(row as usize).copied().unwrap_or(f64::NAN);
        (code >= 0.0).then_some(code as usize)
    };
    let mut known: Vec<u32> = rows
        .iter()
        .copied()
        .filter(|row| code(*row).is_some())
        .collect();
    known.sort_by_key(|row| code(*row));
    known
        .chunk_by(|a, b| code(*a) == code(*b))
        .map(|group| {
            let own = group.first().and_then(|row| code(*row));
            (own, Cow::Owned(group.to_vec()))
        })
        .collect()
}

/// A column with the operation's result in every row: NaN where it is missing, an infinity where
/// there is none although enough is known. And, ascending, the rows whose result is a goalpost that was given.
pub(super) fn evaluate(
    plan: &Plan,
    operation: &Operation,
    (columns, threads): (&[Vec<f64>], usize),
    peerage: &Peerage<'_>,
    mut given: Option<&mut Uses<'_>>,
    record: &mut PeerRecord,
) -> (Vec<f64>, Vec<u32>) {
    let mut result = vec![f64::NAN; peerage.rows];
    let mut taken: Vec<u32> = Vec::new();
    let (Some(info), Some(of)) = (
        plan.peers.get(operation.peers as usize),
        columns.get(operation.of),
    ) else {
        return (result, taken);
    };
    let among = operation
        .among
        .and_then(|among| columns.get(among))
        .map(Vec::as_slice);
    if let Peers::Spell { what, require } = info.what {
        let spells = whole_spells(
            peerage.panel,
            operation.node,
            (of, among),
            |of, begins, periods| spells(what, require, of, begins, periods),
        );
        return (spells, taken);
    }
    if let Some(standing) = Standing::of(info.what) {
        let periods = peerage.periods();
        let groups = periods.flat_map(|(_, rows)| grouped(rows, among));
        stand(standing, of, groups, threads, &mut result);
        return (result, taken);
    }
    let again = again(record, info);
    let mut post = |periods, group: Option<usize>, known: &[f64], record: &mut PeerRecord| {
        let Peers::Aggregate(what) = info.what else {
            return (f64::NAN, false);
        };
        if !info.recorded {
            return (aggregate(what, known), false);
        }
        let key = GoalpostKey {
            declaration: info.declaration.clone(),
            text: info.text.clone(),
            again,
            what: what.word().to_owned(),
            periods,
            group: group.and_then(|code| peerage.group(info, code)),
        };
        let (value, is_given) = match given.as_mut().map(|given| given.get(&key)) {
            Some(Some(value)) => (value, true),
            asked => {
                record.not_given += usize::from(asked.is_some());
                (aggregate(what, known), false)
            }
        };
        record.goalposts.push(Goalpost { key, value });
        (value, is_given)
    };
    let mut note = |rows: &[u32], is_given: bool| {
        if is_given {
            taken.extend(rows);
        }
    };
    if let Some((first, last)) = info.baseline {
        let everyone: Vec<u32> = {
            let mut all = peerage.all().to_vec();
            all.sort_unstable();
            all
        };
        let between = peerage.between(first, last);
        let basis = grouped(&between, among);
        for (group, rows) in grouped(&everyone, among) {
            let own = basis.iter().find(|(other, _)| *other == group);
            let known = own.map_or(Vec::new(), |(_, rows)| known(of, rows));
            let (value, is_given) = post(Some((first, last)), group, &known, record);
            fill(&mut result, &rows, value);
            note(&rows, is_given);
        }
        taken.sort_unstable();
        return (result, taken);
    }
    let mut treated = 0;
    for (period, rows) in peerage.periods() {
        for (group, rows) in grouped(rows, among) {
            let known = known(of, &rows);
            if let Peers::Aggregate(_) = info.what {
                let periods = period.map(|period| (period, period));
                let (value, is_given) = post(periods, group, &known, record);
                fill(&mut result, &rows, value);
                note(&rows, is_given);
            } else if let Some(what) = info.in_period(period) {
                treated += each(what, of, &rows, &known, &mut result);
            }
        }
    }
    if info.what == Peers::Impute {
        // What is known needs no peers.
        for row in peerage.all() {
            let own = of.get(*row as usize).copied().unwrap_or(f64::NAN);
            if let Some(slot) = result.get_mut(*row as usize).filter(|_| !own.is_nan()) {
                *slot = own;
            }
        }
    }
    let what = match info.what {
        Peers::Winsorise { .. } => Some(Treated::Winsorised),
        Peers::Impute => Some(Treated::Imputed),
        Peers::Aggregate(_) | Peers::Rank { .. } | Peers::Percentile | Peers::Spell { .. } => None,
    };
    if let Some(what) = what {
        record.treatments.push(Treatment {
            declaration: info.declaration.clone(),
            text: info.text.clone(),
            what,
            rows: treated,
        });
    }
    taken.sort_unstable();
    (result, taken)
}

/// An operation over the spells of each entity, from all of its rows and what was before them.
fn whole_spells(
    panel: &Panel,
    node: NodeId,
    (of, begins): (&[f64], Option<&[f64]>),
    each: impl Fn(&[f64], Option<&[f64]>, &[i64]) -> Vec<f64>,
) -> Vec<f64> {
    let mut result = Vec::with_capacity(of.len());
    for rows in panel.entity_of.chunk_by(|a, b| a == b) {
        let own = result.len()..result.len() + rows.len();
        let cells = SpellCells::of(panel, node, own, of, begins);
        let all = each(&cells.of, cells.begins.as_deref(), &cells.periods);
        result.extend(all.get(cells.before..).unwrap_or_default());
    }
    result
}

/// How often the same words of the same declaration have left goalposts already.
fn again(record: &PeerRecord, info: &PeerInfo) -> u32 {
    let Peers::Aggregate(what) = info.what else {
        return 0;
    };
    let same = record.goalposts.iter().map(|goalpost| &goalpost.key);
    same.filter(|key| {
        key.declaration == info.declaration && key.text == info.text && key.what == what.word()
    })
    .map(|key| key.again + 1)
    .max()
    .unwrap_or(0)
}

fn known(of: &[f64], rows: &[u32]) -> Vec<f64> {
    let values = rows.iter().filter_map(|row| of.get(*row as usize));
    values.copied().filter(|x| !x.is_nan()).collect()
}

fn fill(result: &mut [f64], rows: &[u32], value: f64) {
    for row in rows {
        if let Some(slot) = result.get_mut(*row as usize) {
            *slot = value;
        }
    }
}

/// What each row of a group gets by its own value; returns how many values were treated.
fn each(what: Peers, of: &[f64], rows: &[u32], known: &[f64], result: &mut [f64]) -> u64 {
    let (least, most, mean) = match what {
        Peers::Winsorise {
            skew,
            kurtosis,
            at_most,
        } => {
            let (least, most, _) = winsorise(known, skew, kurtosis, at_most);
            (least, most, f64::NAN)
        }
        Peers::Impute => (f64::NAN, f64::NAN, aggregate(Aggregate::Mean, known)),
        Peers::Aggregate(_) | Peers::Rank { .. } | Peers::Percentile | Peers::Spell { .. } => {
            (f64::NAN, f64::NAN, f64::NAN)
        }
    };
    let mut treated = 0;
    for row in rows {
        let (Some(own), Some(slot)) = (of.get(*row as usize), result.get_mut(*row as usize)) else {
            continue;
        };
        let own = *own;
        *slot = match what {
            Peers::Impute if own.is_nan() => {
                treated += u64::from(mean.is_finite());
                mean
            }
            Peers::Impute
            | Peers::Aggregate(_)
            | Peers::Rank { .. }
            | Peers::Percentile
            | Peers::Spell { .. } => own,
            Peers::Winsorise { .. } if own.is_nan() => f64::NAN,
            Peers::Winsorise { .. } => {
                let held = held(own, (least, most));
                treated += u64::from(held != own);
                held
            }
        };
    }
    treated
}

/// Groups for each thread at a time: what they give is scattered over the column by one.
const AT_A_TIME: usize = 4;
/// Fewer rows than these are placed by one thread.
const WORTH_THREADS: usize = 1 << 16;

/// Gives each row its place among the known values of its group; missing where its own is.
fn stand<'r>(
    standing: Standing,
    of: &[f64],
    mut groups: impl Iterator<Item = Group<'r>>,
    threads: usize,
    result: &mut [f64],
) {
    let places = |(_, rows): Group<'_>| {
        let own = |row: &u32| Some((of.get(*row as usize).copied()?, *row));
        let known = rows.iter().filter_map(own);
        let mut known: Vec<(f64, u32)> = known.filter(|(value, _)| !value.is_nan()).collect();
        standing.place(&mut known);
        known
    };
    let threads = if result.len() < WORTH_THREADS {
        1
    } else {
        threads.max(1)
    };
    loop {
        let next: Vec<Group<'_>> = groups.by_ref().take(AT_A_TIME * threads).collect();
        if next.is_empty() {
            break;
        }
        for (place, row) in together(threads, next, places).into_iter().flatten() {
            if let Some(slot) = result.get_mut(row as usize) {
                *slot = place;
            }
        }
    }
}

/// Results that there are not become missing, counted where the Plan says so.
pub(super) fn settle(plan: &Plan, operation: &Operation, column: &mut [f64], log: &mut FaultLog) {
    let fault = plan.node(operation.node).and_then(|node| node.checked);
    for (row, value) in column.iter_mut().enumerate() {
        if value.is_infinite() {
            *value = f64::NAN;
            if let Some(fault) = fault {
                log.count(fault, 1);
                log.name_row(fault, row);
            }
        }
    }
}
