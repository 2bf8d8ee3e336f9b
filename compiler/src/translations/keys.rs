//! What of a framework can be translated.
//!
//! In: the declarations that hold. Out: each text that people read, under the key that translations
//! files know it by, with the place where it stands.

use std::collections::BTreeMap;
use std::fmt;

use forewarn_grammar::ast::{LevelName, Text, TypeKind};

use super::messages::MESSAGES;
use crate::framework::{Framework, ValueSource, at};
use crate::package::{self, Package};
use crate::source::{FileId, Span};
use crate::typed::ValueId;
use crate::units::Units;

/// Where a text stands in a translations file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// `[framework] label`, of the package's own framework: see [`Module::package`].
    ///
    /// [`Module::package`]: crate::package::Module::package
    Framework(usize),
    /// `[labels]`: an indicator, a factor, a level, …
    Label(String),
    /// `[levels.concern] high`: a level of a scale, or a name of an indicator's category.
    Level(String, String),
    /// `[units]`
    Unit(String),
    /// `[sources]`
    Source(String),
    /// `[docs]`: of anything by its name.
    Docs(String),
    /// `[messages]`
    Message(String),
}

impl Key {
    /// The section that it stands in, and its own key there.
    #[must_use]
    pub fn path(&self) -> (Vec<&str>, &str) {
        match self {
            Self::Framework(_) => (vec!["framework"], "label"),
            Self::Label(name) => (vec!["labels"], name),
            Self::Level(scale, level) => (vec!["levels", scale], level),
            Self::Unit(name) => (vec!["units"], name),
            Self::Source(name) => (vec!["sources"], name),
            Self::Docs(name) => (vec!["docs"], name),
            Self::Message(name) => (vec!["messages"], name),
        }
    }

    /// The declaration that it belongs to; `None` for what belongs to none.
    #[must_use]
    pub fn declaration(&self) -> Option<&str> {
        match self {
            Self::Framework(_) | Self::Message(_) => None,
            Self::Label(name)
            | Self::Level(name, _)
            | Self::Unit(name)
            | Self::Source(name)
            | Self::Docs(name) => Some(name),
        }
    }
}

/// As people name it: `overall`, `concern.high`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Framework(_) => f.write_str("framework.label"),
            Self::Level(scale, level) => write!(f, "{scale}.{level}"),
            Self::Docs(name) => write!(f, "docs.{name}"),
            Self::Message(name) => write!(f, "messages.{name}"),
            Self::Label(name) | Self::Unit(name) | Self::Source(name) => f.write_str(name),
        }
    }
}

/// A text that people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translatable {
    /// Today's words, in the package's own language.
    pub label: String,
    /// Where they stand; none for words of the language itself.
    pub span: Option<Span>,
    /// The package that they stand in.
    pub layer: usize,
    /// Its absence is told: results show it.
    pub wanted: bool,
}

/// Everything that can be translated, in the packages from `top` on.
pub(super) fn all(
    package: &Package,
    framework: &Framework<'_>,
    top: usize,
) -> BTreeMap<Key, Translatable> {
    let mut found = Gatherer {
        package,
        all: BTreeMap::new(),
    };
    found.of_the_language();
    for layer in top..=package.members.len() {
        if let Some((file, head)) = package::head(&package.modules, layer)
            && let Some(label) = &head.label
        {
            found.text(Key::Framework(layer), file, label, layer == top);
        }
    }
    found.values(framework);
    found.types(framework);
    for source in &framework.sources {
        let name = &source.name.text;
        let amended = framework.amended_sources.get(name.as_str());
        let file = amended.and_then(|one| one.label).map(|(file, _)| file);
        found.docs(source.file, name, source.docs);
        if let Some(label) = source.label {
            let key = Key::Source(name.clone());
            found.text(key, file.unwrap_or(source.file), label, true);
        }
    }
    found.all
}

struct Gatherer<'p> {
    package: &'p Package,
    all: BTreeMap<Key, Translatable>,
}

impl Gatherer<'_> {
    fn layer(&self, file: FileId) -> usize {
        let mut modules = self.package.modules.iter();
        let module = modules.find(|module| module.id == file);
        module.map_or(0, |module| match &module.brought {
            Some(brought) => self.package.members.len() + 1 + brought.library,
            None => module.package,
        })
    }

    fn put(&mut self, key: Key, file: FileId, span: Span, label: String, wanted: bool) {
        let layer = self.layer(file);
        let span = Some(span);
        let text = Translatable {
            label,
            span,
            layer,
            wanted,
        };
        self.all.insert(key, text);
    }

    fn text(&mut self, key: Key, file: FileId, text: &Text, wanted: bool) {
        self.put(key, file, at(file, text.span), text.value.clone(), wanted);
    }

    /// Words that every framework has: built-in scales and units, and the tool's own in results.
    fn of_the_language(&mut self) {
        let layer = self.package.members.len();
        let mut put = |key: Key, label: &str| {
            let label = label.to_owned();
            let text = Translatable {
                label,
                span: None,
                layer,
                wanted: false,
            };
            self.all.insert(key, text);
        };
        for (key, english) in MESSAGES {
            put(Key::Message(key.to_owned()), english);
        }
        for (scale, levels) in [
            ("assessment", ["absent", "emerging", "present"]),
            ("alert_state", ["quiet", "raised", "escalated"]),
        ] {
            for level in levels {
                put(Key::Level(scale.to_owned(), level.to_owned()), level);
            }
        }
        for unit in Units::default().names() {
            put(Key::Unit(unit.to_owned()), unit);
        }
    }

    fn docs(&mut self, file: FileId, name: &str, docs: &[Text]) {
        let (Some(first), Some(last)) = (docs.first(), docs.last()) else {
            return;
        };
        let lines: Vec<&str> = docs.iter().map(|line| line.value.trim()).collect();
        let span = at(file, first.span).to(at(file, last.span));
        let key = Key::Docs(name.to_owned());
        self.put(key, file, span, lines.join("\n"), false);
    }

    fn values(&mut self, framework: &Framework<'_>) {
        for (value, id) in framework.values.iter().zip(0_u32..) {
            if framework.is_standard(value.file) {
                continue;
            }
            let name = &value.name.text;
            self.docs(value.file, name, value.docs);
            let amended = framework.amended.get(&ValueId(id));
            let file = amended.and_then(|one| one.label).map(|(file, _)| file);
            let file = file.unwrap_or(value.file);
            let key = Key::Label(name.clone());
            match value.label {
                Some(label) => self.text(key, file, label, true),
                // Without a label it is called by its name.
                None => self.put(key, file, value.span(), name.clone(), false),
            }
            if let ValueSource::Indicator { ty, .. } = value.what
                && let TypeKind::Category(names) = &ty.kind
            {
                for one in names {
                    self.level(name, value.file, one);
                }
            }
        }
    }

    fn types(&mut self, framework: &Framework<'_>) {
        for scale in framework.scales.iter().chain(&framework.categories) {
            let name = &scale.name.text;
            self.docs(scale.file, name, scale.docs);
            for level in scale.what.levels {
                self.level(name, scale.file, level);
            }
            let Some(amended) = framework.amended_types.get(name.as_str()) else {
                continue;
            };
            for (level, (file, label)) in &amended.level_labels {
                let key = Key::Level(name.clone(), (*level).to_owned());
                self.text(key, *file, label, true);
            }
        }
        for unit in &framework.units {
            let name = &unit.name.text;
            self.docs(unit.file, name, unit.docs);
            // Results show units by their names.
            let key = Key::Unit(name.clone());
            self.put(key, unit.file, unit.span(), name.clone(), true);
        }
    }

    fn level(&mut self, scale: &str, file: FileId, level: &LevelName) {
        let key = Key::Level(scale.to_owned(), level.name.text.clone());
        match &level.label {
            Some(label) => self.text(key, file, label, true),
            None => self.put(
                key,
                file,
                at(file, level.name.span),
                level.name.text.clone(),
                true,
            ),
        }
    }
}
