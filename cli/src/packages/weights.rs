//! What differences between two versions of a framework mean for whoever builds on it, and which version they
//! ask for.

use forewarn_compiler::difference::{Aspect, CLOSED, Difference};
use semver::Version;

/// What a difference means for whoever builds on a framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Only words that people read.
    Words,
    /// Results may come out otherwise, or there is more to build on.
    Results,
    /// What others may have changed is gone, or is of another kind.
    Breaking,
}

impl Weight {
    pub fn heading(self) -> &'static str {
        match self {
            Self::Breaking => "breaks what others may build on:",
            Self::Results => "may change results, and breaks nothing:",
            Self::Words => "changes only words:",
        }
    }

    /// As programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Results => "results",
            Self::Words => "words",
        }
    }

    /// The least version that such a change needs.
    pub fn least(self, before: &Version) -> Version {
        let (major, minor, patch) = (before.major, before.minor, before.patch);
        match (self, major) {
            (Self::Breaking, 0) => Version::new(0, minor + 1, 0),
            (Self::Breaking, _) => Version::new(major + 1, 0, 0),
            (Self::Results, 1..) => Version::new(major, minor + 1, 0),
            (Self::Results, 0) | (Self::Words, _) => Version::new(major, minor, patch + 1),
        }
    }
}

/// `None` for what nobody builds on: what tests and claims say. That they are there, a `changed test` or a `drop`
/// rests on.
pub fn weight(difference: &Difference) -> Option<Weight> {
    let is_gone = difference.to.is_none();
    let is_whole = difference.aspect == Aspect::Whole;
    if matches!(difference.what, "test" | "property") && !(is_whole && is_gone) {
        return None;
    }
    Some(match difference.aspect {
        Aspect::Kind | Aspect::Type => Weight::Breaking,
        // What others may have changed, they may not change any more.
        Aspect::Attribute if difference.of == CLOSED => match &difference.from {
            None => Weight::Breaking,
            Some(_) => Weight::Words,
        },
        // Everybody's data have another column there.
        Aspect::Attribute if difference.what == "panel" && difference.of != "except" => {
            Weight::Breaking
        }
        Aspect::Whole | Aspect::Member if is_gone => Weight::Breaking,
        // A value in another unit is another kind of value to whoever overrides it.
        Aspect::Value if unit(&difference.from) != unit(&difference.to) => Weight::Breaking,
        Aspect::Formula | Aspect::Value | Aspect::Threshold | Aspect::Number
            if difference.what == "unit" =>
        {
            Weight::Breaking
        }
        Aspect::Whole
        | Aspect::Member
        | Aspect::Value
        | Aspect::Threshold
        | Aspect::Number
        | Aspect::Formula
        | Aspect::Combine
        | Aspect::Require
        | Aspect::Weight
        | Aspect::Clause
        | Aspect::Order
        | Aspect::Row
        | Aspect::Classification
        | Aspect::Attribute => Weight::Results,
        // Changes call a member that is written in its factor by its label.
        Aspect::Label
            if difference.what == "factor"
                && !difference.of.is_empty()
                && difference.from.is_some() =>
        {
            Weight::Breaking
        }
        Aspect::Label | Aspect::Citation => Weight::Words,
    })
}

/// What stands behind the number of a value: `deaths` of `1_000 deaths`.
fn unit(words: &Option<String>) -> String {
    let words = words.as_deref().unwrap_or_default();
    let rest = words.trim_start_matches(|one: char| {
        one.is_ascii_digit() || matches!(one, '_' | '.' | '-' | ' ' | '/')
    });
    rest.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_version_follows_from_what_changes() {
        let of = |weight: Weight, before: &str| weight.least(&Version::parse(before).unwrap());
        assert_eq!(of(Weight::Breaking, "1.4.2"), Version::new(2, 0, 0));
        assert_eq!(of(Weight::Results, "1.4.2"), Version::new(1, 5, 0));
        assert_eq!(of(Weight::Words, "1.4.2"), Version::new(1, 4, 3));
        assert_eq!(of(Weight::Breaking, "0.3.1"), Version::new(0, 4, 0));
        assert_eq!(of(Weight::Results, "0.3.1"), Version::new(0, 3, 2));
    }

    #[test]
    fn the_unit_of_a_value_is_what_stands_behind_its_number() {
        let of = |words: &str| unit(&Some(words.to_owned()));
        assert_eq!(of("1_000 deaths"), "deaths");
        assert_eq!(of("0.4"), "");
        assert_eq!(of("5 deaths / 100_000 people"), "deaths / 100_000 people");
        assert_eq!(unit(&None), "");
    }
}
