//! A property: what its author claims of the method.

use crate::source::Span;
use crate::typed::{Typed, ValueId};

#[derive(Clone, Debug)]
pub struct CheckedProperty {
    pub label: String,
    /// The label.
    pub span: Span,
    /// The claim's words.
    pub claim_span: Span,
    pub subject: ValueId,
    /// What of it the claim is about, where that is a bound: `unrest.at_least`.
    pub bound: Option<Typed>,
    pub claim: Claim,
    pub cites: Vec<String>,
}

#[derive(Clone, Debug)]
pub enum Claim {
    /// `overall rises with every indicator`, `overall never falls when deaths rises`
    Monotone {
        with: With,
        /// The subject moves as the other does; else against it.
        along: bool,
    },
    /// `risk stays in 0..10`: numbers, or places of a level.
    StaysIn {
        low: Option<Box<Typed>>,
        high: Option<Box<Typed>>,
        half_open: bool,
    },
    /// `no single indicator decides overall`; with a number, `… moves overall by more than one level`.
    NoneDecides { most: Option<u32> },
    /// `overall reaches high without any one factor`
    Reaches { place: u32, without: Without },
}

/// What a subject moves with.
#[derive(Clone, Debug)]
pub enum With {
    /// All indicators, each in the direction of its polarity; or all that a declaration rests on, or
    /// all but one, such as a number of people that others are divided by.
    EveryIndicator {
        of: Option<ValueId>,
        but: Option<ValueId>,
    },
    /// A factor's members, each as it counts.
    EveryMember(ValueId),
    /// An indicator or another declaration, taken as an input of its own.
    One(ValueId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    Factor,
    Indicator,
}
