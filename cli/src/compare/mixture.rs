//! A panel with some columns of one reading of data and the others of another.

use forewarn_runtime::panel::{Aged, Panel, aged};
use std::collections::HashMap;

/// The rows of a panel by entity and period, without those that no data have.
pub fn rows(panel: &Panel) -> HashMap<(&str, Option<i64>), usize> {
    let rows = (0..panel.rows()).filter(|row| !is_gap(panel, *row));
    rows.filter_map(|row| Some((key(panel, row)?, row)))
        .collect()
}

/// Is it a period between rows, of which no data say anything?
pub fn is_gap(panel: &Panel, row: usize) -> bool {
    panel.gaps.binary_search(&row).is_ok()
}

/// All rows, with whether data have them.
fn places(panel: &Panel) -> HashMap<(&str, Option<i64>, bool), usize> {
    let rows = (0..panel.rows()).filter_map(|row| {
        let (entity, period) = key(panel, row)?;
        Some(((entity, period, is_gap(panel, row)), row))
    });
    rows.collect()
}

pub fn key(panel: &Panel, row: usize) -> Option<(&str, Option<i64>)> {
    let entity = panel.entity_of.get(row)?;
    let entity = panel.entities.get(*entity as usize)?;
    Some((entity.as_str(), panel.periods.get(row).copied()))
}

/// The rows of the first, or of the second where `second_rows` says so; each column of the first, or of
/// the second where `of_second` says so. A row that only one of the two has is its own throughout.
pub fn mix(
    first: &Panel,
    second: &Panel,
    second_rows: bool,
    of_second: &dyn Fn(usize) -> bool,
) -> Panel {
    let (base, other, base_is_second) = if second_rows {
        (second, first, true)
    } else {
        (first, second, false)
    };
    let mut mixed = base.clone();
    let theirs = places(other);
    let own = places(base);
    let same: Vec<Option<usize>> = (0..base.rows())
        .map(|row| {
            let (entity, period) = key(base, row)?;
            theirs.get(&(entity, period, is_gap(base, row))).copied()
        })
        .collect();
    // What is carried from a row that only one of the two has goes with the rows, too.
    let is_of_both = |panel: &Panel, at: usize, row: usize| {
        let carried = aged(panel.carried.get(at), row);
        carried.is_none_or(|cell| {
            let from = key(panel, row);
            let from = from.map(|(entity, period)| {
                let period = period.map(|period| period - i64::from(cell.age));
                (entity, period, false)
            });
            from.is_some_and(|from| own.contains_key(&from) == theirs.contains_key(&from))
        })
    };
    // The row of the base that a carried cell of it is from.
    let source = |at: usize, row: usize| {
        let age = aged(base.carried.get(at), row)?.age;
        let (entity, period) = key(base, row)?;
        let from = period.map(|period| period - i64::from(age));
        own.get(&(entity, from, false)).copied()
    };
    for (at, column) in mixed.columns.iter_mut().enumerate() {
        if of_second(at) == base_is_second {
            continue;
        }
        let Some(theirs) = other.columns.get(at) else {
            continue;
        };
        let places: Vec<Option<usize>> = same
            .iter()
            .enumerate()
            .map(|(row, place)| {
                place.filter(|place| is_of_both(base, at, row) && is_of_both(other, at, *place))
            })
            .collect();
        for (cell, place) in column.iter_mut().zip(&places) {
            if let Some(value) = place.and_then(|place| theirs.get(place)) {
                *cell = *value;
            }
        }
        // What is carried into a row that is its own throughout is carried as it stands where it is from.
        for (row, cell) in column.iter_mut().enumerate() {
            if places.get(row).copied().flatten().is_some() {
                continue;
            }
            let from = source(at, row).and_then(|from| places.get(from).copied().flatten());
            let from = from.filter(|from| aged(other.carried.get(at), *from).is_none());
            if let Some(value) = from.and_then(|from| theirs.get(from)) {
                *cell = *value;
            }
        }
        let both = [
            (mixed.carried.get_mut(at), &base.carried, &other.carried),
            (mixed.expired.get_mut(at), &base.expired, &other.expired),
        ];
        for (mixed, own, theirs) in both {
            let Some(mixed) = mixed else { continue };
            let cells = places.iter().enumerate().filter_map(|(row, place)| {
                let age = match place {
                    Some(place) => aged(theirs.get(at), *place)?.age,
                    None => aged(own.get(at), row)?.age,
                };
                Some(Aged { row, age })
            });
            *mixed = cells.collect();
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panel(keys: &[(&str, i64)], columns: &[&[f64]]) -> Panel {
        let mut entities: Vec<String> = keys.iter().map(|(one, _)| (*one).to_owned()).collect();
        entities.dedup();
        let place = |name: &str| entities.iter().position(|one| one == name).unwrap();
        Panel {
            entity_of: keys
                .iter()
                .map(|(one, _)| u32::try_from(place(one)).unwrap())
                .collect(),
            periods: keys.iter().map(|(_, period)| *period).collect(),
            columns: columns.iter().map(|column| column.to_vec()).collect(),
            entities,
            ..Panel::default()
        }
    }

    #[test]
    fn columns_and_rows_come_from_where_they_are_wanted() {
        let first = panel(
            &[("AVA", 1), ("AVA", 2), ("BRU", 1)],
            &[&[1., 2., 3.], &[4., 5., 6.]],
        );
        let second = panel(
            &[("AVA", 1), ("BRU", 1), ("CEL", 1)],
            &[&[10., 30., 40.], &[50., 60., 70.]],
        );
        let of_first_column = mix(&first, &second, false, &|at| at == 0);
        assert_eq!(
            of_first_column.columns,
            vec![vec![10., 2., 30.], vec![4., 5., 6.]]
        );
        let rows_alone = mix(&first, &second, true, &|_| false);
        assert_eq!(
            rows_alone.columns,
            vec![vec![1., 3., 40.], vec![4., 6., 70.]]
        );
        assert_eq!(rows_alone.entities, ["AVA", "BRU", "CEL"]);
    }

    #[test]
    fn what_is_carried_into_a_row_of_one_of_both_is_what_stands_where_it_is_from() {
        let carried = vec![vec![Aged { row: 1, age: 1 }]];
        let first = Panel {
            carried: carried.clone(),
            ..panel(&[("AVA", 1), ("AVA", 2), ("AVA", 3)], &[&[50., 50., 51.]])
        };
        let second = Panel {
            carried,
            gaps: vec![1],
            ..panel(&[("AVA", 1), ("AVA", 2), ("AVA", 3)], &[&[40., 40., 70.]])
        };
        let values = mix(&first, &second, false, &|_| true);
        assert_eq!(values.columns, vec![vec![40., 40., 70.]]);
        let rows = mix(&first, &second, true, &|_| false);
        assert_eq!(rows.columns, vec![vec![50., 50., 51.]]);
    }

    #[test]
    fn a_row_that_no_data_have_any_more_is_none_of_both() {
        let first = panel(&[("AVA", 1), ("AVA", 2), ("AVA", 3)], &[&[1., 2., 3.]]);
        let second = Panel {
            gaps: vec![1],
            ..panel(
                &[("AVA", 1), ("AVA", 2), ("AVA", 3)],
                &[&[1., f64::NAN, 4.]],
            )
        };
        let values = mix(&first, &second, false, &|_| true);
        assert_eq!(values.columns, vec![vec![1., 2., 4.]]);
        let rows = mix(&first, &second, true, &|_| false);
        let column = &rows.columns[0];
        assert!(column[1].is_nan() && column[2] == 3. && rows.gaps == [1]);
    }
}
