//! Longer periods and the shorter ones within them.
//!
//! In: a period and another kind. Out: the first period of that kind within it, or the one around it.
//! Weeks lie within ISO years and within no month or quarter.

use super::{WEEK_0, civil_from_days, days_from_civil, first_monday, from_days};
use crate::PeriodKind;

/// The first day of a period, in days from 1970-01-01.
#[must_use]
pub fn first_day(kind: PeriodKind, number: i64) -> i64 {
    match kind {
        PeriodKind::Day => number,
        PeriodKind::Week => number * 7 + WEEK_0,
        PeriodKind::Month => days_from_civil(number.div_euclid(12), number.rem_euclid(12) + 1, 1),
        PeriodKind::Quarter => {
            days_from_civil(number.div_euclid(4), number.rem_euclid(4) * 3 + 1, 1)
        }
        PeriodKind::Year => days_from_civil(number, 1, 1),
    }
}

/// How many of the shorter periods a longer one has at most; `None` where one is not made of whole
/// others. A year of weeks is an ISO year.
#[must_use]
pub fn most_within(long: PeriodKind, short: PeriodKind) -> Option<u32> {
    use PeriodKind::{Day, Month, Quarter, Week, Year};
    Some(match (long, short) {
        (Week, Day) => 7,
        (Month, Day) => 31,
        (Quarter, Day) => 92,
        (Year, Day) => 366,
        (Year, Week) => 53,
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
    if (long, short) == (PeriodKind::Year, PeriodKind::Week) {
        return Some((first_monday(number) - WEEK_0).div_euclid(7));
    }
    from_days(short, first_day(long, number)).ok()
}

/// The longer period that a shorter one lies in.
#[must_use]
pub fn around(short: PeriodKind, number: i64, long: PeriodKind) -> i64 {
    let days = first_day(short, number);
    // An ISO week belongs to the year of its Thursday.
    let days = if short == PeriodKind::Week {
        days + 3
    } else {
        days
    };
    let (year, month, _) = civil_from_days(days);
    match long {
        PeriodKind::Day => days,
        PeriodKind::Week => (days - WEEK_0).div_euclid(7),
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

    const KINDS: [PeriodKind; 5] = [
        PeriodKind::Day,
        PeriodKind::Week,
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
