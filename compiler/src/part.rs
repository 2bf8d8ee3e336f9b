//! What of a ruleset tests are run on: whose files it has, and which part of its changes is made.
//!
//! Whose files tests stand in is known so that nothing but the ruleset that was named is ever written.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use forewarn_grammar::ast::ItemKind;

use crate::checked::CheckedFramework;
use crate::diagnostics::Reports;
use crate::overlay::{self, EffectiveItem, Selection};
use crate::package::{self, Package};
use crate::settings::Given;
use crate::source::FileId;
use crate::{Settings, check, framework};

/// Where the rule files of a ruleset lie.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// The rule files of the ruleset itself, and of nothing that it builds on.
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
        let root = |module: &package::Module| {
            let library = module.brought.as_ref().map(|brought| brought.library);
            let member = match (library, module.package.checked_sub(1)) {
                (Some(library), _) => &package.libraries.get(library)?.member,
                (None, Some(below)) => package.members.get(below)?,
                (None, None) => return Some(package.root.clone()),
            };
            Some(PathBuf::from(&member.root))
        };
        let is_own = |module: &&package::Module| module.package == 0 && module.brought.is_none();
        let own = modules.clone().filter(is_own);
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

/// What of a ruleset is read: the changes of these numbers, and the tests of these names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RulesetPart<'a> {
    pub numbers: &'a BTreeSet<usize>,
    pub labels: &'a BTreeSet<String>,
}

impl RulesetPart<'_> {
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
    fn keeps(self, standing: &EffectiveItem<'_>) -> bool {
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
            | ItemKind::Group(_)
            | ItemKind::Scale { .. }
            | ItemKind::Level(_)
            | ItemKind::Alert(_)
            | ItemKind::Function(_)
            | ItemKind::Table(_)
            | ItemKind::Declassify(_)
            | ItemKind::Show { .. }
            | ItemKind::Change(_)
            | ItemKind::Error { .. } => true,
        }
    }
}
