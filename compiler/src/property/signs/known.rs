//! What a node's being known rests on.

/// More than this many are summed up as the node itself.
const MOST: usize = 8;

/// Nodes that are known in both rows or in neither: what rests on them is known where all of these are.
/// Or none of that: it may be known in one row alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    alike: bool,
    count: u8,
    nodes: [u32; MOST],
}

impl Known {
    /// It may be known in one row alone.
    pub const NOT_ALIKE: Self = Self {
        alike: false,
        ..Self::ALWAYS
    };

    /// Known in every row.
    pub const ALWAYS: Self = Self {
        alike: true,
        count: 0,
        nodes: [0; MOST],
    };

    /// Known where one node is.
    #[must_use]
    pub fn where_is(node: u32) -> Self {
        let mut known = Self::ALWAYS;
        known.count = 1;
        known.nodes[0] = node;
        known
    }

    #[must_use]
    pub fn is_alike(self) -> bool {
        self.alike
    }

    /// This, if it is known in both rows or in neither.
    #[must_use]
    pub fn alike(self) -> Option<Self> {
        self.alike.then_some(self)
    }

    #[must_use]
    pub fn nodes(&self) -> &[u32] {
        self.nodes.get(..self.count.into()).unwrap_or_default()
    }

    /// Known where both are; `None` where that rests on too many.
    #[must_use]
    pub fn and(mut self, other: Self) -> Option<Self> {
        self.alike &= other.alike;
        for node in other.nodes() {
            let Err(place) = self.nodes().binary_search(node) else {
                continue;
            };
            if usize::from(self.count) == MOST {
                return None;
            }
            self.nodes
                .copy_within(place..usize::from(self.count), place + 1);
            *self.nodes.get_mut(place)? = *node;
            self.count += 1;
        }
        Some(self)
    }

    /// Without the nodes of another.
    #[must_use]
    pub fn beyond(self, other: Self) -> Self {
        let mut rest = Self {
            alike: self.alike,
            ..Self::ALWAYS
        };
        for node in self.nodes() {
            if other.nodes().binary_search(node).is_err()
                && let Some(slot) = rest.nodes.get_mut(usize::from(rest.count))
            {
                *slot = *node;
                rest.count += 1;
            }
        }
        rest
    }
}
