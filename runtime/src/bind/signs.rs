//! What tables write where there is no value.

/// Words and signs with which tables say that there is no value, in small letters.
const MISSING_SIGNS: [&str; 52] = [
    "na",
    "n/a",
    "n.a.",
    "n. a.",
    "n.a",
    "#n/a",
    "<na>",
    "nan",
    "null",
    "none",
    "nil",
    "missing",
    "unknown",
    "no data",
    "not available",
    "not known",
    "not reported",
    "unavailable",
    "tbd",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "...",
    "…",
    ":",
    "?",
    "*",
    "x",
    "#value!",
    "#div/0!",
    "#ref!",
    "#name?",
    "#null!",
    "#num!",
    "k.a.",
    "k. a.",
    "k.a",
    "keine angabe",
    "keine angaben",
    "unbekannt",
    "n.d.",
    "nd",
    "n/d",
    "s/d",
    "s.d.",
    "sin dato",
    "sin datos",
    "sem dados",
];

/// Is this what tables write where there is no value?
#[must_use]
pub fn says_missing(text: &str) -> bool {
    let text = text.trim();
    // Statistical programs tell kinds of missing values apart by a letter behind a point.
    let of_kind = matches!(text.as_bytes(), [b'.', b'a'..=b'z']);
    of_kind || MISSING_SIGNS.contains(&text.to_lowercase().as_str())
}

/// Words and signs with which tables say that there is no such value, in small letters.
const INAPPLICABLE_SIGNS: [&str; 14] = [
    "na",
    "n/a",
    "n.a.",
    "n. a.",
    "n.a",
    "not applicable",
    "inapplicable",
    "does not apply",
    "sans objet",
    "s.o.",
    "no aplica",
    "não se aplica",
    "entfällt",
    "nicht zutreffend",
];

/// May it be what tables write where there is no such value?
#[must_use]
pub fn says_inapplicable(text: &str) -> bool {
    INAPPLICABLE_SIGNS.contains(&text.trim().to_lowercase().as_str())
}

/// What stands in brackets where nothing else does, and has no sign of its own: `5.2` of `(5.2)`.
#[must_use]
pub fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?.trim();
    let digits = inner.trim_start_matches(['$', '€', '£']).trim_start();
    (digits.len() == inner.len()
        && digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.'))
    .then_some(inner)
}

/// A letter that stands for the last digit of a number: `1O` is 10, and not 1 with a flag.
#[must_use]
pub fn letter_for_a_digit(text: &str) -> Option<char> {
    let letter = text.chars().next_back()?;
    let before = text.get(..text.len() - letter.len_utf8())?;
    let looks_so = matches!(letter, 'o' | 'O' | 'l' | 'I' | 'о' | 'О');
    let behind_one = before.ends_with(|letter: char| letter.is_ascii_digit());
    (looks_so && behind_one).then_some(letter)
}
