//! The words by which `rows` chooses, beside those that the column has.
//!
//! In: a condition and the cells of every row. Out: words of the condition that no row has where another one is
//! near, and words of rows that are left out and are near to one that is asked for: one of the two is misspelt,
//! and its rows are lost.

use super::layout::Layout;
use crate::grid::Cells;
use crate::recipe::Filter;
use forewarn_diagnostics::suggest::{slips, suggest};
use std::collections::BTreeMap;

/// As many words of a column are kept.
const MOST: usize = 400;

/// A column that the condition compares with words.
#[derive(Clone, Debug)]
struct Chosen {
    column: String,
    words: Vec<String>,
    /// The words of the column: how many rows have each, and how many of these were left out.
    seen: BTreeMap<String, (u64, u64)>,
}

/// All columns that a condition compares with words.
#[derive(Clone, Debug, Default)]
pub(super) struct Chosens(Vec<Chosen>);

/// A word of the condition and one of the column, of which one is misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) column: String,
    /// As the condition has it.
    pub(super) word: String,
    /// As rows have it that were left out, how many these are, and whether no row has the other.
    pub(super) cell: String,
    pub(super) rows: u64,
    pub(super) absent: bool,
}

impl Chosens {
    pub(super) fn of(filter: Option<&Filter>) -> Self {
        let mut all: Vec<Chosen> = Vec::new();
        for (column, word) in filter.map(Filter::words_of_columns).unwrap_or_default() {
            match all.iter_mut().find(|one| one.column == column) {
                Some(known) => known.words.push(word),
                None => all.push(Chosen {
                    column,
                    words: vec![word],
                    seen: BTreeMap::new(),
                }),
            }
        }
        Self(all)
    }

    /// Notes the words of a row.
    pub(super) fn note(&mut self, layout: &Layout, row: &impl Cells, left_out: bool) {
        for one in &mut self.0 {
            let place = layout.names.iter().position(|name| *name == one.column);
            let Some(place) = place.filter(|place| !row.is_missing(*place)) else {
                continue;
            };
            let text = row.text(place);
            if one.seen.len() >= MOST && !one.seen.contains_key(&text) {
                continue;
            }
            let count = one.seen.entry(text).or_default();
            count.0 += 1;
            count.1 += u64::from(left_out);
        }
    }

    /// What looks misspelt.
    pub(super) fn near(&self) -> Vec<Near> {
        let mut found = Vec::new();
        for one in &self.0 {
            let lost = one
                .seen
                .iter()
                .filter(|(text, count)| count.1 == count.0 && !one.words.contains(text));
            let lost: Vec<(&str, u64)> =
                lost.map(|(text, count)| (text.as_str(), count.1)).collect();
            let mut told: Vec<&str> = Vec::new();
            for word in &one.words {
                let absent = !one.seen.contains_key(word);
                let open = lost.iter().filter(|(text, _)| !told.contains(text));
                let candidates = open
                    .map(|(text, _)| *text)
                    .filter(|text| is_a_slip(word, text, if absent { 3 } else { 1 }));
                let Some(cell) = suggest(word, candidates) else {
                    continue;
                };
                told.push(cell);
                let rows = lost
                    .iter()
                    .find(|(text, _)| *text == cell)
                    .map_or(0, |one| one.1);
                found.push(Near {
                    column: one.column.clone(),
                    word: word.clone(),
                    cell: cell.to_owned(),
                    rows,
                    absent,
                });
            }
        }
        found
    }

    /// What a condition asks for and what its column has instead, where no row has any of it.
    pub(super) fn nowhere(&self) -> Vec<String> {
        const SHOWN: usize = 6;
        let none = self.0.iter().filter(|one| {
            !one.seen.is_empty() && one.words.iter().all(|word| !one.seen.contains_key(word))
        });
        let notes = none.map(|one| {
            let holds: Vec<&str> = one.seen.keys().take(SHOWN).map(String::as_str).collect();
            let more = if one.seen.len() > SHOWN { ", …" } else { "" };
            format!(
                "no row has {}; `{}` holds {}{more}",
                forewarn_diagnostics::wording::quoted(&one.words, "or"),
                one.column,
                holds
                    .iter()
                    .map(|word| format!("`{word}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        });
        notes.collect()
    }
}

/// Is one word a misspelling of the other? Not where a number or a single letter tells them apart, as in `Group 1`
/// and `Group 2`, nor where one of two words that both occur differs by more than `most` letters.
fn is_a_slip(word: &str, cell: &str, most: usize) -> bool {
    const SHORT: usize = 4;
    let (word, cell) = (word.to_lowercase(), cell.to_lowercase());
    if word == cell {
        return true;
    }
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let parts = |text: &str| -> Vec<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (parts(&word), parts(&cell));
    let differ = one.iter().zip(&other).filter(|(one, other)| one != other);
    let long = |text: &String| text.chars().count() >= SHORT;
    digits(&word) == digits(&cell)
        && one.len() == other.len()
        && differ
            .into_iter()
            .all(|(one, other)| long(one) && long(other) && slips(one, other) <= most)
}

#[cfg(test)]
mod tests {
    use super::is_a_slip;

    #[test]
    fn words_that_a_letter_or_a_number_tells_apart_are_no_slips_of_each_other() {
        for (one, other, most, slip) in [
            ("Fever", "Fevre", 1, true),
            ("Rahs", "Rash", 1, true),
            ("fevers", "Fever", 3, true),
            ("Type A", "Type B", 1, false),
            ("Group 1", "Group 2", 3, false),
            ("Import", "Export", 1, false),
            ("FEVER", "Fever", 1, true),
        ] {
            assert_eq!(is_a_slip(one, other, most), slip, "{one}, {other}");
        }
    }
}
