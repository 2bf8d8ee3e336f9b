//! Would a test notice if the method said something else?
//!
//! In: a ruleset that holds together, with its tests. Out: its mutants, each a small change to the tree
//! of one declaration, told in words; and for each what came of it: it does not compile, it gives the
//! same Plan, or a Plan of its own for each set of tests that rest on what was changed. A mutant is
//! checked and lowered like any ruleset, so it means what its text would mean. Whoever runs tests says
//! whether one of them fails.

mod expressions;
mod factors;
mod items;
mod mutator;
mod needs;
mod numbers;
mod same;
mod tables;
mod walk;

pub use mutator::Mutator;
pub use same::same_inputs;

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Plan;
use crate::source::Span;
use crate::testing::{FileTest, Suite};

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A number as written: a step, a tenth.
    Number,
    Operator,
    Function,
    /// `not`, `is not`, `not in`.
    Not,
    /// A part of `and`, `or`, `??` is left out.
    Condition,
    Combine,
    Weight,
    Require,
    /// A member of a factor or of a list is left out.
    Member,
    /// A clause of a level or of an alert is left out.
    Clause,
    Order,
    /// What absent values stand for.
    Missing,
}

impl ChangeKind {
    /// As programs read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Operator => "operator",
            Self::Function => "function",
            Self::Not => "not",
            Self::Condition => "condition",
            Self::Combine => "combine",
            Self::Weight => "weight",
            Self::Require => "require",
            Self::Member => "member",
            Self::Clause => "clause",
            Self::Order => "order",
            Self::Missing => "missing",
        }
    }
}

/// One change, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// The words that would be others.
    pub span: Span,
    /// The declaration in which they stand.
    pub declaration: String,
    /// What follows "no test would notice if": `` `>= 0.7` in `overall` were `> 0.7` ``.
    pub words: String,
}

/// A ruleset that says something else in one place.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub change: Change,
    /// Of the package's modules, and of its items.
    module: usize,
    item: usize,
    /// Among the changes of that item.
    number: usize,
}

/// What came of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    DoesNotCompile,
    /// It gives the same Plan.
    Same,
    /// The name of the first test that fails.
    Noticed(String),
    Unnoticed,
}

/// What a mutant is put to.
#[derive(Clone, Copy, Debug)]
pub enum Trial<'t> {
    Suite(&'t Suite),
    /// A table, over the mutant's own Plan.
    Table(&'t Plan, &'t FileTest),
}

/// What a table of cases says of results: the names of the declarations.
pub type TableNames = BTreeMap<String, BTreeSet<String>>;
