//! What results carry along: `show region`.

use crate::checked::reads::Mention;
use crate::diagnostics::names::NothingToShow;
use crate::framework::ValueSource;
use crate::typed::{Typed, TypedKind};
use crate::types::Type;
use forewarn_grammar::ast::BindingKind;

use super::context::Checker;

impl Checker<'_, '_> {
    /// Indicators and steps that are published as they are, those of a group one by one.
    pub fn shown(&mut self) {
        let framework = self.framework;
        for (file, name) in &framework.shown {
            self.file = *file;
            let span = self.at(name.span);
            let family = self.family_named(name);
            self.used_families.extend(family);
            let typed = self.name(name, None);
            let parts: &[Typed] = if let TypedKind::List(parts) = &typed.kind {
                parts
            } else {
                std::slice::from_ref(&typed)
            };
            for part in parts {
                let Some(Mention::Value(id)) = part.mention() else {
                    continue;
                };
                let Some(value) = framework.values.get(id.0 as usize) else {
                    continue;
                };
                let why = match value.what {
                    ValueSource::Broken => continue,
                    ValueSource::Param(_) => {
                        Some("it is a constant of the method, which the manifest has")
                    }
                    ValueSource::Binding(binding) if binding.kind == BindingKind::Let => None,
                    ValueSource::Level(level) if level.is_step => None,
                    ValueSource::Table(table) if table.is_step => None,
                    ValueSource::Indicator { .. } => None,
                    ValueSource::Binding(_)
                    | ValueSource::Factor(_)
                    | ValueSource::Level(_)
                    | ValueSource::Table(_)
                    | ValueSource::Alert(_) => Some("it is published as it is"),
                };
                let why = why.or(match part.ty {
                    Type::List(_) => Some("it is a list, which has no column"),
                    Type::Number(_)
                    | Type::Truth
                    | Type::Level(_)
                    | Type::Category(_)
                    | Type::Count
                    | Type::Error => None,
                });
                let twice = why.is_none() && !self.shown.insert(id);
                if let Some(why) = why.or(twice.then_some("it is shown already")) {
                    self.reports.add(NothingToShow {
                        name: name.text.clone(),
                        span,
                        why,
                        declared: value.span(),
                    });
                }
            }
        }
    }
}
