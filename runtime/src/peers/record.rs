//! What a run across peers leaves on record.

use super::goalposts::Goalpost;

/// Values that an operation across peers changed, by name and on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// The declaration and the words of the source.
    pub declaration: String,
    pub text: String,
    pub what: Treated,
    /// How many rows.
    pub rows: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treated {
    Winsorised,
    Imputed,
}

/// What the operations across peers leave on record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeerRecord {
    /// Taken from the data, or from `--goalposts`, in the order of the Plan; with those without a value.
    pub goalposts: Vec<Goalpost>,
    pub treatments: Vec<Treatment>,
    /// Goalposts that were given but that the Plan does not ask for.
    pub unused: usize,
    /// Goalposts that were not among those given and were taken from the data.
    pub not_given: usize,
}
