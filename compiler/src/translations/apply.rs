//! A framework in the words of a language.
//!
//! In: a checked framework and [`Words`]. Out: the same with other labels. Names stay as they are, and
//! nothing that is computed changes: what is written for people is all that labels are for.

use super::{Key, Words};
use crate::checked::{CheckedFramework, Named};
use crate::framework::Framework;
use crate::plan::outline::{Held, Term};
use crate::plan::{InputKind, Outline, Plan, Value};
use crate::types::Type;
use std::collections::BTreeMap;

/// Puts words in place of the framework's own.
pub(crate) fn apply(words: &mut Words, framework: &Framework<'_>, checked: &mut CheckedFramework) {
    categories(words, checked);
    let words = &*words;
    let text = |key: &Key| words.texts.get(key);
    if let Some(label) = text(&Key::Framework(0)) {
        checked.info.label.clone_from(label);
    }
    for scale in &mut checked.scales {
        named(words, &scale.name, &mut scale.levels);
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

/// Categories' words are found under the name that they are declared by: that of an indicator, or one of their own,
/// which then are the words of every value of that kind.
fn categories(words: &mut Words, checked: &mut CheckedFramework) {
    for value in &checked.values {
        let Type::Category(id) = value.ty else {
            continue;
        };
        let Some(category) = checked.categories.get_mut(id.0 as usize) else {
            continue;
        };
        if category.name.is_empty() {
            named(words, &value.name, &mut category.names);
            continue;
        }
        named(words, &category.name, &mut category.names);
        if let Some(shared) = words.levels.get(&category.name).cloned() {
            words.levels.entry(value.name.clone()).or_insert(shared);
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
    let in_words = |owner: &str, value: &mut Value| match value {
        Value::Level { scale, names, .. } => rename(&scale.clone(), names),
        Value::Category { names, .. } => rename(owner, names),
        Value::Number { .. }
        | Value::Truth { .. }
        | Value::Count { .. }
        | Value::Between { .. } => {}
    };
    for declaration in &mut plan.declarations {
        in_words(&declaration.name, &mut declaration.value);
        for row in declaration
            .table
            .iter_mut()
            .flat_map(|table| &mut table.rows)
        {
            in_words(&declaration.name, &mut row.then);
        }
    }
    let owners: Vec<String> = (0..plan.outlines.len())
        .map(|at| category_of(&plan.outlines, at))
        .collect();
    for (outline, owner) in plan.outlines.iter_mut().zip(&owners) {
        match &mut outline.held {
            Held::One(value) => in_words(owner, value),
            Held::Several(items) => {
                for item in items {
                    in_words(owner, &mut item.value);
                }
            }
        }
    }
    for outline in 0..plan.outlines.len() {
        literals(&mut plan.outlines, outline, &owners, &in_words);
    }
    for input in &mut plan.inputs {
        match &mut input.kind {
            InputKind::Level { scale, names } => rename(&scale.clone(), names),
            InputKind::Category { names } => rename(&input.name, names),
            InputKind::Number
            | InputKind::Truth
            | InputKind::Verification { .. }
            | InputKind::Applies { .. }
            | InputKind::Age { .. }
            | InputKind::Key { .. } => {}
        }
    }
}

/// Whose names a category that a term holds has: those of the value that is named.
fn category_of(outlines: &[Outline], at: usize) -> String {
    match outlines.get(at).map(|outline| &outline.term) {
        Some(Term::Named(to)) => to.name.clone(),
        _ => String::new(),
    }
}

/// Names that a value is compared with are in that value's words.
fn literals(
    outlines: &mut [Outline],
    at: usize,
    owners: &[String],
    in_words: &impl Fn(&str, &mut Value),
) {
    let Some(outline) = outlines.get(at) else {
        return;
    };
    if !matches!(outline.term, Term::Compare(_)) {
        return;
    }
    let operands: Vec<usize> = outline.operands.iter().map(|id| id.0 as usize).collect();
    let owner = operands.iter().filter_map(|at| owners.get(*at));
    let Some(owner) = owner.clone().find(|owner| !owner.is_empty()) else {
        return;
    };
    for at in operands {
        if let Some(outline) = outlines.get_mut(at)
            && outline.term == Term::Literal
            && let Held::One(value @ Value::Category { .. }) = &mut outline.held
        {
            in_words(owner, value);
        }
    }
}
