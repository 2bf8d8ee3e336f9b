//! What the version before of an extended framework declared, and where.

use std::collections::BTreeMap;

use crate::overlay::target::Space;
use crate::source::Span;

/// What the version before declared, by name; members and levels as `factor.member`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Before {
    /// `un 1.0.0`
    pub title: String,
    pub(crate) places: BTreeMap<(Space, String), Span>,
}

impl Before {
    pub fn place(&self, space: Space, name: &str) -> Option<Span> {
        let mut places = self.places.iter();
        let found = places.find(|((its, known), _)| *its == space && known == name);
        found.map(|(_, place)| *place)
    }
}
