//! Periods written in a way of one's own: `YYYYMM`, `MM/YYYY`, `DD.MM.YYYY`.
//!
//! In: a pattern of letters (`YYYY` the year, `Q` the quarter, `MM` the month, `WW` the ISO week, `DD`
//! the day; `M`, `W` and `D` with one digit or two) and of signs that stand for themselves, or a number
//! and the period that it stands for, `1 = 1980-01`. Out: a reader of such cells.

use super::{PeriodSlip, YEARS, civil_from_days, first_day, from_parts};
use crate::PeriodKind;
use std::fmt;

/// How periods are written in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The pattern itself.
    text: String,
    way: Way,
    kind: PeriodKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Parts(Vec<Part>),
    /// Periods are counted: this one's number is `zero`.
    Counted {
        zero: i64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Digits, from the first number of them to the second.
    Field(Field, usize, usize),
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
                "known are `YYYY`, `Q`, `MM` or `M`, `WW` or `W`, `DD` or `D`, and signs between them"
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
            let found = super::read(period.trim()).map_err(|_| PatternSlip::NoPeriod)?;
            let (kind, period) = found;
            let zero = period.checked_sub(number).ok_or(PatternSlip::NoPeriod)?;
            let way = Way::Counted { zero };
            let text = pattern.trim().to_owned();
            return Ok(Self { text, way, kind });
        }
        let mut parts = Vec::new();
        let mut rest = pattern.trim();
        while let Some(letter) = rest.chars().next() {
            let behind = rest.trim_start_matches(letter);
            let length = (rest.len() - behind.len()) / letter.len_utf8();
            let part = match (letter, length) {
                ('Y', 4) => Part::Field(Field::Year, 4, 4),
                ('Q', 1) => Part::Field(Field::Quarter, 1, 1),
                ('M', 1 | 2) => Part::Field(Field::Month, length, 2),
                ('W', 1 | 2) => Part::Field(Field::Week, length, 2),
                ('D', 1 | 2) => Part::Field(Field::Day, length, 2),
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
                Part::Sign(_) => None,
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
            [Field::Year, Field::Week] => PeriodKind::Week,
            [Field::Year, Field::Month, Field::Day] => PeriodKind::Day,
            _ => return Err(PatternSlip::Parts),
        };
        let way = Way::Parts(parts);
        let text = pattern.trim().to_owned();
        Ok(Self { text, way, kind })
    }

    /// The pattern as it was given.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.text
    }

    /// The kind of period that it tells.
    #[must_use]
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// How one is written: `202405`.
    #[must_use]
    pub fn example(&self) -> String {
        let parts = match &self.way {
            Way::Parts(parts) => parts,
            Way::Counted { zero } => {
                let of_2024 = match self.kind {
                    PeriodKind::Year => 2024,
                    PeriodKind::Quarter => 2024 * 4,
                    PeriodKind::Month => 2024 * 12,
                    PeriodKind::Week => 2817,
                    PeriodKind::Day => 19_723,
                };
                return (of_2024 - zero).to_string();
            }
        };
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Sign(sign) => text.push(*sign),
                Part::Field(field, least, _) => {
                    let number = match field {
                        Field::Year => 2024,
                        Field::Quarter => 2,
                        Field::Month => 5,
                        Field::Week => 12,
                        Field::Day => 31,
                    };
                    text.push_str(&format!("{number:0least$}"));
                }
            }
        }
        text
    }

    /// Reads a cell without blanks around it: the kind of period and its number.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(&self, text: &str) -> Result<(PeriodKind, i64), PeriodSlip> {
        let parts = match &self.way {
            Way::Parts(parts) => parts,
            Way::Counted { zero } => {
                let number: i64 = text.parse().map_err(|_| PeriodSlip::Form)?;
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
        let mut rest = text;
        let (mut year, mut within, mut day) = (0, 1, 1);
        for part in parts {
            match *part {
                Part::Sign(sign) => rest = rest.strip_prefix(sign).ok_or(PeriodSlip::Form)?,
                Part::Field(field, least, most) => {
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
        if !rest.is_empty() {
            return Err(PeriodSlip::Form);
        }
        Ok((self.kind, from_parts(self.kind, year, within, day)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, text: &str) -> Result<String, PeriodSlip> {
        let (kind, number) = Written::new(pattern).unwrap().read(text)?;
        Ok(super::super::Period { kind, number }.to_string())
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
            let example = Written::new(pattern).unwrap().example();
            assert!(read(pattern, &example).is_ok(), "{pattern}: {example}");
        }
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
            ("YYYYMMMM", PatternSlip::Letters),
            ("YYYYMM MM", PatternSlip::Parts),
            ("", PatternSlip::NoYear),
        ] {
            assert_eq!(Written::new(pattern), Err(slip), "{pattern}");
        }
    }
}
