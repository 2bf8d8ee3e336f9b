//! The parts of an expression, what it names, and a walk over all of it.

use super::{Mention, Role};
use crate::typed::{Builtin, Typed, TypedKind};

impl Typed {
    /// The expressions that it is directly made of, with their roles, in the order of the source.
    #[must_use]
    pub fn parts(&self) -> Vec<(Role, &Self)> {
        match &self.kind {
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
            | TypedKind::Error => Vec::new(),
            TypedKind::List(items) => all_in(Role::Item, items),
            TypedKind::And(parts) | TypedKind::Or(parts) | TypedKind::Fallback(parts) => {
                all_in(Role::Operand, parts)
            }
            TypedKind::Builtin(_, arguments) | TypedKind::Call(_, arguments) => {
                all_in(Role::Argument, arguments)
            }
            TypedKind::Along(call) => {
                let threshold = call.threshold.iter().map(|at| (Role::Threshold, at));
                let first = call.recall.iter();
                let first = first.map(|(first, _)| (Role::Argument, first));
                let since = call.since.iter().map(|event| (Role::Condition, event));
                let within = call.within.iter().map(|spell| (Role::Spell, spell));
                std::iter::once((Role::Series, &call.of))
                    .chain(threshold)
                    .chain(since)
                    .chain(within)
                    .chain(first)
                    .collect()
            }
            TypedKind::Peers(call) => {
                let among = call.among.iter().map(|among| (Role::Groups, among));
                std::iter::once((Role::Compared, &call.of))
                    .chain(among)
                    .collect()
            }
            TypedKind::Convert(inner, ..)
            | TypedKind::AsNumber(inner)
            | TypedKind::Negate(inner)
            | TypedKind::Not(inner)
            | TypedKind::IsKnown(inner) => vec![(Role::Operand, inner)],
            TypedKind::Sum(first, rest) => {
                let rest = rest.iter().map(|(_, part)| (Role::Operand, part));
                std::iter::once((Role::Operand, &**first))
                    .chain(rest)
                    .collect()
            }
            TypedKind::Product(first, rest) => {
                let rest = rest.iter().map(|(_, part)| (Role::Operand, part));
                std::iter::once((Role::Operand, &**first))
                    .chain(rest)
                    .collect()
            }
            TypedKind::Compare { left, right, .. } => {
                vec![(Role::Side, left), (Role::Side, right)]
            }
            TypedKind::If { arms, otherwise } => {
                let arms = arms.iter().flat_map(|(condition, value)| {
                    [(Role::Condition, condition), (Role::Branch, value)]
                });
                let otherwise = std::iter::once((Role::Branch, &**otherwise));
                arms.chain(otherwise).collect()
            }
            TypedKind::AtLeast { k, of } => vec![(Role::Threshold, k), (Role::Argument, of)],
        }
    }

    /// What it names itself, apart from its parts.
    #[must_use]
    pub fn mention(&self) -> Option<Mention> {
        Some(match &self.kind {
            TypedKind::Value(id) | TypedKind::Earlier(id) => Mention::Value(*id),
            TypedKind::Field(id, field) => Mention::Field(*id, *field),
            TypedKind::AllFactors => Mention::Factors,
            TypedKind::AllSignals => Mention::Signals,
            TypedKind::Call(id, _) => Mention::Function(*id),
            TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            | TypedKind::Parameter(_)
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
            | TypedKind::Error => return None,
        })
    }

    /// Does it look at later periods than a row's own?
    #[must_use]
    pub fn is_hindsight(&self) -> bool {
        matches!(&self.kind, TypedKind::Along(call) if call.within.is_some())
    }

    /// Is it a call of `verified`?
    #[must_use]
    pub fn is_verified(&self) -> bool {
        matches!(self.kind, TypedKind::Builtin(Builtin::Verified(_), _))
    }

    /// Itself and everything that it is made of, in the order of the source; functions that it calls
    /// are not looked into.
    #[must_use]
    pub fn walk(&self, role: Role) -> Walk<'_> {
        let first = Seen {
            role,
            expression: self,
            verified: false,
        };
        Walk { open: vec![first] }
    }
}

fn all_in(role: Role, parts: &[Typed]) -> Vec<(Role, &Typed)> {
    parts.iter().map(|part| (role, part)).collect()
}

/// An expression on the way.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'t> {
    pub role: Role,
    pub expression: &'t Typed,
    /// It stands in `verified(…)`.
    pub verified: bool,
}

/// See [`Typed::walk`]. Keeps its own list of what is still to come, so that no depth is too deep.
#[derive(Clone, Debug)]
pub struct Walk<'t> {
    open: Vec<Seen<'t>>,
}

impl<'t> Iterator for Walk<'t> {
    type Item = Seen<'t>;

    fn next(&mut self) -> Option<Seen<'t>> {
        let seen = self.open.pop()?;
        let verified = seen.verified || seen.expression.is_verified();
        let parts = seen.expression.parts().into_iter().rev();
        self.open.extend(parts.map(|(role, expression)| Seen {
            role,
            expression,
            verified,
        }));
        Some(seen)
    }
}
