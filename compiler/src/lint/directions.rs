//! Indicators that feed a factor without saying which way is worse.

use super::Linter;
use crate::checked::Body;
use crate::checked::reads::{Dependency, Reached, What};
use crate::diagnostics::method::NoDirection;
use crate::framework::ValueSource;
use crate::testing::is_indicator;
use crate::typed::{TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::{AttrKind, ProductOp};
use std::collections::{BTreeMap, BTreeSet};

impl Linter<'_, '_> {
    /// What stands nowhere but below a fraction: it says how many there are, and more of it is neither worse
    /// nor safer.
    fn only_below(&self) -> BTreeSet<ValueId> {
        let mut below: BTreeMap<ValueId, usize> = BTreeMap::new();
        let mut anywhere: BTreeMap<ValueId, usize> = BTreeMap::new();
        for value in &self.checked.values {
            for part in value.body.parts() {
                let Some(whole) = part.expression() else {
                    if let What::Value(id) = part.what {
                        *anywhere.entry(id).or_default() += 1;
                    }
                    continue;
                };
                for one in whole.walk(part.role) {
                    if let TypedKind::Value(id) = one.expression.kind {
                        *anywhere.entry(id).or_default() += 1;
                    }
                    if let TypedKind::Product(_, rest) = &one.expression.kind {
                        let divisors = rest.iter().filter(|(op, _)| *op == ProductOp::Divide);
                        for (_, divisor) in divisors {
                            for inner in divisor.walk(part.role) {
                                if let TypedKind::Value(id) = inner.expression.kind {
                                    *below.entry(id).or_default() += 1;
                                }
                            }
                        }
                    }
                }
            }
        }
        let always = |(id, times): (ValueId, usize)| {
            (anywhere.get(&id).is_none_or(|all| times >= *all)).then_some(id)
        };
        below.into_iter().filter_map(always).collect()
    }

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
        let divides = self.only_below();
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
            let asked = !divides.contains(&id) && !is_a_year(&value.name);
            if matches!(value.ty, Type::Number(_)) && !says && asked {
                self.reports.add(NoDirection {
                    name: value.name.clone(),
                    span: value.span,
                    factor: factor.to_owned(),
                });
            }
        }
    }
}

/// `year`, `election_year`: a point in time, of which more is only later.
fn is_a_year(name: &str) -> bool {
    name == "year" || name.ends_with("_year") || name.starts_with("year_of")
}
