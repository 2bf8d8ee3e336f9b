//! Two frameworks compared by meaning, and every mixture of them.
//!
//! In: two rulesets, the first often one that the second extends. Out: what differs, declaration by
//! declaration, in words and with the reasons that were given; and, for any part of the changes, the
//! Plan of the first framework with that part made, so that whoever applies them to data can tell
//! which change caused what.
#![deny(clippy::wildcard_enum_match_arm)]

mod aspect;
mod compare;
mod parts;
mod rows;

pub use compare::{Aspect, CLOSED, Difference};
pub(crate) use parts::PLAIN_WEIGHT;

use std::collections::BTreeSet;
use std::path::Path;

use forewarn_grammar::ast::ItemKind;

use crate::checked::CheckedFramework;
use crate::confidential::Classification;
use crate::diagnostics::Reports;
use crate::framework::{self, Framework};
use crate::layers::layers;
use crate::overlay::target::{Space, key};
use crate::overlay::{self, EffectiveItem, Overlaid, Selection};
use crate::package::{self, Package};
use crate::plan::Plan;
use crate::settings::Given;
use crate::source::{Files, SourceMap};
use crate::{Settings, check, lower, tree};

/// Two rulesets that hold, each by itself.
#[derive(Debug)]
pub struct Pair {
    first: Package,
    second: Package,
    /// What is given from outside to the first, and to the second.
    given: Given,
    later: Given,
    /// What either holds closed.
    kinds: check::Kinds,
    /// Where the second extends the first: the number of the first among what it extends.
    above: Option<usize>,
    units: Vec<Unit>,
}

/// One change that can be made alone or with others.
#[derive(Clone, Debug)]
pub struct Unit {
    /// `override weight armed_conflict.at_war: 3 → 2`
    pub words: String,
    pub because: String,
    /// The declaration that it changes.
    pub declaration: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    /// A change by its number: see [`overlay::ChangeRecord::number`].
    Change(usize),
    /// A declaration as a whole.
    Declaration(Space, String),
    /// What is given from outside.
    Given,
}

impl Pair {
    /// Reads both rulesets; the settings say what is given to both.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn read(
        first: &Path,
        second: &Path,
        files: &dyn Files,
        settings: &Settings,
    ) -> Result<Self, (SourceMap, Reports)> {
        Self::read_given((first, settings, files), (second, settings, files))
    }

    /// Reads both rulesets, each with what is given to it and from where its files are.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn read_given(
        (first, to_first, files): (&Path, &Settings, &dyn Files),
        (second, to_second, later_files): (&Path, &Settings, &dyn Files),
    ) -> Result<Self, (SourceMap, Reports)> {
        let mut reports = Reports::default();
        let first = package::load(first, files, &mut reports);
        let sources = first.sources.clone();
        let mut second = package::load_after(sources, second, later_files, &mut reports);
        let given = Given::read(to_first, &mut second.sources, &mut reports);
        let later = Given::read(to_second, &mut second.sources, &mut reports);
        let [own, other] = [(&first, &given), (&second, &later)].map(|(package, given)| {
            let (_, checked) = layers(package, given, &mut reports);
            check::Kinds::of(&checked)
        });
        let set = (to_first.set != to_second.set).then(|| Unit {
            words: format!(
                "params from outside: {} → {}",
                given_words(&to_first.set),
                given_words(&to_second.set)
            ),
            because: String::new(),
            declaration: String::new(),
            what: What::Given,
        });
        let kinds = check::Kinds::closed_by_either(&own, &other);
        if reports.has_errors() {
            return Err((second.sources, reports));
        }
        let above = extended(&first, &second);
        let mut pair = Self {
            first,
            second,
            given,
            later,
            kinds,
            above,
            units: Vec::new(),
        };
        pair.units = pair.find_units();
        pair.units.extend(set);
        Ok(pair)
    }

    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.second.sources
    }

    /// Labels and versions of both.
    #[must_use]
    pub fn titles(&self) -> (String, String) {
        let title = |package: &Package| package::title(&package.modules, 0);
        (title(&self.first), title(&self.second))
    }

    /// Names of both frameworks.
    #[must_use]
    pub fn names(&self) -> (String, String) {
        let name = |package: &Package| {
            package::head(&package.modules, 0)
                .map_or(String::new(), |(_, head)| head.name.text.clone())
        };
        (name(&self.first), name(&self.second))
    }

    /// Does the second extend the first?
    #[must_use]
    pub fn extends(&self) -> bool {
        self.above.is_some()
    }

    /// What differs, in the order of the second framework; what it has no longer comes last.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        let mut reports = Reports::default();
        let (first, _) = layers(&self.first, &self.given, &mut reports);
        let (second, _) = layers(&self.second, &self.later, &mut reports);
        compare::compare(&first, &second, self.above)
    }

    /// The changes that lead from the first to the second.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The first framework with some of the changes made, for an audience: the Plan of what it may see,
    /// and the one that works out what it has as inputs; `None` where the changes do not hold together
    /// without others. What either framework holds closed is closed.
    #[must_use]
    pub fn plan(
        &self,
        made: &BTreeSet<usize>,
        audience: Classification,
    ) -> Option<(Plan, Option<Plan>)> {
        let checked = self.checked(made)?;
        let mut reports = Reports::default();
        let plan = lower::lower(&checked, self.sources(), &mut reports);
        let visible = lower::for_audience(&checked, self.sources(), &plan, audience, &mut reports);
        let both = visible.map_or((plan, None), |visible| (visible.plan, visible.sealing));
        (!reports.has_errors()).then_some(both)
    }

    /// What is wrong with the first framework once some of the changes are made; nothing where it has a Plan.
    #[must_use]
    pub fn problems(&self, made: &BTreeSet<usize>) -> Reports {
        let mut reports = Reports::default();
        let framework = self.framework(made, &mut reports);
        let checked = check::check(&framework, self.sources(), &self.kinds, &mut reports);
        if !reports.has_errors() {
            let _ = lower::lower(&checked, self.sources(), &mut reports);
        }
        reports
    }

    /// Do these changes hold together without the others?
    #[must_use]
    pub fn holds(&self, made: &BTreeSet<usize>) -> bool {
        self.checked(made).is_some()
    }

    fn checked(&self, made: &BTreeSet<usize>) -> Option<CheckedFramework> {
        let mut reports = Reports::default();
        let framework = self.framework(made, &mut reports);
        let checked = check::check(&framework, self.sources(), &self.kinds, &mut reports);
        (!reports.has_errors()).then_some(checked)
    }

    fn framework(&self, made: &BTreeSet<usize>, reports: &mut Reports) -> Framework<'_> {
        let units = made.iter().filter_map(|index| self.units.get(*index));
        let is_given = |unit: &Unit| matches!(unit.what, What::Given);
        let given = match units.clone().any(is_given) {
            true => &self.later,
            false => &self.given,
        };
        if let Some(above) = self.above {
            let below = self
                .changes(0)
                .into_iter()
                .filter(|change| change.package >= above);
            let mut numbers: BTreeSet<usize> = below.map(|change| change.number).collect();
            numbers.extend(units.filter_map(|unit| match unit.what {
                What::Change(number) => Some(number),
                What::Declaration(..) | What::Given => None,
            }));
            let only = Selection::Only(&numbers);
            let standing = without_claims(overlay::settle(&self.second, 0, only, reports));
            return framework::gather_standing(&self.second, 0, standing, given, reports);
        }
        let chosen: Vec<(Space, &str)> = units
            .filter_map(|unit| match &unit.what {
                What::Declaration(space, name) => Some((*space, name.as_str())),
                What::Change(_) | What::Given => None,
            })
            .collect();
        let all = Selection::All;
        let first = overlay::settle(&self.first, 0, all, reports);
        let second = overlay::settle(&self.second, 0, all, reports);
        let mixed = without_claims(mixed(first, second, &chosen));
        framework::gather_standing(&self.first, 0, mixed, given, reports)
    }

    fn changes(&self, top: usize) -> Vec<overlay::ChangeRecord> {
        overlay::settle(&self.second, top, Selection::All, &mut Reports::default()).changes
    }

    fn find_units(&self) -> Vec<Unit> {
        if let Some(above) = self.above {
            let changes = self
                .changes(0)
                .into_iter()
                .filter(|change| change.package < above);
            return changes
                .map(|change| Unit {
                    words: tree::shown(&change, self.sources()).words(),
                    because: change.because.clone(),
                    declaration: change.declaration.clone(),
                    what: What::Change(change.number),
                })
                .collect();
        }
        let mut units: Vec<Unit> = Vec::new();
        for difference in self.differences() {
            let Some(space) = difference.space else {
                continue;
            };
            let same = |unit: &&mut Unit| matches!(&unit.what, What::Declaration(its, name) if *its == space && *name == difference.declaration);
            let words = difference.words();
            match units.iter_mut().find(same) {
                Some(unit) => {
                    unit.words = format!("{} {}", difference.what, difference.declaration)
                }
                None => units.push(Unit {
                    words,
                    because: String::new(),
                    declaration: difference.declaration.clone(),
                    what: What::Declaration(space, difference.declaration.clone()),
                }),
            }
        }
        units
    }
}

/// `k=3 limit=5`, or that none is.
fn given_words(set: &[(String, String)]) -> String {
    let words = set.iter().map(|(name, value)| format!("{name}={value}"));
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(" ")
    }
}

/// Without tests and properties, which speak of a framework as a whole and change no result, and without
/// ways out and shows of values that this part of the changes does not have.
fn without_claims(mut overlaid: Overlaid<'_>) -> Overlaid<'_> {
    let keys = overlaid.standing.iter();
    let values: BTreeSet<String> = keys
        .filter_map(|standing| key(standing.kind))
        .filter(|(space, _)| *space == Space::Value)
        .map(|(_, name)| name.to_owned())
        .collect();
    let claims = |standing: &EffectiveItem<'_>| {
        if let ItemKind::Declassify(one) = standing.kind {
            return !values.contains(&one.target.text);
        }
        if let ItemKind::Show { name } = standing.kind {
            return !values.contains(&name.text);
        }
        matches!(standing.kind, ItemKind::Test(_) | ItemKind::Property(_))
    };
    overlaid.standing.retain(|standing| !claims(standing));
    overlaid
}

/// The declarations of the first with some taken from the second.
fn mixed<'p>(
    mut first: Overlaid<'p>,
    second: Overlaid<'p>,
    chosen: &[(Space, &str)],
) -> Overlaid<'p> {
    let is_chosen =
        |standing: &EffectiveItem<'_>| key(standing.kind).is_some_and(|key| chosen.contains(&key));
    let mut from_second: Vec<EffectiveItem<'p>> = second
        .standing
        .into_iter()
        .filter(|standing| is_chosen(standing))
        .collect();
    first.standing.retain_mut(|standing| {
        if !is_chosen(standing) {
            return true;
        }
        let own = key(standing.kind);
        let at = from_second.iter().position(|other| key(other.kind) == own);
        match at {
            Some(at) => {
                *standing = from_second.remove(at);
                standing.history.clear();
                true
            }
            None => false,
        }
    });
    for standing in &mut from_second {
        standing.history.clear();
    }
    first.standing.append(&mut from_second);
    first
}

/// The number of the first among what the second extends, if it is there, file by file.
fn extended(first: &Package, second: &Package) -> Option<usize> {
    let (_, head) = package::head(&first.modules, 0)?;
    let texts = |package: &Package, layer: usize| -> BTreeSet<String> {
        let modules = package.modules.iter();
        let own = modules.filter(|module| {
            !module.standard && module.package == layer && module.brought.is_none()
        });
        own.filter_map(|module| Some(package.sources.get(module.id)?.text.to_string()))
            .collect()
    };
    let at = second
        .members
        .iter()
        .position(|member| member.name == head.name.text)?;
    (texts(first, 0) == texts(second, at + 1)).then_some(at + 1)
}
