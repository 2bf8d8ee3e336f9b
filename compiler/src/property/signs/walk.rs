//! Operation by operation: how a node moves where its operands move so.

use super::known::Known;
use super::{Fact, Sign, Walk};
use crate::interval::Interval;
use crate::plan::along::{Along, Paired};
use crate::plan::{Binary, Compare, Lane, Node, NodeId, Op, Unary, difference_of};

impl Walk<'_> {
    pub(super) fn of(&self, id: NodeId) -> Fact {
        (self.facts.get(id.index()).copied()).unwrap_or_else(Fact::any)
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    pub(super) fn range(&self, id: NodeId) -> Interval {
        self.node(id).map_or(Interval::ALL, |node| node.range)
    }

    pub(super) fn uncertain(&self, id: NodeId) -> bool {
        self.node(id).is_none_or(|node| node.uncertain)
    }

    pub(super) fn fact(&self, at: u32, node: &Node, moves: &dyn Fn(u32) -> Sign) -> Fact {
        // What never lacks a value never changes that.
        let own = || {
            if node.uncertain {
                Known::where_is(at)
            } else {
                Known::ALWAYS
            }
        };
        let certain = |known: Known| if node.uncertain { known } else { Known::ALWAYS };
        let lane_of = |id: NodeId| self.node(id).map_or(Lane::Number, |node| node.op.lane());
        match node.op {
            Op::Input(input) => {
                let mut fact = Fact::same(own());
                fact.value = moves(input);
                return fact;
            }
            Op::Const(_) | Op::Period | Op::Truth { .. } => return Fact::same(own()),
            // Earlier periods stay as they are.
            Op::Along(Along::Lag(ago), _) if ago > 0 => return Fact::same(own()),
            Op::Recall(..) => return Fact::same(own()),
            Op::IsKnown(a) => {
                return if self.of(a).known.is_alike() {
                    Fact::same(Known::ALWAYS)
                } else {
                    Fact::truth(Sign::Any, Sign::Any, Known::ALWAYS)
                };
            }
            Op::Unary(..)
            | Op::Binary(..)
            | Op::Select { .. }
            | Op::Compare(..)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Surely(_)
            | Op::Possibly(_)
            | Op::Verdict { .. }
            | Op::Indicate(_)
            | Op::Along(..)
            | Op::Paired(..)
            | Op::Peers { .. }
            | Op::Alert { .. } => {}
        }
        // A difference without its noise moves as the difference does.
        if let Some(difference) = difference_of(self.nodes, NodeId(at)) {
            return self.of(difference);
        }
        // What is made of the same is the same.
        if node
            .op
            .operands()
            .all(|id| self.of(id).is_same(lane_of(id)))
        {
            let known = match node.op {
                Op::Unary(op, a) if self.has_result(node, op, a) => self.together(at, node),
                Op::Binary(op, a, b) if self.always_has_result(node, op, a, b) => {
                    self.together(at, node)
                }
                Op::Compare(..) => self.together(at, node),
                Op::Select { condition, yes, no } => {
                    (self.where_known(condition, yes, no)).unwrap_or(Known::NOT_ALIKE)
                }
                Op::Const(_)
                | Op::Input(_)
                | Op::Period
                | Op::Unary(..)
                | Op::Binary(..)
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
                | Op::Alert { .. } => Known::NOT_ALIKE,
            };
            return Fact::same(certain(known).alike().unwrap_or_else(own));
        }
        match node.op {
            Op::Unary(op, a) => {
                let known = if self.has_result(node, op, a) {
                    self.of(a).known
                } else {
                    Known::NOT_ALIKE
                };
                Fact::number(self.unary(op, a), certain(known))
            }
            Op::Binary(op, a, b) => self.binary(at, node, op, a, b),
            Op::Select { condition, yes, no } => self.select(at, node, condition, yes, no),
            Op::Compare(op, a, b) => {
                let bit = self.bit(op, a, b);
                let (x, y) = (self.of(a), self.of(b));
                if let Some(fact) = bit {
                    return fact;
                }
                if !x.known.is_alike() || !y.known.is_alike() {
                    return Fact::any();
                }
                let sign = match op {
                    Compare::Less | Compare::LessOrEqual => x.value.flip().join(y.value),
                    Compare::Equal => self.equal(a, b),
                };
                Fact::truth(sign, sign.flip(), certain(self.together(at, node)))
            }
            Op::Not(a) => {
                let a = self.of(a);
                Fact::truth(a.no, a.yes, a.known)
            }
            Op::And(a, b) | Op::Or(a, b) => {
                let (a, b) = (self.of(a), self.of(b));
                let (yes, no) = (a.yes.join(b.yes), a.no.join(b.no));
                Fact::truth(yes, no, certain(Known::NOT_ALIKE))
            }
            Op::Surely(a) => {
                let yes = self.of(a).yes;
                Fact::truth(yes, yes.flip(), Known::ALWAYS)
            }
            Op::Possibly(a) => {
                let no = self.of(a).no;
                Fact::truth(no.flip(), no, Known::ALWAYS)
            }
            Op::Verdict { yes, no } => {
                let (yes, no) = (self.of(yes).yes, self.of(no).yes);
                let settled = yes == Sign::Same && no == Sign::Same;
                let known = if settled {
                    Known::where_is(at)
                } else {
                    Known::NOT_ALIKE
                };
                Fact::truth(yes, no, known)
            }
            Op::Indicate(a) => {
                let a = self.of(a);
                let value = match (a.yes, a.no) {
                    (yes, no) if yes.never_falls() || no.never_rises() => Sign::Up,
                    (yes, no) if yes.never_rises() || no.never_falls() => Sign::Down,
                    _ => Sign::Any,
                };
                Fact { value, ..a }
            }
            Op::Along(along, a) => self.along(node, along, a, own()),
            // Where the window begins must not move.
            Op::Paired(Paired::Since { what, .. }, a, by) if self.of(by).is_same(Lane::Number) => {
                self.windowed(node, what, a, own())
            }
            Op::Paired(..) | Op::Recall(..) => Fact::any(),
            Op::Const(_)
            | Op::Input(_)
            | Op::Period
            | Op::IsKnown(_)
            | Op::Truth { .. }
            | Op::Peers { .. }
            | Op::Alert { .. } => Fact::any(),
        }
    }

    /// Known where all operands are.
    pub(super) fn together(&self, at: u32, node: &Node) -> Known {
        let operands = || node.op.operands().map(|operand| self.of(operand).known);
        if !operands().all(Known::is_alike) {
            return Known::NOT_ALIKE;
        }
        operands()
            .try_fold(Known::ALWAYS, Known::and)
            .unwrap_or(Known::where_is(at))
    }

    /// Is there a result wherever the operand is known?
    fn has_result(&self, node: &Node, op: Unary, a: NodeId) -> bool {
        let range = self.range(a);
        node.checked.is_none()
            && match op {
                Unary::Sqrt => range.low >= 0.0,
                Unary::Ln | Unary::Log2 | Unary::Log10 => range.low > 0.0,
                Unary::Exp | Unary::Times(_) => node.range.is_finite(),
                Unary::Negate
                | Unary::Abs
                | Unary::Floor
                | Unary::Ceil
                | Unary::Round(_)
                | Unary::Truncate(_) => true,
            }
    }

    fn always_has_result(&self, node: &Node, op: Binary, a: NodeId, b: NodeId) -> bool {
        let (left, right) = (self.range(a), self.range(b));
        let finite = left.is_finite() && right.is_finite();
        node.checked.is_none()
            && match op {
                Binary::Min | Binary::Max => true,
                Binary::Coalesce => false,
                Binary::Divide => finite && !right.contains(0.0),
                Binary::Power => finite && left.low >= 0.0,
                Binary::Add | Binary::Subtract | Binary::Multiply => finite,
            }
    }

    fn unary(&self, op: Unary, a: NodeId) -> Sign {
        let (sign, range) = (self.of(a).value, self.range(a));
        match op {
            Unary::Negate => sign.flip(),
            Unary::Abs if range.low >= 0.0 => sign,
            Unary::Abs if range.high <= 0.0 => sign.flip(),
            Unary::Sqrt
            | Unary::Floor
            | Unary::Ceil
            | Unary::Round(_)
            | Unary::Truncate(_)
            | Unary::Times(_) => sign,
            Unary::Abs | Unary::Exp | Unary::Ln | Unary::Log2 | Unary::Log10 => Sign::Any,
        }
    }

    fn binary(&self, at: u32, node: &Node, op: Binary, a: NodeId, b: NodeId) -> Fact {
        let (x, y) = (self.of(a), self.of(b));
        let (left, right) = (self.range(a), self.range(b));
        // Times something of one sign.
        let scaled = |sign: Sign, by: Interval| match sign {
            Sign::Same => Sign::Same,
            sign if by.low >= 0.0 => sign,
            sign if by.high <= 0.0 => sign.flip(),
            Sign::Up | Sign::Down | Sign::Any => Sign::Any,
        };
        let finite = left.is_finite() && right.is_finite();
        let sign = match op {
            Binary::Min | Binary::Max => x.value.join(y.value),
            Binary::Coalesce if x.known.is_alike() => x.value.join(y.value),
            Binary::Add if finite => x.value.join(y.value),
            Binary::Subtract if finite => x.value.join(y.value.flip()),
            Binary::Multiply if finite => scaled(x.value, right).join(scaled(y.value, left)),
            // A divisor of zero gives nothing, so one that has a sign keeps it.
            Binary::Divide if finite && (right.low >= 0.0 || right.high <= 0.0) => {
                scaled(x.value, right).join(scaled(y.value, left).flip())
            }
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Power
            | Binary::Coalesce => Sign::Any,
        };
        let known = match op {
            Binary::Coalesce if x.known.is_alike() && y.known.is_alike() => Known::where_is(at),
            // Whether it divides by zero does not change.
            Binary::Divide if node.checked.is_none() && finite && y.is_same(Lane::Number) => {
                if x.known.is_alike() {
                    Known::where_is(at)
                } else {
                    Known::NOT_ALIKE
                }
            }
            _ if self.always_has_result(node, op, a, b) => self.together(at, node),
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Power
            | Binary::Min
            | Binary::Max
            | Binary::Coalesce => Known::NOT_ALIKE,
        };
        let known = if node.uncertain { known } else { Known::ALWAYS };
        Fact::number(sign, known)
    }
}
