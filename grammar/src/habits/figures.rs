//! What people mean by the digits and signs of a number: `0,5`, `1.000,5`, `2,50,000`, `2½`, `0·65`, `10⁻³`, `٣`.
//!
//! In: the text of one number. Out: the number as it is written here, where it can be nothing else.

use crate::literal::in_groups;

/// Signs between groups of three digits.
pub(super) const GROUPING: [char; 7] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’', '_'];

/// Where the digits of other scripts begin; ten of each stand one behind the other.
const ZEROS: [char; 10] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{be6}', '\u{e50}',
    '\u{1040}', '\u{ff10}',
];

/// Fractions of one sign, with their decimals.
const FRACTIONS: [(char, &str); 12] = [
    ('½', "5"),
    ('¼', "25"),
    ('¾', "75"),
    ('⅕', "2"),
    ('⅖', "4"),
    ('⅗', "6"),
    ('⅘', "8"),
    ('⅛', "125"),
    ('⅜', "375"),
    ('⅝', "625"),
    ('⅞', "875"),
    ('⅒', "1"),
];

/// Fractions of one sign whose decimals do not end, as a division and about so much.
pub(super) const ENDLESS: [(char, &str, &str); 6] = [
    ('⅓', "1 / 3", "0.333333"),
    ('⅔', "2 / 3", "0.666667"),
    ('⅙', "1 / 6", "0.166667"),
    ('⅚', "5 / 6", "0.833333"),
    ('⅐', "1 / 7", "0.142857"),
    ('⅑', "1 / 9", "0.111111"),
];

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The highest power of ten that is written out.
const HIGHEST: usize = 12;

/// The number as it is written here; `None` if that cannot be said, or if it is written so.
#[must_use]
pub fn meant(text: &str) -> Option<String> {
    if let Some(body) = text.strip_suffix('‰') {
        return per_mille(&digits(&figures(body.trim_end()))?);
    }
    let body = text.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']);
    let percent = match text.ends_with('%') {
        true => "%",
        false => "",
    };
    let plain = figures(body);
    let written = digits(&plain)
        .or_else(|| with_exponent(&plain))
        .or_else(|| with_fraction(&plain))
        .or_else(|| with_power(&plain).filter(|_| percent.is_empty()))
        .or_else(|| percent_in_letters(&plain).filter(|_| percent.is_empty()))
        .or_else(|| multiplied(&plain))
        .or_else(|| with_letters(&plain))?;
    let whole = format!("{written}{percent}");
    (whole != text).then_some(whole)
}

/// `2O`, `1O_000`, `1l5`: letters that look like digits, in the place of digits.
fn with_letters(body: &str) -> Option<String> {
    let signs: Vec<char> = body.chars().collect();
    let mut out = String::with_capacity(body.len());
    for (at, sign) in signs.iter().enumerate() {
        let goes_on = signs.get(at + 1).is_some_and(|next| {
            next.is_ascii_digit() || matches!(next, '_' | '.' | 'O' | 'o' | 'l' | 'I')
        });
        out.push(match sign {
            'O' => '0',
            // At the end these may begin a unit.
            'o' if goes_on => '0',
            'l' | 'I' if goes_on => '1',
            '0'..='9' | '_' | '.' => *sign,
            _ => return None,
        });
    }
    let ends = out.ends_with(|sign: char| sign.is_ascii_digit());
    let reads = crate::literal::number_fault(&out).is_none();
    (ends && reads && out != body).then_some(out)
}

/// Do letters stand in the place of digits?
pub(super) fn has_letters(text: &str) -> bool {
    with_letters(text.trim_end_matches('%')).is_some()
}

/// The text with digits and decimal signs of other scripts as ours.
pub(super) fn figures(text: &str) -> String {
    let own = |sign: char| {
        let digit = ZEROS.iter().find_map(|zero| {
            let at = u32::from(sign).checked_sub(u32::from(*zero))?;
            char::from_digit(at, 10)
        });
        match sign {
            _ if digit.is_some() => digit.unwrap_or(sign),
            '\u{66b}' | '\u{ff0e}' => '.',
            '\u{66c}' => '\'',
            '\u{60c}' | '\u{201a}' | '\u{ff0c}' => ',',
            sign if is_raised(sign) => '.',
            sign => sign,
        }
    };
    text.chars().map(own).collect()
}

/// A decimal point in the middle of the line.
pub(super) fn is_raised(sign: char) -> bool {
    matches!(sign, '·' | '•' | '∙' | '⋅' | '˙' | '\u{2e31}')
}

/// Does a comma in this text surely begin decimals?
pub(super) fn decimal_at(text: &str) -> bool {
    let body = text.trim_end_matches(['%', ' ']);
    let parts: Vec<&str> = body.split(',').collect();
    match parts.as_slice() {
        [whole, part] => {
            let part = part.bytes().take_while(u8::is_ascii_digit).count();
            part != 3 || *whole == "0" || whole.contains(['.', ' '])
        }
        _ => false,
    }
}

fn digits(body: &str) -> Option<String> {
    let mut groups: Vec<&str> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let mut from = 0;
    for (at, sign) in body.char_indices() {
        if sign.is_ascii_digit() {
            continue;
        }
        if !matches!(sign, ',' | '.') && !GROUPING.contains(&sign) {
            return None;
        }
        groups.push(body.get(from..at)?);
        signs.push(sign);
        from = at + sign.len_utf8();
    }
    groups.push(body.get(from..)?);
    let (first, rest) = groups.split_first()?;
    let (last_sign, earlier) = match signs.split_last() {
        None => {
            let whole = first.len() == body.len() && !body.is_empty();
            return whole.then(|| body.to_owned());
        }
        Some(split) => split,
    };
    if first.is_empty() {
        // `.5`
        return match rest {
            [only] if !only.is_empty() && matches!(last_sign, '.' | ',') => {
                Some(format!("0.{only}"))
            }
            _ => None,
        };
    }
    let threes = |groups: &[&str]| groups.iter().all(|group| group.len() == 3);
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    let same = earlier.iter().all(|sign| Some(sign) == earlier.first());
    let joined = |groups: &[&str]| groups.join("_");
    let is_decimal = matches!(last_sign, '.' | ',');
    let (last, middle) = rest.split_last()?;
    if earlier.is_empty() {
        if *last_sign == '.' && !last.is_empty() {
            return Some(body.to_owned());
        }
        if leads && threes(rest) && *last_sign != '.' {
            return Some(joined(&groups));
        }
        return (is_decimal && !last.is_empty()).then(|| format!("{first}.{last}"));
    }
    if !same || !leads {
        return None;
    }
    if earlier.first() == Some(last_sign) {
        return match threes(rest) {
            true => Some(joined(&groups)),
            false => lakhs(first, rest).filter(|_| *last_sign == ','),
        };
    }
    if !is_decimal || last.is_empty() {
        return None;
    }
    let whole: Vec<&str> = std::iter::once(*first)
        .chain(middle.iter().copied())
        .collect();
    let whole = match threes(middle) {
        true => joined(&whole),
        false => lakhs(first, middle).filter(|_| earlier.first() == Some(&','))?,
    };
    Some(format!("{whole}.{last}"))
}

/// `2,50,000`: two digits in each group before the last three.
fn lakhs(first: &str, rest: &[&str]) -> Option<String> {
    let (last, middle) = rest.split_last()?;
    let fits = first.len() <= 2
        && last.len() == 3
        && !middle.is_empty()
        && middle.iter().all(|group| group.len() == 2);
    fits.then(|| in_groups(&format!("{first}{}", rest.concat())))
}

/// `1,5e3`
fn with_exponent(body: &str) -> Option<String> {
    let (mantissa, exponent) = body.split_once(['e', 'E'])?;
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let whole = (1..=3).contains(&power.len()) && power.bytes().all(|b| b.is_ascii_digit());
    let mantissa = digits(mantissa)?;
    whole.then(|| format!("{mantissa}e{exponent}"))
}

/// `2½`
fn with_fraction(body: &str) -> Option<String> {
    let last = body.chars().next_back()?;
    let (_, decimals) = FRACTIONS.iter().find(|(sign, _)| *sign == last)?;
    let whole = body.strip_suffix(last)?.trim_end();
    let whole = match whole {
        "" => "0".to_owned(),
        whole => digits(whole).filter(|whole| !whole.contains('.'))?,
    };
    Some(format!("{whole}.{decimals}"))
}

/// The digits before a raised power, and the power.
fn raised(body: &str) -> Option<(&str, bool, usize)> {
    let is_power = |sign: char| RAISED.contains(&sign) || matches!(sign, '⁺' | '⁻');
    let at = body.find(is_power)?;
    let (base, power) = body.split_at(at);
    let below = power.starts_with('⁻');
    let mut value = 0_usize;
    for sign in power.trim_start_matches(['⁺', '⁻']).chars() {
        let digit = RAISED.iter().position(|raised| *raised == sign)?;
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some((base, below, value))
}

/// `10⁻³`
fn with_power(body: &str) -> Option<String> {
    let (base, below, power) = raised(body)?;
    if base != "10" || power > HIGHEST {
        return None;
    }
    Some(match below {
        _ if power == 0 => "1".to_owned(),
        true => format!("0.{}1", "0".repeat(power - 1)),
        false => in_groups(&format!("1{}", "0".repeat(power))),
    })
}

/// `2.5⁻³`: the number and its power as plain digits.
pub(super) fn plain_power(text: &str) -> Option<(String, String)> {
    let (base, below, power) = raised(text)?;
    let sign = if below { "-" } else { "" };
    Some((digits(&figures(base))?, format!("{sign}{power}")))
}

/// `50pct`
fn percent_in_letters(body: &str) -> Option<String> {
    let at = body.find(|sign: char| sign.is_ascii_alphabetic())?;
    let (number, word) = body.split_at(at);
    let is_percent = matches!(
        word.to_ascii_lowercase().as_str(),
        "pct" | "pc" | "percent" | "perc"
    );
    let number = digits(number).filter(|_| is_percent)?;
    Some(format!("{number}%"))
}

/// `5` of a thousand as a percentage.
pub(super) fn per_mille(digits: &str) -> Option<String> {
    let digits: String = digits
        .chars()
        .filter(|sign| *sign != '_')
        .map(|sign| if sign == ',' { '.' } else { sign })
        .collect();
    let value: f64 = digits.parse().ok()?;
    // To a few digits: a tenth of what people write has no more.
    let tenth = format!("{:.6}", value / 10.0);
    let tenth = tenth.trim_end_matches('0').trim_end_matches('.');
    Some(format!("{tenth}%"))
}

/// `100k`, `1.5M`, `2bn`.
fn multiplied(body: &str) -> Option<String> {
    let at = body.find(|sign: char| sign.is_ascii_alphabetic())?;
    let (number, word) = body.split_at(at);
    let zeros = match word {
        "k" | "K" => 3,
        "M" | "mn" | "mln" | "mio" | "Mio" | "million" => 6,
        "bn" | "billion" => 9,
        "hundred" => 2,
        "lakh" => 5,
        "crore" => 7,
        _ => return None,
    };
    let number = digits(number)?;
    let plain: String = number.chars().filter(|sign| *sign != '_').collect();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if part.len() > zeros {
        return None;
    }
    let all = format!("{whole}{part}{}", "0".repeat(zeros - part.len()));
    let all = all.trim_start_matches('0');
    (!all.is_empty()).then(|| in_groups(all))
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn numbers_are_read_as_people_mean_them() {
        for (written, number) in [
            ("0,5", Some("0.5")),
            ("0,5%", Some("0.5%")),
            ("12,25", Some("12.25")),
            ("0,500", Some("0.500")),
            ("10,000", Some("10_000")),
            ("1,000,000", Some("1_000_000")),
            ("10 000", Some("10_000")),
            ("10\u{202f}000", Some("10_000")),
            ("10'000", Some("10_000")),
            ("1.000,5", Some("1_000.5")),
            ("1,000.5", Some("1_000.5")),
            ("1.000.000", Some("1_000_000")),
            (".5", Some("0.5")),
            ("40 %", Some("40%")),
            ("40\u{a0}%", Some("40%")),
            ("5‰", Some("0.5%")),
            ("1,5 ‰", Some("0.15%")),
            ("100k", Some("100_000")),
            ("1.5M", Some("1_500_000")),
            ("2bn", Some("2_000_000_000")),
            ("50pct", Some("50%")),
            ("2.5lakh", Some("250_000")),
            ("1.5", None),
            ("1.2.3", None),
            ("12abc", None),
            ("0", None),
        ] {
            assert_eq!(meant(written).as_deref(), number, "{written}");
        }
    }

    #[test]
    fn lakhs_exponents_fractions_and_powers_are_whole_numbers() {
        for (written, number) in [
            ("2,50,000", Some("250_000")),
            ("10,00,000", Some("1_000_000")),
            ("1,00,00,000", Some("10_000_000")),
            ("2,50,000.75", Some("250_000.75")),
            ("1,000,00", None),
            ("1,5,0", None),
            ("0,5,5", None),
            ("1;5", None),
            ("1,5e3", Some("1.5e3")),
            ("1,5E-3", Some("1.5e-3")),
            ("3e", None),
            ("2½", Some("2.5")),
            ("2½%", Some("2.5%")),
            ("2 ½", Some("2.5")),
            ("½", Some("0.5")),
            ("⅛", Some("0.125")),
            ("1,000½", Some("1_000.5")),
            ("2.5½", None),
            ("3⅓", None),
            ("10⁻³", Some("0.001")),
            ("10²", Some("100")),
            ("10⁶", Some("1_000_000")),
            ("10⁰", Some("1")),
            ("2⁻¹", None),
        ] {
            assert_eq!(meant(written).as_deref(), number, "{written}");
        }
    }

    #[test]
    fn points_and_digits_of_other_hands() {
        for (written, number) in [
            ("0·65", Some("0.65")),
            ("2·50", Some("2.50")),
            ("2•5", Some("2.5")),
            ("1·000·000", Some("1_000_000")),
            ("1,000·5", Some("1_000.5")),
            ("1٫5", Some("1.5")),
            ("0،5", Some("0.5")),
            ("0‚5", Some("0.5")),
            ("٣", Some("3")),
            ("۱٬۰۰۰", Some("1_000")),
            ("१२", Some("12")),
            ("１２", Some("12")),
            ("１．５", Some("1.5")),
            ("2·3·4", None),
        ] {
            assert_eq!(meant(written).as_deref(), number, "{written}");
        }
    }
}
