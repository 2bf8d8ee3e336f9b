//! The files of one ruleset and of the packages it builds on, read and parsed.
//!
//! In: a rule file or a folder. Out: a [`Package`]: every file's tree, with the standard library.
//! A folder is a package: all its `.risk` files share one set of names. A single file is a package
//! with the modules it uses, which stand beside it. What a framework extends, and the packages that it
//! uses ([`libraries`]), are found by the package's `forewarn.toml` ([`manifest`]), and held to
//! `forewarn.lock` ([`lock`]).

pub mod archive;
pub(crate) mod before;
pub mod belongs;
mod chain;
pub use finding::head;
pub mod contents;
mod finding;
pub mod libraries;
pub mod lock;
pub mod manifest;
mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use forewarn_grammar::ast::{self, ItemKind};

use crate::diagnostics::packages::ArchiveUnreadable;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::syntax::{self, FileTooLarge, FileUnreadable, NotText};
use crate::diagnostics::{Code, Reports, Traits};
use crate::overlay::target::key;
use crate::source::{FileId, Files, SourceMap, Span};

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

/// One parsed file.
#[derive(Clone, Debug)]
pub struct Module {
    pub id: FileId,
    pub file: ast::File,
    /// Declarations of which a part could not be read; what they seem to lack is not told.
    pub broken: Vec<ast::Span>,
    /// Declarations that were read on a guess: what else seems wrong in them is not told.
    pub doubtful: Vec<ast::Span>,
    /// A declaration could not be read whose name is not known.
    pub nameless: bool,
    /// The words that `use` knows it by: its path below the package, or `stdlib.NAME`.
    pub path: Vec<String>,
    pub standard: bool,
    /// 0 for the ruleset's own files, 1 for those of the package it extends, and so on. What is brought in
    /// by `use` is as if that package declared it.
    pub package: usize,
    /// Where the file is one of a package that is used: what it brings in stands in `file`, and nothing else.
    pub brought: Option<Brought>,
}

/// What `use` takes of a file of another package.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Index of [`Package::libraries`].
    pub library: usize,
    /// The package's name, and where it is named.
    pub name: String,
    pub said: Span,
    /// What is taken by its name, with the place of that.
    pub chosen: BTreeMap<String, Span>,
}

/// A package that is used, as it stands by itself.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub member: Member,
    /// Its files and what they themselves bring in, as a ruleset's own.
    pub modules: Vec<Module>,
}

/// How a package builds on another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Extended,
    Used,
}

impl Way {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Extended => "extended",
            Self::Used => "used",
        }
    }
}

/// A package that the ruleset builds on.
#[derive(Clone, Debug, Default)]
pub struct Member {
    pub name: String,
    pub version: String,
    /// Where it is said that it is built on, and how.
    pub said: Span,
    pub way: Way,
    /// Its folder or archive, as shown to people.
    pub root: String,
    /// SHA-256 of each of its files, by path below its root.
    pub fingerprints: BTreeMap<String, String>,
    /// Its files; what is vendored and packed.
    pub contents: BTreeMap<String, Vec<u8>>,
}

/// All files of a ruleset.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub sources: SourceMap,
    pub modules: Vec<Module>,
    /// The folder of the ruleset's own files.
    pub root: PathBuf,
    pub manifest: Option<manifest::PackageManifest>,
    /// The ruleset's own files, where they lie in an archive.
    pub archive: Option<Arc<archive::ArchiveFiles>>,
    /// What is extended, nearest first: `modules` of member `i` have `package` `i + 1`.
    pub members: Vec<Member>,
    /// What is used, by the ruleset and by all that it builds on: each after what it uses itself.
    pub libraries: Vec<Library>,
    /// What the version before had, where the ruleset moves to another: see [`crate::upgrade`].
    pub(crate) before: before::Before,
    /// Something that is extended could not be read, which has been told: the rest has no meaning.
    pub unresolved: bool,
    /// Names of items of groups.
    pub(crate) pool: crate::groups::Pool,
}

impl Package {
    /// The way to the ruleset's own files.
    #[must_use]
    pub fn own_files<'f>(&'f self, files: &'f dyn Files) -> &'f dyn Files {
        match &self.archive {
            Some(archive) => archive.as_ref(),
            None => files,
        }
    }

    /// Does the ruleset itself extend or use a package, whether that is to be had or not?
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        let extends = head(&self.modules, 0).and_then(|(_, head)| head.extends.as_ref());
        let own = self.modules.iter();
        let own = own.filter(|module| !module.standard && module.package == 0);
        let mut used = own
            .filter(|module| module.brought.is_none())
            .flat_map(uses::uses);
        extends.is_some_and(|(wanted, _)| wanted.text == name)
            || used.any(|one| one.path.first().is_some_and(|first| first == name))
    }

    /// Everything that it builds on, each once: what is extended, then what is used.
    pub fn built_on(&self) -> impl Iterator<Item = &Member> {
        let used = self.libraries.iter().map(|library| &library.member);
        let is_extended = |one: &Member| self.members.iter().any(|base| base.name == one.name);
        let used = used.filter(move |one| !is_extended(one));
        self.members.iter().chain(used)
    }

    /// The names of what is brought in from a package that is used.
    #[must_use]
    pub fn taken_of(&self, library: usize) -> BTreeSet<&str> {
        let modules = self.modules.iter().filter(|module| {
            let brought = module.brought.as_ref();
            brought.is_some_and(|brought| brought.library == library)
        });
        let items = modules.flat_map(|module| &module.file.items);
        items
            .filter_map(|item| key(&item.kind).map(|(_, name)| name))
            .collect()
    }

    /// A package that is used, as a ruleset of its own.
    #[must_use]
    pub(crate) fn alone(&self, library: &Library) -> Self {
        let standard = self.modules.iter().filter(|module| module.standard);
        Self {
            sources: self.sources.clone(),
            modules: standard.chain(&library.modules).cloned().collect(),
            ..Self::default()
        }
    }

    /// The tables of cases that its tests read, and those of what it extends.
    #[must_use]
    pub fn tables(&self) -> Vec<PathBuf> {
        let mut tables = Vec::new();
        for module in &self.modules {
            let Some(file) = self.sources.get(module.id) else {
                continue;
            };
            for item in &module.file.items {
                if let ItemKind::Test(ast::Test {
                    kind: ast::TestKind::File { path, .. },
                    ..
                }) = &item.kind
                {
                    tables.push(folder_of(Path::new(&file.name)).join(&path.value));
                }
            }
        }
        tables
    }
}

/// Reads a ruleset: a rule file, a folder or an archive. What cannot be read is told; the rest is there.
pub fn load(entry: &Path, files: &dyn Files, reports: &mut Reports) -> Package {
    load_after(SourceMap::default(), entry, files, reports)
}

/// The same beside files that were read before, so that messages can show both.
pub fn load_after(
    sources: SourceMap,
    entry: &Path,
    files: &dyn Files,
    reports: &mut Reports,
) -> Package {
    let archive = match opened(entry, files, reports) {
        Ok(archive) => archive,
        Err(NotOpened) => {
            return Package {
                sources,
                unresolved: true,
                ..Package::default()
            };
        }
    };
    let files: &dyn Files = match &archive {
        Some(archive) => archive.as_ref(),
        None => files,
    };
    let mut loader = Loader {
        files,
        reports,
        package: Package {
            sources,
            archive: archive.clone(),
            ..Package::default()
        },
        at: 0,
    };
    for (name, text) in STDLIB {
        let path = vec!["stdlib".to_owned(), (*name).to_owned()];
        loader.parse(format!("stdlib/{name}.risk"), text, path, true);
    }
    loader.package.root = if files.is_dir(entry) {
        loader.folder(entry);
        entry.to_path_buf()
    } else {
        loader.single(entry);
        folder_of(entry)
    };
    let Loader { package, at, .. } = loader;
    debug_assert_eq!(at, 0, "only the ruleset's own files so far");
    chain::follow(package, entry, files, reports)
}

/// An archive that could not be read, which has been told.
struct NotOpened;

/// The archive that a ruleset lies in, if it does.
fn opened(
    entry: &Path,
    files: &dyn Files,
    reports: &mut Reports,
) -> Result<Option<Arc<archive::ArchiveFiles>>, NotOpened> {
    if !archive::is_archive(entry, files) {
        return Ok(None);
    }
    match archive::ArchiveFiles::open(entry, files) {
        Ok(archive) => Ok(Some(Arc::new(archive))),
        Err(why) => {
            let file = shown(entry);
            reports.add(ArchiveUnreadable { file, why });
            Err(NotOpened)
        }
    }
}

/// Does a finding keep it from being known which files a ruleset builds on?
#[must_use]
pub fn names_files(code: Code) -> bool {
    !code.has(Traits::ABOUT_LOCKS) && !code.has(Traits::ABOUT_USE)
}

/// The text that `forewarn.lock` has for a ruleset now; empty if it builds on nothing.
///
/// # Errors
/// What keeps the packages from being read. That they are not those of the lock at hand does not.
pub fn lock_text(entry: &Path, files: &dyn Files) -> Result<String, (SourceMap, Reports)> {
    let mut reports = Reports::default();
    let package = load(entry, files, &mut reports);
    reports.retain(|cause| names_files(cause.code()));
    if reports.has_errors() {
        return Err((package.sources, reports));
    }
    let mut built_on = package.built_on().peekable();
    Ok(match built_on.peek() {
        None => String::new(),
        Some(_) => lock::write(built_on),
    })
}

/// The folder that a file lies in.
fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
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

struct Loader<'a> {
    files: &'a dyn Files,
    reports: &'a mut Reports,
    package: Package,
    /// Whose files are read now: see [`Module::package`].
    at: usize,
}

impl Loader<'_> {
    fn folder(&mut self, root: &Path) {
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
    fn single(&mut self, entry: &Path) {
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

    fn read(&mut self, path: &Path, module: Vec<String>) {
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

    fn parse(&mut self, name: String, text: &str, path: Vec<String>, standard: bool) {
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

    fn unreadable(&mut self, path: &Path, error: &std::io::Error) {
        let absent = error.kind() == std::io::ErrorKind::NotFound;
        self.reports.add(FileUnreadable {
            file: shown(path),
            why: why(error),
            data: false,
            rules: absent.then(|| self.near(path)).flatten(),
        });
    }

    /// The one file of rules of this name in a folder beside, or one whose name looks like it.
    fn near(&self, path: &Path) -> Option<String> {
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

/// `West African adaptation 0.3.0`: the label and version of a package's framework.
#[must_use]
pub fn title(modules: &[Module], package: usize) -> String {
    let Some((_, head)) = head(modules, package) else {
        return String::new();
    };
    let label = head
        .label
        .as_ref()
        .map_or(&head.name.text, |label| &label.value);
    match &head.version {
        Some(version) => format!("{label} {}", version.value),
        None => label.clone(),
    }
}

/// The path as shown to people, with `/`.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// What an operating system's error says, without its number.
#[must_use]
pub fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::FileTooLarge => format!(
            "it has more than {} MiB, the most that a package may have",
            contents::LIMIT / (1024 * 1024)
        ),
        _ => {
            let text = error.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

/// Can a framework have this name? Words that the language keeps for itself are none.
#[must_use]
pub fn can_be_called(name: &str) -> bool {
    let head = format!("framework {name} \"A framework\" version \"1\"\n");
    let parsed = forewarn_grammar::parse(&head);
    let first = parsed.file.items.first().map(|item| &item.kind);
    let is_read = matches!(first, Some(ItemKind::Framework(head)) if head.name.text == name);
    is_read && parsed.problems.is_empty()
}
