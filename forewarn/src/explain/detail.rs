//! How much of an explanation is told: as much as fits one screen, or as much as was asked for.

/// The lines of a screen.
pub const SCREEN: usize = 40;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// So many steps below a result.
    pub depth: usize,
    /// Only what decided, with the largest contributions; else everything.
    pub brief: bool,
    /// Sources and citations this far down.
    pub cites: usize,
    /// So many members of a factor, or names of a kind.
    pub names: usize,
    /// Of several things that are asked the same, so many have their own reasons told.
    pub items: usize,
    /// So many entries each of what would settle and change it and what changed; none without.
    pub outlook: usize,
}

impl Detail {
    pub const FULL: Self = Self {
        depth: usize::MAX,
        brief: false,
        cites: usize::MAX,
        names: usize::MAX,
        items: usize::MAX,
        outlook: usize::MAX,
    };

    /// So many steps down.
    pub fn to_depth(depth: usize) -> Self {
        Self {
            depth,
            brief: true,
            cites: usize::MAX,
            names: 3,
            items: 3,
            outlook: 8,
        }
    }

    /// The same with one thing more, what is missed most first.
    pub fn more(self) -> [Self; 4] {
        [
            Self {
                outlook: self.outlook.saturating_add(1),
                ..self
            },
            Self {
                items: self.items.saturating_add(1),
                ..self
            },
            Self {
                depth: self.depth.saturating_add(1),
                ..self
            },
            Self {
                cites: self.cites.saturating_add(1),
                ..self
            },
        ]
    }

    /// From the most to the least that can be told.
    pub fn ladder() -> impl Iterator<Item = Self> {
        let brief = |depth, cites, items, outlook| Self {
            depth,
            brief: true,
            cites,
            names: 3,
            items,
            outlook,
        };
        let cited = [10, 8, 6].map(|depth| brief(depth, usize::MAX, 3, 3));
        let plain = [3, 2, 1].map(|items| brief(10, 1, items, 3));
        let fewer = [8, 7, 6, 5, 4].map(|depth| brief(depth, 1, 1, 3));
        let short = [6, 5, 4, 3].map(|depth| brief(depth, 0, 1, 2));
        let last = [(3, 1), (2, 1), (1, 1), (1, 0), (0, 0)];
        let last = last.map(|(depth, outlook)| brief(depth, 0, 1, outlook));
        std::iter::once(Self::FULL)
            .chain(cited)
            .chain(plain)
            .chain(fewer)
            .chain(short)
            .chain(last)
    }
}
