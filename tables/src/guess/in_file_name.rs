//! Periods that no column says, and the name of the file or of its sheets does.
//!
//! In: these names, and rules by periods. Out: the pattern by which a recipe reads them.

use super::found::Guess;
use crate::recipe::{InName, period_in};
use forewarn_plan::{PeriodKind, Plan};
use forewarn_runtime::period;

/// Sees a period in the names; true where there is one.
pub(super) fn named(plan: &Plan, guess: &mut Guess) -> bool {
    let Some(kind) = plan.panel.period else {
        return false;
    };
    if guess.recipe.named.is_some() {
        return true;
    }
    let name = &plan.panel.period_name;
    let sheets = guess.sheets.len() > 1 && guess.recipe.sheet.is_none();
    if sheets && guess.sheets.iter().all(|sheet| is_of(sheet, kind)) {
        guess.recipe.sheet = Some("*".to_owned());
        guess.recipe.named = InName::new(&format!("{{{}}}", word(kind))).ok();
        guess.others.clear();
        guess.see(
            format!("the names of its sheets say the {name} of their rows"),
            None,
            "its sheets",
        );
        return true;
    }
    let Some((before, behind)) = around(&guess.file, kind) else {
        return false;
    };
    guess.recipe.named = InName::new(&format!("{before}{{{}}}{behind}", word(kind))).ok();
    guess.see(
        format!("its name says the {name} of its rows"),
        None,
        "its name",
    );
    true
}

fn word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Year => "year",
        PeriodKind::Quarter => "quarter",
        PeriodKind::Month => "month",
        PeriodKind::Week(_) => "week",
        PeriodKind::Day => "day",
    }
}

/// Is a text a period of this kind, and nothing else?
fn is_of(text: &str, kind: PeriodKind) -> bool {
    let read = period_in(text).filter(|_| text.trim() == text);
    let read = read.and_then(|usual| period::any_of(&usual, period::Weekday::of(kind)));
    read.is_some_and(|(found, _)| found == kind)
}

/// What stands before and behind the one period in a name.
fn around(name: &str, kind: PeriodKind) -> Option<(&str, &str)> {
    let places: Vec<usize> = name
        .char_indices()
        .map(|(at, _)| at)
        .chain([name.len()])
        .collect();
    let apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for from in &places {
        for to in places.iter().filter(|to| *to > from) {
            let (before, rest) = name.split_at(*from);
            let (text, behind) = rest.split_at(to - from);
            let whole = apart(before.chars().last()) && apart(behind.chars().next());
            let begins = text.starts_with(char::is_alphanumeric);
            if whole && begins && is_of(text, kind) {
                found.push((*from, *to));
            }
        }
    }
    let length = |one: &(usize, usize)| one.1 - one.0;
    let longest = found.iter().map(length).max()?;
    let mut longest = found.iter().filter(|one| length(one) == longest);
    match (longest.next(), longest.next()) {
        (Some((from, to)), None) => Some((name.get(..*from)?, name.get(*to..)?)),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::around;
    use forewarn_plan::PeriodKind;

    #[test]
    fn one_period_in_a_name() {
        let month = |name| around(name, PeriodKind::Month);
        assert_eq!(month("killed_2024-05.csv"), Some(("killed_", ".csv")));
        assert_eq!(
            month("as of May 2024 (final).xlsx"),
            Some(("as of ", " (final).xlsx"))
        );
        assert_eq!(month("killed.csv"), None);
        assert_eq!(month("2024-05_2024-06.csv"), None);
        assert_eq!(
            around("killed 2024.csv", PeriodKind::Year),
            Some(("killed ", ".csv"))
        );
    }
}
