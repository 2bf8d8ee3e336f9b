//! Packages that are used: what `use common.{ per_head }` brings in.
//!
//! In: what the files of a package use of others. Out: for each file of those the declarations that are
//! taken, as further files of the package that takes them, and the packages themselves, which have to hold
//! by themselves. What is taken is taken with all that it names, so that it means here what it means there.
//! Nothing of it rests on data: functions, params, units, scales, categories and sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use forewarn_grammar::ast::{self, Item, ItemKind, Openness};
use forewarn_grammar::words::names_in;

use super::contents;
use super::finding::{self, Near, Own, Step};
use super::loader::Loader;
use super::member::{Library, Member, Way};
use super::members::Package;
use super::module::{Brought, Module};
use super::uses::{self, Use};
use super::words::shown;
use crate::diagnostics::Reports;
use crate::diagnostics::packages::{
    DependencyUnreadable, NotGiven, PackageCycle, TwoOfOneName, UseOfExtended, UsedExtends,
};
use crate::diagnostics::suggest::suggest;
use crate::framework::at;
use crate::overlay::target::{key, word};
use crate::source::{SourceMap, Span};

/// So many packages may use one another in a row.
const DEEPEST: usize = 64;

/// What is taken of one package.
struct Taking {
    said: Span,
    all: bool,
    chosen: BTreeMap<String, Span>,
}

/// Whatever a package uses, as further files of it: of number `index`. `None` where something cannot be had,
/// which has been told.
pub(super) fn bring(
    package: &mut Package,
    index: usize,
    (own, near): (Own<'_>, &Near<'_>),
    uses: &[Use],
    way: &mut Vec<Step>,
    reports: &mut Reports,
) -> Option<Vec<Module>> {
    let mut takings: BTreeMap<usize, Taking> = BTreeMap::new();
    let mut is_whole = true;
    for one in uses {
        let Some(library) = library(package, (own, near), one, way, reports) else {
            is_whole = false;
            continue;
        };
        let taking = takings.entry(library).or_insert_with(|| Taking {
            said: one.first,
            all: false,
            chosen: BTreeMap::new(),
        });
        taking.all |= one.chosen.is_empty();
        taking.chosen.extend(one.chosen.iter().cloned());
    }
    let mut brought = Vec::new();
    for (library, taking) in takings {
        let Some(of) = package.libraries.get(library) else {
            continue;
        };
        let taken = Offer::of(of).taken(&taking, &package.sources, reports);
        is_whole &= taken.is_some();
        for (module, items) in taken.into_iter().flatten() {
            let nested = module.brought.as_ref();
            let made = part(&brought, module, items);
            brought.extend(made.map(|file| {
                Module {
                    file,
                    package: index,
                    path: std::iter::once(&of.member.name)
                        .chain(&module.path)
                        .cloned()
                        .collect(),
                    brought: Some(Brought {
                        library: nested.map_or(library, |nested| nested.library),
                        name: of.member.name.clone(),
                        said: taking.said,
                        chosen: taking.chosen.clone(),
                    }),
                    ..module.clone()
                }
            }));
        }
    }
    is_whole.then_some(brought)
}

/// A file with these of its items; without those that are brought in by another way, and nothing where none
/// is left.
fn part(brought: &[Module], module: &Module, mut items: Vec<Item>) -> Option<ast::File> {
    let known = brought.iter().filter(|one| one.id == module.id);
    let known = known.flat_map(|one| one.file.items.iter().map(|item| item.span));
    let known: BTreeSet<ast::Span> = known.collect();
    items.retain(|item| !known.contains(&item.span));
    let comments = Vec::new();
    (!items.is_empty()).then_some(ast::File { items, comments })
}

/// The package that a `use` names, read once.
fn library(
    package: &mut Package,
    (own, near): (Own<'_>, &Near<'_>),
    one: &Use,
    way: &mut Vec<Step>,
    reports: &mut Reports,
) -> Option<usize> {
    let name = one.path.first()?;
    if near.extends.as_ref() == Some(name) {
        reports.add(UseOfExtended {
            name: name.clone(),
            span: one.span,
        });
        return None;
    }
    let (dependency, lies_at, is_own) = finding::place(own, near, name)?;
    way.push(Step {
        name: near.name.clone(),
        root: near.root.to_path_buf(),
        said: one.first,
    });
    let index = library_at(
        package,
        (own, near),
        (one, &dependency, lies_at, is_own),
        way,
        reports,
    );
    way.pop();
    index
}

type Lying<'a> = (&'a Use, &'a super::manifest::Dependency, PathBuf, bool);

fn library_at(
    package: &mut Package,
    (own, near): (Own<'_>, &Near<'_>),
    (one, dependency, lies_at, is_own): Lying<'_>,
    way: &mut Vec<Step>,
    reports: &mut Reports,
) -> Option<usize> {
    let name = &dependency.name.value;
    if let Some(start) = way
        .iter()
        .position(|step| finding::normal(&step.root) == lies_at)
    {
        let members = way.iter().skip(start);
        let members = members.map(|step| (step.name.clone(), step.said)).collect();
        let how = Way::Used;
        reports.add(PackageCycle { members, how });
        return None;
    }
    if way.len() > DEEPEST {
        reports.add(DependencyUnreadable {
            name: name.clone(),
            path: shown(&lies_at),
            why: format!("it lies behind {DEEPEST} packages that use one another"),
            in_archive: false,
            span: dependency.place.span,
        });
        return None;
    }
    let mut libraries = package.libraries.iter();
    let known = libraries.position(|known| known.member.name == *name);
    let known = known.and_then(|at| Some((at, package.libraries.get(at)?)));
    if let Some((at, _)) = known.filter(|(_, known)| known.member.root == shown(&lies_at)) {
        return Some(at);
    }
    let (archive, contents) = finding::reach((own, near), is_own, &lies_at, dependency, reports)?;
    let fingerprints = contents::fingerprints(&contents);
    if let Some((at, known)) = known {
        if known.member.fingerprints == fingerprints {
            return Some(at);
        }
        reports.add(TwoOfOneName {
            name: name.clone(),
            span: one.first,
            place: shown(&lies_at),
            other: known.member.said,
            other_place: known.member.root.clone(),
        });
        return None;
    }
    let outside = if is_own { own.files } else { near.files };
    let files = match &archive {
        Some(archive) => archive,
        None => outside,
    };
    let mut loader = Loader {
        files,
        reports: &mut *reports,
        package: Package {
            sources: std::mem::take(&mut package.sources),
            ..Package::default()
        },
        at: 0,
    };
    loader.folder(&lies_at);
    let Package {
        sources,
        mut modules,
        ..
    } = loader.package;
    package.sources = sources;
    let manifest = finding::read_manifest(&lies_at, files, &mut package.sources, reports);
    if let Some(manifest) = &manifest {
        finding::agree(manifest, &modules, 0, reports);
    }
    let version = finding::fits(&modules, 0, name, one.first, None, dependency, reports)?;
    let (file, head) = super::head(&modules, 0)?;
    let own_name = head.name.text.clone();
    if let Some((base, _)) = &head.extends {
        reports.add(UsedExtends {
            name: name.clone(),
            base: base.text.clone(),
            span: one.first,
            declared: at(file, base.span),
        });
        return None;
    }
    let next = Near {
        name: own_name,
        extends: None,
        manifest: manifest.as_ref(),
        root: &lies_at,
        files,
        is_archive: archive.is_some()
            || if is_own {
                own.is_archive
            } else {
                near.is_archive
            },
    };
    let standard = package.modules.iter().filter(|module| module.standard);
    let seen: Vec<&Module> = standard.chain(&modules).collect();
    let uses = uses::check(&seen, &finding::packages(own, &next), &lies_at, reports);
    let further = bring(package, 0, (own, &next), &uses, way, reports)?;
    modules.extend(further);
    package.libraries.push(Library {
        member: Member {
            name: name.clone(),
            version,
            said: one.first,
            way: Way::Used,
            root: shown(&lies_at),
            fingerprints,
            contents,
        },
        modules,
    });
    Some(package.libraries.len().saturating_sub(1))
}

/// What a package has to give, by name.
struct Offer<'l> {
    library: &'l Library,
    /// The places of modules and their items.
    given: BTreeMap<&'l str, Vec<(usize, usize)>>,
}

impl<'l> Offer<'l> {
    fn of(library: &'l Library) -> Self {
        let mut given: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (at_module, module) in library.modules.iter().enumerate() {
            for (at_item, item) in module.file.items.iter().enumerate() {
                if let Some((_, name)) = key(&item.kind).filter(|_| is_given(&item.kind)) {
                    given.entry(name).or_default().push((at_module, at_item));
                }
            }
        }
        Self { library, given }
    }

    /// The files with what is taken of each, with all that this names. `None` where a name is not to be
    /// had, which is told.
    fn taken(
        &self,
        taking: &Taking,
        sources: &SourceMap,
        reports: &mut Reports,
    ) -> Option<Vec<(&'l Module, Vec<Item>)>> {
        let mut next: Vec<&str> = Vec::new();
        let mut is_whole = true;
        for (name, span) in &taking.chosen {
            if self.given.contains_key(name.as_str()) {
                next.push(name);
            } else {
                reports.add(self.lacking(name, *span));
                is_whole = false;
            }
        }
        if taking.all {
            next.extend(self.given.keys());
        }
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        while let Some(name) = next.pop() {
            for place in self.given.get(name).into_iter().flatten() {
                if let Some((module, item)) = self.item(*place).filter(|_| taken.insert(*place)) {
                    next.extend(named_by(item, sources.slice(at(module.id, item.span))));
                }
            }
        }
        let mut files: Vec<(&Module, Vec<Item>)> = Vec::new();
        for (module, item) in taken.into_iter().filter_map(|place| self.item(place)) {
            let mut item = item.clone();
            // What is open to whoever extends that package says nothing of this one.
            item.openness = item
                .openness
                .filter(|openness| *openness == Openness::Final);
            match files
                .last_mut()
                .filter(|(last, _)| last.path == module.path)
            {
                Some((_, items)) => items.push(item),
                None => files.push((module, vec![item])),
            }
        }
        is_whole.then_some(files)
    }

    fn item(&self, (module, item): (usize, usize)) -> Option<(&'l Module, &'l Item)> {
        let module = self.library.modules.get(module)?;
        Some((module, module.file.items.get(item)?))
    }

    fn lacking(&self, name: &str, span: Span) -> NotGiven {
        let mut items = self.library.modules.iter().flat_map(|module| {
            let items = module.file.items.iter();
            items.map(move |item| (module, item))
        });
        let other = items.find(|(_, item)| key(&item.kind).is_some_and(|(_, own)| own == name));
        let known = self.given.keys().copied();
        NotGiven {
            package: self.library.member.name.clone(),
            name: name.to_owned(),
            span,
            what: other.map(|(module, item)| (word(&item.kind), at(module.id, item.span))),
            suggestion: suggest(name, known.clone()).map(str::to_owned),
            known: known.map(str::to_owned).collect(),
        }
    }
}

/// The names that a declaration refers to; what it rests on is among them.
fn named_by<'t>(item: &Item, text: &'t str) -> Vec<&'t str> {
    let mut names = names_in(text);
    if let ItemKind::Function(function) = &item.kind {
        let is_own = |name: &&str| function.params.iter().any(|one| one.name.text == **name);
        names.retain(|name| !is_own(name));
    }
    // Levels are named as nothing else is.
    if matches!(item.kind, ItemKind::Scale { .. }) {
        names.clear();
    }
    names
}

/// Can it be brought in by `use`? Whatever means the same wherever it stands, since no data and nothing
/// published is in it.
fn is_given(kind: &ItemKind) -> bool {
    match kind {
        ItemKind::Function(_)
        | ItemKind::Param(_)
        | ItemKind::Unit { .. }
        | ItemKind::Scale { .. }
        | ItemKind::Source { .. } => true,
        ItemKind::Framework(_)
        | ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Panel(_)
        | ItemKind::Indicator { .. }
        | ItemKind::Binding(_)
        | ItemKind::Factor(_)
        | ItemKind::Group(_)
        | ItemKind::Level(_)
        | ItemKind::Alert(_)
        | ItemKind::Table(_)
        | ItemKind::Test(_)
        | ItemKind::Property(_)
        | ItemKind::Declassify(_)
        | ItemKind::Show { .. }
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => false,
    }
}
