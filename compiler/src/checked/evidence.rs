//! What evidence goes into an expression: factors that are estimates, or compared by their bounds.
//!
//! In: an expression over checked values. Out: the first factor of the wanted kind that it rests on, through
//! steps, functions and whatever else goes by names; or the first aggregate of several values that leaves out
//! what is missing. Factors that state their evidence are not looked into: what they mix is told of them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, CheckedFunction, CheckedValue, FactorBody};
use crate::plan::along::Window;
use crate::plan::{Evidence, outline::TimeFunction};
use crate::source::Span;
use crate::typed::{Builtin, FunctionId, Typed, TypedKind, ValueId};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// Estimates, in whatever way something rests on them.
    Estimates,
    /// Bounds in what numbers are made of.
    Bounds,
    /// Bounds that are carried along.
    Ends,
}

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// What carries the least and the most of a number along.
    Ends,
    /// What a number is made of.
    Numbers,
    /// Whatever an answer rests on, conditions and levels too.
    Anything,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Factor(ValueId),
    /// `mean(a, b, require: 1 known)`
    KnownOnly(Span),
    /// What lies between bounds by itself: `any of { a, b }` of numbers, how many peers say yes.
    Between,
}

/// What is known of values and functions that were looked into.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    values: BTreeMap<ValueId, Option<Found>>,
    functions: BTreeMap<FunctionId, Summary>,
    /// Something was looked into that is not known to its end.
    open: bool,
}

impl Memory {
    /// Without what is not known to its end.
    #[must_use]
    pub fn settled(self) -> Self {
        if self.open { Self::default() } else { self }
    }
}

/// What a function gives rests on these of its parameters, or on this.
#[derive(Clone, Debug, Default)]
struct Summary {
    parameters: BTreeSet<u32>,
    found: Option<Found>,
}

/// A search for one kind of evidence.
pub struct Search<'t> {
    pub values: &'t dyn Fn(ValueId) -> Option<&'t CheckedValue>,
    pub functions: &'t dyn Fn(FunctionId) -> Option<&'t CheckedFunction>,
    /// Factors that are compared by their bounds; else estimates.
    pub bounds: bool,
    pub through: Through,
    pub memory: Memory,
}

impl Search<'_> {
    pub fn value(&mut self, id: ValueId) -> Option<Found> {
        if let Some(known) = self.memory.values.get(&id) {
            return *known;
        }
        let Some(value) = (self.values)(id) else {
            self.memory.open = true;
            return None;
        };
        // What rests on its own past adds nothing by that.
        self.memory.values.insert(id, None);
        let found = match &value.body {
            Body::Expression { value, .. } => self.expr(value),
            Body::Factor(body) => self.factor(id, body),
            Body::Level(_) | Body::Table(_) | Body::Alert(_)
                if self.through == Through::Anything =>
            {
                let parts = value.body.parts();
                parts.iter().find_map(|part| self.expr(part.expression()?))
            }
            Body::Level(_)
            | Body::Table(_)
            | Body::Alert(_)
            | Body::Indicator(_)
            | Body::Param(_)
            | Body::Broken => None,
        };
        self.memory.values.insert(id, found);
        found
    }

    fn factor(&mut self, id: ValueId, body: &FactorBody) -> Option<Found> {
        let wanted = if self.bounds {
            body.is_bounds()
        } else {
            body.is_estimate()
        };
        if wanted {
            return Some(Found::Factor(id));
        }
        // Of one that says nothing, all members are asked for.
        let plain = body.evidence.0 == Evidence::Unsaid && !body.is_estimate();
        if !plain || self.through == Through::Ends {
            return None;
        }
        body.members
            .iter()
            .find_map(|member| self.value(member.value))
    }

    pub fn expr(&mut self, expr: &Typed) -> Option<Found> {
        let mut parameters = BTreeSet::new();
        self.find(expr, &mut parameters)
    }

    fn find(&mut self, expr: &Typed, parameters: &mut BTreeSet<u32>) -> Option<Found> {
        let anything = self.through == Through::Anything;
        match &expr.kind {
            TypedKind::Value(id) => self.value(*id),
            TypedKind::Earlier(id) => {
                self.memory.open = true;
                self.value(*id)
            }
            TypedKind::Parameter(at) => {
                parameters.insert(*at);
                None
            }
            TypedKind::Convert(inner, ..) | TypedKind::Negate(inner) => self.find(inner, parameters),
            TypedKind::AsNumber(inner) | TypedKind::Not(inner) if anything => {
                self.find(inner, parameters)
            }
            TypedKind::Sum(..)
            | TypedKind::Product(..)
            | TypedKind::List(_)
            | TypedKind::Fallback(_) => self.any(expr, parameters),
            TypedKind::And(_) | TypedKind::Or(_) | TypedKind::Compare { .. } | TypedKind::AtLeast { .. }
                if anything =>
            {
                self.any(expr, parameters)
            }
            TypedKind::If { .. } if anything => self.any(expr, parameters),
            TypedKind::If { arms, otherwise } => {
                let branches = arms.iter().map(|(_, value)| value);
                branches
                    .chain(std::iter::once(&**otherwise))
                    .find_map(|branch| self.find(branch, parameters))
            }
            TypedKind::Builtin(builtin, args) => self.builtin(*builtin, args, expr, parameters),
            TypedKind::Call(function, args) => {
                let summary = self.function(*function);
                let args = args.iter().zip(0_u32..);
                let mut args = args.filter(|(_, at)| summary.parameters.contains(at));
                args.find_map(|(arg, _)| self.find(arg, parameters))
                    .or(summary.found)
            }
            TypedKind::Along(_) | TypedKind::Peers(_) if anything => self.any(expr, parameters),
            TypedKind::Along(call) if self.follows(call.what) => self.find(&call.of, parameters),
            TypedKind::Peers(call) if call.counts_yes() => {
                let ends = self.through == Through::Ends;
                ends.then_some(Found::Between)
            }
            TypedKind::Peers(call) if self.through == Through::Numbers => {
                self.find(&call.of, parameters)
            }
            TypedKind::Along(_)
            | TypedKind::Peers(_)
            | TypedKind::AsNumber(_)
            | TypedKind::Not(_)
            | TypedKind::And(_)
            | TypedKind::Or(_)
            | TypedKind::Compare { .. }
            | TypedKind::AtLeast { .. }
            | TypedKind::Number(_)
            | TypedKind::Missing
            | TypedKind::Truth { .. }
            | TypedKind::Position(_)
            // `f.at_least` is a number that holds whatever is unknown.
            | TypedKind::Field(..)
            | TypedKind::AllFactors
            | TypedKind::AllSignals
            | TypedKind::IsKnown(_)
            | TypedKind::Error => None,
        }
    }

    fn any(&mut self, expr: &Typed, parameters: &mut BTreeSet<u32>) -> Option<Found> {
        let parts = expr.parts();
        parts
            .iter()
            .find_map(|(_, part)| self.find(part, parameters))
    }

    fn builtin(
        &mut self,
        builtin: Builtin,
        args: &[Typed],
        expr: &Typed,
        parameters: &mut BTreeSet<u32>,
    ) -> Option<Found> {
        let first = args.first()?;
        match builtin {
            Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::OfKnown => match (args.len() > 1, self.bounds) {
                (true, false) => Some(Found::KnownOnly(expr.span)),
                // Which bounds it leaves out is told of itself.
                (true, true) => None,
                (false, _) => self.find(first, parameters),
            },
            Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Round
            | Builtin::Truncate
            | Builtin::Weighted
            | Builtin::Verified(_) => self.find(first, parameters),
            Builtin::Alternatives if self.through == Through::Ends && self.bounds => {
                Some(Found::Between)
            }
            Builtin::Alternatives => self.find(first, parameters),
            // It rises with none of its values alone.
            Builtin::StdDev if args.len() > 1 && !self.bounds => Some(Found::KnownOnly(expr.span)),
            Builtin::StdDev if args.len() > 1 => None,
            Builtin::Abs
            | Builtin::Pow
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::StdDev => match self.through {
                Through::Ends => None,
                Through::Numbers | Through::Anything => self.find(first, parameters),
            },
            Builtin::Count | Builtin::Any | Builtin::All | Builtin::Position => {
                match self.through {
                    Through::Ends | Through::Numbers => None,
                    Through::Anything => self.find(first, parameters),
                }
            }
            Builtin::KnownCount => None,
        }
    }

    /// Is it a function along time of which a number is made; one that carries ends along?
    fn follows(&self, what: TimeFunction) -> bool {
        match what {
            TimeFunction::Lag
            | TimeFunction::Recall
            | TimeFunction::Baseline
            | TimeFunction::Change
            | TimeFunction::Window(
                Window::Sum | Window::Mean | Window::Min | Window::Max | Window::Median,
            ) => true,
            TimeFunction::Window(Window::Last | Window::StdDev | Window::Trend)
            | TimeFunction::Growth
            | TimeFunction::Previous
            | TimeFunction::At => self.through == Through::Numbers,
            TimeFunction::Window(Window::Known)
            | TimeFunction::CountYes
            | TimeFunction::Sustained
            | TimeFunction::Ever
            | TimeFunction::Since
            | TimeFunction::CrossesAbove
            | TimeFunction::CrossesBelow
            | TimeFunction::RecordHigh
            | TimeFunction::RecordLow => false,
        }
    }

    fn function(&mut self, id: FunctionId) -> Summary {
        if let Some(known) = self.memory.functions.get(&id) {
            return known.clone();
        }
        self.memory.functions.insert(id, Summary::default());
        let Some(function) = (self.functions)(id) else {
            return Summary::default();
        };
        let mut parameters = BTreeSet::new();
        // What stops at what it finds has not seen all parameters.
        let found = self.find(&function.body, &mut parameters);
        let summary = Summary { parameters, found };
        self.memory.functions.insert(id, summary.clone());
        summary
    }
}
