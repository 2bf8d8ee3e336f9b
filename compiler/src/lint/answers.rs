//! `is` between two answers of yes and no, where `and` is mostly meant.
//!
//! In: every formula of a framework. Out: comparisons of two signals by `is`: yes where both are no, too.

use super::Linter;
use crate::diagnostics::method::SameAnswer;
use crate::typed::{Relation, Typed, TypedKind};
use crate::types::Type;

impl Linter<'_, '_> {
    pub fn answers(&mut self) {
        for value in &self.checked.values {
            for part in value.body.parts() {
                let Some(whole) = part.expression() else {
                    continue;
                };
                for one in whole.walk(part.role) {
                    let TypedKind::Compare {
                        relation: Relation::Is,
                        left,
                        right,
                    } = &one.expression.kind
                    else {
                        continue;
                    };
                    if is_an_answer(left) && is_an_answer(right) && left.kind != right.kind {
                        let words = |side: &Typed| self.sources.slice(side.span).to_owned();
                        self.reports.add(SameAnswer {
                            span: one.expression.span,
                            left: words(left),
                            right: words(right),
                        });
                    }
                }
            }
        }
    }
}

/// A signal, or another declaration that is yes or no.
fn is_an_answer(side: &Typed) -> bool {
    side.ty == Type::Truth && matches!(side.kind, TypedKind::Value(_))
}
