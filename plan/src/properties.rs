//! A property over its Plan: the nodes of its subject, the inputs that move, and what is proved.

use std::sync::Arc;

use crate::interval::Interval;
use crate::{Plan, Value};
use forewarn_diagnostics::source::Span;

/// Where a range without an end is taken to end: a thousand times a million millions.
pub const FARTHEST: f64 = 1e15;

/// A property ready to be judged.
#[derive(Clone, Debug)]
pub struct PlannedProperty {
    pub label: String,
    /// The label.
    pub span: Span,
    pub claim_span: Span,
    /// The claim as written, on one line.
    pub text: String,
    pub cites: Vec<String>,
    /// Where the claim moves declarations by themselves, they are inputs of it.
    pub plan: Arc<Plan>,
    pub subject: Subject,
    pub claim: PlannedClaim,
    pub proof: Proof,
}

/// What a property speaks of.
#[derive(Clone, Debug)]
pub struct Subject {
    pub name: String,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum PlannedClaim {
    Monotone {
        moves: Vec<Move>,
    },
    /// A level's places, or numbers.
    StaysIn {
        range: Interval,
        high_excluded: bool,
    },
    /// No input alone takes the subject from the lowest place to the highest, or further than so many
    /// places.
    NoneDecides {
        inputs: Vec<usize>,
        most: Option<u32>,
    },
    /// The subject is at least at that place in some row without each of these.
    Reaches {
        place: u32,
        without: Vec<Spared>,
        /// By input: higher is safer.
        protective: Vec<bool>,
    },
}

/// An input that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Index of [`Plan::inputs`].
    pub input: usize,
    /// The subject must not fall as it rises; else not rise.
    pub along: bool,
    /// It is proved.
    pub proved: bool,
}

/// What the subject is to do without.
#[derive(Clone, Debug)]
pub struct Spared {
    pub name: String,
    /// The inputs that it is made of.
    pub inputs: Vec<usize>,
}

/// What could be said without data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    Proved,
    Open,
    Refuted {
        why: String,
    },
    /// The subject does not depend on what is said to move it.
    Idle {
        of: String,
    },
}
