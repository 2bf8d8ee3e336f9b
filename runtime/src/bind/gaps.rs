//! Periods that no data has.
//!
//! In: sorted keys. Out: the same keys with every period between an entity's first and last, so that
//! looking along time counts periods by counting rows. A mistyped year would ask for thousands of
//! rows; such a hole is refused.

use forewarn_plan::PeriodKind;

/// Keys with every period, and which of the rows stand for periods that no data has.
#[derive(Debug, PartialEq)]
pub(super) struct Filled {
    pub(super) entity_of: Vec<u32>,
    pub(super) periods: Vec<i64>,
    /// Ascending.
    pub(super) gaps: Vec<usize>,
}

/// More rows than this are added only to a panel that is large itself.
const MANY: u64 = 1_000_000;
/// How many times its own rows a panel may grow by.
const TIMES: u64 = 20;
/// Nobody follows an entity again after so many years; a year was mistyped.
const YEARS: u64 = 100;

/// The row before the widest hole, where holes are too wide to be filled.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooWide {
    pub(super) before: usize,
}

/// Fills the holes; `None` where there are none. Keys are sorted and without duplicates. `before` says of an entity
/// the last period that was known of it before its rows: up to its first row that is a hole, too, unless it is too
/// wide to be filled.
///
/// # Errors
/// A hole is a hundred years wide, or filling would make the panel many times larger.
pub(super) fn fill(
    kind: PeriodKind,
    entity_of: &[u32],
    periods: &[i64],
    before: impl Fn(u32) -> Option<i64>,
) -> Result<Option<Filled>, TooWide> {
    let rows = entity_of.len();
    let year = match kind {
        PeriodKind::Year => 1,
        PeriodKind::Quarter => 4,
        PeriodKind::Month => 12,
        PeriodKind::Week(_) => 52,
        PeriodKind::Day => 365,
    };
    // Where an entity's first row stands behind what was known of it.
    let behind = |entity: u32, first: i64| {
        let last = before(entity).filter(|last| {
            let hole = first.saturating_sub(*last);
            hole > 1 && hole.unsigned_abs() <= YEARS * year
        });
        last.map_or(first, |last| last + 1)
    };
    let firsts = |row: usize| row == 0 || entity_of.get(row - 1) != entity_of.get(row);
    let ahead: u64 = entity_of
        .iter()
        .zip(periods)
        .enumerate()
        .filter(|(row, _)| firsts(*row))
        .map(|(_, (entity, first))| (first - behind(*entity, *first)).unsigned_abs())
        .sum();
    // What is told of holes names their two rows: one before the first row has but one.
    let ahead_is_too_much = ahead > MANY && ahead > TIMES * rows as u64;
    let (mut needed, mut widest, mut before) = (0_u64, 0_u64, 0);
    let steps = entity_of.windows(2).zip(periods.windows(2)).enumerate();
    for (row, (entities, periods)) in steps {
        if let ([entity, next_entity], [period, next]) = (entities, periods)
            && entity == next_entity
            && *next != period + 1
        {
            let hole = (next - period).unsigned_abs() - 1;
            needed += hole;
            if hole > widest {
                (widest, before) = (hole, row);
            }
        }
    }
    let ahead = if ahead_is_too_much { 0 } else { ahead };
    if needed + ahead == 0 {
        return Ok(None);
    }
    if widest >= YEARS * year || (needed > MANY && needed > TIMES * rows as u64) {
        return Err(TooWide { before });
    }
    let all = rows + usize::try_from(needed + ahead).unwrap_or(0);
    let mut filled = Filled {
        entity_of: Vec::with_capacity(all),
        periods: Vec::with_capacity(all),
        gaps: Vec::with_capacity(all - rows),
    };
    let mut last = None;
    for (entity, period) in entity_of.iter().zip(periods) {
        let from = match last {
            Some((last_entity, last_period)) if last_entity == *entity => last_period + 1,
            _ if ahead == 0 => *period,
            _ => behind(*entity, *period),
        };
        for missing in from..*period {
            filled.gaps.push(filled.periods.len());
            filled.entity_of.push(*entity);
            filled.periods.push(missing);
        }
        filled.entity_of.push(*entity);
        filled.periods.push(*period);
        last = Some((*entity, *period));
    }
    Ok(Some(filled))
}

/// A column with missing cells in the rows that no data has; none is left over behind the last.
pub(super) fn spread(values: &[f64], gaps: &[usize]) -> Vec<f64> {
    let mut spread = Vec::with_capacity(values.len() + gaps.len());
    let mut rest = values;
    for gap in gaps {
        let (before, behind) = rest.split_at(gap.saturating_sub(spread.len()).min(rest.len()));
        spread.extend_from_slice(before);
        spread.push(f64::NAN);
        rest = behind;
    }
    spread.extend_from_slice(rest);
    spread
}

/// Where rows (ascending) stand once the rows that no data has are between them.
pub(super) fn shift(rows: &mut [usize], gaps: &[usize]) {
    let mut passed = 0;
    for row in rows {
        while gaps.get(passed).is_some_and(|gap| *gap <= *row + passed) {
            passed += 1;
        }
        *row += passed;
    }
}

/// Is this row one that no data has? For rows that are asked for in ascending order.
pub(super) fn is_gap(
    gaps: &mut std::iter::Peekable<impl Iterator<Item = usize>>,
    row: usize,
) -> bool {
    gaps.next_if_eq(&row).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: u32) -> Option<i64> {
        None
    }

    #[test]
    fn what_lies_behind_an_earlier_end_is_a_hole() {
        let before =
            |entity: u32| [Some(3), Some(6), None, Some(9), Some(-90_000)][entity as usize];
        let filled = fill(
            PeriodKind::Day,
            &[0, 0, 1, 2, 3, 4],
            &[6, 8, 7, 8, 7, 9],
            before,
        )
        .unwrap()
        .unwrap();
        assert_eq!(filled.entity_of, [0, 0, 0, 0, 0, 1, 2, 3, 4]);
        assert_eq!(filled.periods, [4, 5, 6, 7, 8, 7, 8, 7, 9]);
        assert_eq!(filled.gaps, [0, 1, 3]);
    }

    #[test]
    fn a_full_panel_is_left_alone() {
        assert_eq!(
            fill(PeriodKind::Day, &[0, 0, 1], &[1, 2, 7], nothing),
            Ok(None)
        );
        assert_eq!(fill(PeriodKind::Day, &[], &[], nothing), Ok(None));
    }

    #[test]
    fn holes_are_filled_within_each_entity_alone() {
        let filled = fill(PeriodKind::Day, &[0, 0, 1, 1, 2], &[1, 4, 2, 3, 9], nothing)
            .unwrap()
            .unwrap();
        assert_eq!(filled.entity_of, [0, 0, 0, 0, 1, 1, 2]);
        assert_eq!(filled.periods, [1, 2, 3, 4, 2, 3, 9]);
        assert_eq!(filled.gaps, [1, 2]);
    }

    #[test]
    fn columns_and_rows_make_room_for_gaps() {
        let spread = spread(&[1.0, 2.0, 3.0], &[1, 2, 4]);
        let text: Vec<String> = spread.iter().map(f64::to_string).collect();
        assert_eq!(text, ["1", "NaN", "NaN", "2", "NaN", "3"]);
        let mut rows = [0, 1, 2];
        shift(&mut rows, &[1, 2, 4]);
        assert_eq!(rows, [0, 3, 5]);
    }

    #[test]
    fn a_mistyped_year_is_refused_and_a_large_panel_may_grow() {
        let day = 4_000_000;
        assert_eq!(
            fill(PeriodKind::Day, &[0, 1, 1, 1], &[5, 7, 9, day], nothing),
            Err(TooWide { before: 2 })
        );
        let entity_of = vec![0; 100_000];
        let mut periods: Vec<i64> = (0..100_000).collect();
        if let Some(last) = periods.last_mut() {
            *last = 130_000;
        }
        let filled = fill(PeriodKind::Day, &entity_of, &periods, nothing)
            .unwrap()
            .unwrap();
        assert_eq!(filled.periods.len(), 130_001);
    }
}
