//! What an output must not replace.
//!
//! In: where it goes and what the command reads. Out: nothing, or why it is refused. Files of a ruleset
//! are looked up only where something stands in the place already, since nothing else can be lost.

use super::Role;
use super::place::{Place, Real};
use crate::failure::Failure;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::{framework, unpack};
use forewarn_compiler::package::{load, lock::LOCK, manifest::MANIFEST as PACKAGE};
use forewarn_diagnostics::Reports;
use std::path::Path;

/// What follows the name of results in that of their manifest.
pub const MANIFEST: &str = ".manifest.json";

/// What a command reads.
#[derive(Clone, Debug, Default)]
pub struct Reads<'a> {
    /// Rulesets.
    pub rules: Vec<&'a Path>,
    pub data: Vec<&'a Path>,
    /// Manifests of earlier runs.
    pub manifests: Vec<&'a Path>,
}

/// Refuses what would be lost.
///
/// # Errors
/// What it is.
pub fn look(role: Role, place: &Place, reads: &Reads<'_>) -> Result<(), Failure> {
    let Real::File { path, .. } = &place.real else {
        return Ok(());
    };
    if role == Role::Own {
        return Ok(());
    }
    let shown = place.shown.display();
    let refuse = |what: &str| {
        let message = format!("{shown} {what}");
        Err(Failure::new(message).help(format!("name another file for {}", role.words())))
    };
    if reads.data.iter().any(|data| place.is(data)) {
        return refuse("is the data itself");
    }
    if reads.manifests.iter().any(|manifest| place.is(manifest)) {
        return refuse("is read for its goalposts");
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    if name.ends_with(".risk") || name == PACKAGE || name == LOCK {
        return refuse("would be a file of a ruleset");
    }
    match role {
        Role::Results | Role::Events | Role::Spreadsheet | Role::Coverage
            if name.ends_with(MANIFEST) =>
        {
            return refuse("would be the manifest of other results");
        }
        Role::Manifest if place.is_there() && !is_manifest(path) => {
            let message = format!("{shown} is there already, and is no manifest");
            return Err(Failure::new(message).help("name another file for the results"));
        }
        Role::Manifest
            if place.is_there()
                && let Some(other) = of_other_results(path, &place.shown) =>
        {
            let message = format!(
                "{shown} is there already, and is the manifest of other results, `{other}`"
            );
            return Err(Failure::new(message).help(
                "keep it beside its results, under their name: what it records of them is nowhere else; or name \
                 another file for the results",
            ));
        }
        Role::State if place.is_there() && !crate::state::is_state(path) => {
            let message = format!("{shown} is there already, and is no state of a run");
            return Err(Failure::new(message).help("name another file for the results"));
        }
        Role::Package if place.is_there() => another_package(place, reads)?,
        Role::Results | Role::Events | Role::Spreadsheet | Role::Coverage
            if place.is_there() && is_packed(path) && !is_workbook(path) =>
        {
            return refuse("is an archive");
        }
        Role::Results
        | Role::Events
        | Role::Spreadsheet
        | Role::Manifest
        | Role::State
        | Role::Coverage
        | Role::Package
        | Role::Own => {}
    }
    if place.is_there()
        && let Some(what) = reads
            .rules
            .iter()
            .find_map(|rules| of_ruleset(place, rules))
    {
        return refuse(what);
    }
    Ok(())
}

/// Is the file one that a ruleset, or what it builds on, consists of?
fn of_ruleset(place: &Place, rules: &Path) -> Option<&'static str> {
    if place.is(rules) {
        return Some("is the ruleset itself");
    }
    let mut reports = Reports::default();
    let package = load(rules, &DiskFiles, &mut reports);
    let mut files = package.sources.iter();
    if files.any(|(_, file)| place.is(Path::new(&file.name))) {
        return Some("is a file of the ruleset");
    }
    let mut archives = package.built_on().map(|one| Path::new(&one.root));
    if archives.any(|archive| archive.is_file() && place.is(archive)) {
        return Some("is a package that the ruleset builds on");
    }
    let tables = package.tables();
    let is_table = tables.iter().any(|table| place.is(table));
    is_table.then_some("is a table that the ruleset's tests read")
}

/// Has it the form of a manifest of this program, of whatever version?
fn is_manifest(path: &Path) -> bool {
    let text = std::fs::read(path).unwrap_or_default();
    // An empty file is what a full disk or an editor leaves: nothing is lost with it.
    if text.is_empty() {
        return true;
    }
    let value: Result<serde_json::Value, _> = serde_json::from_slice(&text);
    value.is_ok_and(|value| value.get("manifest").is_some() && value.get("forewarn").is_some())
}

/// The results that a manifest is of, where they are called otherwise than the manifest says by its own name.
fn of_other_results(path: &Path, shown: &Path) -> Option<String> {
    let text = std::fs::read(path).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&text).ok()?;
    let results = value.pointer("/results/path")?.as_str()?;
    let name = results.rsplit(['/', '\\']).next()?;
    // A link may be called otherwise than what it leads to.
    let mut own = [path, shown]
        .into_iter()
        .filter_map(|path| path.file_name()?.to_str()?.strip_suffix(MANIFEST));
    own.all(|own| own != name).then(|| results.to_owned())
}

/// Packed by gzip or zip?
fn is_packed(path: &Path) -> bool {
    let mut first = [0; 4];
    let read = std::fs::File::open(path)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut first));
    read.is_ok() && (first.starts_with(&[0x1F, 0x8B]) || &first == b"PK\x03\x04")
}

/// Results or a report of before: packed, too, and the names of what is packed stand in it as they are.
fn is_workbook(path: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    let names = b"[Content_Types].xml";
    bytes.windows(names.len()).any(|part| part == names)
}

/// A package replaces an earlier one of the same framework alone.
fn another_package(place: &Place, reads: &Reads<'_>) -> Result<(), Failure> {
    let Real::File { path, .. } = &place.real else {
        return Ok(());
    };
    let help = "name another file for the package";
    let contents = std::fs::read(path).ok().and_then(|bytes| {
        if bytes.is_empty() {
            return Some(None);
        }
        unpack(&bytes).ok().map(Some)
    });
    let shown = place.shown.display();
    let Some(contents) = contents else {
        let message = format!("{shown} is there already, and is no package");
        return Err(Failure::new(message).help(help));
    };
    let theirs = contents.as_ref().and_then(framework).map(|head| head.name);
    let own = reads.rules.first().and_then(|rules| {
        let package = load(rules, &DiskFiles, &mut Reports::default());
        let (_, head) = forewarn_compiler::package::head(&package.modules, 0)?;
        Some(head.name.text.clone())
    });
    match (theirs, own) {
        (Some(theirs), Some(own)) if theirs != own => {
            let message = format!("{shown} is the package `{theirs}`, and these rules are `{own}`");
            Err(Failure::new(message).help(help))
        }
        _ => Ok(()),
    }
}
