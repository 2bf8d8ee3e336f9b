//! Expressions of the syntax tree.
//!
//! In: what the parser saw between the words of a declaration. Out: plain data with exact spans.

use super::{Name, Number, PeriodEnd, Range, Span};

/// An expression. `depth` is one more than its deepest part; the parser refuses to build above
/// [`crate::NESTING_LIMIT`].
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
    pub depth: u16,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    Number(Number),
    /// `yes`, `no`, `unknown`
    Truth(TruthWord),
    Missing,
    Name(Name),
    /// `armed_conflict.coverage`
    Member {
        of: Box<Expr>,
        field: Name,
    },
    Call {
        function: Name,
        args: Vec<Arg>,
    },
    /// `[a, b, c]`
    List(Vec<Expr>),
    /// `any of { a, b }`, a member of a factor: present where one of them is.
    Alternatives(Vec<Expr>),
    Paren(Box<Expr>),
    Negate(Box<Expr>),
    Not(Box<Expr>),
    /// `first op a op b …`, evaluated from the left; only `+` and `-`.
    Sum {
        first: Box<Expr>,
        rest: Vec<(Operator<SumOp>, Expr)>,
    },
    /// Only `*` and `/`.
    Product {
        first: Box<Expr>,
        rest: Vec<(Operator<ProductOp>, Expr)>,
    },
    /// `a < b`, `0 <= x < 1`
    Comparison {
        first: Box<Expr>,
        rest: Vec<(Operator<CompareOp>, Expr)>,
    },
    /// `overall is critical`, `x is not missing`, `x is known`
    Is {
        of: Box<Expr>,
        negated: bool,
        what: IsWhat,
    },
    /// `x in 0..<1`, `region in {west, central}`, each also with `not in`
    In {
        of: Box<Expr>,
        negated: bool,
        set: InSet,
    },
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// `a ?? b ?? c`: the first that is known.
    Fallback(Vec<Expr>),
    /// `if c then a else if d then b else e`
    If {
        arms: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
    },
    /// `at least 3 of (a, b, c)`, `at least k of factor.members`: a list of one may be a list value.
    AtLeast {
        k: Box<Expr>,
        of: Vec<Expr>,
    },
    /// `piecewise x { 0..50 to 0..12, 50..100 to 12..35.4 }`
    Piecewise {
        of: Box<Expr>,
        pieces: Vec<(Range, Range)>,
    },
    /// `2010..2020`, `"2010-01".."2019-12"`, `2010..`, `first..last`, both ends included: only as the value of a
    /// named argument.
    Periods {
        from: PeriodEnd,
        /// Without one, all periods from `from` on.
        until: Option<PeriodEnd>,
    },
    /// `1 known`: how many of several values must be, only as the value of a named argument.
    Required(Box<Expr>),
    /// `10 - trust weight 2`, in a list or among several values.
    Weighted {
        value: Box<Expr>,
        weight: Box<Expr>,
    },
    /// `5 deaths x 12`: the same value so many times, only in the series of a test.
    Repeat {
        value: Box<Expr>,
        times: Number,
    },
    /// Could not be read; told already.
    Error,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// `over:` in `sum(x, over: 12 months)`
    pub name: Option<Name>,
    pub value: Expr,
}

#[derive(Clone, Debug, PartialEq)]
pub enum IsWhat {
    Missing(Span),
    Known(Span),
    Value(Box<Expr>),
}

#[derive(Clone, Debug, PartialEq)]
pub enum InSet {
    Range(Range),
    Names(Vec<Name>, Span),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TruthWord {
    Yes,
    No,
    Unknown,
}

/// An operator and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operator<T> {
    pub op: T,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SumOp {
    Add,
    Subtract,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductOp {
    Multiply,
    Divide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
