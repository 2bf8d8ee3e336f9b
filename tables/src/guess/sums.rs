//! Rows that say in words that they sum up others.

use super::found::text;
use crate::grid::Cells as _;
use forewarn_runtime::bind::sums_up;
use forewarn_runtime::bind::usual::plain;

/// Does another cell than that of the entity say that a row sums up others?
pub(super) fn says_sum(row: &crate::grid::KeptRow, entity: usize) -> bool {
    let mut cells = (0..row.width())
        .filter(|column| *column != entity)
        .map(|column| text(row, column));
    cells.any(|cell| sums_up(&cell) || words_say_sum(&cell))
}

/// `North total`, `Subtotal for the north`
pub(super) fn words_say_sum(cell: &str) -> bool {
    let words: Vec<String> = cell.split_whitespace().map(plain).collect();
    words.len() > 1
        && words
            .iter()
            .any(|word| ["total", "subtotal", "totaux", "gesamt"].contains(&word.as_str()))
}
