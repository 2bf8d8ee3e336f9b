//! Runs the tests of a ruleset.
//!
//! In: suites of planned tests ([`forewarn_plan::tests`]) and tables of cases. Out: what came
//! out, as data: for each test its failures, each with what was expected, what it is instead and the
//! values it was made of. Every test runs interpreted and native; a difference is a failure of its
//! own, and of the tool.
#![deny(clippy::wildcard_enum_match_arm)]

mod asked;
mod cases;
mod coverage;
mod judge;
mod mutation;
mod rows;
mod why;
mod words;

pub use cases::{Cases, CasesOutcome, MISSING_WORDS};
pub use coverage::{Coverage, Covered};
pub use mutation::{Tables, failing, judge_mutants};

use forewarn_diagnostics::source::{SourceMap, Span};
use forewarn_plan::tests::{PlannedTest, Suite};
use forewarn_plan::{PeriodKind, Plan};

use crate::codes::Codes;
use crate::panel::Panel;
use crate::run::{Engine, OutputColumn, Results, RunOptions, run_with};
use crate::threads::together;

/// What came of one test.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub label: String,
    pub span: Span,
    /// How many values were compared.
    pub compared: usize,
    pub failures: Vec<Failure>,
    /// For each expectation, from the word `expect` to its end, what it would have to say.
    pub anew: Vec<(Span, Anew)>,
}

/// An expectation as it would have to stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Anew {
    /// It holds as it is.
    Kept,
    /// The value behind `is`, or one for each row, each with the words that stand there now and what
    /// comes out instead.
    Value {
        written: Span,
        cells: Vec<(Span, Option<NewValue>)>,
    },
    /// A condition, and what comes out of it, for each row.
    Truth { of: Span, cells: Vec<String> },
    /// What happens and what does not is for people to write.
    ByHand,
}

impl Outcome {
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Something expected in the rule file.
    Expectation {
        span: Span,
        /// `month 24`, `case 2`; empty where there is one row.
        row: String,
        expected: String,
        actual: String,
        /// Declarations by name, where they are declared, and their values.
        reads: Vec<(String, Span, String)>,
        notes: Vec<String>,
        update: Option<Update>,
    },
    /// A cell of a table of cases.
    Case {
        column: String,
        key: String,
        expected: String,
        actual: String,
        /// Of the table's panel.
        row: usize,
        /// What came out, as a cell holds it.
        cell: String,
    },
    /// Interpreter and native code differ.
    Engines(String),
    /// Neither a pass nor a fail: it could not be evaluated.
    Run(String),
}

/// An expected value that could be written anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The words of the value expected.
    pub span: Span,
    pub with: NewValue,
}

#[derive(Clone, Debug, PartialEq)]
pub enum NewValue {
    /// What was expected and what came out, in one unit: a literal in another unit keeps its own.
    Number {
        expected: f64,
        actual: f64,
    },
    Word(String),
}

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
    let mut outcomes = Vec::with_capacity(suite.tests.len());
    // Made ready once, however many panels its tests need.
    let codes = Codes::kept();
    let wanted = (!whole).then(|| asked::outputs(&suite.plan, &suite.tests));
    for tests in batches(suite) {
        let (panel, places) = rows::panel(&suite.plan, kind, tests);
        let (results, failures) = both(&suite.plan, &panel, wanted.as_deref(), &codes);
        for (test, rows) in tests.iter().zip(places) {
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
            outcomes.push(outcome);
        }
    }
    outcomes
}

/// The tests that share a panel. Without peers one entity knows nothing of another: all tests do.
fn batches(suite: &Suite) -> Vec<&[PlannedTest]> {
    if suite.plan.peers.is_empty() {
        vec![suite.tests.as_slice()]
    } else {
        suite.tests.chunks(1).collect()
    }
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

/// The word of the rows of a series.
pub(crate) fn period_word(kind: Option<PeriodKind>) -> &'static str {
    kind.map_or("row", crate::period::kind_name)
}
