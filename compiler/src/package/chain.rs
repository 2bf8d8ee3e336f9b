//! From a framework to the ones it extends.
//!
//! In: a ruleset's own files. Out: the same with the files of every package it builds on, nearest
//! first. Which folder or archive a name stands for is said by `forewarn.toml`; where the ruleset's own
//! says so, that holds for the packages it extends too. Names, versions and fingerprints are held
//! against what was asked for and what was locked.

use std::path::{Component, Path, PathBuf};

use forewarn_grammar::ast::{self, ItemKind};

use super::archive::ArchiveFiles;
use super::lock::LOCK;
use super::manifest::{self, Dependency, DependencyPlace, MANIFEST, PackageManifest};
use super::{Loader, Member, Module, Package, contents, lock, shown};
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{
    DependencyIsOther, DependencyUnreadable, ManifestDisagrees, NoDependency, PackageCycle,
    VersionOutOfRange,
};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::{Files, SourceMap, Span};

/// Where a package's files come from.
enum Shelf<'f> {
    Outside(&'f dyn Files),
    Archive(Box<ArchiveFiles>),
}

impl Shelf<'_> {
    fn files(&self) -> &dyn Files {
        match self {
            Self::Outside(files) => *files,
            Self::Archive(files) => files.as_ref(),
        }
    }
}

/// One package on the way.
struct Step {
    name: String,
    root: PathBuf,
    /// Where it says what it extends.
    said: Span,
}

/// Reads what the ruleset extends, and what that extends.
pub(super) fn follow(mut package: Package, files: &dyn Files, reports: &mut Reports) -> Package {
    let archive = package.archive.clone();
    let files: &dyn Files = match &archive {
        Some(archive) => archive.as_ref(),
        None => files,
    };
    let root = package.root.clone();
    let extends = head(&package.modules, 0).is_some_and(|(_, head)| head.extends.is_some());
    // A single rule file is a package by itself, unless it extends something.
    if !extends && !files.is_dir(&root) {
        return package;
    }
    let own = read_manifest(&root, files, &mut package.sources, reports);
    if let Some(manifest) = &own {
        agree(manifest, &package.modules, 0, reports);
    }
    package.manifest.clone_from(&own);
    if !extends {
        return package;
    }
    let mut way: Vec<Step> = Vec::new();
    let mut manifest = own.clone();
    let mut shelf = Shelf::Outside(files);
    let mut root = root;
    loop {
        let at_package = way.len();
        let Some((file, head)) = head(&package.modules, at_package) else {
            break;
        };
        let name = head.name.text.clone();
        let Some((wanted, range)) = head.extends.clone() else {
            package.unresolved = false;
            break;
        };
        package.unresolved = true;
        let said = at(file, wanted.span);
        way.push(Step {
            name,
            root: root.clone(),
            said,
        });
        let range = range.map(|range| (range.value.clone(), at(file, range.span)));
        let found = find(own.as_ref(), manifest.as_ref(), &wanted.text);
        let Some((dependency, is_own)) = found else {
            let known = own.iter().chain(&manifest);
            let known = known.flat_map(|manifest| &manifest.dependencies);
            let known = known.map(|known| known.name.value.as_str());
            let suggestion = suggest(&wanted.text, known).map(str::to_owned);
            // What lies there is called as it is extended: the name in the manifest is the odd one.
            let all = own.iter().chain(&manifest);
            let all = all.flat_map(|manifest| &manifest.dependencies);
            let misnamed = all
                .filter(|one| suggestion.as_ref() == Some(&one.name.value))
                .find(|one| {
                    let path = Path::new(one.place.value.path());
                    path.file_name()
                        .is_some_and(|last| last == wanted.text.as_str())
                })
                .map(|one| one.name.span);
            // What cannot be read of a manifest has been told, and may be what is missing.
            if !reports.has_errors() {
                reports.add(NoDependency {
                    name: wanted.text.clone(),
                    span: said,
                    manifest: shown(&root.join(MANIFEST)),
                    suggestion,
                    misnamed,
                });
            }
            break;
        };
        let dependency = dependency.clone();
        // What the ruleset's own file says is meant from its own folder.
        let base = if is_own { &package.root } else { &root };
        let lies_at = normal(&base.join(dependency.place.value.path()));
        if let Some(start) = way.iter().position(|step| normal(&step.root) == lies_at) {
            let members = way.iter().skip(start);
            let members = members.map(|step| (step.name.clone(), step.said)).collect();
            reports.add(PackageCycle { members });
            break;
        }
        let outside = if is_own { files } else { shelf.files() };
        let is_inside = match &shelf {
            _ if is_own => package.archive.is_some(),
            Shelf::Archive(_) => true,
            Shelf::Outside(_) => package.archive.is_some(),
        };
        let opened = open(outside, &lies_at, &dependency, reports);
        let (next, contents) = match opened {
            Ok((Some(archive), contents)) => (Shelf::Archive(Box::new(archive)), contents),
            Ok((None, contents)) if is_own => (Shelf::Outside(files), contents),
            Ok((None, contents)) => (shelf, contents),
            Err(None) => break,
            Err(Some(why)) => {
                reports.add(DependencyUnreadable {
                    name: wanted.text.clone(),
                    path: shown(&lies_at),
                    why,
                    in_archive: is_inside
                        && !(outside.is_dir(&lies_at) || outside.is_file(&lies_at)),
                    span: dependency.place.span,
                });
                break;
            }
        };
        shelf = next;
        root = lies_at;
        let mut loader = Loader {
            files: shelf.files(),
            reports: &mut *reports,
            package,
            at: way.len(),
        };
        loader.folder(&root);
        loader.check_uses(&root);
        package = loader.package;
        manifest = read_manifest(&root, shelf.files(), &mut package.sources, reports);
        if let Some(manifest) = &manifest {
            agree(manifest, &package.modules, way.len(), reports);
        }
        let fits = fits(
            &package,
            way.len(),
            &wanted,
            said,
            range,
            &dependency,
            reports,
        );
        let Some(version) = fits else { break };
        package.members.push(Member {
            name: wanted.text.clone(),
            version,
            root: shown(&root),
            fingerprints: contents::fingerprints(&contents),
            contents,
        });
    }
    let lock = files.read(&package.root.join(LOCK)).ok();
    let lock = lock.and_then(|bytes| String::from_utf8(bytes).ok());
    let lock = lock.map(|text| {
        let name = shown(&package.root.join(LOCK));
        (package.sources.add(name, text.as_str()), text)
    });
    if let Some(first) = way.first()
        && !reports.has_errors()
    {
        let lock = lock.as_ref().map(|(file, text)| (*file, text.as_str()));
        lock::check(lock, &package.members, first.said, reports);
    }
    package
}

/// The framework's head among a package's modules.
#[must_use]
pub fn head(
    modules: &[Module],
    package: usize,
) -> Option<(crate::source::FileId, &ast::Framework)> {
    modules
        .iter()
        .filter(|module| !module.standard && module.package == package)
        .find_map(|module| {
            module.file.items.iter().find_map(|item| {
                let ItemKind::Framework(head) = &item.kind else {
                    return None;
                };
                Some((module.id, head))
            })
        })
}

fn read_manifest(
    root: &Path,
    files: &dyn Files,
    sources: &mut SourceMap,
    reports: &mut Reports,
) -> Option<PackageManifest> {
    let path = root.join(MANIFEST);
    let text = String::from_utf8(files.read(&path).ok()?).ok()?;
    let file = sources.add(shown(&path), text.as_str());
    Some(manifest::read(&text, file, reports))
}

/// The dependency of that name, and whether the ruleset's own manifest names it.
fn find<'m>(
    own: Option<&'m PackageManifest>,
    near: Option<&'m PackageManifest>,
    name: &str,
) -> Option<(&'m Dependency, bool)> {
    let of = |manifest: Option<&'m PackageManifest>| {
        let all = manifest.map(|manifest| manifest.dependencies.iter());
        all.into_iter().flatten().find(|one| one.name.value == name)
    };
    of(own)
        .map(|found| (found, true))
        .or_else(|| of(near).map(|found| (found, false)))
}

type Opened = (
    Option<ArchiveFiles>,
    std::collections::BTreeMap<String, Vec<u8>>,
);

/// The files of a dependency: all that it holds, and an archive's own way to them. What keeps it from
/// being read is in words, unless it has been told.
fn open(
    files: &dyn Files,
    path: &Path,
    dependency: &Dependency,
    reports: &mut Reports,
) -> Result<Opened, Option<String>> {
    match &dependency.place.value {
        DependencyPlace::Folder(_) => {
            if !files.is_dir(path) {
                return Err(Some("there is no such folder".to_owned()));
            }
            let contents = contents::read(path, files, reports).ok_or(None)?.files;
            Ok((None, contents))
        }
        DependencyPlace::Archive(_) => {
            let archive = ArchiveFiles::open(path, files).map_err(Some)?;
            // What an archive was given to find its own packages by is no part of what it says.
            let contents = contents::read(path, &archive, reports).ok_or(None)?.files;
            Ok((Some(archive), contents))
        }
    }
}

/// Is what lies there what was asked for? Its version, if so.
fn fits(
    package: &Package,
    index: usize,
    wanted: &ast::Name,
    said: Span,
    range: Option<(String, Span)>,
    dependency: &Dependency,
    reports: &mut Reports,
) -> Option<String> {
    let Some((file, found)) = head(&package.modules, index) else {
        if !reports.has_errors() {
            reports.add(DependencyUnreadable {
                name: wanted.text.clone(),
                path: dependency.place.value.path().to_owned(),
                why: "none of its files declares a framework".to_owned(),
                in_archive: false,
                span: dependency.place.span,
            });
        }
        return None;
    };
    if found.name.text != wanted.text {
        reports.add(DependencyIsOther {
            wanted: wanted.text.clone(),
            found: found.name.text.clone(),
            span: dependency.name.span,
            declared: at(file, found.name.span),
        });
        return None;
    }
    let written = found.version.as_ref();
    let version = written.map_or("0.0.0", |version| version.value.as_str());
    let declared = written.map_or(at(file, found.name.span), |text| at(file, text.span));
    let own_range = range.and_then(|(text, span)| {
        let read = semver::VersionReq::parse(&text).ok()?;
        Some((text, read, span))
    });
    let listed = dependency.range.as_ref().map(|range| {
        let (text, read) = range.value.clone();
        (text, read, range.span)
    });
    for (text, range, span) in own_range.into_iter().chain(listed) {
        let fits = manifest::version(version).is_some_and(|version| range.matches(&version));
        if !fits {
            reports.add(VersionOutOfRange {
                name: wanted.text.clone(),
                range: text,
                found: version.to_owned(),
                span,
                declared,
                said,
            });
            return None;
        }
    }
    Some(version.to_owned())
}

/// The manifest and the framework's head say the same.
fn agree(manifest: &PackageManifest, modules: &[Module], package: usize, reports: &mut Reports) {
    let Some((file, head)) = head(modules, package) else {
        return;
    };
    let name = Some((&head.name.text, head.name.span));
    let text =
        |text: &'_ Option<ast::Text>| text.as_ref().map(|text| (text.value.clone(), text.span));
    let pairs = [
        (
            "name",
            &manifest.name,
            name.map(|(text, span)| (text.clone(), span)),
        ),
        ("version", &manifest.version, text(&head.version)),
        ("label", &manifest.label, text(&head.label)),
    ];
    for (what, said, declared) in pairs {
        if let (Some(said), Some((declared, span))) = (said, declared)
            && said.value != declared
        {
            reports.add(ManifestDisagrees {
                what,
                manifest: said.value.clone(),
                span: said.span,
                framework: declared,
                declared: at(file, span),
            });
        }
    }
}

/// The path without `.` and, where what stands before is known, `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(out.components().next_back(), Some(Component::Normal(_))) =>
            {
                out.pop();
            }
            other => out.push(other),
        }
    }
    if out.as_os_str().is_empty() {
        out.push(".");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_up_and_down_are_taken_out_of_paths() {
        let shown = |path: &str| shown(&normal(Path::new(path)));
        assert_eq!(shown("rules/ecowas/../un-framework"), "rules/un-framework");
        assert_eq!(shown("./../un"), "../un");
        assert_eq!(shown("../../a/./b"), "../../a/b");
        assert_eq!(shown("a/.."), ".");
    }
}
