//! By how many tens a text says that values are counted.
//!
//! In: the unit of an indicator, or what a file says of a column: `thousands`, `(x 1,000)`, `'000`, `10^3`,
//! `Unit: 1000 persons`, `per 100,000`. Out: 3 for thousands, 6 for millions; of rates, so many tens of what they are
//! by.

use super::{described, multiple};

/// Words that lead to such a word: `in thousands`, `Unit: thousand`.
const LEADS: [&str; 17] = [
    "in", "en", "em", "unit", "units", "unite", "unité", "unités", "unidad", "unidade", "einheit",
    "x", "×", "w", "values", "figures", "numbers",
];

/// Words between it and what is counted: `thousands of persons`.
const OF: [&str; 7] = ["of", "de", "d", "von", "di", "van", "des"];

/// Words that lead to what a rate is by.
const BY: [&str; 9] = ["per", "pro", "por", "pour", "je", "par", "na", "every", "/"];

/// Words that in the name of a column mean something else as well: `pop_m` is of men, `bin` a part of a histogram.
pub(super) const ELSE_IN_NAMES: [&str; 11] = [
    "k", "m", "mn", "mio", "miles", "md", "bin", "tn", "mill", "mille", "laki",
];

/// Letters that stand for tens, and for much else: in brackets of their own they are tens.
const ELSE_ALONE: [&str; 5] = ["m", "md", "bin", "laki", "mille"];

/// The tens of a power of ten in digits, from a hundred on: `1000`, `000`, `10^3`, `10³`, `1e6`; marks behind it, as in
/// `1000s` and `000's`, do not matter.
fn numeral(word: &str) -> Option<u8> {
    let word = word.trim_start_matches(['\'', '’', '‘', '`', '(', '*', 'x', '×']);
    let word = word
        .strip_suffix('s')
        .unwrap_or(word)
        .trim_end_matches(['\'', '’', ')', '.', ':']);
    let power = ["10^", "10**", "1e"]
        .iter()
        .find_map(|before| word.strip_prefix(before));
    if let Some(power) = power {
        return power.parse().ok().filter(|tens| (2..=15).contains(tens));
    }
    match word {
        "10³" => return Some(3),
        "10⁶" => return Some(6),
        "10⁹" => return Some(9),
        _ => {}
    }
    let noughts = word.strip_prefix('1');
    let zeros = noughts.unwrap_or(word);
    let all = !zeros.is_empty() && zeros.bytes().all(|digit| digit == b'0');
    let tens = u8::try_from(zeros.len()).ok().filter(|_| all)?;
    let fits = match noughts {
        Some(_) => (2..=15).contains(&tens),
        // `000` is what is left away behind each number.
        None => matches!(tens, 3 | 6 | 9),
    };
    fits.then_some(tens)
}

/// The tens of a word, in small letters.
pub(super) fn of_word(word: &str) -> Option<u8> {
    match word {
        "thous" | "thou" | "miles" => Some(3),
        "m" => Some(6),
        word => multiple::tens(word).or_else(|| numeral(word)),
    }
}

/// A text in small letters, in which groups of digits are one number: `100 000`, `1,000`.
fn joined(text: &str) -> String {
    let is_digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    let mut joined = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let group = letters.get(at + 1..at + 4);
        let grouped = group.is_some_and(|group| group.iter().all(char::is_ascii_digit))
            && !is_digit(letters.get(at + 4));
        match letter {
            ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '_' | '\'' if is_digit(before) && grouped => {
            }
            '/' => joined.push_str(" / "),
            '×' => joined.push_str(" × "),
            letter => joined.push(*letter),
        }
    }
    joined
}

/// The words of a phrase.
fn tokens(text: &str) -> Vec<String> {
    let joined = joined(text);
    let words = joined.split(|letter: char| {
        letter.is_whitespace() || matches!(letter, '_' | '(' | ')' | '[' | ']' | ',' | ';' | ':')
    });
    let words = words.map(|word| word.trim_end_matches('.').to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// By how many tens a rate is: `per 100,000`, `/ 1000 people`, `per million`, `‰`.
pub(super) fn by(text: &str) -> Option<u8> {
    if text.contains('‰') {
        return Some(3);
    }
    let words = tokens(text);
    words.iter().enumerate().find_map(|(at, word)| {
        let next = |more: usize| words.get(at + more).map(String::as_str);
        if !BY.contains(&word.as_str()) {
            return (word == "promille").then_some(3);
        }
        let first = next(1)?;
        if first == "capita" {
            return Some(0);
        }
        let tens = of_word(first).or_else(|| {
            first
                .strip_suffix('k')
                .and_then(numeral)
                .map(|tens| tens + 3)
        });
        // `per 100 thousand`
        let more = next(2).filter(|_| numeral(first).is_some());
        let more = more.and_then(multiple::tens).unwrap_or(0);
        tens.map(|tens| tens + more)
    })
}

/// The tens of a text that is all about how values are counted: a cell of units, what stands in brackets.
pub(super) fn of_unit(text: &str) -> Option<u8> {
    of_phrase(text, true)
}

fn of_phrase(text: &str, about_units: bool) -> Option<u8> {
    let words = tokens(text);
    let led = words
        .iter()
        .take_while(|word| LEADS.contains(&word.as_str()))
        .count();
    let mut rest = words.get(led..)?.iter().map(String::as_str);
    let first = rest.next()?;
    let rest: Vec<&str> = rest.collect();
    if about_units && rest.is_empty() && led == 0 && ELSE_ALONE.contains(&first) {
        return None;
    }
    if !about_units && ELSE_IN_NAMES.contains(&first) {
        return None;
    }
    // `Sample: 1000` counts what it is about.
    let is_number = first.starts_with('1') && first.bytes().all(|sign| sign.is_ascii_digit());
    if !about_units && led == 0 && is_number {
        return None;
    }
    let tens = of_word(first).or_else(|| {
        let short = about_units && rest.is_empty() && matches!(first, "th" | "k");
        short.then_some(3)
    })?;
    let ends = match rest.as_slice() {
        [] => true,
        [of, _] if OF.contains(of) => true,
        [_] => about_units || led > 0,
        [of, _, _] if OF.contains(of) => about_units || led > 0,
        _ => false,
    };
    (ends && tens >= if about_units { 2 } else { 3 }).then_some(tens)
}

/// The tens of a title or the name of a column, as far as a part of it is about nothing else: `Refugees, in thousands`,
/// `Population ('000)`, `Population - thousands`, `Numbers × 1000`.
pub(super) fn of_title(text: &str) -> Option<u8> {
    // What a rate is by multiplies nothing.
    if by(text).is_some() {
        return None;
    }
    let text = joined(text);
    let mut brackets = text.split(['(', '[']).skip(1);
    let inner = brackets.find_map(|part| of_unit(part.split([')', ']']).next()?));
    let whole = of_phrase(&text, false);
    let parts = || text.split(['-', '–', '—', ':', ';', ',', '|', '(', ')', '[', ']', '_']);
    let of_part = || parts().find_map(|part| of_phrase(part, false));
    let led = || {
        let words = tokens(&text);
        let at = words
            .iter()
            .rposition(|word| matches!(word.as_str(), "in" | "en" | "em" | "×" | "x"))?;
        let behind = words.get(at..)?;
        (behind.len() == 2).then(|| of_phrase(&behind.join(" "), false))?
    };
    // `Unit multiplier: 3`
    let multiplier = || {
        let (before, behind) = text.rsplit_once([':', '='])?;
        let tens = behind.trim().parse::<u8>().ok()?;
        (described::is_of_tens(before) && (1..=15).contains(&tens)).then_some(tens)
    };
    inner
        .or(whole)
        .or_else(of_part)
        .or_else(led)
        .or_else(multiplier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_say_tens() {
        for (text, tens) in [
            ("thousands", 3),
            ("(1000s)", 3),
            ("x1000", 3),
            ("x 1,000", 3),
            ("in 1000", 3),
            ("000", 3),
            (" 000", 3),
            ("'000", 3),
            ("000's", 3),
            ("thous.", 3),
            ("k", 3),
            ("th", 3),
            ("10^3", 3),
            ("10³", 3),
            ("mn", 6),
            ("miles", 3),
            ("1000 persons", 3),
            ("thousands of persons", 3),
            ("hundreds", 2),
            ("1 000 000", 6),
        ] {
            assert_eq!(of_unit(text), Some(tens), "{text}");
        }
        for text in [
            "people",
            "2000",
            "m",
            "M",
            "deaths",
            "100 000 to 200 000",
            "2024",
        ] {
            assert_eq!(of_unit(text), None, "{text}");
        }
    }

    #[test]
    fn titles_say_tens() {
        for (text, tens) in [
            ("Unit: 1000 persons", 3),
            ("Values in 1000", 3),
            ("Population ('000)", 3),
            ("Population ( 000)", 3),
            ("Population (millions)", 6),
            ("Thousands of persons", 3),
            ("Population - thousands", 3),
            ("Population: thousands", 3),
            ("Unit multiplier: 3", 3),
            ("Numbers × 1000", 3),
            ("Population (x 1,000)", 3),
            ("pop_000", 3),
            ("POP_THOUS", 3),
            ("Population (k)", 3),
            ("Population (mn)", 6),
        ] {
            assert_eq!(of_title(text), Some(tens), "{text}");
        }
        for text in [
            "Over 3 million people fled",
            "Thousands of people fled the north",
            "Survey in 1000 households of the north",
            "Table 2 (2024)",
            "Unit: persons",
            "Sample: 1000",
            "2031 - 1000 villages",
            "sample_1000",
            "Deaths per 1,000",
            "deaths_per_1000",
            "Distance in miles",
            "pop_m",
            "pop_k",
        ] {
            assert_eq!(of_title(text), None, "{text}");
        }
    }

    #[test]
    fn rates_say_by_how_many() {
        for (text, tens) in [
            ("Homicides (per 100,000)", Some(5)),
            ("per 100 000 people", Some(5)),
            ("deaths / 100_000 people", Some(5)),
            ("per 1000", Some(3)),
            ("per million", Some(6)),
            ("pour 100 mille", Some(5)),
            ("per 100k", Some(5)),
            ("‰", Some(3)),
            ("per capita", Some(0)),
            ("per month", None),
            ("deaths / people", None),
            ("thousands", None),
        ] {
            assert_eq!(by(text), tens, "{text}");
        }
    }
}
