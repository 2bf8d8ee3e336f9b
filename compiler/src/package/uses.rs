//! What the files of a package say that they use.
//!
//! In: the files of one package, and the names of the packages that it knows. Out: what it uses of other
//! packages; every `use` names a module or a package that is there, once, and none leads back to itself.

use std::path::Path;

use forewarn_grammar::ast::ItemKind;

use super::module::Module;
use super::words::shown;
use crate::diagnostics::Reports;
use crate::diagnostics::names::{NoFramework, UnknownModule, UseCycle, UseTwice};
use crate::diagnostics::packages::{ChosenOfFile, FileOrPackage};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::source::Span;

/// One `use`.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub path: Vec<String>,
    /// `common`
    pub first: Span,
    /// What is named of a package, and where.
    pub chosen: Vec<(String, Span)>,
    pub span: Span,
    /// Behind the last name of the path.
    behind: Span,
}

/// What a file uses.
pub(super) fn uses(module: &Module) -> impl Iterator<Item = Use> + '_ {
    module.file.items.iter().filter_map(|item| {
        let ItemKind::Use { path, chosen } = &item.kind else {
            return None;
        };
        let file = module.id;
        let (first, last) = (path.first()?, path.last()?);
        let chosen = chosen.iter();
        let chosen = chosen.map(|name| (name.text.clone(), at(file, name.span)));
        let span = at(file, item.span);
        Some(Use {
            path: path.iter().map(|name| name.text.clone()).collect(),
            first: at(file, first.span),
            chosen: chosen.collect(),
            span,
            behind: Span {
                start: last.span.end,
                ..span
            },
        })
    })
}

impl Use {
    fn words(&self) -> String {
        let path = self.path.join(".");
        let names = self.chosen.iter().map(|(name, _)| name.as_str());
        match self.chosen.as_slice() {
            [] => path,
            _ => format!("{path}.{{{}}}", names.collect::<Vec<_>>().join(", ")),
        }
    }

    /// As what it takes of a package: `use common.per_head` is `use common.{per_head}`.
    fn of_package(mut self) -> Self {
        if let Some(name) = self.path.get(1..).filter(|rest| !rest.is_empty()) {
            let place = Span {
                start: self.first.end.saturating_add(1),
                end: self.behind.start,
                ..self.first
            };
            self.chosen.insert(0, (name.join("."), place));
            self.path.truncate(1);
        }
        self
    }
}

/// What is used of other packages. `seen` are the package's own files and the standard library.
pub(super) fn check(
    seen: &[&Module],
    packages: &[&str],
    entry: &Path,
    reports: &mut Reports,
) -> Vec<Use> {
    let is_own = |module: &Module| !module.standard;
    if !seen.iter().any(|module| is_own(module)) {
        if !reports.has_errors() {
            reports.add(NoFramework {
                file: shown(entry),
                span: None,
            });
        }
        return Vec::new();
    }
    let mut of_packages = Vec::new();
    let mut edges: Vec<Vec<(usize, Span)>> = vec![Vec::new(); seen.len()];
    let own = seen.iter().enumerate().filter(|(_, module)| is_own(module));
    for (at, module) in own {
        let mut before: Vec<(String, Span)> = Vec::new();
        for one in uses(module) {
            let words = one.words();
            if let Some((_, first)) = before.iter().find(|(known, _)| *known == words) {
                reports.add(UseTwice {
                    path: words,
                    first: *first,
                    second: one.span,
                });
                continue;
            }
            before.push((words, one.span));
            let found = seen.iter().position(|other| other.path == one.path);
            let package = one.path.first().map_or("", String::as_str);
            match (found, packages.contains(&package)) {
                (Some(to), is_package) => {
                    if is_package {
                        reports.add(FileOrPackage {
                            name: one.path.join("."),
                            span: one.span,
                            file: seen.get(to).map_or(one.span, |other| head_of(other)),
                        });
                    } else if !one.chosen.is_empty() {
                        reports.add(ChosenOfFile {
                            path: one.path.join("."),
                            span: one.span,
                            names: one.behind,
                        });
                    }
                    if let Some(edges) = edges.get_mut(at) {
                        edges.push((to, one.span));
                    }
                    // Whichever was meant, its names are known.
                    of_packages.extend(is_package.then(|| one.of_package()));
                }
                (None, true) => of_packages.push(one.of_package()),
                (None, false) => {
                    let known = seen.iter().map(|module| module.path.join("."));
                    let packages = packages.iter().map(|name| (*name).to_owned());
                    let known: Vec<String> = known.chain(packages).collect();
                    let path = one.path.join(".");
                    let suggestion = suggest(&path, known.iter().map(String::as_str));
                    let suggestion = suggestion.map(str::to_owned);
                    let span = Span {
                        end: one.behind.start,
                        ..one.span
                    };
                    reports.add(UnknownModule {
                        path,
                        span,
                        suggestion,
                    });
                }
            }
        }
    }
    for cycle in crate::cycles::find(&edges) {
        let members = cycle
            .into_iter()
            .filter_map(|(at, span)| Some((seen.get(at)?.path.join("."), span)))
            .collect();
        reports.add(UseCycle { members });
    }
    of_packages
}

/// The first words of a file.
fn head_of(module: &Module) -> Span {
    let first = module.file.items.first();
    at(
        module.id,
        first.map_or_else(Default::default, |item| item.span),
    )
}
