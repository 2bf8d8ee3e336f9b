//! Makes the mutants of a ruleset, one at a time, and finds the tests that can notice each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use forewarn_grammar::ast::ItemKind;

use super::needs::{Needs, Thing, steps_to};
use super::walk::Walk;
use super::{Mutant, TableNames, Trial, Verdict, items, same};
use crate::checked::tests::TestBody;
use crate::checked::{Body, CheckedFramework, CheckedMember};
use crate::diagnostics::Reports;
use crate::package::{self, Package};
use crate::plan::Plan;
use crate::plan::mutants::Mutants;
use crate::settings::Settings;
use crate::source::{FileId, Files, SourceMap, Span};
use crate::testing::{FileTest, Group, Lowering, checked, files_of, groups};
use crate::typed::{FunctionId, TypedKind, ValueId};
use crate::{Allowed, allowed, lower};

/// Makes mutants of one ruleset, one at a time. For several threads, clone it.
#[derive(Clone)]
pub struct Mutator {
    package: Package,
    shared: Arc<Shared>,
}

/// What all mutants of a ruleset have in common.
struct Shared {
    settings: Settings,
    framework: CheckedFramework,
    plan: Plan,
    groups: Vec<Group>,
    files: Vec<FileTest>,
    needs: Needs,
    /// By place among the tests: what each rests on.
    reached: BTreeMap<usize, BTreeMap<Thing, u32>>,
    /// By name of the test, for tables.
    tables: BTreeMap<String, BTreeMap<Thing, u32>>,
}

impl Mutants for Mutator {
    type Mutant = Mutant;

    fn plan(&self) -> &Plan {
        &self.shared.plan
    }

    /// Puts one mutant to the tests that can notice it, nearest first, until `fails` names one that
    /// fails.
    fn judge(
        &mut self,
        mutant: &Mutant,
        fails: &mut dyn FnMut(Trial<'_>) -> Option<String>,
    ) -> Verdict {
        let verdict = self.changed(mutant, |own, name| own.judge_changed(mutant, name, fails));
        verdict.unwrap_or(Verdict::Same)
    }
}

impl Mutator {
    /// Reads the ruleset at `entry` and makes ready for its mutants.
    #[must_use]
    pub fn read(
        entry: &Path,
        files: &dyn Files,
        settings: &Settings,
        keep: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        let mut reports = Reports::default();
        let package = package::load(entry, files, &mut reports);
        if reports.has_errors() {
            return None;
        }
        Self::new(package, settings, keep)
    }

    /// Nothing where the ruleset does not hold together. `keep` says which tests count, by their names.
    #[must_use]
    pub fn new(
        mut package: Package,
        settings: &Settings,
        keep: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        let mut reports = Reports::default();
        let framework = checked(&mut package, settings, &mut reports);
        if reports.has_errors() {
            return None;
        }
        let plan = lower::lower(&framework, &package.sources, &mut reports);
        if reports.has_errors() {
            return None;
        }
        let mut groups = groups(&framework, &package.sources);
        let label = |index: &usize| framework.tests.get(*index).map_or("", |test| &test.label);
        for group in &mut groups {
            group.tests.retain(|index| keep(label(index)));
        }
        groups.retain(|group| !group.tests.is_empty());
        let mut files = files_of(&framework.tests);
        files.retain(|file| keep(&file.label));
        let needs = Needs::of(&framework);
        let reached = framework.tests.iter().enumerate();
        let reached = reached.filter_map(|(index, test)| match &test.body {
            TestBody::Rows(rows) => Some((index, needs.of_test(&framework, rows))),
            TestBody::File { .. } => None,
        });
        let reached = reached.collect();
        let shared = Shared {
            settings: settings.clone(),
            framework,
            plan,
            groups,
            files,
            needs,
            reached,
            tables: BTreeMap::new(),
        };
        let shared = Arc::new(shared);
        Some(Self { package, shared })
    }

    /// Tells which declarations each table says something of, by the name of its test. To be called
    /// before the mutator is cloned; a table of which nothing is told is tried for every change.
    #[must_use]
    pub fn with_tables(self, tables: &TableNames) -> Self {
        let Self { package, shared } = self;
        let shared = match Arc::try_unwrap(shared) {
            Ok(mut shared) => {
                let rest = |names| shared.needs.of_names(&shared.framework, names);
                let rests = tables
                    .iter()
                    .map(|(label, names)| (label.clone(), rest(names)));
                shared.tables = rests.collect();
                Arc::new(shared)
            }
            Err(shared) => shared,
        };
        Self { package, shared }
    }

    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.package.sources
    }

    /// The tables of cases that count.
    #[must_use]
    pub fn files(&self) -> &[FileTest] {
        &self.shared.files
    }

    /// What authors accept in place.
    #[must_use]
    pub fn allowed(&self) -> Vec<Allowed> {
        allowed::settle(&self.package, false, &mut Reports::default())
    }

    /// The names of all declarations that a test rests on; none of a table of cases.
    #[must_use]
    pub fn rests_on(&self, label: &str) -> BTreeSet<&str> {
        let framework = &self.shared.framework;
        let tests = framework.tests.iter().enumerate();
        let own = tests.filter(|(_, test)| test.label == label);
        let things = own.filter_map(|(at, _)| self.shared.reached.get(&at));
        let names = things.flat_map(BTreeMap::keys).flat_map(|thing| {
            let names = match thing {
                Thing::Value(id) | Thing::Part(id) => framework
                    .value(*id)
                    .map(|value| (value.name.as_str(), value.family.as_deref())),
                Thing::Function(id) => framework.function(*id).map(|one| (one.name.as_str(), None)),
            };
            names
                .into_iter()
                .flat_map(|(name, family)| family.into_iter().chain([name]))
        });
        names.collect()
    }

    /// Every mutant, in the order of the source.
    #[must_use]
    pub fn mutants(&self) -> Vec<Mutant> {
        let mut mutants = Vec::new();
        for (module_at, module) in self.package.modules.iter().enumerate() {
            if module.standard {
                continue;
            }
            let text = self.text(module.id);
            for (item_at, item) in module.file.items.iter().enumerate() {
                let Some(name) = items::name_of(&item.kind) else {
                    continue;
                };
                let walk = Walk::new(text, module.id, &name.text, None);
                let mut walk = walk.of_members(self.shared.members(&name.text));
                walk.item(&mut item.kind.clone());
                mutants.extend(
                    walk.told
                        .into_iter()
                        .enumerate()
                        .map(|(number, change)| Mutant {
                            change,
                            module: module_at,
                            item: item_at,
                            number,
                        }),
                );
            }
        }
        mutants.sort_by(|a, b| {
            let key = |mutant: &Mutant| (mutant.change.span, mutant.number);
            key(a).cmp(&key(b))
        });
        mutants
    }

    fn text(&self, file: FileId) -> &str {
        self.package.sources.get(file).map_or("", |file| &file.text)
    }

    /// The Plan of a mutant; nothing where it does not compile.
    pub fn plan_of(&mut self, mutant: &Mutant) -> Option<Plan> {
        let settings = self.shared.settings.clone();
        let plan = self.changed(mutant, |own, _| {
            let mut reports = Reports::default();
            let framework = checked(&mut own.package, &settings, &mut reports);
            if reports.has_errors() {
                return None;
            }
            let plan = lower::lower(&framework, &own.package.sources, &mut reports);
            (!reports.has_errors()).then_some(plan)
        });
        plan.flatten()
    }

    /// Does something with the changed tree, and puts it back. Gives the changed declaration's name.
    fn changed<T>(
        &mut self,
        mutant: &Mutant,
        what: impl FnOnce(&mut Self, &str) -> T,
    ) -> Option<T> {
        let before = self.item(mutant)?.kind.clone();
        let name = items::name_of(&before).map_or(String::new(), |name| name.text.clone());
        let members = self.shared.members(&name);
        let item = self.item(mutant)?;
        let walk = Walk::new("", FileId::default(), &name, Some(mutant.number));
        let mut walk = walk.of_members(members);
        walk.item(&mut item.kind);
        let came = walk.made.then(|| what(self, &name));
        if let Some(item) = self.item(mutant) {
            item.kind = before;
        }
        came
    }

    fn item(&mut self, mutant: &Mutant) -> Option<&mut forewarn_grammar::ast::Item> {
        let module = self.package.modules.get_mut(mutant.module)?;
        module.file.items.get_mut(mutant.item)
    }

    fn judge_changed(
        &mut self,
        mutant: &Mutant,
        name: &str,
        fails: &mut dyn FnMut(Trial<'_>) -> Option<String>,
    ) -> Verdict {
        let shared = Arc::clone(&self.shared);
        let mut reports = Reports::default();
        let framework = checked(&mut self.package, &shared.settings, &mut reports);
        if reports.has_errors() {
            return Verdict::DoesNotCompile;
        }
        let plan = lower::lower(&framework, &self.package.sources, &mut reports);
        if reports.has_errors() {
            return Verdict::DoesNotCompile;
        }
        if same::same(&plan, &shared.plan) {
            return Verdict::Same;
        }
        let is_change = self
            .item(mutant)
            .is_some_and(|item| matches!(item.kind, ItemKind::Change(_)));
        let things = shared.things(mutant, name, is_change);
        for (_, trial) in shared.trials(&things) {
            let noticed = match trial {
                Planned::Group(group) => {
                    let lowering = Lowering {
                        settings: &shared.settings,
                        watched: false,
                        part: None,
                    };
                    let mut found = Reports::default();
                    let suite =
                        lowering.suite(&mut self.package, &framework, &plan, &group, &mut found);
                    match suite {
                        Some(suite) => fails(Trial::Suite(&suite)),
                        // What a test gives is not possible any longer.
                        None => group.tests.first().map(|index| shared.label(*index)),
                    }
                }
                Planned::Table(file) => fails(Trial::Table(&plan, file)),
            };
            if let Some(label) = noticed {
                return Verdict::Noticed(label);
            }
        }
        Verdict::Unnoticed
    }
}

/// A set of tests, or a table.
enum Planned<'s> {
    Group(Group),
    Table(&'s FileTest),
}

impl Shared {
    fn label(&self, test: usize) -> String {
        let test = self.framework.tests.get(test);
        test.map_or(String::new(), |test| test.label.clone())
    }

    /// What each member of a factor weighs; nothing for what is no number, and none of what is no factor.
    fn members(&self, name: &str) -> Vec<Option<f64>> {
        let mut values = self.framework.values.iter();
        let value = values.find(|value| value.name == name);
        let Some(Body::Factor(body)) = value.map(|value| &value.body) else {
            return Vec::new();
        };
        let weight = |member: &CheckedMember| match &member.weight {
            None => Some(1.0),
            Some(weight) => {
                let TypedKind::Number(number) = weight.kind else {
                    return None;
                };
                Some(number)
            }
        };
        body.members.iter().map(weight).collect()
    }

    /// What a changed declaration is: itself, or one for each item of a group; what a change of what is
    /// extended goes to lies in another file. Nothing where that is not known.
    fn things(&self, mutant: &Mutant, name: &str, is_change: bool) -> Vec<Thing> {
        let within = |span: Span| is_change || span.file == mutant.change.span.file;
        let values = (0u32..).map(ValueId).zip(&self.framework.values);
        let values = values.filter(|(_, value)| {
            value.family.as_deref() == Some(name) || value.name == name && within(value.span)
        });
        let functions = (0u32..).map(FunctionId).zip(&self.framework.functions);
        let functions = functions.filter(|(_, one)| one.name == name && !one.standard);
        let values = values.map(|(id, _)| Thing::Value(id));
        let functions = functions.map(|(id, _)| Thing::Function(id));
        values.chain(functions).collect()
    }

    /// The tests that rest on one of these things, nearest first; of the same distance, in the order of the
    /// source; all of them where it is not known what they would rest on. Tables come last: they are the longest.
    fn trials(&self, things: &[Thing]) -> Vec<(u32, Planned<'_>)> {
        let steps_in = |reached: &BTreeMap<Thing, u32>| match things {
            [] => Some(u32::MAX),
            things => {
                let steps = things.iter().filter_map(|thing| steps_to(reached, *thing));
                steps.min()
            }
        };
        let mut trials: Vec<(u32, Planned<'_>)> = Vec::new();
        for group in &self.groups {
            let steps = |index: &usize| steps_in(self.reached.get(index)?);
            let mut tests: Vec<usize> = group.tests.clone();
            tests.retain(|index| steps(index).is_some());
            if let Some(nearest) = tests.iter().filter_map(steps).min() {
                let group = Group {
                    tests,
                    ..group.clone()
                };
                trials.push((nearest, Planned::Group(group)));
            }
        }
        trials.sort_by_key(|(steps, _)| *steps);
        for file in &self.files {
            let steps = match self.tables.get(&file.label) {
                Some(reached) => steps_in(reached),
                None => Some(u32::MAX),
            };
            trials.extend(steps.map(|steps| (steps, Planned::Table(file))));
        }
        trials
    }
}
