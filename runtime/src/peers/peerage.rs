//! Who is whose peer: the panel's rows by period.
//!
//! In: a panel. Out: its rows period by period, in the order of the panel within each, so that sums are the same
//! bits whatever the order of the input. Rows that stand in for gaps are nobody's peers.

use forewarn_plan::Plan;
use forewarn_plan::peers::PeerInfo;
use std::ops::Range;

use crate::panel::{Panel, shown};

/// The panel's rows by period, rows that stand in for gaps left out.
pub(super) struct Peerage<'p> {
    pub panel: &'p Panel,
    pub rows: usize,
    /// By period, within a period by entity.
    by_period: Vec<u32>,
    periods: Vec<OfPeriod>,
    /// The groups of each key that entities are compared by, as people read them.
    keys: Vec<Vec<String>>,
}

/// A period with the range of the rows by period that it takes up; one without period in a cross-section.
type OfPeriod = (Option<i64>, Range<usize>);

impl<'p> Peerage<'p> {
    pub fn of(plan: &Plan, panel: &'p Panel) -> Self {
        let rows = panel.rows();
        let mut gaps = panel.gaps.iter().copied().peekable();
        let with_data = (0..rows)
            .filter(|row| gaps.next_if(|gap| gap == row).is_none())
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        let (by_period, periods) = by_period(with_data, &panel.periods);
        Self {
            panel,
            rows,
            by_period,
            periods,
            keys: {
                let asked = plan.peers.iter().filter_map(|info| info.by_key);
                let count = asked.max().map_or(0, |most| most + 1);
                let groups = |place| {
                    panel
                        .key(place)
                        .0
                        .iter()
                        .map(|name| shown(name).into_owned())
                        .collect()
                };
                (0..count).map(groups).collect()
            },
        }
    }

    /// All rows, by period.
    pub fn all(&self) -> &[u32] {
        &self.by_period
    }

    /// Each period with its rows.
    pub fn periods(&self) -> impl Iterator<Item = (Option<i64>, &[u32])> {
        self.periods.iter().map(|(period, rows)| {
            let rows = self.by_period.get(rows.clone());
            (*period, rows.unwrap_or_default())
        })
    }

    /// The name of a group.
    pub fn group(&self, info: &PeerInfo, code: usize) -> Option<String> {
        let names = match info.by_key {
            Some(place) => self.keys.get(place)?,
            None => &info.groups,
        };
        names.get(code).cloned()
    }

    /// The rows whose periods lie in the range, in the order of the panel.
    pub fn between(&self, first: i64, last: i64) -> Vec<u32> {
        let inside = self
            .periods()
            .filter(|(period, _)| period.is_some_and(|period| (first..=last).contains(&period)));
        let mut rows: Vec<u32> = inside.flat_map(|(_, rows)| rows).copied().collect();
        // Back to the order of the panel: by entity, then by period.
        rows.sort_unstable();
        rows
    }
}

/// Rows, which ascend, in the order of their periods, and what each period takes up of them.
fn by_period(mut rows: Vec<u32>, periods: &[i64]) -> (Vec<u32>, Vec<OfPeriod>) {
    let period = |row: u32| periods.get(row as usize).copied();
    if let Some(counted) = counted(&rows, periods) {
        return counted;
    }
    // Stable: within a period the rows stay in the order of the entities.
    rows.sort_by_key(|row| period(*row));
    let mut taken = Vec::new();
    let mut start = 0;
    for own in rows.chunk_by(|a, b| period(*a) == period(*b)) {
        let end = start + own.len();
        taken.push((own.first().and_then(|row| period(*row)), start..end));
        start = end;
    }
    (rows, taken)
}

/// The same by counting, where periods lie near each other, as they nearly always do.
fn counted(rows: &[u32], periods: &[i64]) -> Option<(Vec<u32>, Vec<OfPeriod>)> {
    let own = |row: &u32| periods.get(*row as usize).copied();
    let (first, last) = (periods.iter().min()?, periods.iter().max()?);
    let span = usize::try_from(last.checked_sub(*first)?).ok()?;
    if span > 4 * rows.len() {
        return None;
    }
    let place = |row: &u32| usize::try_from(own(row)? - first).ok();
    // One further on: up to a period are then those of the periods before it.
    let mut starts = vec![0_usize; span + 2];
    for row in rows {
        *starts.get_mut(place(row)? + 1)? += 1;
    }
    let mut before = 0;
    for start in &mut starts {
        before += *start;
        *start = before;
    }
    let ends = starts.get(1..)?.iter().zip(&starts);
    let taken = ends.enumerate().filter(|(_, (end, start))| end > start);
    let taken = taken.filter_map(|(at, (end, start))| {
        let period = first.checked_add(i64::try_from(at).ok()?);
        Some((period, *start..*end))
    });
    let taken: Vec<OfPeriod> = taken.collect();
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        let next = starts.get_mut(place(row)?)?;
        *sorted.get_mut(*next)? = *row;
        *next += 1;
    }
    Some((sorted, taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_of_a_period_stay_in_their_order() {
        let near = by_period(vec![0, 1, 3, 4, 5], &[7, 9, 7, 7, 9, 10]);
        assert_eq!(near.0, [0, 3, 1, 4, 5]);
        let taken = [(Some(7), 0..2), (Some(9), 2..4), (Some(10), 4..5)];
        assert_eq!(near.1, taken);
        // Too far apart to be counted.
        let far = by_period(vec![0, 1, 2], &[i64::MAX, i64::MIN, i64::MAX]);
        assert_eq!(far.0, [1, 0, 2]);
        assert_eq!(far.1, [(Some(i64::MIN), 0..1), (Some(i64::MAX), 1..3)]);
    }

    #[test]
    fn a_cross_section_is_one_period() {
        assert_eq!(by_period(vec![0, 1], &[]), (vec![0, 1], vec![(None, 0..2)]));
        assert_eq!(by_period(Vec::new(), &[]), (Vec::new(), Vec::new()));
        assert_eq!(by_period(Vec::new(), &[3]), (Vec::new(), Vec::new()));
    }

    proptest! {
        #[test]
        fn counting_sorts_as_sorting_does(periods in prop::collection::vec(-9_i64..9, 1..60), every in 1_u32..4) {
            let rows: Vec<u32> = (0..periods.len() as u32).filter(|row| row % every == 0).collect();
            let mut sorted = rows.clone();
            sorted.sort_by_key(|row| periods[*row as usize]);
            let (counted, taken) = by_period(rows, &periods);
            prop_assert_eq!(&counted, &sorted);
            for (period, own) in taken {
                prop_assert!(counted[own].iter().all(|row| Some(periods[*row as usize]) == period));
            }
        }
    }
}
