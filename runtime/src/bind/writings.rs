//! Ways of writing periods that could be declared, in words.

use crate::causes::data::typed;
use crate::period::{self, Period, Written};
use forewarn_plan::PeriodKind;

/// The option and the line of a recipe for each pattern, and what it reads a cell as, where that is no matter of
/// course: one of several days, or of two years the one that counts.
pub(crate) fn ways(patterns: &[String], text: &str, kind: PeriodKind) -> Vec<String> {
    let several = patterns.len() > 1;
    let ways = patterns.iter().map(|pattern| {
        let read_as = read_as(pattern, text, kind).filter(|(own, _)| several || *own);
        let read_as = read_as.map_or_else(String::new, |(_, words)| format!(" as {words}"));
        format!(
            "`--period-format {}`, or `period = \"{pattern}\"` in the recipe, reads it{read_as}",
            typed(pattern)
        )
    });
    ways.collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_could_be_two() {
        let patterns = of_years(&["2010/11", "2011/12"]);
        let told = ways(&patterns, "2010/11", PeriodKind::Year);
        assert!(told[0].contains("period = \"YYYY/YY\""), "{told:?}");
        assert!(told[0].ends_with("reads it as 2010, the year in which it begins"));
        assert!(told[1].ends_with("reads it as 2011, the year in which it ends"));
        let one = ways(&of_years(&["FY2024"]), "FY2024", PeriodKind::Year);
        assert!(one[0].ends_with("reads it as 2024"), "{one:?}");
        let month = ways(&["MMM YYYY".to_owned()], "May 2024", PeriodKind::Month);
        assert!(month[0].ends_with("reads it"), "{month:?}");
        assert!(of_years(&["31/12/2024"]).is_empty());
    }
}
