//! What comes of a test.

use forewarn_diagnostics::source::Span;
use forewarn_plan::PeriodKind;

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

/// The word of the rows of a series.
pub(crate) fn period_word(kind: Option<PeriodKind>) -> &'static str {
    kind.map_or("row", crate::period::kind_name)
}
