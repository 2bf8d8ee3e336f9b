//! Weights: of members, of the values of a list, and of several values that are put together.

use forewarn_grammar::ast::{Expr, ExprKind};

use super::context::Checker;
use super::factors::product_of_weights;
use crate::checked::weights::weights_of;
use crate::diagnostics::factors::{WeightNotHere, WeightsIgnored};
use crate::diagnostics::types::WantedNumber;
use crate::source::Span;
use crate::typed::{Builtin, Typed, TypedKind};
use crate::types::Type;
use crate::units::Unit;

/// A value without its weight, and the weight where one is written.
pub(super) fn apart(part: &Expr) -> (&Expr, Option<&Expr>) {
    if let ExprKind::Weighted { value, weight } = &part.kind {
        (value, Some(weight))
    } else {
        (part, None)
    }
}

impl Checker<'_, '_> {
    /// A weight: a plain number that does not depend on the data.
    pub(super) fn weight(&mut self, weight: &Expr) -> Typed {
        let weight = self.expr(weight, None);
        let weight = self.as_one_number(weight, "a weight");
        let weight = self.constant(weight, "a weight");
        if weight.ty.is_error() {
            return weight;
        }
        if let Some(plain) = Self::convert(weight.clone(), &Unit::plain()) {
            return plain;
        }
        self.reports.add(WantedNumber {
            words: String::new(),
            span: weight.span,
            found: self.shown_as(&weight.ty),
            context: "a weight, which is a plain number".to_owned(),
            signal: None,
            counted: None,
        });
        self.poison(weight.span)
    }

    /// The weights that stand behind several values, each with its place.
    pub(super) fn weights<'e>(
        &mut self,
        parts: impl Iterator<Item = &'e Expr>,
    ) -> Vec<Option<Typed>> {
        parts
            .map(|part| apart(part).1.map(|weight| self.weight(weight)))
            .collect()
    }

    /// A list whose values have these weights.
    pub(super) fn weighed(&mut self, list: Typed, weights: Vec<Option<Typed>>) -> Typed {
        let first = weights.iter().flatten().next().map(|weight| weight.span);
        let Some(first) = first else {
            return list;
        };
        if list.ty.is_error() {
            return list;
        }
        if weights.iter().flatten().any(|weight| weight.ty.is_error()) {
            return self.poison(list.span);
        }
        let Typed { kind, ty, span } = list;
        let parts = if let TypedKind::List(parts) = kind {
            parts
        } else {
            Vec::new()
        };
        // A whole list weighs nothing.
        if parts.len() != weights.len() {
            self.reports.add(WeightNotHere { span: first });
            return self.poison(span);
        }
        let parts = parts.into_iter().zip(weights).map(|(part, weight)| {
            let Some(weight) = weight else {
                return part;
            };
            Typed {
                ty: part.ty.clone(),
                span: part.span,
                kind: TypedKind::Builtin(Builtin::Weighted, vec![part, weight]),
            }
        });
        Typed {
            kind: TypedKind::List(parts.collect()),
            ty,
            span,
        }
    }

    /// What the values of a list weigh, as a list of numbers; 1 where nothing is written.
    pub(super) fn listed_weights(&self, list: &Typed) -> Option<Typed> {
        let weights = self.weights_of(list)?;
        let one = Typed {
            kind: TypedKind::Number(1.0),
            ty: Type::plain(),
            span: list.span,
        };
        let weights = weights.into_iter();
        Some(Typed {
            kind: TypedKind::List(
                weights
                    .map(|weight| weight.unwrap_or(one.clone()))
                    .collect(),
            ),
            ty: Type::List(Box::new(Type::plain())),
            span: list.span,
        })
    }

    /// What the group that an expression goes by says that its items weigh, as a list of numbers.
    pub(super) fn weights_of_group(&mut self, expr: &Expr) -> Option<Typed> {
        if self.scope.is_some() {
            return None;
        }
        let shape = self.framework.groups.axis(expr).items().cloned()?;
        if shape.items.iter().all(|item| item.weights.is_empty()) {
            return None;
        }
        let span = self.at(expr.span);
        let file = self.file;
        let one = Typed {
            kind: TypedKind::Number(1.0),
            ty: Type::plain(),
            span,
        };
        let mut weights = Vec::with_capacity(shape.items.len());
        for item in &shape.items {
            let mut whole: Option<Typed> = None;
            for (place, weight) in &item.weights {
                self.file = *place;
                let weight = self.weight(weight);
                whole = Some(match whole {
                    Some(whole) => product_of_weights(whole, weight),
                    None => weight,
                });
            }
            weights.push(whole.unwrap_or(one.clone()));
        }
        self.file = file;
        Some(Typed {
            kind: TypedKind::List(weights),
            ty: Type::List(Box::new(Type::plain())),
            span,
        })
    }

    fn weights_of(&self, list: &Typed) -> Option<Vec<Option<Typed>>> {
        let body = |id| self.values.get(&id).map(|value| &value.body);
        let weights = weights_of(list, &body)?;
        Some(weights.into_iter().map(Option::<&Typed>::cloned).collect())
    }

    /// Tells the weights of a list that is put together by something that does not look at them.
    pub(super) fn tell_weights_ignored(&mut self, function: &str, list: &Typed, span: Span) {
        let Some(weights) = self.weights_of(list) else {
            return;
        };
        let weights = weights.into_iter().flatten().map(|weight| weight.span);
        self.reports.add(WeightsIgnored {
            combine: function.to_owned(),
            combine_span: span,
            weighted: None,
            weights: weights.collect(),
            listed: true,
        });
    }
}
