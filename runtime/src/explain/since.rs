//! What changed since the last period: inputs take their new values one after the other.
//!
//! The path begins with the result of the last period before of which data have a row, and ends with the
//! present one. First the time passes: every input's history stands as much later, so that whatever looks
//! back sees the same as before. Then each input in the order of the Plan gets its own history back, and last
//! the results across peers. Each step begins where the one before ends, so the steps add up to the
//! difference, whatever the calculation; their sizes depend on the order where inputs act together. What had
//! to change before, so that a step could do what it did, is named beside it.
//!
//! Where an input's earlier values are the same or nothing looks back on them, only what depends on it is
//! worked out again, in the last row.

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
    let path = Path::of(evidence, value, reach, needed);
    let before = path.at_row(&evidence.own, before_row);
    let now = path.at_row(&evidence.own, last);
    let old = later(&evidence.own, last - before_row);
    let mut own = old.clone();
    let each = path.reach.earlier().len().saturating_mul(last) + path.nodes.len();
    let mut steps = Steps {
        path: &path,
        walk: path.walked(&own, last),
        undone: old.clone(),
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
        let differs = restore(&mut own, &evidence.own, input);
        if differs == Differs::Nowhere {
            continue;
        }
        restore(&mut steps.undone, &own, input);
        let place = Place::of(&path, input, node);
        steps.again(&place, differs, &own);
        let Some(info) = evidence.plan.inputs.get(input) else {
            continue;
        };
        let what = Moved::Input {
            name: info.name.clone(),
            label: info.label.clone(),
            from: input_value(info, from),
            to: input_value(info, to),
        };
        steps.take(what, Some(place), &own);
    }
    for input in histories {
        restore(&mut own, &evidence.own, input);
    }
    steps.walk = path.walked(&own, last);
    steps.take(Moved::History, None, &own);
    for column in evidence.plan.inputs.len()..own.columns.len() {
        restore(&mut own, &evidence.own, column);
    }
    steps.walk = path.walked(&own, last);
    steps.take(Moved::Peers, None, &own);
    let steps = steps.found;
    Some(Since {
        period: evidence.panel.period(kind, number),
        before,
        now,
        steps,
    })
}

/// Where an input stands, and what is worked out again when it changes.
#[derive(Clone)]
struct Place {
    input: usize,
    /// Its own place and those that depend on it, in order.
    places: Vec<usize>,
    looked_back_on: bool,
}

impl Place {
    fn of(path: &Path<'_>, input: usize, node: NodeId) -> Self {
        let dependents = path.evidence.dependents(node);
        let own = path.nodes.binary_search(&node).ok();
        let others = dependents.iter().filter_map(|place| {
            let id = path.evidence.nodes.get(*place)?;
            path.nodes.binary_search(id).ok()
        });
        Self {
            input,
            places: own.into_iter().chain(others).collect(),
            looked_back_on: path.is_looked_back_on(node),
        }
    }
}

/// The path from the result before to the present one.
struct Steps<'p> {
    path: &'p Path<'p>,
    /// Where the path has come to.
    walk: Walk<'p>,
    /// What every input was.
    old: Panel,
    /// As far as the path has come; steps are tried without one another in it.
    undone: Panel,
    last: usize,
    /// So many operations a walk takes.
    each: usize,
    stands: Shown,
    /// The inputs that have taken their new values.
    changed: Vec<(Place, Moved)>,
    found: Vec<SinceStep>,
}

impl Steps<'_> {
    /// An input has other values in `own`: what depends on it is worked out again.
    fn again(&mut self, place: &Place, differs: Differs, own: &Panel) {
        if differs == Differs::Earlier && place.looked_back_on {
            self.walk = self.path.walked(own, self.last);
        } else {
            let source = Source::of(own);
            self.walk.again(&source, self.last, &place.places);
        }
    }

    /// What it would come to with an input as it is in `undone`.
    fn tried(&mut self, place: &Place, differs: Differs, own: &Panel) -> Shown {
        if differs == Differs::Earlier && place.looked_back_on {
            return self.path.at_row(&self.undone, self.last);
        }
        let source = Source::of(&self.undone);
        self.walk.again(&source, self.last, &place.places);
        let tried = self.path.read(&self.walk);
        let source = Source::of(own);
        self.walk.again(&source, self.last, &place.places);
        tried
    }

    /// Something has taken its new value in `own`, and was worked out.
    fn take(&mut self, what: Moved, input: Option<Place>, own: &Panel) {
        let after = self.path.read(&self.walk);
        if !same(&after, &self.stands) {
            let with = match input {
                Some(_) => self.companions(own, &after),
                None => Vec::new(),
            };
            let before = std::mem::replace(&mut self.stands, after.clone());
            let told = input
                .as_ref()
                .and_then(|input| self.earlier(input, &what, own, &after));
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
    fn earlier(
        &mut self,
        place: &Place,
        what: &Moved,
        own: &Panel,
        after: &Shown,
    ) -> Option<Moved> {
        let Moved::Input { name, label, .. } = what else {
            return None;
        };
        let was = cell(&self.old, place.input, self.last);
        let is = cell(own, place.input, self.last);
        let is_same = was.to_bits() == is.to_bits() || (was.is_nan() && is.is_nan());
        let has_no_part = is_same || {
            let column = self.undone.columns.get_mut(place.input)?;
            *column.get_mut(self.last)? = was;
            let tried = self.tried(place, Differs::Last, own);
            restore(&mut self.undone, own, place.input);
            same(&tried, after)
        };
        has_no_part.then(|| Moved::Earlier {
            name: name.clone(),
            label: label.clone(),
        })
    }

    /// Inputs that did nothing when they changed, and without which this step would not have come to what it
    /// did.
    fn companions(&mut self, own: &Panel, after: &Shown) -> Vec<Moved> {
        let spoke = |moved: &Moved| self.found.iter().any(|step| is_of(&step.what, moved));
        let silent = self.changed.iter().filter(|(_, moved)| !spoke(moved));
        let silent: Vec<(Place, Moved)> = silent.cloned().collect();
        let mut with = Vec::new();
        if silent.len().saturating_mul(self.each) > MOST_OPERATIONS {
            return with;
        }
        for (other, moved) in silent {
            let differs = restore(&mut self.undone, &self.old, other.input);
            if !same(&self.tried(&other, differs, own), after) {
                with.push(moved);
            }
            restore(&mut self.undone, own, other.input);
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

/// Where two columns are not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Differs {
    Nowhere,
    /// In the last row alone.
    Last,
    Earlier,
}

/// Gives a column its own values back, and says where they were others.
fn restore(own: &mut Panel, from: &Panel, column: usize) -> Differs {
    let (Some(to), Some(from)) = (own.columns.get_mut(column), from.columns.get(column)) else {
        return Differs::Nowhere;
    };
    let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    let first = to.iter().zip(from.iter()).position(|pair| !same(pair));
    to.clone_from(from);
    match first {
        None => Differs::Nowhere,
        Some(at) if at + 1 == from.len() => Differs::Last,
        Some(_) => Differs::Earlier,
    }
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

impl<'p> Path<'p> {
    fn of(evidence: &'p Evidence<'p>, value: &'p Value, reach: Reach, nodes: Vec<NodeId>) -> Self {
        Self {
            evidence,
            value,
            nodes,
            reach,
        }
    }

    /// The walk to a row.
    fn walked(&self, own: &Panel, row: usize) -> Walk<'p> {
        let source = Source::of(own);
        let mut walk = Walk::new(&*self.evidence.flat, self.nodes.clone());
        self.reach.walk(&mut walk, &source, row, |_, _| {});
        walk
    }

    fn at_row(&self, own: &Panel, row: usize) -> Shown {
        self.read(&self.walked(own, row))
    }

    fn read(&self, walk: &Walk<'_>) -> Shown {
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
            node.is_some_and(|node| {
                matches!(
                    node.op,
                    Op::Along(..) | Op::Paired(..) | Op::Recall(..) | Op::Alert { .. }
                )
            })
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
