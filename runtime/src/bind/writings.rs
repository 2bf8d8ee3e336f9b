//! Ways of writing periods that could be declared, in words.

use crate::causes::data::typed;
use crate::period::{self, Period, Written};
use forewarn_plan::PeriodKind;

/// Which of these patterns read a cell, each as an option and as the line of a recipe; of years, with the one that
/// each takes. None where there is none.
pub(crate) fn ways(patterns: &[String], text: &str, kind: PeriodKind) -> Option<String> {
    let option = |pattern: &String| {
        format!(
            "`--period-format {}`, or `period = \"{pattern}\"` in the recipe,",
            typed(pattern)
        )
    };
    let reads = |pattern: &String| {
        let year = read_as(pattern, text, kind).filter(|(is_year, _)| *is_year);
        let year = year.map_or_else(String::new, |(_, words)| format!(" as {words}"));
        format!("{} reads it{year}", option(pattern))
    };
    match patterns {
        [] => None,
        [only] => Some(reads(only)),
        several if kind == PeriodKind::Year && !of_years(&[text]).is_empty() => {
            let ways: Vec<String> = several.iter().map(reads).collect();
            Some(format!("{}: say which the file means", ways.join(", and ")))
        }
        several => {
            let ways: Vec<String> = several.iter().map(option).collect();
            Some(format!(
                "{} read it, each as another day: say which the file means",
                ways.join(" and ")
            ))
        }
    }
}

/// What a pattern makes of a cell, and whether that is a year.
#[must_use]
pub fn read_as(pattern: &str, text: &str, kind: PeriodKind) -> Option<(bool, String)> {
    let written = Written::new(pattern).ok()?.in_weeks_of(kind);
    let (found, number) = written.read(text).ok()?;
    let read = Period::new(found, number);
    let words = match written.which_of_two() {
        Some(which) => format!("{read}, the year in which it {which}"),
        None => read.to_string(),
    };
    Some((found == PeriodKind::Year, words))
}

/// The patterns that read a text as a year, and that no other reads as it is: `2023/24`, `FY2024`.
#[must_use]
pub fn of_years(texts: &[&str]) -> Vec<String> {
    let mut found = period::patterns_of_all(texts, PeriodKind::Year);
    found.retain(|pattern| {
        Written::new(pattern).is_ok_and(|written| written.kind() == PeriodKind::Year)
    });
    found
}

/// The patterns that read all of several texts as months and that are not read without a word: years of two digits,
/// digits alone. Of years that lie far ahead the century before is meant.
#[must_use]
pub fn of_months(texts: &[&str]) -> Vec<String> {
    /// Nobody looks further ahead.
    const LATEST: i64 = 2050;
    let latest = |pattern: &str| {
        let written = Written::new(pattern).ok()?;
        let read = texts.iter().map(|text| written.read(text).ok());
        let years = read.map(|read| {
            let (kind, number) = read?;
            Some(period::around(kind, number, PeriodKind::Year))
        });
        years.collect::<Option<Vec<i64>>>()?.into_iter().max()
    };
    let found = period::patterns_of_all(texts, PeriodKind::Month);
    let found = found.into_iter().filter_map(|pattern| {
        let kind = Written::new(&pattern).ok()?.kind();
        let past = pattern.replace("20YY", "19YY");
        let own = latest(&pattern).is_some_and(|year| year <= LATEST);
        let pattern = if own { pattern } else { past };
        let fits = latest(&pattern).is_some_and(|year| year <= LATEST);
        (kind == PeriodKind::Month && fits).then_some(pattern)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_century_that_somebody_says() {
        assert_eq!(of_months(&["Jan-99", "Feb-99"]), ["MMM-19YY"]);
        assert_eq!(of_months(&["Jan-24", "Feb-24"]), ["MMM-20YY"]);
        assert_eq!(of_months(&["202401", "202402"]), ["YYYYMM"]);
        assert!(of_months(&["1", "country"]).is_empty());
    }

    #[test]
    fn years_that_could_be_two() {
        let patterns = of_years(&["2010/11", "2011/12"]);
        let told = ways(&patterns, "2010/11", PeriodKind::Year).unwrap();
        for words in [
            "`period = \"YYYY/YY\"` in the recipe, reads it as 2010, the year in which it begins, and",
            "`period = \"XXXX/20YY\"` in the recipe, reads it as 2011, the year in which it ends: say",
        ] {
            assert!(told.contains(words), "{told}");
        }
        let one = ways(&of_years(&["FY2024"]), "FY2024", PeriodKind::Year).unwrap();
        assert!(one.ends_with("reads it as 2024"), "{one}");
        let month = ways(&["MMM YYYY".to_owned()], "May 2024", PeriodKind::Month).unwrap();
        assert!(month.ends_with("reads it"), "{month}");
        let patterns = period::patterns_of("05/06/2024", PeriodKind::Month);
        let two = ways(&patterns, "05/06/2024", PeriodKind::Month).unwrap();
        assert!(two.contains(" read it, each as another day: "), "{two}");
        assert_eq!(ways(&[], "nothing", PeriodKind::Month), None);
        assert!(of_years(&["31/12/2024"]).is_empty());
    }
}
