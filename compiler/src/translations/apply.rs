//! A framework in the words of a language.
//!
//! In: a checked framework and [`Words`]. Out: the same with other labels. Names stay as they are, and
//! nothing that is computed changes: what is written for people is all that labels are for.

use super::{Key, Words};
use crate::checked::{CheckedFramework, Named};
use crate::framework::Framework;
use crate::plan::{InputKind, Plan, Value};
use crate::types::Type;
use std::collections::BTreeMap;

/// Puts words in place of the framework's own.
pub(crate) fn apply(words: &Words, framework: &Framework<'_>, checked: &mut CheckedFramework) {
    let text = |key: &Key| words.texts.get(key);
    if let Some(label) = text(&Key::Framework(0)) {
        checked.info.label.clone_from(label);
    }
    for scale in &mut checked.scales {
        named(words, &scale.name, &mut scale.levels);
    }
    for value in &checked.values {
        if let Type::Category(id) = value.ty
            && let Some(category) = checked.categories.get_mut(id.0 as usize)
        {
            named(words, &value.name, &mut category.names);
        }
    }
    let titles: Vec<(String, String)> = framework
        .layers
        .iter()
        .zip(0..)
        .filter_map(|(own, layer)| Some((own.clone(), title(words, layer, own)?)))
        .collect();
    let sources: BTreeMap<&str, &String> = framework
        .sources
        .iter()
        .filter_map(|source| {
            let own = source
                .label
                .map_or(source.name.text.as_str(), |label| label.value.as_str());
            Some((own, text(&Key::Source(source.name.text.clone()))?))
        })
        .collect();
    for value in &mut checked.values {
        if let Some(label) = text(&Key::Label(value.name.clone())) {
            value.label.clone_from(label);
        }
        if let Some(source) = &mut value.grounds.source
            && let Some(label) = sources.get(source.as_str())
        {
            source.clone_from(label);
        }
        for change in &mut value.grounds.changes {
            if let Some((_, title)) = titles.iter().find(|(own, _)| *own == change.by) {
                change.by.clone_from(title);
            }
        }
    }
    for (key, word) in &words.texts {
        if let Key::Unit(name) = key {
            checked.units.call(name, word);
        }
    }
}

fn named(words: &Words, owner: &str, names: &mut [Named]) {
    for one in names {
        let key = Key::Level(owner.to_owned(), one.name.clone());
        if let Some(label) = words.texts.get(&key) {
            one.label.clone_from(label);
        }
    }
}

/// `Adaptation pour l'Ouest 0.3.0`: a framework's translated label, with the version that follows its
/// own.
pub(crate) fn title(words: &Words, layer: usize, own: &str) -> Option<String> {
    let label = words.texts.get(&Key::Framework(layer))?;
    let version = own.rsplit_once(' ').map(|(_, version)| version);
    let is_version = |text: &&str| text.starts_with(|first: char| first.is_ascii_digit());
    Some(match version.filter(is_version) {
        Some(version) => format!("{label} {version}"),
        None => label.clone(),
    })
}

/// Explanations call levels and categories by their names: with this, by the words of a language.
pub fn levels_in_words(words: &Words, plan: &mut Plan) {
    let rename = |owner: &str, names: &mut Vec<String>| {
        let Some(known) = words.levels.get(owner) else {
            return;
        };
        for name in names {
            if let Some(word) = known.get(name) {
                name.clone_from(word);
            }
        }
    };
    for declaration in &mut plan.declarations {
        match &mut declaration.value {
            Value::Level { scale, names, .. } => rename(&scale.clone(), names),
            Value::Category { names, .. } => rename(&declaration.name, names),
            _ => {}
        }
    }
    for input in &mut plan.inputs {
        match &mut input.kind {
            InputKind::Level { scale, names } => rename(&scale.clone(), names),
            InputKind::Category { names } => rename(&input.name, names),
            InputKind::Number
            | InputKind::Truth
            | InputKind::Verification { .. }
            | InputKind::Key { .. } => {}
        }
    }
}
