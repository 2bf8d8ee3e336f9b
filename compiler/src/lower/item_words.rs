//! The words of an expression that goes item by item, as they read for one item.
//!
//! In: an expression that was written once for a group. Out: its words with the item's own value where the
//! group is named, so that what is told of it can be written down as it stands and means the same.

use forewarn_grammar::words::one_line;

use super::Lowerer;
use crate::diagnostics::register::FW0752;
use crate::diagnostics::{Cause, Reports};
use crate::plan::Words;
use crate::source::Span;
use crate::typed::{Typed, TypedKind};

/// Is the list made of one expression, once for each item?
pub(super) fn is_each(parts: &[Typed], span: Span) -> bool {
    !parts.is_empty() && parts.iter().all(|part| part.span == span)
}

impl Lowerer<'_> {
    /// The words of an expression, for the item that is being lowered.
    pub fn words_of(&mut self, expr: &Typed) -> Words {
        self.words_with(expr.span, &[expr])
    }

    /// The words of a span that these stand in.
    pub fn words_with(&mut self, span: Span, parts: &[&Typed]) -> Words {
        if self.items == 0 {
            return self.words(span);
        }
        let mut found: Vec<(Span, String)> = Vec::new();
        for part in parts {
            self.replaced(part, part.span != span, &mut found);
        }
        let inside = |place: &Span| {
            place.file == span.file && span.start <= place.start && place.end <= span.end
        };
        found.retain(|(place, _)| inside(place));
        if found.is_empty() {
            return self.words(span);
        }
        found.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
        let mut text = String::new();
        let mut from = span.start;
        for (place, own) in found {
            if place.start < from {
                continue;
            }
            let before = Span {
                start: from,
                end: place.start,
                ..span
            };
            text.push_str(self.sources.slice(before));
            text.push_str(&own);
            from = place.end;
        }
        let rest = Span {
            start: from,
            ..span
        };
        text.push_str(self.sources.slice(rest));
        Words::from(one_line(&text).as_str())
    }

    /// What stands otherwise for this item: where, and as what.
    fn replaced(&mut self, expr: &Typed, inner: bool, found: &mut Vec<(Span, String)>) {
        if inner && let Some(list) = self.framework.stands_for.get(&expr.span).copied() {
            let own = self.words_of(expr).to_string();
            found.push((list, own));
            return;
        }
        match &expr.kind {
            TypedKind::Value(id) => {
                let written = self.sources.slice(expr.span);
                if let Some(value) = self.framework.value(*id)
                    && written != value.name
                {
                    found.push((expr.span, value.name.clone()));
                }
            }
            TypedKind::Field(id, _) => {
                let written = self.sources.slice(expr.span);
                if let Some(value) = self.framework.value(*id)
                    && !written.starts_with(&value.name)
                    && let Some((_, field)) = written.rsplit_once('.')
                {
                    found.push((expr.span, format!("{}.{field}", value.name)));
                }
            }
            TypedKind::List(parts) if is_each(parts, expr.span) => {}
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
            | TypedKind::Earlier(_)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::List(_)
            | TypedKind::Convert(..)
            | TypedKind::AsNumber(_)
            | TypedKind::Negate(_)
            | TypedKind::Not(_)
            | TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::Compare { .. }
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::IsKnown(_)
            | TypedKind::Fallback(_)
            | TypedKind::If { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Builtin(..)
            | TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::Call(..)
            | TypedKind::Error => {
                for (_, part) in expr.parts() {
                    self.replaced(part, true, found);
                }
            }
        }
    }

    /// The parts of a list, each lowered; of one expression for each item, each for its own.
    pub fn parts_of_list(&mut self, parts: &[Typed], span: Span) -> Vec<super::value::Lowered> {
        if !is_each(parts, span) {
            return parts.iter().map(|part| self.expr(part)).collect();
        }
        let kept = std::mem::take(self.reports);
        self.items += 1;
        let lowered = parts.iter().map(|part| self.expr(part)).collect();
        self.items -= 1;
        let mut found = std::mem::replace::<Reports>(self.reports, kept);
        // What verified evidence does not change of one item it may change of another.
        let unverified = |cause: &dyn Cause| cause.code() == FW0752.code;
        let of_all = found.iter().filter(|cause| unverified(*cause)).count() >= parts.len();
        let mut told = false;
        found.retain(|cause| !unverified(cause) || (of_all && !std::mem::replace(&mut told, true)));
        self.reports.append(found);
        lowered
    }

    /// Findings about a declaration that is one for each item are told once for all of them.
    pub fn for_item<T>(&mut self, family: Option<&str>, lower: impl FnOnce(&mut Self) -> T) -> T {
        let Some(family) = family else {
            return lower(self);
        };
        let kept = std::mem::take(self.reports);
        let lowered = lower(self);
        let mut found = std::mem::replace::<Reports>(self.reports, kept);
        let told = self.told_of_items.entry(family.to_owned()).or_default();
        crate::groups::once(&mut found, told);
        self.reports.append(found);
        lowered
    }
}
