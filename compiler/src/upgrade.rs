//! A ruleset on another version of what it extends: what no longer fits, and what stood there before.
//!
//! In: the ruleset as it was read before, and as it is now. Out: what is wrong with it now; a change whose
//! target is gone shows the words that the version before had there.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_grammar::ast::ItemKind;

use crate::diagnostics::Reports;
use crate::framework::at;
use crate::layers::layers;
use crate::lower;
use crate::overlay::target::key;
use crate::overlay::{self, EffectiveItem, Selection};
use crate::package::before::Before;
use crate::package::{self, Package};
use crate::settings::{Given, Settings};
use crate::source::{Files, SourceMap};

impl Before {
    /// Of what a ruleset extended.
    fn of(package: &Package) -> Self {
        let Some(member) = package.members.first() else {
            return Self::default();
        };
        let mut before = Self {
            title: format!("`{}` {}", member.name, member.version),
            places: BTreeMap::new(),
        };
        let all = Selection::All;
        let below = overlay::settle(package, 1, all, &mut Reports::default());
        for standing in &below.standing {
            before.remember(standing);
        }
        before
    }

    fn remember(&mut self, standing: &EffectiveItem<'_>) {
        let Some((space, name)) = key(standing.kind).filter(|_| !standing.module.standard) else {
            return;
        };
        self.places
            .insert((space, name.to_owned()), standing.span());
        let file = standing.module.id;
        match standing.kind {
            ItemKind::Factor(factor) => {
                for one in standing.amendments.members(file, factor) {
                    let name = format!("{name}.{}", one.member.name.text);
                    let place = at(one.file, one.member.span);
                    self.places.insert((space, name), place);
                }
            }
            ItemKind::Group(group) => {
                for one in standing.amendments.items(file, group) {
                    let name = format!("{name}.{}", one.name());
                    self.places
                        .insert((space, name), at(one.file, one.item.span));
                }
            }
            ItemKind::Scale { levels, .. } => {
                for level in levels {
                    let name = format!("{name}.{}", level.name.text);
                    self.places.insert((space, name), at(file, level.name.span));
                }
            }
            ItemKind::Framework(_)
            | ItemKind::Module { .. }
            | ItemKind::Use { .. }
            | ItemKind::Panel(_)
            | ItemKind::Source { .. }
            | ItemKind::Unit { .. }
            | ItemKind::Indicator { .. }
            | ItemKind::Param(_)
            | ItemKind::Binding(_)
            | ItemKind::Level(_)
            | ItemKind::Alert(_)
            | ItemKind::Table(_)
            | ItemKind::Function(_)
            | ItemKind::Test(_)
            | ItemKind::Property(_)
            | ItemKind::Declassify(_)
            | ItemKind::Show { .. }
            | ItemKind::Change(_)
            | ItemKind::Error { .. } => {}
        }
    }
}

/// Checks a ruleset that was read `before`, with another version of what it extends.
#[must_use]
pub fn check(before: &Package, entry: &Path, files: &dyn Files) -> (SourceMap, Reports) {
    let mut reports = Reports::default();
    let sources = before.sources.clone();
    let mut package = package::load_after(sources, entry, files, &mut reports);
    package.before = Before::of(before);
    let given = Given::read(&Settings::default(), &mut package.sources, &mut reports);
    let (_, checked) = layers(&package, &given, &mut reports);
    if !reports.has_errors() {
        lower::lower(&checked, &package.sources, &mut reports);
    }
    crate::allowed::settle(&package, false, &mut reports);
    crate::allowed::forgive_broken(&package, &mut reports);
    (package.sources, reports)
}
