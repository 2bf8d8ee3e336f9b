//! Names of months as they stand in tables: in English, French, Spanish, Portuguese, German and Italian.
//!
//! In: letters. Out: the month, 1 to 12. Full names and the usual abbreviations, with a point behind
//! them or none, in capitals or small letters, with accents or without. No spelling is the name of two
//! months in different languages.

const NAMES: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "janv", "enero", "ene", "janeiro", "januar", "janner",
        "gennaio", "genn", "gen",
    ],
    &[
        "february",
        "feb",
        "fevrier",
        "fevr",
        "fev",
        "febrero",
        "fevereiro",
        "februar",
        "febr",
        "feber",
        "febbraio",
        "febb",
    ],
    &["march", "mar", "mars", "marzo", "marco", "marz", "mrz"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maio", "maggio", "magg", "mag"],
    &[
        "june", "jun", "juin", "junio", "junho", "juni", "giugno", "giu",
    ],
    &[
        "july", "jul", "juillet", "juill", "juil", "julio", "julho", "juli", "luglio", "lug",
    ],
    &["august", "aug", "aout", "agosto", "ago"],
    &[
        "september",
        "sept",
        "sep",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "set",
        "settembre",
        "sett",
    ],
    &[
        "october", "oct", "octobre", "octubre", "outubro", "out", "oktober", "okt", "ottobre",
        "ott",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "decembre",
        "diciembre",
        "dic",
        "dezembro",
        "dez",
        "dezember",
        "dicembre",
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
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
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
    fn months_of_six_languages() {
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
            ("Jänner 2024", 1),
            ("März", 3),
            ("Mrz. 2024", 3),
            ("JUNI", 6),
            ("Okt.", 10),
            ("Dezember", 12),
            ("gen. 2024", 1),
            ("maggio", 5),
            ("ott", 10),
        ] {
            assert_eq!(
                at_the_beginning(text).map(|(month, _)| month),
                Some(month),
                "{text}"
            );
        }
        assert_eq!(at_the_beginning("janv. 2024"), Some((1, 5)));
        assert_eq!(at_the_beginning("Julia"), None);
        assert_eq!(at_the_beginning("2024"), None);
    }

    #[test]
    fn every_month_has_its_name_in_each_language() {
        for year in [
            "January February March April May June July August September October November December",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic.",
            "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
            "Jan. Feb. Mrz. Apr. Mai Jun. Jul. Aug. Sep. Okt. Nov. Dez.",
            "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.",
        ] {
            let months: Vec<Option<i64>> = year.split(' ').map(named).collect();
            let whole: Vec<Option<i64>> = (1..=12).map(Some).collect();
            assert_eq!(months, whole, "{year}");
        }
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
