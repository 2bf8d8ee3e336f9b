//! What a run works out beside its results, to hand it over.
//!
//! In: the Plan of a run and its results. Out: the Plan with what is handed over among its outputs, and [`States`].

use super::State;
use forewarn_plan::Plan;
use forewarn_runtime::bind::Bound;
use forewarn_runtime::handover::{States, gather, with_outputs};
use forewarn_runtime::run::Results;

/// What a run works out beside its results, to hand it over.
pub struct Handing<'p> {
    of: &'p Plan,
    /// With further outputs.
    pub plan: Plan,
}

impl<'p> Handing<'p> {
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        Self {
            of: plan,
            plan: with_outputs(plan),
        }
    }

    /// The outputs wanted, and behind them those that are handed over.
    #[must_use]
    pub fn wanted(&self, wanted: Option<Vec<usize>>) -> Vec<usize> {
        let own = self.of.outputs.len();
        let mut wanted = wanted.unwrap_or_else(|| (0..own).collect());
        wanted.extend(own..self.plan.outputs.len());
        wanted
    }

    /// Takes what is handed over out of the results.
    #[must_use]
    pub fn take(self, bound: &Bound, results: &mut Results, state: &State) -> States {
        let own = self.of.outputs.len();
        let first = results
            .columns
            .iter()
            .position(|column| column.output >= own);
        let first = first.unwrap_or(results.columns.len());
        let columns = results.columns.split_off(first);
        let given = match state {
            State::Run(read) => Some(&read.states),
            State::Unknown | State::None => None,
        };
        let left_out = bound.summary.left_out.iter();
        let left_out: Vec<String> = left_out.map(|(name, _)| name.clone()).collect();
        let mut states = gather(self.of, &bound.panel, &columns, given, &left_out);
        // Panels of rules without alerts say nothing of it.
        states.from_nothing &= !matches!(state, State::Unknown);
        states
    }
}
