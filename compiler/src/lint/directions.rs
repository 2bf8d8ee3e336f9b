//! Indicators that feed a factor without saying which way is worse.

use super::Linter;
use crate::checked::Body;
use crate::checked::reads::{Dependency, Reached};
use crate::diagnostics::method::NoDirection;
use crate::framework::ValueSource;
use crate::testing::is_indicator;
use crate::typed::ValueId;
use crate::types::Type;
use forewarn_grammar::ast::AttrKind;
use std::collections::BTreeMap;

impl Linter<'_, '_> {
    pub fn directions(&mut self) {
        // By indicator, the first factor that rests on it. What an earlier factor rests on is not
        // looked into again.
        let mut used: BTreeMap<ValueId, &str> = BTreeMap::new();
        let mut reached = Reached::default();
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            let members = factor.members.iter();
            let members = members.map(|member| Dependency::Value(member.value));
            for below in self.checked.reads.reach(members, &mut reached) {
                if let Some(id) = below.as_value()
                    && is_indicator(self.checked, id)
                {
                    used.insert(id, &value.name);
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
                    factor: factor.to_owned(),
                });
            }
        }
    }
}
