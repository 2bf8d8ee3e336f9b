//! Which part of a declaration a difference is about.

/// Which part of a declaration differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// The declaration as a whole is new, or gone.
    Whole,
    Kind,
    Type,
    Value,
    /// A number that something is compared with, in a formula or a clause.
    Threshold,
    /// Any other number of a formula.
    Number,
    Formula,
    Combine,
    Require,
    Member,
    Weight,
    Clause,
    Order,
    Row,
    Label,
    Classification,
    Citation,
    Attribute,
}

impl Aspect {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Whole => "declaration",
            Self::Kind => "kind",
            Self::Type => "type",
            Self::Value => "value",
            Self::Threshold => "threshold",
            Self::Number => "number",
            Self::Formula => "formula",
            Self::Combine => "combine",
            Self::Require => "require",
            Self::Member => "member",
            Self::Weight => "weight",
            Self::Clause => "clause",
            Self::Order => "order",
            Self::Row => "row",
            Self::Label => "label",
            Self::Classification => "classification",
            Self::Citation => "citation",
            Self::Attribute => "property",
        }
    }
}
