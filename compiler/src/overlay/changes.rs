//! What holds after all changes, and what was changed.

use super::amendments::Amendments;
use crate::package::Module;
use crate::source::Span;
use forewarn_grammar::ast::{Item, ItemKind};
use std::collections::{BTreeMap, BTreeSet};

/// A declaration that holds after all changes.
#[derive(Clone, Debug)]
pub struct EffectiveItem<'p> {
    /// Where it is declared, or was last replaced.
    pub module: &'p Module,
    pub item: &'p Item,
    /// What is declared: the item's own, or what its `add` or `replace` brings.
    pub kind: &'p ItemKind,
    pub amendments: Amendments<'p>,
    /// Indices of [`Overlaid::changes`], in order.
    pub history: Vec<usize>,
    /// The package that may not let others change it.
    pub(crate) closed: Option<Closed>,
}

/// Why a declaration cannot be changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    /// `final` itself, rather than not being among what is `open`.
    pub is_final: bool,
    pub span: Span,
}

/// What was declared and no longer is.
#[derive(Clone, Debug)]
pub struct Dropped {
    /// `indicator`
    pub what: String,
    pub declared: Span,
    pub dropped: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    Override,
    Replace,
    /// What a test of what is extended expects.
    Changed,
    Add,
    Drop,
}

impl Verb {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Replace => "replace",
            Self::Changed => "changed",
            Self::Add => "add",
            Self::Drop => "drop",
        }
    }
}

/// One change that an extending framework makes.
#[derive(Clone, Debug)]
pub struct ChangeRecord {
    /// Its place among all changes of the packages, made or not: see [`Selection`].
    pub number: usize,
    /// Which package makes it: see [`Module::package`].
    pub package: usize,
    pub verb: Verb,
    /// `param`, `weight`, `indicator`, `member` …
    pub what: String,
    /// `war_threshold`, `armed_conflict.at_war`
    pub target: String,
    /// The declaration that it belongs to.
    pub declaration: String,
    pub because: String,
    pub span: Span,
    /// The words of the old and of the new value, where there are such.
    pub from: Option<Span>,
    pub to: Option<Span>,
}

/// What holds.
#[derive(Clone, Debug, Default)]
pub struct Overlaid<'p> {
    pub standing: Vec<EffectiveItem<'p>>,
    pub dropped: BTreeMap<&'p str, Dropped>,
    /// In the order in which they are made: the lowest framework's changes first.
    pub changes: Vec<ChangeRecord>,
}

/// Which changes are made: all of them, or those of certain numbers.
#[derive(Clone, Copy, Debug, Default)]
pub enum Selection<'s> {
    #[default]
    All,
    Only(&'s BTreeSet<usize>),
}

impl Selection<'_> {
    pub(super) fn takes(self, change: usize) -> bool {
        match self {
            Self::All => true,
            Self::Only(chosen) => chosen.contains(&change),
        }
    }
}
