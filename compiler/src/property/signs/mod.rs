//! Which way a node moves when some inputs rise: a proof over the Plan, node by node.
//!
//! In: nodes, and for each input whether it rises, falls or stays. Two rows of data are compared that
//! differ in these inputs alone, and only where an input is known in both; earlier periods and other
//! entities are the same. Out: for each node how its value in the second row stands to that in the
//! first. Only operations that keep an order in every bit are followed: adding, multiplying, dividing,
//! rounding and comparing are, approximations of a library (`exp`, `ln`, `pow`) are not.

mod choices;
mod known;
mod walk;

use crate::plan::{Lane, Node, Op};
use known::Known;

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

/// What is known of a node.
#[derive(Clone, Copy, Debug)]
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
            known: Known::NOT_ALIKE,
        }
    }

    fn same(known: Known) -> Self {
        Self {
            value: Sign::Same,
            yes: Sign::Same,
            no: Sign::Same,
            known,
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
        self.known.is_alike()
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

/// What moves through some nodes, worked out again only where it moves.
pub struct Signs<'n> {
    nodes: &'n [Node],
    /// The facts where no input moves.
    still: Vec<Fact>,
}

impl<'n> Signs<'n> {
    #[must_use]
    pub fn new(nodes: &'n [Node]) -> Self {
        let mut walk = Walk {
            nodes,
            facts: Vec::with_capacity(nodes.len()),
        };
        for (at, node) in (0_u32..).zip(nodes) {
            let fact = walk.settled(at, node, &|_| Sign::Same);
            walk.facts.push(fact);
        }
        Self {
            nodes,
            still: walk.facts,
        }
    }

    /// The facts of the nodes that are wanted; `moves` says how an input moves. A node's operands must be
    /// wanted where it is.
    #[must_use]
    pub fn moved(&self, wanted: &[bool], moves: &dyn Fn(u32) -> Sign) -> Vec<Fact> {
        let mut walk = Walk {
            nodes: self.nodes,
            facts: self.still.clone(),
        };
        let mut reached = vec![false; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if wanted.get(at) != Some(&true) {
                continue;
            }
            let mut operands = node.op.operands();
            let moves_here = if let Op::Input(input) = node.op {
                moves(input) != Sign::Same
            } else {
                operands.any(|of| reached.get(of.index()) == Some(&true))
            };
            if let Some(slot) = reached.get_mut(at) {
                *slot = moves_here;
            }
            if moves_here {
                let fact = walk.settled(at as u32, node, moves);
                if let Some(slot) = walk.facts.get_mut(at) {
                    *slot = fact;
                }
            }
        }
        walk.facts
    }
}

struct Walk<'n> {
    nodes: &'n [Node],
    facts: Vec<Fact>,
}

impl Walk<'_> {
    fn settled(&self, at: u32, node: &Node, moves: &dyn Fn(u32) -> Sign) -> Fact {
        let mut fact = self.fact(at, node, moves);
        // What has one value alone does not move.
        if node.range.is_point() && node.op.lane() == Lane::Number {
            fact.value = Sign::Same;
        }
        fact
    }
}
