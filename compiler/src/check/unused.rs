//! What is declared and never used.

use super::context::Checker;
use crate::diagnostics::names::Unused;
use crate::framework::ValueSource;
use crate::groups::FamilyKind;
use crate::source::Span;
use crate::typed::{FunctionId, ValueId};
use crate::types::{BUILT_IN_SCALES, ScaleId};
use forewarn_grammar::ast::BindingKind;

impl Checker<'_, '_> {
    pub fn unused(&mut self) {
        self.tell_unknown();
        // A slip can make a used thing look unused; and what has no panel is there for others.
        if self.reports.has_errors() || self.framework.panel.is_none() {
            return;
        }
        let framework = self.framework;
        for (index, value) in framework.values.iter().enumerate() {
            let id = ValueId(crate::arena::next(index));
            let what = match value.what {
                ValueSource::Indicator { .. } => "indicator",
                ValueSource::Param(_) => "param",
                ValueSource::Binding(binding) if binding.kind == BindingKind::Let => "step",
                ValueSource::Level(level) if level.is_step => "level",
                ValueSource::Table(table) if table.is_step => "table",
                ValueSource::Binding(_)
                | ValueSource::Factor(_)
                | ValueSource::Level(_)
                | ValueSource::Table(_)
                | ValueSource::Alert(_)
                | ValueSource::Broken => continue,
            };
            if let Some((family, index)) = value.item {
                // Told of all of them at once.
                if index == 0 && !self.used_families.contains(family) {
                    self.tell_unused(what, family, value.span());
                }
                continue;
            }
            if !self.used_values.contains(&id) {
                let name = value.name.text.as_str();
                self.tell_unused(what, name, value.span());
            }
        }
        let families = framework.groups.families.iter();
        for (name, family) in families.filter(|(_, one)| one.kind == FamilyKind::Group) {
            if !self.used_families.contains(name) && !framework.is_standard(family.file) {
                self.tell_unused("group", name, family.span());
            }
        }
        for (index, function) in framework.functions.iter().enumerate() {
            let id = FunctionId(crate::arena::next(index));
            if !self.used_functions.contains(&id) && !framework.is_standard(function.file) {
                let name = function.name.text.as_str();
                self.tell_unused("function", name, function.span());
            }
        }
        for unit in &framework.units {
            if !self.used_units.contains(&unit.name.text) {
                let name = unit.name.text.as_str();
                self.tell_unused("unit", name, unit.span());
            }
        }
        for (index, scale) in framework.scales.iter().enumerate() {
            let id = ScaleId(crate::arena::next(index + BUILT_IN_SCALES));
            if !self.used_scales.contains(&id) {
                let name = scale.name.text.as_str();
                self.tell_unused("scale", name, scale.span());
            }
        }
        for category in &framework.categories {
            let id = self.category_names.get(&category.name.text);
            if !id.is_some_and(|id| self.used_categories.contains(id)) {
                let name = category.name.text.as_str();
                self.tell_unused("category", name, category.span());
            }
        }
        for source in &framework.sources {
            if !self.used_sources.contains(&source.name.text) {
                let name = source.name.text.as_str();
                self.tell_unused("source", name, source.span());
            }
        }
    }

    /// Of what is brought in by `use` only that which was chosen by its name, where it was. That a change took the
    /// last use of a unit, a scale or a source of what is extended is no slip of its authors, nor can they be dropped.
    fn tell_unused(&mut self, what: &'static str, name: &str, declared: Span) {
        let is_word = ["unit", "scale", "category", "source", "function"].contains(&what);
        if is_word && self.framework.extended.contains(&declared.file) {
            return;
        }
        let mut span = declared;
        if let Some(brought) = self.framework.brought.get(&declared.file) {
            let mut chosen = brought.iter().filter_map(|one| one.chosen.get(name));
            let Some(place) = chosen.next() else { return };
            span = *place;
        }
        let name = name.to_owned();
        self.reports.add(Unused { what, name, span });
    }
}
