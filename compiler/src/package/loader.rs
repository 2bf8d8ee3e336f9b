//! Reads the files of a ruleset.

use super::members::Package;
use super::module::Module;
use super::uses;
use super::words::{folder_of, shown, why};
use crate::diagnostics::Reports;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::syntax::{self, FileTooLarge, FileUnreadable, NotText};
use crate::source::Files;
use forewarn_grammar::ast::ItemKind;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The most bytes a rule file may have.
pub const FILE_LIMIT: u64 = 8 * 1024 * 1024;

/// The standard library's modules by name.
pub const STDLIB: &[(&str, &str)] = &[
    ("scaling", include_str!("../../../stdlib/scaling.risk")),
    (
        "aggregation",
        include_str!("../../../stdlib/aggregation.risk"),
    ),
    ("rates", include_str!("../../../stdlib/rates.risk")),
    ("models", include_str!("../../../stdlib/models.risk")),
];

pub(super) struct Loader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) reports: &'a mut Reports,
    pub(super) package: Package,
    /// Whose files are read now: see [`Module::package`].
    pub(super) at: usize,
}

impl Loader<'_> {
    pub(super) fn folder(&mut self, root: &Path) {
        match self.files.rule_files(root) {
            Ok(paths) => {
                for path in paths {
                    let name = module_path(root, &path);
                    self.read(&path, name);
                }
            }
            Err(error) => self.unreadable(root, &error),
        }
    }

    /// The file and, from its folder, the modules it uses, each once.
    pub(super) fn single(&mut self, entry: &Path) {
        let root = folder_of(entry);
        if holds_data(entry) {
            // The rules lie beside it, where nothing else can be meant.
            let rules = self.files.rule_files(&root).unwrap_or_default();
            let rules = match rules.as_slice() {
                [only] => Some(shown(only)),
                _ => None,
            };
            self.reports.add(FileUnreadable {
                file: shown(entry),
                why: "this is a file of data, and no ruleset".to_owned(),
                data: true,
                rules,
            });
            return;
        }
        let mut read = BTreeSet::new();
        let own = vec![
            entry
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        ];
        read.insert(own.clone());
        self.read(entry, own);
        let mut next = self.package.modules.len().saturating_sub(1);
        let mut beside: Option<Vec<PathBuf>> = None;
        while let Some(module) = self.package.modules.get(next) {
            next += 1;
            if module.standard {
                continue;
            }
            let wanted: Vec<Vec<String>> = uses::uses(module).map(|one| one.path).collect();
            for path in wanted {
                if path.first().is_some_and(|first| first == "stdlib") || !read.insert(path.clone())
                {
                    continue;
                }
                let files =
                    beside.get_or_insert_with(|| self.files.rule_files(&root).unwrap_or_default());
                let found = files
                    .iter()
                    .find(|file| module_path(&root, file) == path)
                    .cloned();
                if let Some(found) = found {
                    self.read(&found, path);
                }
            }
        }
    }

    pub(super) fn read(&mut self, path: &Path, module: Vec<String>) {
        let name = shown(path);
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                self.reports.add(FileTooLarge {
                    file: name,
                    limit: FILE_LIMIT,
                });
                return;
            }
            Err(error) => return self.unreadable(path, &error),
        };
        if bytes.len() as u64 > FILE_LIMIT {
            self.reports.add(FileTooLarge {
                file: name,
                limit: FILE_LIMIT,
            });
            return;
        }
        match String::from_utf8(bytes) {
            Ok(text) => self.parse(name, &text, module, false),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let before = error.as_bytes().get(..valid).unwrap_or_default();
                let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
                self.reports.add(NotText {
                    file: name,
                    offset: valid as u64,
                    row,
                });
            }
        }
    }

    pub(super) fn parse(&mut self, name: String, text: &str, path: Vec<String>, standard: bool) {
        let id = self.package.sources.add(name, text);
        let parsed = forewarn_grammar::parse(text);
        let nameless = parsed
            .file
            .items
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Error { name: None }));
        for problem in &parsed.problems {
            syntax::from_problem(problem, id, self.reports);
        }
        self.package.modules.push(Module {
            id,
            file: parsed.file,
            broken: parsed.broken,
            doubtful: parsed.doubtful,
            nameless,
            path,
            standard,
            package: self.at,
            brought: None,
        });
    }

    pub(super) fn unreadable(&mut self, path: &Path, error: &std::io::Error) {
        let absent = error.kind() == std::io::ErrorKind::NotFound;
        self.reports.add(FileUnreadable {
            file: shown(path),
            why: why(error),
            data: false,
            rules: absent.then(|| self.near(path)).flatten(),
        });
    }

    /// The one file of rules of this name in a folder beside, or one whose name looks like it.
    pub(super) fn near(&self, path: &Path) -> Option<String> {
        let own = path.file_name()?;
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        if !self.files.is_dir(parent) || path.extension().is_none_or(|ending| ending != "risk") {
            return None;
        }
        let found = self.files.rule_files(parent).ok()?;
        let mut same = found.iter().filter(|file| file.file_name() == Some(own));
        let own_words = |file: &Path| shown(file.strip_prefix(".").unwrap_or(file));
        if let Some(first) = same.next() {
            return same.next().is_none().then(|| own_words(first));
        }
        let names: Vec<String> = found.iter().map(|file| own_words(file)).collect();
        suggest(&shown(path), names.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// `factors/state.risk` below the root is `factors.state`.
fn module_path(root: &Path, path: &Path) -> Vec<String> {
    let below = path.strip_prefix(root).unwrap_or(path).with_extension("");
    below
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

/// Has it the name of a table?
fn holds_data(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        let known = [
            "csv", "tsv", "xlsx", "xls", "ods", "parquet", "arrow", "ndjson", "jsonl", "json",
        ];
        known.contains(&extension.to_ascii_lowercase().as_str())
    })
}
