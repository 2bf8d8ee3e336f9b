//! The tool's own words in results, which a package may translate with its labels: `[messages]`.

use std::collections::BTreeMap;

/// Keys of `[messages]` and what stands there in English.
pub const MESSAGES: [(&str, &str); 11] = [
    ("yes", "yes"),
    ("no", "no"),
    ("unknown", "unknown"),
    ("evidence", "evidence"),
    ("as_of", "as of"),
    ("explained_above", "explained above"),
    ("would_settle", "what would settle it"),
    ("would_change", "what would change it"),
    ("since", "since"),
    ("it_was", "it was"),
    ("nothing_changed", "nothing changed it"),
];

/// Words by key, where they are translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages(pub(super) BTreeMap<String, String>);

impl Messages {
    /// What stands for a key of [`MESSAGES`].
    #[must_use]
    pub fn say(&self, key: &'static str) -> &str {
        if let Some(words) = self.0.get(key) {
            return words;
        }
        let known = MESSAGES.iter().find(|(known, _)| *known == key);
        known.map_or(key, |(_, english)| english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_translated_is_said_in_english() {
        let messages = Messages(BTreeMap::from([("yes".to_owned(), "oui".to_owned())]));
        assert_eq!(messages.say("yes"), "oui");
        assert_eq!(messages.say("would_settle"), "what would settle it");
    }
}
