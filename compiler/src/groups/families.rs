//! All that goes by a group.

use super::axis::{self, Axis};
use super::pool::Pool;
use super::shape::{Family, Shape};
use crate::source::{FileId, Span};
use forewarn_grammar::ast::{self, Expr};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that goes by a group.
#[derive(Clone, Debug, Default)]
pub struct Groups<'p> {
    pub families: BTreeMap<&'p str, Family<'p>>,
    /// Lists that have no values of their own, and the members of factors as `factor.members`.
    pub(super) lists: BTreeMap<String, Arc<Shape<'p>>>,
    /// Steps that are lists, with their words.
    pub listed: BTreeMap<&'p str, (FileId, &'p Expr)>,
    /// Which parameters of declared functions are lists.
    pub(super) functions: Arc<axis::Functions<'p>>,
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
