//! How numbers in a unit are read: rates that are small are told per 100 000, but for those in time.

/// What the numbers of a unit are multiplied by to be read, and what they count then.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// `deaths`; empty where nothing is counted in a unit.
    pub of: String,
    /// `people`
    pub by: String,
}

/// So many of what it is a rate by.
pub const PER: f64 = 100_000.0;

/// From this on a rate is read as it is.
const SMALL: f64 = 1e-3;

impl Rate {
    /// Of a unit whose largest number is small; nothing where numbers are read as they are.
    #[must_use]
    pub fn small(largest: f64, unit: &str) -> Option<Self> {
        let (of, by) = unit.split_once(" / ")?;
        let is_small = largest > 0.0 && largest < SMALL;
        // What is counted in steps of its own (`100_000 people`), or by several at once, is read as it is.
        let counts = |part: &str| {
            part.trim_start_matches('(')
                .starts_with(|one: char| one.is_ascii_digit())
        };
        let is_time = ["day", "week", "month", "quarter", "year"]
            .into_iter()
            .any(|kind| by.strip_suffix('s').unwrap_or(by) == kind);
        let counted = (counts(of) && of != "1") || counts(by) || by.contains('*') || is_time;
        (is_small && !counted).then(|| Self {
            of: if of == "1" { "" } else { of }.to_owned(),
            by: by.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn only_what_is_counted_one_by_one_is_told_by_so_many() {
        let told = |unit| Rate::small(1e-5, unit).map(|rate| (rate.of, rate.by));
        let pair = |of: &str, by: &str| Some((of.to_owned(), by.to_owned()));
        assert_eq!(told("deaths / people"), pair("deaths", "people"));
        assert_eq!(told("1 / people"), pair("", "people"));
        for unit in [
            "deaths / (100_000 people)",
            "deaths / 100_000 people",
            "1_000_000 dollars / people",
            "deaths / (12 months * people)",
            "deaths / months",
            "1 / years",
            "deaths",
        ] {
            assert_eq!(told(unit), None, "{unit}");
        }
        assert_eq!(Rate::small(0.5, "deaths / people"), None);
    }
}
