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

/// Does a column say of which part of all people a row is, as `sex` and `age group` do? Its total stands among its
/// parts.
#[must_use]
pub fn divides(name: &str) -> bool {
    const WORDS: [&str; 22] = [
        "sex",
        "sexe",
        "sexo",
        "sesso",
        "geschlecht",
        "gender",
        "genre",
        "genero",
        "age",
        "ages",
        "agegroup",
        "edad",
        "idade",
        "alter",
        "disaggregation",
        "desagregacion",
        "breakdown",
        "subgroup",
        "residence",
        "urbanisation",
        "urbanization",
        "dimension",
    ];
    let words = words_of(name);
    words.iter().any(|word| WORDS.contains(&word.as_str()))
}

/// Does a column say of the values beside it how good they are, as `OBS_STATUS` and `OBS_FLAG` of SDMX do?
#[must_use]
pub fn tells_quality(name: &str) -> bool {
    let words = words_of(name);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    has(&["flag", "flags"]) || has(&["obs", "observation"]) && has(&["status"])
}

/// What such a column says, as far as it is something: nothing of what is as it should be.
#[must_use]
pub fn quality(text: &str) -> Option<Quality> {
    const AS_IT_SHOULD_BE: [&str; 8] = [
        "a",
        "normal",
        "normal value",
        "0",
        "no",
        "false",
        "none",
        "ok",
    ];
    const NO_VALUE: [&str; 9] = [
        "m",
        "l",
        "o",
        "q",
        "h",
        "missing",
        "missing value",
        "not available",
        "not collected",
    ];
    let plain = text.trim().to_lowercase();
    if plain.is_empty() || AS_IT_SHOULD_BE.contains(&plain.as_str()) {
        return None;
    }
    Some(
        match NO_VALUE.contains(&plain.as_str()) || plain.starts_with("missing") {
            true => Quality::NoValue,
            false => Quality::Marked,
        },
    )
}

/// What is said of a value by a column beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// It is none: what stands there is no observation.
    NoValue,
    /// It is an estimate, provisional, after a break, or the like.
    Marked,
}

/// Does a column say by how many tens the values beside it are multiplied?
#[must_use]
pub fn is_of_tens(column: &str) -> bool {
    const NAMES: [&str; 5] = [
        "mult",
        "multiplier",
        "multiplicateur",
        "powercode",
        "magnitude",
    ];
    let words = words_of(column);
    words.iter().any(|word| NAMES.contains(&word.as_str())) || words == ["power", "code"]
}

/// Is a column called a scale? It may be one of answers, too: words alone count there, and factors.
#[must_use]
pub fn is_scale(column: &str) -> bool {
    const NAMES: [&str; 4] = ["scale", "echelle", "escala", "skala"];
    matches!(words_of(column).as_slice(), [only] if NAMES.contains(&only.as_str()))
}

/// The words of a name, in small letters: those of `unitOfMeasure`, `UNIT_MEASURE`, `Unité de mesure`.
pub(crate) fn words_of(name: &str) -> Vec<String> {
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
    fn columns_that_say_how_good_values_are() {
        for name in [
            "OBS_STATUS",
            "OBS_FLAG",
            "Observation status",
            "obsStatus",
            "Flag Codes",
        ] {
            assert!(tells_quality(name), "{name}");
        }
        for name in ["status", "flagged_people", "observations", "OBS_VALUE"] {
            assert!(!tells_quality(name), "{name}");
        }
        assert_eq!(quality("A"), None);
        assert_eq!(quality(" "), None);
        assert_eq!(quality("M"), Some(Quality::NoValue));
        assert_eq!(
            quality("Missing value; data cannot exist"),
            Some(Quality::NoValue)
        );
        assert_eq!(quality("e"), Some(Quality::Marked));
    }

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
