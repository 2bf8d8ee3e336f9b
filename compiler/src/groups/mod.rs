//! What goes by a group: which declarations are one for each of several items.
//!
//! In: the declarations that stand. Out: [`Groups`]: for every group, and every step, score or signal
//! whose expression goes item by item, its items by name, each with the value that it is; and of any
//! expression, by which items it goes ([`Groups::axis`]). All of it is read from the words alone, before
//! anything has a kind, so that each item becomes a declaration of its own and no later stage knows of
//! groups.
#![deny(clippy::wildcard_enum_match_arm)]

mod axis;
mod pool;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use forewarn_grammar::ast::{self, BindingKind, Expr};

use crate::diagnostics::{Code, Place, Reports};
use crate::source::{FileId, Span};

pub use axis::Axis;
pub(crate) use axis::is_field;
pub use pool::Pool;
pub(crate) use settle::settle;

/// Several items by name, in order.
#[derive(Clone, Debug, Default)]
pub struct Shape<'p> {
    pub items: Vec<ShapeItem<'p>>,
    /// Groups within a group, by name: the places of their items.
    pub parts: BTreeMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
pub struct ShapeItem<'p> {
    pub name: String,
    /// What it weighs: the product of what the groups that it stands in say.
    pub weights: Vec<(FileId, &'p Expr)>,
}

impl Shape<'_> {
    pub fn position(&self, name: &str) -> Option<usize> {
        self.items.iter().position(|item| item.name == name)
    }
}

/// What a name of several values is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FamilyKind {
    Group,
    Binding(BindingKind),
}

/// Several values under one name.
#[derive(Clone, Debug)]
pub struct Family<'p> {
    pub kind: FamilyKind,
    pub file: FileId,
    pub name: &'p ast::Name,
    pub shape: Arc<Shape<'p>>,
    /// Of each item, the name of the value that it is.
    pub values: Vec<&'p str>,
    /// Of each item of a group, where it is named.
    pub places: Vec<Span>,
    /// What a group takes all or some of.
    pub within: Vec<&'p str>,
}

impl<'p> Family<'p> {
    pub fn span(&self) -> Span {
        crate::places::at(self.file, self.name.span)
    }

    /// In people's words.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.kind {
            FamilyKind::Group => "group",
            FamilyKind::Binding(BindingKind::Let) => "step",
            FamilyKind::Binding(BindingKind::Score) => "score",
            FamilyKind::Binding(BindingKind::Signal) => "signal",
        }
    }

    /// `treated.gdp`: the value that this item is.
    #[must_use]
    pub fn value_of(&self, item: &str) -> Option<&'p str> {
        let at = self.shape.position(item)?;
        self.values.get(at).copied()
    }
}

/// The item that an expression is read for.
#[derive(Clone, Debug)]
pub struct Item<'p> {
    pub shape: Arc<Shape<'p>>,
    pub index: usize,
}

/// All that goes by a group.
#[derive(Clone, Debug, Default)]
pub struct Groups<'p> {
    pub families: BTreeMap<&'p str, Family<'p>>,
    /// Lists that have no values of their own, and the members of factors as `factor.members`.
    lists: BTreeMap<String, Arc<Shape<'p>>>,
    /// Steps that are lists, with their words.
    pub listed: BTreeMap<&'p str, (FileId, &'p Expr)>,
    /// Which parameters of declared functions are lists.
    functions: Arc<axis::Functions<'p>>,
    /// Items that a group names twice: the group, the item, and both places.
    pub twice: Vec<(&'p str, String, Span, Span)>,
    /// What values are labelled, for the labels of items.
    pub labels: BTreeMap<&'p str, &'p ast::Text>,
}

impl<'p> Groups<'p> {
    /// By which items an expression goes.
    #[must_use]
    pub fn axis(&self, expr: &Expr) -> Axis<'p> {
        axis::axis(
            expr,
            &self.functions,
            &mut |key| match self.families.get(key) {
                Some(family) => Some((family.shape.clone(), true)),
                None => self.lists.get(key).map(|shape| (shape.clone(), false)),
            },
        )
    }

    /// What an item of a family is called: by both their labels, where the family has one.
    pub(crate) fn label_of(
        &self,
        pool: &'p Pool,
        own: Option<&'p ast::Text>,
        family: &Family<'p>,
        index: usize,
    ) -> Option<&'p ast::Text> {
        let own = own?;
        let item = family.shape.items.get(index)?;
        let label = self.labels.get(item.name.as_str());
        let label = label.map_or(item.name.as_str(), |label| label.value.as_str());
        Some(pool.text(format!("{}: {label}", own.value), own.span))
    }

    /// Does a call take its argument of that place, or name, as a list?
    #[must_use]
    pub fn takes_list(&self, function: &str, args: &[ast::Arg], index: usize) -> bool {
        axis::takes_list(&self.functions, function, args, index)
    }
}

/// Drops what is known already, and remembers the rest.
pub(crate) fn once(found: &mut Reports, told: &mut Vec<(Code, Place)>) {
    let mut new = Vec::new();
    found.retain(|cause| {
        let key = (cause.code(), cause.describe().primary.place);
        let first = !told.contains(&key);
        new.push(key);
        first
    });
    told.append(&mut new);
}
