//! Estimates and bounds: where the one goes into the other, and which numbers have bounds of their own.

use super::context::Checker;
use crate::checked::evidence::{Found, Search, Through, Wanted};
use crate::checked::{CheckedFunction, CheckedValue, FactorBody};
use crate::diagnostics::factors::{Mix, Mixed};
use crate::source::Span;
use crate::typed::{FunctionId, Typed, ValueId};

impl Checker<'_, '_> {
    fn search<T>(&mut self, wanted: Wanted, ask: impl FnOnce(&mut Search<'_>) -> T) -> T {
        let memory = self.evidence.remove(&wanted).unwrap_or_default();
        let (values, functions) = (&self.values, &self.functions);
        let values = |id: ValueId| -> Option<&CheckedValue> { values.get(&id) };
        let functions = |id: FunctionId| -> Option<&CheckedFunction> { functions.get(&id) };
        let mut search = Search {
            values: &values,
            functions: &functions,
            bounds: wanted != Wanted::Estimates,
            through: match wanted {
                Wanted::Estimates => Through::Anything,
                Wanted::Bounds => Through::Numbers,
                Wanted::Ends => Through::Ends,
            },
            memory,
        };
        let result = ask(&mut search);
        let memory = search.memory.settled();
        self.evidence.insert(wanted, memory);
        result
    }

    /// Is it a number of which the least and the most are known?
    pub(super) fn has_ends(&mut self, id: ValueId) -> bool {
        self.search(Wanted::Ends, |search| search.value(id))
            .is_some()
    }

    /// Tells members of bounds that rest on estimates, and members of an estimate that are made of bounds.
    pub(super) fn tell_mixed(&mut self, name: &str, body: &FactorBody) {
        let wanted = if body.is_bounds() {
            Wanted::Estimates
        } else if body.is_estimate() {
            Wanted::Bounds
        } else {
            return;
        };
        for member in &body.members {
            let found = self.search(wanted, |search| search.value(member.value));
            let member_words = self.words(member.span).to_owned();
            let mix = match found {
                Some(Found::Factor(id)) => {
                    let Some(inner) = self.values.get(&id) else {
                        continue;
                    };
                    Mix::Member {
                        factor: name.to_owned(),
                        bounds: body.is_bounds(),
                        member: member_words,
                        of: (id != member.value).then(|| inner.name.clone()),
                        declared: inner.span,
                    }
                }
                Some(Found::KnownOnly(at)) => Mix::MemberOfKnown {
                    factor: name.to_owned(),
                    member: member_words,
                    at,
                },
                Some(Found::Between) | None => continue,
            };
            self.reports.add(Mixed {
                span: member.span,
                mix,
            });
        }
    }

    /// Tells `mean(f, x, require: 1 known)` where `f` is compared by its bounds.
    pub(super) fn tell_bounds_left_out(&mut self, function: &str, list: &Typed, span: Span) {
        if self.scope.is_some() {
            return;
        }
        let found = self.search(Wanted::Bounds, |search| search.expr(list));
        let Some(Found::Factor(id)) = found else {
            return;
        };
        let Some(inner) = self.values.get(&id) else {
            return;
        };
        let mix = Mix::KnownOnly {
            function: function.to_owned(),
            of: inner.name.clone(),
            declared: inner.span,
        };
        self.reports.add(Mixed { span, mix });
    }
}
