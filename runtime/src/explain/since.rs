//! What changed since the last period: inputs take their new values one after the other.
//!
//! The path begins with the result of the last period before of which data have a row, and ends with the
//! present one. First the time passes: every input's history stands as much later, so that whatever looks
//! back sees the same as before. Then each input in the order of the Plan gets its own history back, and last
//! the results across peers. Each step begins where the one before ends, so the steps add up to the
//! difference, whatever the calculation; their sizes depend on the order where inputs act together. What had
//! to change before, so that a step could do what it did, is named beside it.

use forewarn_plan::{NodeId, Op, Value};

use super::evidence::Evidence;
use super::nodes::shown;
use super::reach::Reach;
use super::settle::input_value;
use super::tree::{Moved, Shown, Since, SinceStep};
use crate::form;
use crate::interpreter::{Cell, Walk};
use crate::panel::Panel;
use crate::rows::Source;

/// Histories are walked one by one as long as this many operations do; together otherwise.
const MOST_OPERATIONS: usize = 4_000_000;

pub(super) fn since(evidence: &Evidence, value: &Value) -> Option<Since> {
    let kind = evidence.plan.panel.period?;
    let last = evidence.last();
    let gaps = &evidence.panel.gaps;
    let has_row = |at: &usize| gaps.binary_search(&(evidence.first + at)).is_err();
    let before_row = (0..last).rev().find(has_row)?;
    let number = *evidence.own.periods.get(before_row)?;
    let needed = form::needed(&evidence.flat, value.nodes().into_iter());
    let reach = Reach::of(&evidence.flat, &needed, &std::collections::HashMap::new());
    let path = Path {
        evidence,
        value,
        reach,
        nodes: needed,
    };
    let before = path.at_row(&evidence.own, before_row);
    let now = path.at_row(&evidence.own, last);
    let old = later(&evidence.own, last - before_row);
    let mut own = old.clone();
    let each = path.reach.earlier().len().saturating_mul(last) + path.nodes.len();
    let mut steps = Steps {
        path: &path,
        old,
        last,
        each,
        stands: before.clone(),
        changed: Vec::new(),
        found: Vec::new(),
    };
    steps.take(Moved::Time, None, &own);
    let used: Vec<(usize, NodeId)> = evidence
        .input_nodes()
        .into_iter()
        .filter(|(_, node)| path.nodes.binary_search(node).is_ok())
        .collect();
    let together = each.saturating_mul(used.len()) > MOST_OPERATIONS;
    let mut histories = Vec::new();
    for (input, node) in used {
        if together && path.is_looked_back_on(node) {
            histories.push(input);
            continue;
        }
        let (from, to) = (cell(&own, input, last), cell(&evidence.own, input, last));
        if !restore(&mut own, &evidence.own, input) {
            continue;
        }
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let what = Moved::Input {
            name: info.name.clone(),
            label: info.label.clone(),
            from: input_value(info, from),
            to: input_value(info, to),
        };
        steps.take(what, Some(input), &own);
    }
    for input in histories {
        restore(&mut own, &evidence.own, input);
    }
    steps.take(Moved::History, None, &own);
    for column in evidence.plan.inputs.len()..own.columns.len() {
        restore(&mut own, &evidence.own, column);
    }
    steps.take(Moved::Peers, None, &own);
    let steps = steps.found;
    Some(Since {
        period: evidence.panel.period(kind, number),
        before,
        now,
        steps,
    })
}

/// The path from the result before to the present one.
struct Steps<'p> {
    path: &'p Path<'p>,
    /// What every input was.
    old: Panel,
    last: usize,
    /// So many operations a walk takes.
    each: usize,
    stands: Shown,
    /// The inputs that have taken their new values.
    changed: Vec<(usize, Moved)>,
    found: Vec<SinceStep>,
}

impl Steps<'_> {
    /// Something has taken its new value in `own`.
    fn take(&mut self, what: Moved, input: Option<usize>, own: &Panel) {
        let after = self.path.at_row(own, self.last);
        if !same(&after, &self.stands) {
            let with = match input {
                Some(_) => self.companions(own, &after),
                None => Vec::new(),
            };
            let before = std::mem::replace(&mut self.stands, after.clone());
            let told = input.and_then(|input| self.earlier(input, &what, own, &after));
            self.found.push(SinceStep {
                what: told.unwrap_or_else(|| what.clone()),
                with,
                before,
                after,
            });
        }
        self.changed.extend(input.map(|input| (input, what)));
    }

    /// What is told of an input where its earlier values alone did it: with its present one as it was, it comes to
    /// the same.
    fn earlier(&self, input: usize, what: &Moved, own: &Panel, after: &Shown) -> Option<Moved> {
        let Moved::Input { name, label, .. } = what else {
            return None;
        };
        let was = cell(&self.old, input, self.last);
        let is = cell(own, input, self.last);
        let is_same = was.to_bits() == is.to_bits() || (was.is_nan() && is.is_nan());
        let has_no_part = is_same || {
            let mut undone = own.clone();
            let column = undone.columns.get_mut(input)?;
            *column.get_mut(self.last)? = was;
            same(&self.path.at_row(&undone, self.last), after)
        };
        has_no_part.then(|| Moved::Earlier {
            name: name.clone(),
            label: label.clone(),
        })
    }

    /// Inputs that did nothing when they changed, and without which this step would not have come to what it
    /// did.
    fn companions(&self, own: &Panel, after: &Shown) -> Vec<Moved> {
        let spoke = |moved: &Moved| self.found.iter().any(|step| is_of(&step.what, moved));
        let silent = self.changed.iter().filter(|(_, moved)| !spoke(moved));
        let silent: Vec<_> = silent.collect();
        let mut with = Vec::new();
        if silent.len().saturating_mul(self.each) > MOST_OPERATIONS {
            return with;
        }
        let mut undone = own.clone();
        for (other, moved) in silent {
            restore(&mut undone, &self.old, *other);
            if !same(&self.path.at_row(&undone, self.last), after) {
                with.push(moved.clone());
            }
            restore(&mut undone, own, *other);
        }
        with
    }
}

/// Are both about the same?
fn is_of(told: &Moved, moved: &Moved) -> bool {
    match (told, moved) {
        (Moved::Earlier { name, .. }, Moved::Input { name: other, .. }) => name == other,
        (told, moved) => told == moved,
    }
}

/// Every column so many periods later: the first rows have nothing.
fn later(own: &Panel, by: usize) -> Panel {
    let mut later = own.clone();
    for column in &mut later.columns {
        let by = by.min(column.len());
        column.rotate_right(by);
        for first in column.iter_mut().take(by) {
            *first = f64::NAN;
        }
    }
    later
}

/// Gives a column its own values back; false where they were the same.
fn restore(own: &mut Panel, from: &Panel, column: usize) -> bool {
    let (Some(to), Some(from)) = (own.columns.get_mut(column), from.columns.get(column)) else {
        return false;
    };
    let same = |a: &f64, b: &f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    let changed = !to.iter().zip(from).all(|(a, b)| same(a, b));
    to.clone_from(from);
    changed
}

fn cell(own: &Panel, input: usize, row: usize) -> f64 {
    let column = own.columns.get(input);
    column
        .and_then(|column| column.get(row))
        .copied()
        .unwrap_or(f64::NAN)
}

/// What a value needs, and how to work it out over some history.
struct Path<'p> {
    evidence: &'p Evidence<'p>,
    value: &'p Value,
    nodes: Vec<NodeId>,
    reach: Reach,
}

impl Path<'_> {
    fn at_row(&self, own: &Panel, row: usize) -> Shown {
        let source = Source::of(own);
        let mut walk = Walk::new(&self.evidence.flat, self.nodes.clone());
        self.reach.walk(&mut walk, &source, row, |_, _| {});
        shown(self.value, |node| {
            walk.cell(node).map_or(f64::NAN, Cell::as_number)
        })
    }

    fn is_looked_back_on(&self, node: NodeId) -> bool {
        let evidence = self.evidence;
        evidence.dependents(node).into_iter().any(|place| {
            let id = evidence.nodes.get(place);
            let id = id.filter(|id| self.nodes.binary_search(id).is_ok());
            let node = id.and_then(|id| evidence.flat.node(*id));
            node.is_some_and(|node| matches!(node.op, Op::Along(..) | Op::Alert { .. }))
        })
    }
}

fn same(a: &Shown, b: &Shown) -> bool {
    match (a, b) {
        (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) => {
            a == b || (a.is_nan() && b.is_nan())
        }
        _ => a == b,
    }
}
