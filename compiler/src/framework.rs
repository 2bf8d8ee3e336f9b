//! Names to declarations.
//!
//! In: the files of a package. Out: a [`Framework`]: every declaration under its name, each name
//! once, nothing checked inside yet. Values, functions, units and scales, and sources have name
//! spaces of their own, since the language never confuses where they stand.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::{BTreeMap, BTreeSet};

use forewarn_grammar::ast::{self, BindingKind, ItemKind};

use crate::arena::Arena;
use crate::diagnostics::Reports;
use crate::diagnostics::names::{DuplicateName, NoFramework, ShadowsBuiltin, TwoFrameworks};
use crate::diagnostics::panel::{NoPanel, TwoPanels};
use crate::groups::{FamilyKind, Groups, Pool};
use crate::overlay::{
    self, Amendments, ChangeRecord, Closed, Dropped, EffectiveItem, Grouped, MemberOf, Overlaid,
    Selection,
};
use crate::package::{Brought, Package};
pub use crate::places::at;
use crate::settings::Given;
use crate::source::{FileId, Span};
use crate::typed::{ACROSS_PEERS, ALONG_TIME, BOTH_WAYS, Builtin, FunctionId, ValueId};
use crate::units::Units;

/// Something declared in a file.
#[derive(Clone, Copy, Debug)]
pub struct Declared<'p, T> {
    pub file: FileId,
    pub name: &'p ast::Name,
    pub label: Option<&'p ast::Text>,
    pub docs: &'p [ast::Text],
    /// The whole declaration.
    pub whole: Span,
    /// Where the declaration is one for each item of a group: its family, and which item this is.
    pub item: Option<(&'p str, usize)>,
    pub what: T,
}

impl<T> Declared<'_, T> {
    /// The name's own place.
    #[must_use]
    pub fn span(&self) -> Span {
        at(self.file, self.name.span)
    }
}

/// What declares a value.
#[derive(Clone, Copy, Debug)]
pub enum ValueSource<'p> {
    Indicator {
        ty: &'p ast::TypeExpr,
        attrs: &'p [ast::Attr],
    },
    Param(&'p ast::Param),
    Binding(&'p ast::Binding),
    Factor(&'p ast::Factor),
    Level(&'p ast::Level),
    Table(&'p ast::Table),
    Alert(&'p ast::Alert),
    /// Could not be read; told already. Uses of it are not told again.
    Broken,
}

impl<'p> ValueSource<'p> {
    /// What follows the declaration.
    #[must_use]
    pub fn attrs(&self) -> &'p [ast::Attr] {
        match self {
            Self::Indicator { attrs, .. } => attrs,
            Self::Param(param) => &param.attrs,
            Self::Binding(binding) => &binding.attrs,
            Self::Factor(factor) => &factor.attrs,
            Self::Level(level) => &level.attrs,
            Self::Alert(alert) => &alert.attrs,
            Self::Table(table) => &table.attrs,
            Self::Broken => &[],
        }
    }

    /// In people's words, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Indicator { .. } => "indicator",
            Self::Param(_) => "param",
            Self::Binding(binding) => match binding.kind {
                BindingKind::Let => "step",
                BindingKind::Score => "score",
                BindingKind::Signal => "signal",
            },
            Self::Factor(_) => "factor",
            Self::Level(_) => "level",
            Self::Table(_) => "table",
            Self::Alert(alert) if alert.notice => "notice",
            Self::Alert(_) => "alert",
            Self::Broken => "declaration",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct ScaleSource<'p> {
    pub levels: &'p [ast::LevelName],
    pub attrs: &'p [ast::Attr],
}

/// `declassify preparation because "…"`
#[derive(Clone, Copy, Debug)]
pub struct Declassification<'p> {
    pub file: FileId,
    /// Which framework says so: see [`Module::package`](crate::package::Module::package).
    pub package: usize,
    pub whole: Span,
    pub what: &'p ast::Declassify,
    pub because: Option<&'p ast::Text>,
}

/// Which framework declares something, and whether those that extend it may change it.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// See [`Module::package`](crate::package::Module::package).
    pub package: usize,
    pub(crate) closed: Option<Closed>,
}

/// A test, and what an extending framework says that it expects.
#[derive(Clone, Copy, Debug)]
pub struct TestSource<'p> {
    pub file: FileId,
    pub test: &'p ast::Test,
    pub expected: Option<(FileId, &'p ast::Test)>,
}

/// Every declaration of a package by name.
#[derive(Debug, Default)]
pub struct Framework<'p> {
    /// Values of params given from outside.
    pub(crate) given: Option<&'p Given>,
    pub head: Option<(FileId, &'p ast::Framework)>,
    pub panel: Option<(FileId, &'p ast::Panel)>,
    pub values: Arena<ValueId, Declared<'p, ValueSource<'p>>>,
    /// Of each value, by its place.
    pub origins: Vec<Origin>,
    pub source_origins: BTreeMap<&'p str, Origin>,
    pub functions: Arena<FunctionId, Declared<'p, &'p ast::Function>>,
    pub units: Vec<Declared<'p, Option<&'p ast::UnitExpr>>>,
    pub scales: Vec<Declared<'p, ScaleSource<'p>>>,
    pub categories: Vec<Declared<'p, ScaleSource<'p>>>,
    pub sources: Vec<Declared<'p, &'p [ast::Attr]>>,
    /// What results carry along.
    pub shown: Vec<(FileId, &'p ast::Name)>,
    pub declassified: Vec<Declassification<'p>>,
    /// What goes by a group.
    pub(crate) groups: Groups<'p>,
    pub tests: Vec<TestSource<'p>>,
    pub properties: Vec<(FileId, &'p ast::Property)>,
    pub value_names: BTreeMap<&'p str, ValueId>,
    pub function_names: BTreeMap<&'p str, FunctionId>,
    /// Names of declarations that could not be read and whose kind is unknown.
    pub broken: Vec<&'p str>,
    /// Files of the standard library.
    pub standard: Vec<FileId>,
    /// Files of what is extended.
    pub extended: BTreeSet<FileId>,
    /// Files of packages that are used, and what is taken of them.
    pub brought: BTreeMap<FileId, Vec<&'p Brought>>,
    /// What extending frameworks changed of parts of values, and of sources and scales by name.
    pub amended: BTreeMap<ValueId, Amendments<'p>>,
    pub amended_types: BTreeMap<&'p str, Amendments<'p>>,
    pub amended_sources: BTreeMap<&'p str, Amendments<'p>>,
    /// What was declared and dropped by an extending framework.
    pub dropped: BTreeMap<&'p str, Dropped>,
    /// Labels and versions of the frameworks, the nearest first: see [`Module::package`].
    ///
    /// [`Module::package`]: crate::package::Module::package
    pub layers: Vec<String>,
    /// Who changed what.
    pub changes: Vec<ChangeRecord>,
    /// The changes of each value, as indices of `changes`.
    pub histories: BTreeMap<ValueId, Vec<usize>>,
    /// The declarations as they stand after all changes.
    pub standing: Vec<EffectiveItem<'p>>,
    /// Reasons given for values.
    pub reasons: BTreeMap<ValueId, &'p ast::Text>,
}

impl<'p> Framework<'p> {
    /// The value of that name; all values of a step, score or signal that goes by a group.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<ValueId> {
        match self.groups.families.get(name) {
            Some(family) if family.kind != FamilyKind::Group => {
                let values = family.values.iter();
                values
                    .filter_map(|name| self.value_names.get(name).copied())
                    .collect()
            }
            Some(_) | None => self.value_names.get(name).copied().into_iter().collect(),
        }
    }

    /// The members of a factor with the files they and their weights stand in.
    #[must_use]
    pub fn members_of(&self, id: ValueId, factor: &'p ast::Factor) -> Vec<MemberOf<'p>> {
        let file = self
            .values
            .get(id.0 as usize)
            .map_or(FileId(0), |value| value.file);
        let members = match self.amended.get(&id) {
            Some(amended) => amended.members(file, factor),
            None => Amendments::default().members(file, factor),
        };
        let spread = |member: MemberOf<'p>| {
            let name = member.member.name.text.as_str();
            let Some(family) = self.groups.families.get(name) else {
                return vec![member];
            };
            let items = family.values.iter().zip(&family.shape.items);
            let each = items.map(|(value, item)| MemberOf {
                grouped: Some(Grouped {
                    value,
                    weights: item.weights.clone(),
                }),
                ..member.clone()
            });
            each.collect()
        };
        members.into_iter().flat_map(spread).collect()
    }

    /// What holds of a param: its values, and the file they stand in.
    #[must_use]
    pub fn values_of(&self, id: ValueId, param: &'p ast::Param) -> (FileId, &'p [ast::ParamValue]) {
        let file = self
            .values
            .get(id.0 as usize)
            .map_or(FileId(0), |value| value.file);
        match self.amended.get(&id).and_then(|amended| amended.values) {
            Some((file, values, _)) => (file, values),
            None => (file, param.values.as_slice()),
        }
    }

    /// Does it only declare what others use or extend, without anything that rests on data?
    #[must_use]
    pub fn is_vocabulary(&self) -> bool {
        let is_param = |value: &Declared<'_, ValueSource<'_>>| match value.what {
            ValueSource::Param(_) => true,
            ValueSource::Indicator { .. }
            | ValueSource::Binding(_)
            | ValueSource::Factor(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => false,
        };
        let own_functions = self.functions.iter().any(|one| !self.is_standard(one.file));
        let declared = [
            self.units.is_empty(),
            self.scales.is_empty(),
            self.categories.is_empty(),
            self.sources.is_empty(),
        ];
        let gives = !self.values.is_empty() || own_functions || declared.contains(&false);
        gives
            && self.values.iter().all(is_param)
            && self.shown.is_empty()
            && self.tests.is_empty()
            && self.properties.is_empty()
            && self.declassified.is_empty()
    }

    #[must_use]
    pub fn is_standard(&self, file: FileId) -> bool {
        self.standard.contains(&file)
    }
}

/// Gathers the declarations of a package, as it and what it extends leave them.
pub(crate) fn gather<'p>(
    package: &'p Package,
    given: &'p Given,
    reports: &mut Reports,
) -> Framework<'p> {
    gather_from(package, 0, Selection::All, given, reports)
}

/// The same for the package number `top` of those that are extended, with some of the changes.
pub(crate) fn gather_from<'p>(
    package: &'p Package,
    top: usize,
    selection: Selection<'_>,
    given: &'p Given,
    reports: &mut Reports,
) -> Framework<'p> {
    let overlaid = overlay::settle(package, top, selection, reports);
    gather_standing(package, top, overlaid, given, reports)
}

/// The same of declarations that stand already.
pub(crate) fn gather_standing<'p>(
    package: &'p Package,
    top: usize,
    overlaid: Overlaid<'p>,
    given: &'p Given,
    reports: &mut Reports,
) -> Framework<'p> {
    let mut framework = Framework {
        given: Some(given),
        ..Framework::default()
    };
    let mut names = Names::default();
    let groups = crate::groups::settle(&package.pool, &overlaid);
    let modules = package.modules.iter();
    framework.standard = modules
        .filter(|module| module.standard)
        .map(|module| module.id)
        .collect();
    framework.extended = package
        .modules
        .iter()
        .filter(|module| module.package > top)
        .map(|module| module.id)
        .collect();
    for module in &package.modules {
        if let Some(brought) = &module.brought {
            framework
                .brought
                .entry(module.id)
                .or_default()
                .push(brought);
        }
    }
    let copies = second_frameworks(&overlaid.standing);
    for standing in &overlaid.standing {
        // A second framework in the folder is told once, and not what it declares again.
        let is_head = matches!(standing.kind, ItemKind::Framework(_));
        if copies.contains(&standing.module.id) && !is_head {
            continue;
        }
        add(
            &mut framework,
            &mut names,
            &groups,
            &package.pool,
            standing,
            reports,
        );
    }
    framework.groups = groups;
    own_members(&mut framework, &package.pool);
    framework.layers = (0..=package.members.len())
        .map(|layer| crate::package::title(&package.modules, layer))
        .collect();
    framework.dropped = overlaid.dropped;
    framework.changes = overlaid.changes;
    framework.standing = overlaid.standing;
    let first = package
        .modules
        .iter()
        .find(|module| !module.standard && module.package == top);
    if let Some(module) = first {
        let file = || {
            package
                .sources
                .get(module.id)
                .map_or(String::new(), |file| file.name.clone())
        };
        // A file that could not be read whole may have lost its head; that has been told.
        if framework.head.is_none() && !reports.has_errors() {
            reports.add(NoFramework {
                file: file(),
                span: None,
            });
        }
        if framework.panel.is_none() && !framework.is_vocabulary() && !reports.has_errors() {
            reports.add(NoPanel {
                file: file(),
                span: framework.head.map(|(file, head)| at(file, head.name.span)),
            });
        }
    }
    framework
}

/// Members that are written where they count are steps, called by their words; where the same words
/// stand twice they are one step. One that goes by a group is a step for each of its items.
fn own_members<'p>(framework: &mut Framework<'p>, pool: &'p Pool) {
    let values = (0..).map(ValueId).zip(&framework.values);
    let factors: Vec<_> = values
        .filter_map(|(id, value)| match value.what {
            ValueSource::Factor(factor) => Some((id, factor)),
            ValueSource::Indicator { .. }
            | ValueSource::Param(_)
            | ValueSource::Binding(_)
            | ValueSource::Level(_)
            | ValueSource::Table(_)
            | ValueSource::Alert(_)
            | ValueSource::Broken => None,
        })
        .collect();
    for (id, factor) in factors {
        let origin = framework.origins.get(id.0 as usize).copied();
        for one in framework.members_of(id, factor) {
            let Some((own, origin)) = one.member.own.as_ref().zip(origin) else {
                continue;
            };
            let (mut name, mut label, mut item) = (&own.name, own.label.as_ref(), None);
            let family = framework.groups.families.get(own.name.text.as_str());
            if let Some((family, grouped)) = family.zip(one.grouped.as_ref()) {
                let mut values = family.values.iter();
                let Some(index) = values.position(|value| *value == grouped.value) else {
                    continue;
                };
                name = pool.name(grouped.value.to_owned(), own.name.span);
                label = framework.groups.label_of(pool, label, family, index);
                item = Some((own.name.text.as_str(), index));
            }
            if framework.value_names.contains_key(name.text.as_str()) {
                continue;
            }
            framework.origins.push(origin);
            let id = framework.values.push(Declared {
                file: one.file,
                name,
                label,
                docs: &[],
                whole: at(one.file, one.member.span),
                item,
                what: ValueSource::Binding(own),
            });
            framework.value_names.insert(&name.text, id);
        }
    }
}

/// What is taken, by name space.
#[derive(Default)]
struct Names<'p> {
    values: BTreeMap<&'p str, Span>,
    functions: BTreeMap<&'p str, Span>,
    types: BTreeMap<&'p str, Span>,
    sources: BTreeMap<&'p str, Span>,
}

/// Takes a name, or tells that it is taken.
fn claim<'p>(
    space: &mut BTreeMap<&'p str, Span>,
    name: &'p ast::Name,
    file: FileId,
    reports: &mut Reports,
) -> bool {
    let span = at(file, name.span);
    if let Some(first) = space.get(name.text.as_str()) {
        reports.add(DuplicateName {
            name: name.text.clone(),
            first: *first,
            second: span,
            lacking: None,
        });
        return false;
    }
    space.insert(&name.text, span);
    true
}

/// Files that declare a framework after another file has.
fn second_frameworks(standing: &[EffectiveItem<'_>]) -> BTreeSet<FileId> {
    let heads = standing
        .iter()
        .filter(|one| matches!(one.kind, ItemKind::Framework(_)))
        .map(|one| one.module.id);
    let mut files: Vec<FileId> = heads.collect();
    files.dedup();
    files.into_iter().skip(1).collect()
}

fn add<'p>(
    framework: &mut Framework<'p>,
    names: &mut Names<'p>,
    groups: &Groups<'p>,
    pool: &'p Pool,
    standing: &EffectiveItem<'p>,
    reports: &mut Reports,
) {
    let (file, item) = (standing.module.id, standing.item);
    let docs = item.docs.as_slice();
    let whole = at(file, item.span);
    let origin = Origin {
        package: standing.module.package,
        closed: standing.closed,
    };
    let family = if let ItemKind::Binding(one) = standing.kind {
        let family = groups.families.get(one.name.text.as_str());
        family.filter(|family| family.span() == at(file, one.name.span))
    } else {
        None
    };
    if let Some(family) = family
        && !claim(&mut names.values, family.name, file, reports)
    {
        return;
    }
    let mut put = |name: &'p ast::Name, label: Option<&'p ast::Text>, of, what| {
        if matches!(name.text.as_str(), "factors" | "signals") {
            reports.add(ShadowsBuiltin {
                name: name.text.clone(),
                span: at(file, name.span),
            });
        }
        let own = claim(&mut names.values, name, file, reports);
        if !own {
            // Which of both is meant nobody knows: nothing more is told of what names it.
            framework.value_names.remove(name.text.as_str());
            framework.broken.push(&name.text);
        }
        if own {
            framework.origins.push(origin);
            let id = framework.values.push(Declared {
                file,
                name,
                label,
                docs,
                whole,
                item: of,
                what,
            });
            framework.value_names.insert(&name.text, id);
            if !standing.history.is_empty() {
                framework.amended.insert(id, standing.amendments.clone());
                framework.histories.insert(id, standing.history.clone());
            }
            if let Some(because) = &item.because {
                framework.reasons.insert(id, because);
            }
        }
    };
    let amended = standing.amendments.label.map(|(_, text)| text);
    let mut value = |name: &'p ast::Name, label: &'p Option<ast::Text>, what| {
        put(name, amended.or(label.as_ref()), None, what);
    };
    match standing.kind {
        ItemKind::Framework(head) => match framework.head {
            None => framework.head = Some((file, head)),
            Some((other, first)) => reports.add(TwoFrameworks {
                first: at(other, first.name.span),
                second: at(file, head.name.span),
            }),
        },
        ItemKind::Panel(panel) => match framework.panel {
            None => framework.panel = Some((file, panel)),
            Some((other, first)) => reports.add(TwoPanels {
                first: at(other, first.span()),
                second: at(file, panel.span()),
            }),
        },
        ItemKind::Indicator {
            name,
            label,
            ty,
            attrs,
        } => {
            value(name, label, ValueSource::Indicator { ty, attrs });
        }
        ItemKind::Param(param) => value(&param.name, &param.label, ValueSource::Param(param)),
        ItemKind::Binding(one) => match family {
            None => value(&one.name, &one.label, ValueSource::Binding(one)),
            Some(family) => {
                let own = amended.or(one.label.as_ref());
                for (index, name) in family.values.iter().enumerate() {
                    let name = pool.name((*name).to_owned(), one.name.span);
                    let label = groups.label_of(pool, own, family, index);
                    let item = Some((one.name.text.as_str(), index));
                    put(name, label, item, ValueSource::Binding(one));
                }
            }
        },
        ItemKind::Factor(one) => value(&one.name, &one.label, ValueSource::Factor(one)),
        ItemKind::Level(one) => value(&one.name, &one.label, ValueSource::Level(one)),
        ItemKind::Table(one) => value(&one.name, &one.label, ValueSource::Table(one)),
        ItemKind::Alert(one) => value(&one.name, &one.label, ValueSource::Alert(one)),
        ItemKind::Group(group) => {
            if matches!(group.name.text.as_str(), "factors" | "signals") {
                let name = group.name.text.clone();
                let span = at(file, group.name.span);
                reports.add(ShadowsBuiltin { name, span });
            }
            claim(&mut names.values, &group.name, file, reports);
        }
        ItemKind::Test(test) => framework.tests.push(TestSource {
            file,
            test,
            expected: standing.amendments.expected,
        }),
        ItemKind::Property(property) => framework.properties.push((file, property)),
        ItemKind::Error { name: Some(name) } => framework.broken.push(&name.text),
        ItemKind::Source {
            name,
            label,
            properties,
        } => {
            if claim(&mut names.sources, name, file, reports) {
                framework.source_origins.insert(&name.text, origin);
                let what = properties.as_slice();
                let label = amended_label(&mut framework.amended_sources, standing, name, label);
                framework.sources.push(Declared {
                    file,
                    name,
                    label,
                    docs,
                    whole,
                    item: None,
                    what,
                });
            }
        }
        ItemKind::Unit { name, .. } | ItemKind::Scale { name, .. }
            if Units::is_built_in(&name.text) || is_type_word(&name.text) =>
        {
            reports.add(ShadowsBuiltin {
                name: name.text.clone(),
                span: at(file, name.span),
            });
        }
        ItemKind::Unit {
            name,
            label,
            equals,
        } => {
            if claim(&mut names.types, name, file, reports) {
                let what = equals.as_ref();
                let label = amended_label(&mut framework.amended_types, standing, name, label);
                framework.units.push(Declared {
                    file,
                    name,
                    label,
                    docs,
                    whole,
                    item: None,
                    what,
                });
            }
        }
        ItemKind::Scale {
            name,
            label,
            levels,
            attrs,
            ordered,
        } => {
            if claim(&mut names.types, name, file, reports) {
                let what = ScaleSource { levels, attrs };
                let label = amended_label(&mut framework.amended_types, standing, name, label);
                let all = if *ordered {
                    &mut framework.scales
                } else {
                    &mut framework.categories
                };
                all.push(Declared {
                    file,
                    name,
                    label,
                    docs,
                    whole,
                    item: None,
                    what,
                });
            }
        }
        ItemKind::Function(function) => {
            let name = &function.name;
            let taken = is_language_function(&name.text)
                || framework
                    .function_names
                    .get(name.text.as_str())
                    .is_some_and(|id| framework.is_standard(framework.functions.of(*id).file));
            if taken {
                framework.broken.push(&name.text);
                reports.add(ShadowsBuiltin {
                    name: name.text.clone(),
                    span: at(file, name.span),
                });
            } else if claim(&mut names.functions, name, file, reports) {
                let id = framework.functions.push(Declared {
                    file,
                    name,
                    label: None,
                    docs,
                    whole,
                    item: None,
                    what: function,
                });
                framework.function_names.insert(&name.text, id);
            }
        }
        // A change stands for what it leaves.
        ItemKind::Change(_) => {}
        ItemKind::Show { name } => framework.shown.push((file, name)),
        ItemKind::Declassify(what) => framework.declassified.push(Declassification {
            file,
            package: origin.package,
            whole,
            what,
            because: item.because.as_ref(),
        }),
        ItemKind::Module { .. } | ItemKind::Use { .. } | ItemKind::Error { name: None } => {}
    }
}

/// The label as extending frameworks leave it; what they changed is kept under the name.
fn amended_label<'p>(
    amended: &mut BTreeMap<&'p str, Amendments<'p>>,
    standing: &EffectiveItem<'p>,
    name: &'p ast::Name,
    label: &'p Option<ast::Text>,
) -> Option<&'p ast::Text> {
    if !standing.history.is_empty() {
        amended.insert(&name.text, standing.amendments.clone());
    }
    match standing.amendments.label {
        Some((_, text)) => Some(text),
        None => label.as_ref(),
    }
}

/// Words that stand for types of the language itself.
#[must_use]
pub fn is_type_word(name: &str) -> bool {
    matches!(
        name,
        "number"
            | "truth"
            | "text"
            | "assessment"
            | "alert_state"
            | "period"
            | "duration"
            | "category"
    )
}

/// Functions that no ruleset can declare anew.
#[must_use]
pub fn is_language_function(name: &str) -> bool {
    Builtin::find(name).is_some()
        || BOTH_WAYS.contains(&name)
        || ALONG_TIME.contains(&name)
        || ACROSS_PEERS.contains(&name)
}
