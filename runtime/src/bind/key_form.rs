//! How keys are brought to one spelling.
//!
//! In: a key as a file has it, and the steps that were asked for (`--keys upper,nfc`). Out: the key
//! as the panel has it. Nothing is done that was not asked for; [`super::spelling`] uses the same
//! steps to find keys that they would unite.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A step that makes different spellings of a key alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyStep {
    /// Accented letters are composed: `e` and an accent become `é`.
    Nfc,
    /// Blanks of all kinds become one plain blank, and signs that nobody sees are dropped.
    Trim,
    /// Letters of other scripts, quotation marks and dashes that look like those of ASCII become
    /// those, where the whole key can be written so.
    Latin,
    /// Accents and strokes of Latin letters are dropped: `é` becomes `e`, `ł` becomes `l`.
    Accents,
    /// Marks of notes behind a name are dropped: `Tavar*`, `Tavar¹`, `Tavar [2]`, `Tavar 1/` and `Tavar (a)` become
    /// `Tavar`.
    Notes,
    /// Hyphens, apostrophes, strokes and points between words and brackets around them become a blank, or nothing
    /// behind a shortened word: `Tavar-Elbe` and `Tavar (Elbe)` become `Tavar Elbe`, `St. Elbe` becomes `St Elbe`.
    Signs,
    /// Noughts before a number are dropped.
    Zeros,
    /// Noughts behind the point of a whole number are dropped: `1.0` becomes `1`.
    Whole,
    /// Capital letters.
    Upper,
    /// Small letters.
    Lower,
}

impl KeyStep {
    /// In the order in which they are done.
    pub const ALL: [Self; 10] = [
        Self::Nfc,
        Self::Trim,
        Self::Latin,
        Self::Accents,
        Self::Notes,
        Self::Signs,
        Self::Zeros,
        Self::Whole,
        Self::Upper,
        Self::Lower,
    ];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nfc => "nfc",
            Self::Trim => "trim",
            Self::Latin => "latin",
            Self::Accents => "accents",
            Self::Notes => "notes",
            Self::Signs => "signs",
            Self::Zeros => "zeros",
            Self::Whole => "whole",
            Self::Upper => "upper",
            Self::Lower => "lower",
        }
    }

    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    fn apply(self, key: &str) -> String {
        match self {
            Self::Nfc => key.nfc().collect(),
            Self::Trim => trimmed(key),
            Self::Latin => latin(key),
            Self::Accents => without_accents(key),
            Self::Notes => without_notes(key).to_owned(),
            Self::Signs => without_signs(key),
            Self::Zeros => without_zeros(key).to_owned(),
            Self::Whole => whole(key).to_owned(),
            Self::Upper => key.to_uppercase(),
            Self::Lower => key.to_lowercase(),
        }
    }

    /// Might it change this key? Most keys are short codes in ASCII.
    fn concerns(self, key: &str) -> bool {
        match self {
            Self::Nfc => !is_nfc(key),
            Self::Trim => !key.is_ascii() || key.contains(char::is_whitespace),
            Self::Latin | Self::Accents => !key.is_ascii(),
            Self::Notes => {
                key.ends_with(|letter| is_note(letter) || matches!(letter, ']' | ')' | '/'))
            }
            Self::Signs => key.contains(is_between_words),
            Self::Zeros => key.starts_with('0'),
            Self::Whole => key.ends_with('0') && key.contains('.'),
            Self::Upper => key.chars().any(|letter| !letter.is_uppercase()),
            Self::Lower => key.chars().any(|letter| !letter.is_lowercase()),
        }
    }
}

/// The steps that were asked for, in the order in which they are done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyForm(Vec<KeyStep>);

impl KeyForm {
    #[must_use]
    pub fn new(steps: &[KeyStep]) -> Self {
        let mut steps = steps.to_vec();
        steps.sort_unstable();
        steps.dedup();
        Self(steps)
    }

    /// The steps.
    #[must_use]
    pub fn steps(&self) -> &[KeyStep] {
        &self.0
    }

    /// The key as the panel has it.
    #[must_use]
    pub fn apply<'a>(&self, key: &'a str) -> Cow<'a, str> {
        let mut key = Cow::Borrowed(key);
        for step in &self.0 {
            if step.concerns(&key) {
                key = Cow::Owned(step.apply(&key));
            }
        }
        key
    }
}

/// Signs that take no room: joiners, marks of direction, soft hyphens, a byte order mark.
#[must_use]
pub fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
    )
}

fn trimmed(key: &str) -> String {
    let seen: String = key.chars().filter(|letter| !is_unseen(*letter)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_zeros(key: &str) -> &str {
    let rest = key.trim_start_matches('0');
    if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        rest
    } else if !key.is_empty() && rest.is_empty() {
        "0"
    } else {
        key
    }
}

/// `1` of `1.0`, as programs write codes that they keep among numbers with gaps.
fn whole(key: &str) -> &str {
    let Some((digits, behind)) = key.split_once('.') else {
        return key;
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|at| at.is_ascii_digit());
    let nothing = !behind.is_empty() && behind.bytes().all(|at| at == b'0');
    if are_digits(digits) && nothing {
        digits
    } else {
        key
    }
}

/// Signs that lead to a note.
fn is_note(letter: char) -> bool {
    matches!(
        letter,
        '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'
    )
}

/// The key without marks of notes behind it. Numbers in round brackets may tell places apart.
fn without_notes(key: &str) -> &str {
    let bare = key.trim_end_matches(is_note).trim_end();
    let bare = match bare
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
    {
        Some((name, note)) if is_short(note) => name.trim_end(),
        _ => bare,
    };
    let bare = match bare.rsplit_once(char::is_whitespace) {
        Some((name, note)) if is_mark(note) => name.trim_end(),
        _ => bare,
    };
    let bare = match bare
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    {
        Some((name, note)) if is_small_letter(note) => name.trim_end(),
        _ => bare,
    };
    if bare.is_empty() { key } else { bare }
}

/// `1/`, `a/`, `2)`, `b)`: behind a blank, as publishers mark notes.
fn is_mark(word: &str) -> bool {
    word.strip_suffix(['/', ')']).is_some_and(is_short)
}

fn is_small_letter(note: &str) -> bool {
    matches!(note.as_bytes(), [letter] if letter.is_ascii_lowercase())
}

/// A letter, or a number of one digit or two.
fn is_short(note: &str) -> bool {
    let digits = note.bytes().all(|byte| byte.is_ascii_digit());
    match note.len() {
        1 => note.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        2 => digits,
        _ => false,
    }
}

/// Signs that stand between words of a name.
fn is_between_words(letter: char) -> bool {
    matches!(
        letter,
        '-' | '_' | '/' | '\'' | ',' | '.' | '’' | '‘' | 'ʼ' | '`' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}'
    ) || is_bracket(letter)
}

fn is_bracket(letter: char) -> bool {
    matches!(letter, '(' | ')' | '[' | ']')
}

/// The key without signs between words. Signs between digits, before a number and around nothing are part of what
/// they stand in.
fn without_signs(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| letters.get(place)).copied();
    let mut plain = String::with_capacity(key.len());
    for (place, letter) in letters.iter().enumerate() {
        if !is_between_words(*letter) {
            plain.push(*letter);
            continue;
        }
        if is_bracket(*letter) {
            plain.push(' ');
            continue;
        }
        let (before, behind) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let is_digit = |letter: Option<char>| letter.is_some_and(|one| one.is_ascii_digit());
        match (before, behind) {
            // Of a shortened word; else it is part of a code.
            (Some(word), _) if *letter == '.' && word.is_alphabetic() && !is_digit(behind) => {}
            (Some(_), Some(_)) if *letter == '.' && is_digit(behind) => plain.push('.'),
            (Some(_), Some(_)) if !is_digit(before) || !is_digit(behind) => plain.push(' '),
            _ => plain.push(*letter),
        }
    }
    let plain = trimmed(&plain);
    if plain.is_empty() {
        key.to_owned()
    } else {
        plain
    }
}

/// The key without the accents of Latin letters, and with plain letters for those that have a stroke or
/// are two in one. Marks of other scripts are letters of their own.
fn without_accents(key: &str) -> String {
    let mut plain = String::with_capacity(key.len());
    let mut is_latin = false;
    for letter in key.nfd() {
        if matches!(letter, '\u{300}'..='\u{36f}') {
            if !is_latin {
                plain.push(letter);
            }
            continue;
        }
        is_latin = letter.is_ascii_alphabetic();
        match letter {
            'ø' => plain.push('o'),
            'Ø' => plain.push('O'),
            'ł' => plain.push('l'),
            'Ł' => plain.push('L'),
            'đ' | 'ð' => plain.push('d'),
            'Đ' | 'Ð' => plain.push('D'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'Æ' => plain.push_str("AE"),
            'œ' => plain.push_str("oe"),
            'Œ' => plain.push_str("OE"),
            other => plain.push(other),
        }
    }
    plain.nfc().collect()
}

/// The key in letters of ASCII that look the same; itself where other letters would be left, since it
/// is then a word of another script.
fn latin(key: &str) -> String {
    let plain: String = key
        .chars()
        .map(|letter| look_alike(letter).unwrap_or(letter))
        .collect();
    let foreign = |letter: char| matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}');
    if plain.chars().any(foreign) {
        key.to_owned()
    } else {
        plain
    }
}

/// The sign of ASCII that a letter cannot be told from.
fn look_alike(letter: char) -> Option<char> {
    const CYRILLIC: [(char, char); 30] = [
        ('А', 'A'),
        ('В', 'B'),
        ('С', 'C'),
        ('Е', 'E'),
        ('Н', 'H'),
        ('І', 'I'),
        ('Ј', 'J'),
        ('К', 'K'),
        ('М', 'M'),
        ('О', 'O'),
        ('Р', 'P'),
        ('Ѕ', 'S'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('Ү', 'Y'),
        ('Ԛ', 'Q'),
        ('Ԝ', 'W'),
        ('а', 'a'),
        ('с', 'c'),
        ('е', 'e'),
        ('һ', 'h'),
        ('і', 'i'),
        ('ј', 'j'),
        ('о', 'o'),
        ('р', 'p'),
        ('ѕ', 's'),
        ('х', 'x'),
        ('у', 'y'),
        ('ԛ', 'q'),
        ('ԝ', 'w'),
    ];
    const GREEK: [(char, char); 16] = [
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
        ('ο', 'o'),
        ('ν', 'v'),
    ];
    match letter {
        '’' | '‘' | 'ʼ' | 'ʻ' | '´' | '`' | '′' => Some('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        // Wide letters and digits, as East Asian keyboards write them.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0),
        _ => {
            let mut known = CYRILLIC.iter().chain(&GREEK);
            known.find(|(from, _)| *from == letter).map(|(_, to)| *to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_done_that_was_not_asked_for() {
        for key in ["avá", " 007", "Côte  d’Or", "ВRV"] {
            assert_eq!(KeyForm::default().apply(key), key);
        }
    }

    #[test]
    fn each_step_unites_what_it_says() {
        let cases = [
            (KeyStep::Nfc, "Tava\u{301}r", "Tav\u{e1}r"),
            (KeyStep::Trim, "North\u{a0} Elbe\u{200b}", "North Elbe"),
            (KeyStep::Latin, "ВRV", "BRV"),
            (KeyStep::Latin, "Val d’Or", "Val d'Or"),
            (KeyStep::Accents, "Côte d'Elbé", "Cote d'Elbe"),
            (KeyStep::Accents, "Łødź", "Lodz"),
            // Of other scripts nothing is dropped.
            (KeyStep::Accents, "й", "й"),
            (KeyStep::Notes, "BRV*", "BRV"),
            (KeyStep::Notes, "Tavar Elbe ¹ ²", "Tavar Elbe ¹"),
            (KeyStep::Notes, "Tavar¹²", "Tavar"),
            (KeyStep::Notes, "Tavar [2]", "Tavar"),
            (KeyStep::Notes, "Tavar[a]†", "Tavar"),
            (KeyStep::Notes, "Tavar 1/", "Tavar"),
            (KeyStep::Notes, "Tavar Elbe b)", "Tavar Elbe"),
            (KeyStep::Notes, "Tavar(a)", "Tavar"),
            (KeyStep::Notes, "Tavar (p)", "Tavar"),
            (KeyStep::Signs, "Tavar-Elbe", "Tavar Elbe"),
            (KeyStep::Signs, "Tavar (Elbe)", "Tavar Elbe"),
            (KeyStep::Signs, "Tavar [St. Elbe]", "Tavar St Elbe"),
            (KeyStep::Signs, "Val d’Or", "Val d Or"),
            (KeyStep::Signs, "St. Elbe, North", "St Elbe North"),
            (KeyStep::Signs, "T.E.A.", "TEA"),
            (KeyStep::Signs, "tavar_elbe", "tavar elbe"),
            (KeyStep::Whole, "1.0", "1"),
            (KeyStep::Whole, "10.00", "10"),
            (KeyStep::Zeros, "007", "7"),
            (KeyStep::Zeros, "00", "0"),
            (KeyStep::Upper, "brv", "BRV"),
            (KeyStep::Lower, "Brv", "brv"),
        ];
        for (step, key, united) in cases {
            assert_eq!(KeyForm::new(&[step]).apply(key), united, "{step:?} {key}");
        }
    }

    #[test]
    fn words_of_other_scripts_and_codes_with_letters_are_left_alone() {
        for (step, key) in [
            (KeyStep::Latin, "Дорна"),
            (KeyStep::Zeros, "0A"),
            (KeyStep::Zeros, "R07"),
            (KeyStep::Notes, "*"),
            (KeyStep::Notes, "Tavar (2)"),
            (KeyStep::Notes, "Tavar [Elbe]"),
            (KeyStep::Notes, "Tavar (A)"),
            (KeyStep::Notes, "Tavar and/"),
            (KeyStep::Notes, "1/"),
            (KeyStep::Notes, "CAL1"),
            (KeyStep::Signs, "-7"),
            (KeyStep::Signs, "2024-1"),
            (KeyStep::Signs, "1.5"),
            (KeyStep::Signs, "A.1.2"),
            (KeyStep::Signs, "--"),
            (KeyStep::Whole, "1.5"),
            (KeyStep::Whole, "A.0"),
            (KeyStep::Whole, "10"),
        ] {
            assert_eq!(KeyForm::new(&[step]).apply(key), key);
        }
    }

    #[test]
    fn steps_are_done_in_one_order_however_they_are_given() {
        let one = KeyForm::new(&[KeyStep::Upper, KeyStep::Nfc]);
        assert_eq!(
            one,
            KeyForm::new(&[KeyStep::Nfc, KeyStep::Upper, KeyStep::Nfc])
        );
        assert_eq!(one.apply("tava\u{301}r"), "TAV\u{c1}R");
    }
}
