//! Rulesets that extend a package of a registry: the archives kept beside them, and the line that extends.

use super::candidate::Candidate;
use super::registry::{Fetched, Registry};
use super::signature::Key;
use super::toml::{document, point, range_of};
use crate::args::SourceArgs;
use crate::failure::Failure;
use crate::outputs::write_own;
use forewarn_compiler::package::archive::{framework, unpack};
use forewarn_compiler::package::lock::LOCK;
use forewarn_compiler::package::manifest::MANIFEST;
use forewarn_compiler::package::{can_be_called, lock_text};
use std::fs;
use std::path::{Path, PathBuf};

/// A package by its name, with all that it extends.
///
/// # Errors
/// It cannot be had, or is not what it should be.
pub fn fetch(name: &str, source: &SourceArgs) -> Result<Vec<Fetched>, Failure> {
    let key = source.key.as_deref().map(Key::of).transpose()?;
    Registry::of(source.from.as_deref()).fetch(name, &source.range, key.as_ref())
}

/// `vendor/un_atrocity-1.0.0.tar.gz`
pub fn file_of(one: &Fetched) -> String {
    format!("vendor/{}-{}.tar.gz", one.name, one.version)
}

/// Puts archives beside the rules of a folder, and points its `forewarn.toml` to them.
///
/// # Errors
/// The manifest cannot be read.
pub fn keep(folder: &Path, fetched: &[Fetched], candidate: &mut Candidate) -> Result<(), Failure> {
    let path = folder.join(MANIFEST);
    let mut manifest = document(&path)?;
    for one in fetched {
        let file = file_of(one);
        candidate.put(&folder.join(&file), one.bytes.clone());
        point(&mut manifest, &one.name, &one.version, "archive", &file);
    }
    candidate.put(&path, manifest.to_string());
    Ok(())
}

/// A rule file that extends a package and changes nothing yet, for a folder without one.
///
/// # Errors
/// The folder's path cannot be had.
pub fn overlay(folder: &Path, base: &Fetched) -> Result<(PathBuf, String), Failure> {
    let full = folder
        .canonicalize()
        .map_err(|error| Failure::file("cannot read", folder, &error))?;
    let last = full.file_name().map(|name| name.to_string_lossy());
    let mut name: String = last
        .unwrap_or_default()
        .to_lowercase()
        .chars()
        .map(|one| {
            if one.is_ascii_alphanumeric() {
                one
            } else {
                '_'
            }
        })
        .collect();
    if !can_be_called(&name) || name == base.name {
        name = format!("our_{}", base.name);
    }
    let label = name.replace('_', " ");
    let text = rules(&name, &label, base);
    Ok((folder.join(format!("{name}.risk")), text))
}

/// The rules of an overlay to begin with.
fn rules(name: &str, label: &str, base: &Fetched) -> String {
    format!(
        "// What we change of `{of}`, each with its reason; everything else holds as it stands there.\n\
         // `forewarn tree` shows what there is, `docs/packages.md` which changes can be made:\n\
         //\n\
         //   override param NAME = 500 deaths   because \"Decision 4 of the ministers\"\n\
         //   drop indicator NAME                because \"Nobody observes it here\"\n\n\
         framework {name} \"{label}\" version \"0.1.0\" extends {of} \"{range}\"\n",
        of = base.name,
        range = range_of(&base.version, ""),
    )
}

/// Makes a new folder with a ruleset that extends a package; the files that it made, with what they are.
///
/// # Errors
/// The package cannot be had, or a file cannot be written.
pub fn start(
    folder: &Path,
    name: &str,
    label: &str,
    base: &str,
    source: &SourceArgs,
) -> Result<Vec<(PathBuf, String)>, Failure> {
    let fetched = fetch(base, source)?;
    let Some(first) = fetched.first() else {
        return Ok(Vec::new());
    };
    let mut candidate = Candidate::default();
    keep(folder, &fetched, &mut candidate)?;
    let path = folder.join(format!("{name}.risk"));
    candidate.put(&path, rules(name, label, first));
    let readme = folder.join("README.md");
    let title = unpack(&first.bytes)
        .ok()
        .and_then(|contents| framework(&contents))
        .map_or_else(|| first.name.clone(), |head| head.label);
    candidate.put(&readme, introduction(name, label, &title, first, source));
    let mut made = vec![
        (
            path,
            format!("the rules: what you change of `{}`", first.name),
        ),
        (readme, "what is what".to_owned()),
        (
            folder.join(MANIFEST),
            "what it builds on, and where that lies".to_owned(),
        ),
    ];
    if let Ok(text) = lock_text(folder, &candidate) {
        let lock = folder.join(LOCK);
        candidate.put(&lock, text);
        made.push((lock, "exactly which files that are".to_owned()));
    }
    for one in &fetched {
        let words = format!("{} {}", one.name, one.version);
        made.push((folder.join(file_of(one)), words));
    }
    fs::create_dir_all(folder.join("vendor"))
        .map_err(|error| Failure::file("cannot make", folder, &error))?;
    write_own(candidate.changed())?;
    Ok(made)
}

fn introduction(
    name: &str,
    label: &str,
    title: &str,
    base: &Fetched,
    source: &SourceArgs,
) -> String {
    // The registry is where the next version will be, too, signed by the same key.
    let given = [("from", &source.from), ("key", &source.key)];
    let given = given.into_iter().filter_map(|(word, given)| {
        let given = given.as_ref()?;
        let quote = if given.contains(' ') { "\"" } else { "" };
        Some(format!(" --{word} {quote}{given}{quote}"))
    });
    let from: String = given.collect();
    format!(
        "# {label}\n\n\
         What we change of {title} ({of} {version}), with reasons. The rest holds as it stands there; an \
         archive of it is in `vendor/`, so nothing else is needed.\n\n\
         - `forewarn tree {name}`: what it builds on, and who changed what\n\
         - `forewarn check {name}`: are the rules sound?\n\
         - `forewarn test {name}`: do the tests of both still pass?\n\
         - `forewarn run {name} --data FILE`: levels by country and month\n\
         - `forewarn upgrade {name}{from}`: to a newer version of {of}\n",
        of = base.name,
        version = base.version,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_that_upgrades_asks_for_the_same_key() {
        let base = Fetched {
            name: "un".to_owned(),
            version: "1.2.0".to_owned(),
            bytes: Vec::new(),
        };
        let source = |from: Option<&str>, key: Option<&str>| SourceArgs {
            from: from.map(str::to_owned),
            key: key.map(str::to_owned),
            range: "*".to_owned(),
        };
        let told = |source: &SourceArgs| introduction("west", "West", "UN", &base, source);
        let signed = told(&source(Some("../registry"), Some("our keys/un.pub")));
        let command = "`forewarn upgrade west --from ../registry --key \"our keys/un.pub\"`";
        assert!(signed.contains(command), "{signed}");
        let plain = told(&source(None, None));
        assert!(plain.contains("`forewarn upgrade west`"), "{plain}");
    }
}
