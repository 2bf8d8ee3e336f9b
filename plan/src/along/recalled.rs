//! What a value was some periods earlier, with a stated beginning: how a value rests on its own past.
//!
//! In: what the value was in the entity's earlier periods, oldest first. Out: what it was so many periods
//! ago. Before the first period it is what its author says; where it is missing, what its author says of
//! gaps.

use crate::NodeId;

/// What is read of a node's earlier periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// A number; it may stand behind what reads it.
    pub of: NodeId,
    /// How many periods ago, at least one.
    pub ago: u32,
    pub gap: Gap,
    /// The declaration that it is.
    pub name: String,
    /// What of it.
    pub side: Side,
}

/// Of a value that is known only between bounds, both are recalled, each by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Side {
    /// All that is known.
    #[default]
    Exact,
    Least,
    Most,
}

/// What stands in the place of an earlier value that is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Nothing: what rests on it is missing too.
    #[default]
    Missing,
    /// What stands before the first period: it begins anew.
    First,
    /// The last known value before it; what stands before the first period where there is none.
    Last,
}

/// Takes note of a period's value.
pub fn remember(cells: &mut Vec<f64>, gap: Gap, x: f64) {
    let before = cells.last().copied();
    cells.push(match (gap, before) {
        (Gap::Last, Some(before)) if x.is_nan() => before,
        (Gap::Missing | Gap::First | Gap::Last, _) => x,
    });
}

/// The value so many periods before the next one, out of what was taken note of.
#[must_use]
pub fn recalled(cells: &[f64], ago: u32, gap: Gap, first: f64) -> f64 {
    let at = cells.len().checked_sub(ago.max(1) as usize);
    let Some(then) = at.and_then(|at| cells.get(at)) else {
        return first;
    };
    match gap {
        Gap::First | Gap::Last if then.is_nan() => first,
        Gap::Missing | Gap::First | Gap::Last => *then,
    }
}
