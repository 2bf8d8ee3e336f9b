//! What an expression becomes: one or more nodes.

use crate::plan::{Binary, Compare, NodeId, OutlineId, PlanBuilder};

/// The nodes of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Lowered {
    Number(NodeId),
    Truth(NodeId),
    Category(NodeId),
    Level(Bounds),
    Count(Bounds),
    /// A number that may be known only between bounds; a bound of which nothing is known is missing.
    Between(Bounds),
    List {
        items: Vec<Lowered>,
        /// For each item a truth that is never unknown: does it count? Where a factor hands over
        /// its members, those that are missing do not.
        present: Option<Vec<NodeId>>,
    },
}

/// Whether there is a value, and the condition that says so where it is an indicator's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Applies {
    pub node: NodeId,
    pub outline: Option<OutlineId>,
}

/// A place known between bounds: `exact` is missing unless they agree, the others never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bounds {
    pub exact: NodeId,
    pub at_least: NodeId,
    pub at_most: NodeId,
}

impl Bounds {
    /// Bounds that are never missing.
    pub fn between(builder: &mut PlanBuilder, at_least: NodeId, at_most: NodeId) -> Self {
        if at_least == at_most {
            return Self {
                exact: at_least,
                at_least,
                at_most,
            };
        }
        let agree = builder.compare(Compare::Equal, at_least, at_most);
        let missing = builder.missing();
        let exact = builder.select(agree, at_least, missing);
        Self {
            exact,
            at_least,
            at_most,
        }
    }

    /// A single node at both ends.
    pub fn one(node: NodeId) -> Self {
        Self {
            exact: node,
            at_least: node,
            at_most: node,
        }
    }

    /// A number that may be missing, between the ends of what it can be.
    pub fn around(builder: &mut PlanBuilder, exact: NodeId, least: f64, most: f64) -> Self {
        let least = builder.number(least);
        let most = builder.number(most);
        let at_least = builder.binary(Binary::Coalesce, exact, least);
        let at_most = builder.binary(Binary::Coalesce, exact, most);
        Self {
            exact,
            at_least,
            at_most,
        }
    }
}

impl Lowered {
    /// The node of a single value, as a number where it has one.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Number(node) | Self::Truth(node) | Self::Category(node) => Some(*node),
            Self::Level(bounds) | Self::Count(bounds) | Self::Between(bounds) => Some(bounds.exact),
            Self::List { .. } => None,
        }
    }

    /// All nodes that carry it.
    pub fn nodes(&self) -> Vec<NodeId> {
        match self {
            Self::Number(node) | Self::Truth(node) | Self::Category(node) => vec![*node],
            Self::Level(bounds) | Self::Count(bounds) | Self::Between(bounds) => {
                vec![bounds.exact, bounds.at_least, bounds.at_most]
            }
            Self::List { items, .. } => items.iter().flat_map(Self::nodes).collect(),
        }
    }
}

/// Is it a number that may be known only between bounds?
pub(super) fn is_between(value: &Lowered) -> bool {
    matches!(value, Lowered::Between(_))
}
