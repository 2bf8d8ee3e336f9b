//! Members that cannot be taken together as they are, and signs that point the wrong way.
//!
//! In: the factors of a framework. Out: members whose ranges differ by orders of magnitude or of which more is
//! worse in the one and safer in the other; comparisons of a member that ask for the harmless side.

use super::Linter;
use crate::checked::{Body, Combine, FactorBody};
use crate::diagnostics::method::{AgainstPolarity, Apart, MembersApart};
use crate::diagnostics::wording::range;
use crate::framework::ValueSource;
use crate::typed::{Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::{AttrKind, CompareOp};
use std::collections::BTreeSet;

/// How many times wider one range is than another where they are too far apart.
const APART: f64 = 100.0;

impl Linter<'_, '_> {
    pub fn members(&mut self) {
        let mut told: BTreeSet<crate::source::Span> = BTreeSet::new();
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            self.apart(&value.name, factor);
            for member in &factor.members {
                let Some(Body::Expression { value: formula, .. }) =
                    self.checked.value(member.value).map(|member| &member.body)
                else {
                    continue;
                };
                for (span, id, high) in sides(formula) {
                    if let Some((protective, says)) = self.way_of(id)
                        && protective == high
                        && told.insert(span)
                        && let Some(compared) = self.checked.value(id)
                        && let Some(indicator) = self.checked.value(says)
                    {
                        self.reports.add(AgainstPolarity {
                            span,
                            indicator: compared.name.clone(),
                            protective,
                            declared: indicator.span,
                            rests_on: (says != id).then(|| indicator.name.clone()),
                            factor: value.name.clone(),
                        });
                    }
                }
            }
        }
    }

    /// Of an indicator that says so: is more of it safer?
    pub(super) fn polarity(&self, id: ValueId) -> Option<bool> {
        let declared = self.framework.values.get(id.0 as usize)?;
        let ValueSource::Indicator { attrs, .. } = declared.what else {
            return None;
        };
        attrs.iter().find_map(|attr| {
            if let AttrKind::Polarity(word) = &attr.kind {
                Some(word.text == "protective")
            } else {
                None
            }
        })
    }

    fn apart(&mut self, name: &str, factor: &FactorBody) {
        let together = match factor.combine {
            Combine::Mean
            | Combine::WeightedMean
            | Combine::GeometricMean
            | Combine::HarmonicMean
            | Combine::PowerMean(_)
            | Combine::Sum
            | Combine::Max
            | Combine::Min
            | Combine::Median => true,
            Combine::NoisyOr
            | Combine::ShareOfYes
            | Combine::CountOfYes
            | Combine::AtLeast(_)
            | Combine::Function { .. } => false,
        };
        if !together {
            return;
        }
        let mut widths = Vec::new();
        let mut ways = Vec::new();
        for member in &factor.members {
            let Some(value) = self.checked.value(member.value) else {
                continue;
            };
            let declared = match &value.body {
                Body::Indicator(body) => body.declared,
                Body::Expression { declared, .. } => *declared,
                Body::Param(_)
                | Body::Factor(_)
                | Body::Level(_)
                | Body::Table(_)
                | Body::Alert(_)
                | Body::Broken => None,
            };
            if let Some(declared) = declared {
                let (low, high) = (declared.range.low, declared.range.high);
                let width = high - low;
                if width.is_finite() && width > 0.0 {
                    let shown = range(&crate::numbers::show(low), &declared.high_words());
                    widths.push((width, shown, value.name.clone(), member.span));
                }
            }
            let is_number = matches!(value.ty, Type::Number(_));
            if is_number && let Some((protective, _)) = self.way_of(member.value) {
                ways.push((protective, value.name.clone(), member.span));
            }
        }
        let least = widths.iter().min_by(|a, b| a.0.total_cmp(&b.0));
        let most = widths.iter().max_by(|a, b| a.0.total_cmp(&b.0));
        if let (Some(least), Some(most)) = (least, most)
            && most.0 >= least.0 * APART
        {
            self.reports.add(MembersApart {
                factor: name.to_owned(),
                span: factor.span,
                first: least.2.clone(),
                first_span: least.3,
                second: most.2.clone(),
                second_span: most.3,
                why: Apart::Ranges(least.1.clone(), most.1.clone()),
            });
        }
        let worse = ways.iter().find(|(protective, ..)| !protective);
        let safer = ways.iter().find(|(protective, ..)| *protective);
        if let (Some(worse), Some(safer)) = (worse, safer) {
            self.reports.add(MembersApart {
                factor: name.to_owned(),
                span: factor.span,
                first: worse.1.clone(),
                first_span: worse.2,
                second: safer.1.clone(),
                second_span: safer.2,
                why: Apart::Polarity,
            });
        }
    }
}

/// The comparisons that make a signal by themselves: what they compare, and whether they ask for much of it.
fn sides(formula: &Typed) -> Vec<(crate::source::Span, ValueId, bool)> {
    let mut open = vec![formula];
    let mut found = Vec::new();
    while let Some(one) = open.pop() {
        if let TypedKind::And(parts) | TypedKind::Or(parts) = &one.kind {
            open.extend(parts);
            continue;
        }
        let TypedKind::Compare {
            relation: Relation::Order(order),
            left,
            right,
        } = &one.kind
        else {
            continue;
        };
        let much = matches!(order, CompareOp::Greater | CompareOp::GreaterOrEqual);
        match (value_of(left), value_of(right)) {
            (Some(id), _) => found.push((one.span, id, much)),
            (None, Some(id)) => found.push((one.span, id, !much)),
            (None, None) => {}
        }
    }
    found
}

fn value_of(mut side: &Typed) -> Option<ValueId> {
    while let TypedKind::Convert(inner, ..) = &side.kind {
        side = inner;
    }
    if let TypedKind::Value(id) = side.kind {
        Some(id)
    } else {
        None
    }
}
