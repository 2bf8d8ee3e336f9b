//! Scales and sources.

use super::context::Checker;
use crate::checked::{Category, Named, Scale};
use crate::diagnostics::levels::ScaleTooSmall;
use crate::diagnostics::names::DuplicateName;
use crate::framework::at;
use crate::source::Span;
use forewarn_grammar::ast;

impl Checker<'_, '_> {
    /// The built-in scales, then the declared ones.
    pub fn scales(&mut self) {
        let level = |name: &str| Named {
            name: name.to_owned(),
            label: name.to_owned(),
        };
        // In the order of their fixed places: `ASSESSMENT`, `ALERT`.
        for (name, levels) in [
            ("assessment", ["absent", "emerging", "present"]),
            ("alert_state", ["quiet", "raised", "escalated"]),
        ] {
            self.scales.push(Scale {
                name: name.to_owned(),
                levels: levels.into_iter().map(level).collect(),
                span: Span::default(),
            });
        }
        for scale in &self.framework.scales {
            self.file = scale.file;
            if scale.what.levels.len() < 2 {
                self.reports.add(ScaleTooSmall {
                    name: scale.name.text.clone(),
                    span: scale.span(),
                    count: scale.what.levels.len(),
                });
            }
            let mut levels = self.named_once(scale.what.levels);
            self.relabel(&scale.name.text, &mut levels);
            self.plain_attributes(scale.what.attrs, "a scale", scale.span());
            let id = self.scales.push(Scale {
                name: scale.name.text.clone(),
                levels,
                span: scale.span(),
            });
            self.scale_names.insert(scale.name.text.clone(), id);
        }
        for category in &self.framework.categories {
            self.file = category.file;
            let mut names = self.named_once(category.what.levels);
            self.relabel(&category.name.text, &mut names);
            self.plain_attributes(category.what.attrs, "a category", category.span());
            let id = self.categories.push(Category {
                name: category.name.text.clone(),
                names,
                span: category.span(),
            });
            self.category_names.insert(category.name.text.clone(), id);
        }
    }

    /// Labels that extending frameworks changed.
    fn relabel(&self, name: &str, names: &mut [Named]) {
        let Some(amended) = self.framework.amended_types.get(name) else {
            return;
        };
        for one in names {
            if let Some((_, label)) = amended.level_labels.get(one.name.as_str()) {
                one.label.clone_from(&label.value);
            }
        }
    }

    /// Names of a scale or category, each once.
    pub fn named_once(&mut self, levels: &[ast::LevelName]) -> Vec<Named> {
        let mut seen: Vec<(&str, Span)> = Vec::new();
        let mut named = Vec::new();
        for level in levels {
            let name = level.name.text.as_str();
            let span = at(self.file, level.name.span);
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == name) {
                let (name, first) = (name.to_owned(), *first);
                self.reports.add(DuplicateName {
                    name,
                    first,
                    second: span,
                    lacking: None,
                });
                continue;
            }
            seen.push((name, span));
            let label = level
                .label
                .as_ref()
                .map_or(name, |label| label.value.as_str());
            named.push(Named {
                name: name.to_owned(),
                label: label.to_owned(),
            });
        }
        named
    }

    pub fn sources(&mut self) {
        for source in &self.framework.sources {
            self.file = source.file;
            self.source_properties(source.what, source.span());
        }
    }
}
