//! Membership: `in low..high`, `in {west, central}`, `not in {…}`.

use forewarn_grammar::ast::{self, CompareOp, Expr, ExprKind, InSet};

use super::context::Checker;
use crate::checked::runs;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};
use crate::types::Type;

/// Of a list, what its items are.
fn element(ty: &Type) -> &Type {
    if let Type::List(of) = ty { of } else { ty }
}

/// A name's place on its scale.
fn position(one: &Typed) -> Option<u32> {
    if let TypedKind::Position(at) = one.kind {
        Some(at)
    } else {
        None
    }
}

/// The names of a set, each as the first and the last of it: levels that follow on one another stand together.
fn groups(ty: &Type, others: Vec<Typed>) -> Vec<(Typed, Option<Typed>)> {
    let on_a_scale = matches!(element(ty), Type::Level(_));
    if !on_a_scale || !others.iter().all(|one| position(one).is_some()) {
        return others.into_iter().map(|one| (one, None)).collect();
    }
    let at = |place: u32| {
        others
            .iter()
            .find(|one| position(one) == Some(place))
            .cloned()
    };
    let runs = runs(others.iter().filter_map(position)).into_iter();
    runs.filter_map(|(first, last)| Some((at(first)?, at(last).filter(|_| first < last))))
        .collect()
}

impl Checker<'_, '_> {
    pub fn is_in(&mut self, of: &Expr, negated: bool, set: &InSet, span: Span) -> Typed {
        let value = self.expr(of, None);
        if value.ty.is_error() {
            return self.poison(span);
        }
        let mut parts = Vec::new();
        let all = match set {
            InSet::Range(range) => {
                let operator = self.at(range.span);
                let upper = if range.half_open {
                    CompareOp::Less
                } else {
                    CompareOp::LessOrEqual
                };
                let bounds = [
                    (range.low.as_deref(), CompareOp::GreaterOrEqual),
                    (range.high.as_deref(), upper),
                ];
                for (bound, op) in bounds {
                    let Some(bound) = bound else { continue };
                    let bound = self.expr(bound, Some(&value.ty.clone()));
                    let relation = Relation::Order(op);
                    parts.push(self.compare(value.clone(), relation, bound, operator, span));
                }
                true
            }
            InSet::Names(names, place) => {
                let operator = self.at(*place);
                let others: Vec<Typed> = names
                    .iter()
                    .map(|name| self.set_member(name, &value.ty.clone()))
                    .collect();
                for (first, last) in groups(&value.ty, others) {
                    parts.push(self.is_between_names(&value, first, last, operator));
                }
                false
            }
        };
        if parts.is_empty() || parts.iter().any(|part| part.ty.is_error()) {
            return self.poison(span);
        }
        let ty = parts.first().map_or(Type::Error, |part| part.ty.clone());
        let kind = if all {
            TypedKind::And(parts)
        } else {
            TypedKind::Or(parts)
        };
        let inner = Typed {
            kind,
            ty: ty.clone(),
            span,
        };
        if negated {
            Typed {
                kind: TypedKind::Not(Box::new(inner)),
                ty,
                span,
            }
        } else {
            inner
        }
    }

    /// Is it this name, or from this one to another?
    fn is_between_names(
        &mut self,
        value: &Typed,
        first: Typed,
        last: Option<Typed>,
        operator: Span,
    ) -> Typed {
        let span = first.span;
        let Some(last) = last else {
            return self.compare(value.clone(), Relation::Is, first, operator, span);
        };
        let levels = if let Type::Level(scale) = element(&value.ty) {
            self.scale(*scale).map_or(0, |scale| scale.levels.len())
        } else {
            0
        };
        let span = if span.start < last.span.start {
            span.to(last.span)
        } else {
            last.span.to(span)
        };
        let from_below = position(&first) == Some(0);
        let to_the_top = position(&last).is_some_and(|at| at as usize + 1 == levels);
        let mut parts = Vec::new();
        if !from_below || to_the_top {
            let relation = Relation::Order(CompareOp::GreaterOrEqual);
            parts.push(self.compare(value.clone(), relation, first, operator, span));
        }
        if !to_the_top {
            let relation = Relation::Order(CompareOp::LessOrEqual);
            parts.push(self.compare(value.clone(), relation, last, operator, span));
        }
        let ty = parts.first().map_or(Type::Error, |part| part.ty.clone());
        if parts.len() == 1 {
            return parts.remove(0);
        }
        Typed {
            kind: TypedKind::And(parts),
            ty,
            span,
        }
    }

    /// A name in `{west, central}`.
    fn set_member(&mut self, name: &ast::Name, want: &Type) -> Typed {
        let expr = Expr {
            kind: ExprKind::Name(name.clone()),
            span: name.span,
            depth: 1,
        };
        self.expr(&expr, Some(want))
    }
}
