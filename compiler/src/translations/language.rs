//! Languages by their tags (BCP 47): `fr`, `pt-BR`, `zh-Hant`.

use std::fmt;

/// A language's tag, as it was written; tags that differ in upper and lower case alone are the same.
#[derive(Clone, Debug)]
pub struct Language(String);

impl Language {
    /// Reads a tag: a word of 2 or 3 letters, as all languages have, then parts of 1 to 8 letters and digits.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let is_word =
            (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        (is_word && parts.all(is_part)).then(|| Self(tag.to_owned()))
    }

    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// How well this language serves those who ask for another: the number of parts that agree, where
    /// all of its own do (RFC 4647, lookup). `pt` serves `pt-BR`, and not the reverse.
    #[must_use]
    pub fn serves(&self, asked: &Self) -> Option<usize> {
        let mut asked = asked.0.split('-');
        let mut parts = 0;
        for part in self.0.split('-') {
            if !asked.next()?.eq_ignore_ascii_case(part) {
                return None;
            }
            parts += 1;
        }
        Some(parts)
    }

    fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// The tag of a language that is called by its name, in English or in its own words.
#[must_use]
pub fn tag_of(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &[&str]); 12] = [
        ("en", &["english"]),
        ("fr", &["french", "français", "francais"]),
        ("es", &["spanish", "español", "espanol"]),
        ("pt", &["portuguese", "português", "portugues"]),
        ("de", &["german", "deutsch"]),
        ("ar", &["arabic", "العربية"]),
        ("ru", &["russian", "русский"]),
        ("uk", &["ukrainian", "українська"]),
        ("zh", &["chinese", "中文"]),
        ("sw", &["swahili", "kiswahili"]),
        ("it", &["italian", "italiano"]),
        ("nl", &["dutch", "nederlands"]),
    ];
    let plain = name.trim().to_lowercase();
    let mut names = NAMES.iter();
    let found = names.find(|(_, names)| names.contains(&plain.as_str()));
    found.map(|(tag, _)| *tag)
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Language {}

impl Ord for Language {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(&other.folded())
    }
}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    #[test]
    fn tags_are_words_with_parts() {
        for tag in ["fr", "pt-BR", "zh-Hant-TW", "es-419", "kok"] {
            assert!(Language::new(tag).is_some(), "{tag}");
        }
        for text in ["", "f", "fr_FR", "français", "../fr", "fr-", "12"] {
            assert!(Language::new(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_language_serves_its_own_forms_and_not_the_reverse() {
        let serves = |own: &str, asked: &str| language(own).serves(&language(asked));
        assert_eq!(serves("pt", "pt-BR"), Some(1));
        assert_eq!(serves("pt-br", "pt-BR"), Some(2));
        assert_eq!(serves("pt-BR", "pt"), None);
        assert_eq!(serves("fr", "es"), None);
        assert_eq!(language("pt-br"), language("pt-BR"));
    }
}
