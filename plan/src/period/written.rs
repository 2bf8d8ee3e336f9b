//! Periods written in a way of one's own: `YYYYMM`, `MM/YYYY`, `DD.MM.YYYY`.
//!
//! In: a pattern of letters (`YYYY` the year, `20YY` two digits of it, `Q` the quarter, `MM` the month,
//! `MMM` its name, `WW` the week, `DD` the day; `M`, `W` and `D` with one digit or two; of two years, `YYYY/YY` and
//! `YYYY/YYYY` are the first one, `XXXX/20YY` and `XXXX/YYYY` the second), of signs and
//! digits that stand for themselves and of letters between apostrophes that do, or a number and the
//! period that it stands for, `1 = 1980-01`. Out: a reader and a writer of such cells. What follows a day
//! and is a time does not matter.

use super::{
    Period, PeriodSlip, Weekday, YEARS, civil_from_days, first_day, from_parts, is_time, months,
};
use crate::PeriodKind;
use std::fmt;

/// How periods are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    way: Way,
    kind: PeriodKind,
}

/// The most parts of a pattern; more than a date needs.
const MOST: usize = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::large_enum_variant,
    reason = "it goes wherever a period goes, and nothing holds many of them"
)]
enum Way {
    /// As many as there are, then none.
    Parts([Option<Part>; MOST]),
    /// Periods are counted from the one with the number `zero`; the pattern names that of `said`.
    Counted { zero: i64, said: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Digits, from the first number of them to the second.
    Field(Field, u8, u8),
    /// A month's name.
    Name,
    /// The last two digits of a year; with the first two.
    Short(u8),
    /// The year behind `YYYY/`, the next one, by so many digits: `2023/24`.
    Next(u8),
    /// The year before the one that counts: `2023` of `2023/24`.
    Before,
    Sign(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Year,
    Quarter,
    Month,
    Week,
    Day,
}

/// Why a pattern is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternSlip {
    /// There is no `YYYY`.
    NoYear,
    /// A number and something that is no period.
    NoPeriod,
    /// A letter that means nothing, or a wrong number of them.
    Letters,
    /// Parts that make no period together, such as a day without a month, or one twice.
    Parts,
}

impl fmt::Display for PatternSlip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoYear => "the year is missing: `YYYY`",
            Self::NoPeriod => {
                "a number that is counted stands for a period, as in `1 = 1980-01`"
            }
            Self::Letters => {
                "known are `YYYY`, `20YY`, `Q`, `MM` or `M`, `MMM` for a month's name, `WW` or `W`, `DD` \
                 or `D`, `XXXX` for the year before, signs between them, and letters between apostrophes"
            }
            Self::Parts => {
                "write a year, alone or with a quarter, a month, a week, or a month and a day"
            }
        })
    }
}

impl Written {
    /// Takes a pattern such as `YYYYMM`.
    ///
    /// # Errors
    /// Why it is none.
    pub fn new(pattern: &str) -> Result<Self, PatternSlip> {
        if let Some((number, period)) = pattern.split_once('=') {
            let number: i64 = number.trim().parse().map_err(|_| PatternSlip::NoPeriod)?;
            let found =
                super::read(period.trim(), Weekday::Monday).map_err(|_| PatternSlip::NoPeriod)?;
            let (kind, period) = found;
            let zero = period.checked_sub(number).ok_or(PatternSlip::NoPeriod)?;
            let way = Way::Counted { zero, said: number };
            return Ok(Self { way, kind });
        }
        let mut parts = Vec::new();
        let mut rest = pattern.trim();
        while let Some(letter) = rest.chars().next() {
            let behind = rest.trim_start_matches(letter);
            let length = (rest.len() - behind.len()) / letter.len_utf8();
            if letter == '\'' {
                let (words, behind) = rest
                    .get(1..)
                    .and_then(|rest| rest.split_once('\''))
                    .ok_or(PatternSlip::Letters)?;
                parts.extend(words.chars().map(Part::Sign));
                rest = behind;
                continue;
            }
            if let Some((century, behind)) = short_year(rest) {
                parts.push(Part::Short(century));
                rest = behind;
                continue;
            }
            let follows_year = matches!(
                parts.as_slice(),
                [
                    ..,
                    Part::Field(Field::Year, ..),
                    Part::Sign('/' | '-' | '–')
                ]
            );
            let part = match (letter, length) {
                ('Y', 2 | 4) if follows_year => Part::Next(length as u8),
                ('Y', 4) => Part::Field(Field::Year, 4, 4),
                ('X', 4) => Part::Before,
                ('Q', 1) => Part::Field(Field::Quarter, 1, 1),
                ('M', 3 | 4) => Part::Name,
                ('M', 1 | 2) => Part::Field(Field::Month, length as u8, 2),
                ('W', 1 | 2) => Part::Field(Field::Week, length as u8, 2),
                ('D', 1 | 2) => Part::Field(Field::Day, length as u8, 2),
                (blank, _) if blank.is_whitespace() => Part::Sign(' '),
                (sign, 1) if !sign.is_alphanumeric() => Part::Sign(sign),
                _ => return Err(PatternSlip::Letters),
            };
            parts.push(part);
            rest = behind;
        }
        let mut fields: Vec<Field> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Field(field, ..) => Some(*field),
                Part::Name => Some(Field::Month),
                Part::Short(_) => Some(Field::Year),
                Part::Sign(_) | Part::Next(_) | Part::Before => None,
            })
            .collect();
        if !fields.contains(&Field::Year) {
            return Err(PatternSlip::NoYear);
        }
        fields.sort_unstable_by_key(|field| *field as u8);
        let kind = match fields.as_slice() {
            [Field::Year] => PeriodKind::Year,
            [Field::Year, Field::Quarter] => PeriodKind::Quarter,
            [Field::Year, Field::Month] => PeriodKind::Month,
            [Field::Year, Field::Week] => PeriodKind::Week(Weekday::Monday),
            [Field::Year, Field::Month, Field::Day] => PeriodKind::Day,
            _ => return Err(PatternSlip::Parts),
        };
        let mut all = [None; MOST];
        if parts.len() > MOST {
            return Err(PatternSlip::Parts);
        }
        for (slot, part) in all.iter_mut().zip(parts) {
            *slot = Some(part);
        }
        let way = Way::Parts(all);
        Ok(Self { way, kind })
    }

    /// The same for a panel whose weeks begin on another day than Monday: a week that a cell or the pattern itself
    /// names is the panel's week of that year and number.
    #[must_use]
    pub fn in_weeks_of(self, panel: PeriodKind) -> Self {
        let (PeriodKind::Week(own), PeriodKind::Week(from)) = (self.kind, panel) else {
            return self;
        };
        let way = match self.way {
            Way::Parts(parts) => Way::Parts(parts),
            Way::Counted { zero, said } => {
                let (year, week) = own.in_year(zero + said);
                let zero = from.first_of_year(year) + week - 1 - said;
                Way::Counted { zero, said }
            }
        };
        let kind = panel;
        Self { way, kind }
    }

    /// The pattern: `YYYYMM`, `1 = 1980-01`.
    #[must_use]
    pub fn pattern(&self) -> String {
        match &self.way {
            Way::Counted { zero, said } => {
                format!("{said} = {}", Period::new(self.kind, zero + said))
            }
            Way::Parts(parts) => {
                let letters = |part: &Part| match *part {
                    Part::Sign(sign) if sign.is_alphabetic() => format!("'{sign}'"),
                    Part::Sign(sign) => sign.to_string(),
                    Part::Name => "MMM".to_owned(),
                    Part::Short(century) => format!("{century:02}YY"),
                    Part::Next(digits) => "Y".repeat(digits.into()),
                    Part::Before => "XXXX".to_owned(),
                    Part::Field(Field::Year, ..) => "YYYY".to_owned(),
                    Part::Field(Field::Quarter, ..) => "Q".to_owned(),
                    Part::Field(Field::Month, least, _) => "M".repeat(least.into()),
                    Part::Field(Field::Week, least, _) => "W".repeat(least.into()),
                    Part::Field(Field::Day, least, _) => "D".repeat(least.into()),
                };
                let text: String = parts.iter().flatten().map(letters).collect();
                text.replace("''", "")
            }
        }
    }

    /// Are periods counted, so that nobody sees which one a number is?
    #[must_use]
    pub fn is_counted(&self) -> bool {
        matches!(self.way, Way::Counted { .. })
    }

    /// Where cells name two years, whether it is the one in which such a period `begins` or `ends`.
    #[must_use]
    pub fn which_of_two(&self) -> Option<&'static str> {
        let Way::Parts(parts) = &self.way else {
            return None;
        };
        parts.iter().flatten().find_map(|part| match part {
            Part::Next(_) => Some("begins"),
            Part::Before => Some("ends"),
            Part::Field(..) | Part::Name | Part::Short(_) | Part::Sign(_) => None,
        })
    }

    /// The kind of period that it tells.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// How one is written: `202405`.
    #[must_use]
    pub fn example(&self) -> String {
        let number = match (self.kind, self.is_counted()) {
            (PeriodKind::Year, _) => 2024,
            (PeriodKind::Quarter, true) => 2024 * 4,
            (PeriodKind::Quarter, false) => 2024 * 4 + 1,
            (PeriodKind::Month, true) => 2024 * 12,
            (PeriodKind::Month, false) => 2024 * 12 + 4,
            (PeriodKind::Week(_), true) => 2817,
            (PeriodKind::Week(_), false) => 2828,
            (PeriodKind::Day, true) => 19_723,
            (PeriodKind::Day, false) => 19_874,
        };
        // A pattern that states the century before writes no year of this one.
        let earlier = match self.kind {
            PeriodKind::Year => 26,
            PeriodKind::Quarter => 26 * 4,
            PeriodKind::Month => 26 * 12,
            PeriodKind::Week(_) => 26 * 52,
            PeriodKind::Day => 26 * 365,
        };
        let this = self.spell(number, true);
        this.or_else(|| self.spell(number - earlier, true))
            .unwrap_or_default()
    }

    /// A period as the file writes it; a date stands for the period that begins on it. `None` where the
    /// pattern does not tell periods of the kind.
    #[must_use]
    pub fn write(&self, kind: PeriodKind, number: i64) -> Option<String> {
        let number = match self.kind {
            own if own == kind => number,
            PeriodKind::Day => first_day(kind, number),
            PeriodKind::Week(_) | PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => {
                return None;
            }
        };
        self.spell(number, false)
    }

    /// A period of its own kind; names of months, of which the file may have those of any language, only
    /// where they are asked for.
    fn spell(&self, number: i64, with_names: bool) -> Option<String> {
        const NAMES: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let parts = match &self.way {
            Way::Parts(parts) => parts,
            Way::Counted { zero, .. } => return Some((number - zero).to_string()),
        };
        let (year, month, day) = civil_from_days(first_day(self.kind, number));
        let (week_year, week) = Weekday::of(self.kind).in_year(number);
        let mut text = String::new();
        for part in parts.iter().flatten() {
            match *part {
                Part::Sign(sign) => text.push(sign),
                Part::Name => {
                    let place = usize::try_from(month - 1).ok().filter(|_| with_names)?;
                    text.push_str(NAMES.get(place)?);
                }
                Part::Short(century) if year.div_euclid(100) != i64::from(century) => return None,
                Part::Short(_) => text.push_str(&format!("{:02}", year.rem_euclid(100))),
                Part::Next(2) => text.push_str(&format!("{:02}", (year + 1).rem_euclid(100))),
                Part::Next(_) => text.push_str(&format!("{:04}", year + 1)),
                Part::Before => text.push_str(&format!("{:04}", year - 1)),
                Part::Field(field, least, _) => {
                    let number = match field {
                        Field::Year if matches!(self.kind, PeriodKind::Week(_)) => week_year,
                        Field::Year => year,
                        Field::Quarter => (month + 2) / 3,
                        Field::Month => month,
                        Field::Week => week,
                        Field::Day => day,
                    };
                    text.push_str(&format!("{number:0width$}", width = usize::from(least)));
                }
            }
        }
        Some(text)
    }

    /// Reads a cell without blanks around it: the kind of period and its number.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(&self, text: &str) -> Result<(PeriodKind, i64), PeriodSlip> {
        let parts = match &self.way {
            Way::Parts(parts) => parts,
            Way::Counted { zero, .. } => {
                let number: i64 = whole(text).parse().map_err(|_| PeriodSlip::Form)?;
                // More than all days of all years lies beyond them.
                if number.abs() > 10_000_000 {
                    return Err(PeriodSlip::NoSuch);
                }
                let period = zero.saturating_add(number);
                let in_years = period.abs() < 10_000_000
                    && YEARS.contains(&civil_from_days(first_day(self.kind, period)).0);
                return if in_years {
                    Ok((self.kind, period))
                } else {
                    Err(PeriodSlip::NoSuch)
                };
            }
        };
        let digits = |part: &Part| matches!(part, Part::Field(..) | Part::Short(_));
        let mut rest = match parts.iter().flatten().all(digits) {
            true => whole(text),
            false => text,
        };
        let (mut year, mut within, mut day) = (0, 1, 1);
        let mut before = None;
        for part in parts.iter().flatten() {
            match *part {
                Part::Sign(' ') => {
                    let behind = rest.trim_start();
                    if behind.len() == rest.len() {
                        return Err(PeriodSlip::Form);
                    }
                    rest = behind;
                }
                Part::Sign(sign) => rest = rest.strip_prefix(sign).ok_or(PeriodSlip::Form)?,
                Part::Name => {
                    let (month, length) = months::at_the_beginning(rest).ok_or(PeriodSlip::Form)?;
                    within = month;
                    rest = rest.get(length..).unwrap_or_default();
                }
                Part::Short(century) => {
                    let (digits, behind) = so_many_digits(rest, 2)?;
                    year = i64::from(century) * 100 + digits;
                    rest = behind;
                }
                Part::Next(length) => {
                    let (digits, behind) = so_many_digits(rest, length.into())?;
                    let next = match length {
                        2 => (year + 1).rem_euclid(100),
                        _ => year + 1,
                    };
                    if digits != next {
                        return Err(PeriodSlip::NoSuch);
                    }
                    rest = behind;
                }
                Part::Before => {
                    let (digits, behind) = so_many_digits(rest, 4)?;
                    before = Some(digits);
                    rest = behind;
                }
                Part::Field(field, least, most) => {
                    let (least, most) = (usize::from(least), usize::from(most));
                    let digits = rest
                        .bytes()
                        .take(most)
                        .take_while(u8::is_ascii_digit)
                        .count();
                    if digits < least {
                        return Err(PeriodSlip::Form);
                    }
                    let (number, behind) = rest.split_at(digits);
                    let number: i64 = number.parse().map_err(|_| PeriodSlip::Form)?;
                    match field {
                        Field::Year => year = number,
                        Field::Quarter | Field::Month | Field::Week => within = number,
                        Field::Day => day = number,
                    }
                    rest = behind;
                }
            }
        }
        let timed = self.kind == PeriodKind::Day && is_time(rest);
        if !rest.is_empty() && !timed {
            return Err(PeriodSlip::Form);
        }
        if before.is_some_and(|before| before + 1 != year) {
            return Err(PeriodSlip::NoSuch);
        }
        Ok((self.kind, from_parts(self.kind, year, within, day)?))
    }
}

/// `202405.0` is how programs write numbers that they keep among others with gaps.
fn whole(text: &str) -> &str {
    let digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
    text.strip_suffix(".0").filter(digits).unwrap_or(text)
}

/// `20YY`: the century, and what follows.
fn short_year(text: &str) -> Option<(u8, &str)> {
    let (digits, behind) = text.split_at_checked(2)?;
    let behind = behind.strip_prefix("YY")?;
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit()) && !behind.starts_with('Y');
    whole.then(|| digits.parse().ok().map(|century| (century, behind)))?
}

fn so_many_digits(text: &str, length: usize) -> Result<(i64, &str), PeriodSlip> {
    let (digits, behind) = text.split_at_checked(length).ok_or(PeriodSlip::Form)?;
    let digits = super::digits(digits.as_bytes(), length..=length).ok_or(PeriodSlip::Form)?;
    Ok((digits, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, text: &str) -> Result<String, PeriodSlip> {
        let (kind, number) = Written::new(pattern).unwrap().read(text)?;
        Ok(Period::new(kind, number).to_string())
    }

    #[test]
    fn cells_are_read_as_the_pattern_says() {
        for (pattern, text, wanted) in [
            ("YYYYMM", "202405", "2024-05"),
            ("MM/YYYY", "05/2024", "2024-05"),
            ("M/YYYY", "5/2024", "2024-05"),
            ("M/YYYY", "11/2024", "2024-11"),
            ("YYYYMMDD", "20240531", "2024-05-31"),
            ("DD.MM.YYYY", "31.05.2024", "2024-05-31"),
            ("YYYYQ", "20243", "2024-Q3"),
            ("YYYY/WW", "2024/12", "2024-W12"),
            ("YYYY", "2024", "2024"),
            ("1 = 1980-01", "470", "2019-02"),
            ("0 = 1960-01", "-1", "1959-12"),
            ("1=2000-Q1", "6", "2001-Q2"),
            ("0 = 1970-01-01", "19723", "2024-01-01"),
        ] {
            assert_eq!(read(pattern, text).as_deref(), Ok(wanted), "{pattern}");
            let written = Written::new(pattern).unwrap();
            let example = written.example();
            assert!(read(pattern, &example).is_ok(), "{pattern}: {example}");
            // What is written reads back, in the file's own digits.
            let (kind, number) = written.read(text).unwrap();
            assert_eq!(
                written.write(kind, number).as_deref(),
                Some(text),
                "{pattern}"
            );
            assert_eq!(Written::new(&written.pattern()), Ok(written), "{pattern}");
        }
        let dates = Written::new("DD.MM.YYYY").unwrap();
        let may = dates.write(PeriodKind::Month, 2024 * 12 + 4);
        assert_eq!(may.as_deref(), Some("01.05.2024"));
        let months = Written::new("YYYYMM").unwrap();
        assert_eq!(months.write(PeriodKind::Year, 2024), None);
    }

    #[test]
    fn other_cells_are_refused() {
        for (pattern, text, slip) in [
            ("YYYYMM", "20245", PeriodSlip::Form),
            ("YYYYMM", "2024-05", PeriodSlip::Form),
            ("YYYYMM", "2024055", PeriodSlip::Form),
            ("YYYYMM", "202413", PeriodSlip::NoSuch),
            ("DD.MM.YYYY", "31.02.2024", PeriodSlip::NoSuch),
            ("YYYYMM", "２０２４０５", PeriodSlip::Form),
            ("YYYY/YYYY", "2022/2024", PeriodSlip::NoSuch),
            ("XXXX/20YY", "2022/24", PeriodSlip::NoSuch),
            ("DD/MM/YYYY", "31/05/2024 noon", PeriodSlip::Form),
        ] {
            assert_eq!(read(pattern, text), Err(slip), "{pattern} {text}");
        }
    }

    #[test]
    fn patterns_make_a_period() {
        for (pattern, slip) in [
            ("MM", PatternSlip::NoYear),
            ("YYMM", PatternSlip::Letters),
            ("yyyymm", PatternSlip::Letters),
            ("YYYYDD", PatternSlip::Parts),
            ("YYYYMMMMM", PatternSlip::Letters),
            ("DD/MM/YY", PatternSlip::Letters),
            ("'FYYYYY", PatternSlip::Letters),
            ("YYYYMM MM", PatternSlip::Parts),
            ("", PatternSlip::NoYear),
        ] {
            assert_eq!(Written::new(pattern), Err(slip), "{pattern}");
        }
    }

    #[test]
    fn names_centuries_and_times_are_read() {
        for (pattern, text, wanted) in [
            ("DD MMM YYYY", "16 May 2025", "2025-05-16"),
            ("DD MMM YYYY", "16 août 2025", "2025-08-16"),
            ("D MMM YYYY", "1  Sept. 2025", "2025-09-01"),
            ("MMM D, YYYY", "May 6, 2025", "2025-05-06"),
            ("D 'de' MMM 'de' YYYY", "3 de março de 2025", "2025-03-03"),
            ("DD/MM/20YY", "31/05/24", "2024-05-31"),
            ("MMM-19YY", "May-98", "1998-05"),
            ("YYYY/YY", "2023/24", "2023"),
            ("XXXX/20YY", "2023/24", "2024"),
            ("XXXX-YYYY", "1999-2000", "2000"),
            ("YYYY–YYYY", "1999–2000", "1999"),
            ("'FY'YYYY", "FY2024", "2024"),
            ("DD/MM/YYYY", "31/05/2024 9:30 PM", "2024-05-31"),
            ("YYYY-MM-DD", "2024-05-31T14:30:00Z", "2024-05-31"),
            ("DD/MM/YYYY", "31/05/2024 00:00", "2024-05-31"),
        ] {
            assert_eq!(read(pattern, text).as_deref(), Ok(wanted), "{pattern}");
            let written = Written::new(pattern).unwrap();
            assert!(read(pattern, &written.example()).is_ok(), "{pattern}");
            assert_eq!(Written::new(&written.pattern()), Ok(written), "{pattern}");
        }
    }
}
