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
pub mod contents;
mod finding;
pub mod libraries;
mod loader;
pub mod lock;
pub mod manifest;
mod member;
mod members;
mod module;
mod uses;
mod words;

pub use loader::{FILE_LIMIT, STDLIB};
pub use member::{Library, Member, Way};
pub use members::Package;
pub use module::{Brought, Module, head};
pub(crate) use words::shown;
pub use words::why;

use crate::diagnostics::packages::ArchiveUnreadable;
use crate::diagnostics::{Code, Reports, Traits};
use crate::source::{Files, SourceMap};
use forewarn_grammar::ast::ItemKind;
use loader::Loader;
use std::path::Path;
use std::sync::Arc;
use words::folder_of;

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

/// Can a framework have this name? Words that the language keeps for itself are none.
#[must_use]
pub fn can_be_called(name: &str) -> bool {
    let head = format!("framework {name} \"A framework\" version \"1\"\n");
    let parsed = forewarn_grammar::parse(&head);
    let first = parsed.file.items.first().map(|item| &item.kind);
    let is_read = matches!(first, Some(ItemKind::Framework(head)) if head.name.text == name);
    is_read && parsed.problems.is_empty()
}
