//! The row of its file that each row came from.
//!
//! In: numbers of rows, one after another. Out: each again by its place. Where they count up, as they do in most files,
//! only the first is kept.

use super::sort::arrange;

/// Numbers of rows in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum FileRows {
    /// So many, from the first on.
    Counted {
        first: u64,
        count: usize,
    },
    Listed(Vec<u64>),
}

impl Default for FileRows {
    fn default() -> Self {
        Self::Counted { first: 0, count: 0 }
    }
}

impl FileRows {
    /// Of so many rows that no file has.
    pub fn nowhere(rows: usize) -> Self {
        Self::Listed(vec![0; rows])
    }

    #[inline]
    pub fn push(&mut self, row: u64) {
        match self {
            Self::Counted { first, count } if *count == 0 => (*first, *count) = (row, 1),
            Self::Counted { first, count } if *first + *count as u64 == row => *count += 1,
            Self::Counted { .. } => {
                let mut listed = self.listed();
                listed.push(row);
                *self = Self::Listed(listed);
            }
            Self::Listed(rows) => rows.push(row),
        }
    }

    pub fn get(&self, place: usize) -> Option<u64> {
        match self {
            Self::Counted { first, count } => (place < *count).then(|| *first + place as u64),
            Self::Listed(rows) => rows.get(place).copied(),
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Counted { count, .. } => *count == 0,
            Self::Listed(rows) => rows.is_empty(),
        }
    }

    /// Those at some places, in their order.
    pub fn arranged(&self, places: &[usize]) -> Self {
        Self::Listed(arrange(&self.listed(), places))
    }

    fn listed(&self) -> Vec<u64> {
        match self {
            Self::Counted { first, count } => (*first..*first + *count as u64).collect(),
            Self::Listed(rows) => rows.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(numbers: &[u64]) -> FileRows {
        let mut rows = FileRows::default();
        numbers.iter().for_each(|row| rows.push(*row));
        rows
    }

    #[test]
    fn every_row_is_found_again() {
        for numbers in [
            &[][..],
            &[4],
            &[1, 2, 3],
            &[2, 3, 7, 8],
            &[3, 3, 2],
            &[0, 5, 6],
        ] {
            let rows = rows(numbers);
            let found: Vec<u64> = (0..9).map_while(|place| rows.get(place)).collect();
            assert_eq!(found, numbers);
            assert_eq!(rows.is_empty(), numbers.is_empty());
        }
        assert_eq!(rows(&[7, 8, 9]), FileRows::Counted { first: 7, count: 3 });
    }

    #[test]
    fn rows_are_put_in_another_order() {
        for numbers in [[5, 6, 7], [5, 9, 7]] {
            let [one, two, three] = numbers;
            assert_eq!(
                rows(&numbers).arranged(&[2, 0, 9, 1]),
                FileRows::Listed(vec![three, one, two])
            );
        }
        assert_eq!(FileRows::nowhere(2), FileRows::Listed(vec![0, 0]));
    }
}
