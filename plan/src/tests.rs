//! Tests of a ruleset, ready to be run: plain data over Plans.
//!
//! The compiler makes them; whoever runs tests evaluates the Plans and judges what came out.

use crate::coverage::Point;
use crate::{OutputKind, Plan};
use forewarn_diagnostics::source::Span;

/// A ruleset and its tests.
#[derive(Debug)]
pub struct Tests {
    /// The ruleset as it stands, for tables of cases.
    pub plan: Plan,
    /// The same as the audience may see it, and the Plan that works out what that has as inputs; absent
    /// where it may see everything.
    pub visible: Option<(Plan, Option<Plan>)>,
    /// What tests can show of it; empty unless asked for.
    pub points: Vec<Point>,
    pub suites: Vec<Suite>,
    pub files: Vec<FileTest>,
}

impl Tests {
    /// How many tests there are.
    #[must_use]
    pub fn len(&self) -> usize {
        let inside: usize = self.suites.iter().map(|suite| suite.tests.len()).sum();
        inside + self.files.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Tests that give the same declarations, over one Plan: a given declaration is an input of its own
/// kind, and what is asked for are further outputs.
#[derive(Debug)]
pub struct Suite {
    pub plan: Plan,
    pub tests: Vec<PlannedTest>,
    /// Those of the ruleset's points that this Plan can show; empty unless asked for.
    pub points: Vec<Point>,
}

#[derive(Clone, Debug)]
pub struct PlannedTest {
    pub label: String,
    pub span: Span,
    pub shape: TestShape,
    pub first: Option<i64>,
    /// Indices of [`Plan::inputs`], each with one value for every row; NaN is missing.
    pub inputs: Vec<(usize, Vec<f64>)>,
    pub expects: Vec<PlannedExpect>,
}

#[derive(Clone, Debug)]
pub struct PlannedExpect {
    pub span: Span,
    /// From the word `expect` to the end.
    pub whole: Span,
    /// From 0; `None` for all rows.
    pub row: Option<usize>,
    pub what: Wanted,
    /// The declarations that it reads.
    pub reads: Vec<Read>,
}

#[derive(Clone, Debug)]
pub enum Wanted {
    /// The output of a truth.
    Holds(usize),
    Equals {
        actual: ValueOutputs,
        /// The output of each value expected, for how many rows it holds, and its words.
        values: Vec<(usize, usize, Span)>,
        /// Everything behind `is`: the one value, or the list.
        written: Span,
        tolerance: Option<Tolerance>,
    },
    /// The output of an alert's event, the event's code and its word.
    Happens(usize, f64, &'static str),
    /// The outputs of events, by alert.
    NoEvents(Vec<(String, usize)>),
    /// Of a declaration.
    Faults(String),
    NoFaults(Option<String>),
}

/// A declaration that an expectation reads.
#[derive(Clone, Debug)]
pub struct Read {
    pub name: String,
    pub span: Span,
    pub shown: ValueOutputs,
}

/// Outputs that show one value.
#[derive(Clone, Debug)]
pub struct ValueOutputs {
    pub kind: OutputKind,
    pub unit: String,
    pub exact: usize,
    /// At least and at most, for levels and counts.
    pub bounds: Option<(usize, usize)>,
}

/// `test "…" from "cases.csv"`
#[derive(Clone, Debug)]
pub struct FileTest {
    pub label: String,
    pub span: Span,
    pub path: String,
    pub path_span: Span,
    pub tolerance: Option<Tolerance>,
}

/// Which rows there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestShape {
    /// One entity in one period.
    Row,
    /// One entity in so many periods.
    Along(usize),
    /// So many entities in one period.
    Cases(usize),
}

impl TestShape {
    #[must_use]
    pub fn rows(self) -> usize {
        match self {
            Self::Row => 1,
            Self::Along(rows) | Self::Cases(rows) => rows,
        }
    }
}

/// How far a number may be from the one expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// In the value's own unit.
    Absolute(f64),
    /// Part of the number expected.
    Relative(f64),
}

/// What is meant where nothing is said: the digits that a reader sees, not the last bits.
pub const LAST_DIGITS: Tolerance = Tolerance::Relative(1e-9);

impl Tolerance {
    /// Is the number near enough? Missing is near to missing alone.
    #[must_use]
    pub fn accepts(self, expected: f64, actual: f64) -> bool {
        if expected.is_nan() || actual.is_nan() {
            return expected.is_nan() && actual.is_nan();
        }
        let most = match self {
            Self::Absolute(most) => most,
            Self::Relative(part) => part * expected.abs(),
        };
        // A tolerance as decimals mean it: 0.1 apart is within 0.1, whatever the last bits say.
        crate::digits::is_same(expected, actual)
            || (expected - actual).abs()
                <= most + 4.0 * f64::EPSILON * expected.abs().max(actual.abs())
    }
}
