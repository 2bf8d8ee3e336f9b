//! The checked tree: every name resolved, every expression with its type.
//!
//! In: what the checker found right. Out: what lowering turns into Plan nodes. Conversions between
//! units of one dimension are explicit; functions are still calls and are expanded by lowering.
#![deny(clippy::wildcard_enum_match_arm)]

use forewarn_grammar::ast::{CompareOp, ProductOp, SumOp};

use crate::arena::Id;
use crate::plan::PeriodKind;
use crate::plan::along::Gap;
pub use crate::plan::outline::{PeerFunction, TimeFunction};
use crate::plan::peers::{Aggregate, During, Peers};
use crate::source::Span;
use crate::types::Type;

/// Index into the framework's values (indicators, params, steps, scores, signals, factors, levels).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueId(pub u32);

impl Id for ValueId {
    fn new(at: u32) -> Self {
        Self(at)
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

/// Index into the framework's functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub u32);

impl Id for FunctionId {
    fn new(at: u32) -> Self {
        Self(at)
    }

    fn at(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub kind: TypedKind,
    pub ty: Type,
    pub span: Span,
}

/// A part of a declared value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Coverage,
    Known,
    Members,
    AtLeast,
    AtMost,
    /// Of an indicator: was the observation verified?
    Verified,
}

/// An answer to "how do these compare?" between two numbers, levels, counts or categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Order(CompareOp),
    Is,
    IsNot,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TypedKind {
    Number(f64),
    Missing,
    Truth {
        yes: bool,
        no: bool,
    },
    /// A place on a scale, or a category's code.
    Position(u32),
    Value(ValueId),
    /// A parameter of the function around it.
    Parameter(u32),
    /// A declaration as it was in an earlier period: the one that it stands in, or one that rests on that in turn.
    Earlier(ValueId),
    Field(ValueId, Field),
    AllFactors,
    AllSignals,
    List(Vec<Typed>),
    /// The same quantity in another unit: times the first, divided by the second.
    Convert(Box<Typed>, f64, f64),
    /// A truth, level or count as a plain number.
    AsNumber(Box<Typed>),
    Negate(Box<Typed>),
    Not(Box<Typed>),
    Sum(Box<Typed>, Vec<(SumOp, Typed)>),
    Product(Box<Typed>, Vec<(ProductOp, Typed)>),
    Compare {
        relation: Relation,
        left: Box<Typed>,
        right: Box<Typed>,
    },
    And(Vec<Typed>),
    Or(Vec<Typed>),
    IsKnown(Box<Typed>),
    Fallback(Vec<Typed>),
    If {
        arms: Vec<(Typed, Typed)>,
        otherwise: Box<Typed>,
    },
    /// At least `k` of a list of truths.
    AtLeast {
        k: Box<Typed>,
        of: Box<Typed>,
    },
    Builtin(Builtin, Vec<Typed>),
    Along(Box<AlongTime>),
    Peers(Box<AcrossPeers>),
    Call(FunctionId, Vec<Typed>),
    Error,
}

impl Typed {
    /// A number as it is written.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        if let TypedKind::Number(x) = self.kind {
            Some(x)
        } else {
            None
        }
    }
}

/// The functions that the language itself brings; the rest is in the standard library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Builtin {
    Abs,
    Sqrt,
    Exp,
    Ln,
    Log2,
    Log10,
    Pow,
    Floor,
    Ceil,
    Round,
    Truncate,
    Min,
    Max,
    Sum,
    Mean,
    Median,
    Product,
    GeometricMean,
    HarmonicMean,
    /// The sample standard deviation, by n - 1.
    StdDev,
    Count,
    Any,
    All,
    KnownCount,
    Position,
    /// What a value would be if evidence that is not verified did not count.
    Verified(Unverified),
    /// `any of { a, b }`: the highest that one of several may be, known where the others cannot change it.
    Alternatives,
    /// Of a list those that are known, given to a function that is called with `require: 2 known`; and how many
    /// have to be. Never written alone.
    OfKnown,
    /// A value of a list, and what it weighs where several are put together. Never written alone.
    Weighted,
    /// Of a value and, for each piece, its two ends and what it has there.
    Piecewise,
    /// The number of a period of that kind, by its year and what there is within it; missing where there is none.
    /// Never written alone.
    PeriodOf(PeriodKind),
}

/// How `verified(…)` reads an observation that is not verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unverified {
    /// Nothing said: unknown, where what is asked for rests on a factor of bounds; else as the least
    /// alarming value.
    #[default]
    Unsaid,
    Unknown,
    LeastAlarming,
}

impl Builtin {
    pub const ALL: [(&'static str, Self); 27] = [
        ("abs", Self::Abs),
        ("sqrt", Self::Sqrt),
        ("exp", Self::Exp),
        ("ln", Self::Ln),
        ("log2", Self::Log2),
        ("log10", Self::Log10),
        ("pow", Self::Pow),
        ("floor", Self::Floor),
        ("ceil", Self::Ceil),
        ("round", Self::Round),
        ("truncate", Self::Truncate),
        ("min", Self::Min),
        ("max", Self::Max),
        ("sum", Self::Sum),
        ("mean", Self::Mean),
        ("median", Self::Median),
        ("product", Self::Product),
        ("geometric_mean", Self::GeometricMean),
        ("harmonic_mean", Self::HarmonicMean),
        ("stddev", Self::StdDev),
        ("count", Self::Count),
        ("any", Self::Any),
        ("all", Self::All),
        ("known_count", Self::KnownCount),
        ("position", Self::Position),
        ("verified", Self::Verified(Unverified::Unsaid)),
        ("piecewise", Self::Piecewise),
    ];

    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, builtin)| *builtin)
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        if self == Self::Alternatives {
            return "any of";
        }
        let is_verified = matches!(self, Self::Verified(_));
        let is_own =
            |other: Self| other == self || (is_verified && matches!(other, Self::Verified(_)));
        Self::ALL
            .iter()
            .find(|(_, builtin)| is_own(*builtin))
            .map_or("", |(name, _)| name)
    }
}

/// A function of an entity's periods up to the row's own.
#[derive(Clone, Debug, PartialEq)]
pub struct AlongTime {
    pub what: TimeFunction,
    /// A number, truth, level or category, as the function takes it.
    pub of: Typed,
    /// In periods of the panel; [`WHOLE`](crate::plan::along::WHOLE) for all so far.
    pub over: u32,
    /// In periods; `WHOLE` for every one of the window.
    pub require: u32,
    /// What `crosses` compares with, or the period that `at` names.
    pub threshold: Option<Typed>,
    /// A truth: the window begins in the last period in which it was yes. `over` is then `WHOLE`.
    pub since: Option<Typed>,
    /// An alert, or a truth: the window is the whole spell of it in which the row lies, later periods included.
    /// `over` is then `WHOLE`.
    pub within: Option<Typed>,
    /// Of `lag` with `first:`: what stands before the first period, and in place of what is missing.
    pub recall: Option<(Typed, Gap)>,
}

/// A function of a period's other entities.
#[derive(Clone, Debug, PartialEq)]
pub struct AcrossPeers {
    pub what: PeerFunction,
    /// Where a number of it is a param with dates: what it is in which periods; nothing in any other. Else empty.
    pub dated: Vec<During<PeerFunction>>,
    /// The params that its numbers are.
    pub params: Vec<String>,
    pub of: Typed,
    /// A category whose groups are compared apart.
    pub among: Option<Typed>,
    /// Groups are those of the key with this place instead.
    pub by_key: Option<usize>,
    /// The first and the last period that goalposts are taken from.
    pub baseline: Option<(i64, i64)>,
}

impl AcrossPeers {
    /// The worst or the best of the peers' levels, which may lie between two of them.
    #[must_use]
    pub fn is_of_levels(&self) -> bool {
        matches!(self.of.ty, Type::Level(_))
    }

    /// How many peers say yes: a number between bounds, where some do not say.
    #[must_use]
    pub fn counts_yes(&self) -> bool {
        self.of.ty == Type::Truth
            && self.what == PeerFunction::Plain(Peers::Aggregate(Aggregate::Known))
    }
}

/// Functions of the language that look along time, whatever their arguments.
pub const ALONG_TIME: &[&str] = &[
    "lag",
    "change",
    "growth",
    "trend",
    "sustained",
    "since",
    "ever",
    "crosses",
    "record_high",
    "record_low",
    "baseline",
    "last",
    "previous",
    "at",
];

/// Functions of the language that compare peers, whatever their arguments.
pub const ACROSS_PEERS: &[&str] = &[
    "rank",
    "percentile",
    "zscore",
    "minmax",
    "share",
    "top",
    "winsorise",
    "impute_mean",
    "decile",
    "quantile",
];

/// Functions of a list that also take one value `over:` a window of periods or `among:` peers.
pub const BOTH_WAYS: &[&str] = &["sum", "mean", "min", "max", "count", "stddev", "median"];
