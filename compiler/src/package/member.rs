//! A package that a ruleset builds on.

use super::module::Module;
use crate::source::Span;
use std::collections::BTreeMap;

/// How a package builds on another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Extended,
    Used,
}

impl Way {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Extended => "extended",
            Self::Used => "used",
        }
    }
}

/// A package that the ruleset builds on.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub name: String,
    pub version: String,
    /// Where it is said that it is built on, and how.
    pub said: Span,
    pub way: Way,
    /// Its folder or archive, as shown to people.
    pub root: String,
    /// SHA-256 of each of its files, by path below its root.
    pub fingerprints: BTreeMap<String, String>,
    /// Its files; what is vendored and packed.
    pub contents: BTreeMap<String, Vec<u8>>,
}

/// A package that is used, as it stands by itself.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub member: Member,
    /// Its files and what they themselves bring in, as a ruleset's own.
    pub modules: Vec<Module>,
}
