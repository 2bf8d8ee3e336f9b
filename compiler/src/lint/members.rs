//! Members that cannot be taken together as they are, and signs that point the wrong way.
//!
//! In: the factors of a framework. Out: members whose ranges differ by orders of magnitude or of which more is
//! worse in the one and safer in the other; comparisons of a member that ask for the harmless side.

use super::Linter;
use crate::checked::{Body, Combine, FactorBody};
use crate::diagnostics::method::{AgainstPolarity, Apart, MembersApart, WeightAgainst};
use crate::diagnostics::wording::range;
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind, ValueId};
use crate::types::Type;
use forewarn_grammar::ast::{AttrKind, CompareOp};
use std::collections::BTreeSet;

/// How many times wider one range is than another where they are too far apart.
const APART: f64 = 100.0;

/// How far signals that stand for others are followed.
const DEEP: usize = 8;

impl Linter<'_, '_> {
    pub fn members(&mut self) {
        let mut told: BTreeSet<Span> = BTreeSet::new();
        for value in &self.checked.values {
            let Body::Factor(factor) = &value.body else {
                continue;
            };
            self.apart(&value.name, factor);
            self.weights_against(&value.name, factor);
            for member in &factor.members {
                let Some(Body::Expression { value: formula, .. }) =
                    self.checked.value(member.value).map(|member| &member.body)
                else {
                    continue;
                };
                for (span, id, high, negated) in self.sides(formula) {
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
                            negated,
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

    /// What makes a signal by itself: where it stands, what it asks for, whether it asks for much of that, and
    /// whether a `not` before it says so. A truth asks for itself.
    fn sides(&self, formula: &Typed) -> Vec<(Span, ValueId, bool, bool)> {
        let mut open = vec![(formula, formula.span, false, DEEP)];
        let mut found = Vec::new();
        while let Some((one, whole, negated, deep)) = open.pop() {
            let place = if negated { whole } else { one.span };
            if let TypedKind::And(parts) | TypedKind::Or(parts) = &one.kind {
                open.extend(parts.iter().map(|part| (part, whole, negated, deep)));
            }
            if let TypedKind::Not(inner) = &one.kind {
                open.push((inner, whole, !negated, deep));
            }
            // Without a `not` before it, the signal that it names is looked at by itself.
            if let TypedKind::Value(id) = &one.kind
                && negated
            {
                let body = self.checked.value(*id).map(|value| &value.body);
                if let Some(Body::Expression { value, .. }) = body
                    && deep > 0
                {
                    open.push((value, whole, negated, deep - 1));
                }
                if let Some(Body::Indicator(_)) = body {
                    found.push((place, *id, false, true));
                }
            }
            let TypedKind::Compare {
                relation: Relation::Order(order),
                left,
                right,
            } = &one.kind
            else {
                continue;
            };
            let much = matches!(order, CompareOp::Greater | CompareOp::GreaterOrEqual) != negated;
            match (value_of(left), value_of(right)) {
                (Some(id), _) => found.push((place, id, much, negated)),
                (None, Some(id)) => found.push((place, id, !much, negated)),
                (None, None) => {}
            }
        }
        found
    }

    /// Is more of a member safer, as far as the polarity of what it rests on says so?
    fn way_of_member(&self, id: ValueId) -> Option<bool> {
        if let Some((protective, _)) = self.way_of(id) {
            return Some(protective);
        }
        let Some(Body::Expression { value, .. }) = self.checked.value(id).map(|one| &one.body)
        else {
            return None;
        };
        let sides = self.sides(value);
        let ways = sides.iter().map(|(_, id, high, _)| {
            let (protective, _) = self.way_of(*id)?;
            Some(protective == *high)
        });
        let ways: Option<Vec<bool>> = ways.collect();
        let ways = ways?;
        let first = *ways.first()?;
        ways.iter().all(|way| *way == first).then_some(first)
    }

    /// Tells a member that counts against others which go the same way.
    fn weights_against(&mut self, name: &str, factor: &FactorBody) {
        let mut members = Vec::new();
        for member in &factor.members {
            let weight = member.weight.as_ref();
            let number = weight.map_or(Some(1.0), |weight| self.constant(weight));
            if let (Some(number), Some(way)) = (number, self.way_of_member(member.value)) {
                members.push((number, way, member, weight));
            }
        }
        for (number, way, member, weight) in &members {
            let Some(weight) = weight.filter(|_| *number < 0.0) else {
                continue;
            };
            let other = members.iter().find(|other| other.0 > 0.0);
            let Some(other) = other.filter(|other| other.1 == *way) else {
                continue;
            };
            self.reports.add(WeightAgainst {
                factor: name.to_owned(),
                member: self.sources.slice(member.span).to_owned(),
                span: weight.span,
                weight: crate::numbers::show(*number),
                size: crate::numbers::show(-number),
                protective: *way,
                other: self.sources.slice(other.2.span).to_owned(),
                other_span: other.2.span,
            });
        }
    }

    /// Is more of a member, or its yes, safer? A signal that is safer where it is yes is told by itself.
    fn way_beside(&self, id: ValueId, ty: &Type) -> Option<(bool, bool)> {
        let is_indicator = matches!(
            self.checked.value(id).map(|value| &value.body),
            Some(Body::Indicator(_))
        );
        match ty {
            Type::Number(_) => self.way_of(id).map(|(protective, _)| (protective, false)),
            Type::Truth if is_indicator => self.polarity(id).map(|protective| (protective, true)),
            Type::Truth => self
                .way_of_member(id)
                .filter(|protective| !protective)
                .map(|protective| (protective, true)),
            // What is assessed as present is worse, unless it says otherwise.
            Type::Level(_) if is_indicator => Some((self.polarity(id).unwrap_or_default(), true)),
            Type::Level(_) | Type::Category(_) | Type::Count | Type::List(_) | Type::Error => None,
        }
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
        if matches!(factor.combine, Combine::Function { .. }) {
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
                if together && width.is_finite() && width > 0.0 {
                    let shown = range(&crate::numbers::show(low), &declared.high_words());
                    widths.push((width, shown, value.name.clone(), member.span));
                }
            }
            let negative = member
                .weight
                .as_ref()
                .and_then(|weight| self.constant(weight));
            let negative = negative.is_some_and(|weight| weight < 0.0);
            if let Some((protective, truth)) = self.way_beside(member.value, &value.ty)
                && !negative
            {
                ways.push((protective, value.name.clone(), member.span, truth));
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
                why: Apart::Polarity { truth: safer.3 },
            });
        }
    }
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
