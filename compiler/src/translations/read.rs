//! `translations/LANG.toml`: texts by section and key.
//!
//! In: the files of a package and of those it builds on. Out: their entries with their places. Slips are
//! told, and what is right is read all the same.

use std::path::Path;

use toml_edit::{Document, Item, Key as TomlKey, TableLike};

use super::messages::MESSAGES;
use super::{Entry, FOLDER, Key, Language, Translations, TranslationsFile};
use crate::diagnostics::Reports;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::translations::TranslationSlip;
use crate::package::manifest::{self, MANIFEST, Said};
use crate::package::{Member, Package, shown};
use crate::source::{FileId, Files, Span};
use forewarn_diagnostics::toml_words::toml_slip;

const SECTIONS: [&str; 7] = [
    "framework",
    "labels",
    "levels",
    "units",
    "sources",
    "docs",
    "messages",
];

/// Reads translations: those that serve a language, or all.
pub(crate) fn load(
    package: &mut Package,
    asked: Option<&Language>,
    files: &dyn Files,
    reports: &mut Reports,
) -> Translations {
    let mut translations = Translations::default();
    let mut found: Vec<(usize, String, String, Vec<u8>)> = Vec::new();
    for (name, bytes) in of_package(package, files) {
        let shown = shown(&package.root.join(FOLDER).join(&name));
        found.push((0, name, shown, bytes));
    }
    let own = package.manifest.as_ref();
    translations.own.push(own.and_then(language_of));
    translations.extended = 1 + package.members.len();
    let used = package.libraries.iter().map(|library| &library.member);
    for (member, layer) in package.members.iter().chain(used).zip(1..) {
        let manifest = member.contents.get(MANIFEST);
        let manifest = manifest.and_then(|bytes| std::str::from_utf8(bytes).ok());
        let manifest =
            manifest.map(|text| manifest::read(text, FileId::default(), &mut Reports::default()));
        translations
            .own
            .push(manifest.as_ref().and_then(language_of));
        for (path, bytes) in &member.contents {
            let name = path
                .strip_prefix(FOLDER)
                .and_then(|name| name.strip_prefix('/'));
            if let Some(name) = name.filter(|name| is_file(name)) {
                let shown = format!("{}/{path}", member.root);
                found.push((layer, name.to_owned(), shown, bytes.clone()));
            }
        }
    }
    for (layer, name, shown, bytes) in found {
        let tag = name.strip_suffix(".toml").unwrap_or(&name);
        let language = Language::new(tag);
        if let (Some(asked), Some(language)) = (asked, &language)
            && language.serves(asked).is_none()
        {
            continue;
        }
        let text = String::from_utf8(bytes);
        let is_text = text.is_ok();
        let text = text.unwrap_or_default();
        let file = package.sources.add(shown.as_str(), text.as_str());
        let mut reader = Reader {
            file,
            layer,
            reports,
            entries: Vec::new(),
        };
        let Some(language) = language else {
            // It is no concern of those who ask for a language.
            if asked.is_none() {
                let what = format!("`{tag}` is no language");
                let known = Some("fr.toml`, `pt-BR.toml".to_owned());
                reader.slip(reader.span(None), what, known);
            }
            continue;
        };
        if is_text {
            reader.document(&text);
        } else {
            let what = format!("`{name}` is not text in UTF-8");
            reader.slip(reader.span(None), what, None);
        }
        let entries = reader.entries;
        translations.files.push(TranslationsFile {
            language,
            layer,
            file,
            name: shown,
            entries,
        });
    }
    translations
}

/// What all languages call levels and categories: whose they are, their names and the words. Nothing else of the
/// files is taken apart, since whoever reads data does this each time; what is wrong with them is told elsewhere.
pub(crate) fn levels(package: &Package, files: &dyn Files) -> Vec<(String, String, String)> {
    let own = of_package(package, files).into_iter();
    let own = own.map(|(_, bytes)| bytes);
    let own = own.map(|bytes| (bytes, None));
    let of = |member: &Member| -> Vec<Vec<u8>> {
        let files = member.contents.iter().filter(|(path, _)| {
            let name = path.strip_prefix(FOLDER);
            let name = name.and_then(|name| name.strip_prefix('/'));
            name.is_some_and(is_file)
        });
        files.map(|(_, bytes)| bytes.clone()).collect()
    };
    let others = package.members.iter().flat_map(of);
    let others = others.map(|bytes| (bytes, None));
    let used = package.libraries.iter().enumerate();
    let used = used.flat_map(|(at, library)| {
        let files = of(&library.member).into_iter();
        files.map(move |bytes| (bytes, Some(at)))
    });
    let texts = own
        .chain(others)
        .chain(used)
        .filter_map(|(bytes, of)| Some((String::from_utf8(bytes).ok()?, of)));
    let mut found = Vec::new();
    for (text, of) in texts {
        // Of what is used, what is not taken means nothing here.
        let taken = of.map(|library| package.taken_of(library));
        let mut reports = Reports::default();
        let mut reader = Reader {
            file: FileId::default(),
            layer: 0,
            reports: &mut reports,
            entries: Vec::new(),
        };
        reader.document(&of_levels(&text));
        let entries = reader.entries.into_iter();
        found.extend(entries.filter_map(|entry| {
            match entry.key {
                Key::Level(owner, name)
                    if !entry.text.value.is_empty()
                        && taken
                            .as_ref()
                            .is_none_or(|taken| taken.contains(owner.as_str())) =>
                {
                    Some((owner, name, entry.text.value))
                }
                Key::Level(..)
                | Key::Framework(_)
                | Key::Label(_)
                | Key::Unit(_)
                | Key::Source(_)
                | Key::Docs(_)
                | Key::Message(_) => None,
            }
        }));
    }
    found
}

/// The sections of levels alone.
fn of_levels(text: &str) -> String {
    let mut inside = false;
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        if line.starts_with('[') {
            inside = line.starts_with("[levels");
        }
        inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The languages that there are files of, without reading them.
pub(super) fn names(package: &Package, files: &dyn Files) -> Vec<Language> {
    let own = of_package(package, files).into_iter().map(|(name, _)| name);
    let members = package.members.iter();
    let others = members.flat_map(|member| member.contents.keys());
    let others = others.filter_map(|path| path.strip_prefix(FOLDER)?.strip_prefix('/'));
    let others = others.filter(|name| is_file(name)).map(str::to_owned);
    let all = own.chain(others);
    let mut all: Vec<Language> = all
        .filter_map(|name| Language::new(name.strip_suffix(".toml")?))
        .collect();
    all.sort();
    all.dedup();
    all
}

fn language_of(manifest: &manifest::PackageManifest) -> Option<Language> {
    Language::new(&manifest.language.as_ref()?.value)
}

fn is_file(name: &str) -> bool {
    name.ends_with(".toml") && !name.contains('/') && !name.starts_with('.')
}

/// The package's own translations files, by name.
fn of_package(package: &Package, files: &dyn Files) -> Vec<(String, Vec<u8>)> {
    let files = package.own_files(files);
    let folder = package.root.join(FOLDER);
    if !files.is_dir(&folder) {
        return Vec::new();
    }
    let paths = files.all_files(&folder).unwrap_or_default();
    let name = |path: &Path| {
        let below = shown(path.strip_prefix(&folder).unwrap_or(path));
        is_file(&below).then_some(below)
    };
    paths
        .iter()
        .filter_map(|path| Some((name(path)?, files.read(path).ok()?)))
        .collect()
}

struct Reader<'r> {
    file: FileId,
    layer: usize,
    reports: &'r mut Reports,
    entries: Vec<Entry>,
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
        self.reports.add(TranslationSlip {
            span,
            what,
            suggestion,
            line: None,
        });
    }

    fn document(&mut self, text: &str) {
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let span = self.span(error.span());
                let slip = toml_slip(text, span.start as usize, error.message());
                let span = self.span(Some(slip.point(span.start as usize..span.end as usize)));
                let line = slip.line;
                self.reports.add(TranslationSlip {
                    span,
                    what: slip.what,
                    suggestion: None,
                    line,
                });
                return;
            }
        };
        let root = document.as_table();
        self.known(root, &SECTIONS);
        let layer = self.layer;
        self.section(root, "framework", |reader, table| {
            reader.known(table, &["label"]);
            reader.entry(table, "label", Key::Framework(layer));
        });
        self.section(root, "levels", |reader, table| {
            for (scale, _) in table.iter() {
                reader.section(table, scale, |reader, levels| {
                    for (level, _) in levels.iter() {
                        let key = Key::Level(scale.to_owned(), level.to_owned());
                        reader.entry(levels, level, key);
                    }
                });
            }
        });
        self.section(root, "messages", |reader, table| {
            let known = MESSAGES.map(|(key, _)| key);
            reader.known(table, &known);
            for (name, _) in table.iter().filter(|(name, _)| known.contains(name)) {
                reader.entry(table, name, Key::Message(name.to_owned()));
            }
        });
        self.names(root, "labels", Key::Label);
        self.names(root, "units", Key::Unit);
        self.names(root, "sources", Key::Source);
        self.names(root, "docs", Key::Docs);
    }

    fn names(&mut self, root: &dyn TableLike, section: &str, key: fn(String) -> Key) {
        self.section(root, section, |reader, table| {
            for (name, _) in table.iter() {
                reader.entry(table, name, key(name.to_owned()));
            }
        });
    }

    fn section(
        &mut self,
        root: &dyn TableLike,
        name: &str,
        read: impl FnOnce(&mut Self, &dyn TableLike),
    ) {
        let Some(item) = root.get(name) else { return };
        match item.as_table_like() {
            Some(table) => read(self, table),
            None => {
                let span = self.span(item.span());
                let what = format!("`{name}` is a section: write its texts below it, one a line");
                self.slip(span, what, None);
            }
        }
    }

    /// Tells keys that mean nothing here.
    fn known(&mut self, table: &dyn TableLike, known: &[&str]) {
        for (key, _) in table.iter() {
            if !known.contains(&key) {
                let span = self.span(table.key(key).and_then(TomlKey::span));
                let near = suggest(key, known.iter().copied()).map(str::to_owned);
                let near = near.or_else(|| (known.len() < 9).then(|| known.join("`, `")));
                self.slip(span, format!("`{key}` is not known here"), near);
            }
        }
    }

    fn entry(&mut self, table: &dyn TableLike, name: &str, key: Key) {
        let Some(item) = table.get(name) else { return };
        let span = self.span(table.key(name).and_then(TomlKey::span));
        let several = matches!(key, Key::Docs(_));
        let (text, of) = match item.as_table_like() {
            Some(parts) => {
                self.known(parts, &["text", "of"]);
                let text = parts.get("text");
                let text = text.and_then(|text| self.text(name, text, several));
                let of = parts.get("of");
                (text, of.and_then(|of| self.text("of", of, true)))
            }
            None => (self.text(name, item, several), None),
        };
        if let Some(text) = text {
            self.entries.push(Entry {
                key,
                span,
                text,
                of,
            });
        }
    }

    fn text(&mut self, name: &str, item: &Item, several: bool) -> Option<Said<String>> {
        let span = self.span(item.span());
        let Some(text) = item.as_str() else {
            let what = format!("`{name}` is a text in quotes, or `{{ text = \"…\", of = \"…\" }}`");
            self.slip(span, what, None);
            return None;
        };
        let marks = |one: char| {
            matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
                || one.is_control() && !(several && one == '\n')
        };
        if text.contains(marks) {
            let what =
                format!("`{name}` holds a break, or a mark that no one sees and that moves words");
            self.slip(span, what, None);
            return None;
        }
        Some(Said {
            value: text.trim().to_owned(),
            span,
        })
    }
}
