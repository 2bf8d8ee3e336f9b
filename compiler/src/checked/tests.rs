//! Tests that hold together: every name resolved, every value in the unit it is compared in.

use crate::plan::alerts::AlertEvent;
use crate::source::Span;
use crate::typed::{Typed, ValueId};

/// One `test`.
#[derive(Clone, Debug)]
pub struct CheckedTest {
    pub label: String,
    /// The label's own place.
    pub span: Span,
    pub body: TestBody,
}

#[derive(Clone, Debug)]
pub enum TestBody {
    Rows(TestRows),
    /// A file beside the rules; the path as written.
    File {
        path: String,
        path_span: Span,
        /// Of every number in it; `None` for the last digits.
        tolerance: Option<Tolerance>,
    },
}

/// A test in the rule file.
#[derive(Clone, Debug)]
pub struct TestRows {
    pub shape: TestShape,
    /// The first period, where the test says it.
    pub first: Option<i64>,
    pub given: Vec<CheckedGiven>,
    /// Values of params, with their words: the ruleset is read again with them.
    pub params: Vec<(String, Span)>,
    pub expects: Vec<CheckedExpect>,
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

/// A value in place of data, or of what a declaration is made of.
#[derive(Clone, Debug)]
pub struct CheckedGiven {
    pub value: ValueId,
    /// Constants: one for all rows, or one for each, a repeated one once with its number.
    pub cells: Vec<(Typed, usize)>,
    /// For each of these: it was not verified, as `unverified(…)` says.
    pub unverified: Vec<bool>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CheckedExpect {
    pub what: Expected,
    /// The row spoken of, from 0; `None` for all.
    pub row: Option<usize>,
    /// Without the word `expect`.
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum Expected {
    /// A truth that has to be surely yes.
    Holds(Typed),
    /// A value, or one for each row; `missing` and `unknown` are values.
    Equals {
        of: Typed,
        values: Vec<(Typed, usize)>,
        tolerance: Option<Tolerance>,
    },
    Happens {
        alert: ValueId,
        event: AlertEvent,
    },
    /// No event of this alert, or of any.
    NoEvents(Option<ValueId>),
    /// An operation of this declaration is without a result.
    Faults(ValueId),
    /// None of this declaration, or of any.
    NoFaults(Option<ValueId>),
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
        (expected - actual).abs() <= most + 4.0 * f64::EPSILON * expected.abs().max(actual.abs())
    }
}
