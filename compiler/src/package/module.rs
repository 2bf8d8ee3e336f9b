//! One parsed file of a ruleset.

use crate::source::{FileId, Span};
use forewarn_grammar::ast::{self, ItemKind};
use std::collections::BTreeMap;

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

/// The framework's head among a package's modules.
#[must_use]
pub fn head(modules: &[Module], package: usize) -> Option<(FileId, &ast::Framework)> {
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
