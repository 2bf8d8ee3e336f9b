//! `forewarn translations`: a translations file with a place for everything that is missing.
//!
//! In: a ruleset, a language and the file as it is. Out: the file's text with an empty entry for each
//! text that is not translated yet, beside what is there: comments and order stay as they are.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, InlineTable, Item, Table, value};

use super::settle::{Found, find};
use super::{FOLDER, Key, Language, by_layer, load};
use crate::Settings;
use crate::diagnostics::Reports;
use crate::layers::layers;
use crate::package;
use crate::settings::Given;
use crate::source::{Files, SourceMap};

/// A translations file as it ought to be.
#[derive(Clone, Debug, Default)]
pub struct Update {
    pub path: PathBuf,
    pub text: String,
    /// How many entries are new, and how many stand empty or outdated in all.
    pub added: usize,
    pub open: usize,
    pub wanted: usize,
}

/// Reads a ruleset and its translations and adds what is missing.
///
/// # Errors
/// What is wrong with the rules or with the translations.
pub fn update(
    entry: &Path,
    language: &Language,
    files: &dyn Files,
) -> Result<Update, (SourceMap, Reports)> {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let given = Given::read(&Settings::default(), &mut package.sources, &mut reports);
    layers(&package, &given, &mut reports);
    let translations = load(&mut package, Some(language), files, &mut reports);
    let path = package.root.join(FOLDER).join(format!("{language}.toml"));
    let text = package.own_files(files).read(&path).ok();
    let text = text.map(String::from_utf8);
    let text = text.and_then(Result::ok).unwrap_or_default();
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        // It has been told that this is not TOML.
        return Err((package.sources, reports));
    };
    if reports.has_errors() {
        return Err((package.sources, reports));
    }
    let layers = by_layer(&package, &given);
    let mut update = Update {
        path,
        ..Update::default()
    };
    for (key, today) in layers.first().into_iter().flatten() {
        if !today.wanted {
            continue;
        }
        update.wanted += 1;
        match find(&translations, &layers, language, key, today) {
            Found::Translated(_) | Found::Own => continue,
            Found::Missing | Found::Outdated(..) => update.open += 1,
        }
        update.added += usize::from(put(&mut document, key, &today.label));
    }
    update.text = document.to_string();
    Ok(update)
}

/// Makes an empty entry, unless there is one.
fn put(document: &mut DocumentMut, key: &Key, label: &str) -> bool {
    let (section, name) = key.path();
    let mut table: &mut dyn toml_edit::TableLike = document.as_table_mut();
    let depth = section.len();
    for (at, part) in section.into_iter().enumerate() {
        let fresh = || {
            let mut fresh = Table::new();
            fresh.set_implicit(at + 1 < depth);
            Item::Table(fresh)
        };
        let next = table.entry(part).or_insert_with(fresh);
        let Some(next) = next.as_table_like_mut() else {
            return false;
        };
        table = next;
    }
    if table.contains_key(name) {
        return false;
    }
    let mut entry = InlineTable::new();
    entry.insert("text", "".into());
    entry.insert("of", label.into());
    table.insert(name, value(entry));
    true
}
