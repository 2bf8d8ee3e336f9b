//! Who declared what, and who changed it: a framework with all that it extends, as data.
//!
//! In: a ruleset. Out: its layers, nearest first, each with its changes in words and what it takes of packages
//! that it uses, and every declaration that holds with the layer it comes from.
#![deny(clippy::wildcard_enum_match_arm)]

use std::path::Path;

use crate::diagnostics::Reports;
use crate::difference::PLAIN_WEIGHT;
use crate::framework::{self, ValueSource};
use crate::layers::layers;
use crate::overlay::target::{key, word};
use crate::overlay::{ChangeRecord, Verb};
use crate::package::{self, Package};
use crate::settings::Given;
use crate::settings::Settings;
use crate::source::{Files, SourceMap, Span};
use crate::translations::{Key, Spoken, Words};

/// What came of a ruleset.
#[derive(Debug)]
pub struct TreeCompilation {
    pub sources: SourceMap,
    pub reports: Reports,
    /// Absent where something is wrong.
    pub tree: Option<Tree>,
    /// The words of the language that its labels are in, where one was asked for.
    pub words: Option<Words>,
}

#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The framework itself first, then what it extends.
    pub layers: Vec<Layer>,
    pub declarations: Vec<TreeDeclaration>,
}

#[derive(Clone, Debug, Default)]
pub struct Layer {
    pub name: String,
    pub label: String,
    pub version: String,
    /// The folder or archive.
    pub root: String,
    pub changes: Vec<TreeChange>,
    /// The packages of which it takes something.
    pub uses: Vec<TreeUse>,
}

/// A package that is used.
#[derive(Clone, Debug, Default)]
pub struct TreeUse {
    pub name: String,
    pub version: String,
    pub root: String,
    /// What is taken of it, by what it is: `param`, `fn`, `unit` …
    pub taken: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug)]
pub struct TreeChange {
    pub verb: Verb,
    /// `param`, `weight`, `indicator`, `member` …
    pub what: String,
    pub target: String,
    pub because: String,
    /// The old and the new words, where they are short enough to be read in a line.
    pub from: Option<String>,
    pub to: Option<String>,
    pub span: Span,
}

/// A declaration that holds.
#[derive(Clone, Debug)]
pub struct TreeDeclaration {
    /// `indicator`, `factor` …
    pub what: &'static str,
    pub name: String,
    pub label: String,
    /// Index of [`Tree::layers`]: where it is declared, or was last replaced.
    pub layer: usize,
    /// The package that it is taken of by `use`.
    pub used: Option<String>,
    pub span: Span,
    /// Of a factor: its members.
    pub members: Vec<String>,
    /// Indices of the layers and their changes that concern it, in order.
    pub changes: Vec<(usize, usize)>,
}

/// Words longer than this are not shown in a line.
const LONGEST: usize = 60;

/// Reads a ruleset with all that it extends; labels are in the settings' language, if they name one.
pub fn read(entry: &Path, files: &dyn Files, settings: &Settings) -> TreeCompilation {
    let mut reports = Reports::default();
    let mut package = package::load(entry, files, &mut reports);
    let given = Given::read(&Settings::default(), &mut package.sources, &mut reports);
    let spoken = Spoken::load(settings, &mut package, files, &mut reports);
    let (framework, _) = layers(&package, &given, &mut reports);
    let mut words = None;
    let mut shown = None;
    if !reports.has_errors() {
        let mut tree = tree(&package, &framework);
        let spoken = spoken.as_ref();
        words = spoken.and_then(|one| one.words(&package, &framework, &given, &mut reports));
        if let Some(words) = &words {
            call(&mut tree, words);
        }
        shown = Some(tree);
    }
    TreeCompilation {
        sources: package.sources,
        reports,
        tree: shown,
        words,
    }
}

/// Puts a language's labels in place of the rules' own.
fn call(tree: &mut Tree, words: &Words) {
    for (layer, number) in tree.layers.iter_mut().zip(0..) {
        if let Some(label) = words.texts.get(&Key::Framework(number)) {
            layer.label.clone_from(label);
        }
    }
    for one in &mut tree.declarations {
        if let Some(label) = words.texts.get(&Key::Label(one.name.clone())) {
            one.label.clone_from(label);
        }
    }
}

impl TreeChange {
    /// `override weight armed_conflict.at_war: 3 → 2`
    #[must_use]
    pub fn words(&self) -> String {
        let mut text = format!("{} {} {}", self.verb.word(), self.what, self.target);
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => text.push_str(&format!(": {from} → {to}")),
            (None, Some(to)) if self.verb == Verb::Override => text.push_str(&format!(": {to}")),
            _ => {}
        }
        text
    }
}

fn tree(package: &Package, framework: &framework::Framework<'_>) -> Tree {
    let mut layers: Vec<Layer> = (0..=package.members.len())
        .map(|index| layer(package, index))
        .collect();
    // Where each change of the framework went.
    let mut places = Vec::with_capacity(framework.changes.len());
    for change in &framework.changes {
        let Some(layer) = layers.get_mut(change.package) else {
            continue;
        };
        places.push((change.package, layer.changes.len()));
        layer.changes.push(shown(change, &package.sources));
    }
    let module_of = |file| {
        let mut modules = package.modules.iter();
        modules.find(|module| module.id == file)
    };
    let used = |file| {
        let brought = module_of(file)?.brought.as_ref()?;
        let library = package.libraries.get(brought.library)?;
        Some(library.member.name.clone())
    };
    let values = framework.values.iter().zip(0_u32..);
    let declarations = values.map(|(value, id)| {
        let id = crate::typed::ValueId(id);
        let history = framework.histories.get(&id).into_iter().flatten();
        TreeDeclaration {
            what: value.what.kind(),
            name: value.name.text.clone(),
            label: value
                .label
                .map_or(String::new(), |label| label.value.clone()),
            layer: module_of(value.file).map_or(0, |module| module.package),
            used: used(value.file),
            span: value.span(),
            members: match value.what {
                ValueSource::Factor(factor) => {
                    let members = framework.members_of(id, factor).into_iter();
                    members
                        .map(|one| match &one.grouped {
                            Some(grouped) => grouped.value.to_owned(),
                            None => one.member.name.text.clone(),
                        })
                        .collect()
                }
                ValueSource::Indicator { .. }
                | ValueSource::Param(_)
                | ValueSource::Binding(_)
                | ValueSource::Level(_)
                | ValueSource::Table(_)
                | ValueSource::Alert(_)
                | ValueSource::Broken => Vec::new(),
            },
            changes: history
                .filter_map(|index| places.get(*index).copied())
                .collect(),
        }
    });
    let declarations = declarations.collect();
    Tree {
        layers,
        declarations,
    }
}

fn layer(package: &Package, index: usize) -> Layer {
    let root = match index
        .checked_sub(1)
        .and_then(|index| package.members.get(index))
    {
        Some(member) => member.root.clone(),
        None => package::shown(&package.root),
    };
    let Some((_, head)) = package::head(&package.modules, index) else {
        return Layer::default();
    };
    let text = |text: &Option<forewarn_grammar::ast::Text>| {
        text.as_ref()
            .map_or(String::new(), |text| text.value.clone())
    };
    Layer {
        name: head.name.text.clone(),
        label: text(&head.label),
        version: text(&head.version),
        root,
        changes: Vec::new(),
        uses: uses(package, index),
    }
}

/// What a layer takes of packages that it uses, in their order.
fn uses(package: &Package, index: usize) -> Vec<TreeUse> {
    let taken = |library: usize| {
        let modules = package.modules.iter().filter(move |module| {
            let brought = module.brought.as_ref();
            module.package == index && brought.is_some_and(|brought| brought.library == library)
        });
        let items = modules.flat_map(|module| &module.file.items);
        items.filter_map(|item| Some((word(&item.kind), key(&item.kind)?.1.to_owned())))
    };
    let libraries = package.libraries.iter().enumerate();
    let all = libraries.map(|(at, library)| TreeUse {
        name: library.member.name.clone(),
        version: library.member.version.clone(),
        root: library.member.root.clone(),
        taken: taken(at).collect(),
    });
    all.filter(|one| !one.taken.is_empty()).collect()
}

/// A change in words.
#[must_use]
pub fn shown(change: &ChangeRecord, sources: &SourceMap) -> TreeChange {
    let words = |span: Option<Span>| {
        let words = sources.slice(span?).split_whitespace();
        let words = words.collect::<Vec<_>>().join(" ");
        let words = words.trim_start_matches("= ");
        let text = words
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let words = text
            .filter(|text| !text.contains('"'))
            .unwrap_or(words)
            .to_owned();
        (words.chars().count() <= LONGEST).then_some(words)
    };
    // What is added, replaced or dropped as a whole is seen in its file.
    let in_part = change.verb == Verb::Override || change.what == "member";
    // A weight that nobody wrote is one all the same.
    let is_plain =
        change.verb == Verb::Override && change.what == "weight" && change.from.is_none();
    let plain = is_plain.then(|| PLAIN_WEIGHT.to_owned());
    TreeChange {
        verb: change.verb,
        what: change.what.clone(),
        target: change.target.clone(),
        because: change.because.clone(),
        from: words(change.from.filter(|_| in_part)).or(plain),
        to: words(change.to.filter(|_| in_part)),
        span: change.span,
    }
}
