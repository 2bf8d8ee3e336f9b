//! Halves of conditions: `water < 15 or missing`, `owner is state or party`, `mood is -5 or less`.
//!
//! In: the parts of an `and` or `or`. Out: an error for one that is no question by itself, with what it asks of the
//! value that the condition before it names. `missing` and `unknown` alone would be answers, and never no.

use forewarn_grammar::ast::{Expr, ExprKind, Name, TruthWord};

use super::context::Checker;
use crate::diagnostics::types::WantedTruth;
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};
use crate::types::{Shown, Type};
use forewarn_grammar::ast::CompareOp;

/// What a half asks, in words and as edits.
struct Half {
    help: String,
    edits: Vec<(Span, String)>,
    /// How many of the parts it takes.
    parts: usize,
}

impl Checker<'_, '_> {
    /// Tells a half of a condition: how many of the parts it takes, none where the first is a question by itself.
    pub(super) fn tells_half(
        &mut self,
        before: Option<&Typed>,
        parts: &[Expr],
        context: &'static str,
    ) -> usize {
        let Some(part) = parts.first() else {
            return 0;
        };
        let half = if matches!(part.kind, ExprKind::Missing) {
            Some(self.missing_half(before, part, "missing"))
        } else if matches!(part.kind, ExprKind::Truth(TruthWord::Unknown)) {
            let of = before.and_then(asked);
            let of_truth = of.is_some_and(|asked| asked.ty == Type::Truth);
            let word = if of_truth { "unknown" } else { "missing" };
            Some(self.missing_half(before, part, word))
        } else if let ExprKind::Name(name) = &part.kind {
            before.and_then(|before| self.named_half(before, name, parts, context))
        } else if let ExprKind::Number(_) = &part.kind {
            before.and_then(|before| self.number_half(before, part))
        } else {
            None
        };
        let Some(half) = half else {
            return 0;
        };
        let span = self.at(part.span);
        self.reports.add(WantedTruth {
            span,
            found: Shown::in_words(format!("`{}` alone", self.sources.slice(span))),
            context,
            suggestion: Some(half.help),
            edits: half.edits,
        });
        half.parts
    }

    /// `or missing`, `or unknown`
    fn missing_half(&self, before: Option<&Typed>, part: &Expr, word: &str) -> Half {
        let of = before.and_then(asked).map(|asked| self.words(asked.span));
        match of.filter(|of| !of.is_empty()) {
            Some(of) => {
                let text = format!("{of} is {word}");
                Half {
                    help: format!("say what is {word}: `{text}`"),
                    edits: vec![(self.at(part.span), text)],
                    parts: 1,
                }
            }
            None => Half {
                help: format!("say what is {word}: `… is {word}`"),
                edits: Vec::new(),
                parts: 1,
            },
        }
    }

    /// `or party`, `or less`
    fn named_half(
        &self,
        before: &Typed,
        name: &Name,
        parts: &[Expr],
        context: &str,
    ) -> Option<Half> {
        let TypedKind::Compare {
            relation,
            left,
            right,
        } = &before.kind
        else {
            return None;
        };
        let is_value = |name: &str| self.framework.value_names.contains_key(name);
        if is_value(&name.text) {
            return None;
        }
        let (of, at) = (self.words(left.span), self.words(right.span));
        if of.is_empty() || at.is_empty() {
            return None;
        }
        let sign = match name.text.as_str() {
            "less" | "lower" | "fewer" | "below" => Some("<="),
            "more" | "higher" | "greater" | "above" => Some(">="),
            _ => None,
        };
        if let Some(sign) = sign.filter(|_| context == "`or`" && is_ordered(&left.ty)) {
            let text = format!("{of} {sign} {at}");
            return Some(Half {
                help: format!("write `{text}`"),
                edits: vec![(before.span.to(self.at(name.span)), text)],
                parts: 1,
            });
        }
        let negated = match relation {
            Relation::Is if context == "`or`" => false,
            Relation::IsNot => true,
            Relation::Is
            | Relation::Order(
                CompareOp::Less
                | CompareOp::LessOrEqual
                | CompareOp::Greater
                | CompareOp::GreaterOrEqual,
            ) => return None,
        };
        let mut names = vec![at];
        let mut last = name.span;
        for part in parts {
            let ExprKind::Name(own) = &part.kind else {
                break;
            };
            if is_value(&own.text) || !self.has_place(&left.ty, &own.text) {
                break;
            }
            names.push(own.text.clone());
            last = part.span;
        }
        let taken = names.len().checked_sub(1).filter(|taken| *taken > 0)?;
        let word = if negated { "not in" } else { "in" };
        let text = format!("{of} {word} {{{}}}", names.join(", "));
        Some(Half {
            help: format!("ask for one of several: `{text}`"),
            edits: vec![(before.span.to(self.at(last)), text)],
            parts: taken,
        })
    }

    /// `a is 1 or 2`
    fn number_half(&self, before: &Typed, part: &Expr) -> Option<Half> {
        let TypedKind::Compare { left, right, .. } = &before.kind else {
            return None;
        };
        let literal = |side: &Typed| matches!(side.kind, TypedKind::Number(_));
        let of = self.words(left.span);
        if of.is_empty() || literal(left) || !is_ordered(&left.ty) {
            return None;
        }
        let sign = Span {
            start: left.span.end,
            end: right.span.start,
            ..left.span
        };
        let sign = self.sources.slice(sign).trim();
        let span = self.at(part.span);
        let text = format!("{of} {sign} {}", self.sources.slice(span));
        Some(Half {
            help: format!("say what is compared again: `{text}`"),
            edits: vec![(span, text)],
            parts: 1,
        })
    }

    /// Is it a level of this scale, or one of these categories?
    fn has_place(&self, ty: &Type, name: &str) -> bool {
        match ty {
            Type::Level(id) => self
                .scale(*id)
                .is_some_and(|scale| scale.levels.iter().any(|level| level.name == name)),
            Type::Category(id) => self
                .category(*id)
                .is_some_and(|category| category.names.iter().any(|one| one.name == name)),
            Type::Number(_) | Type::Truth | Type::Count | Type::List(_) | Type::Error => false,
        }
    }
}

fn is_ordered(ty: &Type) -> bool {
    match ty {
        Type::Number(_) | Type::Count | Type::Level(_) => true,
        Type::Truth | Type::Category(_) | Type::List(_) | Type::Error => false,
    }
}

/// What a condition asks something of.
fn asked(condition: &Typed) -> Option<&Typed> {
    if let TypedKind::And(parts) | TypedKind::Or(parts) = &condition.kind {
        return parts.last().and_then(asked);
    }
    let mut of: &Typed = condition;
    if let TypedKind::Compare { left: inner, .. }
    | TypedKind::IsKnown(inner)
    | TypedKind::Not(inner) = &condition.kind
    {
        of = inner;
    }
    while let TypedKind::Convert(inner, ..) = &of.kind {
        of = inner;
    }
    matches!(of.kind, TypedKind::Value(_)).then_some(of)
}
