//! Tests of what a ruleset extends, under some of the ruleset's changes: which of them moves a result.
//!
//! In: a ruleset that extends another. Out: its changes, and for any part of them the tests of some names,
//! as they come out with that part made.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeSet;
use std::path::Path;

use forewarn_grammar::ast::{Change, ItemKind};

use crate::diagnostics::Reports;
use crate::overlay::{self, Selection};
use crate::package::{self, Package};
use crate::part::RulesetPart;
use crate::source::{Files, SourceMap};
use crate::testing::{Lowering, Tests, files_of, groups};
use crate::{Settings, lower, tree};

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
        let part = RulesetPart {
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
        let part = RulesetPart {
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

/// Where a file changes a test, by the test's label: the whole declaration with its reason and its comments.
#[must_use]
pub fn changed_test(text: &str, label: &str) -> Option<std::ops::Range<usize>> {
    let parsed = forewarn_grammar::parse(text);
    let item = parsed.file.items.iter().find(|item| {
        let ItemKind::Change(Change::Changed(changed)) = &item.kind else {
            return false;
        };
        matches!(&**changed, ItemKind::Test(test) if test.label.value == label)
    })?;
    let first = item.docs.first().map_or(item.span, |text| text.span);
    Some(first.start.min(item.span.start) as usize..item.span.end as usize)
}
