//! A cell of a row that is put together.
//!
//! In: what one cell after another gives. Out: their sum, or one of them. What nobody knows is no nought: a
//! sum of nothing is missing, and a cell that cannot be read stays, so that it is told with its place.

use crate::grid::Kept;
use forewarn_runtime::bind::Given;

/// Where a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) file: usize,
    pub(crate) row: u64,
}

/// What a column came to beside its values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lost {
    /// Cells without a number beside others that have one.
    pub(crate) empty: u64,
    /// Cells that cannot be read and were left out of a sum.
    pub(crate) unreadable: u64,
    /// Cells outside the declared range that were moved to its end.
    pub(crate) moved: u64,
}

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) value: Kept,
    pub(super) at: At,
    /// What the cells gave that were added; none where the only one has not been looked at.
    added: Option<Added>,
}

#[derive(Clone, Copy, Debug)]
struct Added {
    sum: Given,
    empty: u64,
    unreadable: u64,
    moved: u64,
    /// A cell lies outside the declared range: it stays, and there is no sum.
    refused: bool,
}

impl Added {
    fn of(sum: Given) -> Self {
        Self {
            sum,
            empty: u64::from(sum == Given::Missing),
            unreadable: u64::from(sum == Given::Unreadable),
            moved: 0,
            refused: false,
        }
    }
}

impl Slot {
    /// One cell.
    pub(super) fn new(value: Kept, at: At) -> Self {
        Self {
            value,
            at,
            added: None,
        }
    }

    /// A sum of no cells.
    pub(super) fn nothing(at: At) -> Self {
        Self {
            added: Some(Added {
                empty: 0,
                ..Added::of(Given::Missing)
            }),
            ..Self::new(Kept::Missing, at)
        }
    }

    /// Makes a sum of no cells of the one that is here, before it and others are added; false where there is one.
    pub(super) fn begin(&mut self) -> bool {
        if self.added.is_some() {
            return false;
        }
        *self = Self::nothing(self.at);
        true
    }

    /// Keeps a cell outside the declared range in place of a sum, so that it is handled as any such cell.
    pub(super) fn refuse(&mut self, cell: &Kept, at: At) {
        let added = self.added.get_or_insert(Added::of(Given::Missing));
        if !added.refused {
            added.refused = true;
            self.value = cell.clone();
            self.at = at;
        }
    }

    /// Is a cell here that lies outside the declared range?
    pub(super) fn is_refused(&self) -> bool {
        self.added.is_some_and(|added| added.refused)
    }

    /// A cell that was added was moved to the end of the declared range.
    pub(super) fn was_moved(&mut self) {
        if let Some(added) = &mut self.added {
            added.moved += 1;
        }
    }

    /// Adds what a cell gives.
    pub(super) fn add(&mut self, given: Given, cell: &Kept, at: At, lenient: bool) {
        let Some(added) = &mut self.added else {
            return;
        };
        if added.refused {
            return;
        }
        added.empty += u64::from(given == Given::Missing);
        added.unreadable += u64::from(given == Given::Unreadable);
        let (sum, value) = match (added.sum, given) {
            (Given::Value(sum), Given::Value(number)) => {
                let sum = sum + number;
                self.value = Kept::Number(sum);
                added.sum = Given::Value(sum);
                return;
            }
            (Given::Unreadable, Given::Value(_)) if !lenient => return,
            (Given::Missing | Given::Unreadable, Given::Value(number)) => {
                (given, Kept::Number(number))
            }
            (Given::Value(_), Given::Unreadable) if lenient => return,
            (Given::Missing | Given::Value(_), Given::Unreadable) => (given, cell.clone()),
            (Given::Missing | Given::Value(_) | Given::Unreadable, Given::Missing)
            | (Given::Unreadable, Given::Unreadable) => return,
        };
        added.sum = sum;
        self.value = value;
        self.at = at;
    }

    /// The value that the row gets; of a sum of events of which none has a number that it is not known.
    pub(super) fn settled(self, of_events: bool) -> Kept {
        let none = of_events
            && self
                .added
                .is_some_and(|added| added.sum == Given::Missing && added.empty > 0);
        if none { Kept::Unknown } else { self.value }
    }

    /// What is not in the sum.
    pub(super) fn lost(&self) -> Lost {
        let Some(added) = &self.added else {
            return Lost::default();
        };
        // The cell itself is told or counted.
        if added.refused {
            return Lost::default();
        }
        match added.sum {
            Given::Value(_) => Lost {
                empty: added.empty,
                unreadable: added.unreadable,
                moved: added.moved,
            },
            // Here, too.
            Given::Unreadable => Lost {
                empty: 0,
                unreadable: added.unreadable.saturating_sub(1),
                moved: added.moved,
            },
            Given::Missing => Lost::default(),
        }
    }
}
