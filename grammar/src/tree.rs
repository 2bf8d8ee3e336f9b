//! Builds the tree, and refuses to build it deeper than [`NESTING_LIMIT`].
//!
//! In: what the grammar recognised. Out: nodes of `ast`. Every expression goes through [`expr`],
//! every unit and type through [`Deep`], so no tree exists that a walk or a drop could exhaust the
//! stack on. Chains are extended in place, so that a sum of any length costs its length.

use std::cell::RefCell;

use crate::NESTING_LIMIT;
use crate::ast::*;
use crate::habits::ReadAs;
use crate::literal::{meant_name, number_value, text_value};
use crate::problem::Problem;

/// Nesting went beyond the limit at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooDeep(pub Span);

/// What the grammar's actions know of the file.
pub(crate) struct Context<'s> {
    pub text: &'s str,
    /// What tokens are read as whose text is not what was meant.
    pub read_as: &'s ReadAs,
    /// Slips that do not stop the reading, such as a second `combine`.
    pub slips: RefCell<Vec<Problem>>,
}

impl<'s> Context<'s> {
    pub fn new(text: &'s str, read_as: &'s ReadAs) -> Self {
        Self {
            text,
            read_as,
            slips: RefCell::new(Vec::new()),
        }
    }

    fn slice(&self, start: u32, end: u32) -> &'s str {
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    pub fn name(&self, start: u32, end: u32) -> Name {
        let text = match self.read_as.get(start, end) {
            Some(meant) => meant.to_owned(),
            None => meant_name(self.slice(start, end)).into_owned(),
        };
        Name {
            text,
            span: Span { start, end },
        }
    }

    /// Several words as one name, with one space between them.
    pub fn words(&self, start: u32, end: u32) -> Name {
        let words: Vec<&str> = self.slice(start, end).split_whitespace().collect();
        Name {
            text: words.join(" "),
            span: Span { start, end },
        }
    }

    /// A name of several words, whatever stands in the text for them.
    pub fn phrase(words: &str, start: u32, end: u32) -> Name {
        Name {
            text: words.to_owned(),
            span: Span { start, end },
        }
    }

    pub fn quoted(&self, start: u32, end: u32) -> Text {
        Text {
            value: match self.read_as.get(start, end) {
                Some(meant) => text_value(meant),
                None => text_value(self.slice(start, end)),
            },
            span: Span { start, end },
        }
    }

    /// A number; `end` is where its digits end.
    pub fn number(&self, start: u32, end: u32, unit: Option<Name>) -> Number {
        let text = self.read_as.get(start, end);
        let text = text.unwrap_or_else(|| self.slice(start, end));
        let (value, percent) = number_value(text);
        let span = Span {
            start,
            end: unit.as_ref().map_or(end, |u| u.span.end),
        };
        Number {
            text: text.to_owned(),
            value,
            percent,
            unit,
            span,
        }
    }

    pub fn period_number(&self, start: u32, end: u32) -> PeriodLit {
        let text = self.read_as.get(start, end);
        PeriodLit {
            text: text.unwrap_or_else(|| self.slice(start, end)).to_owned(),
            span: Span { start, end },
        }
    }

    pub fn period_text(&self, start: u32, end: u32) -> PeriodLit {
        let Text { value, span } = self.quoted(start, end);
        PeriodLit { text: value, span }
    }
}

/// The one place where an expression comes to be.
pub(crate) fn expr(kind: ExprKind, start: u32, end: u32) -> Result<Expr, TooDeep> {
    let depth = 1 + inner_depth(&kind);
    if depth > NESTING_LIMIT {
        return Err(TooDeep(Span {
            start,
            end: start + 1,
        }));
    }
    Ok(Expr {
        kind,
        span: Span { start, end },
        depth,
    })
}

fn deepest<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> u16 {
    exprs.into_iter().map(|e| e.depth).max().unwrap_or(0)
}

fn range_depth(range: &Range) -> u16 {
    deepest(
        [&range.low, &range.high]
            .into_iter()
            .flatten()
            .map(|e| &**e),
    )
}

fn inner_depth(kind: &ExprKind) -> u16 {
    match kind {
        ExprKind::Number(_)
        | ExprKind::Truth(_)
        | ExprKind::Missing
        | ExprKind::Name(_)
        | ExprKind::Periods { .. }
        | ExprKind::Error => 0,
        ExprKind::Member { of, .. } => of.depth,
        ExprKind::Repeat { value, .. } => value.depth,
        ExprKind::Weighted { value, weight } => value.depth.max(weight.depth),
        ExprKind::Call { args, .. } => deepest(args.iter().map(|a| &a.value)),
        ExprKind::List(items) | ExprKind::Alternatives(items) => deepest(items),
        ExprKind::Paren(inner)
        | ExprKind::Negate(inner)
        | ExprKind::Not(inner)
        | ExprKind::Required(inner) => inner.depth,
        ExprKind::Sum { first, rest } => first.depth.max(deepest(rest.iter().map(|r| &r.1))),
        ExprKind::Product { first, rest } => first.depth.max(deepest(rest.iter().map(|r| &r.1))),
        ExprKind::Comparison { first, rest } => first.depth.max(deepest(rest.iter().map(|r| &r.1))),
        ExprKind::Is { of, what, .. } => of.depth.max(match what {
            IsWhat::Value(value) => value.depth,
            IsWhat::Missing(_) | IsWhat::Known(_) => 0,
        }),
        ExprKind::In { of, set, .. } => of.depth.max(match set {
            InSet::Range(range) => range_depth(range),
            InSet::Names(..) => 0,
        }),
        ExprKind::And(all) | ExprKind::Or(all) | ExprKind::Fallback(all) => deepest(all),
        ExprKind::If { arms, otherwise } => {
            let arms = arms
                .iter()
                .map(|(c, v)| c.depth.max(v.depth))
                .max()
                .unwrap_or(0);
            arms.max(otherwise.depth)
        }
        ExprKind::AtLeast { k, of } => k.depth.max(deepest(of)),
        ExprKind::Piecewise { of, pieces } => {
            let pieces = pieces.iter();
            let pieces = pieces.map(|(from, to)| range_depth(from).max(range_depth(to)));
            of.depth.max(pieces.max().unwrap_or(0))
        }
    }
}

/// `chain` made one longer, where it is a chain of the kind that `extend` knows; else a new chain
/// of two. `extend` gives the next part back if the chain is of another kind.
fn longer(
    mut chain: Expr,
    next: Expr,
    extend: impl FnOnce(&mut ExprKind, Expr) -> Option<Expr>,
    begin: impl FnOnce(Expr, Expr) -> ExprKind,
) -> Result<Expr, TooDeep> {
    let (start, end, depth) = (chain.span.start, next.span.end, next.depth);
    match extend(&mut chain.kind, next) {
        None => {
            chain.span.end = end;
            chain.depth = chain.depth.max(depth + 1);
            if chain.depth > NESTING_LIMIT {
                return Err(TooDeep(Span {
                    start,
                    end: start + 1,
                }));
            }
            Ok(chain)
        }
        Some(next) => expr(begin(chain, next), start, end),
    }
}

macro_rules! plain_chain {
    ($name:ident, $kind:ident) => {
        pub(crate) fn $name(chain: Expr, next: Expr) -> Result<Expr, TooDeep> {
            let extend = |kind: &mut ExprKind, next| match kind {
                ExprKind::$kind(parts) => {
                    parts.push(next);
                    None
                }
                _ => Some(next),
            };
            longer(chain, next, extend, |first, next| {
                ExprKind::$kind(vec![first, next])
            })
        }
    };
}

plain_chain!(or, Or);
plain_chain!(and, And);
plain_chain!(fallback, Fallback);

macro_rules! operator_chain {
    ($name:ident, $kind:ident, $op:ty) => {
        pub(crate) fn $name(chain: Expr, op: Operator<$op>, next: Expr) -> Result<Expr, TooDeep> {
            let extend = |kind: &mut ExprKind, next| match kind {
                ExprKind::$kind { rest, .. } => {
                    rest.push((op, next));
                    None
                }
                _ => Some(next),
            };
            let begin = |first: Expr, next| ExprKind::$kind {
                first: Box::new(first),
                rest: vec![(op, next)],
            };
            longer(chain, next, extend, begin)
        }
    };
}

operator_chain!(sum, Sum, SumOp);
operator_chain!(product, Product, ProductOp);
operator_chain!(comparison, Comparison, CompareOp);

/// `x is missing`, `x is known`, `x is not critical`.
pub(crate) fn is(of: Expr, negated: bool, value: Expr) -> Result<Expr, TooDeep> {
    let (start, end) = (of.span.start, value.span.end);
    let what = match &value.kind {
        ExprKind::Missing => IsWhat::Missing(value.span),
        ExprKind::Name(name) if name.text == "known" => IsWhat::Known(value.span),
        _ => IsWhat::Value(Box::new(value)),
    };
    expr(
        ExprKind::Is {
            of: Box::new(of),
            negated,
            what,
        },
        start,
        end,
    )
}

/// A unit or a type with how deep it nests, which their trees do not carry.
#[derive(Debug)]
pub(crate) struct Deep<T> {
    pub node: T,
    depth: u16,
}

impl<T> Deep<T> {
    /// A node that holds nothing.
    pub fn leaf(node: T) -> Self {
        Self { node, depth: 1 }
    }

    /// The node made of this one, one deeper.
    pub fn within<U>(self, at: u32, make: impl FnOnce(T) -> U) -> Result<Deep<U>, TooDeep> {
        if self.depth >= NESTING_LIMIT {
            return Err(TooDeep(Span {
                start: at,
                end: at + 1,
            }));
        }
        Ok(Deep {
            node: make(self.node),
            depth: self.depth + 1,
        })
    }

    /// The node made of this one and another.
    pub fn with<U, V>(
        self,
        other: Deep<U>,
        at: u32,
        make: impl FnOnce(T, U) -> V,
    ) -> Result<Deep<V>, TooDeep> {
        let depth = self.depth.max(other.depth);
        Deep {
            node: self.node,
            depth,
        }
        .within(at, |node| make(node, other.node))
    }
}

pub(crate) fn unit(kind: UnitExprKind, start: u32, end: u32) -> UnitExpr {
    UnitExpr {
        kind,
        span: Span { start, end },
    }
}

/// `100_000 people`, before a unit or alone.
pub(crate) fn number_unit(number: Number) -> UnitExpr {
    let Span { start, end } = number.span;
    let bare_end = start + u32::try_from(number.text.len()).unwrap_or(0);
    match number.unit {
        None => unit(UnitExprKind::Number(number), start, end),
        Some(name) => {
            let (unit_start, span) = (
                name.span.start,
                Span {
                    start,
                    end: bare_end,
                },
            );
            let number = Number {
                unit: None,
                span,
                ..number
            };
            let factor = Box::new(unit(UnitExprKind::Number(number), start, bare_end));
            let of = Box::new(unit(UnitExprKind::Name(name), unit_start, end));
            unit(UnitExprKind::Times(factor, of), start, end)
        }
    }
}

pub(crate) fn typed(kind: TypeKind, range: Option<LiteralRange>, start: u32, end: u32) -> TypeExpr {
    TypeExpr {
        kind,
        range,
        span: Span { start, end },
    }
}

pub(crate) fn range(
    low: Option<Expr>,
    high: Option<Expr>,
    half_open: bool,
    start: u32,
    end: u32,
) -> Range {
    let (low, high) = (low.map(Box::new), high.map(Box::new));
    Range {
        low,
        high,
        half_open,
        span: Span { start, end },
    }
}
