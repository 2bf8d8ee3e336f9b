//! Who may see a value, and how open each value is.
//!
//! Plain data: the compiler decides it, and whoever shows values reads it.

/// Who may see a value, from open to closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Classification {
    Public,
    Restricted,
    Confidential,
}

impl Classification {
    pub const ALL: [Self; 3] = [Self::Public, Self::Restricted, Self::Confidential];

    /// The word that rules and the command line use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Restricted => "restricted",
            Self::Confidential => "confidential",
        }
    }

    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// A recorded way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declassified {
    pub to: Classification,
    /// The reason given.
    pub because: String,
    /// The framework that says so, with its version.
    pub by: String,
}

/// How open one value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Who may see the value itself.
    pub classification: Classification,
    /// The most confidential of what flows in; of an indicator what it or its source states. Above
    /// `classification` only where the value is declassified.
    pub inflow: Classification,
    pub declassified: Option<Declassified>,
}

impl Exposure {
    pub const OPEN: Self = Self {
        classification: Classification::Public,
        inflow: Classification::Public,
        declassified: None,
    };

    /// What nobody has judged is for nobody.
    pub const CLOSED: Self = Self {
        classification: Classification::Confidential,
        inflow: Classification::Confidential,
        declassified: None,
    };

    /// May this audience see the value, but not all of what it rests on?
    #[must_use]
    pub fn is_sealed_for(&self, audience: Classification) -> bool {
        self.classification <= audience && self.inflow > audience
    }
}
