//! How a level moved from one period to the next.

use forewarn_charts::Between;

/// In which way it moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Surely higher than all that was possible.
    Rose,
    Fell,
    /// It was open, and is known now, within what was possible.
    Settled,
    /// It was known, and can no longer be judged.
    Opened,
    /// It is still open, between other ends.
    Changed,
    Same,
    /// There is nothing before it.
    New,
}

impl Movement {
    #[must_use]
    pub fn of(before: Option<Between>, now: Between) -> Self {
        match before {
            None => Self::New,
            Some(before) if before == now => Self::Same,
            Some(before) if now.least > before.most => Self::Rose,
            Some(before) if now.most < before.least => Self::Fell,
            Some(_) if now.is_known() => Self::Settled,
            Some(before) if before.is_known() => Self::Opened,
            Some(_) => Self::Changed,
        }
    }

    /// Does what a level came to hold at a place on its way, too?
    #[must_use]
    pub fn is_reached(self, before: Between, at: Between, now: Between) -> bool {
        match self {
            Self::Rose => at.least > before.most && at.least >= now.least,
            Self::Fell => at.most < before.least && at.most <= now.most,
            Self::Settled => at.is_known(),
            Self::Opened => !at.is_known(),
            Self::Changed => at == now,
            Self::Same | Self::New => true,
        }
    }

    /// Did anything move?
    #[must_use]
    pub fn is_move(self) -> bool {
        match self {
            Self::Rose | Self::Fell | Self::Settled | Self::Opened | Self::Changed => true,
            Self::Same | Self::New => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_rose_only_where_that_is_certain() {
        let at = |least, most| Between { least, most };
        let of = |before, now| Movement::of(Some(before), now);
        assert_eq!(of(at(1, 1), at(2, 4)), Movement::Rose);
        assert_eq!(of(at(1, 2), at(2, 2)), Movement::Settled);
        assert_eq!(of(at(2, 3), at(0, 1)), Movement::Fell);
        assert_eq!(of(at(1, 1), at(0, 2)), Movement::Opened);
        assert_eq!(of(at(1, 2), at(1, 3)), Movement::Changed);
        assert_eq!(of(at(1, 3), at(1, 3)), Movement::Same);
    }
}
