//! What a Plan says of confidentiality: how open each declaration is, for whom the Plan is made, and
//! what it leaves out.
//!
//! A Plan for an audience holds nothing that the audience may not see: withheld declarations are not
//! in it at all, and a declassified value is an input whose numbers another Plan works out. Whoever
//! evaluates, explains or writes such a Plan cannot leak, since there is nothing to leak.

use std::collections::BTreeMap;

use super::{DeclarationKind, NodeId};
use crate::classification::{Classification, Exposure};

/// Everything a Plan says of confidentiality.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidentiality {
    /// For whom the Plan is made: nothing in it is more closed.
    pub audience: Classification,
    /// How open each declaration is, by its name, those that are withheld included. An output is as
    /// open as its declaration, an input as the indicator of its name.
    pub declared: BTreeMap<String, Exposure>,
    /// What is not in this Plan, in the order of the source.
    pub withheld: Vec<Withheld>,
    /// The last inputs of the Plan, in their order: parts of declassified values.
    pub sealed: Vec<Sealed>,
    /// Columns of the data that are more closed than this audience, whoever reads them now: also those that only a
    /// framework below holds closed.
    pub closed: Vec<String>,
    /// Names of what flows into each withheld or sealed declaration.
    pub rests_on: BTreeMap<String, Vec<String>>,
    /// Another Plan that looks along time reads this one's results: every period must have a row.
    pub beside_time: bool,
}

impl Default for Confidentiality {
    fn default() -> Self {
        Self {
            audience: Classification::Confidential,
            declared: BTreeMap::new(),
            withheld: Vec::new(),
            sealed: Vec::new(),
            closed: Vec::new(),
            rests_on: BTreeMap::new(),
            beside_time: false,
        }
    }
}

/// A declaration that the audience may not see. All of this stands in the rules; nothing is data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    pub name: String,
    pub label: String,
    pub kind: DeclarationKind,
    pub classification: Classification,
    /// The result columns that are left out with it.
    pub columns: Vec<String>,
    /// Of an indicator, the columns of the data that are not read, as the rules name them: its own, and the
    /// one that says which of its observations were verified.
    pub reads: Vec<String>,
}

/// An input that stands for a part of a declassified value.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    pub declaration: String,
    /// The node that works it out, in the Plan that does.
    pub node: NodeId,
    /// Its result column there.
    pub column: String,
}

impl Confidentiality {
    /// How open a declaration is; what is not declared is open.
    #[must_use]
    pub fn of(&self, name: &str) -> Classification {
        let standing = self.declared.get(name);
        standing.map_or(Classification::Public, |one| one.classification)
    }

    /// The most closed of what the Plan shows.
    #[must_use]
    pub fn shown(&self) -> Classification {
        let shown = self.declared.iter();
        let shown = shown.filter(|(name, _)| self.withheld(name).is_none());
        let most = shown.map(|(_, one)| one.classification).max();
        most.map_or(Classification::Public, |most| most.min(self.audience))
    }

    #[must_use]
    pub fn withheld(&self, name: &str) -> Option<&Withheld> {
        self.withheld.iter().find(|one| one.name == name)
    }

    #[must_use]
    pub fn is_sealed(&self, name: &str) -> bool {
        self.sealed.iter().any(|one| one.declaration == name)
    }
}
