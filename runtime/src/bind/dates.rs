//! Dates where numbers are meant.
//!
//! In: a text. Out: whether it is what spreadsheets make of a number that looks like a date: `3-May` of `3.5`, `Mar-99`,
//! `5/3/2031`.

use crate::period;
use forewarn_plan::PeriodKind;

/// Is a text a date, or a day and a month without a year?
pub(super) fn is_date(text: &str) -> bool {
    let whole = || matches!(period::any(text), Some((PeriodKind::Day, _)));
    let written = || !period::patterns_of(text, PeriodKind::Day).is_empty();
    let digits_alone = text.bytes().all(|byte| byte.is_ascii_digit());
    !digits_alone && (6..=32).contains(&text.len()) && (whole() || written())
        || without_a_year(text)
}

/// `3-May`, `May-03`, `Dec-99`
fn without_a_year(text: &str) -> bool {
    let mut parts = text
        .split(['-', '/', ' ', '.'])
        .filter(|part| !part.is_empty());
    let (Some(one), Some(other), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let is_short = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_month = |part: &str| period::month_named(part).is_some();
    is_short(one) && is_month(other) || is_month(one) && is_short(other)
}

/// The day that a spreadsheet's number of a day stands for, where it is one of our time.
#[must_use]
pub fn spreadsheet_day(text: &str) -> Option<String> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let number: i64 = whole.parse().ok().filter(|_| whole.len() == 5)?;
    // From 1950 to 2100.
    if !(18_264..73_051).contains(&number) {
        return None;
    }
    // Day 25,569 is the first of 1970.
    let (year, month, day) = period::civil_from_days(number - 25_569);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_make_of_numbers() {
        for text in [
            "3-May",
            "May-03",
            "Dec-99",
            "3. Mai",
            "2031-05-03",
            "5/3/2031",
            "03.05.2031",
            "3 May 2031",
            "2031-05-03 00:00:00",
            "3/5/31",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "12", "10-15", "12 p", "1.234", "1/2", "3-2031", "may", "12.4 kg", "20310503", "5 m",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
