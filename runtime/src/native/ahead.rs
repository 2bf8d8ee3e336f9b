//! The next chunk's columns, asked for while this one is computed.
//!
//! In: a chunk's columns from outside. Out: nothing but cache lines on their way. Steps along time go
//! through one column after the other, each too short for hardware to see what comes next in time.

/// Doubles in a cache line.
const LINE: usize = 8;
/// With more columns, a chunk would push itself out of the cache.
const MOST_COLUMNS: usize = 16;

/// The lines of the next chunk, handed out a few at a time.
pub(super) struct Ahead {
    columns: Vec<*const f64>,
    rows: usize,
    /// The next line: its column and its row.
    next: (usize, usize),
    /// How many lines at a time.
    share: usize,
}

impl Ahead {
    /// `columns` point to the next chunk, which is taken to have `rows`; `times`: how often there
    /// will be an [`Ahead::ask`].
    pub fn new(columns: impl Iterator<Item = *const f64>, rows: usize, times: usize) -> Self {
        let asked = if times == 0 { 0 } else { MOST_COLUMNS + 1 };
        let mut columns: Vec<*const f64> = columns.take(asked).collect();
        if columns.len() > MOST_COLUMNS {
            columns.clear();
        }
        let lines = columns.len() * rows.div_ceil(LINE);
        Self {
            columns,
            rows,
            next: (0, 0),
            share: lines.div_ceil(times.max(1)),
        }
    }

    pub fn ask(&mut self) {
        for _ in 0..self.share {
            let (column, row) = self.next;
            let Some(start) = self.columns.get(column) else {
                return;
            };
            fetch(start.wrapping_add(row));
            self.next = if row + LINE < self.rows {
                (column, row + LINE)
            } else {
                (column + 1, 0)
            };
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn fetch(place: *const f64) {
    use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
    // SAFETY: a hint, which neither reads nor faults, whatever the address.
    #[allow(unsafe_code)]
    unsafe {
        _mm_prefetch::<_MM_HINT_T1>(place.cast());
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn fetch(_: *const f64) {}
