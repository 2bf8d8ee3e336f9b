//! Tests of what a ruleset extends, under some of the ruleset's changes: which of them moves a result.
//!
//! In: a ruleset that extends another. Out: its changes, and for any part of them the tests of some names,
//! as they come out with that part made. And whose files tests stand in, so that nothing but the ruleset
//! that was named is ever written.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use forewarn_grammar::ast::ItemKind;

use crate::checked::CheckedFramework;
use crate::diagnostics::Reports;
use crate::overlay::{self, Selection, Standing};
use crate::package::{self, Package};
use crate::settings::Given;
use crate::source::{FileId, Files, SourceMap};
use crate::testing::{Lowering, Tests, files_of, groups};
use crate::{Settings, check, framework, lower, tree};

/// Where the rule files of a ruleset lie.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The rule files of the ruleset itself, and of nothing that it extends.
    pub own: BTreeSet<FileId>,
    /// The folder of the ruleset's own files, or its archive.
    pub root: PathBuf,
    /// Nothing is written into an archive.
    pub is_archive: bool,
    /// The folder or archive of the package that each rule file belongs to.
    pub roots: BTreeMap<FileId, PathBuf>,
}

impl Home {
    pub(crate) fn of(package: &Package) -> Self {
        let modules = package.modules.iter();
        let modules = modules.filter(|module| !module.standard);
        let root = |module: &package::Module| match module.package.checked_sub(1) {
            None => Some(package.root.clone()),
            Some(below) => {
                let member = package.members.get(below)?;
                Some(PathBuf::from(&member.root))
            }
        };
        let own = modules.clone().filter(|module| module.package == 0);
        Self {
            own: own.map(|module| module.id).collect(),
            root: package.root.clone(),
            is_archive: package.archive.is_some(),
            roots: modules
                .filter_map(|module| Some((module.id, root(module)?)))
                .collect(),
        }
    }
}

/// One change of a ruleset.
#[derive(Clone, Debug)]
pub struct MovingChange {
    /// `override param presence: 0.5 → 0.45`
    pub words: String,
    pub because: String,
    number: usize,
}

/// A ruleset of which the changes can be made in part.
#[derive(Debug)]
pub struct Moving {
    package: Package,
    settings: Settings,
    changes: Vec<MovingChange>,
    /// Changes that are always made: of lower packages, and of tests and properties.
    always: BTreeSet<usize>,
}

/// What of a ruleset is read: the changes of these numbers, and the tests of these names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub numbers: &'a BTreeSet<usize>,
    pub labels: &'a BTreeSet<String>,
}

impl Part<'_> {
    pub fn checked(
        self,
        package: &mut Package,
        settings: &Settings,
        reports: &mut Reports,
    ) -> CheckedFramework {
        let given = Given::read(settings, &mut package.sources, reports);
        let only = Selection::Only(self.numbers);
        let mut overlaid = overlay::settle(package, 0, only, reports);
        overlaid.standing.retain(|standing| self.keeps(standing));
        let framework = framework::gather_standing(package, 0, overlaid, &given, reports);
        let kinds = check::Kinds::default();
        check::check(&framework, &package.sources, &kinds, reports)
    }

    /// Other tests, and claims, may speak of what is not made.
    fn keeps(self, standing: &Standing<'_>) -> bool {
        match standing.kind {
            ItemKind::Test(test) => self.labels.contains(&test.label.value),
            ItemKind::Property(_) => false,
            ItemKind::Framework(_)
            | ItemKind::Module { .. }
            | ItemKind::Use { .. }
            | ItemKind::Panel(_)
            | ItemKind::Source { .. }
            | ItemKind::Unit { .. }
            | ItemKind::Indicator { .. }
            | ItemKind::Param(_)
            | ItemKind::Binding(_)
            | ItemKind::Factor(_)
            | ItemKind::Scale { .. }
            | ItemKind::Level(_)
            | ItemKind::Alert(_)
            | ItemKind::Function(_)
            | ItemKind::Table(_)
            | ItemKind::Declassify(_)
            | ItemKind::Change(_)
            | ItemKind::Error { .. } => true,
        }
    }
}

impl Moving {
    /// Reads a ruleset that extends another; nothing where it does not, or does not hold together.
    #[must_use]
    pub fn read(entry: &Path, files: &dyn Files) -> Option<Self> {
        let mut reports = Reports::default();
        let package = package::load(entry, files, &mut reports);
        if reports.has_errors() || package.members.is_empty() {
            return None;
        }
        let all = overlay::settle(&package, 0, Selection::All, &mut reports).changes;
        let (mut changes, mut always) = (Vec::new(), BTreeSet::new());
        for change in all {
            if change.package > 0 || matches!(change.what.as_str(), "test" | "property") {
                always.insert(change.number);
                continue;
            }
            changes.push(MovingChange {
                words: tree::shown(&change, &package.sources).words(),
                because: change.because,
                number: change.number,
            });
        }
        Some(Self {
            package,
            settings: Settings::default(),
            changes,
            always,
        })
    }

    #[must_use]
    pub fn changes(&self) -> &[MovingChange] {
        &self.changes
    }

    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.package.sources
    }

    /// The changes by number, with those that are always made.
    fn numbers(&self, made: &BTreeSet<usize>) -> BTreeSet<usize> {
        let made = made.iter().filter_map(|at| self.changes.get(*at));
        let made = made.map(|change| change.number);
        self.always.iter().copied().chain(made).collect()
    }

    /// Do these changes hold together without the others?
    pub fn holds(&mut self, made: &BTreeSet<usize>) -> bool {
        let numbers = self.numbers(made);
        let part = Part {
            numbers: &numbers,
            labels: &BTreeSet::new(),
        };
        let mut reports = Reports::default();
        part.checked(&mut self.package, &self.settings, &mut reports);
        !reports.has_errors()
    }

    /// The tests of these names with these changes made; nothing where they do not hold together.
    pub fn tests(&mut self, made: &BTreeSet<usize>, labels: &BTreeSet<String>) -> Option<Tests> {
        let numbers = self.numbers(made);
        let part = Part {
            numbers: &numbers,
            labels,
        };
        let mut reports = Reports::default();
        let package = &mut self.package;
        let checked = part.checked(package, &self.settings, &mut reports);
        if reports.has_errors() {
            return None;
        }
        let plan = lower::lower(&checked, &package.sources, &mut reports);
        if reports.has_errors() {
            return None;
        }
        let lowering = Lowering {
            settings: &self.settings,
            watched: false,
            part: Some(part),
        };
        let mut suites = Vec::new();
        for group in groups(&checked, &package.sources) {
            suites.extend(lowering.suite(package, &checked, &plan, &group, &mut reports));
        }
        (!reports.has_errors()).then(|| Tests {
            plan,
            points: Vec::new(),
            visible: None,
            suites,
            files: files_of(&checked.tests),
        })
    }
}
