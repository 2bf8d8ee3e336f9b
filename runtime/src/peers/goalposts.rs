//! Goalposts: values taken from the data that decide what other values mean, on record so that
//! history does not move when a new maximum appears.

use std::collections::HashMap;

/// What a goalpost is the goalpost of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GoalpostKey {
    /// The declaration and the words of the source in which it is taken.
    pub declaration: String,
    pub text: String,
    /// The same words in the same declaration again: 0 for the first.
    pub again: u32,
    /// `min`, `max`, `mean`, `stddev` …
    pub what: String,
    /// The first and the last period it is taken from; none in a cross-section.
    pub periods: Option<(i64, i64)>,
    /// The group of peers; none where all are.
    pub group: Option<String>,
}

/// A goalpost with its value; NaN where nothing was known.
#[derive(Clone, Debug, PartialEq)]
pub struct Goalpost {
    pub key: GoalpostKey,
    pub value: f64,
}

/// Goalposts to be used in place of the data's own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goalposts {
    values: HashMap<GoalpostKey, f64>,
}

impl Goalpost {
    /// Is there a value? One without a value measures nothing, and the data decide as if there were none.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.value.is_finite()
    }
}

impl FromIterator<Goalpost> for Goalposts {
    fn from_iter<I: IntoIterator<Item = Goalpost>>(goalposts: I) -> Self {
        Self {
            values: goalposts
                .into_iter()
                .filter(Goalpost::is_known)
                .map(|goalpost| (goalpost.key, goalpost.value))
                .collect(),
        }
    }
}

impl Goalposts {
    pub(super) fn uses(&self) -> Uses<'_> {
        Uses {
            given: self,
            used: 0,
        }
    }

    /// Those of some declarations.
    #[must_use]
    pub fn of(mut self, is_wanted: impl Fn(&str) -> bool) -> Self {
        self.values.retain(|key, _| is_wanted(&key.declaration));
        self
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// Goalposts given, and how many of them were asked for.
pub(super) struct Uses<'g> {
    given: &'g Goalposts,
    used: usize,
}

impl Uses<'_> {
    pub fn get(&mut self, key: &GoalpostKey) -> Option<f64> {
        let value = self.given.values.get(key).copied();
        self.used += usize::from(value.is_some());
        value
    }

    pub fn unused(&self) -> usize {
        self.given.values.len().saturating_sub(self.used)
    }
}
