//! Which constants of the method have other values since the last period.
//!
//! In: what a value needs. Out: the dated params that it rests on and that changed, or `None` where none of that can be
//! told apart from the passing of time; and rows with the periods of earlier ones.

use forewarn_plan::along::Paired;
use forewarn_plan::outline::Term;
use forewarn_plan::{Op, ParamInfo, Value};

use super::evidence::Evidence;
use super::nodes::shown;
use super::path::Path;
use super::tree::{ParamMoved, Shown};
use crate::interpreter::NodeValue;
use crate::panel::Panel;

/// The params that changed within the rows, so many periods earlier and now.
pub(super) fn of(path: &Path<'_>, by: usize) -> Option<Vec<ParamMoved>> {
    let evidence = path.evidence;
    let ops = || {
        let nodes = path.nodes.iter();
        nodes.filter_map(|id| path.flat.node(*id).map(|node| node.op))
    };
    let own = &evidence.own;
    let handed = own.entity_of.first().is_some_and(|entity| {
        let mut tails = own.history.tails(*entity);
        tails.next().is_some()
    });
    // What reads a named period reads another one where the rows have other periods.
    let names_periods = ops().any(|op| matches!(op, Op::Paired(Paired::At, ..)));
    if handed || names_periods || !ops().any(|op| matches!(op, Op::Period)) {
        return None;
    }
    let by = i64::try_from(by).ok()?;
    let params = evidence.plan.params.iter();
    let changed = params.filter(|param| {
        read_back(path, param).is_some_and(|rows| changes(param, &own.periods, by, rows))
    });
    let found: Vec<ParamMoved> = changed
        .filter_map(|param| moved(evidence, param, by))
        .collect();
    (!found.is_empty()).then_some(found)
}

/// The params of which another value holds in the explained period than so many before, and no others.
pub(super) fn of_this_period(path: &Path<'_>, by: usize) -> Option<Vec<ParamMoved>> {
    let evidence = path.evidence;
    let by = i64::try_from(by).ok()?;
    let params = evidence.plan.params.iter();
    let changed = params.filter(|param| {
        read_back(path, param).is_some() && changes(param, &evidence.own.periods, by, 0)
    });
    let found: Vec<ParamMoved> = changed
        .filter_map(|param| moved(evidence, param, by))
        .collect();
    (!found.is_empty()).then_some(found)
}

/// Rows as they are, in periods that many earlier.
pub(super) fn earlier_periods(own: &Panel, by: usize) -> Panel {
    let mut earlier = own.clone();
    let by = i64::try_from(by).unwrap_or(0);
    for period in &mut earlier.periods {
        *period -= by;
    }
    earlier
}

/// The value that holds in a period, by its place; where there are no periods, one that always does.
pub(super) fn holds(param: &ParamInfo, period: Option<i64>) -> Option<usize> {
    param.values.iter().rposition(|one| {
        let begun = one
            .from
            .is_none_or(|from| period.is_some_and(|at| from <= at));
        begun
            && one
                .until
                .is_none_or(|until| period.is_some_and(|at| at <= until))
    })
}

/// Does it, in the last row or one of so many before?
fn changes(param: &ParamInfo, periods: &[i64], by: i64, rows: u32) -> bool {
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    let mut periods = periods.iter().rev().take(rows.saturating_add(1));
    periods.any(|period| holds(param, Some(*period)) != holds(param, Some(period - by)))
}

/// To how many rows back it is read, where it is named where the path is described, or nowhere.
fn read_back(path: &Path<'_>, param: &ParamInfo) -> Option<u32> {
    let plan = path.evidence.plan;
    let is_it = |term: &Term| term.params().contains(&param.name);
    let mut named = false;
    let mut back = None;
    for outline in &plan.outlines {
        let names = is_it(&outline.term)
            || outline.below().any(|id| {
                let below = plan.outline(id);
                below.is_some_and(|below| is_it(&below.term))
            });
        if names {
            let places = outline.nodes().filter_map(|node| path.place(node));
            let rows = places.map(|place| path.reach.rows_back(place));
            back = back.max(rows.max());
        }
        named |= names;
    }
    if named {
        return back;
    }
    let nodes = 0..path.nodes.len();
    nodes.map(|place| path.reach.rows_back(place)).max()
}

fn moved(evidence: &Evidence<'_>, param: &ParamInfo, by: i64) -> Option<ParamMoved> {
    let now = *evidence.own.periods.last()?;
    let value = |period: i64| {
        let part = holds(param, Some(period)).and_then(|at| param.values.get(at));
        part.map_or_else(|| missing(param), |part| told(evidence, &part.value))
    };
    Some(ParamMoved {
        name: param.name.clone(),
        label: param.label.clone(),
        from: value(now - by),
        to: value(now),
    })
}

/// Outside of all its periods it has no value.
pub(super) fn missing(param: &ParamInfo) -> Shown {
    let first = param.values.first();
    first.map_or(Shown::Truth(None), |one| shown(&one.value, |_| f64::NAN))
}

pub(super) fn told(evidence: &Evidence<'_>, value: &Value) -> Shown {
    shown(value, |node| {
        let op = evidence.plan.node(node).map(|node| node.op);
        if let Some(Op::Const(x)) = op {
            return x;
        }
        if let Some(Op::Truth { yes, no }) = op {
            return if yes || no { f64::from(yes) } else { f64::NAN };
        }
        let cell = evidence.values.cell(node);
        cell.map_or(f64::NAN, NodeValue::as_number)
    })
}
