//! Outlines: what the author of a declaration wrote, term by term, with the nodes that hold its values.
//!
//! In: what lowering records while it makes the nodes. Out: plain data, the other half of a Plan. Nodes are
//! shared, folded, guarded and split; outlines never are: there is one for each term of each declaration,
//! and a term that lowering invented has none. What people are told is made of them: their words, the
//! declarations and constants named there, and the values of their nodes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::along::{WHOLE, Window};
use super::peers::{Peers, RankOrder};
use super::{NodeId, Plan, Value};
use forewarn_diagnostics::source::Span;

/// Index into [`Plan::outlines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutlineId(pub u32);

/// Words on one line, as a formatter would write them: a part of the line that their file makes.
#[derive(Clone, Default)]
pub struct Words {
    line: Arc<str>,
    part: Range<u32>,
}

impl Words {
    #[must_use]
    pub fn part_of(line: &Arc<str>, part: Range<usize>) -> Self {
        let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            line: Arc::clone(line),
            part: at(part.start)..at(part.end),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        let part = self.part.start as usize..self.part.end as usize;
        self.line.get(part).unwrap_or_default()
    }
}

impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Self::part_of(&Arc::from(words), 0..words.len())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Words {}

/// A declared value as a term names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// As it is declared.
    pub name: String,
    /// What it would be by verified evidence alone is meant.
    pub verified: Option<Reading>,
}

/// How an observation that is not verified reads where only verified evidence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reading {
    /// Neither for nor against.
    Unknown,
    /// As the least alarming value there is.
    LeastAlarming,
}

/// One term.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    pub words: Words,
    pub span: Span,
    pub term: Term,
    /// The terms that it is made of, in the order of the words.
    pub operands: Vec<OutlineId>,
    pub held: Held,
    /// The same as the term around it uses it, where that is in another unit.
    pub used: Option<Held>,
    /// A truth, where the term is only worked out where it is yes: elsewhere its nodes say nothing of its
    /// words.
    pub asked: Option<NodeId>,
    /// A truth that is never unknown, where there is no such value in some rows: is there one?
    pub there: Option<NodeId>,
    /// Its values are those by verified evidence alone: it stands inside of `verified(…)`.
    pub verified: Option<Reading>,
}

/// What a term's nodes hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    One(Value),
    /// A list, item by item.
    Several(Vec<Item>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub of: ItemOf,
    pub value: Value,
}

/// What an item goes back to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemOf {
    Named(Reference),
    Term(OutlineId),
    /// An item of a function's parameter whose argument has no words.
    Nameless,
}

/// What kind of term it is. `x`, `y` stand for its operands.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number, an answer, a place of a scale, a name of a category, `missing`.
    Literal,
    /// A declared value.
    Named(Reference),
    /// A constant of the method, by its name.
    Param(String),
    /// A parameter of the function around it.
    Parameter,
    /// A part of a declared value: `f.coverage`.
    Field(Reference),
    /// `factors`, `signals`, `f.members`, `[a, b]`, a declared list.
    List,
    /// Plain arithmetic, and functions of single numbers.
    Arithmetic,
    /// `x < y`
    Compare(Comparing),
    /// `x and y`
    All,
    /// `x or y`
    Any,
    /// `not x`
    Not,
    /// One question about its operands: `x is missing`, `x in 0..<1`.
    Asks,
    /// `x ?? y`
    Fallback,
    /// `if`: conditions and values in turn, the last value for the rest.
    If,
    /// Of a list of truths; of `at least K of` the first operand is K.
    Tally(Tally),
    /// Several values to one: `mean([x, y])`.
    Reduce,
    Along(AlongTerm),
    Peers(PeerTerm),
    /// `verified(x)`
    Verified,
    Call(Call),
}

impl Term {
    /// What a comparison with peers is made of.
    #[must_use]
    pub fn peers(&self) -> Option<&PeerTerm> {
        match self {
            Self::Peers(peers) => Some(peers),
            Self::Literal
            | Self::Named(_)
            | Self::Param(_)
            | Self::Parameter
            | Self::Field(_)
            | Self::List
            | Self::Arithmetic
            | Self::Compare(_)
            | Self::All
            | Self::Any
            | Self::Not
            | Self::Asks
            | Self::Fallback
            | Self::If
            | Self::Tally(_)
            | Self::Reduce
            | Self::Along(_)
            | Self::Verified
            | Self::Call(_) => None,
        }
    }

    /// The params that it names itself.
    #[must_use]
    pub fn params(&self) -> &[String] {
        if let Self::Param(name) = self {
            return std::slice::from_ref(name);
        }
        self.peers().map_or(&[], |peers| peers.params.as_slice())
    }
}

/// How two sides are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparing {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Is,
    IsNot,
}

impl Comparing {
    /// As it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Is => "is",
            Self::IsNot => "is not",
        }
    }
}

/// What is asked of several truths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tally {
    Count,
    Any,
    All,
    AtLeast,
    /// How many are known.
    Known,
}

/// A function of an entity's periods up to the row's own; its operand is what is looked back on, and of
/// `crosses` a second one the threshold, of a window since an event the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlongTerm {
    pub what: TimeFunction,
    /// In periods; [`WHOLE`] for all so far.
    pub over: u32,
    /// How many periods must be known; `None` where nothing is required.
    pub require: Option<u32>,
    /// It begins with the event that its second operand tells.
    pub since: bool,
    /// It is the whole spell of its second operand in which the row lies; the node says when that began.
    pub within: Option<NodeId>,
}

/// What a function makes of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeFunction {
    Lag,
    Change,
    Growth,
    Window(Window),
    /// How many periods of the window a truth was yes.
    CountYes,
    Sustained,
    Ever,
    Since,
    CrossesAbove,
    CrossesBelow,
    RecordHigh,
    RecordLow,
    /// The mean of the periods before the row's own.
    Baseline,
    /// The newest known value before the row's own period.
    Previous,
    /// In the period that its second operand names, or in which that last was yes.
    At,
    /// So many periods ago, with a stated beginning; its operand is what stands there.
    Recall,
}

impl TimeFunction {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lag => "lag",
            Self::Change => "change",
            Self::Growth => "growth",
            Self::Window(Window::Sum) => "sum",
            Self::Window(Window::Mean) => "mean",
            Self::Window(Window::Min) => "min",
            Self::Window(Window::Max) => "max",
            Self::Window(Window::Known) | Self::CountYes => "count",
            Self::Window(Window::StdDev) => "stddev",
            Self::Window(Window::Median) => "median",
            Self::Window(Window::Last) => "last",
            Self::Window(Window::Trend) => "trend",
            Self::Sustained => "sustained",
            Self::Ever => "ever",
            Self::Since => "since",
            Self::CrossesAbove | Self::CrossesBelow => "crosses",
            Self::RecordHigh => "record_high",
            Self::RecordLow => "record_low",
            Self::Baseline => "baseline",
            Self::Previous => "previous",
            Self::At => "at",
            Self::Recall => "lag",
        }
    }

    /// How many periods must be known, of those that are asked for; `None` where it does without any.
    #[must_use]
    pub fn requires(self, over: u32, require: u32) -> Option<u32> {
        match self {
            Self::Window(Window::Known) | Self::Since => None,
            Self::Lag
            | Self::Change
            | Self::Growth
            | Self::CrossesAbove
            | Self::CrossesBelow
            | Self::At
            | Self::Recall => None,
            // What is not known only leaves the count open.
            Self::CountYes if require >= over => None,
            Self::CountYes
            | Self::Window(
                Window::Sum
                | Window::Mean
                | Window::Min
                | Window::Max
                | Window::StdDev
                | Window::Median
                | Window::Last
                | Window::Trend,
            )
            | Self::Sustained
            | Self::Ever
            | Self::RecordHigh
            | Self::RecordLow
            | Self::Baseline
            | Self::Previous => Some(match (require, over) {
                (WHOLE, WHOLE) => WHOLE,
                (require, over) => require.min(over).max(1),
            }),
        }
    }
}

/// A function of a period's other entities; its first operand is what is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerTerm {
    pub what: PeerFunction,
    /// The nodes across peers that it is made of, with what each is.
    pub nodes: Vec<(PeerPart, NodeId)>,
    /// The params that its numbers are: how many are on top, the limits of outliers.
    pub params: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PeerFunction {
    /// One of the operations of a Plan.
    Plain(Peers),
    ZScore,
    MinMax,
    Share,
    /// Among the first so many.
    Top(RankOrder, u32),
    /// In which of so many parts of equal size, from 1 for the lowest.
    Quantile(u32),
}

impl PeerFunction {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain(Peers::Aggregate(what)) => what.word(),
            Self::Plain(Peers::Rank { .. }) => "rank",
            Self::Plain(Peers::Percentile) => "percentile",
            Self::Plain(Peers::Winsorise { .. }) => "winsorise",
            Self::Plain(Peers::Impute) => "impute_mean",
            // Rules write a function along time for it.
            Self::Plain(Peers::Spell { .. }) => "within",
            Self::ZScore => "zscore",
            Self::MinMax => "minmax",
            Self::Share => "share",
            Self::Top(..) => "top",
            Self::Quantile(10) => "decile",
            Self::Quantile(_) => "quantile",
        }
    }
}

/// What a node across peers is to the function that it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeerPart {
    /// The result itself.
    Result,
    Mean,
    StdDev,
    Least,
    Greatest,
    Total,
    Rank,
    Known,
}

/// A call of a function of the rules; its operands are the arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub function: String,
    /// What the function is made of, with the values of this call; `None` for those of the standard library.
    pub body: Option<OutlineId>,
}

impl Outline {
    /// The value as the term around it uses it.
    #[must_use]
    pub fn used(&self) -> &Held {
        self.used.as_ref().unwrap_or(&self.held)
    }

    /// The nodes that it reads by itself.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        let held = std::iter::once(&self.held).chain(&self.used);
        let values = held.flat_map(|held| match held {
            Held::One(value) => vec![value],
            Held::Several(items) => items.iter().map(|item| &item.value).collect(),
        });
        let peers = self
            .term
            .peers()
            .map_or(&[][..], |peers| peers.nodes.as_slice());
        let own = values.flat_map(Value::nodes);
        own.chain(peers.iter().map(|(_, node)| *node))
    }

    /// The outlines directly below it: its operands, and what a called function is made of.
    pub fn below(&self) -> impl Iterator<Item = OutlineId> + '_ {
        let body = if let Term::Call(call) = &self.term {
            call.body
        } else {
            None
        };
        self.operands.iter().copied().chain(body)
    }
}

impl Plan {
    #[must_use]
    pub fn outline(&self, id: OutlineId) -> Option<&Outline> {
        self.outlines.get(id.0 as usize)
    }
}
