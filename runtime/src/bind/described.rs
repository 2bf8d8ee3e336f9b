//! Columns that say what the values of a row are: of which indicator, in which unit.
//!
//! In: the name of a column. Out: what it says of a row. Rows that such a column tells apart are of different
//! things, and are no parts of one sum.

/// What a column says of the values of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Describes {
    Indicator,
    Unit,
}

/// Words for indicators, in small letters and without accents.
const INDICATOR: [&str; 18] = [
    "indicator",
    "indicators",
    "indicateur",
    "indicateurs",
    "indicador",
    "indicadores",
    "indikator",
    "indikatoren",
    "indicatore",
    "variable",
    "variavel",
    "variabile",
    "series",
    "serie",
    "measure",
    "mesure",
    "metric",
    "kennzahl",
];

/// Words for units.
const UNIT: [&str; 10] = [
    "unit", "units", "unite", "unites", "unidad", "unidade", "unidades", "einheit", "unita", "uom",
];

/// What a column says of its rows by its name; nothing of most.
#[must_use]
pub fn describes(name: &str) -> Option<Describes> {
    let words = words_of(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    // `UNIT_MEASURE`, `Unit of measure`
    if has(&UNIT) {
        Some(Describes::Unit)
    } else if has(&INDICATOR) {
        Some(Describes::Indicator)
    } else {
        None
    }
}

/// The words of a name, in small letters: those of `unitOfMeasure`, `UNIT_MEASURE`, `Unité de mesure`.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.chars() {
        let begins = letter.is_uppercase() && after_small;
        if !letter.is_alphanumeric() || begins {
            words.push(String::new());
        }
        after_small = letter.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase().map(|letter| match letter {
                'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
                'é' | 'è' | 'ê' => 'e',
                letter => letter,
            }));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_indicators_and_units_are_known_by_their_words() {
        for (name, says) in [
            ("Indicator Name", Some(Describes::Indicator)),
            ("indicator_code", Some(Describes::Indicator)),
            ("seriesName", Some(Describes::Indicator)),
            ("Variável", Some(Describes::Indicator)),
            ("UNIT_MEASURE", Some(Describes::Unit)),
            ("unitOfMeasure", Some(Describes::Unit)),
            ("Unité", Some(Describes::Unit)),
            ("community", None),
            ("united_front", None),
            ("event_type", None),
            ("countermeasure", None),
        ] {
            assert_eq!(describes(name), says, "{name}");
        }
    }
}
