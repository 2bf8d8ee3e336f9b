//! Periods as calendars and offices write them: `12.2030`, `2030-12-31`, `31/12/2030`, `December 2030`, `Q4 2030`.
//!
//! In: a text where a period of the panel belongs. Out: that period as rules write it, where it can be no other.

use crate::plan::period::{self, PeriodKind};

/// Names of months by their first letters, in English, French, Spanish, Portuguese, German and Italian.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "jän"],
    &["feb", "fev", "fév"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "aoû", "ago"],
    &["sep", "set"],
    &["oct", "okt", "out", "ott"],
    &["nov"],
    &["dec", "déc", "dic", "dez"],
];

/// The period that a text means; behind `until` it is the last of what the text names.
pub(super) fn meant(kind: PeriodKind, text: &str, last: bool) -> Option<String> {
    let text = text.trim();
    let own = match kind {
        PeriodKind::Month => {
            // A quarter begins with its first month and ends with its third.
            let of_quarter = || {
                let (year, quarter) =
                    quarter_in_words(text).filter(|_| text.contains(['Q', 'q']))?;
                Some((year, quarter * 3 - if last { 0 } else { 2 }))
            };
            let (year, month) = of_quarter().or_else(|| month_of(text, last))?;
            format!("{year:04}-{month:02}")
        }
        PeriodKind::Quarter => {
            let (year, quarter) = quarter_in_words(text)?;
            format!("{year:04}-Q{quarter}")
        }
        PeriodKind::Year | PeriodKind::Week(_) | PeriodKind::Day => return None,
    };
    period::parse(kind, &own).is_ok().then_some(own)
}

/// `Q4 2030`, `4. quarter 2030`
fn quarter_in_words(text: &str) -> Option<(i64, i64)> {
    let words: Vec<&str> = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let year = words.iter().find_map(|word| year(word))?;
    let quarter = words.iter().find_map(|word| {
        let digits = word.trim_start_matches(['Q', 'q', 'T', 't']);
        let one = digits.parse().ok().filter(|_| digits.len() == 1)?;
        (1..=4).contains(&one).then_some(one)
    })?;
    Some((year, quarter))
}

fn month_of(text: &str, last: bool) -> Option<(i64, i64)> {
    let words: Vec<&str> = text
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let number =
        |word: &str| -> Option<i64> { (word.len() <= 2).then(|| word.parse().ok()).flatten() };
    match words.as_slice() {
        // `12.2030`, `12/2030`, `2030.12`
        [one, other] => match (year(one), year(other)) {
            (None, Some(year)) => Some((year, named(one).or_else(|| number(one))?)),
            (Some(year), None) => Some((year, named(other).or_else(|| number(other))?)),
            _ => None,
        },
        [one, two, three] => {
            let (year, month, day) = match (year(one), year(three)) {
                (Some(year), None) => (year, number(two)?, number(three)?),
                (None, Some(year)) => match (named(one), named(two)) {
                    (Some(month), _) => (year, month, number(two)?),
                    (_, Some(month)) => (year, month, number(one)?),
                    // `04/05/2030` is another day on either side of an ocean.
                    (None, None) => {
                        let (a, b) = (number(one)?, number(two)?);
                        let points = text.contains('.');
                        match (points || a > 12, b > 12) {
                            (true, false) => (year, b, a),
                            (false, true) => (year, a, b),
                            _ => return None,
                        }
                    }
                },
                _ => return None,
            };
            // A day within the month is no month.
            let first = period::days_from_civil(year, month, 1);
            let (next_year, next) = if month == 12 {
                (year + 1, 1)
            } else {
                (year, month + 1)
            };
            let days = period::days_from_civil(next_year, next, 1) - first;
            let whole = if last { day == days } else { day == 1 };
            whole.then_some((year, month))
        }
        _ => None,
    }
}

fn year(word: &str) -> Option<i64> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

fn named(word: &str) -> Option<i64> {
    let small = word.to_lowercase();
    if small.chars().count() < 3 || small.chars().any(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| small.starts_with(name)))?;
    i64::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::plan::period::PeriodKind;

    #[test]
    fn months_are_read_where_they_can_be_no_others() {
        for (text, last, month) in [
            ("12.2030", true, Some("2030-12")),
            ("2030-12-31", true, Some("2030-12")),
            ("2030-12-30", true, None),
            ("2031-01-01", false, Some("2031-01")),
            ("2031-01-15", false, None),
            ("31/12/2030", true, Some("2030-12")),
            ("04/05/2030", false, None),
            ("01.05.2030", false, Some("2030-05")),
            ("December 2030", true, Some("2030-12")),
            ("déc. 2030", true, Some("2030-12")),
            ("Mai 2030", false, Some("2030-05")),
            ("13.2030", false, None),
            ("2030-Q4", true, Some("2030-12")),
            ("Q4 2030", false, Some("2030-10")),
            ("soon", false, None),
        ] {
            let found = meant(PeriodKind::Month, text, last);
            assert_eq!(found.as_deref(), month, "{text}");
        }
        let quarter = meant(PeriodKind::Quarter, "Q4 2030", true);
        assert_eq!(quarter.as_deref(), Some("2030-Q4"));
    }
}
