//! By which items an expression goes, from its words.
//!
//! A function of one value goes item by item; a function of a list takes all of it and gives one. What
//! operators have always made of a list stays as it is: only where a group is named, or a list stands where
//! one value is taken, is the expression one for each item.

use std::collections::BTreeMap;
use std::sync::Arc;

use forewarn_grammar::ast::{Arg, Expr, ExprKind, InSet, IsWhat, Range};

use super::{Shape, ShapeItem};
use crate::typed::{ACROSS_PEERS, ALONG_TIME, BOTH_WAYS, Builtin};

/// What an expression goes by.
#[derive(Clone, Debug, Default)]
pub struct Axis<'p> {
    pub shape: Option<Arc<Shape<'p>>>,
    /// A group, or what goes by one, is named in it.
    grouped: bool,
    /// A list stands where one value is taken.
    single: bool,
}

impl<'p> Axis<'p> {
    /// The items, where the expression is one for each of them.
    #[must_use]
    pub fn items(&self) -> Option<&Arc<Shape<'p>>> {
        let shape = self.shape.as_ref();
        shape.filter(|_| self.grouped || self.single)
    }

    fn join(&mut self, other: Self) {
        // What is grouped names the items.
        if self.shape.is_none() || other.grouped && !self.grouped {
            self.shape = other.shape.or(self.shape.take());
        }
        self.grouped |= other.grouped;
        self.single |= other.single;
    }

    fn one_at_a_time(mut self) -> Self {
        self.single |= self.shape.is_some();
        self
    }
}

/// Names of parameters, and whether each is a list, by function.
pub(super) type Functions<'p> = BTreeMap<&'p str, Vec<(&'p str, bool)>>;

/// What a name stands for: several values, and whether they are a group's.
pub(super) type Named<'n, 'p> = &'n mut dyn FnMut(&str) -> Option<(Arc<Shape<'p>>, bool)>;

pub(super) fn axis<'p>(expr: &Expr, functions: &Functions<'p>, named: Named<'_, 'p>) -> Axis<'p> {
    Walk { functions, named }.expr(expr)
}

/// The argument that the language's own functions of a list take as such: the only one.
fn is_aggregate(function: &str, args: &[Arg]) -> bool {
    let list = match Builtin::find(function) {
        Some(
            Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::Count
            | Builtin::Any
            | Builtin::All
            | Builtin::KnownCount,
        ) => true,
        Some(
            Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Pow
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Round
            | Builtin::Truncate
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Verified(_)
            | Builtin::OfKnown
            | Builtin::Weighted
            | Builtin::Alternatives,
        )
        | None => false,
    };
    let placed = args.iter().filter(|arg| arg.name.is_none()).count();
    list && placed == 1 && !looks_around(function, args)
}

/// Along time or across peers, which is for one value.
fn looks_around(function: &str, args: &[Arg]) -> bool {
    let around = |arg: &Arg| {
        let name = arg.name.as_ref().map(|name| name.text.as_str());
        matches!(
            name,
            Some("over" | "since" | "within" | "among" | "baseline")
        )
    };
    ALONG_TIME.contains(&function)
        || ACROSS_PEERS.contains(&function)
        || BOTH_WAYS.contains(&function) && args.iter().any(around)
}

pub(super) fn takes_list(
    functions: &Functions<'_>,
    function: &str,
    args: &[Arg],
    index: usize,
) -> bool {
    let Some(arg) = args.get(index) else {
        return false;
    };
    if let Some(parameters) = functions.get(function) {
        // Several single values are the list themselves.
        let placed = args.iter().filter(|arg| arg.name.is_none()).count();
        let weighed = |arg: &Arg| matches!(arg.value.kind, ExprKind::Weighted { .. });
        if placed > 1 && (parameters.len() == 1 || args.iter().any(weighed)) {
            return false;
        }
        let found = match &arg.name {
            Some(name) => parameters.iter().find(|(known, _)| *known == name.text),
            None => parameters.get(index),
        };
        return found.is_some_and(|(_, is_list)| *is_list);
    }
    arg.name.is_none() && is_aggregate(function, args)
}

/// Functions that have always taken lists as they take single values.
fn takes_both(function: &str) -> bool {
    matches!(
        Builtin::find(function),
        Some(
            Builtin::Abs
                | Builtin::Sqrt
                | Builtin::Exp
                | Builtin::Ln
                | Builtin::Log2
                | Builtin::Log10
                | Builtin::Pow
                | Builtin::Floor
                | Builtin::Ceil
                | Builtin::Round
                | Builtin::Truncate
        )
    )
}

struct Walk<'w, 'n, 'p> {
    functions: &'w Functions<'p>,
    named: Named<'n, 'p>,
}

impl<'p> Walk<'_, '_, 'p> {
    fn known(&mut self, name: &str) -> Axis<'p> {
        match (self.named)(name) {
            Some((shape, grouped)) => Axis {
                shape: Some(shape),
                grouped,
                single: false,
            },
            None => Axis::default(),
        }
    }

    fn all<'t>(&mut self, parts: impl IntoIterator<Item = &'t Expr>) -> Axis<'p> {
        let mut axis = Axis::default();
        for part in parts {
            axis.join(self.expr(part));
        }
        axis
    }

    fn range(&mut self, range: &Range) -> Axis<'p> {
        let ends = range.low.iter().chain(&range.high);
        self.all(ends.map(AsRef::as_ref))
    }

    fn member(&mut self, of: &Expr, field: &str) -> Axis<'p> {
        let ExprKind::Name(name) = &of.kind else {
            return self.expr(of);
        };
        let own = self.known(&name.text);
        let Some(shape) = &own.shape else {
            return self.known(&format!("{}.{field}", name.text));
        };
        if shape.position(field).is_some() {
            return Axis::default();
        }
        let Some(part) = shape.parts.get(field) else {
            // A field of each item, or of nothing.
            return if is_field(field) {
                own
            } else {
                Axis::default()
            };
        };
        let items = part.iter().filter_map(|at| shape.items.get(*at)).cloned();
        Axis {
            shape: Some(Arc::new(Shape {
                items: items.collect(),
                parts: BTreeMap::new(),
            })),
            ..own
        }
    }

    fn call(&mut self, function: &str, args: &[Arg]) -> Axis<'p> {
        let mut axis = Axis::default();
        for (index, arg) in args.iter().enumerate() {
            if !takes_list(self.functions, function, args, index) {
                axis.join(self.expr(&arg.value));
            }
        }
        if takes_both(function) {
            axis
        } else {
            axis.one_at_a_time()
        }
    }

    fn expr(&mut self, expr: &Expr) -> Axis<'p> {
        match &expr.kind {
            ExprKind::Number(_)
            | ExprKind::Truth(_)
            | ExprKind::Missing
            | ExprKind::Periods { .. }
            | ExprKind::Repeat { .. }
            | ExprKind::Error => Axis::default(),
            ExprKind::Name(name) => self.known(&name.text),
            ExprKind::Member { of, field } => self.member(of, &field.text),
            ExprKind::Call { function, args } => self.call(&function.text, args),
            // Alternatives are one value.
            ExprKind::Alternatives(_) => Axis::default(),
            ExprKind::List(parts) => Axis {
                shape: Some(Arc::new(listed(parts))),
                ..Axis::default()
            },
            ExprKind::Paren(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Not(inner)
            | ExprKind::Weighted { value: inner, .. }
            | ExprKind::Required(inner) => self.expr(inner),
            ExprKind::Sum { first, rest } => {
                let rest = rest.iter().map(|(_, part)| part);
                self.all(std::iter::once(&**first).chain(rest))
            }
            ExprKind::Product { first, rest } => {
                let rest = rest.iter().map(|(_, part)| part);
                self.all(std::iter::once(&**first).chain(rest))
            }
            ExprKind::Comparison { first, rest } => {
                let rest = rest.iter().map(|(_, part)| part);
                self.all(std::iter::once(&**first).chain(rest))
            }
            ExprKind::Is { of, what, .. } => {
                let mut axis = self.expr(of);
                if let IsWhat::Value(value) = what {
                    axis.join(self.expr(value));
                }
                axis
            }
            ExprKind::In { of, set, .. } => {
                let mut axis = self.expr(of);
                if let InSet::Range(range) = set {
                    axis.join(self.range(range));
                }
                axis
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => self.all(parts),
            ExprKind::Fallback(parts) => self.all(parts).one_at_a_time(),
            ExprKind::If { arms, otherwise } => {
                let arms = arms
                    .iter()
                    .flat_map(|(condition, value)| [condition, value]);
                self.all(arms.chain([&**otherwise])).one_at_a_time()
            }
            ExprKind::Piecewise { of, .. } => self.expr(of).one_at_a_time(),
            ExprKind::AtLeast { k, of } => {
                let mut axis = self.expr(k);
                if of.len() > 1 {
                    axis.join(self.all(of));
                }
                axis.one_at_a_time()
            }
        }
    }
}

/// What can be asked of a value, so that of a group it is asked of each item.
pub(crate) fn is_field(word: &str) -> bool {
    matches!(
        word,
        "coverage" | "known" | "members" | "at_least" | "at_most" | "verified"
    )
}

/// The items of a list in brackets, by their names where they have one.
pub(super) fn listed<'p>(parts: &[Expr]) -> Shape<'p> {
    let mut items: Vec<ShapeItem<'p>> = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let value = if let ExprKind::Weighted { value, .. } = &part.kind {
            &value.kind
        } else {
            &part.kind
        };
        let name = match value {
            ExprKind::Name(name) | ExprKind::Member { field: name, .. } => Some(name),
            ExprKind::Number(_)
            | ExprKind::Truth(_)
            | ExprKind::Missing
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Alternatives(_)
            | ExprKind::Required(_)
            | ExprKind::Paren(_)
            | ExprKind::Negate(_)
            | ExprKind::Not(_)
            | ExprKind::Sum { .. }
            | ExprKind::Product { .. }
            | ExprKind::Comparison { .. }
            | ExprKind::Is { .. }
            | ExprKind::In { .. }
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Fallback(_)
            | ExprKind::If { .. }
            | ExprKind::AtLeast { .. }
            | ExprKind::Piecewise { .. }
            | ExprKind::Periods { .. }
            | ExprKind::Repeat { .. }
            | ExprKind::Weighted { .. }
            | ExprKind::Error => None,
        };
        let name = name.map(|name| name.text.clone());
        let name = name.filter(|name| !items.iter().any(|item| item.name == *name));
        items.push(ShapeItem {
            name: name.unwrap_or_else(|| format!("item_{}", index + 1)),
            weights: Vec::new(),
        });
    }
    Shape {
        items,
        parts: BTreeMap::new(),
    }
}
