//! What stands behind values and says how good they are: `8.2 p`, where `p` is provisional.
//!
//! In: letters behind the values of cells, as a file has them. Out: those of a cell. What they mean, each source
//! says for itself; nothing is reckoned with them.

/// The flags of some rows, by input and row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Each once.
    words: Vec<String>,
    /// By input, ascending by row once settled: the row, and the place of its word.
    cells: Vec<Vec<(usize, usize)>>,
}

impl Flags {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Notes the flag of a cell. Rows of an input come in ascending order, or [`Flags::settle`] is called.
    pub fn put(&mut self, input: usize, row: usize, word: &str) {
        let known = self.words.iter().position(|known| known == word);
        let place = known.unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        });
        if self.cells.len() <= input {
            self.cells.resize_with(input + 1, Vec::new);
        }
        if let Some(cells) = self.cells.get_mut(input) {
            cells.push((row, place));
        }
    }

    /// The flag of a cell.
    #[must_use]
    pub fn of(&self, input: usize, row: usize) -> Option<&str> {
        let cells = self.cells.get(input)?;
        let at = cells.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let (_, place) = cells.get(at)?;
        self.words.get(*place).map(String::as_str)
    }

    /// The flags of an input with how many cells have each, the most frequent first.
    #[must_use]
    pub fn counts(&self, input: usize) -> Vec<(String, u64)> {
        let mut counts: Vec<(String, u64)> =
            self.words.iter().map(|word| (word.clone(), 0)).collect();
        for (_, place) in self.cells.get(input).into_iter().flatten() {
            if let Some((_, count)) = counts.get_mut(*place) {
                *count += 1;
            }
        }
        counts.retain(|(_, count)| *count > 0);
        counts.sort_by(|(one, own), (other, theirs)| theirs.cmp(own).then_with(|| one.cmp(other)));
        counts
    }

    /// Each flag of an input, with its rows ascending.
    pub fn each(&self, input: usize) -> impl Iterator<Item = (&str, Vec<usize>)> {
        self.words.iter().enumerate().filter_map(move |(at, word)| {
            let cells = self.cells.get(input)?.iter();
            let rows: Vec<usize> = cells
                .filter(|(_, place)| *place == at)
                .map(|(row, _)| *row)
                .collect();
            (!rows.is_empty()).then_some((word.as_str(), rows))
        })
    }

    /// Gives each row another place.
    pub fn arrange(&mut self, place: impl Fn(usize) -> usize) {
        for cells in &mut self.cells {
            for (row, _) in cells.iter_mut() {
                *row = place(*row);
            }
        }
        self.settle();
    }

    /// Puts rows in order.
    pub fn settle(&mut self) {
        for cells in &mut self.cells {
            cells.sort_unstable();
        }
    }
}

/// `p 10, b 2`
#[must_use]
pub fn in_words(counts: &[(String, u64)]) -> String {
    let words = counts.iter().map(|(word, count)| format!("{word} {count}"));
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_found_by_cell_and_counted() {
        let mut flags = Flags::default();
        assert!(flags.is_empty());
        flags.put(1, 0, "p");
        flags.put(1, 2, "b");
        flags.put(1, 3, "p");
        assert_eq!(flags.of(1, 2), Some("b"));
        assert_eq!(flags.of(1, 1), None);
        assert_eq!(flags.of(0, 0), None);
        assert_eq!(in_words(&flags.counts(1)), "p 2, b 1");
        flags.arrange(|row| 3 - row);
        assert_eq!(flags.of(1, 1), Some("b"));
        let each: Vec<(&str, Vec<usize>)> = flags.each(1).collect();
        assert_eq!(each, [("p", vec![0, 3]), ("b", vec![1])]);
    }
}
