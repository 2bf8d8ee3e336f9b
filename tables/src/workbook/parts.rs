//! How parts of workbooks are named.

use std::ops::RangeInclusive;

/// Does a name of a sheet stand for several: `*`, `2024*`?
#[must_use]
pub(crate) fn is_pattern(sheet: &str) -> bool {
    sheet.contains('*')
}

/// The corners of `A4:Z220`, counted from 0: row and column of the first cell, and of the last.
#[must_use]
pub(crate) fn corners(range: &str) -> Option<((u32, u32), (u32, u32))> {
    let (from, to) = range.trim().split_once(':')?;
    Some((corner(from)?, corner(to)?))
}

/// The rows of a range, counted from 1 as they are told.
#[must_use]
pub(crate) fn rows_of(range: &str) -> Option<RangeInclusive<u64>> {
    let (first, last) = corners(range)?;
    Some(u64::from(first.0) + 1..=u64::from(last.0) + 1)
}

fn corner(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.trim().replace('$', "");
    let letters = cell.find(|letter: char| letter.is_ascii_digit())?;
    let (column, row) = cell.split_at(letters);
    let mut number = 0_u32;
    for letter in column.chars() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        number = number
            .checked_mul(26)?
            .checked_add(u32::from(letter) - u32::from('A') + 1)?;
    }
    let row: u32 = row.parse().ok()?;
    Some((row.checked_sub(1)?, number.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_of_ranges() {
        assert_eq!(corners("A4:Z220"), Some(((3, 0), (219, 25))));
        assert_eq!(corners("$B$2:AA10"), Some(((1, 1), (9, 26))));
        for slip in ["A4", "4:5", "A0:B2", "A4:", "ÄÖ1:B2"] {
            assert_eq!(corners(slip), None, "{slip}");
        }
    }
}
