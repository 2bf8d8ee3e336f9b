//! Several items by name, and several values under one name.

use crate::source::{FileId, Span};
use forewarn_grammar::ast::{self, BindingKind, Expr};
use std::collections::BTreeMap;
use std::sync::Arc;

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
