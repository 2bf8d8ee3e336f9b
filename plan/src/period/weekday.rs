//! The day on which weeks begin.
//!
//! In: a day, a week's number, a year. Out: the week around a day, its first day, its year and its place in the
//! year. A week belongs to the year in which most of its days lie, that of its fourth day; so the first week of a
//! year is the one with January 4, as ISO has it for weeks from Monday and epidemiologists for weeks from Sunday.

use super::{civil_from_days, days_from_civil};
use crate::PeriodKind;

/// A day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Weekday {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// From Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// `thursday`
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// `Thursday`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }

    /// The day on which the weeks of a kind begin; Monday for kinds that are no weeks.
    #[must_use]
    pub fn of(kind: PeriodKind) -> Self {
        match kind {
            PeriodKind::Week(from) => from,
            PeriodKind::Day | PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => {
                Self::Monday
            }
        }
    }

    /// The weekday of a day, counted from Thursday 1970-01-01.
    #[must_use]
    pub fn on(days: i64) -> Self {
        let all = Self::ALL.into_iter();
        let mut found = all.filter(|weekday| weekday.is_first(days));
        found.next().unwrap_or_default()
    }

    /// The first day of week 0: the first one of that name in 1970, in days from 1970-01-01.
    fn week_0(self) -> i64 {
        match self {
            Self::Thursday => 0,
            Self::Friday => 1,
            Self::Saturday => 2,
            Self::Sunday => 3,
            Self::Monday => 4,
            Self::Tuesday => 5,
            Self::Wednesday => 6,
        }
    }

    /// Does a week begin on the day?
    #[must_use]
    pub fn is_first(self, days: i64) -> bool {
        (days - self.week_0()).rem_euclid(7) == 0
    }

    /// The week in which a day lies.
    #[must_use]
    pub fn week_of(self, days: i64) -> i64 {
        (days - self.week_0()).div_euclid(7)
    }

    /// The first day of a week.
    #[must_use]
    pub fn first_day(self, week: i64) -> i64 {
        week * 7 + self.week_0()
    }

    /// The first week of a year.
    #[must_use]
    pub fn first_of_year(self, year: i64) -> i64 {
        self.week_of(days_from_civil(year, 1, 4))
    }

    /// The year to which a week belongs, and its place in it, from 1.
    #[must_use]
    pub fn in_year(self, week: i64) -> (i64, i64) {
        let (year, ..) = civil_from_days(self.first_day(week) + 3);
        (year, week - self.first_of_year(year) + 1)
    }
}
