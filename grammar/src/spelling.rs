//! The word that was meant by a misspelt one.
//!
//! In: a word, and the words that would fit. Out: the nearest, if it is near enough to be meant.

/// No word of the language is as long.
const LONGEST: usize = 32;

/// The nearest of the words: within one slip for each three letters.
pub(crate) fn closest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let letters = word.chars().take(LONGEST).count();
    if !(3..LONGEST).contains(&letters) {
        return None;
    }
    let small = word.to_lowercase();
    let small_letters = small.chars().take(LONGEST).count();
    known
        .filter(|known| known.len() >= 4 || *known == small)
        .filter(|known| small_letters.abs_diff(known.chars().count()) <= letters / 3)
        .map(|known| (distance(&small, known), known))
        .filter(|(distance, _)| *distance <= letters / 3)
        .min()
        .map(|(_, known)| known)
}

/// Letters to change, put in, take out or swap with their neighbour, to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(LONGEST).collect();
    let b: Vec<char> = b.chars().take(LONGEST).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(LONGEST);
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let changed = at(&row, j) + usize::from(x != y);
            let mut best = changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    at(&row, b.len())
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_is_one_letter_or_two_swapped() {
        let words = || ["from", "weight", "combine", "nature"].into_iter();
        assert_eq!(closest("form", words()), Some("from"));
        assert_eq!(closest("weihgt", words()), Some("weight"));
        assert_eq!(closest("combne", words()), Some("combine"));
        assert_eq!(closest("mature", words()), Some("nature"));
        assert_eq!(closest("deaths", words()), None);
        assert_eq!(closest("fr", words()), None);
    }
}
