//! Periods that names of columns tell.
//!
//! In: a column's name, and how periods are written where that is said. Out: the period, as it is usually written.

use forewarn_plan::PeriodKind;
use forewarn_plan::period::{self, Period, Written};

/// How the names of columns are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naming<'a> {
    /// Ways of writing periods that are declared.
    pub(crate) ways: &'a [Written],
    /// Another column has the year, and names have the month.
    pub(crate) years: bool,
    /// Marks behind a period are flags of its values.
    pub(crate) flags: bool,
}

/// The period that a column's name tells, where it is said how periods are written.
pub(crate) fn period_by(name: &str, ways: &[Written]) -> Option<String> {
    let read = ways.iter().find_map(|way| way.read(name.trim()).ok());
    let read = read.map(|(kind, number)| Period::new(kind, number).to_string());
    read.or_else(|| period_in(name))
}

/// The period that a column's name tells: `2019`, `2019 [YR2019]`, `X2019`, `2019Q1`, `2024-05`,
/// `Jan 2024`.
pub(crate) fn period_in(name: &str) -> Option<String> {
    let name = name.trim();
    let word = match name.split_once(" [") {
        Some((word, rest)) if rest.ends_with(']') => word,
        _ => name,
    };
    // Which part of which year a fiscal year is, nobody knows that is not told.
    if word.starts_with("FY") || word.starts_with("fy") {
        return None;
    }
    let bare = word.trim_start_matches(|letter: char| "XYRFyrx_".contains(letter));
    let (kind, number) = any_week(word)
        .or_else(|| any_week(bare))
        .or_else(|| by_name(word))?;
    let year = period::around(kind, number, PeriodKind::Year);
    (1500..=2300)
        .contains(&year)
        .then(|| Period::new(kind, number).to_string())
}

/// A period of any kind, its weeks from whichever day has one of that number: what is told is only its name.
fn any_week(word: &str) -> Option<(PeriodKind, i64)> {
    let mut from = period::Weekday::ALL.into_iter();
    from.find_map(|from| period::any_of(word, from))
}

/// A month or a quarter as tables often write it: `Jan 2024`, `mars 2024`, `05/2024`, `T1 2024`.
fn by_name(word: &str) -> Option<(PeriodKind, i64)> {
    // Digits alone may be anything.
    let apart = word.len() <= 24 && !word.bytes().all(|byte| byte.is_ascii_digit());
    let of = |kind: PeriodKind, letter: char| {
        let patterns = apart.then(|| period::patterns_of(word, kind))?;
        let pattern = patterns.into_iter().find(|pattern| {
            // A year of two digits is one of a century that nobody has said.
            pattern.contains(letter) && pattern.contains("YYYY") && !pattern.contains('D')
        })?;
        Written::new(&pattern).ok()?.read(word).ok()
    };
    of(PeriodKind::Month, 'M').or_else(|| of(PeriodKind::Quarter, 'Q'))
}

/// The month that a column is called by alone: `Jan`, `février`.
pub(crate) fn month_in(name: &str) -> Option<String> {
    period::month_named(name.trim()).map(|month| format!("-{month:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_names_of_columns() {
        for (name, period) in [
            ("2019", Some("2019")),
            ("2019 [YR2019]", Some("2019")),
            ("X2019", Some("2019")),
            ("YR2019", Some("2019")),
            ("2019Q1", Some("2019-Q1")),
            ("2024-05", Some("2024-05")),
            ("05/2024", Some("2024-05")),
            ("mars 2024", Some("2024-03")),
            ("T1 2024", Some("2024-Q1")),
            ("Q3/2024", Some("2024-Q3")),
            ("1", None),
            ("Country", None),
            ("9999", None),
            ("FY2024", None),
            ("2022/23", None),
            ("Jan-99", None),
            ("Jan-1999", Some("1999-01")),
        ] {
            assert_eq!(period_in(name).as_deref(), period, "{name}");
        }
    }
}
