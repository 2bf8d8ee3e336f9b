//! Which files below a package's root belong to it.
//!
//! In: the names of all files below the root, and a way to read them. Out: those that belong, and of the
//! others why not. A package is its method: rules, what rules read, words, remarks. Observations, and what a run
//! or a report wrote of them, lie in the same folder all year and are no part of it, whatever they are called:
//! what a recipe reads, what a manifest says was written, what lies in `runs/` and `reports/`. A rule file may need one of
//! them all the same, as tests that read a table do; then it belongs. This is the one account of it: archives,
//! locks and fingerprints ask nobody else, so that a month's round changes none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use forewarn_grammar::ast::{ItemKind, Test, TestKind};
use glob::{MatchOptions, Pattern};
use serde_json::Value as Json;
use toml_edit::{Document, Item, Table, Value};

use super::lock::LOCK;

/// Folders of a package's root that hold what others made.
const APART: [&str; 2] = ["vendor", "target"];
/// The folder of a package's root in which data lie.
const DATA: &str = "data";
/// The folder that runs write into where nothing else is said, and the one that offices put reports into.
const WRITTEN: [&str; 2] = ["runs", "reports"];
const RUN_MANIFEST: &str = ".manifest.json";
const RUN_STATE: &str = ".state.json";

/// Why a file does not belong to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// Hidden files, the lock, archives, `vendor/` and `target/`.
    OfTools,
    /// It lies in `data/`.
    Data,
    /// A recipe reads it.
    ReadByRecipe,
    /// A run or a report wrote it.
    WrittenByRun,
}

impl Apart {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OfTools => "made by tools",
            Self::Data => "data",
            Self::ReadByRecipe => "data that a recipe reads",
            Self::WrittenByRun => "written by runs and reports",
        }
    }
}

/// What is no part of a package, with why.
pub type LeftOut = BTreeMap<String, Apart>;

/// The files that are no part of the package, of all below its root; `read` gives the text of one.
pub(super) fn left_out(all: &[String], read: &dyn Fn(&str) -> Option<String>) -> LeftOut {
    let mut found = LeftOut::new();
    for name in all {
        if let Some(why) = by_name(name) {
            found.insert(name.clone(), why);
        }
    }
    let candidates = |found: &LeftOut, stays: fn(&str) -> bool| -> Vec<String> {
        let own = all.iter().filter(|name| !found.contains_key(*name));
        own.filter(|name| !stays(name)).cloned().collect()
    };
    let mut crosswalks = BTreeSet::new();
    let open = candidates(&found, is_rules);
    for manifest in all.iter().filter(|name| name.ends_with(RUN_MANIFEST)) {
        let text = read(manifest).unwrap_or_default();
        let written = written_with(manifest, &text);
        for name in open.iter().filter(|name| written.contains(*name)) {
            found.insert(name.clone(), Apart::WrittenByRun);
        }
    }
    // A recipe that reads a whole folder reads no remarks.
    let open = candidates(&found, |name| is_rules(name) || name.ends_with(".md"));
    let recipes = all.iter().filter(|name| name.ends_with(".toml"));
    let recipes = recipes.filter(|name| !found.contains_key(*name));
    let recipes: Vec<&String> = recipes.collect();
    for recipe in recipes {
        let Some(text) = read(recipe).filter(|text| text.contains("data")) else {
            continue;
        };
        for pattern in patterns(recipe, &text, &mut crosswalks) {
            for name in open.iter().filter(|name| pattern.is_of(name)) {
                found.insert(name.clone(), Apart::ReadByRecipe);
            }
        }
    }
    keep_needed(all, &crosswalks, read, &mut found);
    found
}

/// Rules, and what says how a package is called and read: never left out for what a pattern says.
fn is_rules(name: &str) -> bool {
    name.ends_with(".risk") || name.ends_with(".toml")
}

/// What its name alone says of a file.
fn by_name(name: &str) -> Option<Apart> {
    let hidden = name.split('/').any(|part| part.starts_with('.'));
    let first = name.split_once('/').map_or("", |(first, _)| first);
    if hidden || APART.contains(&first) || name == LOCK || name.ends_with(".tar.gz") {
        return Some(Apart::OfTools);
    }
    if first == DATA {
        return Some(Apart::Data);
    }
    let written = name.ends_with(RUN_MANIFEST) || name.ends_with(RUN_STATE);
    let in_folder = WRITTEN.contains(&first) && !is_rules(name);
    (written || in_folder).then_some(Apart::WrittenByRun)
}

/// What was written together with a manifest.
fn written_with(manifest: &str, text: &str) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    let results = manifest.strip_suffix(RUN_MANIFEST).unwrap_or(manifest);
    written.insert(results.to_owned());
    let document: Json = serde_json::from_str(text).unwrap_or_default();
    let folder = manifest.rsplit_once('/').map_or("", |(folder, _)| folder);
    for part in ["results", "events"] {
        let path = document.get(part).and_then(|part| part.get("path"));
        let path = path.and_then(Json::as_str);
        written.extend(path.and_then(|path| below(folder, path)));
    }
    written
}

/// A path that is meant from a folder of the package, from the package's root; none where it leads out.
fn below(folder: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    if path.starts_with('/') || path.get(1..2) == Some(":") {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The files of a recipe, seen from the package's root.
struct Files {
    folder: String,
    pattern: Option<Pattern>,
}

impl Files {
    fn new(path: String) -> Self {
        let pattern = Pattern::new(&path).ok();
        let folder = if path.is_empty() { path } else { path + "/" };
        Self { folder, pattern }
    }

    fn is_of(&self, name: &str) -> bool {
        let options = MatchOptions {
            require_literal_separator: true,
            ..MatchOptions::new()
        };
        let fits = self.pattern.as_ref();
        fits.is_some_and(|pattern| pattern.matches_with(name, options))
            || name.starts_with(&self.folder)
    }
}

/// What the recipes of a file read, and which tables bring their keys together.
fn patterns(recipe: &str, text: &str, crosswalks: &mut BTreeSet<String>) -> Vec<Files> {
    let folder = recipe.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Ok(document) = Document::parse(text) else {
        return Vec::new();
    };
    let recipes: Vec<&Table> = match document.as_table().get("data") {
        Some(Item::ArrayOfTables(all)) => all.iter().collect(),
        Some(Item::Table(one)) => vec![one],
        Some(Item::Value(_) | Item::None) | None => Vec::new(),
    };
    let mut found = Vec::new();
    for recipe in recipes {
        let files = match recipe.get("files") {
            Some(Item::Value(Value::Array(all))) => all.iter().filter_map(Value::as_str).collect(),
            Some(Item::Value(Value::String(one))) => vec![one.value().as_str()],
            _ => Vec::new(),
        };
        found.extend(files.iter().filter_map(|path| below(folder, path)));
        let keys = recipe.get("keys").and_then(Item::as_table_like);
        let keys = keys.into_iter().flat_map(|keys| keys.iter());
        crosswalks.extend(keys.filter_map(|(_, item)| below(folder, item.as_str()?)));
    }
    found.into_iter().map(Files::new).collect()
}

/// Takes back what rules, and the spellings of keys, cannot do without.
fn keep_needed(
    all: &[String],
    crosswalks: &BTreeSet<String>,
    read: &dyn Fn(&str) -> Option<String>,
    found: &mut LeftOut,
) {
    let mut open: Vec<String> = found
        .iter()
        .filter(|(_, why)| **why != Apart::OfTools)
        .map(|(name, _)| name.clone())
        .collect();
    open.retain(|name| {
        let needed = crosswalks.contains(name);
        if needed {
            found.remove(name);
        }
        !needed
    });
    let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    let lasts: BTreeSet<String> = open.iter().map(|name| last(name)).collect();
    let rules = all.iter().filter(|name| name.ends_with(".risk"));
    for rule in rules.filter(|_| !open.is_empty()) {
        let Some(text) = read(rule) else { continue };
        // Most rule files read no table, and need not be taken apart.
        if !lasts.iter().any(|last| text.contains(last.as_str())) {
            continue;
        }
        let folder = rule.rsplit_once('/').map_or("", |(folder, _)| folder);
        for item in forewarn_grammar::parse(&text).file.items {
            if let ItemKind::Test(Test {
                kind: TestKind::File { path, .. },
                ..
            }) = item.kind
                && let Some(needed) = below(folder, &path.value)
                && found.get(&needed).is_some_and(|why| *why != Apart::OfTools)
            {
                found.remove(&needed);
            }
        }
    }
}

/// Files that look like observations, although nothing says what reads them.
#[must_use]
pub fn looks_like_data(name: &str) -> bool {
    const TABLES: [&str; 13] = [
        "csv", "tsv", "json", "ndjson", "jsonl", "parquet", "arrow", "feather", "xlsx", "xls",
        "ods", "html", "dta",
    ];
    let path = name.trim_end_matches(".gz").trim_end_matches(".zst");
    Path::new(path)
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| TABLES.contains(&ending.to_lowercase().as_str()))
}

/// The folder of the root that a file lies in, or its own name.
#[must_use]
pub fn first_part(name: &str) -> String {
    let mut parts = Path::new(name).components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(first)), Some(_)) => format!("{}/", first.to_string_lossy()),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str =
        "framework f \"F\" version \"1.0.0\"\ntest \"Known\" from \"in/known.csv\"\n";
    const RECIPE: &str =
        "[[data]]\nfiles = [\"in/*.csv\", \"weekly\"]\nkeys = { valley = \"in/names.csv\" }\n";
    const MANIFEST: &str =
        "{\"results\": {\"path\": \"out.csv\"}, \"events\": {\"path\": \"../moves.csv\"}}";

    fn belonging(all: &[&str]) -> Vec<String> {
        let names: Vec<String> = all.iter().map(|name| (*name).to_owned()).collect();
        let read = |name: &str| match name {
            "f.risk" => Some(RULES.to_owned()),
            "forewarn.toml" => Some(RECIPE.to_owned()),
            "sent/out.csv.manifest.json" => Some(MANIFEST.to_owned()),
            _ => None,
        };
        let apart = left_out(&names, &read);
        let own = names.iter().filter(|name| !apart.contains_key(*name));
        own.cloned().collect()
    }

    #[test]
    fn data_and_what_was_vendored_are_no_part_of_a_package() {
        let own = [
            "forewarn.toml",
            "list.risk",
            "factors/state.risk",
            "translations/fr.toml",
            "cases.csv",
            "data.csv",
            "runs/pace.risk",
        ];
        assert_eq!(belonging(&own), own);
        let other = [
            "data/panel.csv",
            "vendor/un-1.0.0.tar.gz",
            ".git/config",
            "a/.x",
            "forewarn.lock",
            "p-1.0.0.tar.gz",
        ];
        assert_eq!(belonging(&other), [""; 0]);
    }

    #[test]
    fn what_recipes_read_and_runs_write_is_no_part_of_a_package() {
        let all = [
            "f.risk",
            "forewarn.toml",
            "in/2031-02.csv",
            "in/deep/2031-02.csv",
            "in/known.csv",
            "in/names.csv",
            "moves.csv",
            "note.md",
            "out.csv",
            "reports/2031-02-moved.txt",
            "runs/2031-02/results.csv",
            "sent/told.md",
            "sent/told.md.manifest.json",
            "sent/out.csv",
            "sent/out.csv.manifest.json",
            "sent/out.csv.state.json",
            "weekly/deep/rows.parquet",
            "weekly/note.md",
        ];
        let own = [
            "f.risk",
            "forewarn.toml",
            "in/deep/2031-02.csv",
            "in/known.csv",
            "in/names.csv",
            "note.md",
            "out.csv",
            "weekly/note.md",
        ];
        assert_eq!(belonging(&all), own);
    }
}
