//! The nodes that hold one declared value.

use super::NodeId;

/// The nodes of one declared value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number with its unit as people read it.
    Number {
        node: NodeId,
        unit: String,
    },
    Truth {
        node: NodeId,
    },
    /// `exact` is missing while undetermined; the others never are.
    Level {
        scale: String,
        names: Vec<String>,
        exact: NodeId,
        at_least: NodeId,
        at_most: NodeId,
    },
    Category {
        names: Vec<String>,
        node: NodeId,
    },
    /// A count of truths.
    Count {
        exact: NodeId,
        at_least: NodeId,
        at_most: NodeId,
    },
    /// A number that may be known only between bounds; where nothing is known of a bound, that is missing.
    Between {
        exact: NodeId,
        at_least: NodeId,
        at_most: NodeId,
        unit: String,
    },
}

impl Value {
    /// Its nodes, that of the value itself first.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        match self {
            Self::Number { node, .. } | Self::Truth { node } | Self::Category { node, .. } => {
                vec![*node]
            }
            Self::Level {
                exact,
                at_least,
                at_most,
                ..
            }
            | Self::Count {
                exact,
                at_least,
                at_most,
            }
            | Self::Between {
                exact,
                at_least,
                at_most,
                ..
            } => vec![*exact, *at_least, *at_most],
        }
    }
}
