//! Periods as people write them.
//!
//! In: a cell's text, a date, or a year with a part of it, and the panel's kind of period. Out: the period's number (see
//! [`PeriodKind`]) and back to its one spelling, that of SDMX: `2024`, `2024-Q2`, `2024-05`,
//! `2024-W12`, `2024-05-31`.
//!
//! The calendar is the proleptic Gregorian one. Days are counted from 1970-01-01 by the usual
//! shifting of the year's start to March, which puts the leap day last; that is all the arithmetic
//! there is, so no calendar library is needed.

mod months;
mod nesting;
mod often;
mod weekday;
mod written;

pub use months::named as month_named;
pub use nesting::{around, begins, first_day, first_within, most_within};
pub use often::{patterns_of, patterns_of_all};
pub use weekday::Weekday;
pub use written::{PatternSlip, Written};

use std::borrow::Cow;
use std::fmt;

/// A period key's kind. A period is a whole number: the year; the month, quarter counted from year
/// 0 (`year * 12 + month - 1`, `year * 4 + quarter - 1`); the week counted from the first one that
/// begins in 1970 (week 0; Monday 1970-01-05 for ISO weeks), the day from 1970-01-01 (day 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    Day,
    /// With the day on which weeks begin. From Monday they are ISO weeks; from any other day they are numbered
    /// by the same rule: the first of a year is the one with January 4.
    Week(Weekday),
    Month,
    Quarter,
    Year,
}

/// A period of a panel, ready to be written: as the data write it, beside its usual spelling where
/// data count periods (`457 (2018-01)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub kind: PeriodKind,
    /// See [`PeriodKind`].
    pub number: i64,
    /// How the data write periods, where that is not the usual way.
    written: Option<Written>,
}

/// A kind of period, and how the data write it where that is not the usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodForm {
    pub kind: PeriodKind,
    pub written: Option<Written>,
}

impl Period {
    /// In the usual spelling.
    #[must_use]
    pub fn new(kind: PeriodKind, number: i64) -> Self {
        Self {
            kind,
            number,
            written: None,
        }
    }

    /// As the data write it.
    #[must_use]
    pub fn as_in(self, written: Option<Written>) -> Self {
        Self { written, ..self }
    }

    /// In the usual spelling, whatever the data write.
    #[must_use]
    pub fn usual(self) -> Self {
        self.as_in(None)
    }

    /// The cell that the data would have for it.
    #[must_use]
    pub fn cell(self) -> String {
        let cell = self
            .written
            .and_then(|way| way.write(self.kind, self.number));
        cell.unwrap_or_else(|| self.usual().to_string())
    }

    /// Is its cell a whole number?
    #[must_use]
    pub fn is_number(self) -> bool {
        match self.written {
            Some(written) => written.is_counted() && written.kind() == self.kind,
            None => self.kind == PeriodKind::Year,
        }
    }
}

/// Why a text is not a period of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodSlip {
    /// It is not written like one.
    Form,
    /// It is written like a period of another kind.
    Other(PeriodKind),
    /// There is no such month, quarter, week or day.
    NoSuch,
    /// A date that is not the first day of a period.
    NotFirstDay,
    /// It can be read in two of the ways in which periods are said to be written.
    TwoWays,
}

/// The first and last year that a period can lie in.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

/// Days from 1970-01-01 to the given day.
#[must_use]
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March, in eras of 400 years (146,097 days).
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day that many days after 1970-01-01.
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Reads a period from a text without blanks around it.
///
/// # Errors
/// Why it is none.
pub fn parse(kind: PeriodKind, text: &str) -> Result<i64, PeriodSlip> {
    of_kind(kind, read(text, Weekday::of(kind))?)
}

/// A period of whichever kind a text is written like: its kind and number. Weeks are ISO weeks.
#[must_use]
pub fn any(text: &str) -> Option<(PeriodKind, i64)> {
    any_of(text, Weekday::Monday)
}

/// The same, where weeks begin on the given day.
#[must_use]
pub fn any_of(text: &str, from: Weekday) -> Option<(PeriodKind, i64)> {
    read(text, from).ok()
}

/// A period that was found, where it is of the kind; a day stands for the period that begins on it.
///
/// # Errors
/// When it is of another kind.
pub fn of_kind(kind: PeriodKind, found: (PeriodKind, i64)) -> Result<i64, PeriodSlip> {
    let (found, number) = found;
    match found {
        _ if found == kind => Ok(number),
        PeriodKind::Day => from_days(kind, number).map_err(|_| PeriodSlip::Other(found)),
        PeriodKind::Week(_) | PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => {
            Err(PeriodSlip::Other(found))
        }
    }
}

/// Reads a period of any kind; the spellings of the kinds exclude each other. Weeks begin on the given day.
fn read(text: &str, from: Weekday) -> Result<(PeriodKind, i64), PeriodSlip> {
    let (year, rest) = text
        .as_bytes()
        .split_at_checked(4)
        .ok_or(PeriodSlip::Form)?;
    let year = digits(year, 4..=4).ok_or(PeriodSlip::Form)?;
    if !YEARS.contains(&year) {
        return Err(PeriodSlip::NoSuch);
    }
    let number = |bytes: &[u8], lengths| digits(bytes, lengths).ok_or(PeriodSlip::Form);
    let (dashed, rest) = match rest {
        // `2020.0` is how programs write years that they keep among numbers with gaps.
        [] | b".0" => return Ok((PeriodKind::Year, year)),
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let (kind, within, day) = match rest {
        [b'Q' | b'q', quarter @ ..] => (PeriodKind::Quarter, number(quarter, 1..=1)?, 1),
        [b'M' | b'm', month @ ..] => (PeriodKind::Month, number(month, 1..=2)?, 1),
        [b'W' | b'w', week @ ..] => (PeriodKind::Week(from), number(week, 1..=2)?, 1),
        [m1, m2] if dashed => (PeriodKind::Month, number(&[*m1, *m2], 2..=2)?, 1),
        [m1, m2, b'-', d1, d2, time @ ..] if dashed && is_time_or_nothing(time) => {
            let day = number(&[*d1, *d2], 2..=2)?;
            (PeriodKind::Day, number(&[*m1, *m2], 2..=2)?, day)
        }
        _ => return Err(PeriodSlip::Form),
    };
    Ok((kind, from_parts(kind, year, within, day)?))
}

/// The period of a year and what there is within it: a quarter, a month, a week, or a month and
/// a day of it. What a kind does not need is not looked at.
///
/// # Errors
/// When there is no such period.
pub fn from_parts(kind: PeriodKind, year: i64, within: i64, day: i64) -> Result<i64, PeriodSlip> {
    let exists = |number: i64, most: i64| (1..=most).contains(&number);
    let most = match kind {
        PeriodKind::Year => i64::MAX,
        PeriodKind::Quarter => 4,
        PeriodKind::Month | PeriodKind::Day => 12,
        PeriodKind::Week(_) => 53,
    };
    if !YEARS.contains(&year) || !exists(within, most) {
        return Err(PeriodSlip::NoSuch);
    }
    match kind {
        PeriodKind::Year => Ok(year),
        PeriodKind::Quarter => Ok(year * 4 + within - 1),
        PeriodKind::Month => Ok(year * 12 + within - 1),
        PeriodKind::Week(from) => {
            let first = from.first_of_year(year);
            let number = first + within - 1;
            if number >= from.first_of_year(year + 1) {
                return Err(PeriodSlip::NoSuch);
            }
            Ok(number)
        }
        PeriodKind::Day if exists(day, days_in_month(year, within)) => {
            Ok(days_from_civil(year, within, day))
        }
        PeriodKind::Day => Err(PeriodSlip::NoSuch),
    }
}

fn is_time_or_nothing(bytes: &[u8]) -> bool {
    bytes.is_empty() || std::str::from_utf8(bytes).is_ok_and(is_time)
}

/// Is this the rest of a date and time: `T14:30:00Z`, ` 00:00`, `T00:00:00+02:00`?
fn is_time(rest: &str) -> bool {
    let Some(time) = rest.strip_prefix(['T', 't', ' ']) else {
        return false;
    };
    let clock = time.trim_start();
    // The half of the day and the zone may be said: `12:30 PM`, `00:00 UTC`.
    let signs = |letter: char| letter.is_ascii_digit() || ":.+-Zz APMapmUTCutc".contains(letter);
    let digit = u8::is_ascii_digit;
    let begins = match clock.as_bytes() {
        [a, b, b':', c, d, ..] => [a, b, c, d].into_iter().all(digit),
        [a, b':', c, d, ..] => [a, c, d].into_iter().all(digit),
        _ => false,
    };
    begins && clock.chars().all(signs)
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    days_from_civil(next_year, next, 1) - days_from_civil(year, month, 1)
}

fn digits(bytes: &[u8], lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    (lengths.contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit)).then(|| {
        bytes
            .iter()
            .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
    })
}

/// The period that begins on a date; for days, the day itself.
///
/// # Errors
/// When none begins on it, or it lies outside the years 1 to 9999.
pub fn from_days(kind: PeriodKind, days: i64) -> Result<i64, PeriodSlip> {
    let range = days_from_civil(*YEARS.start(), 1, 1)..=days_from_civil(*YEARS.end(), 12, 31);
    if !range.contains(&days) {
        return Err(PeriodSlip::NoSuch);
    }
    let (year, month, day) = civil_from_days(days);
    let begins = match kind {
        PeriodKind::Day => true,
        PeriodKind::Week(from) => from.is_first(days),
        PeriodKind::Month => day == 1,
        PeriodKind::Quarter => day == 1 && (month - 1) % 3 == 0,
        PeriodKind::Year => day == 1 && month == 1,
    };
    if !begins {
        return Err(PeriodSlip::NotFirstDay);
    }
    Ok(match kind {
        PeriodKind::Day => days,
        PeriodKind::Week(from) => {
            let week = from.week_of(days);
            // The last days of year 9999 may begin a week of the year behind it.
            if !YEARS.contains(&from.in_year(week).0) {
                return Err(PeriodSlip::NoSuch);
            }
            week
        }
        PeriodKind::Month => year * 12 + month - 1,
        PeriodKind::Quarter => year * 4 + (month - 1) / 3,
        PeriodKind::Year => year,
    })
}

/// A year given as a number.
///
/// # Errors
/// When the panel does not go by years, or there is no such year.
pub fn from_number(kind: PeriodKind, number: i64) -> Result<i64, PeriodSlip> {
    match kind {
        PeriodKind::Year if YEARS.contains(&number) => Ok(number),
        PeriodKind::Year => Err(PeriodSlip::NoSuch),
        _ if YEARS.contains(&number) => Err(PeriodSlip::Other(PeriodKind::Year)),
        PeriodKind::Day | PeriodKind::Week(_) | PeriodKind::Month | PeriodKind::Quarter => {
            Err(PeriodSlip::Form)
        }
    }
}

/// `month`
#[must_use]
pub fn kind_name(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "day",
        PeriodKind::Week(_) => "week",
        PeriodKind::Month => "month",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Year => "year",
    }
}

/// `month`, `week`, and `week from thursday` where weeks do not begin on Monday: what tells kinds apart.
#[must_use]
pub fn full_name(kind: PeriodKind) -> Cow<'static, str> {
    match kind {
        PeriodKind::Week(from) if from != Weekday::Monday => {
            Cow::Owned(format!("week from {}", from.word()))
        }
        PeriodKind::Day
        | PeriodKind::Week(_)
        | PeriodKind::Month
        | PeriodKind::Quarter
        | PeriodKind::Year => Cow::Borrowed(kind_name(kind)),
    }
}

/// Two kinds by words that tell them apart: `week from monday` beside `week from thursday`.
#[must_use]
pub fn apart(one: PeriodKind, other: PeriodKind) -> [String; 2] {
    let words = |own: PeriodKind, beside: PeriodKind| match (own, beside) {
        (PeriodKind::Week(from), PeriodKind::Week(_)) => format!("week from {}", from.word()),
        (
            PeriodKind::Day
            | PeriodKind::Week(_)
            | PeriodKind::Month
            | PeriodKind::Quarter
            | PeriodKind::Year,
            _,
        ) => full_name(own).into_owned(),
    };
    [words(one, other), words(other, one)]
}

/// How one is written: `2024-05`.
#[must_use]
pub fn example(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "2024-05-31",
        PeriodKind::Week(_) => "2024-W12",
        PeriodKind::Month => "2024-05",
        PeriodKind::Quarter => "2024-Q2",
        PeriodKind::Year => "2024",
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number;
        if let Some(written) = self.written {
            return match written.write(self.kind, number) {
                Some(cell) if written.is_counted() => write!(f, "{cell} ({})", self.usual()),
                Some(cell) => f.write_str(&cell),
                None => self.usual().fmt(f),
            };
        }
        match self.kind {
            PeriodKind::Year => write!(f, "{number:04}"),
            PeriodKind::Quarter => {
                write!(
                    f,
                    "{:04}-Q{}",
                    number.div_euclid(4),
                    number.rem_euclid(4) + 1
                )
            }
            PeriodKind::Month => {
                write!(
                    f,
                    "{:04}-{:02}",
                    number.div_euclid(12),
                    number.rem_euclid(12) + 1
                )
            }
            PeriodKind::Week(from) => {
                let (year, week) = from.in_year(number);
                write!(f, "{year:04}-W{week:02}")
            }
            PeriodKind::Day => {
                let (year, month, day) = civil_from_days(number);
                write!(f, "{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Monday, Sunday, Thursday};

    const KINDS: [PeriodKind; 7] = [
        PeriodKind::Day,
        PeriodKind::Week(Monday),
        PeriodKind::Week(Thursday),
        PeriodKind::Week(Sunday),
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::Year,
    ];

    #[test]
    fn spellings() {
        let cases = [
            (PeriodKind::Year, "2024", 2024),
            (PeriodKind::Month, "2024-05", 2024 * 12 + 4),
            (PeriodKind::Month, "2024M05", 2024 * 12 + 4),
            (PeriodKind::Month, "2024-M05", 2024 * 12 + 4),
            (PeriodKind::Month, "2024m5", 2024 * 12 + 4),
            (PeriodKind::Quarter, "2024Q2", 2024 * 4 + 1),
            (PeriodKind::Quarter, "2024-Q2", 2024 * 4 + 1),
            (PeriodKind::Week(Monday), "1970-W02", 0),
            (PeriodKind::Week(Monday), "1970-W01", -1),
            (PeriodKind::Week(Monday), "2024W12", 2828),
            (PeriodKind::Month, "2024-05-01", 2024 * 12 + 4),
            (PeriodKind::Year, "2024-01-01", 2024),
            (PeriodKind::Day, "1970-01-01", 0),
            (PeriodKind::Day, "2024-02-29", 19_782),
        ];
        for (kind, text, number) in cases {
            assert_eq!(parse(kind, text), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_period_is_told_apart() {
        let cases = [
            (
                PeriodKind::Month,
                "2024-05-31",
                PeriodSlip::Other(PeriodKind::Day),
            ),
            (
                PeriodKind::Month,
                "2024",
                PeriodSlip::Other(PeriodKind::Year),
            ),
            (
                PeriodKind::Year,
                "2024-05",
                PeriodSlip::Other(PeriodKind::Month),
            ),
            (PeriodKind::Month, "2024-13", PeriodSlip::NoSuch),
            (PeriodKind::Day, "2023-02-29", PeriodSlip::NoSuch),
            (PeriodKind::Week(Monday), "2024-W53", PeriodSlip::NoSuch),
            (PeriodKind::Quarter, "2024-Q5", PeriodSlip::NoSuch),
            (PeriodKind::Year, "24", PeriodSlip::Form),
            (PeriodKind::Year, "0000", PeriodSlip::NoSuch),
            (PeriodKind::Month, "05/2024", PeriodSlip::Form),
            (PeriodKind::Month, "202405", PeriodSlip::Form),
            (PeriodKind::Month, "2024-5", PeriodSlip::Form),
            (PeriodKind::Year, "２０２４", PeriodSlip::Form),
            (PeriodKind::Year, "", PeriodSlip::Form),
        ];
        for (kind, text, slip) in cases {
            assert_eq!(parse(kind, text), Err(slip), "{text}");
        }
        assert_eq!(parse(PeriodKind::Week(Monday), "2020-W53"), Ok(2660));
        // A year that a spreadsheet kept as a number.
        assert_eq!(parse(PeriodKind::Year, "2024.0"), Ok(2024));
    }

    #[test]
    fn every_period_of_ten_thousand_years_reads_back() {
        for kind in KINDS {
            let first = from_days(PeriodKind::Day, days_from_civil(1, 1, 1)).unwrap();
            let last = days_from_civil(9999, 12, 31);
            let mut before = None;
            for days in first..=last {
                let Ok(number) = from_days(kind, days) else {
                    continue;
                };
                assert!(
                    before.is_none_or(|before| number == before + 1),
                    "{kind:?} {days}"
                );
                before = Some(number);
                if days % 97 == 0 || kind != PeriodKind::Day {
                    let text = Period::new(kind, number).to_string();
                    assert_eq!(parse(kind, &text), Ok(number), "{text}");
                }
            }
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-800_000..3_000_000).step_by(7) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        assert_eq!(civil_from_days(0), (1970, 1, 1));
        assert_eq!(civil_from_days(-1), (1969, 12, 31));
    }

    #[test]
    fn a_date_stands_for_the_period_that_begins_on_it() {
        let may = days_from_civil(2024, 5, 1);
        assert_eq!(from_days(PeriodKind::Month, may), Ok(2024 * 12 + 4));
        assert_eq!(
            from_days(PeriodKind::Quarter, may),
            Err(PeriodSlip::NotFirstDay)
        );
        assert_eq!(
            from_days(PeriodKind::Month, may + 1),
            Err(PeriodSlip::NotFirstDay)
        );
        assert_eq!(
            from_days(PeriodKind::Year, days_from_civil(2024, 1, 1)),
            Ok(2024)
        );
    }

    #[test]
    fn weeks_begin_on_the_stated_day() {
        let thursdays = PeriodKind::Week(Thursday);
        // 2024 began on a Monday: its first week from Thursday, the one with January 4, begins on that day.
        let first = parse(thursdays, "2024-W01").unwrap();
        assert_eq!(first_day(thursdays, first), days_from_civil(2024, 1, 4));
        assert_eq!(parse(thursdays, "2024-01-04"), Ok(first));
        assert_eq!(parse(thursdays, "2024-01-11"), Ok(first + 1));
        assert_eq!(
            parse(thursdays, "2024-01-08"),
            Err(PeriodSlip::Other(PeriodKind::Day))
        );
        // January 4, 2023 was a Wednesday: that year began with the week from December 29, and had 53.
        assert_eq!(Period::new(thursdays, first - 1).to_string(), "2023-W53");
        // Weeks of epidemiologists, which begin on Sunday: 2014 had 53 of them, and 52 ISO weeks.
        let sundays = PeriodKind::Week(Sunday);
        let last = parse(sundays, "2014-W53").unwrap();
        assert_eq!(first_day(sundays, last), days_from_civil(2014, 12, 28));
        assert_eq!(parse(sundays, "2015-W01"), Ok(last + 1));
        assert_eq!(
            parse(PeriodKind::Week(Monday), "2014-W53"),
            Err(PeriodSlip::NoSuch)
        );
        assert_eq!(full_name(sundays), "week from sunday");
        assert_eq!(full_name(PeriodKind::Week(Monday)), "week");
    }
}
