//! Truths as masks.
//!
//! In: the masks or numbers of a node's operands. Out: the mask of *surely yes* and, where the truth
//! can be unknown, of *possibly yes*.

use cranelift_codegen::ir::condcodes::FloatCC;
use forewarn_plan::digits;
use forewarn_plan::{Compare, NodeId, Op};

use super::emit::{Emit, Operands};
use super::lanes::{LaneBuilder, Lanes};
use super::nearby;

impl Emit<'_> {
    pub fn truth(&self, l: &mut LaneBuilder, from: &mut impl Operands) -> (Lanes, Option<Lanes>) {
        match self.node.op {
            Op::Compare(op, a, b) => self.compare(l, from, op, a, b),
            Op::IsKnown(a) if self.can_miss(a) => {
                let a = from.number(l, a);
                (l.known(a), None)
            }
            Op::IsKnown(_) => (l.mask(true), None),
            Op::Truth { yes, no } => (l.mask(yes), (!yes && !no).then(|| l.mask(true))),
            Op::Not(a) => {
                let (surely, possibly) = from.truth(l, a);
                let not_surely = l.not(surely);
                match possibly {
                    Some(possibly) => (l.not(possibly), Some(not_surely)),
                    None => (not_surely, None),
                }
            }
            Op::And(a, b) => {
                let (a, b) = (from.truth(l, a), from.truth(l, b));
                join(a, b, |a, b| l.and(a, b))
            }
            Op::Or(a, b) => {
                let (a, b) = (from.truth(l, a), from.truth(l, b));
                join(a, b, |a, b| l.or(a, b))
            }
            Op::Surely(a) => (from.truth(l, a).0, None),
            Op::Possibly(a) => {
                let (surely, possibly) = from.truth(l, a);
                (possibly.unwrap_or(surely), None)
            }
            Op::Verdict { yes, no } => {
                let (yes, _) = from.truth(l, yes);
                let (no, _) = from.truth(l, no);
                (yes, Some(l.not(no)))
            }
            // Numbers do not get here.
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Recall(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => (l.mask(false), Some(l.mask(true))),
        }
    }

    /// To 14 digits: with a constant on one side by the end of what is equal to it, between numbers
    /// that are always whole as they are, else with a look at whether the two are near.
    fn compare(
        &self,
        l: &mut LaneBuilder,
        from: &mut impl Operands,
        op: Compare,
        a_id: NodeId,
        b_id: NodeId,
    ) -> (Lanes, Option<Lanes>) {
        let whole = self.whole.is(a_id) && self.whole.is(b_id);
        let constant = |id| self.literal(id).filter(|x| !x.is_nan() && !whole);
        match (constant(a_id), constant(b_id)) {
            (_, Some(c)) => {
                let x = from.number(l, a_id);
                let (least, greatest) = digits::around(c);
                match op {
                    Compare::Less => self.with_constant(l, op, x, least),
                    Compare::LessOrEqual => self.with_constant(l, op, x, greatest),
                    Compare::Equal => self.between(l, x, (least, greatest)),
                }
            }
            (Some(c), None) => {
                let x = from.number(l, b_id);
                let (least, greatest) = digits::around(c);
                let plain = match op {
                    Compare::Less => l.constant(greatest),
                    Compare::LessOrEqual => l.constant(least),
                    Compare::Equal => return self.between(l, x, (least, greatest)),
                };
                self.plainly(l, op, plain, x)
            }
            (None, None) => {
                let (a, b) = (from.number(l, a_id), from.number(l, b_id));
                let (a, b) = if whole {
                    (a, b)
                } else {
                    nearby::sides(l, a, b)
                };
                self.plainly(l, op, a, b)
            }
        }
    }

    fn with_constant(
        &self,
        l: &mut LaneBuilder,
        op: Compare,
        x: Lanes,
        c: f64,
    ) -> (Lanes, Option<Lanes>) {
        let c = l.constant(c);
        self.plainly(l, op, x, c)
    }

    /// Is a number one of those that are equal to a constant?
    fn between(
        &self,
        l: &mut LaneBuilder,
        x: Lanes,
        (least, greatest): (f64, f64),
    ) -> (Lanes, Option<Lanes>) {
        if least == greatest {
            return self.with_constant(l, Compare::Equal, x, least);
        }
        let (least, greatest) = (l.constant(least), l.constant(greatest));
        let not_below = self.plainly(l, Compare::LessOrEqual, least, x);
        let not_above = self.plainly(l, Compare::LessOrEqual, x, greatest);
        join(not_below, not_above, |a, b| l.and(a, b))
    }

    /// As the doubles are.
    fn plainly(
        &self,
        l: &mut LaneBuilder,
        op: Compare,
        a: Lanes,
        b: Lanes,
    ) -> (Lanes, Option<Lanes>) {
        let (yes, perhaps) = match op {
            Compare::Less => (FloatCC::LessThan, FloatCC::UnorderedOrLessThan),
            Compare::LessOrEqual => (
                FloatCC::LessThanOrEqual,
                FloatCC::UnorderedOrLessThanOrEqual,
            ),
            Compare::Equal => (FloatCC::Equal, FloatCC::Unordered),
        };
        let surely = l.compare(yes, a, b);
        let possibly = self.node.uncertain.then(|| {
            let perhaps = l.compare(perhaps, a, b);
            if op == Compare::Equal {
                l.or(surely, perhaps)
            } else {
                perhaps
            }
        });
        (surely, possibly)
    }
}

/// The two masks of a connective; where neither side can be unknown there is one.
fn join(
    a: (Lanes, Option<Lanes>),
    b: (Lanes, Option<Lanes>),
    mut op: impl FnMut(Lanes, Lanes) -> Lanes,
) -> (Lanes, Option<Lanes>) {
    let surely = op(a.0, b.0);
    let possibly =
        (a.1.is_some() || b.1.is_some()).then(|| op(a.1.unwrap_or(a.0), b.1.unwrap_or(b.0)));
    (surely, possibly)
}
