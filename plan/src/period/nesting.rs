//! Longer periods and the shorter ones within them.
//!
//! In: a period and another kind. Out: the first period of that kind within it, or the one around it.
//! Weeks lie within the years to which they belong and within no month or quarter.

use super::{civil_from_days, days_from_civil, from_days};
use crate::PeriodKind;

/// The first day of a period, in days from 1970-01-01.
#[must_use]
pub fn first_day(kind: PeriodKind, number: i64) -> i64 {
    match kind {
        PeriodKind::Day => number,
        PeriodKind::Week(from) => from.first_day(number),
        PeriodKind::Month => days_from_civil(number.div_euclid(12), number.rem_euclid(12) + 1, 1),
        PeriodKind::Quarter => {
            days_from_civil(number.div_euclid(4), number.rem_euclid(4) * 3 + 1, 1)
        }
        PeriodKind::Year => days_from_civil(number, 1, 1),
    }
}

/// How many of the shorter periods a longer one has at most; `None` where one is not made of whole
/// others. A year of weeks is made of those that belong to it.
#[must_use]
pub fn most_within(long: PeriodKind, short: PeriodKind) -> Option<u32> {
    use PeriodKind::{Day, Month, Quarter, Week, Year};
    Some(match (long, short) {
        (Week(_), Day) => 7,
        (Month, Day) => 31,
        (Quarter, Day) => 92,
        (Year, Day) => 366,
        (Year, Week(_)) => 53,
        (Quarter, Month) => 3,
        (Year, Month) => 12,
        (Year, Quarter) => 4,
        _ => return None,
    })
}

/// The first of the shorter periods in a longer one; `None` where one is not made of whole others.
#[must_use]
pub fn first_within(long: PeriodKind, number: i64, short: PeriodKind) -> Option<i64> {
    most_within(long, short)?;
    if let (PeriodKind::Year, PeriodKind::Week(from)) = (long, short) {
        return Some(from.first_of_year(number));
    }
    from_days(short, first_day(long, number)).ok()
}

/// The longer period that a shorter one lies in.
#[must_use]
pub fn around(short: PeriodKind, number: i64, long: PeriodKind) -> i64 {
    let days = first_day(short, number);
    // A week belongs to the year of its fourth day.
    let days = if matches!(short, PeriodKind::Week(_)) {
        days + 3
    } else {
        days
    };
    let (year, month, _) = civil_from_days(days);
    match long {
        PeriodKind::Day => days,
        PeriodKind::Week(from) => from.week_of(days),
        PeriodKind::Month => year * 12 + month - 1,
        PeriodKind::Quarter => year * 4 + (month - 1) / 3,
        PeriodKind::Year => year,
    }
}

/// Is a shorter period the first one in the longer one that it lies in?
#[must_use]
pub fn begins(short: PeriodKind, number: i64, long: PeriodKind) -> bool {
    first_within(long, around(short, number, long), short) == Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Weekday;

    const KINDS: [PeriodKind; 6] = [
        PeriodKind::Day,
        PeriodKind::Week(Weekday::Monday),
        PeriodKind::Week(Weekday::Thursday),
        PeriodKind::Month,
        PeriodKind::Quarter,
        PeriodKind::Year,
    ];

    #[test]
    fn longer_periods_are_made_of_whole_shorter_ones() {
        for long in KINDS {
            for short in KINDS {
                let Some(most) = most_within(long, short) else {
                    assert_eq!(first_within(long, 8000, short), None);
                    continue;
                };
                let mut longest = 0;
                for number in 2000..2500 {
                    let first = first_within(long, number, short).unwrap();
                    let behind = first_within(long, number + 1, short).unwrap();
                    longest = longest.max(behind - first);
                    assert!(begins(short, first, long));
                    for within in first..behind {
                        assert_eq!(around(short, within, long), number);
                        assert_eq!(begins(short, within, long), within == first);
                    }
                }
                assert_eq!(longest, i64::from(most), "{long:?} of {short:?}");
            }
        }
    }
}
