//! Puts every mutant of a ruleset to its tests.
//!
//! In: whoever makes [`Mutants`], the tables of cases as they were read, and how many threads may work. Out: a
//! verdict for each mutant, in their order, whatever the number of threads. Tests are evaluated by one
//! engine alone, which is enough to see a difference: interpreted where rows are few, as machine code
//! for tables of many.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use forewarn_plan::Plan;
use forewarn_plan::mutants::{Mutants, Trial, Verdict, same_inputs};
use forewarn_plan::tests::{FileTest, Suite};

use super::batch::batches;
use super::{Cases, Outcome, judge, rows};
use crate::bind::Bound;
use crate::panel::Panel;
use crate::run::{Engine, Results, RunOptions, run};
use crate::threads::together;

/// Tables of cases, read for the ruleset as it stands, and how to read one again for a mutant that
/// takes its data otherwise.
pub struct Tables<'a> {
    /// By name of the test.
    pub read: BTreeMap<String, Bound>,
    pub again: &'a (dyn Fn(&Cases, &FileTest) -> Option<Bound> + Sync),
}

/// Judges every mutant. `done` is counted up as they are done.
#[must_use]
pub fn judge_mutants<M: Mutants>(
    mutator: &M,
    mutants: &[M::Mutant],
    tables: &Tables<'_>,
    jobs: usize,
    done: &AtomicU64,
) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let workers = jobs.clamp(1, mutants.len().max(1));
    // Each worker has a framework of its own to change; one that comes late finds nothing left.
    let found = together(workers, vec![(); workers], |()| {
        let mut own = mutator.clone();
        let mut found = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(at) else { break };
            let base = mutator.plan();
            let verdict = own.judge(mutant, &mut |trial| match trial {
                Trial::Suite(suite) => failing(suite),
                Trial::Table(plan, file) => failing_table(base, plan, file, tables),
            });
            found.push((at, verdict));
            done.fetch_add(1, Ordering::Relaxed);
        }
        found
    });
    let mut verdicts = vec![Verdict::Unnoticed; mutants.len()];
    for (at, verdict) in found.into_iter().flatten() {
        if let Some(slot) = verdicts.get_mut(at) {
            *slot = verdict;
        }
    }
    verdicts
}

/// The first test of a suite that fails.
#[must_use]
pub fn failing(suite: &Suite) -> Option<String> {
    let kind = suite.plan.panel.period;
    for batch in batches(suite) {
        let (panel, places) = rows::panel(&suite.plan, kind, &batch.tests);
        let Some(results) = asked_alone(&suite.plan, &panel, batch.asked) else {
            return batch.tests.first().map(|test| test.label.clone());
        };
        for (test, rows) in batch.tests.iter().zip(places) {
            let mut outcome = Outcome {
                label: String::new(),
                span: test.span,
                compared: 0,
                failures: Vec::new(),
                anew: Vec::new(),
            };
            judge::Judge::new(&suite.plan, &panel, &results, test, rows, kind).judge(&mut outcome);
            if !outcome.passed() {
                return Some(test.label.clone());
            }
        }
    }
    None
}

/// Results of which only what tests compare is worked out; other columns are empty.
fn asked_alone(plan: &Plan, panel: &Panel, asked: Vec<usize>) -> Option<Results> {
    let options = RunOptions {
        engine: Engine::for_few(panel.rows()),
        threads: 1,
        wanted: Some(asked),
        ..RunOptions::default()
    };
    let mut results = run(plan, panel, &options).ok()?;
    results.by_output(plan.outputs.len());
    Some(results)
}

fn failing_table(base: &Plan, plan: &Plan, file: &FileTest, tables: &Tables<'_>) -> Option<String> {
    let cases = Cases::of(plan);
    let again;
    let bound = if same_inputs(base, plan) {
        tables.read.get(&file.label)
    } else {
        again = (tables.again)(&cases, file);
        again.as_ref()
    };
    // A table that cannot be read any longer is noticed.
    let fails = bound.is_none_or(|bound| !cases.agrees(bound, file.tolerance));
    fails.then(|| file.label.clone())
}
