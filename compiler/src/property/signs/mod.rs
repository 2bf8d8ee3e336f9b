//! Which way a node moves when some inputs rise: a proof over the Plan, node by node.
//!
//! In: nodes, and for each input whether it rises, falls or stays. Two rows of data are compared that
//! differ in these inputs alone, and only where an input is known in both; earlier periods and other
//! entities are the same. Out: for each node how its value in the second row stands to that in the
//! first. Only operations that keep an order in every bit are followed: adding, multiplying, dividing,
//! rounding and comparing are, approximations of a library (`exp`, `ln`, `pow`) are not.

mod choices;
mod walk;

use crate::plan::{Lane, Node};

/// How a number, or whether something holds, changes from the first row to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Same,
    /// Never less.
    Up,
    /// Never more.
    Down,
    Any,
}

impl Sign {
    #[must_use]
    pub fn flip(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            other @ (Self::Same | Self::Any) => other,
        }
    }

    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, one) | (one, Self::Same) => one,
            (one, other) if one == other => one,
            _ => Self::Any,
        }
    }

    /// Does it never fall?
    #[must_use]
    pub fn never_falls(self) -> bool {
        matches!(self, Self::Same | Self::Up)
    }

    #[must_use]
    pub fn never_rises(self) -> bool {
        matches!(self, Self::Same | Self::Down)
    }
}

/// What a node's being known rests on: known in a row where all of these are, which are known in both
/// rows or in neither. `None`: it may be known in one row alone.
type Known = Option<Vec<u32>>;

/// More than this many are summed up as the node itself.
const MOST_ATOMS: usize = 8;

/// What is known of a node.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Of a number, where it is known in both rows.
    value: Sign,
    /// Of a truth, or of a number that is 1, 0 or missing: being yes, and being no.
    yes: Sign,
    no: Sign,
    known: Known,
}

impl Fact {
    fn any() -> Self {
        Self {
            value: Sign::Any,
            yes: Sign::Any,
            no: Sign::Any,
            known: None,
        }
    }

    fn same(known: Vec<u32>) -> Self {
        Self {
            value: Sign::Same,
            yes: Sign::Same,
            no: Sign::Same,
            known: Some(known),
        }
    }

    fn number(value: Sign, known: Known) -> Self {
        Self {
            value,
            known,
            ..Self::any()
        }
    }

    fn truth(yes: Sign, no: Sign, known: Known) -> Self {
        Self {
            value: Sign::Any,
            yes,
            no,
            known,
        }
    }

    fn is_same(&self, lane: Lane) -> bool {
        self.known.is_some()
            && match lane {
                Lane::Number => self.value == Sign::Same,
                Lane::Truth => self.yes == Sign::Same && self.no == Sign::Same,
            }
    }

    /// A number: how it moves where it is known in both rows.
    #[must_use]
    pub fn value(&self) -> Sign {
        self.value
    }

    /// A truth, `no` lying below `unknown` and that below `yes`.
    #[must_use]
    pub fn truth_sign(&self) -> Sign {
        match (self.yes, self.no) {
            (Sign::Same, Sign::Same) => Sign::Same,
            (yes, no) if yes.never_falls() && no.never_rises() => Sign::Up,
            (yes, no) if yes.never_rises() && no.never_falls() => Sign::Down,
            _ => Sign::Any,
        }
    }
}

/// The facts of all nodes; `moves` says how an input moves.
#[must_use]
pub fn signs(nodes: &[Node], moves: &dyn Fn(u32) -> Sign) -> Vec<Fact> {
    let mut walk = Walk {
        nodes,
        facts: Vec::with_capacity(nodes.len()),
    };
    for (at, node) in (0_u32..).zip(nodes) {
        let mut fact = walk.fact(at, node, moves);
        // What has one value alone does not move.
        if node.range.is_point() && node.op.lane() == Lane::Number {
            fact.value = Sign::Same;
        }
        walk.facts.push(fact);
    }
    walk.facts
}

struct Walk<'n> {
    nodes: &'n [Node],
    facts: Vec<Fact>,
}
