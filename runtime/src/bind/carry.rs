//! Values that stand for a while: an absent cell takes the entity's last known value.
//!
//! In: a column of a panel without holes in time or with them, which of its missing cells say
//! something that is not taken, and values of periods that have no row. Out: the column with absent
//! cells filled, which they are, and which are not because the last observation is out of date. Ages
//! are counted in periods, not in rows.

use crate::panel::Aged;

/// A value known of a period that has no row in the panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stray {
    pub(super) entity: u32,
    pub(super) period: i64,
    pub(super) value: f64,
}

/// What was carried.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Carried {
    /// By ascending rows, as are the next.
    pub(super) cells: Vec<Aged>,
    /// What would stand in an absent cell if it were not out of date.
    pub(super) expired: Vec<Aged>,
}

/// For how many periods an observation stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct CarryLimits {
    pub(super) most: u32,
    /// After how many it is out of date.
    pub(super) expires: Option<u32>,
}

/// The keys of the panel's rows, sorted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys<'a> {
    pub(super) entity_of: &'a [u32],
    pub(super) periods: &'a [i64],
}

/// Fills absent cells with values that still stand. `refused` (ascending rows) are missing
/// but not absent; `strays` are sorted by entity and period.
pub(super) fn carry(
    keys: Keys<'_>,
    values: &mut [f64],
    refused: &[usize],
    strays: &[Stray],
    standing: CarryLimits,
) -> Carried {
    let mut carried = Carried::default();
    let mut refused = refused.iter().copied().peekable();
    let mut strays = strays.iter().peekable();
    // Entity, period and value of what was known last.
    let mut known: Option<(u32, i64, f64)> = None;
    let keys = keys.entity_of.iter().zip(keys.periods);
    for (row, ((entity, period), value)) in keys.zip(values).enumerate() {
        while let Some(stray) = strays.next_if(|at| (at.entity, at.period) < (*entity, *period)) {
            known = Some((stray.entity, stray.period, stray.value));
        }
        let is_refused = refused.next_if_eq(&row).is_some();
        if !value.is_nan() {
            known = Some((*entity, *period, *value));
        } else if let Some((of, since, last)) = known
            && of == *entity
            && !is_refused
            && let Ok(age) = u32::try_from(period - since)
        {
            let cell = Aged { row, age };
            if age <= standing.most {
                *value = last;
                carried.cells.push(cell);
            } else if standing.expires.is_some_and(|expires| age > expires) {
                carried.expired.push(cell);
            }
        }
    }
    carried
}

/// How many cells there are in the rows of the data, and how many periods the oldest is old.
pub(super) fn counted(cells: &[Aged], gaps: &[usize]) -> (u64, u32) {
    let own = || {
        let cells = cells.iter();
        cells.filter(|cell| gaps.binary_search(&cell.row).is_err())
    };
    let oldest = own().map(|cell| cell.age).max();
    (own().count() as u64, oldest.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;

    fn carried(
        keys: &[(u32, i64)],
        values: &[f64],
        refused: &[usize],
        strays: &[Stray],
        most: u32,
    ) -> (Vec<String>, Vec<usize>, u32) {
        let (entity_of, periods): (Vec<u32>, Vec<i64>) = keys.iter().copied().unzip();
        let keys = Keys {
            entity_of: &entity_of,
            periods: &periods,
        };
        let mut values = values.to_vec();
        let standing = CarryLimits {
            most,
            expires: None,
        };
        let carried = carry(keys, &mut values, refused, strays, standing);
        let values = values.iter().map(f64::to_string).collect();
        let rows = carried.cells.iter().map(|cell| cell.row).collect();
        let oldest = carried.cells.iter().map(|cell| cell.age).max();
        (values, rows, oldest.unwrap_or(0))
    }

    #[test]
    fn a_value_stands_for_so_many_periods_of_its_own_entity() {
        let keys = [(0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (1, 6)];
        let values = [7.0, NAN, NAN, NAN, NAN, 2.0];
        let (values, rows, oldest) = carried(&keys, &values, &[], &[], 2);
        assert_eq!(values, ["7", "7", "7", "NaN", "NaN", "2"]);
        assert_eq!((rows, oldest), (vec![1, 2], 2));
    }

    #[test]
    fn what_is_out_of_date_is_told_with_its_age() {
        let keys = Keys {
            entity_of: &[0, 0, 0, 0, 1],
            periods: &[1, 2, 3, 4, 4],
        };
        let mut values = [7.0, NAN, NAN, NAN, NAN];
        let standing = CarryLimits {
            most: 1,
            expires: Some(2),
        };
        let carried = carry(keys, &mut values, &[], &[], standing);
        assert_eq!(carried.cells, [Aged { row: 1, age: 1 }]);
        assert_eq!(carried.expired, [Aged { row: 3, age: 3 }]);
    }

    #[test]
    fn ages_are_counted_in_periods_and_not_in_rows() {
        let keys = [(0, 1), (0, 9), (0, 20)];
        let (values, rows, oldest) = carried(&keys, &[7.0, NAN, NAN], &[], &[], 11);
        assert_eq!(values, ["7", "7", "NaN"]);
        assert_eq!((rows, oldest), (vec![1], 8));
    }

    #[test]
    fn a_refused_cell_stays_missing() {
        let keys = [(0, 1), (0, 2), (0, 3)];
        let (values, rows, _) = carried(&keys, &[7.0, NAN, NAN], &[1], &[], 5);
        assert_eq!(values, ["7", "NaN", "7"]);
        assert_eq!(rows, [2]);
    }

    #[test]
    fn values_of_periods_without_a_row_are_carried_too() {
        let keys = [(0, 3), (0, 4), (1, 3)];
        let stray = |entity, period, value| Stray {
            entity,
            period,
            value,
        };
        let strays = [stray(0, 1, 7.0), stray(0, 2, 8.0), stray(2, 1, 9.0)];
        let (values, rows, oldest) = carried(&keys, &[NAN, NAN, NAN], &[], &strays, 2);
        assert_eq!(values, ["8", "8", "NaN"]);
        assert_eq!((rows, oldest), (vec![0, 1], 2));
    }
}
