//! Columns of a file as columns of the panel.
//!
//! In: the panel's keys and a file. Out: where each of the panel's cells is read from. A file at the
//! panel's own pace fills its own rows; a slower one the first period within each of its own; one
//! without periods fills all rows of its entities.

use super::carry::Stray;
use super::gaps::is_gap;
use super::keys::{Keys, key, places};
use super::part::{BoundFile, Pace};
use crate::period;
use forewarn_plan::PeriodKind;

/// In place of a row: the file says nothing here, and could have.
const ABSENT: usize = usize::MAX;
/// In place of a row: nobody can expect a word here.
const SILENT: usize = usize::MAX - 1;

/// For each row of the panel, the row of a file that does not go at the panel's own pace.
#[derive(Debug)]
pub(super) struct Slow {
    from: Vec<usize>,
    /// Rows of the file that the panel has no row for, with their keys.
    strays: Vec<(usize, u32, i64)>,
}

impl Slow {
    pub(super) fn of(
        part: &BoundFile,
        keys: &Keys,
        gaps: &[usize],
        kind: Option<PeriodKind>,
    ) -> Self {
        let places = places(&part.entities, &keys.entities);
        let mut theirs = (0..part.rows())
            .filter_map(|row| Some((row, key(part, row, &places)?)))
            .peekable();
        let mut slow = Self {
            from: Vec::with_capacity(keys.rows()),
            strays: Vec::new(),
        };
        let mut gaps = gaps.iter().copied().peekable();
        for row in 0..keys.rows() {
            let Some((entity, period)) = keys.key(row) else {
                break;
            };
            let gap = is_gap(&mut gaps, row);
            let (from, speaks) = match part.pace {
                Pace::Panel | Pace::Timeless => {
                    while theirs.next_if(|(_, at)| at.0 < entity).is_some() {}
                    let found = theirs.peek().filter(|(_, at)| at.0 == entity);
                    (found.map(|(row, _)| *row), true)
                }
                Pace::Slower(own) => {
                    while let Some((row, at)) = theirs.next_if(|(_, at)| *at < (entity, period)) {
                        slow.strays.push((row, at.0, at.1));
                    }
                    let found = theirs.next_if(|(_, at)| *at == (entity, period));
                    let first = kind.is_some_and(|kind| period::begins(kind, period, own));
                    (found.map(|(row, _)| row), first)
                }
            };
            slow.from.push(match from {
                Some(row) => row,
                None if speaks && !gap => ABSENT,
                None => SILENT,
            });
        }
        slow
    }

    /// A column with `absent` where the file says nothing and could have, and how often that is.
    pub(super) fn column(&self, values: &[f64], absent: f64) -> (Vec<f64>, u64) {
        let mut count = 0;
        let column = self.from.iter().map(|from| match *from {
            ABSENT => {
                count += 1;
                absent
            }
            from => values.get(from).copied().unwrap_or(f64::NAN),
        });
        (column.collect(), count)
    }

    /// The panel's rows of which the file says nothing, and could have.
    pub(super) fn absent(&self) -> impl Iterator<Item = usize> {
        let rows = self.from.iter().enumerate();
        rows.filter(|(_, from)| **from == ABSENT)
            .map(|(row, _)| row)
    }

    /// The panel's rows that are read from some of the file's rows (both ascending).
    pub(super) fn rows(&self, theirs: &[usize]) -> Vec<usize> {
        let reads = |from: &usize| theirs.binary_search(from).is_ok();
        let rows = self.from.iter().enumerate();
        rows.filter(|(_, from)| reads(from))
            .map(|(row, _)| row)
            .collect()
    }

    /// The known values that the panel has no row for.
    pub(super) fn strays(&self, values: &[f64]) -> Vec<Stray> {
        let known = self.strays.iter().filter_map(|(row, entity, period)| {
            let value = values.get(*row).copied().filter(|value| !value.is_nan())?;
            Some(Stray {
                entity: *entity,
                period: *period,
                value,
            })
        });
        known.collect()
    }
}

/// A column of a file at the panel's own pace, with `absent` where it has no row, and how often
/// that is. `rows` says where each of its rows belongs.
pub(super) fn own(values: &[f64], rows: &[usize], all: usize, absent: f64) -> (Vec<f64>, u64) {
    let mut column = vec![absent; all];
    for (row, value) in rows.iter().zip(values) {
        if let Some(cell) = column.get_mut(*row) {
            *cell = *value;
        }
    }
    (column, (all - rows.len()) as u64)
}
