//! Where the packages lie that others build on, and whether they are what was asked for.
//!
//! In: the name of a package, and what the manifests say of it. Out: its files, or told why they cannot be
//! had; its version, where name and version are those that were asked for.

use std::path::{Component, Path, PathBuf};

use forewarn_grammar::ast;

use super::archive::ArchiveFiles;
use super::contents;
use super::manifest::{self, Dependency, DependencyPlace, MANIFEST, PackageManifest};
use super::members::Package;
use super::module::{Module, head};
use super::words::shown;
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{
    DependencyIsOther, DependencyUnreadable, ManifestDisagrees, VersionOutOfRange,
};
use crate::framework::at;
use crate::source::{Files, SourceMap, Span};

/// One package on the way.
#[derive(Clone)]
pub(super) struct Step {
    pub name: String,
    pub root: PathBuf,
    /// Where it says what it builds on.
    pub said: Span,
}

/// The ruleset itself: what its own manifest says holds for all that it builds on.
#[derive(Clone, Copy)]
pub(super) struct Own<'a> {
    pub manifest: Option<&'a PackageManifest>,
    pub root: &'a Path,
    pub files: &'a dyn Files,
    pub is_archive: bool,
}

/// The package that says what it builds on.
pub(super) struct Near<'a> {
    pub name: String,
    pub extends: Option<String>,
    pub manifest: Option<&'a PackageManifest>,
    pub root: &'a Path,
    pub files: &'a dyn Files,
    pub is_archive: bool,
}

impl<'a> Near<'a> {
    pub(super) fn of(
        package: &Package,
        index: usize,
        manifest: Option<&'a PackageManifest>,
        (root, files, is_archive): (&'a Path, &'a dyn Files, bool),
    ) -> Self {
        let head = head(&package.modules, index).map(|(_, head)| head);
        let extends = head.and_then(|head| head.extends.as_ref());
        Self {
            name: head.map_or_else(String::new, |head| head.name.text.clone()),
            extends: extends.map(|(name, _)| name.text.clone()),
            manifest,
            root,
            files,
            is_archive,
        }
    }
}

/// The packages that manifests name, from where somebody looks for them.
pub(super) fn packages<'a>(own: Own<'a>, near: &Near<'a>) -> Vec<&'a str> {
    let all = own.manifest.into_iter().chain(near.manifest);
    let all = all.flat_map(|manifest| &manifest.dependencies);
    all.map(|one| one.name.value.as_str()).collect()
}

/// The dependency of that name, where it lies, and whether the ruleset's own manifest says so: what that says
/// is meant from its own folder.
pub(super) fn place(
    own: Own<'_>,
    near: &Near<'_>,
    name: &str,
) -> Option<(Dependency, PathBuf, bool)> {
    let (dependency, is_own) = find(own.manifest, near.manifest, name)?;
    let base = if is_own { own.root } else { near.root };
    let lies_at = normal(&base.join(dependency.place.value.path()));
    Some((dependency.clone(), lies_at, is_own))
}

/// The files of a dependency; what keeps them from being read is told.
pub(super) fn reach(
    (own, near): (Own<'_>, &Near<'_>),
    is_own: bool,
    lies_at: &Path,
    dependency: &Dependency,
    reports: &mut Reports,
) -> Option<Opened> {
    let (outside, is_inside) = match is_own {
        true => (own.files, own.is_archive),
        false => (near.files, near.is_archive),
    };
    match open(outside, lies_at, dependency, reports) {
        Ok(opened) => Some(opened),
        Err(None) => None,
        Err(Some(why)) => {
            reports.add(DependencyUnreadable {
                name: dependency.name.value.clone(),
                path: shown(lies_at),
                why,
                in_archive: is_inside && !(outside.is_dir(lies_at) || outside.is_file(lies_at)),
                span: dependency.place.span,
            });
            None
        }
    }
}

pub(super) fn read_manifest(
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

pub(super) type Opened = (
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
pub(super) fn fits(
    modules: &[Module],
    index: usize,
    wanted: &str,
    said: Span,
    range: Option<(String, Span)>,
    dependency: &Dependency,
    reports: &mut Reports,
) -> Option<String> {
    let Some((file, found)) = head(modules, index) else {
        if !reports.has_errors() {
            reports.add(DependencyUnreadable {
                name: wanted.to_owned(),
                path: dependency.place.value.path().to_owned(),
                why: "none of its files declares a framework".to_owned(),
                in_archive: false,
                span: dependency.place.span,
            });
        }
        return None;
    };
    if found.name.text != wanted {
        reports.add(DependencyIsOther {
            wanted: wanted.to_owned(),
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
                name: wanted.to_owned(),
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
pub(super) fn agree(
    manifest: &PackageManifest,
    modules: &[Module],
    package: usize,
    reports: &mut Reports,
) {
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
pub(super) fn normal(path: &Path) -> PathBuf {
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
