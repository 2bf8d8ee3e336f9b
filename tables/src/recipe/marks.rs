//! Names of columns that are nearly periods: with a mark beside one, or misspelt.
//!
//! In: a column's name. Out: the period in it and what stands beside it, and the flag that this is, where it says how good
//! values are.

use super::naming::{Naming, month_in, period_by};
use forewarn_plan::PeriodKind;
use forewarn_plan::period::{self, Written};
use forewarn_runtime::bind::Multiple;

/// A period that is not all of a name, with the rest: `2024-02 p`, `2023 (est.)`, `2022*`, `prelim. 2024`.
pub(crate) fn marked_period<'n>(name: &'n str, ways: &[Written]) -> Option<(String, &'n str)> {
    let name = name.trim();
    if period_by(name, ways).is_some() {
        return None;
    }
    let is_word = |letter: char| letter.is_alphanumeric();
    // A number is part of the period, or makes it another one, but for that of a note.
    let is_apart = |rest: &str| {
        let noted = rest.trim().starts_with(['(', '[']);
        !rest.trim().is_empty() && (noted || !rest.contains(|letter: char| letter.is_ascii_digit()))
    };
    let ends = name.char_indices().map(|(at, _)| at).rev();
    let behind = ends.filter(|end| *end > 0).find_map(|end| {
        let (before, rest) = name.split_at_checked(end)?;
        let whole = before.trim_end();
        let fits = whole.ends_with(is_word) && is_apart(rest);
        Some((period_by(whole, ways).filter(|_| fits)?, rest.trim()))
    });
    let before = || {
        let starts = name.char_indices().map(|(at, _)| at).skip(1);
        starts.into_iter().find_map(|start| {
            let (rest, behind) = name.split_at_checked(start)?;
            let fits = behind.starts_with(is_word) && !rest.ends_with(is_word) && is_apart(rest);
            Some((period_by(behind, ways).filter(|_| fits)?, rest.trim()))
        })
    };
    behind.or_else(before)
}

/// The flag that a mark beside a period is, where it says how good the values are.
pub(crate) fn flag_of(mark: &str) -> Option<String> {
    const SHORT: usize = 3;
    const LONGEST: usize = 14;
    /// How words begin that say so.
    const BEGIN: [&str; 9] = [
        "prov", "prel", "prél", "est", "proj", "proy", "forec", "rev", "rév",
    ];
    let is_bracket = |letter: char| "()[].,_- ".contains(letter);
    let bare = mark.trim_matches(is_bracket);
    let letters = bare.chars().count();
    let noted = mark.starts_with(['(', '[']);
    let plain = |letter: char| letter.is_alphanumeric() || "*†‡§^".contains(letter);
    let said = BEGIN
        .iter()
        .any(|begin| bare.to_lowercase().starts_with(begin));
    let fits = bare.chars().all(plain)
        && (1..=LONGEST).contains(&letters)
        && (letters <= SHORT || noted || said);
    // What multiplies a number says nothing of how good it is.
    let one = format!("1 {bare}");
    let multiplies = forewarn_runtime::bind::multiplied(&one);
    let multiplies = matches!(
        multiplies,
        Some((_, Multiple::Times(_) | Multiple::Unclear))
    );
    (fits && !multiplies).then(|| bare.to_owned())
}

/// Might a name that is no period be a misspelt one? It has the digits of a year, or would be a period if letters that
/// look like digits were some; or it is a month or a quarter of a year of two digits, whose century nobody has said; or it
/// begins as a month does, where months have no years.
pub(crate) fn may_be_period(name: &str, naming: Naming<'_>) -> bool {
    let name = name.trim();
    let parts = name.split(|letter: char| !letter.is_ascii_digit());
    let has_year = parts.filter(|part| part.len() == 4).any(|part| {
        part.parse::<u32>()
            .is_ok_and(|year| (1500..=2300).contains(&year))
    });
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let seen: String = name.chars().map(as_digit).collect();
    let seen = digits >= 2 && seen != name && period_by(&seen, naming.ways).is_some();
    let begins: String = name.chars().take(3).collect();
    let month = naming.years && month_in(&begins).is_some();
    has_year || seen || month || is_of_two_digits(name)
}

/// `Apr-24`, `févr.-24`, `Q1 24`: what is read once a century is said.
fn is_of_two_digits(name: &str) -> bool {
    let reads = |kind: PeriodKind, letter: char| {
        let mut patterns = period::patterns_of(name, kind).into_iter();
        patterns.any(|pattern| pattern.contains(letter) && !pattern.contains('D'))
    };
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    !digits && (reads(PeriodKind::Month, 'M') || reads(PeriodKind::Quarter, 'Q'))
}

/// Letters that look like digits.
fn as_digit(letter: char) -> char {
    match letter {
        'O' | 'o' | 'О' | 'о' => '0',
        'l' | 'I' | '|' => '1',
        'S' => '5',
        'B' => '8',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_with_marks() {
        for (name, period, flag) in [
            ("2024-02 p", "2024-02", Some("p")),
            ("2023e", "2023", Some("e")),
            ("2022*", "2022", Some("*")),
            ("2023 (est.)", "2023", Some("est")),
            ("2024-03 (prelim.)", "2024-03", Some("prelim")),
            ("prelim. 2024", "2024", Some("prelim")),
            ("2023 population", "2023", None),
            ("2023 k", "2023", None),
        ] {
            let (found, mark) = marked_period(name, &[]).unwrap();
            assert_eq!(
                (found.as_str(), flag_of(mark).as_deref()),
                (period, flag),
                "{name}"
            );
        }
        for name in ["2024", "country", "2024-13", "20241", "p2"] {
            assert_eq!(marked_period(name, &[]), None, "{name}");
        }
        let naming = |years| Naming {
            ways: &[],
            years,
            flags: false,
        };
        for name in [
            "Mrch 2024",
            "2024-13",
            "2O23",
            "202l",
            "FY2024",
            "Apr-24",
            "févr.-24",
            "Q1-24",
        ] {
            assert!(may_be_period(name, naming(false)), "{name}");
        }
        for name in ["Notes", "ISO", "Rank 3", "Decmber"] {
            assert!(!may_be_period(name, naming(false)), "{name}");
        }
        assert!(may_be_period("Decmber", naming(true)));
    }
}
