//! Which points of a ruleset its tests show.
//!
//! In: suites and tables with the points that their Plans can show ([`forewarn_plan::coverage`]).
//! Out: for each point of the ruleset how many rows showed it. A row counts for a point only where
//! something that a test expects rests on the point's place: that a signal is unknown somewhere in a
//! test that never asks for it shows nothing. What a test gives in place of a declaration says nothing
//! of what that declaration is made of.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use forewarn_plan::alerts::{AlertEvent, AlertState, step};
use forewarn_plan::coverage::{Outcome, Point, PointKey, Transition, When};
use forewarn_plan::tests::{PlannedTest, Suite, Tests, Wanted};
use forewarn_plan::{AlertRule, Compare, Lane, NodeId, Op, Output, OutputKind, Plan, scalar};

use super::batch::batches;
use super::{Cases, rows};
use crate::bind::Bound;
use crate::form;
use crate::panel::Panel;
use crate::run::{Engine, RunError, RunOptions, run};

/// A point and how often it was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// Without its watches.
    pub point: Point,
    /// Rows of tests that show it.
    pub hits: u64,
}

impl Covered {
    /// Does it count? What no row can show does not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.hits > 0 || self.point.excluded.is_none()
    }
}

/// Counts rows, suite by suite and table by table.
#[derive(Debug)]
pub struct Coverage {
    points: Vec<Covered>,
    places: HashMap<PointKey, usize>,
}

impl Coverage {
    /// Of the ruleset's points, none shown yet.
    #[must_use]
    pub fn of(tests: &Tests) -> Self {
        let points: Vec<Covered> = tests
            .points
            .iter()
            .map(|point| Covered {
                point: Point {
                    watches: Vec::new(),
                    ..point.clone()
                },
                hits: 0,
            })
            .collect();
        let keys = points.iter().map(|covered| covered.point.key());
        let places = keys.zip(0..).collect();
        Self { points, places }
    }

    /// In the order of the source.
    #[must_use]
    pub fn finish(self) -> Vec<Covered> {
        self.points
    }

    /// Adds what the tests of a suite show.
    ///
    /// # Errors
    /// The suite cannot be evaluated.
    pub fn add_suite(&mut self, suite: &Suite) -> Result<(), RunError> {
        let kind = suite.plan.panel.period;
        for batch in batches(suite) {
            let (panel, places) = rows::panel(&suite.plan, kind, &batch.tests);
            let seen = Seen::of(&suite.plan, &suite.points, &panel)?;
            for (test, rows) in batch.tests.iter().zip(places) {
                let asked = asked_by(&suite.plan, test, &rows);
                self.count(&suite.plan, &suite.points, &seen, &asked);
            }
        }
        Ok(())
    }

    /// Adds what the rows of a table show. `points` are those of the ruleset's own Plan.
    ///
    /// # Errors
    /// The table cannot be evaluated.
    pub fn add_cases(
        &mut self,
        points: &[Point],
        cases: &Cases,
        bound: &Bound,
    ) -> Result<(), RunError> {
        let plan = &cases.plan;
        let seen = Seen::of(plan, points, &bound.panel)?;
        let expected = cases.expected_outputs(bound).into_iter();
        let nodes = expected.filter_map(|output| plan.outputs.get(output));
        let nodes: Vec<NodeId> = nodes.map(|output| output.node).collect();
        let gaps = &bound.panel.gaps;
        let rows = (0..bound.panel.rows()).filter(|row| gaps.binary_search(row).is_err());
        let asked = [Asked {
            rests_on: rests_on(plan, nodes),
            rows: rows.collect(),
        }];
        self.count(plan, points, &seen, &asked);
        Ok(())
    }

    fn count(&mut self, plan: &Plan, points: &[Point], seen: &Seen, asked: &[Asked]) {
        for point in points {
            let Some(covered) = self.places.get(&point.key()) else {
                continue;
            };
            let mut rows: Vec<usize> = Vec::new();
            for watch in &point.watches {
                for asked in asked.iter().filter(|asked| asked.reads(plan, watch)) {
                    let shows = |row: &usize| seen.shows(watch, *row);
                    rows.extend(asked.rows.iter().copied().filter(shows));
                }
            }
            rows.sort_unstable();
            rows.dedup();
            if let Some(covered) = self.points.get_mut(*covered) {
                covered.hits += rows.len() as u64;
            }
        }
    }
}

/// What an expectation rests on, and in which rows.
struct Asked {
    /// By node.
    rests_on: Vec<bool>,
    rows: Vec<usize>,
}

impl Asked {
    fn has(&self, node: NodeId) -> bool {
        self.rests_on.get(node.index()) == Some(&true)
    }

    /// Does the expectation rest on what the point watches?
    fn reads(&self, plan: &Plan, watch: &forewarn_plan::coverage::Watch) -> bool {
        if let When::Alert(alert, _) = watch.when {
            let mut nodes = plan.nodes.iter().zip(&self.rests_on);
            return nodes.any(|(node, rests)| {
                *rests && matches!(node.op, Op::Alert { alert: other, .. } if other == alert)
            });
        }
        // `not` of a `not` is the inner one: either stands for both.
        let turned = |node: NodeId| match plan.node(node).map(|node| node.op) {
            Some(Op::Not(inner)) => self.has(inner),
            _ => false,
        };
        let mut results = watch.results.iter().copied();
        results.any(|node| self.has(node) || turned(node))
    }
}

/// Everything that some nodes are made of, by node.
fn rests_on(plan: &Plan, nodes: Vec<NodeId>) -> Vec<bool> {
    let mut marks = vec![false; plan.nodes.len()];
    for node in form::needed(plan, nodes.into_iter()) {
        if let Some(mark) = marks.get_mut(node.index()) {
            *mark = true;
        }
    }
    marks
}

/// What each expectation of a test asks for; those that ask for the same are taken together.
fn asked_by(plan: &Plan, test: &PlannedTest, rows: &Range<usize>) -> Vec<Asked> {
    let mut by_nodes: BTreeMap<Vec<NodeId>, Vec<Option<usize>>> = BTreeMap::new();
    for expect in &test.expects {
        let outputs: Vec<usize> = match &expect.what {
            Wanted::Holds(truth) => vec![*truth],
            Wanted::Equals { actual, .. } => vec![actual.exact],
            Wanted::Happens(event, ..) => vec![*event],
            Wanted::NoEvents(alerts) => alerts.iter().map(|(_, event)| *event).collect(),
            Wanted::Faults(name) => {
                let outputs = plan.outputs.iter().enumerate();
                let own = outputs.filter(|(_, output)| output.declaration == *name);
                own.map(|(index, _)| index).collect()
            }
            // That nothing is without a result says nothing of what the results are.
            Wanted::NoFaults(_) => Vec::new(),
        };
        let nodes = outputs
            .iter()
            .filter_map(|output| plan.outputs.get(*output));
        let mut nodes: Vec<NodeId> = nodes.map(|output| output.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        if !nodes.is_empty() {
            by_nodes.entry(nodes).or_default().push(expect.row);
        }
    }
    let asked = by_nodes.into_iter().map(|(nodes, wanted)| {
        let rests_on = rests_on(plan, nodes);
        let ops = plan.nodes.iter().zip(&rests_on);
        let ops = ops.filter(|(_, rests)| **rests).map(|(node, _)| node.op);
        let (mut looks_back, mut has_peers) = (false, false);
        for op in ops {
            looks_back |= matches!(
                op,
                Op::Along(..) | Op::Paired(..) | Op::Recall(..) | Op::Alert { .. }
            );
            has_peers |= matches!(op, Op::Peers { .. });
        }
        let whole = has_peers || wanted.contains(&None);
        let last = wanted.iter().flatten().max().copied().unwrap_or(0);
        let own = rows
            .clone()
            .enumerate()
            .filter(|(at, _)| whole || (looks_back && *at <= last) || wanted.contains(&Some(*at)));
        Asked {
            rests_on,
            rows: own.map(|(_, row)| row).collect(),
        }
    });
    asked.collect()
}

/// What the watched nodes are in every row of a panel, and what its alerts do.
struct Seen {
    /// Truths as 1, 0 and missing.
    columns: HashMap<NodeId, Vec<f64>>,
    alerts: Vec<Vec<Doing>>,
}

/// What an alert does in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Doing {
    event: Option<AlertEvent>,
    clause: Option<u32>,
    bypassed: bool,
}

impl Seen {
    fn of(plan: &Plan, points: &[Point], panel: &Panel) -> Result<Self, RunError> {
        let mut nodes: Vec<NodeId> = plan.alerts.iter().map(|alert| alert.conditions).collect();
        for watch in points.iter().flat_map(|point| &point.watches) {
            nodes.extend(watch.asked);
            match &watch.when {
                When::Answers(answers) => nodes.extend(answers.iter().map(|(node, _)| *node)),
                When::Against {
                    at_least,
                    at_most,
                    threshold,
                    ..
                } => nodes.extend([*at_least, *at_most, *threshold]),
                When::Is(node, _) => nodes.push(*node),
                When::Alert(..) => {}
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        let watching = Plan {
            outputs: nodes.iter().map(|node| watched(plan, *node)).collect(),
            ..plan.clone()
        };
        let options = RunOptions {
            engine: Engine::for_few(panel.rows()),
            ..RunOptions::default()
        };
        let results = run(&watching, panel, &options)?;
        let values = results.columns.into_iter().map(|column| column.values);
        let columns: HashMap<NodeId, Vec<f64>> = nodes.into_iter().zip(values).collect();
        let alerts = plan.alerts.iter().map(|alert| {
            let packed = columns.get(&alert.conditions);
            doings(&alert.rule, packed.map_or(&[], Vec::as_slice), panel)
        });
        let alerts = alerts.collect();
        Ok(Self { columns, alerts })
    }

    fn value(&self, node: NodeId, row: usize) -> f64 {
        let cell = self.columns.get(&node).and_then(|column| column.get(row));
        cell.copied().unwrap_or(f64::NAN)
    }

    fn answer(&self, node: NodeId, row: usize) -> Option<bool> {
        let x = self.value(node, row);
        (!x.is_nan()).then_some(x == 1.0)
    }

    fn shows(&self, watch: &forewarn_plan::coverage::Watch, row: usize) -> bool {
        if watch
            .asked
            .is_some_and(|asked| self.answer(asked, row) != Some(true))
        {
            return false;
        }
        match &watch.when {
            When::Answers(answers) => answers
                .iter()
                .all(|(node, wanted)| self.answer(*node, row) == *wanted),
            When::Against {
                at_least,
                at_most,
                threshold,
                side,
            } => {
                let value = |node: &NodeId| self.value(*node, row);
                let (least, most, limit) = (value(at_least), value(at_most), value(threshold));
                let is = |op, a, b| scalar::compare(op, a, b) == Some(true);
                match side {
                    Outcome::Below => is(Compare::Less, most, limit),
                    Outcome::Above => is(Compare::Less, limit, least),
                    Outcome::At | Outcome::Same => {
                        is(Compare::Equal, least, limit) && is(Compare::Equal, most, limit)
                    }
                    Outcome::Decides
                    | Outcome::Yes
                    | Outcome::No
                    | Outcome::Unknown
                    | Outcome::Other
                    | Outcome::Enough
                    | Outcome::TooLittle
                    | Outcome::Happens(_) => {
                        is(Compare::Less, most, limit) || is(Compare::Less, limit, least)
                    }
                }
            }
            When::Is(node, x) => self.value(*node, row) == *x,
            When::Alert(alert, transition) => {
                let doings = self.alerts.get(*alert as usize);
                let doing = doings.and_then(|doings| doings.get(row)).copied();
                doing.is_some_and(|doing| doing.is(*transition))
            }
        }
    }
}

impl Doing {
    fn is(self, transition: Transition) -> bool {
        let is_notice = matches!(self.event, Some(AlertEvent::Raised | AlertEvent::Escalated));
        match transition {
            Transition::Notice(clause) => is_notice && self.clause == Some(clause),
            Transition::Began => self.event == Some(AlertEvent::Raised),
            Transition::Cleared | Transition::Ended => self.event == Some(AlertEvent::Cleared),
            Transition::Lowered => self.event == Some(AlertEvent::Lowered),
            Transition::Suppressed => self.event == Some(AlertEvent::Suppressed),
            Transition::Bypassed => self.bypassed,
        }
    }
}

fn watched(plan: &Plan, node: NodeId) -> Output {
    let is_truth = plan
        .node(node)
        .is_some_and(|node| node.op.lane() == Lane::Truth);
    Output {
        column: format!("node {}", node.0),
        declaration: String::new(),
        label: String::new(),
        unit: String::new(),
        kind: if is_truth {
            OutputKind::Truth
        } else {
            OutputKind::Number
        },
        node,
    }
}

/// What an alert does, row by row, by its conditions. It bypasses its cooldown where the same row
/// without the bypass would be kept back.
fn doings(rule: &AlertRule, packed: &[f64], panel: &Panel) -> Vec<Doing> {
    let mut state = AlertState::default();
    let mut entity = None;
    let mut doings = Vec::with_capacity(packed.len());
    let unit = 3_f64.powi(i32::try_from(rule.bypass()).unwrap_or(i32::MAX));
    for (row, &conditions) in packed.iter().enumerate() {
        let own = panel.entity_of.get(row).copied();
        if own != entity {
            state = AlertState::default();
            entity = own;
        }
        let period = panel.periods.get(row).copied().unwrap_or(0);
        // The bypass is the highest digit.
        let without = conditions % unit;
        let kept = step(rule, &[], &mut state.clone(), without, period);
        let is = step(rule, &[], &mut state, conditions, period);
        doings.push(Doing {
            event: is.event,
            clause: is.clause,
            bypassed: kept.suppressor.is_some() && is.suppressor.is_none(),
        });
    }
    doings
}
