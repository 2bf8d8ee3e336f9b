//! Who rests on whom, over a whole framework.
//!
//! In: checked values and functions. Out: for each what it names ([`Read`]), each thing once, and the
//! graph of that, in which "all factors" and "all signals" are nodes of their own, so that everything
//! that goes along it takes time in proportion to what is written.

use std::collections::BTreeSet;

use super::{Mention, Part, Role, What};
use crate::arena::Arena;
use crate::checked::{Body, CheckedFunction, CheckedValue};
use crate::cycles;
use crate::typed::{FunctionId, TypedKind, ValueId};
use forewarn_grammar::ast::BindingKind;

/// Something that is declared and goes into other things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dependency {
    Value(ValueId),
    Function(FunctionId),
    /// All factors of the framework.
    Factors,
    /// All signals of the framework.
    Signals,
}

/// One thing that a declaration names, and the role of the part in which it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Read {
    /// Of the part of the body.
    pub role: Role,
    pub mention: Mention,
    /// It stands in `verified(…)`.
    pub verified: bool,
    /// It is read of an earlier period, with a stated beginning; it may rest on what names it.
    pub earlier: bool,
}

/// What every declaration names.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    values: Arena<ValueId, Vec<Read>>,
    functions: Arena<FunctionId, Vec<Read>>,
    factors: Vec<ValueId>,
    signals: Vec<ValueId>,
    /// What something needs stands before it.
    order: Vec<Dependency>,
}

impl Reads {
    /// `factors`: those that are declared, what is wrong with them or not.
    #[must_use]
    pub fn of(
        values: &[CheckedValue],
        functions: &[CheckedFunction],
        factors: Vec<ValueId>,
    ) -> Self {
        let ids = (0..).map(ValueId).zip(values);
        let signals = ids.filter(|(_, value)| is_signal(&value.body));
        let mut reads = Self {
            factors,
            signals: signals.map(|(id, _)| id).collect(),
            values: values
                .iter()
                .map(|value| named_in(value.body.parts()))
                .collect(),
            functions: functions.iter().map(|one| named_in(one.parts())).collect(),
            order: Vec::new(),
        };
        reads.order = reads.in_order();
        reads
    }

    /// What a value names, in the order of the source.
    #[must_use]
    pub fn value(&self, id: ValueId) -> &[Read] {
        self.values.of(id)
    }

    /// What a function's body names besides its parameters.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> &[Read] {
        self.functions.of(id)
    }

    /// All factors, in the order of the source.
    #[must_use]
    pub fn factors(&self) -> &[ValueId] {
        &self.factors
    }

    /// All signals, in the order of the source.
    #[must_use]
    pub fn signals(&self) -> &[ValueId] {
        &self.signals
    }

    /// Values, functions, all factors, all signals: what one needs of its own period stands before it.
    #[must_use]
    pub fn order(&self) -> &[Dependency] {
        &self.order
    }

    /// What something needs, one step down.
    pub fn needs(&self, of: Dependency) -> impl Iterator<Item = Dependency> + '_ {
        self.needs_where(of, |_| true)
    }

    /// What something needs of its own period.
    pub fn needs_now(&self, of: Dependency) -> impl Iterator<Item = Dependency> + '_ {
        self.needs_where(of, |read| !read.earlier)
    }

    /// Does anything rest on what rests on it, by way of earlier periods?
    #[must_use]
    pub fn has_circles(&self) -> bool {
        self.values.iter().flatten().any(|read| read.earlier)
    }

    fn needs_where(
        &self,
        of: Dependency,
        is_wanted: fn(&Read) -> bool,
    ) -> impl Iterator<Item = Dependency> + '_ {
        let (reads, values): (&[Read], &[ValueId]) = match of {
            Dependency::Value(id) => (self.value(id), &[]),
            Dependency::Function(id) => (self.function(id), &[]),
            Dependency::Factors => (&[], &self.factors),
            Dependency::Signals => (&[], &self.signals),
        };
        let reads = reads.iter().filter(move |read| is_wanted(read));
        let reads = reads.map(|read| Dependency::from(read.mention));
        reads.chain(values.iter().copied().map(Dependency::Value))
    }

    /// Everything that some things rest on, themselves among them, nearest first.
    #[must_use]
    pub fn reached(&self, roots: impl IntoIterator<Item = Dependency>) -> Vec<Dependency> {
        let mut seen = Reached::default();
        self.reach(roots, &mut seen)
    }

    /// The same without what was seen before, and without looking into that.
    pub fn reach(
        &self,
        roots: impl IntoIterator<Item = Dependency>,
        seen: &mut Reached,
    ) -> Vec<Dependency> {
        let mut found: Vec<Dependency> = Vec::new();
        for root in roots {
            if seen.0.insert(root) {
                found.push(root);
            }
        }
        let mut at = 0;
        while let Some(next) = found.get(at).copied() {
            at += 1;
            for need in self.needs(next) {
                if seen.0.insert(need) {
                    found.push(need);
                }
            }
        }
        found
    }

    /// The values among what some values rest on, themselves included.
    #[must_use]
    pub fn values_below(&self, roots: &[ValueId]) -> BTreeSet<ValueId> {
        let reached = self.reached(roots.iter().copied().map(Dependency::Value));
        reached
            .into_iter()
            .filter_map(Dependency::as_value)
            .collect()
    }

    /// All that rests, near or far, on a value for which `is_wanted` says yes, that value included.
    #[must_use]
    pub fn resting_on(&self, is_wanted: impl Fn(ValueId) -> bool) -> BTreeSet<Dependency> {
        let mut found: BTreeSet<Dependency> = BTreeSet::new();
        loop {
            let before = found.len();
            for one in &self.order {
                let wanted = one.as_value().is_some_and(&is_wanted);
                if wanted || self.needs(*one).any(|need| found.contains(&need)) {
                    found.insert(*one);
                }
            }
            // By way of an earlier period something can rest on what stands behind it.
            if found.len() == before || !self.has_circles() {
                return found;
            }
        }
    }

    fn in_order(&self) -> Vec<Dependency> {
        let (values, functions) = (self.values.len(), self.functions.len());
        let values_then = |id: FunctionId| values + id.0 as usize;
        let number = |one: Dependency| match one {
            Dependency::Value(id) => id.0 as usize,
            Dependency::Function(id) => values_then(id),
            Dependency::Factors => values + functions,
            Dependency::Signals => values + functions + 1,
        };
        let all: Vec<Dependency> = (0..)
            .map(ValueId)
            .take(values)
            .map(Dependency::Value)
            .chain(
                (0..)
                    .map(FunctionId)
                    .take(functions)
                    .map(Dependency::Function),
            )
            .chain([Dependency::Factors, Dependency::Signals])
            .collect();
        let edges: Vec<Vec<(usize, ())>> = all
            .iter()
            .map(|one| {
                self.needs_now(*one)
                    .map(|need| (number(need), ()))
                    .collect()
            })
            .collect();
        let (order, _) = cycles::visit(&edges);
        order
            .into_iter()
            .filter_map(|at| all.get(at).copied())
            .collect()
    }
}

/// What was come across.
#[derive(Clone, Debug, Default)]
pub struct Reached(BTreeSet<Dependency>);

impl Dependency {
    #[must_use]
    pub fn as_value(self) -> Option<ValueId> {
        match self {
            Self::Value(id) => Some(id),
            Self::Function(_) | Self::Factors | Self::Signals => None,
        }
    }
}

impl From<Mention> for Dependency {
    fn from(mention: Mention) -> Self {
        match mention {
            Mention::Value(id) | Mention::Field(id, _) => Self::Value(id),
            Mention::Function(id) => Self::Function(id),
            Mention::Factors => Self::Factors,
            Mention::Signals => Self::Signals,
        }
    }
}

fn is_signal(body: &Body) -> bool {
    matches!(
        body,
        Body::Expression {
            kind: BindingKind::Signal,
            ..
        }
    )
}

/// What some parts of a declaration name, each thing once in each role.
pub(super) fn named_in<'t>(parts: impl IntoIterator<Item = Part<'t>>) -> Vec<Read> {
    let mut found = Vec::new();
    let mut seen: BTreeSet<Read> = BTreeSet::new();
    let mut add = |read: Read| {
        if seen.insert(read) {
            found.push(read);
        }
    };
    for part in parts {
        let role = part.role;
        let plain = |mention| Read {
            role,
            mention,
            verified: false,
            earlier: false,
        };
        match part.what {
            What::Value(id) => add(plain(Mention::Value(id))),
            What::Function(id) => add(plain(Mention::Function(id))),
            What::Expression(expression) => {
                for one in expression.walk(role) {
                    if let Some(mention) = one.expression.mention() {
                        add(Read {
                            role,
                            mention,
                            verified: one.verified,
                            earlier: matches!(one.expression.kind, TypedKind::Earlier(_)),
                        });
                    }
                }
            }
            // Only tests and properties speak of these; they go into nothing.
            What::EveryAlert | What::EveryValue | What::EveryIndicator => {}
        }
    }
    found
}
