//! Published numbers whose unit follows from their formula alone.

use forewarn_grammar::ast::BindingKind;

use super::Linter;
use crate::checked::Body;
use crate::diagnostics::method::UnitUnwritten;
use crate::framework::{ValueSource, at};
use crate::types::Type;
use crate::units::Unit;

impl Linter<'_, '_> {
    pub fn units(&mut self) {
        let values = self.framework.values.iter().zip(&self.checked.values);
        let written: Vec<&Unit> = values
            .clone()
            .filter(|(declared, value)| {
                matches!(declared.what, ValueSource::Binding(binding) if binding.ty.is_some())
                    || matches!(
                        value.body,
                        Body::Indicator(_) | Body::Param(_) | Body::Table(_)
                    )
            })
            .filter_map(|(_, value)| number(&value.ty))
            .collect();
        for (declared, value) in values {
            let ValueSource::Binding(binding) = declared.what else {
                continue;
            };
            let Some(unit) = number(&value.ty) else {
                continue;
            };
            if binding.kind != BindingKind::Score
                || binding.ty.is_some()
                || unit.is_plain()
                || written.contains(&unit)
            {
                continue;
            }
            let name = declared.label.map_or(binding.name.span, |label| label.span);
            self.reports.add(UnitUnwritten {
                name: value.name.clone(),
                span: value.span,
                behind: at(declared.file, name),
                unit: self.checked.units.show(unit),
            });
        }
    }
}

fn number(ty: &Type) -> Option<&Unit> {
    match ty {
        Type::Number(unit) => Some(unit),
        Type::Truth
        | Type::Level(_)
        | Type::Category(_)
        | Type::Count
        | Type::List(_)
        | Type::Error => None,
    }
}
