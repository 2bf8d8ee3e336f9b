//! Arithmetic, on single numbers and through lists.

use forewarn_grammar::ast::{ProductOp, SumOp};

use super::Lowerer;
use super::value::{Lowered, is_between};
use crate::conversion::exactly;
use crate::diagnostics::ranges::AlwaysFaults;
use crate::diagnostics::types::WrongType;
use crate::interval::Interval;
use crate::plan::{Binary, NodeId, Op, Unary};
use crate::source::Span;
use crate::typed::Typed;
use crate::types::Shown;

/// Units that are more steps of another are multiplied as doubles.
const MOST_STEPS: f64 = 9e15;

impl Lowerer<'_> {
    /// Item by item, where it is a list.
    pub fn each(
        &mut self,
        value: &Lowered,
        f: impl Fn(&mut Self, &Lowered) -> Lowered + Copy,
    ) -> Lowered {
        match value {
            Lowered::List { items, present } => Lowered::List {
                items: items.iter().map(|item| self.each(item, f)).collect(),
                present: present.clone(),
            },
            single @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)) => f(self, single),
        }
    }

    /// Two values together; a list on either side goes item by item.
    pub fn pairwise(
        &mut self,
        left: &Lowered,
        right: &Lowered,
        f: impl Fn(&mut Self, &Lowered, &Lowered) -> Lowered + Copy,
    ) -> Lowered {
        let (items, present) = match (left, right) {
            (
                Lowered::List { items: a, present },
                Lowered::List {
                    items: b,
                    present: other,
                },
            ) => {
                let pairs = a.iter().zip(b);
                (
                    pairs.map(|(a, b)| self.pairwise(a, b, f)).collect(),
                    if present.is_some() { present } else { other },
                )
            }
            (Lowered::List { items, present }, other) => (
                items
                    .iter()
                    .map(|item| self.pairwise(item, other, f))
                    .collect(),
                present,
            ),
            (other, Lowered::List { items, present }) => (
                items
                    .iter()
                    .map(|item| self.pairwise(other, item, f))
                    .collect(),
                present,
            ),
            (a, b) => return f(self, a, b),
        };
        Lowered::List {
            items,
            present: present.clone(),
        }
    }

    /// A function of one number, through a list where it is one.
    pub fn map(
        &mut self,
        value: &Lowered,
        f: impl Fn(&mut Self, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.each(value, |lowerer, single| {
            let node = lowerer.single(single);
            Lowered::Number(f(lowerer, node))
        })
    }

    /// A function of two numbers, through lists.
    pub fn map2(
        &mut self,
        left: &Lowered,
        right: &Lowered,
        f: impl Fn(&mut Self, NodeId, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.pairwise(left, right, |lowerer, a, b| {
            let (a, b) = (lowerer.single(a), lowerer.single(b));
            Lowered::Number(f(lowerer, a, b))
        })
    }

    pub fn sum(&mut self, first: &Typed, rest: &[(SumOp, Typed)]) -> Lowered {
        let mut total = self.expr(first);
        for (op, part) in rest {
            let part = self.expr(part);
            let op = match op {
                SumOp::Add => Binary::Add,
                SumOp::Subtract => Binary::Subtract,
            };
            total = self.pairwise(&total, &part, |lowerer, a, b| {
                if is_between(a) || is_between(b) {
                    return lowerer.sum_between(op, a, b);
                }
                let (a, b) = (lowerer.single(a), lowerer.single(b));
                Lowered::Number(lowerer.builder.binary(op, a, b))
            });
        }
        total
    }

    pub fn product(&mut self, first: &Typed, rest: &[(ProductOp, Typed)]) -> Lowered {
        let mut total = self.expr(first);
        for (op, part) in rest {
            let part = self.expr(part);
            let op = match op {
                ProductOp::Multiply => Binary::Multiply,
                ProductOp::Divide => Binary::Divide,
            };
            total = self.pairwise(&total, &part, |lowerer, a, b| {
                if is_between(a) || is_between(b) {
                    return lowerer.product_between(op, a, b);
                }
                let (a, b) = (lowerer.single(a), lowerer.single(b));
                Lowered::Number(lowerer.binary(op, a, b))
            });
        }
        total
    }

    /// Another unit: times one whole number, divided by another. What the author wrote is converted as
    /// the decimal that it is; so are values in smaller steps (a share published in percent).
    pub fn scaled(&mut self, value: &Lowered, num: f64, den: f64) -> Lowered {
        self.rising(value, |lowerer, x| {
            if let Some(exact) = lowerer.scaled_constant(x, num, den) {
                return exact;
            }
            let times = if num == 1.0 {
                x
            } else if num.fract() == 0.0 && (1.0..=MOST_STEPS).contains(&num) {
                lowerer.builder.unary(Unary::Times(num as u64), x)
            } else {
                let num_node = lowerer.builder.number(num);
                lowerer.builder.binary(Binary::Multiply, x, num_node)
            };
            let den_node = lowerer.builder.number(den);
            lowerer.builder.binary(Binary::Divide, times, den_node)
        })
    }

    /// A constant in another unit, also one that depends on the period or on a condition alone.
    fn scaled_constant(&mut self, x: NodeId, num: f64, den: f64) -> Option<NodeId> {
        if let Some(constant) = self.builder.constant(x) {
            return Some(self.builder.number(exactly(constant, num, den)));
        }
        let Some(Op::Select { condition, yes, no }) = self.builder.op(x) else {
            return None;
        };
        // Dated params lean to one side; where both sides are computed there is nothing to look for.
        let leans = [yes, no].map(|side| self.builder.constant(side));
        if leans.iter().all(Option::is_none) {
            return None;
        }
        let yes = self.scaled_constant(yes, num, den)?;
        let no = self.scaled_constant(no, num, den)?;
        Some(self.builder.select(condition, yes, no))
    }

    /// An operation that can be without a result; told where it always is.
    pub fn binary(&mut self, op: Binary, a: NodeId, b: NodeId) -> NodeId {
        let divisor = self.told(b);
        let faults = op == Binary::Divide && divisor.low == 0.0 && divisor.high == 0.0;
        if faults {
            self.always_faults("divides by zero", b, false);
        }
        let result = self.builder.binary(op, a, b);
        if faults && self.builder.constant(result).is_none() {
            // It has no result, and so lies nowhere: what follows from where it lies is no news.
            self.builder.narrow(result, Interval::UNIT);
        }
        result
    }

    pub fn unary(&mut self, op: Unary, x: NodeId) -> NodeId {
        let range = self.told(x);
        match op {
            Unary::Ln | Unary::Log2 | Unary::Log10 if range.high <= 0.0 => {
                self.always_faults("takes the logarithm of zero or less", x, false);
            }
            Unary::Sqrt if range.high < 0.0 || (range.high == 0.0 && range.low < 0.0) => {
                let but_zero = range.high == 0.0;
                self.always_faults("takes the root of a negative number", x, but_zero);
            }
            Unary::Negate
            | Unary::Abs
            | Unary::Sqrt
            | Unary::Exp
            | Unary::Ln
            | Unary::Log2
            | Unary::Log10
            | Unary::Floor
            | Unary::Ceil
            | Unary::Round(_)
            | Unary::Truncate(_)
            | Unary::Times(_) => {}
        }
        self.builder.unary(op, x)
    }

    fn always_faults(&mut self, why: &'static str, operand: NodeId, but_zero: bool) {
        if self.without_result > 0 {
            return;
        }
        let range = self.told(operand);
        let span = self.builder.site.span;
        self.reports.add(AlwaysFaults {
            span,
            why,
            but_zero,
            operand: span,
            low: crate::numbers::show(range.low),
            high: crate::numbers::show(range.high),
        });
    }

    /// To how many decimals: a whole number that is the same everywhere.
    pub fn rounding(&mut self, decimals: Option<f64>, place: Span) -> i8 {
        match decimals {
            Some(x) if x.fract() == 0.0 && (-15.0..=15.0).contains(&x) => x as i8,
            other => {
                let found = other.map_or_else(
                    || "something that changes from row to row".to_owned(),
                    crate::numbers::show,
                );
                self.reports.add(WrongType {
                    meant: None,
                    span: place,
                    found: Shown::in_words(found),
                    wanted: Shown::in_words("a whole number of decimals from -15 to 15"),
                    declared: place,
                    name: "decimals".to_owned(),
                });
                0
            }
        }
    }
}
