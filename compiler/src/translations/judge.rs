//! `check --translations`: what is missing, outdated, or of nothing.
//!
//! In: all translations of a package. Out: reports. Entries of nothing are told where they stand, in
//! the package's own files: those of a package it extends are told when that is checked.

use super::settle::{ByLayer, Found, find};
use super::{Entry, FOLDER, Key, Language, Translatable, Translations};
use crate::diagnostics::Reports;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::translations::{
    OfDropped, OfNothing, TranslationOutdated, TranslationsMissing,
};
use crate::framework::Framework;
use crate::package::{Package, shown};

/// Judges every language that there is a file of.
pub(crate) fn judge(
    package: &Package,
    framework: &Framework<'_>,
    translations: &Translations,
    layers: &ByLayer,
    reports: &mut Reports,
) {
    let Some(own) = layers.first() else { return };
    // What a mistyped name probably stands for is not told again as missing.
    let meant = keys(framework, translations, layers, reports);
    for language in translations.languages() {
        let mut missing = Vec::new();
        let wanted = own.iter().filter(|(_, today)| today.wanted);
        let count = wanted.clone().count();
        for (key, today) in wanted {
            match find(translations, layers, &language, key, today) {
                Found::Translated(_) | Found::Own => {}
                Found::Missing if meant.contains(&(&language, key.clone())) => {}
                Found::Missing => missing.push(key.to_string()),
                Found::Outdated(file, entry, of) => {
                    reports.add(TranslationOutdated {
                        key: key.to_string(),
                        language: language.to_string(),
                        text: entry.text.value.clone(),
                        of: of.to_owned(),
                        today: today.label.clone(),
                        span: entry.span,
                        declared: today.span,
                        is_own: file.layer == 0,
                    });
                }
            }
        }
        if !missing.is_empty() {
            reports.add(TranslationsMissing {
                file: file_of(package, translations, &language),
                rules: shown(&package.root),
                language: language.to_string(),
                missing,
                wanted: count,
            });
        }
    }
}

/// Tells entries of nothing; gives what they were probably meant for.
pub(crate) fn keys<'t>(
    framework: &Framework<'_>,
    translations: &'t Translations,
    layers: &ByLayer,
    reports: &mut Reports,
) -> Vec<(&'t Language, Key)> {
    let mut meant: Vec<(&Language, Key)> = Vec::new();
    let Some(own) = layers.first() else {
        return meant;
    };
    for file in translations.files.iter().filter(|file| file.layer == 0) {
        for entry in &file.entries {
            if !own.contains_key(&entry.key) {
                let key = of_nothing(entry, framework, own, reports);
                meant.extend(key.map(|key| (&file.language, key)));
            }
        }
    }
    meant
}

/// The package's own file of a language, whether it is there or not.
fn file_of(package: &Package, translations: &Translations, language: &Language) -> String {
    let mut files = translations.files.iter();
    let own = files.find(|file| file.layer == 0 && file.language == *language);
    let path = package.root.join(FOLDER).join(format!("{language}.toml"));
    own.map_or_else(|| shown(&path), |file| file.name.clone())
}

/// Tells that an entry translates nothing; gives what was probably meant.
fn of_nothing(
    entry: &Entry,
    framework: &Framework<'_>,
    own: &std::collections::BTreeMap<Key, Translatable>,
    reports: &mut Reports,
) -> Option<Key> {
    let dropped = entry
        .key
        .declaration()
        .and_then(|name| framework.dropped.get(name));
    if let (Some(name), Some(dropped)) = (entry.key.declaration(), dropped) {
        reports.add(OfDropped {
            what: dropped.what.clone(),
            name: name.to_owned(),
            span: entry.span,
            dropped: dropped.dropped,
            declared: dropped.declared,
        });
        return None;
    }
    let (section, name) = entry.key.path();
    let known: Vec<&str> = own
        .keys()
        .filter(|key| key.path().0 == section)
        .map(|key| key.path().1)
        .collect();
    let scales: Vec<&str> = own
        .keys()
        .filter_map(|key| match key {
            Key::Level(scale, _) => Some(scale.as_str()),
            Key::Framework(_)
            | Key::Label(_)
            | Key::Unit(_)
            | Key::Source(_)
            | Key::Docs(_)
            | Key::Message(_) => None,
        })
        .collect();
    let (what, name, suggestion) = match &entry.key {
        Key::Level(scale, _) if !scales.contains(&scale.as_str()) => {
            let near = suggest(scale, scales.iter().copied());
            ("a scale or a category".to_owned(), scale.as_str(), near)
        }
        Key::Level(scale, level) => {
            let near = suggest(level, known.iter().copied());
            (format!("a level of `{scale}`"), level.as_str(), near)
        }
        Key::Framework(_) => ("a label of the framework".to_owned(), "label", None),
        Key::Unit(_) => (
            "a unit".to_owned(),
            name,
            suggest(name, known.iter().copied()).or_else(|| {
                let mut known = known.iter().copied();
                known.find(|known| crate::diagnostics::units::same(known, name))
            }),
        ),
        Key::Source(_) => (
            "a source with a label".to_owned(),
            name,
            suggest(name, known.iter().copied()),
        ),
        Key::Docs(_) => (
            "a documented declaration".to_owned(),
            name,
            suggest(name, known.iter().copied()),
        ),
        Key::Label(_) | Key::Message(_) => (
            "a value".to_owned(),
            name,
            suggest(name, known.iter().copied()),
        ),
    };
    let meant = suggestion.map(|near| match &entry.key {
        Key::Level(scale, _) if scales.contains(&scale.as_str()) => {
            Key::Level(scale.clone(), near.to_owned())
        }
        Key::Level(_, level) => Key::Level(near.to_owned(), level.clone()),
        Key::Label(_) => Key::Label(near.to_owned()),
        Key::Unit(_) => Key::Unit(near.to_owned()),
        Key::Source(_) => Key::Source(near.to_owned()),
        other @ (Key::Framework(_) | Key::Docs(_) | Key::Message(_)) => other.clone(),
    });
    reports.add(OfNothing {
        section: section.join("."),
        what,
        name: name.to_owned(),
        span: entry.span,
        suggestion: suggestion.map(str::to_owned),
        known: match &entry.key {
            Key::Level(scale, _) if !scales.contains(&scale.as_str()) => {
                let each: std::collections::BTreeSet<&str> = scales.iter().copied().collect();
                each.into_iter().map(str::to_owned).collect()
            }
            Key::Level(..) | Key::Unit(_) | Key::Source(_) => {
                known.iter().map(|name| (*name).to_owned()).collect()
            }
            Key::Framework(_) | Key::Docs(_) | Key::Label(_) | Key::Message(_) => Vec::new(),
        },
    });
    meant
}
