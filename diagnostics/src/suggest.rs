//! "Did you mean": the known name nearest to one that is not known.

/// The candidate that `name` was probably meant to be, if one is near enough.
///
/// A name that differs only in case, underscores, hyphens or blanks wins at once; else the one with
/// the fewest slips (letters added, left out, changed or swapped), of which about one in three
/// letters may be wrong. Of equally near candidates the first is taken.
#[must_use]
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    suggest_all(name, candidates).into_iter().next()
}

/// The same with all others that are as near.
#[must_use]
pub fn suggest_all<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let plain = simplify(name);
    let mut best: (usize, Vec<&'a str>) = (usize::MAX, Vec::new());
    for candidate in candidates {
        let known = simplify(candidate);
        if candidate == name || known.is_empty() || plain.is_empty() {
            continue;
        }
        let slips = strsim::damerau_levenshtein(&plain, &known);
        if slips > allowed(&plain, &known) || slips > best.0 {
            continue;
        }
        if slips < best.0 {
            best = (slips, Vec::new());
        }
        best.1.push(candidate);
    }
    best.1
}

/// How many letters were added, left out, changed or swapped on the way from one word to the other.
#[must_use]
pub fn slips(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// How many slips still make a likely misspelling of words this long.
fn allowed(left: &str, right: &str) -> usize {
    let shorter = left.chars().count().min(right.chars().count());
    match shorter {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

fn simplify(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{suggest, suggest_all};

    #[test]
    fn the_nearest_name_is_suggested() {
        let known = ["conflict_deaths", "population", "civil_space", "gni"];
        let cases = [
            ("conflict_death", Some("conflict_deaths")),
            ("ConflictDeaths", Some("conflict_deaths")),
            ("popluation", Some("population")),
            ("civilspace", Some("civil_space")),
            ("gnp", Some("gni")),
            ("gx", None),
            ("rainfall", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(suggest(name, known), expected, "{name}");
        }
    }

    #[test]
    fn case_and_underscores_win_over_fewer_slips() {
        assert_eq!(
            suggest("lifeexp", ["lifeexq", "life_exp"]),
            Some("life_exp")
        );
    }

    #[test]
    fn what_is_equally_near_is_found_together() {
        let known = ["stock_1", "stockpiles", "stock_2", "rain"];
        assert_eq!(suggest_all("stock_3", known), ["stock_1", "stock_2"]);
        assert_eq!(suggest_all("Stock 1", known), ["stock_1"]);
        assert!(suggest_all("harvest", known).is_empty());
    }

    #[test]
    fn a_name_is_never_its_own_suggestion() {
        assert_eq!(suggest("abc", ["abc", "abd"]), Some("abd"));
    }
}
