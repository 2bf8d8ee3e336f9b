//! Would a test notice if the method said something else?
//!
//! In: a ruleset that holds together, with its tests. Out: its mutants, each a small change to the tree
//! of one declaration, told in words; and for each what came of it: it does not compile, it gives the
//! same Plan, or a Plan of its own for each set of tests that rest on what was changed. A mutant is
//! checked and lowered like any ruleset, so it means what its text would mean. Whoever runs tests says
//! whether one of them fails.
#![deny(clippy::wildcard_enum_match_arm)]

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

use std::collections::{BTreeMap, BTreeSet};

pub use crate::plan::mutants::{ChangeKind, Mutation, Trial, Verdict, same_inputs};

/// A ruleset that says something else in one place.
#[derive(Clone, Debug)]
pub struct Mutant {
    pub change: Mutation,
    /// Of the package's modules, and of its items.
    module: usize,
    item: usize,
    /// Among the changes of that item.
    number: usize,
}

/// What a table of cases says of results: the names of the declarations.
pub type TableNames = BTreeMap<String, BTreeSet<String>>;
