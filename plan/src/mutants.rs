//! Mutants of a ruleset: what is changed, what tests say of it, and who makes them.
//!
//! The compiler makes mutants from the tree; whoever runs tests puts them to these. Neither knows the
//! other: they meet in [`Mutants`].

use crate::Plan;
use crate::tests::{FileTest, Suite};
use forewarn_diagnostics::source::Span;

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
pub struct Mutation {
    pub kind: ChangeKind,
    /// The words that would be others.
    pub span: Span,
    /// The declaration in which they stand.
    pub declaration: String,
    /// What follows "no test would notice if": `` `>= 0.7` in `overall` were `> 0.7` ``.
    pub words: String,
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

/// Makes mutants of one ruleset, one at a time. For several threads, clone it.
pub trait Mutants: Clone + Send + Sync {
    type Mutant: Sync;

    /// The ruleset as it stands.
    fn plan(&self) -> &Plan;

    /// What comes of a mutant. `fails` gives the name of the first test that fails, if one does.
    fn judge(
        &mut self,
        mutant: &Self::Mutant,
        fails: &mut dyn FnMut(Trial<'_>) -> Option<String>,
    ) -> Verdict;
}

/// Do both read data alike, so that a panel made for one fits the other?
#[must_use]
pub fn same_inputs(a: &Plan, b: &Plan) -> bool {
    let meaning = |plan: &Plan| {
        let inputs = plan.inputs.iter().cloned();
        let inputs = inputs.map(|mut input| {
            input.span = Span::default();
            input
        });
        inputs.collect::<Vec<_>>()
    };
    meaning(a) == meaning(b)
}
