//! What is declared and never used.

use super::context::Checker;
use crate::diagnostics::names::Unused;
use crate::framework::ValueSource;
use crate::groups::FamilyKind;
use crate::typed::{FunctionId, ValueId};
use crate::types::{BUILT_IN_SCALES, ScaleId};
use forewarn_grammar::ast::BindingKind;

impl Checker<'_, '_> {
    pub fn unused(&mut self) {
        self.tell_unknown();
        // A slip can make a used thing look unused.
        if self.reports.has_errors() {
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
                    self.reports.add(Unused {
                        what,
                        name: family.to_owned(),
                        span: value.span(),
                    });
                }
                continue;
            }
            if !self.used_values.contains(&id) {
                let name = value.name.text.clone();
                self.reports.add(Unused {
                    what,
                    name,
                    span: value.span(),
                });
            }
        }
        let families = framework.groups.families.iter();
        for (name, family) in families.filter(|(_, one)| one.kind == FamilyKind::Group) {
            if !self.used_families.contains(name) && !framework.is_standard(family.file) {
                self.reports.add(Unused {
                    what: "group",
                    name: (*name).to_owned(),
                    span: family.span(),
                });
            }
        }
        for (index, function) in framework.functions.iter().enumerate() {
            let id = FunctionId(crate::arena::next(index));
            if !self.used_functions.contains(&id) && !framework.is_standard(function.file) {
                let name = function.name.text.clone();
                self.reports.add(Unused {
                    what: "function",
                    name,
                    span: function.span(),
                });
            }
        }
        for unit in &framework.units {
            if !self.used_units.contains(&unit.name.text) {
                let name = unit.name.text.clone();
                self.reports.add(Unused {
                    what: "unit",
                    name,
                    span: unit.span(),
                });
            }
        }
        for (index, scale) in framework.scales.iter().enumerate() {
            let id = ScaleId(crate::arena::next(index + BUILT_IN_SCALES));
            if !self.used_scales.contains(&id) {
                let name = scale.name.text.clone();
                self.reports.add(Unused {
                    what: "scale",
                    name,
                    span: scale.span(),
                });
            }
        }
        for category in &framework.categories {
            let id = self.category_names.get(&category.name.text);
            if !id.is_some_and(|id| self.used_categories.contains(id)) {
                let name = category.name.text.clone();
                self.reports.add(Unused {
                    what: "category",
                    name,
                    span: category.span(),
                });
            }
        }
        for source in &framework.sources {
            if !self.used_sources.contains(&source.name.text) {
                let name = source.name.text.clone();
                self.reports.add(Unused {
                    what: "source",
                    name,
                    span: source.span(),
                });
            }
        }
    }
}
