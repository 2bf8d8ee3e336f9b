//! What an output must not replace.
//!
//! In: where it goes and what the command reads. Out: nothing, or why it is refused. Files of a ruleset
//! are looked up only where something stands in the place already, since nothing else can be lost.

use super::names::{MANIFEST, manifest_beside};
use super::place::{Place, Real};
use super::role::Role;
use crate::args::DataArgs;
use crate::failure::Failure;
use crate::manifest::Recorded;
use forewarn::state::{NOTHING, file_of};
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::{framework, unpack};
use forewarn_compiler::package::{load, lock::LOCK};
use forewarn_diagnostics::Reports;
use std::path::{Path, PathBuf};

/// The title of a page of coverage.
pub const COVERAGE_TITLE: &str = "<title>What the tests show</title>";
/// What a command reads.
#[derive(Clone, Debug, Default)]
pub struct Reads<'a> {
    /// Rulesets.
    pub rules: Vec<&'a Path>,
    pub data: Vec<&'a Path>,
    /// Manifests of earlier runs.
    pub manifests: Vec<&'a Path>,
    /// Other files, each with what it is.
    pub others: Vec<(PathBuf, &'static str)>,
}

impl<'a> Reads<'a> {
    /// What a command reads that reads data by rules.
    pub fn of(rules: &'a Path, data: &'a DataArgs, goalposts: Option<&'a Path>) -> Self {
        let mut others = Vec::new();
        let reading = &data.reading;
        let recipes = reading.recipes.iter().map(|recipes| &recipes.path);
        for path in recipes.chain(&reading.recipes_from) {
            others.push((path.clone(), "is the recipe by which data are read"));
        }
        let own = reading.sources.iter().map(|source| &source.recipe);
        let crosswalks = own.flat_map(|recipe| &recipe.crosswalks);
        let files = crosswalks.filter_map(|(_, table)| table.file().map(Path::to_owned));
        let typed = reading.recipe.crosswalk.iter();
        let files = files.chain(typed.map(|(_, table)| PathBuf::from(table)));
        others.extend(files.map(|file| (file, "is a crosswalk by which keys are read")));
        if let Some(named) = data.state.as_deref().filter(|named| *named != NOTHING)
            && let Ok(state) = file_of(Path::new(named))
        {
            let text = state.to_string_lossy();
            let results = text.strip_suffix(STATE).map(PathBuf::from);
            others.extend(
                run(results.as_deref())
                    .into_iter()
                    .map(|file| (file, OF_STATE)),
            );
            others.push((state, OF_STATE));
        }
        Self {
            rules: vec![rules],
            data: data.data.iter().map(PathBuf::as_path).collect(),
            manifests: goalposts.into_iter().collect(),
            others,
        }
    }

    /// And the results that they are compared with.
    pub fn compared_with(&mut self, results: &Path) {
        let files = run(Some(results)).into_iter();
        self.others
            .extend(files.map(|file| (file, "is of the earlier run that it is compared with")));
    }
}

/// What follows the name of results in that of their state.
const STATE: &str = ".state.json";
const OF_STATE: &str = "is of the run that this one goes on from";

/// The files of a run.
fn run(results: Option<&Path>) -> Vec<PathBuf> {
    let Some(results) = results else {
        return Vec::new();
    };
    let manifest = manifest_beside(results);
    let recorded = Recorded::read(&manifest).ok();
    let events = recorded.and_then(|recorded| {
        let events = recorded.document.events.as_ref()?;
        Some(recorded.seen_here(&events.path))
    });
    let own = [results.to_owned(), manifest, crate::state::beside(results)];
    own.into_iter().chain(events).collect()
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
    if let Some((_, what)) = reads.others.iter().find(|(path, _)| place.is(path)) {
        return refuse(what);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    // Rules, and what says how they are called, packed, read and translated.
    if name.ends_with(".risk") || name.ends_with(".toml") || name == LOCK {
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
    if role == Role::Coverage && place.is_there() && !is_coverage(path) {
        let message = format!("{shown} is there already, and is no report of coverage");
        return Err(Failure::new(message).help("name another file for the coverage"));
    }
    Ok(())
}

/// Is it a report of coverage, in any of its forms?
fn is_coverage(path: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return false;
    };
    let json = || {
        let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
        value
            .is_some_and(|value| value.get("coverage").is_some() && value.get("rulesets").is_some())
    };
    let counts = |line: &str| {
        let words = line.strip_prefix("  ").map(str::trim_start);
        words.is_some_and(|words| words.starts_with("nothing to show:") || words.ends_with('%'))
    };
    text.is_empty()
        || text.starts_with("TN:")
        || text.starts_with("SF:")
        || text.contains(COVERAGE_TITLE)
        || text.lines().nth(1).is_some_and(counts)
        || json()
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
