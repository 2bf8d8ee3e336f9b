//! One node of a Plan as vector instructions.
//!
//! In: the values of a node's operands. Out: its own. Missing is any quiet NaN inside kernels; a truth
//! is the mask of *surely yes* and, where it can be unknown, the mask of *possibly yes* (the
//! complement of *surely no*), which makes most operations one instruction on each.

use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::FloatCC;
use forewarn_plan::{Binary, Lane, Node, NodeId, Op, Plan, Unary};

use super::division::{self, Divisor};
use super::indicate::indicate;
use super::lanes::{LaneBuilder, Lanes};
use super::math;
use super::nearby;

use super::whole::Whole;

/// The value of a node within one turn of the loop.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held {
    Number(Lanes),
    /// `possibly` is absent where it is the same as `surely`: never unknown.
    Truth {
        surely: Lanes,
        possibly: Option<Lanes>,
    },
}

/// Where operands come from.
pub(super) trait Operands {
    fn number(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> Lanes;
    fn truth(&mut self, lanes: &mut LaneBuilder, id: NodeId) -> (Lanes, Option<Lanes>);
    /// Adds the set lanes to the counter of a fault.
    fn count(&mut self, lanes: &mut LaneBuilder, node: &Node, mask: Lanes);
}

/// Writes the instructions of one node that is not a column.
pub(super) fn node(
    plan: &Plan,
    whole: &Whole,
    node: &Node,
    lanes: &mut LaneBuilder,
    operands: &mut impl Operands,
) -> Held {
    let emit = Emit { plan, whole, node };
    match node.op.lane() {
        Lane::Number => Held::Number(emit.number(lanes, operands)),
        Lane::Truth => {
            let (surely, possibly) = emit.truth(lanes, operands);
            Held::Truth {
                surely,
                possibly: possibly.filter(|_| node.uncertain),
            }
        }
    }
}

/// A node about to be written.
pub(super) struct Emit<'a> {
    plan: &'a Plan,
    pub whole: &'a Whole,
    pub node: &'a Node,
}

impl Emit<'_> {
    pub fn can_miss(&self, id: NodeId) -> bool {
        self.plan.node(id).is_none_or(|node| node.uncertain)
    }

    /// The number a node always is, where it is a literal.
    pub fn literal(&self, id: NodeId) -> Option<f64> {
        match self.plan.node(id)?.op {
            Op::Const(x) => Some(x),
            Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => None,
        }
    }

    fn is_literal_zero(&self, id: NodeId) -> bool {
        self.literal(id).is_some_and(|x| x.to_bits() == 0)
    }

    fn number(&self, l: &mut LaneBuilder, from: &mut impl Operands) -> Lanes {
        match self.node.op {
            Op::Const(x) => l.constant(x),
            Op::Unary(op, a) => {
                let a = from.number(l, a);
                let result = unary(l, op, a);
                self.finite(l, from, result)
            }
            Op::Binary(Binary::Coalesce, a, b) => self.coalesce(l, from, a, b),
            Op::Binary(op, a, b) => {
                let result = self.binary(l, from, op, a, b);
                self.finite(l, from, result)
            }
            Op::Select { condition, yes, no } => self.select(l, from, condition, yes, no),
            Op::Indicate(a) => {
                let (surely, possibly) = from.truth(l, a);
                indicate(l, surely, possibly)
            }
            // Columns are loaded before they get here; nothing else fills a number.
            Op::Input(_)
            | Op::Period
            | Op::Compare(..)
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => l.constant(f64::NAN),
        }
    }

    fn coalesce(
        &self,
        l: &mut LaneBuilder,
        from: &mut impl Operands,
        a: NodeId,
        b: NodeId,
    ) -> Lanes {
        let first = from.number(l, a);
        if !self.can_miss(a) {
            return first;
        }
        let known = l.known(first);
        if self.is_literal_zero(b) {
            return l.keep(known, first);
        }
        let second = from.number(l, b);
        l.choose(known, first, second)
    }

    fn binary(
        &self,
        l: &mut LaneBuilder,
        from: &mut impl Operands,
        op: Binary,
        a_id: NodeId,
        b_id: NodeId,
    ) -> Lanes {
        let (a, b) = match op {
            Binary::Divide => return self.divide(l, from, a_id, b_id),
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Power
            | Binary::Min
            | Binary::Max
            | Binary::Coalesce => (from.number(l, a_id), from.number(l, b_id)),
        };
        match op {
            Binary::Add => l.both(a, b, |builder, a, b| builder.ins().fadd(a, b)),
            Binary::Subtract => l.both(a, b, |builder, a, b| builder.ins().fsub(a, b)),
            Binary::Multiply => l.both(a, b, |builder, a, b| builder.ins().fmul(a, b)),
            Binary::Power => l.call(math::POWER, 0, a, Some(b)),
            Binary::Max if self.can_miss(b_id) && !self.can_miss(a_id) => {
                let mask = l.compare(FloatCC::GreaterThanOrEqual, a, b);
                l.choose(mask, a, b)
            }
            Binary::Min if self.can_miss(b_id) && !self.can_miss(a_id) => {
                let mask = l.compare(FloatCC::LessThanOrEqual, a, b);
                l.choose(mask, a, b)
            }
            Binary::Max => {
                let larger = l.choose_if_less(a, b, b, a);
                self.missing_with(l, b_id, b, larger)
            }
            Binary::Min => {
                let smaller = l.choose_if_less(b, a, b, a);
                self.missing_with(l, b_id, b, smaller)
            }
            Binary::Divide | Binary::Coalesce => a,
        }
    }

    fn divide(
        &self,
        l: &mut LaneBuilder,
        from: &mut impl Operands,
        a_id: NodeId,
        b_id: NodeId,
    ) -> Lanes {
        let a = from.number(l, a_id);
        if let Some(c) = self.literal(b_id)
            && let Some(quotient) = self.by_constant(l, a_id, a, c)
        {
            return quotient;
        }
        let b = from.number(l, b_id);
        let quotient = l.both(a, b, |builder, a, b| builder.ins().fdiv(a, b));
        if self.node.checked.is_some() || self.never_zero(b_id) {
            return quotient;
        }
        let zero = l.constant(0.0);
        let by_zero = l.compare(FloatCC::Equal, b, zero);
        l.miss(by_zero, quotient)
    }

    /// The same quotient without dividing, where there is a way. A negative divisor turns the sign
    /// at the end, which a zero has too.
    fn by_constant(&self, l: &mut LaneBuilder, a_id: NodeId, a: Lanes, c: f64) -> Option<Lanes> {
        let quotient = self.by_positive(l, a_id, a, c.abs())?;
        Some(if c < 0.0 {
            l.each(quotient, |builder, a| builder.ins().fneg(a))
        } else {
            quotient
        })
    }

    fn by_positive(&self, l: &mut LaneBuilder, a_id: NodeId, a: Lanes, c: f64) -> Option<Lanes> {
        match Divisor::of(c) {
            Divisor::Multiply(reciprocal) => {
                let reciprocal = l.constant(reciprocal);
                Some(l.both(a, reciprocal, |builder, a, b| builder.ins().fmul(a, b)))
            }
            Divisor::Reciprocal { first, rest }
                if l.machine.fused && division::suits(self.plan, self.plan.node(a_id)?) =>
            {
                let rest = l.constant(rest);
                let lacking = l.both(a, rest, |builder, a, b| builder.ins().fmul(a, b));
                let first = l.constant(first);
                Some(l.fused(a, first, lacking))
            }
            Divisor::Reciprocal { .. } | Divisor::Divide => None,
        }
    }

    /// The divisor's range says so, or the literal does.
    fn never_zero(&self, id: NodeId) -> bool {
        match self.literal(id) {
            Some(x) => x != 0.0,
            None => self
                .plan
                .node(id)
                .is_some_and(|node| node.range.low > 0.0 || node.range.high < 0.0),
        }
    }

    /// Minimum and maximum keep their first operand where the second is missing.
    fn missing_with(&self, l: &mut LaneBuilder, id: NodeId, operand: Lanes, x: Lanes) -> Lanes {
        if !self.can_miss(id) {
            return x;
        }
        let missing = l.compare(FloatCC::Unordered, operand, operand);
        l.miss(missing, x)
    }

    fn select(
        &self,
        l: &mut LaneBuilder,
        from: &mut impl Operands,
        condition: NodeId,
        yes: NodeId,
        no: NodeId,
    ) -> Lanes {
        let (surely, possibly) = from.truth(l, condition);
        let Some(possibly) = possibly else {
            return if self.is_literal_zero(no) {
                let yes = from.number(l, yes);
                l.keep(surely, yes)
            } else if self.is_literal_zero(yes) {
                let no = from.number(l, no);
                l.drop(surely, no)
            } else {
                let (yes, no) = (from.number(l, yes), from.number(l, no));
                l.choose(surely, yes, no)
            };
        };
        let yes = from.number(l, yes);
        let otherwise = if self.is_literal_zero(no) {
            l.as_number(possibly)
        } else {
            let no = from.number(l, no);
            l.miss(possibly, no)
        };
        l.choose(surely, yes, otherwise)
    }

    /// Tests an operation for a result, where it is checked, and counts the rows without one.
    fn finite(&self, l: &mut LaneBuilder, from: &mut impl Operands, result: Lanes) -> Lanes {
        if self.node.checked.is_none() {
            return result;
        }
        let size = l.each(result, |builder, x| builder.ins().fabs(x));
        let infinity = l.constant(f64::INFINITY);
        // Also where the size is NaN.
        let none = l.compare(FloatCC::UnorderedOrGreaterThanOrEqual, size, infinity);
        let mut fault = none;
        for operand in self.node.op.operands() {
            if self.can_miss(operand) {
                let operand = from.number(l, operand);
                let known = l.known(operand);
                fault = l.and(fault, known);
            }
        }
        from.count(l, self.node, fault);
        l.miss(none, result)
    }
}

fn unary(l: &mut LaneBuilder, op: Unary, a: Lanes) -> Lanes {
    if let Unary::Floor | Unary::Ceil = op
        && l.machine.round
    {
        return nearby::whole(l, op, a);
    }
    if let Some((function, auxiliary)) = math::of_unary(op) {
        return l.call(function, auxiliary, a, None);
    }
    l.each(a, |builder, a| match op {
        Unary::Negate => builder.ins().fneg(a),
        Unary::Abs => builder.ins().fabs(a),
        Unary::Sqrt => builder.ins().sqrt(a),
        Unary::Exp
        | Unary::Ln
        | Unary::Log2
        | Unary::Log10
        | Unary::Floor
        | Unary::Ceil
        | Unary::Round(_)
        | Unary::Truncate(_)
        | Unary::Times(_) => a,
    })
}
