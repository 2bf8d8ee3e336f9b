//! The order of rows: by entity, then by period; and rows with the same key.

/// Row numbers (from 0) in the order of their keys, and the pairs of rows that share one.
#[derive(Debug, PartialEq)]
pub(super) struct Order {
    /// `None` when the rows stand in order already.
    pub(super) rows: Option<Vec<usize>>,
    /// Each with the row of the same key that stands next before it in the file.
    pub(super) duplicates: Vec<(usize, usize)>,
}

/// Sorts rows by their keys; `keys[i]` belongs to row `i`, and `None` leaves the row out.
pub(super) fn order(keys: impl Iterator<Item = Option<(u32, i64)>> + Clone) -> Order {
    let mut before = None;
    let in_order = keys.clone().all(|key| {
        let rises = key.is_some() && key > before;
        before = key;
        rises
    });
    if in_order {
        return Order {
            rows: None,
            duplicates: Vec::new(),
        };
    }
    // The row number in the key makes the order total, so that sorting is the same everywhere.
    let mut sorted: Vec<((u32, i64), usize)> = keys
        .enumerate()
        .filter_map(|(row, key)| Some((key?, row)))
        .collect();
    sorted.sort_unstable();
    let mut duplicates = Vec::new();
    for pair in sorted.windows(2) {
        if let [(first_key, first), (second_key, second)] = pair
            && first_key == second_key
        {
            duplicates.push((*first, *second));
        }
    }
    // As they are met when the file is read from the top.
    duplicates.sort_unstable_by_key(|(_, second)| *second);
    Order {
        rows: Some(sorted.into_iter().map(|(_, row)| row).collect()),
        duplicates,
    }
}

/// The values in the order of `rows`.
pub(super) fn arrange<T: Copy>(values: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter()
        .filter_map(|row| values.get(*row).copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_order_are_left_alone() {
        let keys = [(0, 1), (0, 2), (1, 1)];
        let order = order(keys.into_iter().map(Some));
        assert_eq!(
            order,
            Order {
                rows: None,
                duplicates: vec![]
            }
        );
    }

    #[test]
    fn rows_are_sorted_and_duplicates_paired() {
        let keys = [
            Some((1, 5)),
            Some((0, 7)),
            None,
            Some((1, 5)),
            Some((0, 2)),
            Some((1, 5)),
        ];
        let order = order(keys.into_iter());
        assert_eq!(order.rows, Some(vec![4, 1, 0, 3, 5]));
        assert_eq!(order.duplicates, [(0, 3), (3, 5)]);
    }
}
