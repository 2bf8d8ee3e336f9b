//! Where the cells of a file's rows go.

use crate::recipe::crosswalk::Crosswalk;
use crate::recipe::shape::Held;
use crate::recipe::unlike::Beside;
use std::collections::BTreeSet;

#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub(super) names: Vec<String>,
    /// Columns that go on as they are.
    pub(super) pass: Vec<usize>,
    /// Columns of periods.
    pub(super) held: Vec<Held>,
    /// The column of the year where these are called by months alone.
    pub(super) year: Option<usize>,
    /// Periods stand in columns, be they withheld.
    pub(super) by_columns: bool,
    /// The columns that name the indicator and hold the value.
    pub(super) long: Option<(usize, Option<usize>)>,
    /// Columns whose empty cells have what stands above them.
    pub(super) fill: Vec<usize>,
    /// Columns that name an event, where that is said.
    pub(super) once: Vec<usize>,
    /// A column whose name says that it does.
    pub(super) event: Option<usize>,
    /// Translated columns.
    pub(super) crosswalks: Vec<(usize, Crosswalk)>,
    /// Names of the cells that come out, of files that are not gathered.
    pub(super) out: Vec<String>,
    /// The columns of what rows are about, by key.
    pub(super) keys: Vec<Option<usize>>,
    pub(super) period: Vec<usize>,
    /// A column that says which rows delete what they hold.
    pub(super) deletes: Option<usize>,
    /// Columns that are read in percent.
    pub(super) percentages: Vec<usize>,
    /// Columns of which the sums make nothing.
    pub(super) unsummed: Vec<String>,
    /// Columns that nothing reads and that may say that rows are of different things.
    pub(super) beside: Vec<Beside>,
}

impl Layout {
    /// Do two columns hold values of one indicator and period?
    pub(super) fn holds_twice(&self) -> bool {
        let mut known = BTreeSet::new();
        let mut held = self.held.iter();
        !held.all(|held| known.insert((&held.indicator, &held.period)))
    }

    /// Is a key read from this column?
    pub(super) fn is_key(&self, column: usize) -> bool {
        self.keys.contains(&Some(column)) || self.period.contains(&column)
    }
}
