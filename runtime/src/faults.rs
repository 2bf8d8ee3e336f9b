//! Operations without a result: how often, and where first.

use forewarn_plan::FaultId;

/// How many rows are named for each fault.
pub const FIRST_ROWS: usize = 3;

/// What happened at one place of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultCount {
    pub fault: FaultId,
    /// In how many rows the operation had no result.
    pub count: u64,
    /// The first of them, at most [`FIRST_ROWS`].
    pub first_rows: Vec<usize>,
}

/// Counts for all places of a Plan, over a contiguous range of rows.
#[derive(Clone, Debug)]
pub(crate) struct FaultLog {
    counts: Vec<(u64, Vec<usize>)>,
}

impl FaultLog {
    /// `sites`: how many places the Plan has.
    pub fn new(sites: usize) -> Self {
        Self {
            counts: vec![(0, Vec::new()); sites],
        }
    }

    /// A log of the same places.
    pub fn empty(&self) -> Self {
        Self::new(self.counts.len())
    }

    pub fn count(&mut self, fault: FaultId, more: u64) {
        if let Some((count, _)) = self.counts.get_mut(fault.0 as usize) {
            *count += more;
        }
    }

    /// Names a row, unless enough are named already. Rows come in order.
    pub fn name_row(&mut self, fault: FaultId, row: usize) {
        if let Some((_, rows)) = self.counts.get_mut(fault.0 as usize)
            && rows.len() < FIRST_ROWS
            && rows.last() != Some(&row)
        {
            rows.push(row);
        }
    }

    #[cfg(feature = "native")]
    pub fn needs_rows(&self, fault: FaultId) -> bool {
        self.counts
            .get(fault.0 as usize)
            .is_some_and(|(_, rows)| rows.len() < FIRST_ROWS)
    }

    /// Adds what happened in later rows.
    pub fn append(&mut self, later: Self) {
        for (site, (count, rows)) in (0u32..).map(FaultId).zip(later.counts) {
            self.count(site, count);
            for row in rows {
                self.name_row(site, row);
            }
        }
    }

    /// The same of a log that counted its rows from 0, of which the first is this row.
    pub fn append_from(&mut self, first: usize, mut later: Self) {
        for (_, rows) in &mut later.counts {
            for row in rows {
                *row += first;
            }
        }
        self.append(later);
    }

    /// Takes over what another log, over the same rows, says of some places.
    pub fn adopt(&mut self, other: Self, of: impl Fn(FaultId) -> bool) {
        let places = (0u32..).map(FaultId).zip(other.counts);
        for (fault, entry) in places.filter(|(fault, _)| of(*fault)) {
            if let Some(slot) = self.counts.get_mut(fault.0 as usize) {
                *slot = entry;
            }
        }
    }

    /// The places where something happened, in the order of the Plan.
    pub fn finish(self) -> Vec<FaultCount> {
        (0u32..)
            .map(FaultId)
            .zip(self.counts)
            .filter(|(_, (count, _))| *count > 0)
            .map(|(fault, (count, first_rows))| FaultCount {
                fault,
                count,
                first_rows,
            })
            .collect()
    }
}
