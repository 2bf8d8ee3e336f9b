//! Runs the tests of a ruleset.
//!
//! In: suites of planned tests ([`forewarn_plan::tests`]) and tables of cases. Out: what came
//! out, as data: for each test its failures, each with what was expected, what it is instead and the
//! values it was made of. Every test runs interpreted and native; a difference is a failure of its
//! own, and of the tool.
#![deny(clippy::wildcard_enum_match_arm)]

mod asked;
mod batch;
mod cases;
mod coverage;
mod judge;
mod mutation;
mod outcome;
mod rows;
mod why;
mod words;

pub use cases::{Cases, CasesOutcome, MISSING_WORDS};
pub use coverage::{Coverage, Covered};
pub use mutation::{Tables, failing, judge_mutants};
pub(crate) use outcome::period_word;
pub use outcome::{Anew, Failure, NewValue, Outcome, Update};

use std::collections::BTreeMap;

use forewarn_diagnostics::source::SourceMap;
use forewarn_plan::Plan;
use forewarn_plan::tests::Suite;

use batch::batches;

use crate::codes::Codes;
use crate::panel::Panel;
use crate::run::{Engine, OutputColumn, Results, RunOptions, run_with};
use crate::threads::together;

/// Runs the tests of a suite, in their order.
#[must_use]
pub fn run_suite(suite: &Suite) -> Vec<Outcome> {
    run_told(suite, None, true)
}

/// The tests of several suites, each in their order; with sources, failures say why a value is missing. Suites know
/// nothing of each other: threads share them out. The first is worked out whole by both engines, of the others what
/// their tests ask for.
#[must_use]
pub fn run_suites(suites: &[Suite], sources: Option<&SourceMap>) -> Vec<Vec<Outcome>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let numbered: Vec<(usize, &Suite)> = suites.iter().enumerate().collect();
    together(threads, numbered, |(at, suite)| {
        run_told(suite, sources, at == 0)
    })
}

fn run_told(suite: &Suite, sources: Option<&SourceMap>, whole: bool) -> Vec<Outcome> {
    let kind = suite.plan.panel.period;
    let mut outcomes: Vec<Option<Outcome>> = suite.tests.iter().map(|_| None).collect();
    // Made ready once for the same outputs, however many panels its tests need.
    let mut codes: BTreeMap<Vec<usize>, Codes> = BTreeMap::new();
    for batch in batches(suite) {
        let (panel, rows) = rows::panel(&suite.plan, kind, &batch.tests);
        let wanted = if whole { &batch.whole } else { &batch.asked };
        let codes = codes.entry(wanted.clone()).or_insert_with(Codes::kept);
        let (results, failures) = both(&suite.plan, &panel, Some(wanted), codes);
        for ((test, place), rows) in batch.tests.iter().zip(&batch.places).zip(rows) {
            let mut outcome = Outcome {
                label: test.label.clone(),
                span: test.span,
                compared: 0,
                failures: failures.clone(),
                anew: Vec::new(),
            };
            if let Some(results) = &results {
                let judge = judge::Judge::new(&suite.plan, &panel, results, test, rows, kind);
                judge.telling(sources).judge(&mut outcome);
            }
            if let Some(slot) = outcomes.get_mut(*place) {
                *slot = Some(outcome);
            }
        }
    }
    outcomes.into_iter().flatten().collect()
}

/// Native and interpreted results, and how they differ.
fn both(
    plan: &Plan,
    panel: &Panel,
    wanted: Option<&[usize]>,
    codes: &Codes,
) -> (Option<Results>, Vec<Failure>) {
    let options = |engine| RunOptions {
        engine,
        threads: 1,
        wanted: wanted.map(<[usize]>::to_vec),
        ..RunOptions::default()
    };
    let mut interpreted = match run_with(plan, panel, &options(Engine::Interpreter), codes) {
        Ok(results) => results,
        Err(error) => return (None, vec![Failure::Run(error.to_string())]),
    };
    // A build without machine code has nothing to compare with.
    if Engine::default() == Engine::Interpreter {
        interpreted.by_output(plan.outputs.len());
        return (Some(interpreted), Vec::new());
    }
    let native = match run_with(plan, panel, &options(Engine::Native), codes) {
        Ok(results) => results,
        Err(error) => {
            interpreted.by_output(plan.outputs.len());
            return (Some(interpreted), vec![Failure::Run(error.to_string())]);
        }
    };
    let differ = |(a, b): (&OutputColumn, &OutputColumn)| {
        let (a, b) = (a.values.iter(), b.values.iter());
        !a.map(|x| x.to_bits()).eq(b.map(|x| x.to_bits()))
    };
    let columns = interpreted.columns.iter().zip(&native.columns);
    let column = columns.clone().position(differ);
    let failures = if let Some(column) = column {
        let output = interpreted.columns.get(column).map(|column| column.output);
        let name = output.and_then(|output| Some(plan.outputs.get(output)?.column.as_str()));
        vec![Failure::Engines(format!(
            "`{}` has other bits",
            name.unwrap_or_default()
        ))]
    } else if interpreted.faults != native.faults {
        vec![Failure::Engines("they count other faults".to_owned())]
    } else {
        Vec::new()
    };
    interpreted.by_output(plan.outputs.len());
    (Some(interpreted), failures)
}
