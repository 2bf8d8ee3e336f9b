//! The report's own words in the languages that it speaks.
//!
//! In: a language tag. Out: [`Words`]: what stands for each key, with places for what is put in; the names of
//! months; the marks in numbers. The files beside this one hold nothing but texts: each has the same keys, and
//! the same places in each (a test holds them to it). No sentence needs a plural of what it counts.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use toml_edit::DocumentMut;

use crate::rich::{Rich, Span};

/// The languages, by tag, with their texts.
const FILES: [(&str, &str); 7] = [
    ("en", include_str!("en.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
    ("ar", include_str!("ar.toml")),
    ("ru", include_str!("ru.toml")),
    ("zh", include_str!("zh.toml")),
    ("pt", include_str!("pt.toml")),
];

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    tag: String,
    texts: BTreeMap<String, String>,
    months: Vec<String>,
    short_months: Vec<String>,
}

impl Words {
    /// The tags of the languages that there are words of.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(tag, _)| *tag)
    }

    /// Are there words of a language? `pt-BR` is served by `pt`.
    #[must_use]
    pub fn has(tag: &str) -> bool {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        Self::languages().any(|own| own.eq_ignore_ascii_case(first))
    }

    /// Of a language: `pt-BR` is served by `pt`. What there are no words of is said in English.
    #[must_use]
    pub fn of(tag: &str) -> &'static Self {
        static ALL: OnceLock<Vec<Words>> = OnceLock::new();
        static NONE: OnceLock<Words> = OnceLock::new();
        let all = ALL.get_or_init(|| FILES.iter().map(|(tag, text)| read(tag, text)).collect());
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        let own = all.iter().find(|one| one.tag.eq_ignore_ascii_case(first));
        own.or(all.first())
            .unwrap_or_else(|| NONE.get_or_init(Words::default))
    }

    /// The tag of these words.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Do people read them from right to left?
    #[must_use]
    pub fn rtl(&self) -> bool {
        self.text("direction") == "rtl"
    }

    /// What stands for a key.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// The same as a text.
    #[must_use]
    pub fn say(&self, key: &str) -> Rich {
        Span::Words(self.text(key).to_owned()).into()
    }

    /// What stands for a key, with its places filled.
    #[must_use]
    pub fn fill(&self, key: &str, with: &[(&str, Rich)]) -> Rich {
        let mut spans = Vec::new();
        let mut rest = self.text(key);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((place, behind)) = after.split_once('}') else {
                break;
            };
            let found = with.iter().find(|(name, _)| *name == place);
            let value = found.and_then(|(_, rich)| rich.0.first());
            spans.push(Span::Words(self.before(before, value.map(Span::text))));
            spans.extend(found.into_iter().flat_map(|(_, rich)| rich.0.clone()));
            rest = behind;
        }
        spans.push(Span::Words(rest.to_owned()));
        spans.retain(|span| !span.text().is_empty());
        Rich(spans)
    }

    /// Words before a value; in French `de` loses its vowel before one, as in `d’octobre`. Names in capitals are left
    /// alone: they may be codes.
    fn before(&self, words: &str, value: Option<&str>) -> String {
        let first = value.and_then(|value| value.chars().next());
        let vowel = first.is_some_and(|letter| "aàâeéèêiîoôuû".contains(letter));
        match words.strip_suffix("de ") {
            Some(rest) if vowel && self.tag == "fr" && (rest.is_empty() || rest.ends_with(' ')) => {
                format!("{rest}d’")
            }
            Some(_) | None => words.to_owned(),
        }
    }

    /// Of a month, 0 for January.
    #[must_use]
    pub fn month(&self, at: usize, short: bool) -> &str {
        let names = if short {
            &self.short_months
        } else {
            &self.months
        };
        names.get(at).map_or("", String::as_str)
    }
}

fn read(tag: &str, text: &str) -> Words {
    let mut words = Words {
        tag: tag.to_owned(),
        ..Words::default()
    };
    let Ok(document) = text.parse::<DocumentMut>() else {
        return words;
    };
    for (key, item) in document.iter() {
        if let Some(text) = item.as_str() {
            words.texts.insert(key.to_owned(), text.to_owned());
        }
        let list = item.as_array().into_iter().flatten();
        let list = list.filter_map(|value| value.as_str().map(str::to_owned));
        match key {
            "months" => words.months = list.collect(),
            "short_months" => words.short_months = list.collect(),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn places(text: &str) -> BTreeSet<&str> {
        let parts = text.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }

    #[test]
    fn every_language_says_everything_with_the_same_places() {
        let english = Words::of("en");
        assert!(english.texts.len() > 100);
        for tag in Words::languages() {
            let words = Words::of(tag);
            assert_eq!(words.tag(), tag);
            assert_eq!(
                (words.months.len(), words.short_months.len()),
                (12, 12),
                "{tag}"
            );
            let keys = |words: &Words| words.texts.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(words), keys(english), "{tag}");
            for (key, text) in &words.texts {
                assert!(!text.is_empty() || key == "group", "{tag}: {key}");
                assert_eq!(places(text), places(english.text(key)), "{tag}: {key}");
            }
        }
    }

    #[test]
    fn every_text_is_used() {
        let mut source = String::new();
        let mut open = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|end| end == "rs") {
                    source.push_str(&std::fs::read_to_string(path).unwrap());
                }
            }
        }
        let unused: Vec<_> = Words::of("en")
            .texts
            .keys()
            .filter(|key| !source.contains(&format!("\"{key}\"")))
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn languages_serve_their_own_forms_and_english_the_others() {
        assert_eq!(Words::of("pt-BR").tag(), "pt");
        assert_eq!(Words::of("FR").tag(), "fr");
        assert_eq!(Words::of("sw").tag(), "en");
        assert!(Words::of("ar").rtl() && !Words::of("zh").rtl());
    }
}
