//! What alerts' conditions asked when something happened, with the values of that row.
//!
//! In: the Plan of a run, and its results. Out: the Plan with what conditions compare among its outputs, and from their
//! columns the words of what a clause asked in a row.

use forewarn::explain::in_words;
use forewarn_plan::{Lane, NodeId, Output, OutputKind, Plan};
use forewarn_runtime::explain::Conditions;
use forewarn_runtime::run::{OutputColumn, Results};
use std::collections::HashMap;

/// What is worked out beside the results of a run, to tell it.
pub struct Telling<'p> {
    of: &'p Plan,
    conditions: Conditions<'p>,
    nodes: Vec<NodeId>,
    /// The Plan that is run, with further outputs.
    pub plan: Plan,
    /// How many outputs it had before.
    own: usize,
}

impl<'p> Telling<'p> {
    /// `run` is the Plan as it would be run otherwise.
    #[must_use]
    pub fn of(plan: &'p Plan, run: &Plan) -> Self {
        let conditions = Conditions::of(plan);
        let nodes = conditions.nodes();
        let mut extended = run.clone();
        let own = extended.outputs.len();
        let outputs = nodes.iter().map(|node| Output {
            column: String::new(),
            declaration: String::new(),
            label: String::new(),
            unit: String::new(),
            kind: match run.node(*node).map(|node| node.op.lane()) {
                Some(Lane::Truth) => OutputKind::Truth,
                Some(Lane::Number) | None => OutputKind::Number,
            },
            node: *node,
        });
        extended.outputs.extend(outputs);
        Self {
            of: plan,
            conditions,
            nodes,
            plan: extended,
            own,
        }
    }

    /// The outputs wanted, and behind them those that are told.
    #[must_use]
    pub fn wanted(&self, wanted: Option<Vec<usize>>) -> Vec<usize> {
        let mut wanted = wanted.unwrap_or_else(|| (0..self.own).collect());
        wanted.extend(self.own..self.plan.outputs.len());
        wanted
    }

    /// Takes what is told out of the results.
    #[must_use]
    pub fn take(self, results: &mut Results) -> Told<'p> {
        let mut columns = results.columns.iter();
        let first = columns.position(|column| column.output >= self.own);
        let first = first.unwrap_or(results.columns.len());
        Told {
            plan: self.of,
            conditions: self.conditions,
            place_of: self.nodes.into_iter().zip(0..).collect(),
            columns: results.columns.split_off(first),
        }
    }
}

/// What conditions asked.
pub struct Told<'p> {
    plan: &'p Plan,
    conditions: Conditions<'p>,
    place_of: HashMap<NodeId, usize>,
    columns: Vec<OutputColumn>,
}

impl Told<'_> {
    /// `yes: overall high >= high; no: deaths 3 > 25`
    #[must_use]
    pub fn words(&self, alert: usize, clause: usize, row: usize) -> String {
        let Some(alert) = self.plan.alerts.get(alert) else {
            return String::new();
        };
        let number = |node: NodeId| {
            let column = self
                .place_of
                .get(&node)
                .and_then(|at| self.columns.get(*at));
            let cell = column.and_then(|column| column.values.get(row));
            cell.copied().unwrap_or(f64::NAN)
        };
        in_words(&self.conditions.said(alert, clause, number))
    }
}
