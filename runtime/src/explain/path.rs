//! What a value needs, and the columns that it is worked out from over one history or another.
//!
//! In: the evidence of one row. Out: its rows as they are, and as much later; where two histories differ; and a walk over
//! any of them.

use std::collections::HashMap;
use std::sync::Arc;

use forewarn_plan::along::Paired;
use forewarn_plan::{NodeId, Op, Plan, Value};

use super::evidence::Evidence;
use super::nodes::shown;
use super::own_past::{self, Recalled};
use super::reach::Reach;
use super::tree::Shown;
use crate::form;
use crate::interpreter::{NodeValue, RowValues, Tape, Walk};
use crate::panel::Panel;
use crate::rows::Source;

/// What a value needs, and how to work it out over some history.
pub(super) struct Path<'p> {
    pub evidence: &'p Evidence<'p>,
    /// With what is recalled as an input.
    pub flat: &'p Plan,
    pub value: &'p Value,
    pub nodes: Vec<NodeId>,
    tape: Arc<Tape>,
    /// By node: one more than its place among them.
    place_of: Vec<usize>,
    pub reach: Reach,
}

impl<'p> Path<'p> {
    pub fn of(evidence: &'p Evidence<'p>, value: &'p Value) -> Self {
        let flat = evidence.own_past().map_or(evidence.flat, |past| &past.flat);
        let nodes = form::needed(flat, value.nodes().into_iter());
        let mut place_of = vec![0; flat.nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            if let Some(of) = place_of.get_mut(node.index()) {
                *of = place + 1;
            }
        }
        Self {
            evidence,
            value,
            reach: Reach::of(flat, &nodes, &HashMap::new()),
            flat,
            tape: Tape::of(flat, &nodes),
            nodes,
            place_of,
        }
    }

    /// Where a node stands on it.
    pub fn place(&self, node: NodeId) -> Option<usize> {
        self.place_of.get(node.index())?.checked_sub(1)
    }

    /// The places of what depends on a node, in order.
    pub fn depending(&self, node: NodeId) -> impl Iterator<Item = usize> {
        let places = self.evidence.dependents(node).iter();
        places.filter_map(|place| self.place(*self.evidence.nodes.get(*place)?))
    }

    /// Does it look at everything that ever was, where nothing is known of what was before the rows?
    pub fn is_of_everything(&self) -> bool {
        let ops = self.nodes.iter().filter_map(|id| self.flat.node(*id));
        let mut ops = ops.map(|node| node.op);
        let own = &self.evidence.own;
        let nothing_before = own.entity_of.first().is_some_and(|entity| {
            let mut tails = own.history.tails(*entity);
            tails.next().is_none()
        });
        nothing_before
            && ops.any(|op| {
                if let Op::Along(along, _) = op {
                    return along.is_of_everything();
                }
                matches!(op, Op::Alert { .. } | Op::Paired(Paired::Since { .. }, ..))
            })
    }

    pub fn looks_back(&self, node: NodeId) -> bool {
        let node = self.flat.node(node);
        node.is_some_and(|node| {
            matches!(node.op, Op::Along(..) | Op::Paired(..) | Op::Alert { .. })
        })
    }

    /// What is read of periods that other values name, with all that it rests on, in order.
    pub fn of_named_periods(&self) -> Vec<NodeId> {
        let read = self.nodes.iter().filter_map(|id| {
            if let Op::Paired(Paired::At, of, _) = self.flat.node(*id)?.op {
                return Some(of);
            }
            None
        });
        form::needed(self.flat, read)
    }

    /// What says when a window since an event begins, with all that it rests on, in order.
    pub fn of_events(&self) -> Vec<NodeId> {
        let read = self.nodes.iter().filter_map(|id| {
            if let Op::Paired(_, _, event) = self.flat.node(*id)?.op {
                return Some(event);
            }
            None
        });
        form::needed(self.flat, read)
    }

    /// What it recalls, each value with the columns that say what it was.
    pub fn recalled(&self) -> Vec<(Recalled<'p>, Vec<(usize, NodeId)>)> {
        let Some(past) = self.evidence.own_past() else {
            return Vec::new();
        };
        let first = self.evidence.own.columns.len();
        let recalled = own_past::recalled(self.evidence.flat, &past.nodes).into_iter();
        let columns = recalled.map(|one| {
            let nodes = one
                .nodes
                .iter()
                .filter(|(_, node)| self.place(*node).is_some());
            let columns = nodes.map(|(place, node)| (first + place, *node));
            let columns: Vec<(usize, NodeId)> = columns.collect();
            (one, columns)
        });
        columns.filter(|(_, columns)| !columns.is_empty()).collect()
    }

    pub fn is_looked_back_on(&self, node: NodeId) -> bool {
        let mut depending = self.depending(node);
        depending.any(|place| {
            self.nodes
                .get(place)
                .is_some_and(|node| self.looks_back(*node))
        })
    }

    /// The walk to a row.
    pub fn walked(&self, own: &Panel, row: usize) -> Walk<'p> {
        let source = Source::of(own);
        let mut walk = Walk::over(self.flat, Arc::clone(&self.tape));
        self.reach.walk(&mut walk, &source, row, |_, _| {});
        walk
    }

    /// What a walk comes to that stands in a row of some rows, with the period of that row alone so much earlier.
    pub fn in_earlier_period(
        &self,
        walk: &mut Walk<'_>,
        own: &Panel,
        (row, by): (usize, usize),
    ) -> Shown {
        let is_period =
            |node: NodeId| matches!(self.flat.node(node).map(|node| node.op), Some(Op::Period));
        let periods: Vec<NodeId> = self
            .nodes
            .iter()
            .copied()
            .filter(|id| is_period(*id))
            .collect();
        let number = own.periods.get(row).copied();
        let earlier = number.zip(i64::try_from(by).ok());
        let Some(earlier) = earlier.map(|(at, by)| (at - by) as f64) else {
            return self.read(walk);
        };
        if periods.is_empty() {
            return self.read(walk);
        }
        let mut places: Vec<usize> = periods
            .iter()
            .flat_map(|node| self.depending(*node))
            .collect();
        places.sort_unstable();
        places.dedup();
        let source = Source::of(own);
        for node in &periods {
            walk.put(*node, NodeValue::Number(earlier));
        }
        walk.again(&source, row, &places);
        let read = self.read(walk);
        let own: Vec<usize> = periods
            .iter()
            .filter_map(|node| self.place(*node))
            .collect();
        walk.again(&source, row, &own);
        walk.again(&source, row, &places);
        read
    }

    pub fn read(&self, walk: &Walk<'_>) -> Shown {
        shown(self.value, |node| {
            walk.cell(node).map_or(f64::NAN, NodeValue::as_number)
        })
    }

    pub fn told(&self, values: &RowValues) -> Shown {
        shown(self.value, |node| {
            values.cell(node).map_or(f64::NAN, NodeValue::as_number)
        })
    }
}

/// The entity's rows without what stands in cells of indicators that do not apply there, with what is recalled in them.
pub(super) fn applying(evidence: &Evidence) -> Panel {
    let mut own = evidence.own.clone();
    let inputs = evidence.plan.inputs.len();
    for (input, column) in own.columns.iter_mut().enumerate().take(inputs) {
        for (row, cell) in column.iter_mut().enumerate() {
            if !evidence.panel.applies(input, evidence.first + row) {
                *cell = f64::NAN;
            }
        }
    }
    let recalled = evidence.own_past().into_iter().flat_map(|past| &past.nodes);
    let missing = || vec![f64::NAN; evidence.last() + 1];
    let columns = recalled.map(|node| evidence.series.get(node).cloned().unwrap_or_else(missing));
    own.columns.extend(columns);
    own
}

/// Every column so many periods later: the first rows have nothing.
pub(super) fn later(own: &Panel, by: usize) -> Panel {
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

/// The rows without the last ones, each of them so many periods later.
pub(super) fn ending(own: &Panel, by: usize) -> Panel {
    let mut ending = own.clone();
    for column in &mut ending.columns {
        column.truncate(column.len().saturating_sub(by));
    }
    let passed = by.min(ending.periods.len());
    ending.periods.drain(..passed);
    ending.entity_of.truncate(ending.periods.len());
    ending
}

/// Where two columns are not the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Differs {
    Nowhere,
    /// In the last row alone.
    Last,
    Earlier,
}

/// Gives columns their own values back, and says where they were others.
pub(super) fn restore(own: &mut Panel, from: &Panel, columns: &[usize]) -> Differs {
    let columns = columns.iter();
    let differs = columns.map(|column| restore_one(own, from, *column));
    differs.max().unwrap_or(Differs::Nowhere)
}

fn restore_one(own: &mut Panel, from: &Panel, column: usize) -> Differs {
    let (Some(to), Some(from)) = (own.columns.get_mut(column), from.columns.get(column)) else {
        return Differs::Nowhere;
    };
    let mut pairs = to.iter().zip(from.iter());
    let first = pairs.position(|(a, b)| !is_same(*a, *b));
    to.clone_from(from);
    match first {
        None => Differs::Nowhere,
        Some(at) if at + 1 == from.len() => Differs::Last,
        Some(_) => Differs::Earlier,
    }
}

pub(super) fn is_same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

pub(super) fn cell(own: &Panel, input: usize, row: usize) -> f64 {
    let column = own.columns.get(input);
    column
        .and_then(|column| column.get(row))
        .copied()
        .unwrap_or(f64::NAN)
}
