//! `forewarn add`: where a package lies that a ruleset builds on, written into `forewarn.toml`.
//!
//! Where the ruleset builds on another version of it already, what asks for that version is moved to the
//! new one, in `forewarn.toml` and behind `extends`; then what no longer fits is told.

use super::candidate::Candidate;
use super::extending::{fetch, file_of, keep, overlay};
use super::registry::shelf::is_built_in;
use super::toml::{document, point, range_of};
use super::{AddArgs, folder, read, told};
use crate::args::Global;
use crate::failure::{Failure, tell_done, tell_people};
use crate::outputs::{make_folder, write_own};
use forewarn_compiler::diagnostics::Reports;
use forewarn_compiler::disk::DiskFiles;
use forewarn_compiler::package::archive::{ArchiveFiles, framework, unpack};
use forewarn_compiler::package::manifest::{MANIFEST, fits};
use forewarn_compiler::package::{Package, head, load, lock, lock_text};
use forewarn_compiler::upgrade;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Adds a dependency, and locks it where the ruleset extends it already.
///
/// # Errors
/// Wrong use, no package there, or a file that cannot be written.
pub fn add(args: &AddArgs, global: &Global) -> Result<ExitCode, Failure> {
    folder(&args.to)?;
    match named(args) {
        Some(name) => by_name(&name, args, global),
        None => by_path(args, global),
    }
}

/// The name of a package that is to be had from a registry: what is no path that is there.
fn named(args: &AddArgs) -> Option<String> {
    let text = args.path.to_str()?;
    let is_name = text.chars().all(|one| one.is_alphanumeric() || one == '_');
    // A bare name is that of a package, if there is one; `./hdi` is a folder.
    let is_package = || is_built_in(text);
    let is_asked = args.source.from.is_some() || !args.path.exists() || is_package();
    (is_name && is_asked).then(|| text.to_owned())
}

/// From a registry: the archives are kept beside the rules, with those of what they extend.
fn by_name(name: &str, args: &AddArgs, global: &Global) -> Result<ExitCode, Failure> {
    let fetched = fetch(name, &args.source)?;
    let before = load(&args.to, &DiskFiles, &mut Reports::default());
    other_than(&before, name, &args.to)?;
    let mut candidate = Candidate::default();
    keep(&args.to, &fetched, &mut candidate)?;
    let mut said = String::new();
    if args.path.exists() {
        said.push_str(&format!(
            "`{name}` is the package of that name; for the folder here write `./{name}`\n"
        ));
    }
    for one in &fetched {
        said.push_str(&format!(
            "{}: {} {}\n",
            args.to.join(file_of(one)).display(),
            one.name,
            one.version
        ));
    }
    let Some(first) = fetched.first() else {
        return Err(no_framework(&args.path));
    };
    let is_empty = before.modules.iter().all(|module| module.standard);
    // What has no panel is there to be used: nothing is made of it by itself.
    let contents = unpack(&first.bytes).ok();
    let can_stand = contents
        .as_ref()
        .and_then(framework)
        .is_some_and(|head| head.has_panel || head.extends.is_some());
    let is_made = is_empty && can_stand;
    if is_made {
        let (path, text) = overlay(&args.to, first)?;
        said.push_str(&format!("{}: extends it\n", path.display()));
        candidate.put(&path, text);
    } else if let Some(extends) = extends_anew(&before, name, &first.version) {
        said.push_str(&format!("{}: {}\n", extends.file, extends.words));
        candidate.put(Path::new(&extends.file), extends.text);
    }
    let is_asked_for = is_made || before.asks_for(name);
    let lock = args.to.join(lock::LOCK);
    match lock_text(&args.to, &candidate) {
        Ok(text) if !text.is_empty() => {
            candidate.put(&lock, text);
            said.push_str(&format!("{}: written\n", lock.display()));
        }
        Err((sources, reports)) if is_asked_for => return Ok(told(&reports, &sources, global)),
        _ => {}
    }
    if !is_asked_for {
        said.push_str(&next(&before, name, &first.version));
    }
    make_folder(&args.to.join("vendor"))?;
    write_own(candidate.changed())?;
    if is_made {
        let folder = args.to.display();
        said.push_str(&format!(
            "next: forewarn run {folder} --data FILE\n  for an empty table to fill in: forewarn data {folder} \
             --template FILE\n"
        ));
    }
    if before.built_on().next().is_none() {
        return tell_done(&said, global);
    }
    tell_people(&said, global)?;
    let (sources, mut reports) = upgrade::check(&before, &args.to, &DiskFiles);
    reports.retain(|cause| cause.severity() == forewarn_compiler::diagnostics::Severity::Error);
    Ok(told(&reports, &sources, global))
}

/// A ruleset does not build on itself, nor on another of its own name.
fn other_than(own: &Package, name: &str, to: &Path) -> Result<(), Failure> {
    let head = head(&own.modules, 0).map(|(_, head)| head.name.text.as_str());
    if head != Some(name) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{name}` would build on itself: so is the framework in {} called",
        to.display()
    ))
    .help("name the ruleset that is to build on it with `--to FOLDER`; one that changes it has a name of its own"))
}

/// What is left to do where nothing is built on the package yet.
fn next(before: &Package, name: &str, version: &str) -> String {
    let extends = head(&before.modules, 0).and_then(|(_, head)| head.extends.as_ref());
    let used = format!("`use {name}` below it for what it declares");
    match extends {
        Some(_) => format!(
            "next: write {}, then `forewarn lock`\n",
            used.replace(" below it", "")
        ),
        None => format!(
            "next: write `extends {name} \"{}\"` behind the framework's version, or {used}; then `forewarn lock`\n",
            range_of(version, "")
        ),
    }
}

fn by_path(args: &AddArgs, global: &Global) -> Result<ExitCode, Failure> {
    let is_archive = args.path.is_file();
    let (name, version) = if is_archive {
        of_archive(&args.path)?
    } else {
        folder(&args.path)?;
        match read(&args.path, global) {
            Ok(package) => match head(&package.modules, 0) {
                Some((_, head)) => {
                    let version = head.version.as_ref();
                    (
                        head.name.text.clone(),
                        version.map_or("0.0.0".to_owned(), |text| text.value.clone()),
                    )
                }
                None => return Err(no_framework(&args.path)),
            },
            Err(code) => return Ok(code),
        }
    };
    let place = from_folder(&args.to, &args.path)?;
    let path = args.to.join(MANIFEST);
    let mut toml = document(&path)?;
    let before = load(&args.to, &DiskFiles, &mut Reports::default());
    other_than(&before, &name, &args.to)?;
    let key = if is_archive { "archive" } else { "path" };
    point(&mut toml, &name, &version, key, &place);
    let extends = extends_anew(&before, &name, &version);
    let mut candidate = Candidate::default();
    candidate.put(&path, toml.to_string());
    let was = before.built_on().find(|member| member.name == name);
    let was = was.filter(|was| was.version != version);
    let was = was.map_or(String::new(), |was| format!(" (before: {})", was.version));
    let mut said = format!("{}: {name} {version}, from {place}{was}\n", path.display());
    if let Some(extends) = extends {
        said.push_str(&format!("{}: {}\n", extends.file, extends.words));
        candidate.put(Path::new(&extends.file), extends.text);
    }
    match lock_text(&args.to, &candidate) {
        Ok(text) if !text.is_empty() => {
            let lock = args.to.join(lock::LOCK);
            let is_there = std::fs::read_to_string(&lock).is_ok_and(|before| before == text);
            let done = if is_there { "up to date" } else { "written" };
            said.push_str(&format!("{}: {done}\n", lock.display()));
            candidate.put(&lock, text);
        }
        Err((sources, reports)) if before.asks_for(&name) => {
            return Ok(told(&reports, &sources, global));
        }
        _ => {}
    }
    write_own(candidate.changed())?;
    if !before.asks_for(&name) {
        said.push_str(&next(&before, &name, &version));
    }
    if before.built_on().next().is_none() {
        return tell_done(&said, global);
    }
    tell_people(&said, global)?;
    let (sources, mut reports) = upgrade::check(&before, &args.to, &DiskFiles);
    reports.retain(|cause| cause.severity() == forewarn_compiler::diagnostics::Severity::Error);
    Ok(told(&reports, &sources, global))
}

/// The rule file that says which version is extended, with another version.
pub(super) struct Extends {
    pub file: String,
    pub text: String,
    pub words: String,
}

/// What is behind `extends`, where the new version does not fit what stands there.
pub(super) fn extends_anew(package: &Package, name: &str, version: &str) -> Option<Extends> {
    let (file, head) = head(&package.modules, 0)?;
    let (wanted, range) = head.extends.as_ref()?;
    let range = range.as_ref().filter(|_| wanted.text == name)?;
    if fits(&range.value, version) {
        return None;
    }
    let source = package.sources.get(file)?;
    let new = range_of(version, &range.value);
    let mut text = source.text.to_string();
    let (start, end) = (range.span.start as usize, range.span.end as usize);
    text.get(start..end)?;
    text.replace_range(start..end, &format!("\"{new}\""));
    Some(Extends {
        file: source.name.clone(),
        text,
        words: format!("`extends {name} \"{}\"` is now `\"{new}\"`", range.value),
    })
}

fn no_framework(path: &Path) -> Failure {
    Failure::new(format!(
        "no file of {} declares a framework",
        path.display()
    ))
}

/// The name and version of an archived framework.
pub(super) fn of_archive(path: &Path) -> Result<(String, String), Failure> {
    let archive = ArchiveFiles::open(path, &DiskFiles)
        .map_err(|why| Failure::new(format!("{} is no package: {why}", path.display())))?;
    let head = framework(&archive.contents).ok_or_else(|| no_framework(path))?;
    Ok((head.name, head.version))
}

/// The path as seen from a folder, with `/`.
pub(super) fn from_folder(folder: &Path, path: &Path) -> Result<String, Failure> {
    let full = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Failure::file("cannot read", path, &error))
    };
    let (folder, path) = (full(folder)?, full(path)?);
    let shared = folder
        .components()
        .zip(path.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = folder.components().count() - shared;
    let mut seen: PathBuf = std::iter::repeat_n("..", up).collect();
    seen.extend(path.components().skip(shared));
    Ok(seen.display().to_string().replace('\\', "/"))
}
