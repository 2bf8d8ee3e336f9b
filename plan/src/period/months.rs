//! Names of months as they stand in tables: in English, French, Spanish and Portuguese.
//!
//! In: letters. Out: the month, 1 to 12. Full names and the usual abbreviations, with a point behind
//! them or none, in capitals or small letters, with accents or without. No spelling is the name of two
//! months in different languages.

const NAMES: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "janv", "enero", "ene", "janeiro",
    ],
    &[
        "february",
        "feb",
        "fevrier",
        "fevr",
        "fev",
        "febrero",
        "fevereiro",
    ],
    &["march", "mar", "mars", "marzo", "marco"],
    &["april", "apr", "avril", "avr", "abril", "abr"],
    &["may", "mai", "mayo", "maio"],
    &["june", "jun", "juin", "junio", "junho"],
    &["july", "jul", "juillet", "juil", "julio", "julho"],
    &["august", "aug", "aout", "agosto", "ago"],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setembro",
        "set",
    ],
    &["october", "oct", "octobre", "octubre", "outubro", "out"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "decembre",
        "diciembre",
        "dic",
        "dezembro",
        "dez",
    ],
];

/// The month that the letters at the beginning of a text name, and how many bytes they are.
pub(super) fn at_the_beginning(text: &str) -> Option<(i64, usize)> {
    let letters = text
        .find(|letter: char| !letter.is_alphabetic())
        .unwrap_or(text.len());
    let month = named(text.get(..letters)?)?;
    let point = text.get(letters..)?.starts_with('.');
    Some((month, letters + usize::from(point)))
}

/// The month that a word names, with a point behind it or none.
#[must_use]
pub fn named(word: &str) -> Option<i64> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let plain: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(without_accent)
        .collect();
    let place = NAMES
        .iter()
        .position(|names| names.contains(&plain.as_str()))?;
    i64::try_from(place + 1).ok()
}

fn without_accent(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'û' | 'ú' => 'u',
        'ç' => 'c',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_four_languages() {
        for (text, month) in [
            ("May 2025", 5),
            ("août 2024", 8),
            ("AOÛT", 8),
            ("janv. 2024", 1),
            ("déc.", 12),
            ("março", 3),
            ("Ene", 1),
            ("setembro", 9),
            ("Sept", 9),
        ] {
            assert_eq!(
                at_the_beginning(text).map(|(month, _)| month),
                Some(month),
                "{text}"
            );
        }
        assert_eq!(at_the_beginning("janv. 2024"), Some((1, 5)));
        assert_eq!(at_the_beginning("Juli"), None);
        assert_eq!(at_the_beginning("2024"), None);
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let all: Vec<&str> = NAMES
            .iter()
            .flat_map(|names| names.iter().copied())
            .collect();
        for (at, name) in all.iter().enumerate() {
            assert!(!all[..at].contains(name), "{name}");
        }
    }
}
