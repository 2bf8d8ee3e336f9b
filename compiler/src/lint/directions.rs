//! Indicators that feed a factor without saying which way is worse.

use super::Linter;
use crate::checked::Body;
use crate::diagnostics::method::NoDirection;
use crate::framework::ValueSource;
use crate::typed::ValueId;
use crate::types::Type;
use forewarn_grammar::ast::AttrKind;
use std::collections::BTreeMap;

impl Linter<'_, '_> {
    pub fn directions(&mut self) {
        // By indicator, the first factor that rests on it.
        let mut used: BTreeMap<ValueId, String> = BTreeMap::new();
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            for member in &factor.members {
                for indicator in self.reads.indicators(member.value) {
                    used.entry(indicator).or_insert_with(|| value.name.clone());
                }
            }
        }
        for (id, factor) in used {
            let (Some(value), Some(declared)) = (
                self.checked.value(id),
                self.framework.values.get(id.0 as usize),
            ) else {
                continue;
            };
            // An assessment says by itself that more is worse; a truth and a category have no order.
            let ValueSource::Indicator { attrs, .. } = declared.what else {
                continue;
            };
            let says = attrs
                .iter()
                .any(|attr| matches!(attr.kind, AttrKind::Polarity(_)));
            if matches!(value.ty, Type::Number(_)) && !says {
                self.reports.add(NoDirection {
                    name: value.name.clone(),
                    span: value.span,
                    factor,
                });
            }
        }
    }
}
