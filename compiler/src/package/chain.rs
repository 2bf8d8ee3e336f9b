//! From a framework to the ones it extends and uses.
//!
//! In: a ruleset's own files. Out: the same with the files of every package it builds on, nearest
//! first. Which folder or archive a name stands for is said by `forewarn.toml`; where the ruleset's own
//! says so, that holds for the packages it extends too. Names, versions and fingerprints are held
//! against what was asked for and what was locked.

use std::path::Path;

use super::archive::ArchiveFiles;
use super::finding::{Near, Own, Step, agree, fits, normal, packages, place, reach, read_manifest};
use super::loader::Loader;
use super::lock::LOCK;
use super::manifest::MANIFEST;
use super::member::{Member, Way};
use super::members::Package;
use super::module::{Module, head};
use super::words::shown;
use super::{contents, libraries, lock, uses};
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{NoDependency, PackageCycle, TwoOfOneName};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::{Files, Span};
use forewarn_grammar::ast::{Item, ItemKind};

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

/// Reads what the ruleset extends, what that extends, and the packages that any of them uses.
pub(super) fn follow(
    mut package: Package,
    entry: &Path,
    files: &dyn Files,
    reports: &mut Reports,
) -> Package {
    let archive = package.archive.clone();
    let files: &dyn Files = match &archive {
        Some(archive) => archive.as_ref(),
        None => files,
    };
    let own_root = package.root.clone();
    let extends = head(&package.modules, 0).is_some_and(|(_, head)| head.extends.is_some());
    // A single rule file is a package by itself, unless something lies beside it.
    let own = match extends || files.is_dir(&own_root) {
        true => read_manifest(&own_root, files, &mut package.sources, reports),
        false => None,
    };
    let own_files = Own {
        manifest: own.as_ref(),
        root: &own_root,
        files,
        is_archive: archive.is_some(),
    };
    let near = Near::of(
        &package,
        0,
        own.as_ref(),
        (&own_root, files, archive.is_some()),
    );
    let is_whole = use_packages(&mut package, 0, (own_files, &near), (entry, &[]), reports);
    if let Some(manifest) = &own {
        agree(manifest, &package.modules, 0, reports);
    }
    package.manifest.clone_from(&own);
    // What extends something that could not be read says nothing of itself.
    package.unresolved = !is_whole || lost_base(&package);
    if extends {
        package = bases(package, own_files, reports);
    }
    if package.built_on().next().is_none() {
        return package;
    }
    let lock = files.read(&package.root.join(LOCK)).ok();
    let lock = lock.and_then(|bytes| String::from_utf8(bytes).ok());
    let lock = lock.map(|text| {
        let name = shown(&package.root.join(LOCK));
        (package.sources.add(name, text.as_str()), text)
    });
    if !reports.has_errors() {
        let lock = lock.as_ref().map(|(file, text)| (*file, text.as_str()));
        lock::check(lock, package.built_on(), reports);
    }
    package
}

/// Is there a head that could not be read, and that names what is extended?
fn lost_base(package: &Package) -> bool {
    let mut lost = package
        .modules
        .iter()
        .filter(|module| !module.standard)
        .flat_map(|module| {
            let text = package.sources.get(module.id).map_or("", |file| &file.text);
            let broken = |item: &&Item| matches!(item.kind, ItemKind::Error { .. });
            let items = module.file.items.iter().filter(broken);
            items.filter_map(|item| text.get(item.span.start as usize..item.span.end as usize))
        });
    head(&package.modules, 0).is_none()
        && lost.any(|words| words.starts_with("framework") && words.contains(" extends "))
}

/// What the ruleset extends, and what that extends, to the lowest.
fn bases(mut package: Package, own: Own<'_>, reports: &mut Reports) -> Package {
    let mut way: Vec<Step> = Vec::new();
    let mut manifest = own.manifest.cloned();
    let mut shelf = Shelf::Outside(own.files);
    let mut root = own.root.to_path_buf();
    let mut is_whole = !package.unresolved;
    loop {
        let at_package = way.len();
        let Some((file, head)) = head(&package.modules, at_package) else {
            break;
        };
        let name = head.name.text.clone();
        let Some((wanted, range)) = head.extends.clone() else {
            package.unresolved = !is_whole;
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
        let is_archive = own.is_archive || matches!(shelf, Shelf::Archive(_));
        let place_of = (root.as_path(), shelf.files(), is_archive);
        let near = Near::of(&package, at_package, manifest.as_ref(), place_of);
        let Some((dependency, lies_at, is_own)) = place(own, &near, &wanted.text) else {
            no_dependency((own, &near), &wanted.text, said, reports);
            break;
        };
        if let Some(start) = way.iter().position(|step| normal(&step.root) == lies_at) {
            let members = way.iter().skip(start);
            let members = members.map(|step| (step.name.clone(), step.said)).collect();
            let how = Way::Extended;
            reports.add(PackageCycle { members, how });
            break;
        }
        let opened = reach((own, &near), is_own, &lies_at, &dependency, reports);
        let Some((opened, contents)) = opened else {
            break;
        };
        shelf = match (opened, is_own) {
            (Some(archive), _) => Shelf::Archive(Box::new(archive)),
            (None, true) => Shelf::Outside(own.files),
            (None, false) => shelf,
        };
        root = lies_at;
        let mut loader = Loader {
            files: shelf.files(),
            reports: &mut *reports,
            package,
            at: way.len(),
        };
        loader.folder(&root);
        package = loader.package;
        manifest = read_manifest(&root, shelf.files(), &mut package.sources, reports);
        let is_archive = own.is_archive || matches!(shelf, Shelf::Archive(_));
        let place_of = (root.as_path(), shelf.files(), is_archive);
        let near = Near::of(&package, way.len(), manifest.as_ref(), place_of);
        is_whole &= use_packages(
            &mut package,
            way.len(),
            (own, &near),
            (&root, &way),
            reports,
        );
        if let Some(manifest) = &manifest {
            agree(manifest, &package.modules, way.len(), reports);
        }
        let name = &wanted.text;
        let modules = &package.modules;
        let version = fits(modules, way.len(), name, said, range, &dependency, reports);
        let Some(version) = version else { break };
        package.members.push(Member {
            name: wanted.text.clone(),
            version,
            // Where the ruleset itself says so.
            said: way.first().map_or(said, |first| first.said),
            way: Way::Extended,
            root: shown(&root),
            fingerprints: contents::fingerprints(&contents),
            contents,
        });
    }
    one_of_each_name(&mut package, reports);
    package
}

/// A package that is extended and, somewhere else, used is one.
fn one_of_each_name(package: &mut Package, reports: &mut Reports) {
    for library in &package.libraries {
        let used = &library.member;
        let other = package.members.iter().find(|base| base.name == used.name);
        let other = other.filter(|base| base.fingerprints != used.fingerprints);
        if let Some(base) = other {
            reports.add(TwoOfOneName {
                name: used.name.clone(),
                span: used.said,
                place: used.root.clone(),
                other: base.said,
                other_place: base.root.clone(),
            });
            package.unresolved = true;
        }
    }
}

/// Reads the packages that the files of a package use, and puts what they bring in beside those; whether
/// all of it was to be had.
fn use_packages(
    package: &mut Package,
    index: usize,
    (own, near): (Own<'_>, &Near<'_>),
    (entry, way): (&Path, &[Step]),
    reports: &mut Reports,
) -> bool {
    let seen = package.modules.iter();
    let seen = seen.filter(|module| module.standard || module.package == index);
    let seen: Vec<&Module> = seen.collect();
    let uses = uses::check(&seen, &packages(own, near), entry, reports);
    let mut way = way.to_vec();
    match libraries::bring(package, index, (own, near), &uses, &mut way, reports) {
        Some(brought) => {
            package.modules.extend(brought);
            true
        }
        None => false,
    }
}

/// Tells that no manifest names what is extended.
fn no_dependency(
    (own, near): (Own<'_>, &Near<'_>),
    wanted: &str,
    said: Span,
    reports: &mut Reports,
) {
    let known = packages(own, near);
    let suggestion = suggest(wanted, known).map(str::to_owned);
    // What lies there is called as it is extended: the name in the manifest is the odd one.
    let all = own.manifest.into_iter().chain(near.manifest);
    let all = all.flat_map(|manifest| &manifest.dependencies);
    let misnamed = all
        .filter(|one| suggestion.as_ref() == Some(&one.name.value))
        .find(|one| {
            let path = Path::new(one.place.value.path());
            path.file_name().is_some_and(|last| last == wanted)
        })
        .map(|one| one.name.span);
    // What cannot be read of a manifest has been told, and may be what is missing.
    if !reports.has_errors() {
        reports.add(NoDependency {
            name: wanted.to_owned(),
            span: said,
            manifest: shown(&near.root.join(MANIFEST)),
            suggestion,
            misnamed,
        });
    }
}
