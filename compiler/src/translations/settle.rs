//! From translations to the words of one language.
//!
//! In: what can be translated and what is. Out: for each text the words that a reader sees, and what
//! there are no such words for.

use std::collections::BTreeMap;

use super::{Entry, Key, Language, Messages, Translatable, Translations, TranslationsFile, keys};
use crate::diagnostics::Reports;
use crate::diagnostics::translations::UnknownLanguage;
use crate::framework;
use crate::overlay::Selection;
use crate::package::Package;
use crate::settings::Given;
use crate::source::Files;

/// What can be translated, as each package leaves it: [`Translations::own`] tells whose is whose.
pub(crate) type ByLayer = Vec<BTreeMap<Key, Translatable>>;

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The language's tag.
    pub language: String,
    /// What a reader sees in place of the package's own words.
    pub texts: BTreeMap<Key, String>,
    pub messages: Messages,
    /// Levels by scale, and names of categories by indicator, in words: translated, or the package's
    /// own where they are not.
    pub levels: BTreeMap<String, BTreeMap<String, String>>,
    /// So many texts results may show, and so many of them are in another language.
    pub wanted: usize,
    pub missing: usize,
    /// How many of the missing ones have a translation, of another text than today's.
    pub outdated: usize,
}

/// What there is for one text in one language.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'t> {
    Translated(&'t str),
    /// The package's own words are of that language.
    Own,
    /// The nearest translation there is, of another text than today's: whose it is, and of what.
    Outdated(&'t TranslationsFile, &'t Entry, &'t str),
    Missing,
}

/// Everything that can be translated, as the package and each that it extends leave it, and each that is used.
pub(crate) fn by_layer(package: &Package, given: &Given) -> ByLayer {
    let of = |package: &Package, layer: usize| {
        let (all, mut told) = (Selection::All, Reports::default());
        let framework = framework::gather_from(package, layer, all, given, &mut told);
        keys::all(package, &framework, layer)
    };
    let extended = (0..=package.members.len()).map(|layer| of(package, layer));
    let used = package.libraries.iter();
    let used = used.map(|library| of(&package.alone(library), 0));
    extended.chain(used).collect()
}

/// What there is for a text, the nearest package's translation first.
pub(super) fn find<'t>(
    translations: &'t Translations,
    layers: &'t ByLayer,
    language: &Language,
    key: &Key,
    today: &Translatable,
) -> Found<'t> {
    let extended = translations.extended;
    let files = translations.files.iter();
    let files = files.filter(|file| file.layer < extended || file.layer == today.layer);
    let mut files: Vec<(usize, &TranslationsFile)> = files
        .filter_map(|file| Some((file.language.serves(language)?, file)))
        .collect();
    files.sort_by_key(|(parts, file)| (file.layer, std::cmp::Reverse(*parts)));
    let mut outdated = None;
    for (_, file) in files {
        let entry = file.entries.iter().find(|entry| entry.key == *key);
        let Some(entry) = entry.filter(|entry| !entry.text.value.is_empty()) else {
            continue;
        };
        // What it does not say itself, it was written for: the text as its package leaves it.
        let then = layers.get(file.layer).and_then(|layer| layer.get(key));
        let of = entry.of.as_ref().map(|of| of.value.as_str());
        let of = of.or(then.map(|then| then.label.as_str()));
        match of {
            Some(of) if same(of, &today.label) => return Found::Translated(&entry.text.value),
            Some(of) if outdated.is_none() => outdated = Some(Found::Outdated(file, entry, of)),
            _ => {}
        }
    }
    let own = translations.own.get(today.layer).and_then(Option::as_ref);
    if today.span.is_some() && own.is_some_and(|own| own.serves(language).is_some()) {
        return Found::Own;
    }
    outdated.unwrap_or(Found::Missing)
}

/// Texts that differ in blanks alone are the same.
fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// The words of a language.
pub(crate) fn words(translations: &Translations, layers: &ByLayer, language: &Language) -> Words {
    let mut words = Words {
        language: language.to_string(),
        ..Words::default()
    };
    let Some(own) = layers.first() else {
        return words;
    };
    for (key, today) in own {
        let found = find(translations, layers, language, key, today);
        let text = match found {
            Found::Translated(text) => Some(text),
            Found::Own | Found::Outdated(..) | Found::Missing => None,
        };
        if today.wanted {
            words.wanted += 1;
            words.missing += usize::from(matches!(found, Found::Missing | Found::Outdated(..)));
            words.outdated += usize::from(matches!(found, Found::Outdated(..)));
        }
        if let Key::Level(scale, level) = key {
            let levels = words.levels.entry(scale.clone()).or_default();
            levels.insert(level.clone(), text.unwrap_or(&today.label).to_owned());
        }
        match (text, key) {
            (Some(text), Key::Message(name)) => {
                words.messages.0.insert(name.clone(), text.to_owned());
            }
            (Some(text), _) => {
                words.texts.insert(key.clone(), text.to_owned());
            }
            (None, _) => {}
        }
    }
    words
}

/// Tells that nothing is in the language asked for; `None` where something is.
pub(crate) fn unknown_language(
    asked: &str,
    package: &Package,
    translations: &Translations,
    files: &dyn Files,
) -> Option<UnknownLanguage> {
    let language = Language::new(asked);
    let own = translations.own.iter().take(translations.extended);
    let own = own.flatten();
    let is_known = language.is_some_and(|asked| {
        let mut own = own.clone();
        let files = translations.languages();
        files.iter().any(|one| one.serves(&asked).is_some())
            || own.any(|own| own.serves(&asked).is_some())
    });
    if is_known {
        return None;
    }
    let mut known = super::read::names(package, files);
    known.extend(own.cloned());
    known.sort();
    known.dedup();
    Some(UnknownLanguage {
        language: asked.to_owned(),
        known: known.iter().map(Language::to_string).collect(),
    })
}
