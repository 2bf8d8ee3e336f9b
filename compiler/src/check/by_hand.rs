//! Shares that are made percentages by hand: `share * 100` where a percentage is wanted.
//!
//! In: values that meet a percentage. Out: an error where one of them is a plain number that was multiplied by
//! 100 (or divided by 0.01): units are converted where they meet, and 0.4 would be 4,000 %.

use super::arithmetic::hundredfold;
use super::context::Checker;
use crate::diagnostics::units::{ByHundred, Hundred};
use crate::numbers::show;
use crate::source::Span;
use crate::typed::{Typed, TypedKind};
use crate::units::Unit;
use forewarn_grammar::ast::ProductOp;

/// What was found in one value.
#[derive(Default)]
struct Found {
    /// The first factor that does it, and whether it is `/ 0.01`.
    factor: Option<(Span, bool)>,
    edits: Vec<(Span, String)>,
    /// Numbers without a sign beside it, which are then percentages too: the 100 of `100 - s * 100`.
    beside: Vec<(Span, String)>,
}

impl Checker<'_, '_> {
    /// Tells what became a percentage by hand among values that meet one; true where something did. `beside` is
    /// the percentage, with what it is called.
    pub(super) fn tells_hundred_by_hand(
        &mut self,
        values: &[&Typed],
        beside: (Span, &str),
        unit: &Unit,
    ) -> bool {
        if self.concrete || *unit != Unit::percent() {
            return false;
        }
        let mut found = Found::default();
        for value in values {
            if Self::unit_of(&value.ty).is_some_and(Unit::is_plain) {
                self.gather_by_hand(value, &mut found);
            }
        }
        let Some((times, divided)) = found.factor else {
            return false;
        };
        found.edits.append(&mut found.beside);
        self.reports.add(ByHundred {
            span: times,
            text: self.words(times),
            of: Hundred::Share {
                meets: beside.0,
                meets_text: beside.1.to_owned(),
                divided,
                edits: found.edits,
            },
        });
        true
    }

    fn gather_by_hand(&self, value: &Typed, found: &mut Found) {
        match &value.kind {
            TypedKind::Negate(inner) => self.gather_by_hand(inner, found),
            TypedKind::List(parts) | TypedKind::Fallback(parts) => {
                for part in parts {
                    self.gather_by_hand(part, found);
                }
            }
            TypedKind::If { arms, otherwise } => {
                for (_, part) in arms {
                    self.gather_by_hand(part, found);
                }
                self.gather_by_hand(otherwise, found);
            }
            TypedKind::Sum(..) => {
                for (_, part) in value.parts() {
                    if let TypedKind::Number(x) = part.kind
                        && x != 0.0
                    {
                        found.beside.push((part.span, format!("{}%", show(x))));
                    } else {
                        self.gather_by_hand(part, found);
                    }
                }
            }
            TypedKind::Product(first, rest) => {
                let mut before = first.span;
                let all = std::iter::once((ProductOp::Multiply, &**first));
                for (op, part) in all.chain(rest.iter().map(|(op, part)| (*op, part))) {
                    if hundredfold(op, part) == Some(true) {
                        let divided = op == ProductOp::Divide;
                        found.factor.get_or_insert((part.span, divided));
                        found.edits.push(if divided {
                            (self.behind_the_sign(before, part.span), String::new())
                        } else {
                            (part.span, "100%".to_owned())
                        });
                        return;
                    }
                    before = part.span;
                }
            }
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Value(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Not(_)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error => {}
        }
    }

    /// The sign before a factor, with the blanks before it, and the factor.
    fn behind_the_sign(&self, before: Span, factor: Span) -> Span {
        let between = Span {
            start: before.end,
            end: factor.start,
            ..factor
        };
        let text = self.sources.slice(between);
        // What closes brackets stays.
        let kept = text.rfind('/').map_or(0, |at| {
            text.get(..at).map_or(0, |before| before.trim_end().len())
        });
        Span {
            start: before.end + u32::try_from(kept).unwrap_or_default(),
            ..factor
        }
    }
}
