//! Changes that undo each other, or nothing.
//!
//! In: a change that is about to be made, and what the same framework did to the same declaration before. Out:
//! told where of two changes only one would hold, and where the new value is the old one.

use super::Verb;
use super::apply::{Applier, Making};
use crate::diagnostics::overlays::{ChangedTwice, ChangesNothing};
use crate::source::Span;

impl<'p> Applier<'_, 'p> {
    /// Tells a change of what the same framework has changed already.
    pub fn tell_second(
        &mut self,
        making: Making<'p>,
        index: usize,
        verb: Verb,
        (what, target): (&str, &str),
    ) {
        let Some(one) = self.at_place(index) else {
            return;
        };
        let history = one.history.clone();
        let own = history.iter().filter_map(|at| self.changes().get(*at));
        let mut own = own.filter(|change| change.package == making.module.package);
        let earlier = own.find(|change| {
            let same = change.target == target;
            match (verb, change.verb) {
                (
                    Verb::Override | Verb::Changed,
                    Verb::Override | Verb::Replace | Verb::Changed,
                )
                | (Verb::Replace, Verb::Replace | Verb::Changed) => same && change.what == what,
                // What is replaced or dropped whole loses what was changed of it, and who was added to it.
                (Verb::Replace, Verb::Override | Verb::Drop) => true,
                (Verb::Replace | Verb::Drop, Verb::Add) => same == (what == "member"),
                (Verb::Drop, Verb::Override | Verb::Replace | Verb::Changed) => {
                    same || what != "member"
                }
                (Verb::Add, _) | (Verb::Override | Verb::Changed, Verb::Add) | (_, Verb::Drop) => {
                    false
                }
            }
        });
        let Some(earlier) = earlier else { return };
        let whole = earlier.target == target;
        let cause = ChangedTwice {
            what: what.to_owned(),
            target: target.to_owned(),
            first: earlier.verb.word(),
            whole,
            first_span: earlier.span,
            second: verb.word(),
            span: making.span,
        };
        self.reports.add(cause);
    }

    /// Tells a value that is there already.
    pub fn tell_unchanged(
        &mut self,
        making: Making<'p>,
        (what, target): (&str, &str),
        from: Option<Span>,
        to: Option<Span>,
    ) {
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        let (was, is) = (self.words(from), self.words(to));
        let number = |words: &str| words.replace('_', "").parse::<f64>().ok();
        let words = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let same = match (number(&was), number(&is)) {
            (Some(was), Some(is)) => was == is,
            _ => words(&was) == words(&is),
        };
        if same {
            self.reports.add(ChangesNothing {
                what: what.to_owned(),
                target: target.to_owned(),
                value: is,
                span: to,
                whole: making.span,
                declared: from,
            });
        }
    }
}
