//! Tests of a method in the syntax tree.

use super::{Expr, Name, Number, PeriodLit, Span, Text};

/// An example of the method that the tool runs: what is given, and what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    pub label: Text,
    pub kind: TestKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TestKind {
    /// `test "…" over 24 months { … }`; one row where nothing is said.
    Rows {
        over: Option<TestOver>,
        /// In the order of the source, as the expectations.
        given: Vec<Given>,
        expects: Vec<Expect>,
        /// The braces and what is between them.
        body: Span,
    },
    /// `test "…" from "cases.csv" within 0.001`
    File { path: Text, within: Option<Expr> },
}

/// `over 24 months from 2015`, `over 4 cases`
#[derive(Clone, Debug, PartialEq)]
pub struct TestOver {
    pub length: Number,
    pub from: Option<PeriodLit>,
    pub span: Span,
}

/// `given deaths_best = [5 deaths x 12, 200 deaths x 12]`
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub to: GivenTo,
    pub value: Expr,
    pub span: Span,
}

/// What a test gives a value to.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenTo {
    One(Name),
    /// `every assessment`, `every member of preparation`
    Every {
        kind: Name,
        of: Option<Name>,
        span: Span,
    },
}

/// `expect armed_conflict >= 0.8 at month 24`
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    pub kind: ExpectKind,
    pub at: Option<ExpectAt>,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExpectKind {
    /// `hdi is 0.966 within 0.001`
    Holds { value: Expr, within: Option<Expr> },
    /// `early_warning raised`, `ratio faults`
    Happens { of: Name, what: Name },
    /// `no faults`, `no events of early_warning`
    Nothing { what: Name, of: Option<Name> },
}

/// `at month 24`, `at case 2`
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectAt {
    pub word: Name,
    pub number: Number,
    pub span: Span,
}
