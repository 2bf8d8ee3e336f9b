//! Estimates and bounds: where the one goes into the other, and which numbers have bounds of their own.

use super::context::Checker;
use crate::checked::evidence::{Found, Search, Through, Wanted};
use crate::checked::reads::Role;
use crate::checked::{Body, CheckedFunction, CheckedValue, FactorBody};
use crate::diagnostics::factors::{Mix, Mixed};
use crate::diagnostics::{Cause, Place};
use crate::framework::ValueSource;
use crate::source::Span;
use crate::typed::{Builtin, Field, FunctionId, Typed, TypedKind, ValueId};
use crate::types::Type;

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
            // Of one that is written here, what it puts together is told.
            let within = |cause: &dyn Cause| match cause.describe().primary.place {
                Place::Source(at) if cause.code().0 == "FW0623" => {
                    let span = member.span;
                    at.file == span.file && span.start <= at.start && at.end <= span.end
                }
                Place::Source(_) | Place::Data(_) | Place::File(_) | Place::CommandLine => false,
            };
            if self.reports.iter().any(within) {
                continue;
            }
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

    /// Tells where a declaration outside of factors puts bounds and an estimate together: in one number, or in one
    /// count of what is said of numbers. What is said of each by its name is its author's word.
    pub(super) fn tell_put_together(&mut self, body: &Body) {
        for part in body.parts() {
            if let Some(expression) = part.expression() {
                self.put_together(expression);
            }
        }
    }

    fn put_together(&mut self, expr: &Typed) {
        let below = single_parts(expr);
        // A name alone has been judged where it is declared.
        let is_number = matches!(expr.ty, Type::Number(_)) && !expr.parts().is_empty();
        let numbers: Vec<&Typed> = match counted(expr) {
            Some(list) => numbers_in(list),
            None if is_number => vec![expr],
            None => Vec::new(),
        };
        if let Some((bounds, estimate)) = self.both_kinds(&numbers) {
            // A part that is made of both has been told, where it is declared if it is a name.
            let inner = match counted(expr) {
                Some(_) => numbers,
                None => below.clone(),
            };
            let mut inner = inner.into_iter();
            let is_told = inner
                .any(|one| matches!(one.ty, Type::Number(_)) && self.both_kinds(&[one]).is_some());
            if !is_told {
                self.tell_together(expr.span, bounds, estimate);
            }
        }
        for part in below {
            self.put_together(part);
        }
    }

    /// Bounds and an estimate among what numbers are made of.
    fn both_kinds(&mut self, numbers: &[&Typed]) -> Option<(ValueId, Found)> {
        let mut first = |wanted| {
            let mut numbers = numbers.iter();
            numbers.find_map(|number| self.evidence_in(wanted, number))
        };
        let Some(Found::Factor(bounds)) = first(Wanted::Bounds) else {
            return None;
        };
        match first(Wanted::Estimates)? {
            found @ (Found::Factor(_) | Found::KnownOnly(_)) => Some((bounds, found)),
            Found::Between => None,
        }
    }

    /// What is wanted of an expression; `factors` and a factor's members are those that it names.
    fn evidence_in(&mut self, wanted: Wanted, expr: &Typed) -> Option<Found> {
        let found = self.search(wanted, |search| search.expr(expr));
        if found.is_some() {
            return found;
        }
        let mut named: Vec<ValueId> = Vec::new();
        for seen in expr.walk(Role::Argument) {
            match &seen.expression.kind {
                TypedKind::AllFactors => {
                    let values = self.framework.values.iter().zip(0_u32..);
                    let factors =
                        values.filter(|(value, _)| matches!(value.what, ValueSource::Factor(_)));
                    named.extend(factors.map(|(_, at)| ValueId(at)));
                }
                TypedKind::Field(id, Field::Members) => {
                    let body = self.values.get(id).map(|value| &value.body);
                    // Of one that states its evidence it has been told.
                    if let Some(Body::Factor(body)) = body
                        && !body.is_bounds()
                        && !body.is_estimate()
                    {
                        named.extend(body.members.iter().map(|member| member.value));
                    }
                }
                TypedKind::Field(
                    _,
                    Field::Coverage
                    | Field::Known
                    | Field::AtLeast
                    | Field::AtMost
                    | Field::Verified,
                )
                | TypedKind::Number(_)
                | TypedKind::Missing
                | TypedKind::Truth { .. }
                | TypedKind::Position(_)
                | TypedKind::Value(_)
                | TypedKind::Parameter(_)
                | TypedKind::Earlier(_)
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
                | TypedKind::Error => {}
            }
        }
        let mut named = named.into_iter();
        named.find_map(|id| self.search(wanted, |search| search.value(id)))
    }

    fn tell_together(&mut self, span: Span, bounds: ValueId, estimate: Found) {
        let place = |id: &ValueId| {
            let value = self.values.get(id)?;
            Some((value.name.clone(), value.span))
        };
        let Some((name, declared)) = place(&bounds) else {
            return;
        };
        let (other, at) = match estimate {
            Found::Factor(id) => match place(&id) {
                Some((name, at)) => (Some(name), at),
                None => return,
            },
            Found::KnownOnly(at) => (None, at),
            Found::Between => return,
        };
        let mix = Mix::Together {
            bounds: name,
            declared,
            estimate: other,
            at,
        };
        self.reports.add(Mixed { span, mix });
    }
}

/// The list of which something is counted or asked.
fn counted(expr: &Typed) -> Option<&Typed> {
    if let TypedKind::AtLeast { of, .. } = &expr.kind {
        return Some(of);
    }
    let TypedKind::Builtin(builtin, args) = &expr.kind else {
        return None;
    };
    let counts = *builtin == Builtin::Count || *builtin == Builtin::Any || *builtin == Builtin::All;
    args.first().filter(|_| counts)
}

/// What an expression is made of; of a list, its items.
fn single_parts(expr: &Typed) -> Vec<&Typed> {
    let mut found = Vec::new();
    for (_, part) in expr.parts() {
        if matches!(part.ty, Type::List(_)) {
            found.extend(single_parts(part));
        } else {
            found.push(part);
        }
    }
    found
}

/// The numbers of which the items of a list say something.
fn numbers_in(list: &Typed) -> Vec<&Typed> {
    let is_number = match &list.ty {
        Type::Number(_) => true,
        Type::List(of) => matches!(**of, Type::Number(_)),
        Type::Truth | Type::Level(_) | Type::Category(_) | Type::Count | Type::Error => false,
    };
    if is_number {
        return vec![list];
    }
    let parts = list.parts().into_iter();
    parts.flat_map(|(_, part)| numbers_in(part)).collect()
}
