//! Periods that only the name of a file, or of a sheet, tells.
//!
//! In: a pattern such as `killed_{month}.csv`, in which `*` stands for anything, and a name. Out: the period that stands
//! in it. A name that is not like the pattern tells none, and neither does one in which it can stand for two.

use super::naming::period_by;
use forewarn_plan::period::Written;

/// `killed_{month}.csv`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InName {
    text: String,
    before: String,
    behind: String,
    /// It says the year alone, of a panel by parts of one.
    pub(crate) year: bool,
}

impl InName {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        const WORDS: [&str; 6] = [
            "{year}",
            "{quarter}",
            "{month}",
            "{week}",
            "{day}",
            "{period}",
        ];
        let mut found = WORDS
            .into_iter()
            .filter_map(|word| Some((text.find(word)?, word)));
        let (Some((at, word)), None) = (found.next(), found.next()) else {
            return Err(
                "write the name with `{month}`, `{quarter}`, `{year}` or `{period}` once in it, as in `killed_{month}.csv`",
            );
        };
        Ok(Self {
            before: text.get(..at).unwrap_or_default().to_owned(),
            behind: text.get(at + word.len()..).unwrap_or_default().to_owned(),
            year: word == "{year}",
            text: text.to_owned(),
        })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The period that a name tells.
    pub(crate) fn read(&self, name: &str, ways: &[Written]) -> Option<String> {
        let places: Vec<usize> = name
            .char_indices()
            .map(|(at, _)| at)
            .chain([name.len()])
            .collect();
        let mut longest: Option<(usize, Vec<String>)> = None;
        for from in &places {
            for to in places.iter().filter(|to| *to > from) {
                let (before, rest) = name.split_at(*from);
                let (text, behind) = rest.split_at(to - from);
                let length = text.len();
                let shorter = longest.as_ref().is_some_and(|(most, _)| length < *most);
                if shorter || !is_like(&self.before, before) || !is_like(&self.behind, behind) {
                    continue;
                }
                let Some(period) = period_by(text, ways).filter(|_| text.trim() == text) else {
                    continue;
                };
                match &mut longest {
                    Some((most, found)) if *most == length => found.push(period),
                    _ => longest = Some((length, vec![period])),
                }
            }
        }
        let (_, found) = longest?;
        let first = found.first()?;
        found
            .iter()
            .all(|other| other == first)
            .then(|| first.clone())
    }
}

/// Is a text like a pattern, in which `*` stands for anything?
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| text.get(at..).is_some_and(|text| is_like(rest, text)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::InName;

    #[test]
    fn the_period_stands_in_the_name() {
        let read = |pattern: &str, name: &str| InName::new(pattern).unwrap().read(name, &[]);
        assert_eq!(
            read("killed_{month}.csv", "killed_2024-05.csv").as_deref(),
            Some("2024-05")
        );
        assert_eq!(
            read("*{month}*", "as of May 2024 (final)").as_deref(),
            Some("2024-05")
        );
        assert_eq!(
            read("Killed {year}.csv", "Killed 2024.csv").as_deref(),
            Some("2024")
        );
        assert_eq!(read("killed_{month}.csv", "killed.csv"), None);
        assert_eq!(read("*{month}*", "2024-05 and 2024-06"), None);
        assert!(InName::new("killed.csv").is_err());
    }
}
