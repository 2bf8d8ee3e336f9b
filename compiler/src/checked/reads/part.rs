//! A part of a declaration, what it does there, and what an expression names.

use crate::typed::{Field, FunctionId, Typed, ValueId};

/// What a part does in what it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// What an absent cell of an indicator stands for.
    MissingMeans,
    /// Where an indicator applies.
    Applies,
    /// A param's value, for all periods or for some.
    Dated,
    /// What a step, a score or a signal is, or what a function gives.
    Formula,
    /// What a factor combines.
    Member,
    Weight,
    /// What a factor is at least where a member is present.
    Decisive,
    /// The function that a factor combines with.
    Combine,
    /// How much evidence a factor asks for.
    Require,
    /// The condition of a level's clause.
    Clause,
    /// The score that bands cut.
    Banded,
    /// Where a band begins.
    BandLow,
    /// Where a band ends.
    BandHigh,
    /// What a column of a table looks at.
    Column,
    /// What a cell of a table compares its column with.
    Cell,
    /// What a row of a table says.
    Then,
    Raise,
    Escalate,
    Clear,
    /// What takes an alert down by one step.
    Lower,
    /// What breaks an alert's cooldown.
    Bypass,
    /// What a property speaks of.
    Subject,
    /// What a property moves.
    Moved,
    /// What a property leaves alone.
    Spared,
    /// Where a property's range ends.
    Bound,
    /// A declaration that a test gives.
    Given,
    /// What a test gives for it.
    GivenCell,
    /// What a test looks at.
    Asked,
    /// What a test expects that to be.
    Wanted,
    /// The alert whose events a test looks at.
    Events,
    /// The declaration whose faults a test looks at.
    Faults,
    /// What an operation is done to: a term, a factor of a product, an answer.
    Operand,
    /// A side of a comparison.
    Side,
    /// What decides between the sides of an `if`.
    Condition,
    /// What a side of an `if` gives.
    Branch,
    /// How many of several answers there have to be, or what a value has to cross.
    Threshold,
    /// What a function takes.
    Argument,
    /// An item of a list.
    Item,
    /// What is followed along time.
    Series,
    /// The alert of whose spells a window is one.
    Spell,
    /// What is compared with other entities.
    Compared,
    /// The groups of entities that are compared apart.
    Groups,
}

/// One part with its role.
#[derive(Clone, Copy, Debug)]
pub struct Part<'t> {
    pub role: Role,
    pub what: What<'t>,
}

#[derive(Clone, Copy, Debug)]
pub enum What<'t> {
    Expression(&'t Typed),
    /// A declared value, named as such.
    Value(ValueId),
    Function(FunctionId),
    EveryAlert,
    EveryValue,
    EveryIndicator,
}

impl<'t> Part<'t> {
    pub(super) fn of(role: Role, expression: &'t Typed) -> Self {
        let what = What::Expression(expression);
        Self { role, what }
    }

    pub(super) fn value(role: Role, id: ValueId) -> Self {
        let what = What::Value(id);
        Self { role, what }
    }

    /// The part as an expression.
    #[must_use]
    pub fn expression(&self) -> Option<&'t Typed> {
        match self.what {
            What::Expression(expression) => Some(expression),
            What::Value(_)
            | What::Function(_)
            | What::EveryAlert
            | What::EveryValue
            | What::EveryIndicator => None,
        }
    }
}

/// What an expression itself names, apart from its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mention {
    Value(ValueId),
    /// A part of a declared value.
    Field(ValueId, Field),
    Function(FunctionId),
    /// All factors of the framework.
    Factors,
    /// All signals of the framework.
    Signals,
}
