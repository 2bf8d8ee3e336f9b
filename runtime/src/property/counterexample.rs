//! What refutes a claim, and what shows one, for renderers.

use forewarn_plan::{InputInfo, InputKind, Plan, Value};

use super::probe::{Case, Ends};
use crate::explain::Shown;

/// Data on which a claim does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The subject of the claim.
    pub subject: String,
    pub fails: Fails,
    /// The inputs that are known, the one that moves first; all others are missing.
    pub lines: Vec<Line>,
    /// What comes out: before and after, or once.
    pub results: Vec<Shown>,
}

/// What is not as claimed.
#[derive(Clone, Debug, PartialEq)]
pub enum Fails {
    /// The subject falls, or rises, as an input rises.
    Moves { input: String, rises: bool },
    /// It lies outside the range.
    Outside,
    /// One input alone takes it from one to the other.
    Decides { input: String },
}

/// An input of a counterexample.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub input: String,
    /// So many periods before the one that is looked at.
    pub ago: usize,
    /// Before and after, or once.
    pub values: Vec<Shown>,
}

/// A row that shows that something can happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it does without.
    pub without: String,
    /// All that it is made of is missing; else it is at its least.
    pub missing: bool,
    /// How many inputs are known.
    pub known: usize,
}

/// What is known in some cases, the input that moves first.
pub(super) fn lines(plan: &Plan, cases: &[Case], moved: Option<usize>) -> Vec<Line> {
    let periods = cases.first().map_or(1, |case| case.periods);
    let mut lines = Vec::new();
    let others = (0..plan.inputs.len()).filter(|input| Some(*input) != moved);
    for input in moved.into_iter().chain(others) {
        let Some(info) = plan.inputs.get(input) else {
            continue;
        };
        for ago in 0..periods {
            let at = periods - 1 - ago;
            let values: Vec<f64> = cases
                .iter()
                .filter_map(|case| case.series(input).get(at).copied())
                .collect();
            if values.iter().all(|x| x.is_nan()) {
                continue;
            }
            lines.push(Line {
                input: info.name.clone(),
                ago,
                values: values.iter().map(|x| shown_input(info, *x)).collect(),
            });
        }
    }
    lines
}

fn shown_input(info: &InputInfo, x: f64) -> Shown {
    match &info.kind {
        InputKind::Number | InputKind::Age { .. } | InputKind::Key { .. } => Shown::Number {
            value: x,
            unit: info.unit.clone(),
        },
        InputKind::Truth | InputKind::Verification { .. } | InputKind::Applies { .. } => {
            Shown::Truth((!x.is_nan()).then_some(x == 1.0))
        }
        InputKind::Level { names, .. } => {
            let last = names.len().saturating_sub(1);
            let (at_least, at_most) = if x.is_nan() {
                (0, last)
            } else {
                (x as usize, x as usize)
            };
            Shown::Level {
                names: names.clone(),
                at_least,
                at_most,
            }
        }
        InputKind::Category { names } => Shown::Category(
            (!x.is_nan())
                .then(|| names.get(x as usize).cloned())
                .flatten(),
        ),
    }
}

/// What came out, as the subject's kind has it.
pub(super) fn shown_result(value: &Value, ends: Ends) -> Shown {
    match value {
        Value::Number { unit, .. } => Shown::Number {
            value: ends.low,
            unit: unit.clone(),
        },
        Value::Truth { .. } => Shown::Truth((ends.low == ends.high).then_some(ends.low == 1.0)),
        Value::Level { names, .. } => Shown::Level {
            names: names.clone(),
            at_least: ends.low as usize,
            at_most: ends.high as usize,
        },
        Value::Count { .. } => Shown::Count {
            at_least: ends.low,
            at_most: ends.high,
        },
        Value::Between { unit, .. } => Shown::Between {
            value: if ends.low == ends.high {
                ends.low
            } else {
                f64::NAN
            },
            at_least: ends.low,
            at_most: ends.high,
            unit: unit.clone(),
        },
        Value::Category { names, .. } => Shown::Category(names.get(ends.low as usize).cloned()),
    }
}
