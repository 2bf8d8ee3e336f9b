//! What a ruleset is made of: its files, and the packages that it builds on.

use super::archive::ArchiveFiles;
use super::before::Before;
use super::manifest::PackageManifest;
use super::member::{Library, Member};
use super::module::{Module, head};
use super::uses;
use super::words::folder_of;
use crate::overlay::target::key;
use crate::source::{Files, SourceMap};
use forewarn_grammar::ast::{self, ItemKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All files of a ruleset.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub sources: SourceMap,
    pub modules: Vec<Module>,
    /// The folder of the ruleset's own files.
    pub root: PathBuf,
    pub manifest: Option<PackageManifest>,
    /// The ruleset's own files, where they lie in an archive.
    pub archive: Option<Arc<ArchiveFiles>>,
    /// What is extended, nearest first: `modules` of member `i` have `package` `i + 1`.
    pub members: Vec<Member>,
    /// What is used, by the ruleset and by all that it builds on: each after what it uses itself.
    pub libraries: Vec<Library>,
    /// What the version before had, where the ruleset moves to another: see [`crate::upgrade`].
    pub(crate) before: Before,
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
