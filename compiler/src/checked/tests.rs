//! Tests that hold together: every name resolved, every value in the unit it is compared in.

use crate::plan::alerts::AlertEvent;
pub use crate::plan::tests::{LAST_DIGITS, TestShape, Tolerance};
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

/// A value in place of data, or of what a declaration is made of.
#[derive(Clone, Debug)]
pub struct CheckedGiven {
    pub value: ValueId,
    /// Constants: one for all rows, or one for each, a repeated one once with its number.
    pub cells: Vec<(Typed, usize)>,
    /// For each of these: it was not verified, as `unverified(…)` says.
    pub unverified: Vec<bool>,
    /// For each of these: its cell says that there is no such value.
    pub inapplicable: Vec<bool>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CheckedExpect {
    pub what: Expected,
    /// The row spoken of, from 0; `None` for all.
    pub row: Option<usize>,
    /// Without the word `expect`.
    pub span: Span,
    /// With it, to the end.
    pub whole: Span,
}

#[derive(Clone, Debug)]
pub enum Expected {
    /// A truth that has to be surely yes.
    Holds(Typed),
    /// A value that there must not be: one that is not applicable.
    NotApplicable(Typed),
    /// A value, or one for each row; `missing` and `unknown` are values.
    Equals {
        of: Typed,
        values: Vec<(Typed, usize)>,
        /// Everything behind `is`.
        written: Span,
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
