//! Digits of other scripts.
//!
//! In: a text. Out: the same in the digits that rules are written in. A digit is a digit in every script, so that
//! nothing is guessed; a number of two scripts is none.

/// The first digit of each script whose ten digits follow each other.
const NOUGHTS: [char; 16] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{1040}', '\u{17e0}', '\u{ff10}',
];

/// What sets thousands apart in Arabic, and nothing else.
pub const ARABIC_THOUSANDS: char = '\u{66c}';
/// What marks decimals in Arabic, and nothing else.
pub const ARABIC_DECIMAL: char = '\u{66b}';
const ARABIC_PERCENT: char = '\u{66a}';

/// A digit of another script: the nought of the script, and its value.
fn digit(letter: char) -> Option<(char, u32)> {
    let of = |nought: char| {
        let value = u32::from(letter).checked_sub(u32::from(nought))?;
        (value < 10).then_some((nought, value))
    };
    NOUGHTS.into_iter().find_map(of)
}

/// A text with digits of another script in our digits, all else as it is; none where it has no such digits, or those of
/// several scripts.
#[must_use]
pub fn in_our_digits(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut script = None;
    let mut ours = String::with_capacity(text.len());
    for letter in text.chars() {
        match digit(letter) {
            Some((nought, value)) => {
                if *script.get_or_insert(nought) != nought {
                    return None;
                }
                ours.extend(char::from_digit(value, 10));
            }
            None if letter.is_ascii_digit() => return None,
            None if letter == ARABIC_PERCENT => ours.push('%'),
            None => ours.push(letter),
        }
    }
    script.map(|_| ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_one_script_are_ours() {
        for (text, ours) in [
            ("٢٠٢٤-٠٥", "2024-05"),
            ("۴۵", "45"),
            ("१२.५", "12.5"),
            ("２０３１", "2031"),
            ("٤٥٪", "45%"),
            ("مارس ٢٠٢٤", "مارس 2024"),
        ] {
            assert_eq!(in_our_digits(text).as_deref(), Some(ours), "{text}");
        }
        for text in ["12", "é", "1٢", "٤۵", "", "½", "³"] {
            assert_eq!(in_our_digits(text), None, "{text}");
        }
    }
}
