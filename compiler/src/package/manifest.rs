//! `forewarn.toml`: what a package is called, and what it builds on.
//!
//! In: the file's text. Out: a [`PackageManifest`] whose parts point at their words. Slips are told, and
//! what is right is read all the same.

use semver::{Version, VersionReq};
use toml_edit::{Document, Item, Table};

use crate::diagnostics::Reports;
use crate::diagnostics::packages::ManifestSlip;
use crate::diagnostics::suggest::suggest;
use crate::source::{FileId, Span};
use crate::translations::{Language, tag_of};
use forewarn_diagnostics::toml_words::toml_slip;

/// The file's name.
pub const MANIFEST: &str = "forewarn.toml";

/// A text and where it stands.
#[derive(Clone, Debug)]
pub struct Said<T> {
    pub value: T,
    pub span: Span,
}

#[derive(Clone, Debug, Default)]
pub struct PackageManifest {
    pub name: Option<Said<String>>,
    pub version: Option<Said<String>>,
    pub label: Option<Said<String>>,
    /// The language of the labels, such as `en`.
    pub language: Option<Said<String>>,
    pub dependencies: Vec<Dependency>,
}

/// `un_framework = { path = "../un-framework", version = "1" }`
#[derive(Clone, Debug)]
pub struct Dependency {
    pub name: Said<String>,
    pub place: Said<DependencyPlace>,
    /// Which versions fit, as written and as read.
    pub range: Option<Said<(String, VersionReq)>>,
}

/// Where a dependency lies, from the package's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DependencyPlace {
    Folder(String),
    Archive(String),
}

impl DependencyPlace {
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Folder(path) | Self::Archive(path) => path,
        }
    }
}

/// `data` says how files are read; whoever reads files knows what stands in it.
const SECTIONS: [&str; 3] = ["package", "dependencies", "data"];
const PACKAGE: [&str; 4] = ["name", "version", "label", "language"];
const DEPENDENCY: [&str; 3] = ["path", "archive", "version"];

/// Reads the text of a manifest.
pub fn read(text: &str, file: FileId, reports: &mut Reports) -> PackageManifest {
    let mut reader = Reader { file, reports };
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let at = error.span().unwrap_or(0..0);
            let span = reader.span(Some(at));
            let slip = toml_slip(text, span.start as usize, error.message());
            let span = reader.span(Some(slip.point(span.start as usize..span.end as usize)));
            reader.reports.add(ManifestSlip {
                span,
                what: slip.what,
                suggestion: slip.line,
                meant: false,
                unread: true,
            });
            return PackageManifest::default();
        }
    };
    reader.manifest(document.as_table())
}

/// A version, of which the last parts may be left out: `1.2` is 1.2.0.
#[must_use]
pub fn version(text: &str) -> Option<Version> {
    let dots = text.split(['-', '+']).next()?.matches('.').count();
    let (core, rest) = text.split_at(text.find(['-', '+']).unwrap_or(text.len()));
    let full = format!("{core}{}{rest}", ".0".repeat(2_usize.saturating_sub(dots)));
    Version::parse(&full).ok()
}

/// Does a version lie in a range, as `version = "…"` and `extends` write it?
#[must_use]
pub fn fits(range: &str, of: &str) -> bool {
    let range = VersionReq::parse(range);
    range.is_ok_and(|range| version(of).is_some_and(|version| range.matches(&version)))
}

struct Reader<'r> {
    file: FileId,
    reports: &'r mut Reports,
}

impl Reader<'_> {
    fn span(&self, at: Option<std::ops::Range<usize>>) -> Span {
        let at = at.unwrap_or(0..0);
        let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: clip(at.start),
            end: clip(at.end.max(at.start)),
        }
    }

    fn slip(&mut self, span: Span, what: String, suggestion: Option<String>) {
        self.reports.add(ManifestSlip {
            span,
            what,
            suggestion,
            meant: false,
            unread: false,
        });
    }

    /// Tells keys that mean nothing here.
    fn known(&mut self, table: &Table, known: &[&str]) {
        for (key, _) in table.iter() {
            if !known.contains(&key) {
                let at = table.key(key).and_then(toml_edit::Key::span);
                let span = self.span(at);
                let near = suggest(key, known.iter().copied()).map(str::to_owned);
                let what = format!("`{key}` is not known here");
                self.reports.add(ManifestSlip {
                    span,
                    what,
                    meant: near.is_some(),
                    unread: false,
                    suggestion: near.or_else(|| Some(known.join("`, `"))),
                });
            }
        }
    }

    fn manifest(&mut self, root: &Table) -> PackageManifest {
        self.known(root, &SECTIONS);
        let mut manifest = PackageManifest::default();
        match root.get("package") {
            Some(Item::Table(package)) => {
                self.known(package, &PACKAGE);
                manifest.name = self.text(package, "name");
                manifest.version = self.text(package, "version");
                manifest.label = self.text(package, "label");
                manifest.language = self.text(package, "language");
                if let Some(said) = &manifest.language
                    && Language::new(&said.value).is_none()
                {
                    let what = format!("`{}` is not the tag of a language", said.value);
                    let tag = tag_of(&said.value).unwrap_or("en");
                    let span = said.span;
                    self.slip(span, what, Some(tag.to_owned()));
                }
                if let Some(said) = &manifest.version
                    && version(&said.value).is_none()
                {
                    let what = format!("`{}` is not a version", said.value);
                    let span = said.span;
                    self.slip(span, what, Some("1.2.0".to_owned()));
                }
            }
            Some(other) => {
                let span = self.span(other.span());
                let what = "`package` is a section: write `[package]` on a line of its own";
                self.slip(span, what.to_owned(), None);
            }
            None => {}
        }
        match root.get("dependencies") {
            Some(Item::Table(all)) => {
                for (name, item) in all.iter() {
                    let span = self.span(all.key(name).and_then(toml_edit::Key::span));
                    let name = Said {
                        value: name.to_owned(),
                        span,
                    };
                    manifest.dependencies.extend(self.dependency(name, item));
                }
            }
            Some(other) => {
                let span = self.span(other.span());
                let what =
                    "`dependencies` is a section: write `[dependencies]` on a line of its own";
                self.slip(span, what.to_owned(), None);
            }
            None => {}
        }
        manifest
    }

    fn dependency(&mut self, name: Said<String>, item: &Item) -> Option<Dependency> {
        let span = self.span(item.span());
        let table = match item {
            Item::Table(table) => table.clone(),
            Item::Value(toml_edit::Value::InlineTable(table)) => table.clone().into_table(),
            _ => {
                let what = format!("where `{}` lies is not said", name.value);
                let example = format!(
                    "{} = {{ path = \"../folder\", version = \"1\" }}",
                    name.value
                );
                self.slip(span, what, Some(example));
                return None;
            }
        };
        self.known(&table, &DEPENDENCY);
        let path = self.text(&table, "path");
        let archive = self.text(&table, "archive");
        let range =
            self.text(&table, "version")
                .and_then(|said| match VersionReq::parse(&said.value) {
                    Ok(read) => Some(Said {
                        span: said.span,
                        value: (said.value, read),
                    }),
                    Err(_) => {
                        let what = format!("`{}` is not a range of versions", said.value);
                        self.slip(said.span, what, Some(">=1.2, <2".to_owned()));
                        None
                    }
                });
        let place = match (path, archive) {
            (Some(path), None) => Said {
                value: DependencyPlace::Folder(path.value),
                span: path.span,
            },
            (None, Some(archive)) => Said {
                value: DependencyPlace::Archive(archive.value),
                span: archive.span,
            },
            (Some(_), Some(archive)) => {
                let what = format!("`{}` has both a `path` and an `archive`", name.value);
                self.slip(archive.span, what, None);
                return None;
            }
            (None, None) => {
                let what = format!("where `{}` lies is not said", name.value);
                self.slip(span, what, Some("path = \"../folder\"".to_owned()));
                return None;
            }
        };
        Some(Dependency { name, place, range })
    }

    fn text(&mut self, table: &Table, key: &str) -> Option<Said<String>> {
        let item = table.get(key)?;
        let span = self.span(item.span());
        match item.as_str() {
            Some(text) if !text.trim().is_empty() => Some(Said {
                value: text.to_owned(),
                span,
            }),
            _ => {
                let what = format!("`{key}` is a text in quotes");
                self.slip(span, what, None);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parts_of_a_version_may_be_left_out() {
        assert_eq!(version("1"), Some(Version::new(1, 0, 0)));
        assert_eq!(version("1.2"), Some(Version::new(1, 2, 0)));
        assert_eq!(version("0.3.1-draft"), Version::parse("0.3.1-draft").ok());
        assert_eq!(version("one"), None);
        assert_eq!(version(""), None);
    }
}
