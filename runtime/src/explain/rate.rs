//! How numbers in a unit are read: rates that are small are told per 100 000.

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
        let counts = by.starts_with(|first: char| first.is_ascii_digit());
        (is_small && !counts).then(|| Self {
            of: if of == "1" { "" } else { of }.to_owned(),
            by: by.to_owned(),
        })
    }
}
